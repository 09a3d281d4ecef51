"""Dataclasses of the API as the columns of a table."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from reelpack.backlot import core
from reelpack.backlot.striking import struck
from reelpack.backlot.values import OpenEnum
from reelpack.backlot.wire import Wired, wire_fields
from reelpack.tables import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reelpack.backlot.wire import Kind

__all__ = ["to_table"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = _EPOCH.date().toordinal()


def to_table(kind: type[Wired], items: Iterable[Wired]) -> Table:
    """Make a table with a row for each of `items`, which are all of `kind`.

    Memory: the values of all rows, as a table has them all.
    """
    fields = wire_fields(kind)
    cells = [_column(kind.KINDS.get(name, str)) for name, _, _ in fields]
    values: list[list[object]] = [[] for _ in range(len(fields) + 1)]
    for item in items:
        extra = dict(getattr(item, "extra", {}))
        for column, (name, wire, _), (_, cell) in zip(values, fields, cells, strict=False):
            value = getattr(item, name)
            column.append(None if value is None else cell(value))
            if value is not None and column[-1] is None:
                extra[wire] = value
        values[-1].append(_json(extra) if extra else None)
    names = [*(name for name, _, _ in fields), "extra"]
    kinds = [*(kind for kind, _ in cells), "text"]
    return Table(core.table(list(zip(names, kinds, values, strict=True))))


def _column(kind: Kind) -> tuple[str, Callable[[object], object]]:
    """Return kind and cell of a column; a cell is None for a value that it cannot hold."""
    if isinstance(kind, list) or issubclass(kind, Wired):
        return "text", _json
    if issubclass(kind, OpenEnum):
        return "text", _text
    return _COLUMNS[kind]


def _text(value: object) -> object:
    """Write text as a column has it, where each character has to be one."""
    text = value.value if isinstance(value, OpenEnum) else str(value)
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair, which JSON can hold
        return text.encode("utf-8", "replace").decode()
    return text


def _json(value: object) -> object:
    """Write a value as JSON text, in ASCII."""
    return json.dumps(_plain(value), ensure_ascii=True)


def _plain(value: object) -> object:
    if isinstance(value, Wired):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return struck(value) if isinstance(value, dict) else value


def _same(value: object) -> object:
    return value


def _days(value: object) -> object:
    return value.toordinal() - _EPOCH_DAY if isinstance(value, date) else None


def _nanoseconds(value: object) -> object:
    if not isinstance(value, datetime):
        return None
    microseconds = (value - _EPOCH) // timedelta(microseconds=1)
    return microseconds * 1000


_COLUMNS: dict[type, tuple[str, Callable[[object], object]]] = {
    str: ("text", _text),
    bool: ("bool", _same),
    int: ("int", _same),
    date: ("date", _days),
    datetime: ("time", _nanoseconds),
}
