"""`reelpack checksum`: write the list beside the frames."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

import reelpack
from reelpack import wording
from reelpack.cli.arguments import PATH, Work, about_the_work, one_source, source_option
from reelpack.cli.exits import ExitCode, hinting
from reelpack.cli.output import emit, emit_json, emit_text, note
from reelpack.cli.progressbar import progress_bar
from reelpack.cli.reasons import by_reason, note_state

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["command"]

LISTS_SHOWN = 20
"""Lists named one by one; of more than these only the sum is printed."""


@click.command("checksum")
@click.argument("source", type=PATH, required=False)
@source_option
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["checksum-txt", "md5sum", "mhl", "ascmhl"]),
    default=["checksum-txt"],
    help="a list of this format; may be repeated (default: checksum-txt)",
)
@click.option(
    "--algorithm",
    "algorithms",
    multiple=True,
    type=click.Choice(["md5", "sha1", "sha256", "xxh64", "xxh3", "xxh128", "c4"]),
    default=["md5"],
    help="a digest that they hold; may be repeated (default: md5)",
)
@click.option("--root", is_flag=True, help="one list at SOURCE for the tree")
@click.option("--preview", is_flag=True, help="print, write nothing")
@click.option(
    "--update", is_flag=True, help="read what changed since the lists were made, and say what"
)
@about_the_work
def command(  # noqa: PLR0913  (an option each)
    source: str | None,
    source_option: str | None,
    *,
    formats: tuple[str, ...],
    algorithms: tuple[str, ...],
    root: bool,
    preview: bool,
    update: bool,
    work: Work,
    as_json: bool,
    quiet: bool,
) -> int:
    """Write a `checksum.txt` beside the frames, in each folder under SOURCE that holds files.

    SOURCE is a folder.
    """
    folder = one_source(source, source_option)
    with (
        hinting({}, continued=bool(work["state"])),
        progress_bar("checksum", folder, quiet=quiet) as progress,
    ):
        made = reelpack.checksum(
            folder,
            formats=formats,
            algorithms=algorithms,
            root=root,
            update=update,
            progress=progress,
            **work,
        )
    note_state(made.state_error, quiet=quiet)
    if not preview:
        made.write()
    if as_json:
        emit_json(made.to_dict(entries=preview) | {"written": not preview})
        return ExitCode.FINDING if made.failed else ExitCode.OK
    if preview:
        _print_texts(made)
    else:
        _print_lists(made, Path(folder), root=root, update=update)
        _print_summary(made, cached=work["cached"] or update)
    changes = [reelpack.LeftOut(change.path, change.kind) for change in made.changes]
    for line in by_reason("update", changes):
        note(line) if preview else emit(line)
    failed = [reelpack.LeftOut(path, "not as its history says") for path in made.failed]
    for line in by_reason("failed", failed):
        note(line) if preview else emit(line)
    for line in by_reason("left out", made.left_out):
        note(line)
    return ExitCode.FINDING if made.failed else ExitCode.OK


def _print_texts(made: reelpack.Manifests) -> None:
    """Print one list as it would be written; several with a heading each, as `head` does."""
    for manifest in made:
        if len(made) > 1:
            emit(f"==> {wording.printable(manifest.path)} <==")
        emit_text(manifest.text)


def _print_lists(made: reelpack.Manifests, folder: Path, *, root: bool, update: bool) -> None:
    """Print what was written: each list, but not very many of them."""
    if len(made) > LISTS_SHOWN:
        return
    changes = _counted(made.changes, folder, root=root)
    for manifest in made:
        path = wording.printable(manifest.path)
        if update:
            emit(f"updated {path}: {_updated(manifest, changes)}")
        else:
            emit(f"wrote {path}: {wording.files(manifest.count)}, {wording.size(manifest.size)}")


def _counted(
    changes: Iterable[reelpack.Change], folder: Path, *, root: bool
) -> Counter[tuple[Path, str]]:
    """Count the changes of each kind in the folder of each list."""
    return Counter(
        (folder if root else (folder / change.path).parent, change.kind) for change in changes
    )


def _updated(manifest: reelpack.Manifest, changes: Counter[tuple[Path, str]]) -> str:
    """Write how many lines of one list changed, and how many did not."""
    folder = Path(manifest.path).parent
    new, changed, gone = (changes[folder, kind] for kind in ("new", "changed", "gone"))
    kept = manifest.count - new - changed
    return f"{new:,} new, {changed:,} changed, {gone:,} gone, {kept:,} kept"


def _print_summary(made: reelpack.Manifests, *, cached: bool) -> None:
    """Print the sum of all lists."""
    lists = wording.plural(len(made), "list")
    speed = wording.rate(made.bytes_read, made.seconds)
    emit(
        f"{lists}, {wording.files(made.files)}, {wording.size(made.size)} "
        f"in {wording.duration(made.seconds)}, {speed}"
        f"{wording.trusted(made.files_trusted, made.files, cached=cached)}"
    )
