"""Arguments that the commands about tapes share."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import click

from reelpack.cli.arguments import PATH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["HINTS", "font_option", "parsed", "placed", "shipment_argument", "tape_option"]

HINTS: dict[type[Exception], str] = {
    FileNotFoundError: "`reelpack lto start SHIPMENT --show-code ABC` begins a shipment",
}
"""What to do where there is no answer; most messages say it themselves."""

T = TypeVar("T")

shipment_argument = click.argument("folder", type=PATH, metavar="SHIPMENT")

font_option = click.option(
    "--font",
    type=PATH,
    metavar="FILE",
    help="a TrueType font, for text that is not of Western Europe",
)

tape_option = click.option(
    "--tape",
    "tapes",
    multiple=True,
    metavar="BARCODE=PATH",
    help="where a tape is mounted, or an index or a list of it; may be repeated",
)


def parsed(parse: Callable[[str], T], text: str | None, option: str) -> T | None:
    """Return what an option means; None where it was not given.

    Raises:
        click.BadParameter: It means nothing.
    """
    if text is None:
        return None
    try:
        return parse(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=f"'{option}'") from error


def placed(pairs: Iterable[str]) -> dict[str, str]:
    """Return where tapes are, by their barcodes, of options such as ``ABC001L8=/mnt/ltfs``.

    Raises:
        click.BadParameter: One of them is no such pair, or two are of one tape.
    """
    found: dict[str, str] = {}
    for pair in pairs:
        barcode, equals, path = pair.partition("=")
        if not equals or not barcode or not path or barcode in found:
            raise click.BadParameter(f"{pair!r} is not BARCODE=PATH, once for each tape")
        found[barcode] = path
    return found
