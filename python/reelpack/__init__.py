"""List, pack, copy and verify frame sequences: `checksum.txt`, STORED zips and the check of both.

Four functions do the work: `checksum` lists, `pack` writes a zip, `copy` a folder with its lists,
`verify` judges. Each reads every file once, and each returns a frozen dataclass. `plan` knows a zip
to the byte without writing it, and `state` shows what earlier runs remembered.

Importing this package is cheap: a name is loaded when it is first used (PEP 562), as making the
result classes takes longer than all the rest, and `reelpack --version` needs none of them.
"""

from reelpack._native import __version__

# Type checkers take this name for true, as they do that of `typing`, whose import costs more than
# this one may.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from reelpack.copies import Copy, copy
    from reelpack.errors import (
        ManifestError,
        PackageError,
        ReelpackError,
        SourceChangedError,
        StateError,
        VerificationError,
    )
    from reelpack.manifests import Change, Entry, LeftOut, Manifest, Manifests, checksum
    from reelpack.memory import State, Unfinished, state
    from reelpack.packages import Package, pack
    from reelpack.plans import Member, ZipPlan, plan
    from reelpack.progress import Progress
    from reelpack.verification import Finding, NotChecked, Report, verify

__all__ = [
    "Change",
    "Copy",
    "Entry",
    "Finding",
    "LeftOut",
    "Manifest",
    "ManifestError",
    "Manifests",
    "Member",
    "NotChecked",
    "Package",
    "PackageError",
    "Progress",
    "ReelpackError",
    "Report",
    "SourceChangedError",
    "State",
    "StateError",
    "Unfinished",
    "VerificationError",
    "ZipPlan",
    "__version__",
    "checksum",
    "copy",
    "pack",
    "plan",
    "state",
    "verify",
]

_HOMES = {
    "copies": {"Copy", "copy"},
    "errors": {
        "ManifestError",
        "PackageError",
        "ReelpackError",
        "SourceChangedError",
        "StateError",
        "VerificationError",
    },
    "manifests": {"Change", "Entry", "LeftOut", "Manifest", "Manifests", "checksum"},
    "memory": {"State", "Unfinished", "state"},
    "packages": {"Package", "pack"},
    "plans": {"Member", "ZipPlan", "plan"},
    "progress": {"Progress"},
    "verification": {"Finding", "NotChecked", "Report", "verify"},
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

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
