"""The command `npack`, for scripts that cannot be changed: the old tool's flags, lines and codes.

The lists and zips are those that npack 0.8.0 (`checksum`) and 0.7.0 (`zip`) make where they work;
its defects are not. `docs/npack.md` says where the two differ. Never on the network. The extension
does the work in its layout "npack", which is no part of the public API. Remembers nothing.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reelpack import ReelpackError, _native
from reelpack.cli import exits, open_closed_streams, output
from reelpack.cli.folding import fold
from reelpack.wording import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

LIST_NAME = "checksum.txt"
ZIP_NAME = "sequence.zip"
FAILURE = 1
NAMES_SHOWN = 5
MOST_CORES = 1_000_000


def main() -> int:
    """Run the command with the arguments of this process and return its exit code.

    0 well, 1 for every failure, 2 for wrong usage, 128 and the signal's number when stopped.
    """
    open_closed_streams()
    arguments = _parser().parse_args()
    return exits.answer(lambda: _run(arguments), failure=FAILURE)


def _run(arguments: argparse.Namespace) -> int:
    """Run one of the two commands."""
    began = time.perf_counter()
    try:
        arguments.run(arguments)
    except (OSError, ReelpackError, ValueError) as error:
        _say_aloud("ERROR", exits.described(error))
        return FAILURE
    _say(f"Execution completed, took {round(time.perf_counter() - began, 2)} seconds")
    return exits.ExitCode.OK


def _checksum(arguments: argparse.Namespace) -> None:
    """Make the list, and print it or write it to the source."""
    _say_what_is_listed(arguments.source)
    lists, left_out, *_ = _native.checksum(
        arguments.source,
        layout="npack",
        formats=["checksum-txt"],
        algorithms=["md5"],
        creator=("", ""),
        update=False,
        state=None,
        required=False,
        cached=False,
        jobs=arguments.cpu_cores,
        readers=None,
        progress=None,
    )
    ((path, text, count, *_),) = lists
    _say_counts(count, left_out)
    if arguments.preview:
        output.emit_text(text)
        return
    _native.write_list(path, text, sync=False)
    _say(f"Completed writing to {LIST_NAME}")


def _zip(arguments: argparse.Namespace) -> None:
    """Write the zip and read it back.

    The lines keep the old order, though the files are hashed while they are packed: what the old
    tool said between its three passes is said once the one pass is over.
    """
    target = _target(arguments)
    _say_what_is_listed(arguments.source)
    path, _, members, _, left_out, clamped, _, _ = _native.pack(
        arguments.source,
        target,
        layout="npack",
        clone="never",
        force=True,
        sync=False,
        zone=None,
        state=None,
        required=False,
        cached=False,
        jobs=arguments.cpu_cores,
        readers=None,
        progress=None,
    )
    _say_counts(members - 1, left_out + [(name, "time outside 1980 to 2107") for name in clamped])
    _say(f"Initializing zip file {target}")
    _say(f"Finished zip file {target}")
    _say(f"Completed writing to {LIST_NAME}")
    if members > 1:  # an empty list is nothing to hold a zip against
        _read_back(path, arguments.cpu_cores)
    _say("Verified zipfile")
    _say(f"All {members - 1} files matched zipfile. Verification complete")


def _target(arguments: argparse.Namespace) -> str:
    """Return the path of the zip, spelled as the old tool spells it: ``-t .`` gives ``./NAME``."""
    folder: str | None = arguments.target
    if folder is None:
        # Not `Path.resolve`: the zip of a link to a folder lies beside the link.
        folder = os.path.abspath(os.path.join(arguments.source, ".."))  # noqa: PTH100, PTH118  (see above)
    return os.path.join(folder, str(arguments.file))  # noqa: PTH118  (the same)


def _read_back(path: str, jobs: int | None) -> None:
    """Hold the zip against the list inside it.

    Raises:
        ReelpackError: It does not match; the zip is left for a look.
    """
    _, findings, *_ = _native.verify(
        path, state=None, required=False, cached=False, jobs=jobs, readers=None, progress=None
    )
    if findings:
        name, _, status, _, _ = findings[0]
        raise ReelpackError(f"{path}: the zip does not hold what was packed: {status} {name}")


def _say_what_is_listed(source: str) -> None:
    """Print one line for each folder, in the order of the walk."""
    for folder, count in _native.walk(source, layout="npack"):
        _say(f"Identified {count} files to checksum in {folder}")


def _say_counts(count: int, left_out: Sequence[tuple[str, str]]) -> None:
    """Print how many files are listed, and warn of what is not as a user may think."""
    _say(f"Calculated {count} checksums")
    if not count:
        _say_aloud("WARNING", "there is nothing to list, the list is empty")
    for reason in sorted({reason for _, reason in left_out}):
        paths = [path for path, why in left_out if why == reason]
        _say_aloud("WARNING", f"{reason}: {_some(paths)}")


def _some(paths: Sequence[str]) -> str:
    """Name the first few paths, runs of frames folded, and count the rest."""
    runs = fold(paths)
    named = ", ".join(printable(str(run)) for run in runs[:NAMES_SHOWN])
    more = sum(len(run) for run in runs[NAMES_SHOWN:])
    return f"{named} and {more} more" if more else named


def _say(what: str) -> None:
    """Print a line of progress to stdout at once: scripts read them as the work goes on."""
    output.emit(f"{_now()} | {what}")
    output.flush()


def _say_aloud(severity: str, what: str) -> None:
    """Print a warning or an error to stderr, in one line."""
    output.note(f"{_now()} | {severity}! {what}")


def _now() -> str:
    """Write the time in UTC without naming the zone, as the old tool does."""
    return str(datetime.now(UTC).replace(tzinfo=None))


def _parser() -> argparse.ArgumentParser:
    """Describe the command line; no command at all is wrong usage."""
    parser = argparse.ArgumentParser(
        prog="npack", description="npack's command line, answered by reelpack"
    )
    commands = parser.add_subparsers(required=True, metavar="{checksum,zip}")
    _add_checksum(commands.add_parser("checksum", help="create a checksum file"))
    _add_zip(commands.add_parser("zip", help="create a zip with a checksum file"))
    return parser


def _add_checksum(parser: argparse.ArgumentParser) -> None:
    """Describe `npack checksum`."""
    _add_common(parser)
    parser.add_argument("--preview", action="store_true", help="print the list, store nothing")
    parser.set_defaults(run=_checksum)


def _add_zip(parser: argparse.ArgumentParser) -> None:
    """Describe `npack zip`."""
    _add_common(parser)
    parser.add_argument("-t", "--target", help="folder for the zip (default: parent of the source)")
    # The old help page shows a bare -f, which the old tool refuses.
    parser.add_argument(
        "-f", "--file", nargs="?", const=ZIP_NAME, default=ZIP_NAME, help="name of the zip"
    )
    parser.set_defaults(run=_zip)


def _add_common(parser: argparse.ArgumentParser) -> None:
    """Describe what both commands take."""
    parser.add_argument("-s", "--source", required=True, help="source folder")
    parser.add_argument("-cpu", "--cpu_cores", type=_cores, help="number of cores to use")


def _cores(text: str) -> int:
    """Read the number of cores; no machine has more than a million."""
    number = int(text)
    if not 1 <= number <= MOST_CORES:
        raise argparse.ArgumentTypeError(f"{number} is not between 1 and {MOST_CORES:,}")
    return number


if __name__ == "__main__":
    sys.exit(main())
