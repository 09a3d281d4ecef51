"""JSON of the API to dataclasses and back, driven by the fields of the dataclasses.

A class says only what is no text: `KINDS`. Names are those of the schema in snake case. A field
that a class does not have is kept in its ``extra``, and so is a value of a wrong kind, so that
nothing of an answer is lost. Fields and values that the user's contract file calls otherwise are
translated.

The tables are made once for each class and contract: reading one of 100,000 requests is a few
lookups and no reflection.
"""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import date, datetime
from operator import itemgetter
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, TypeVar

from reelpack.backlot.striking import struck
from reelpack.backlot.values import OpenEnum

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["Kind", "MismatchError", "Wire", "Wired", "camel_case"]

Kind: TypeAlias = type | list[type]
"""What a field holds: an open enum, `date`, `datetime`, `bool`, `int`, another class, or a list."""

INT64 = range(-(2**63), 2**63)
"""Whole numbers that a column of a table can hold."""


class MismatchError(Exception):
    """An answer does not fit the contract: something that has to be there is not."""


class _UnfitError(ValueError):
    """A value is of another kind than its field; it goes to ``extra``."""


class Wired:
    """A dataclass that stands for a schema of the contract.

    Attributes:
        SCHEMA: Name of the schema; empty if it is that of the class.
        KINDS: The fields that are no text.
        NAMES: Names of fields that are not their own in camel case.
        OWN: Fields that are ours and not the API's.
    """

    __slots__ = ()

    SCHEMA: ClassVar[str] = ""
    KINDS: ClassVar[Mapping[str, Kind]] = {}
    NAMES: ClassVar[Mapping[str, str]] = {}
    OWN: ClassVar[frozenset[str]] = frozenset()

    def to_dict(self, *, secrets: bool = False) -> dict[str, object]:
        """Return a JSON object: names in snake case, times as ISO 8601, all else in ``extra``.

        Args:
            secrets: Whether what is secret stands in it; else ``***`` does instead.
        """
        fields = dataclasses.fields(self)  # type: ignore[arg-type]  # each subclass is a dataclass
        known = {field.name: _object(getattr(self, field.name), secrets) for field in fields}
        return known if secrets else struck(known)


T = TypeVar("T", bound=Wired)


class _Open(dict[object, object]):
    """Known values by what they are called in JSON; another value is itself."""

    def __missing__(self, value: object) -> object:
        """Keep a value that is not known, if it is text."""
        return _text(value)


def camel_case(name: str) -> str:
    """Write ``request_id`` as ``requestId``."""
    return re.sub(r"_([a-z0-9])", lambda match: match[1].upper(), name)


def schema_of(kind: type[Wired]) -> str:
    """Name the schema that `kind` stands for."""
    return kind.SCHEMA or kind.__name__


def wire_fields(kind: type[Wired]) -> list[tuple[str, str, bool]]:
    """List name, name in JSON and whether it is required, of each field of the API, in order."""
    fields = dataclasses.fields(kind)  # type: ignore[arg-type]  # each subclass is a dataclass
    return [
        (
            field.name,
            kind.NAMES.get(field.name) or camel_case(field.name),
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING,
        )
        for field in fields
        if field.name != "extra" and field.name not in kind.OWN
    ]


class Wire:
    """Reads and writes by one contract; threads may share it.

    Args:
        fields: Schema, name in our contract and name in theirs, of each field that differs.
        values: The same of each value of an enum.
    """

    __slots__ = ("_fields", "_readers", "_values", "_writers")

    def __init__(
        self,
        fields: Iterable[tuple[str, str, str]] = (),
        values: Iterable[tuple[str, str, str]] = (),
    ) -> None:
        self._fields = _by_schema(fields)
        self._values = _by_schema(values)
        self._readers: dict[type, Callable[[object], Any]] = {}
        self._writers: dict[type, Callable[[Any], dict[str, object]]] = {}

    def name(self, schema: str, field: str) -> str:
        """Return what the field is called in JSON."""
        return self._fields.get(schema, {}).get(field, field)

    def value(self, kind: type[OpenEnum], value: str) -> str:
        """Return what the value is called in JSON."""
        return self._values.get(kind.__name__, {}).get(value, str(value))

    def read(self, kind: type[T], item: object) -> T:
        """Make a `kind` of a JSON object.

        Raises:
            MismatchError: It is no object, or lacks a required field.
        """
        if not isinstance(item, dict):
            raise MismatchError(f"{schema_of(kind)}: no JSON object where one is due")
        result: T = self.reader(kind)(item)
        return result

    def reader(self, kind: type[T]) -> Callable[[Any], T]:
        """Return the function that makes a `kind` of a JSON object; `MismatchError` as `read`."""
        if kind not in self._readers:
            self._readers[kind] = self._make_reader(kind)
        return self._readers[kind]

    def write(self, item: Wired) -> dict[str, object]:
        """Make the JSON object of `item`; what is None is left out."""
        kind = type(item)
        if kind not in self._writers:
            self._writers[kind] = self._make_writer(kind)
        return self._writers[kind](item)

    def _make_reader(self, kind: type[T]) -> Callable[[Any], T]:
        schema = schema_of(kind)
        fields = wire_fields(kind)
        names = tuple(self.name(schema, name) for _, name, _ in fields)
        converters = [
            (place, self._converter(kind.KINDS.get(name, str)))
            for place, (name, _, _) in enumerate(fields)
        ]
        others = [pair for pair in converters if pair[1] is not _text]
        texts_of = _picker([place for place, convert in converters if convert is _text])
        required = tuple(place for place, field in enumerate(fields) if field[2])
        known = frozenset(names)
        make = _maker(kind)

        def read(item: Any) -> T:  # noqa: ANN401  (JSON)
            if not isinstance(item, dict):
                raise _UnfitError
            values = list(map(item.get, names))
            extra = {} if known.issuperset(item) else _others(item, known)
            is_usual = _TEXT_OR_NONE.issuperset(map(type, texts_of(values)))
            for place, convert in others if is_usual else converters:
                value = values[place]
                if value is not None:
                    try:
                        values[place] = convert(value)
                    except (_UnfitError, TypeError):
                        values[place], extra[names[place]] = None, value
            for place in required:
                if values[place] is None:
                    raise MismatchError(_missing(schema, names[place]))
            return make(*values, extra)

        return read

    def _converter(self, kind: Kind) -> Callable[[Any], object]:
        """Return the function that makes a value of JSON what its field holds."""
        if isinstance(kind, list):
            return _list_of(self._converter(kind[0]))
        if issubclass(kind, OpenEnum):
            return self._members(kind).__getitem__
        if issubclass(kind, Wired):
            return self.reader(kind)
        return _CONVERTERS[kind]

    def _members(self, kind: type[OpenEnum]) -> _Open:
        renamed = self._values.get(kind.__name__, {})
        members = _Open({theirs: ours for ours, theirs in renamed.items()})
        members.update({self.value(kind, member): member for member in kind})
        return members

    def _make_writer(self, kind: type[Wired]) -> Callable[[Any], dict[str, object]]:
        schema = schema_of(kind)
        fields = [
            (name, self.name(schema, wire), self._plainer(kind.KINDS.get(name, str)))
            for name, wire, _ in wire_fields(kind)
        ]

        def write(item: Any) -> dict[str, object]:  # noqa: ANN401  (any of the classes)
            body = dict(getattr(item, "extra", {}))
            for name, wire, plain in fields:
                value = getattr(item, name)
                if value is not None:
                    body[wire] = plain(value)
            return body

        return write

    def _plainer(self, kind: Kind) -> Callable[[Any], object]:
        """Return the function that makes JSON of what a field holds."""
        if isinstance(kind, list):
            plain = self._plainer(kind[0])
            return lambda values: [plain(value) for value in values]
        if issubclass(kind, OpenEnum):
            enum = kind
            return lambda value: self.value(enum, value)
        if issubclass(kind, Wired):
            return self.write
        return _plain


_TEXT_OR_NONE = frozenset({str, type(None)})


def _picker(places: list[int]) -> Callable[[list[object]], tuple[object, ...]]:
    """Return a function that picks `places` out of a list."""
    if not places:
        return lambda _: ()
    return itemgetter(places[0], *places)  # of one place it would give no tuple


def _maker(kind: type[T]) -> Callable[..., T]:
    """Return a function that makes a `kind` of its fields, in order, faster than its `__init__`.

    That of a frozen dataclass sets each field by a call: 6.7 us for a source request, the half of
    reading it. A twin that is not frozen takes 0.9 us, and then is declared to be the real one,
    which Python allows as both have the same slots.
    """
    fields = [
        (
            field.name,
            object,
            dataclasses.field(default=field.default, default_factory=field.default_factory),
        )
        for field in dataclasses.fields(kind)  # type: ignore[arg-type]  # each kind is a dataclass
    ]
    twin = dataclasses.make_dataclass(
        f"_{kind.__name__}", fields, bases=kind.__bases__, slots=True, eq=False, repr=False
    )

    def make(*values: object) -> T:
        item = twin(*values)
        item.__class__ = kind
        made: T = item
        return made

    return make


def _by_schema(facts: Iterable[tuple[str, str, str]]) -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    for schema, ours, theirs in facts:
        table.setdefault(schema, {})[ours] = theirs
    return table


def _others(item: dict[str, object], known: frozenset[str]) -> dict[str, object]:
    """Return what of an object no field is for."""
    return {name: value for name, value in item.items() if name not in known}


def _missing(schema: str, name: str) -> str:
    return (
        f"{schema}: the answer has no usable `{name}`; "
        f"hint: if the server calls it otherwise, a contract file says so under [fields.{schema}]"
    )


def _list_of(convert: Callable[[Any], object]) -> Callable[[Any], object]:
    """Read a list, into a tuple."""

    def read(value: Any) -> object:  # noqa: ANN401  (JSON)
        if not isinstance(value, list):
            raise _UnfitError
        return tuple(map(convert, value))

    return read


def _text(value: object) -> str:
    """Read text; a number, as which an id may come, is written as text."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return json.dumps(value)
    raise _UnfitError


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise _UnfitError
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value not in INT64:
        raise _UnfitError
    return value


def _day(value: object) -> date | str:
    """Read a date; what is none stays text."""
    try:
        return date.fromisoformat(value)  # type: ignore[arg-type]  # a TypeError if it is no text
    except ValueError:
        return _text(value)


def _moment(value: object) -> datetime | str:
    """Read a date with time; what is none, or says no zone, stays text."""
    try:
        moment = datetime.fromisoformat(value)  # type: ignore[arg-type]  # as above
    except ValueError:
        return _text(value)
    return _text(value) if moment.tzinfo is None else moment


_CONVERTERS: dict[type, Callable[[Any], object]] = {
    str: _text,
    bool: _switch,
    int: _whole,
    date: _day,
    datetime: _moment,
}


def _plain(value: object) -> object:
    """Make JSON of a value: plain text of an enum, ISO 8601 of a time."""
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    return value.value if isinstance(value, OpenEnum) else value


def _object(value: object, secrets: bool) -> object:  # noqa: FBT001  (passed on)
    """Make JSON of a value and of all that is in it."""
    if isinstance(value, Wired):
        return value.to_dict(secrets=secrets)
    if isinstance(value, tuple):
        return [_object(one, secrets) for one in value]
    return _plain(value)
