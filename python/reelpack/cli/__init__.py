"""The command `reelpack`: arguments in, one call of the public API, words and an exit code out.

Imports the public API only. `main` answers `--version` by itself, since the command framework alone
takes longer to import than that answer may take.
"""

import sys

from reelpack import __version__

__all__ = ["main"]


def main() -> int:
    """Run the command with the arguments of this process and return its exit code."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"reelpack {__version__}\n")
        return 0
    from reelpack.cli.app import run  # noqa: PLC0415  (typer: 90 ms that --version does not have)

    return run()
