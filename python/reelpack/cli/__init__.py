"""The command `reelpack`: arguments in, one call of the public API, words and an exit code out.

Imports the public API only. `main` answers `--version` and `--help` by itself, since importing the
command framework takes longer than the rest of either answer.
"""

import sys

from reelpack import __version__
from reelpack.cli.overview import HELP

__all__ = ["main"]

_ANSWERS = {"--version": f"reelpack {__version__}\n", "--help": HELP, "-h": HELP}


def main() -> int:
    """Run the command with the arguments of this process and return its exit code."""
    if len(sys.argv) == 2 and sys.argv[1] in _ANSWERS:  # noqa: PLR2004  (the command and one more)
        sys.stdout.write(_ANSWERS[sys.argv[1]])
        return 0
    from reelpack.cli.app import run  # noqa: PLC0415  (click: 25 ms that --version does not have)

    return run()
