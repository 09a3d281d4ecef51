"""`reelpack backlot downloads`: the materials that the studio has for a partner."""

from __future__ import annotations

import functools
import itertools
import os
from typing import TYPE_CHECKING, Any

import click

from reelpack import wording
from reelpack.backlot import DownloadType
from reelpack.cli.arguments import PATH
from reelpack.cli.backlot import receiving
from reelpack.cli.backlot.connection import Connection, about_the_connection
from reelpack.cli.backlot.facts import as_object, day_of
from reelpack.cli.backlot.tables import emit_list, limit_option, lines, narrowed, width
from reelpack.cli.backlot.transfer import KEY, emit_run
from reelpack.cli.backlot.words import Code, short, words
from reelpack.cli.exits import ExitCode, hinting
from reelpack.cli.output import emit, emit_json
from reelpack.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reelpack.backlot import Backlot, DownloadAsset, DownloadManifest, Pages

__all__ = ["downloads"]

_HEAD = ("asset", "type", "lang", "qc", "created", "size", "file")

_TYPE = 18

_AT_ONCE = 100
"""Materials asked for in one call: as many as on a page."""

_HINTS: dict[type[Exception], str] = {
    FileExistsError: "`--pairs FILE` writes another list, `--force` replaces this one"
}


@click.command("downloads")
@click.argument("assets", metavar="[ASSET]...", nargs=-1)
@click.option("--movie", "movie_id", multiple=True, metavar="ID", help="number of the title")
@click.option("--package", "package_id", multiple=True, metavar="ID", help="number of the package")
@click.option("--request", "request_id", multiple=True, metavar="ID", help="of this source request")
@click.option(
    "--type", type=Code(DownloadType), multiple=True, help="locked-proxy, timed-text, ..."
)
@click.option("--language", multiple=True, metavar="TAG", help="language tag: de, pt-BR")
@limit_option
@click.option("--to", type=PATH, metavar="FOLDER", help="prepare to take them into FOLDER")
@click.option(
    "--pairs",
    type=PATH,
    default="downloads.pairs",
    metavar="FILE",
    help="the list for ascp (default: downloads.pairs)",
)
@click.option(
    "--key", type=PATH, default=KEY, metavar="PATH", help="the SSH key, for the line to run"
)
@click.option("--force", is_flag=True, help="replace the list and its answer")
@about_the_connection
def downloads(  # noqa: PLR0913  (an option each)
    assets: tuple[str, ...],
    *,
    limit: int | None,
    to: str | None,
    pairs: str,
    key: str,
    force: bool,
    connection: Connection,
    as_json: bool,
    **filters: tuple[str, ...],
) -> int:
    """List the materials for download, or with `--to` prepare to take them.

    With `--to` the manifests are asked for, of each ASSET or of all that the filters leave: writes
    the list of pairs that ascp takes, and prints the ascp line to run. A material that cannot be
    downloaded is a finding (exit code 1).
    """
    given: dict[str, Any] = {name: value for name, value in filters.items() if value}
    if assets and to is None:
        raise click.UsageError("`--to FOLDER` is missing, for ASSET")
    if assets and given:
        raise click.UsageError("filters and ASSET exclude each other")
    if to is not None:
        with hinting(_HINTS):
            targets = receiving.Targets(os.path.abspath(to), pairs)  # noqa: PTH100  (pathlib would follow links, and change the spelling)
            targets.check(force=force)
    with connection.open() as client:
        found, counted = narrowed(functools.partial(client.downloads, **given), limit)
        if to is None:
            _list(counted, found, as_json=as_json)
            return ExitCode.OK
        chosen = assets or (each.asset_id for each in found)
        manifests = list(_manifests(client, chosen, targets.folder))
        lists = targets.write(manifests, key=key)
    if as_json:
        emit_json(
            {
                "manifests": [as_object(each) for each in manifests],
                "lists": [each.to_dict() for each in lists],
            }
        )
    else:
        _print(manifests, lists)
    refused = any(each.download_error is not None for each in manifests)
    return ExitCode.FINDING if refused else ExitCode.OK


def _manifests(client: Backlot, assets: Iterable[str], folder: str) -> Iterator[DownloadManifest]:
    """Ask for the manifests, some at a time."""
    assets = iter(assets)
    while some := list(itertools.islice(assets, _AT_ONCE)):
        yield from client.manifests(some, folder)


def _list(counted: Pages[DownloadAsset], found: Pages[DownloadAsset], *, as_json: bool) -> None:
    """Print what there is."""
    if as_json:
        emit_list("downloads", map(as_object, found), lambda: {"total": counted.total})
        return
    counter = itertools.count()
    for line in lines(
        _HEAD, (_row(each) for each, _ in zip(found, counter, strict=False)), columns=width()
    ):
        emit(line)
    count, total = next(counter), counted.total
    of = f" of {total:,}" if total is not None and total > count else ""
    emit(f"{count:,}{of} {'material' if (total or count) == 1 else 'materials'}")


def _row(asset: DownloadAsset) -> list[str]:
    """Write the cells of one material."""
    return [
        words(asset.asset_id),
        short(asset.type, _TYPE),
        words(asset.language),
        words(asset.qc_status),
        day_of(asset.created_at),
        "-" if asset.file_size is None else wording.size(asset.file_size).replace(" ", ""),
        words(asset.file_name or asset.title),
    ]


def _print(manifests: list[DownloadManifest], lists: list[receiving.Listed]) -> None:
    """Print what cannot be taken, then how the rest is."""
    refused = [each for each in manifests if each.download_error is not None]
    for each in refused:
        emit(f"error  {words(each.asset_id)}  {words(each.download_error)}")
    emit(f"{wording.plural(len(manifests) - len(refused), 'material')} ready, {len(refused):,} not")
    for listed in lists:
        emit(f"pairs: {printable(listed.pairs)} ({wording.files(listed.files)})")
        emit_run(listed.line, listed.answer, receiving.TOKEN if listed.has_token else None)
