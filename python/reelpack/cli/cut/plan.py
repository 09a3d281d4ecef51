"""`reelpack cut plan`: the plan of an upload made, checked, shown, and noted as delivered."""

from __future__ import annotations

import contextlib
import errno
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reelpack import cuts
from reelpack.cli import problems
from reelpack.cli.arguments import PATH
from reelpack.cli.cut import words
from reelpack.cli.delivery import json_option, quiet_option, strict_option
from reelpack.cli.exits import ExitCode, hinting
from reelpack.cli.output import emit, emit_json, note
from reelpack.cli.progressbar import progress_bar
from reelpack.cuts import CutPlan, PlannedFile, Release
from reelpack.cuts.places import plan_path
from reelpack.cuts.reading import VERSION_LIMIT
from reelpack.wording import plural, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reelpack.cuts import Kind, ReleaseWay
    from reelpack.rules import RuleFinding

__all__ = ["command"]

HINTS: dict[type[Exception], str] = {
    FileExistsError: "`--replace` writes over it",
}
"""What to do where there is no answer; most messages say it themselves."""

_plan_argument = click.argument("path", type=PATH, metavar="PLAN")


class _RunTime(click.ParamType[int]):
    """A run time in seconds, from ``h:mm:ss``."""

    name = "h:mm:ss"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Refuse what is no run time."""
        seconds = cuts.in_seconds(value)
        if seconds is None:
            self.fail("hours, minutes and seconds are wanted, such as 1:42:30", param, ctx)
        return seconds


class _Time(click.ParamType[datetime]):
    """A time with its zone."""

    name = "time"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Refuse what is no time, or has no zone."""
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            self.fail("a time with its zone is wanted, such as 2026-11-30T12:00:00Z", param, ctx)
        return found


class _Steps(click.Group):
    """A group whose commands are listed in the order of their use."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        """Name the commands as they were added."""
        return list(self.commands)


@click.group("plan", cls=_Steps)
def command() -> None:
    """Plan the upload of a cut: everything that goes at once, and what is entered.

    A plan is a TOML or YAML file that is kept with the cut. Nothing is uploaded: `show` lists the
    steps in the browser.
    """


@command.command("new", short_help="Write a plan for a video and what goes with it.")
@click.argument("video", type=PATH, metavar="VIDEO")
@click.argument("files", type=PATH, metavar="[FILE]...", nargs=-1)
@click.option(
    "-o", "--output", "target", type=PATH, required=True, metavar="PLAN", help="the plan to write"
)
@click.option(
    "--episode", required=True, metavar="EP", help="what Episode gets; `All` for a feature"
)
@click.option(
    "--type",
    "cut_type",
    type=click.Choice(cuts.CUT_TYPES),
    default=cuts.CUT_TYPES[0],
    metavar="TYPE",
    help=f"the Cut Type: {', '.join(cuts.CUT_TYPES)} (default: {cuts.CUT_TYPES[0]})",
)
@click.option(
    "--as",
    "typed",
    type=(str, PATH),
    multiple=True,
    metavar="TYPE FILE",
    help="a further file with its File Type as the page words it; may be repeated",
)
@click.option("--title", default="", metavar="TEXT", help="the project in Content Hub")
@click.option(
    "--kind", type=click.Choice(["feature", "episodic"]), help="what the title is, for checks"
)
@click.option(
    "--version",
    type=click.IntRange(1, VERSION_LIMIT),
    default=1,
    metavar="N",
    help="what it becomes (default: 1)",
)
@click.option(
    "--run-time",
    type=_RunTime(),
    metavar="H:MM:SS",
    help="how long the video is (default: what its header says)",
)
@click.option("--note", default="", metavar="TEXT", help="for the e-mail and Content Hub")
@click.option(
    "--release",
    "how",
    type=click.Choice(["automatic", "manual", "unknown"]),
    default="unknown",
    help="how the project releases (default: unknown)",
)
@click.option(
    "--team", "teams", multiple=True, metavar="NAME", help="to select where it is manual; repeat it"
)
@click.option("--release-note", default="", metavar="TEXT", help="for the e-mail of the release")
@click.option("--replace", is_flag=True, help="write over a plan that is there")
@json_option
def new(  # noqa: PLR0913  (an option each)
    video: str,
    files: tuple[str, ...],
    *,
    target: str,
    episode: str,
    cut_type: str,
    typed: tuple[tuple[str, str], ...],
    title: str,
    kind: Kind | None,
    version: int,
    run_time: int | None,
    note: str,
    how: ReleaseWay,
    teams: tuple[str, ...],
    release_note: str,
    replace: bool,
    as_json: bool,
) -> int:
    """Write a plan for VIDEO, whose File Type is Proxy, and what goes with it.

    FILE is a further file without a File Type, to be written into the plan once the page shows
    which there are. Then checks the plan as `check --no-hashes` does, with its exit codes.
    """
    wanted = CutPlan(
        episode=episode,
        files=tuple(_planned(Path(plan_path(target)), video, files, typed)),
        type=cut_type,
        title=title,
        kind=kind,
        version=version,
        run_time=_length(video) if run_time is None else run_time,
        note=note,
        release=Release(how, teams, release_note),
    )
    with hinting(HINTS):
        cuts.write_plan(wanted, target, replace=replace)
        found = cuts.check_plan(target, hashes=False)
    if as_json:
        emit_json(found.to_dict())
    else:
        _print([f"wrote {printable(target)}", *words.report(found)])
    return problems.code_of(found, strict=False)


@command.command("check", short_help="Check a plan, and what was delivered by it.")
@_plan_argument
@click.option("--no-hashes", is_flag=True, help="compare sizes and compute no digest")
@strict_option
@json_option
@quiet_option
def check(path: str, *, no_hashes: bool, strict: bool, as_json: bool, quiet: bool) -> int:
    """Check PLAN: what is entered, whether its files are there, and what was delivered before.

    Files are read only where a delivery was noted, to see whether they are what went. Exits 1 where
    there is an error. Says what was not checked.
    """
    with hinting(HINTS), progress_bar("cut plan check", path, quiet=quiet) as progress:
        found = cuts.check_plan(path, hashes=not no_hashes, progress=progress)
    if as_json:
        emit_json(found.to_dict())
    else:
        _print(words.report(found))
    return problems.code_of(found, strict=strict)


@command.command("show", short_help="Show a plan and the steps in the browser.")
@_plan_argument
@json_option
def show(path: str, *, as_json: bool) -> int:
    """Show PLAN, and the steps in the browser with what is to be entered.

    Nothing is checked: `reelpack cut plan check` does that.
    """
    with hinting(HINTS):
        wanted, record = cuts.read_plan(path), cuts.deliveries(path)
    steps = cuts.steps(wanted)
    if as_json:
        parts = {"deliveries": record, "steps": steps}
        facts = {key: [each.to_dict() for each in value] for key, value in parts.items()}
        emit_json({"plan": wanted.to_dict(), **facts})
    else:
        _print([*words.plan(wanted, record), *words.todo(steps)])
    return ExitCode.OK


@command.command("delivered", short_help="Note that a plan was delivered as it is.")
@_plan_argument
@click.option("--at", type=_Time(), metavar="TIME", help="when, with its zone (default: now)")
@json_option
@quiet_option
def delivered(path: str, *, at: datetime | None, as_json: bool, quiet: bool) -> int:
    """Note that PLAN was delivered: time, version, sizes and digests of its files.

    Writes beside PLAN what a later `check` holds the files against. Each file is read once. A
    version is noted once: what is uploaded again is a new one, so raise `version` first.
    """
    wrong = _wrong(path)
    with hinting(HINTS), progress_bar("cut plan delivered", path, quiet=quiet) as progress:
        done = cuts.note_delivery(path, at=at, progress=progress)
    if wrong:
        _complain(wrong)
    if as_json:
        emit_json(done.to_dict())
    else:
        _print([words.delivered(done), f"wrote {printable(cuts.record_path(path))}"])
    return ExitCode.OK


def _wrong(path: str) -> tuple[RuleFinding, ...]:
    """Return the errors of a plan; what keeps them from being found undoes no upload."""
    with contextlib.suppress(OSError):
        return cuts.check_plan(path, hashes=False).failures
    return ()


def _complain(wrong: tuple[RuleFinding, ...]) -> None:
    """Say in a line that what went has errors."""
    first = f"{wrong[0].path}: " if wrong[0].path else ""
    count = plural(len(wrong), "error")
    note(
        f"reelpack: {count} in what was noted, first: {printable(f'{first}{wrong[0].message}')}; "
        "`reelpack cut plan check` shows all"
    )


def _length(video: str) -> int | None:
    """Return what the header of the video says, if it can be read; the check says why it cannot."""
    with contextlib.suppress(OSError):
        return cuts.run_time(video)
    return None


def _planned(
    target: Path, video: str, files: Iterable[str], typed: Iterable[tuple[str, str]]
) -> Iterator[PlannedFile]:
    """Name the files as the plan does, the video first."""
    yield PlannedFile(_relative(video, target), cuts.PROXY)
    for kind, path in typed:
        yield PlannedFile(_relative(path, target), kind)
    for path in files:
        yield PlannedFile(_relative(path, target))


def _relative(path: str, target: Path) -> str:
    """Return a path from the folder of the plan.

    Raises:
        OSError: There is no such file; a misspelt name is found before a plan has it.
    """
    if not Path(path).exists():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
    return os.path.relpath(path, target.parent).replace(os.sep, "/")


def _print(lines: Iterable[str]) -> None:
    """Print lines."""
    for line in lines:
        emit(line)
