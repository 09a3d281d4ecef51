"""`reelpack verify`: hold files against the list that came with them."""

from typing import Annotated

import typer

import reelpack
from reelpack.cli.arguments import Jobs, Json, Quiet, Readers, SourceOption, one_source
from reelpack.cli.exits import ExitCode, hinting
from reelpack.cli.output import emit, emit_json, note
from reelpack.cli.progressbar import progress_bar
from reelpack.cli.verdict import hint, lines

__all__ = ["verify"]

HINTS: dict[type[Exception], str] = {
    reelpack.ManifestError: "a list is made by `reelpack checksum`, where the files are known good",
    PermissionError: "verify has to read the list itself",
}
"""What to do where there is no answer."""


def verify(  # noqa: PLR0913  (an option each)
    path: Annotated[
        str | None, typer.Argument(metavar="PATH", help="a folder, a checksum.txt or a zip")
    ] = None,
    *,
    source_option: SourceOption = None,
    json: Json = False,
    jobs: Jobs = None,
    readers: Readers = None,
    quiet: Quiet = False,
) -> None:
    """Check a folder, a `checksum.txt` or a zip against the list that came with it."""
    source = one_source(path, source_option)
    with hinting(HINTS), progress_bar("verify", source, quiet=quiet) as progress:
        report = reelpack.verify(source, jobs=jobs, readers=readers, progress=progress)
    if json:
        emit_json(report.to_dict())
    else:
        _print(report)
    raise typer.Exit(ExitCode.OK if report.ok else ExitCode.FINDING)


def _print(report: reelpack.Report) -> None:
    """Print the verdict, the findings, what was not checked; then a hint on stderr."""
    for line in lines(report):
        emit(line)
    if not report.ok:
        note(f"hint: {hint(report)}")
