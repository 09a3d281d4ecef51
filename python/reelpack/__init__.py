"""List, pack, copy, verify and audit frame sequences before they are handed to a studio.

Five functions do the work: `checksum` lists, `pack` writes a zip, `copy` a folder with its lists,
`verify` judges by the lists, `audit` by the rules of a profile too. Each reads every file once, and
each returns a frozen dataclass. `sequences` and `preflight` read none: they say which frames are
missing and which rules are broken by names and sizes alone. `plan` knows a zip to the byte without
writing it, and `state` shows what earlier runs remembered. `reelpack.backlot` is the studio's
API of source requests and deliveries, `reelpack.sandbox` a server to rehearse on, `reelpack.imf`
all about IMF packages, `reelpack.cuts` about cuts and `reelpack.lto` about tapes. `digests` is for
files that lie anywhere and get no list.

Importing this package is cheap: a name is loaded when it is first used (PEP 562), as making the
result classes takes longer than all the rest, and `reelpack --version` needs none of them.
"""

from reelpack._native import __version__

# Type checkers take this name for true, as they do that of `typing`, whose import costs more than
# this one may.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from reelpack import backlot, cuts, imf, lto, sandbox
    from reelpack.algorithms import Algorithm
    from reelpack.audits import Audit, FrameRun, audit
    from reelpack.comparisons import DeliveryComparison, FrameComparison
    from reelpack.copies import Copy, copy
    from reelpack.errors import (
        ApiConnectionError,
        ApiError,
        ApiStatusError,
        ApiTimeoutError,
        ContractError,
        CutPlanError,
        FrameError,
        ImfError,
        LoginError,
        LtoError,
        ManifestError,
        MovieError,
        PackageError,
        ProfileError,
        ReelpackError,
        SourceChangedError,
        StateError,
        UncertainDeliveryError,
        VerificationError,
    )
    from reelpack.file_digests import FileDigests, digests
    from reelpack.frames import FrameHeader, frame_header
    from reelpack.grouping import FrameSequence, Sequences, group_sequences, sequences
    from reelpack.manifests import Change, Entry, LeftOut, Manifest, Manifests, checksum
    from reelpack.memory import State, Unfinished, state
    from reelpack.packages import Package, pack
    from reelpack.plans import Member, ZipPlan, plan
    from reelpack.preflights import Preflight, preflight
    from reelpack.progress import Progress
    from reelpack.rules import Profile, RuleFinding, profile_text, profiles
    from reelpack.tables import Table
    from reelpack.verification import Finding, NotChecked, Report, verify

__all__ = [
    "Algorithm",
    "ApiConnectionError",
    "ApiError",
    "ApiStatusError",
    "ApiTimeoutError",
    "Audit",
    "Change",
    "ContractError",
    "Copy",
    "CutPlanError",
    "DeliveryComparison",
    "Entry",
    "FileDigests",
    "Finding",
    "FrameComparison",
    "FrameError",
    "FrameHeader",
    "FrameRun",
    "FrameSequence",
    "ImfError",
    "LeftOut",
    "LoginError",
    "LtoError",
    "Manifest",
    "ManifestError",
    "Manifests",
    "Member",
    "MovieError",
    "NotChecked",
    "Package",
    "PackageError",
    "Preflight",
    "Profile",
    "ProfileError",
    "Progress",
    "ReelpackError",
    "Report",
    "RuleFinding",
    "Sequences",
    "SourceChangedError",
    "State",
    "StateError",
    "Table",
    "UncertainDeliveryError",
    "Unfinished",
    "VerificationError",
    "ZipPlan",
    "__version__",
    "audit",
    "backlot",
    "checksum",
    "copy",
    "cuts",
    "digests",
    "frame_header",
    "group_sequences",
    "imf",
    "lto",
    "pack",
    "plan",
    "preflight",
    "profile_text",
    "profiles",
    "sandbox",
    "sequences",
    "state",
    "verify",
]

_HOMES = {
    "algorithms": {"Algorithm"},
    "audits": {"Audit", "FrameRun", "audit"},
    "comparisons": {"DeliveryComparison", "FrameComparison"},
    "copies": {"Copy", "copy"},
    "errors": {
        "ApiConnectionError",
        "ApiError",
        "ApiStatusError",
        "ApiTimeoutError",
        "ContractError",
        "CutPlanError",
        "FrameError",
        "ImfError",
        "LoginError",
        "LtoError",
        "ManifestError",
        "MovieError",
        "PackageError",
        "ProfileError",
        "ReelpackError",
        "SourceChangedError",
        "StateError",
        "UncertainDeliveryError",
        "VerificationError",
    },
    "file_digests": {"FileDigests", "digests"},
    "frames": {"FrameHeader", "frame_header"},
    "grouping": {"FrameSequence", "Sequences", "group_sequences", "sequences"},
    "manifests": {"Change", "Entry", "LeftOut", "Manifest", "Manifests", "checksum"},
    "memory": {"State", "Unfinished", "state"},
    "packages": {"Package", "pack"},
    "plans": {"Member", "ZipPlan", "plan"},
    "preflights": {"Preflight", "preflight"},
    "progress": {"Progress"},
    "rules": {"Profile", "RuleFinding", "profile_text", "profiles"},
    "tables": {"Table"},
    "verification": {"Finding", "NotChecked", "Report", "verify"},
}
_PACKAGES = {"backlot", "cuts", "imf", "lto", "sandbox"}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

# Hidden from type checkers, for which every misspelt name would else be there.
if not TYPE_CHECKING:  # pragma: no branch  (true whenever it runs)

    def __getattr__(name: str) -> object:
        """Load a public name from the module that has it, and keep it."""
        from importlib import import_module  # noqa: PLC0415  (not needed once all are loaded)

        if name in _PACKAGES:
            return import_module(f"{__name__}.{name}")
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = import_module(f"{__name__}.{_HOME[name]}")
        return globals().setdefault(name, getattr(home, name))

    def __dir__() -> list[str]:
        """Name what can be had, loaded or not."""
        return sorted({*globals(), *__all__})
