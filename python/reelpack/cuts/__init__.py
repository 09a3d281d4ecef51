"""Cuts: whether a movie is what is played, what goes in one upload, and what became of it.

`check` holds MP4 and MOV files against what Content Hub and PIX play, `rules` lists what it asks,
and `faststart` writes one again with its header first. None of them decodes a picture.

A cut is uploaded in a browser, as a set: the video, what belongs to it, and the words for the
fields of the page. A plan (`CutPlan`) is that set as a file: `read_plan` reads it, `write_plan`
writes one, `check_plan` finds what is wrong with it, `steps` says what is left to do by hand.
`note_delivery` notes that it was done, so that a later `check_plan` finds what changed or would go
alone.

Names are loaded when they are first used.
"""

# As in `reelpack`: type checkers take this name for true.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from reelpack.cuts.checking import PlanReport, check_plan
    from reelpack.cuts.checklists import Entry, Step, steps
    from reelpack.cuts.movie_checks import CutFile, CutFinding, CutReport, NotTold, check
    from reelpack.cuts.movie_rules import CUT_PROFILES, CutProfile, CutRule, rules
    from reelpack.cuts.movies import Colour, Movie, Pace, Track, TrackKind
    from reelpack.cuts.places import record_path
    from reelpack.cuts.plans import (
        ALL_EPISODES,
        CUT_TYPES,
        PROXY,
        CutPlan,
        Kind,
        PlannedFile,
        Release,
        ReleaseWay,
    )
    from reelpack.cuts.reading import parse_plan, read_plan
    from reelpack.cuts.records import (
        Delivery,
        SentFile,
        deliveries,
        note_delivery,
    )
    from reelpack.cuts.rewriting import FastStart, faststart
    from reelpack.cuts.rulebook import PlanRule, plan_rules
    from reelpack.cuts.run_times import run_time
    from reelpack.cuts.tables import clock, in_seconds
    from reelpack.cuts.writing import render_plan, write_plan

_HOMES = {
    "movie_checks": {"CutFile", "CutFinding", "CutReport", "NotTold", "check"},
    "movie_rules": {"CUT_PROFILES", "CutProfile", "CutRule", "rules"},
    "movies": {"Colour", "Movie", "Pace", "Track", "TrackKind"},
    "rewriting": {"FastStart", "faststart"},
    "checking": {"PlanReport", "check_plan"},
    "records": {"Delivery", "SentFile", "deliveries", "note_delivery"},
    "places": {"record_path"},
    "plans": {
        "ALL_EPISODES",
        "CUT_TYPES",
        "PROXY",
        "CutPlan",
        "Kind",
        "PlannedFile",
        "Release",
        "ReleaseWay",
    },
    "reading": {"parse_plan", "read_plan"},
    "rulebook": {"PlanRule", "plan_rules"},
    "run_times": {"run_time"},
    "checklists": {"Entry", "Step", "steps"},
    "tables": {"clock", "in_seconds"},
    "writing": {"render_plan", "write_plan"},
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "ALL_EPISODES",
    "CUT_PROFILES",
    "CUT_TYPES",
    "PROXY",
    "Colour",
    "CutFile",
    "CutFinding",
    "CutPlan",
    "CutProfile",
    "CutReport",
    "CutRule",
    "Delivery",
    "Entry",
    "FastStart",
    "Kind",
    "Movie",
    "NotTold",
    "Pace",
    "PlanReport",
    "PlanRule",
    "PlannedFile",
    "Release",
    "ReleaseWay",
    "SentFile",
    "Step",
    "Track",
    "TrackKind",
    "check",
    "check_plan",
    "clock",
    "deliveries",
    "faststart",
    "in_seconds",
    "note_delivery",
    "parse_plan",
    "plan_rules",
    "read_plan",
    "record_path",
    "render_plan",
    "rules",
    "run_time",
    "steps",
    "write_plan",
]

# Hidden from type checkers, for which every misspelt name would else be there.
if not TYPE_CHECKING:  # pragma: no branch  (true whenever it runs)

    def __getattr__(name: str) -> object:
        """Load a public name from the module that has it, and keep it."""
        from importlib import import_module  # noqa: PLC0415  (not needed once all are loaded)

        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = import_module(f"{__name__}.{_HOME[name]}")
        return globals().setdefault(name, getattr(home, name))

    def __dir__() -> list[str]:
        """Name what can be had, loaded or not."""
        return sorted({*globals(), *__all__})
