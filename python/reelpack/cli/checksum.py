"""`reelpack checksum`: write the list beside the frames."""

from __future__ import annotations

import click

import reelpack
from reelpack.cli import wording
from reelpack.cli.arguments import PATH, about_the_work, one_source, source_option
from reelpack.cli.exits import ExitCode
from reelpack.cli.output import emit, emit_json, emit_text, note
from reelpack.cli.progressbar import progress_bar
from reelpack.cli.reasons import by_reason

__all__ = ["command"]

LISTS_SHOWN = 20
"""Lists named one by one; of more than these only the sum is printed."""


@click.command("checksum")
@click.argument("source", type=PATH, required=False)
@source_option
@click.option("--root", is_flag=True, help="one list at SOURCE for the tree")
@click.option("--preview", is_flag=True, help="print, write nothing")
@about_the_work
def command(  # noqa: PLR0913  (an option each)
    source: str | None,
    source_option: str | None,
    *,
    root: bool,
    preview: bool,
    as_json: bool,
    jobs: int | None,
    readers: int | None,
    quiet: bool,
) -> int:
    """Write a `checksum.txt` beside the frames, in each folder under SOURCE that holds files.

    SOURCE is a folder.
    """
    folder = one_source(source, source_option)
    with progress_bar("checksum", folder, quiet=quiet) as progress:
        made = reelpack.checksum(folder, root=root, jobs=jobs, readers=readers, progress=progress)
    if not preview:
        made.write()
    if as_json:
        emit_json(made.to_dict(entries=preview) | {"written": not preview})
        return ExitCode.OK
    _print_texts(made) if preview else _print_summary(made)
    for line in by_reason("left out", made.left_out):
        note(line)
    return ExitCode.OK


def _print_texts(made: reelpack.Manifests) -> None:
    """Print one list as it would be written; several with a heading each, as `head` does."""
    for manifest in made:
        if len(made) > 1:
            emit(f"==> {wording.printable(manifest.path)} <==")
        emit_text(manifest.text)


def _print_summary(made: reelpack.Manifests) -> None:
    """Print what was written."""
    if len(made) <= LISTS_SHOWN:
        for manifest in made:
            about = f"{wording.files(manifest.count)}, {wording.size(manifest.size)}"
            emit(f"wrote {wording.printable(manifest.path)}: {about}")
    lists = wording.plural(len(made), "list")
    speed = wording.rate(made.bytes_read, made.seconds)
    emit(
        f"{lists}, {wording.files(made.files)}, {wording.size(made.size)} "
        f"in {wording.duration(made.seconds)}, {speed}"
    )
