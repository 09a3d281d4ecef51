"""`reelpack verify`: hold files against the list that came with them."""

from __future__ import annotations

import click

import reelpack
from reelpack.cli.arguments import PATH, Work, about_the_work, one_source, source_option
from reelpack.cli.exits import ExitCode, hinting
from reelpack.cli.output import emit, emit_json, note
from reelpack.cli.progressbar import progress_bar
from reelpack.cli.reasons import note_state
from reelpack.cli.verdict import hint, lines

__all__ = ["command"]

HINTS: dict[type[Exception], str] = {
    reelpack.ManifestError: "a list is made by `reelpack checksum`, where the files are known good",
    PermissionError: "verify has to read the list itself",
}
"""What to do where there is no answer."""


@click.command("verify")
@click.argument("path", type=PATH, required=False)
@source_option
@about_the_work
def command(
    path: str | None,
    source_option: str | None,
    *,
    work: Work,
    as_json: bool,
    quiet: bool,
) -> int:
    """Check files against the list that came with them.

    PATH is a folder, a list of any format or a zip.
    """
    source = one_source(path, source_option)
    with (
        hinting(HINTS, continued=bool(work["state"])),
        progress_bar("verify", source, quiet=quiet) as progress,
    ):
        report = reelpack.verify(source, progress=progress, **work)
    note_state(report.state_error, quiet=quiet)
    if as_json:
        emit_json(report.to_dict())
    else:
        _print(report, cached=work["cached"])
    return ExitCode.OK if report.ok else ExitCode.FINDING


def _print(report: reelpack.Report, *, cached: bool) -> None:
    """Print the verdict, the findings, what was not checked; then a hint on stderr."""
    for line in lines(report, cached=cached):
        emit(line)
    if not report.ok:
        note(f"hint: {hint(report)}")
