"""`reelpack audit`: everything that one read of a delivery can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

import reelpack
from reelpack import wording
from reelpack.algorithms import ALGORITHMS
from reelpack.cli import problems
from reelpack.cli.arguments import PATH, Work, about_the_work
from reelpack.cli.delivery import Expected, about_the_sequences, profile_option, strict_option
from reelpack.cli.exits import hinting
from reelpack.cli.output import emit, emit_json
from reelpack.cli.progressbar import progress_bar
from reelpack.cli.reasons import note_state
from reelpack.targets import check_target

if TYPE_CHECKING:
    from reelpack import Algorithm, Audit

__all__ = ["command"]


@click.command("audit")
@click.argument("path", type=PATH)
@profile_option
@click.option(
    "--algorithm",
    "algorithms",
    type=click.Choice(ALGORITHMS),
    multiple=True,
    default=("md5",),
    metavar="NAME",
    help=f"a digest to take, may be repeated: {', '.join(ALGORITHMS)} (default: md5)",
)
@about_the_sequences
@strict_option
@click.option(
    "--html", type=PATH, metavar="FILE", help="write the report, never into PATH; replaces FILE"
)
@click.option("--csv", type=PATH, metavar="FILE", help="write a line for each file; the same")
@about_the_work
def command(  # noqa: PLR0913  (an option each)
    path: str,
    *,
    profile: str,
    algorithms: tuple[Algorithm, ...],
    expected: Expected,
    strict: bool,
    html: str | None,
    csv: str | None,
    work: Work,
    as_json: bool,
    quiet: bool,
) -> int:
    """Read the delivery in PATH once: rules, frames, headers, digests and lists.

    PATH is a folder; nothing is written into it. Asks what `reelpack preflight` asks, and what
    takes the bytes. `--json` has all but the files, which `--csv` has.
    """
    if html is not None and html == csv:
        raise click.UsageError("`--html` and `--csv` name one file")
    for target in filter(None, (html, csv)):
        check_target(target, path)
    with (
        hinting(problems.HINTS, continued=bool(work["state"])),
        progress_bar("audit", path, quiet=quiet) as progress,
    ):
        judged = reelpack.audit(
            path, profile=profile, algorithms=algorithms, progress=progress, **expected, **work
        )
    note_state(judged.state_error, quiet=quiet)
    if as_json:
        emit_json(judged.to_dict())
    else:
        _print(judged, cached=work["cached"])
    written = _write(judged, html, csv)
    if not as_json:
        for file in written:
            emit(f"wrote {wording.printable(file)}")
    return problems.code_of(judged, strict=strict)


def _write(judged: Audit, html: str | None, csv: str | None) -> list[str]:
    """Write what was asked for, and return the paths written to."""
    written = [judged.write_html(html)] if html else []
    return written + ([judged.write_csv(csv)] if csv else [])


def _print(judged: Audit, *, cached: bool) -> None:
    """Print the verdict, what it is about, the findings and what was not checked."""
    emit(wording.printable(judged.verdict))
    files = len(judged.files)
    speed = wording.rate(judged.bytes_read, judged.seconds)
    emit(
        f"{wording.plural(len(judged.sequences), 'sequence')}, {wording.files(files)}, "
        f"{wording.size(judged.size)} in {wording.duration(judged.seconds)}, {speed}, "
        f"{_judges(judged.lists)}{wording.trusted(judged.files_trusted, files, cached=cached)}"
    )
    for line in problems.lines(judged.problems):
        emit(line)
    for line in problems.unchecked(judged.not_checked):
        emit(line)


def _judges(lists: tuple[str, ...]) -> str:
    """Write what the digests were held against."""
    if not lists:
        return "no list to hold them against"
    named = wording.printable(lists[0]) if len(lists) == 1 else wording.plural(len(lists), "list")
    return f"held against {named}"
