"""`reelpack lto start`: the record of a new shipment."""

from __future__ import annotations

import click

from reelpack import lto
from reelpack.cli.arguments import PATH
from reelpack.cli.delivery import json_option
from reelpack.cli.exits import ExitCode, hinting
from reelpack.cli.lto.arguments import shipment_argument
from reelpack.cli.output import emit, emit_json
from reelpack.wording import printable

__all__ = ["command"]

_HINTS: dict[type[Exception], str] = {
    FileExistsError: "it was begun already: edit the record, or name another folder",
}
"""What to do where there is no answer."""


@click.command("start")
@shipment_argument
@click.option("--show-code", metavar="ABC", help="three letters that barcodes begin with")
@click.option("--company", metavar="TEXT", help="the production company")
@click.option("--title", metavar="TEXT", help="of the show; never outside of a box")
@click.option("--security-title", metavar="TEXT", help="stands for the title where there is one")
@click.option("--movie-id", metavar="ID", help="the MID that the studio gives")
@click.option("--secondary-of", type=PATH, metavar="SHIPMENT", help="the primary set of a second")
@json_option
def command(  # noqa: PLR0913  (an option each)
    folder: str,
    *,
    show_code: str | None,
    company: str | None,
    title: str | None,
    security_title: str | None,
    movie_id: str | None,
    secondary_of: str | None,
    as_json: bool,
) -> int:
    """Begin the shipment SHIPMENT: make the folder and write its record.

    One show to a shipment. A second set is a shipment of its own, begun with `--secondary-of`.
    """
    if show_code is None and secondary_of is None:
        raise click.UsageError("`--show-code` is missing, or `--secondary-of`")
    about = {
        "production_company": company,
        "title": title,
        "security_title": security_title,
        "movie_id": movie_id,
    }
    with hinting(_HINTS):
        shipment = lto.start(
            folder,
            show_code=show_code,
            secondary_of=secondary_of,
            **{name: value for name, value in about.items() if value is not None},
        )
    if as_json:
        emit_json(shipment.to_dict())
    else:
        emit(printable(f"wrote {shipment.record}"))
        emit("fill in what is missing, then go on with `reelpack lto plan`")
    return ExitCode.OK
