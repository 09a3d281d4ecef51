"""The command `reelpack`: arguments in, one call of the public API, words and an exit code out.

Imports the public API only. `main` answers `--version` and `--help` by itself, since importing the
command framework takes longer than the rest of either answer.
"""

import gc
import os
import sys

from reelpack import __version__
from reelpack.cli.overview import HELP

__all__ = ["main", "open_closed_streams"]

_ANSWERS = {"--version": f"reelpack {__version__}\n", "--help": HELP, "-h": HELP}


_INTERRUPTED = 130


def main() -> int:
    """Run the command with the arguments of this process and return its exit code."""
    open_closed_streams()
    # Nothing here makes cycles worth a search; 100,000 results would be searched again and again.
    gc.disable()
    try:
        return _main()
    except KeyboardInterrupt:  # before the command's own handlers are there
        return _INTERRUPTED


def open_closed_streams() -> None:
    """Give words somewhere to go where the caller closed stdout or stderr, as daemons do."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115  (for the process's life)


def _main() -> int:
    """Answer what needs no framework, and leave the rest to it."""
    if len(sys.argv) == 2 and sys.argv[1] in _ANSWERS:  # noqa: PLR2004  (the command and one more)
        sys.stdout.write(_ANSWERS[sys.argv[1]])
        return 0
    from reelpack.cli.app import run  # noqa: PLC0415  (click: 25 ms that --version does not have)

    return run()
