"""`reelpack imf make`: a package of a folder of finished files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from reelpack import imf, wording
from reelpack.cli.arguments import PATH
from reelpack.cli.delivery import json_option, quiet_option
from reelpack.cli.exits import ExitCode, hinting
from reelpack.cli.imf.arguments import HINTS, about_the_threads
from reelpack.cli.output import emit, emit_json
from reelpack.cli.progressbar import progress_bar
from reelpack.cli.reasons import by_reason
from reelpack.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from reelpack.cli.imf.arguments import Threads
    from reelpack.imf import Made

__all__ = ["command"]


@click.command("make")
@click.argument("folder", type=PATH, metavar="DIR")
@click.option("--issuer", required=True, metavar="TEXT", help="who issues the package")
@click.option(
    "--creator",
    default=imf.CREATOR,
    metavar="TEXT",
    help="the program that makes it (default: this one)",
)
@click.option("--annotation", metavar="TEXT", help="free text")
@click.option("--issue-date", metavar="TIME", help="such as 2026-11-30T12:00:00Z (default: now)")
@click.option(
    "--asset-map-id",
    type=click.UUID,
    metavar="UUID",
    help="id of the asset map (default: random)",
)
@click.option(
    "--packing-list-id",
    type=click.UUID,
    metavar="UUID",
    help="id of the packing list (default: random)",
)
@click.option(
    "--edition",
    type=click.Choice(["2007", "2016"]),
    default="2016",
    help="of the packing list (default: 2016)",
)
@click.option("--supplement", is_flag=True, help="compositions may play what DIR does not have")
@click.option("--replace", is_flag=True, help="write over the lists that are there")
@json_option
@about_the_threads
@quiet_option
def command(  # noqa: PLR0913  (an option each)
    folder: str,
    *,
    issuer: str,
    creator: str,
    annotation: str | None,
    issue_date: str | None,
    asset_map_id: UUID | None,
    packing_list_id: UUID | None,
    edition: Literal["2007", "2016"],
    supplement: bool,
    replace: bool,
    as_json: bool,
    threads: Threads,
    quiet: bool,
) -> int:
    """Write asset map, packing list and volume index for the track files and playlists in DIR.

    There has to be a composition playlist, and whatever it plays unless `--supplement` is given.
    Each file is read once. With both ids and the date given, the same files make the same lists.
    Check what was made with `reelpack imf verify`.
    """
    with hinting(HINTS), progress_bar("imf make", folder, quiet=quiet) as progress:
        made = imf.make(
            folder,
            issuer=issuer,
            creator=creator,
            annotation=annotation,
            issue_date=issue_date,
            asset_map_id=None if asset_map_id is None else str(asset_map_id),
            packing_list_id=None if packing_list_id is None else str(packing_list_id),
            edition=edition,
            supplement=supplement,
            replace=replace,
            progress=progress,
            **threads,
        )
    if as_json:
        emit_json(made.to_dict())
    else:
        for line in _lines(made):
            emit(line)
    return ExitCode.OK


def _lines(made: Made) -> Iterator[str]:
    """Write what was listed, what was written and what is not in it."""
    total = wording.size(sum(asset.size for asset in made.assets))
    yield f"{wording.plural(len(made.assets), 'asset')}, {total}"
    for name in (made.packing_list, made.volume_index, made.asset_map):
        again = ", which was there before" if name in made.replaced else ""
        yield f"wrote {printable(f'{made.folder}/{name}')}{again}"
    for name in made.replaced:
        if name not in (made.packing_list, made.volume_index, made.asset_map):
            yield f"removed {printable(f'{made.folder}/{name}')}"
    if made.not_here:
        yield f"not here: {wording.plural(len({each.id for each in made.not_here}), 'asset')}"
    yield from by_reason("left out", made.left_out)
