"""Tables for people and lists for programs, written while the pages come in."""

from __future__ import annotations

import itertools
import json
import shutil
from typing import TYPE_CHECKING, TypeVar

import click

from reelpack.cli.output import emit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reelpack.backlot import Pages
    from reelpack.backlot.wire import Wired

__all__ = ["described", "emit_list", "limit_option", "lines", "narrowed", "width"]

T = TypeVar("T", bound="Wired")

limit_option = click.option(
    "--limit", type=click.IntRange(min=0), metavar="N", help="show the first N only (default: all)"
)

_LOOKED_AT = 100
"""Rows that fix the widths: a page. More would have to be kept before the first is shown."""

_LAST = 8
"""What the last column gets at least, however wide the others are."""

_CUT = "..."


def narrowed(search: Callable[..., Pages[T]], limit: int | None) -> tuple[Pages[T], Pages[T]]:
    """Return what a search finds, as far as it is to be shown, and the same to be counted.

    The counts come with a page of one, as those of an answer that was shown are not kept.
    """
    found = search()
    return (found if limit is None else found.limit(limit)), search(page_size=1)


def width() -> int:
    """Return how many columns a line has: those of the terminal; 100 where there is none."""
    return shutil.get_terminal_size((100, 24)).columns


def lines(head: Sequence[str], rows: Iterable[Sequence[str]], *, columns: int) -> Iterator[str]:
    """Align the cells of a table.

    The first rows fix the widths; what is wider later is not cut, since ids are to be copied from
    here. Only the last column is cut. Memory use is that of the first rows.

    Args:
        head: The names of the columns.
        rows: The cells, as many as there are names, printable.
        columns: How wide a line may be.

    Yields:
        A line for the names, then one for each row; nothing at all where there is no row.
    """
    rows = iter(rows)
    first = list(itertools.islice(rows, _LOOKED_AT))
    if not first:
        return
    wide = [max(map(len, column)) for column in zip(head, *first, strict=True)]
    # One space keeps cells apart too, as no cell but the last has any in it.
    gap = "  " if sum(wide) + 2 * len(wide) <= columns else " "
    left = columns - sum(wide[:-1]) - len(gap) * (len(wide) - 1)
    for row in itertools.chain([head], first, rows):
        cells = [cell.ljust(size) for cell, size in zip(row[:-1], wide[:-1], strict=True)]
        yield gap.join([*cells, _cut(row[-1], max(left, _LAST))]).rstrip()


def described(facts: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Write names and values, a line each, with the values below one another."""
    pairs = list(facts)
    size = max((len(name) for name, _ in pairs), default=0)
    for name, value in pairs:
        yield f"{name:{size}}  {value}"


def emit_list(
    name: str, items: Iterable[dict[str, object]], about: Callable[[], dict[str, object]]
) -> None:
    """Print one JSON object that holds a list, an item a line.

    Nothing is kept, so that a list may have any length. What ends it early leaves it unfinished:
    no reader takes it for the whole.

    Args:
        name: The key of the list.
        items: What is in it.
        about: Called at the end for the other keys, which stand after the list.
    """
    emit(f"{{\n  {json.dumps(name)}: [")
    before = ""
    for item in items:
        if before:
            emit(before + ",")
        before = f"    {json.dumps(item)}"
    if before:
        emit(before)
    rest = "".join(f",\n  {json.dumps(key)}: {json.dumps(fact)}" for key, fact in about().items())
    emit(f"  ]{rest}\n}}")


def _cut(text: str, size: int) -> str:
    """Shorten `text` to `size` characters."""
    return text if len(text) <= size else text[: size - len(_CUT)] + _CUT
