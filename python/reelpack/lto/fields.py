"""Values of a TOML file, each of the kind that is wanted, or an error that names file and key."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import TYPE_CHECKING, Any

from reelpack.errors import LtoError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["Fields", "read_toml"]

LONGEST = 16 << 20
"""Bytes of a TOML file that are read at most: 999 tapes take a few hundred thousand."""


def read_toml(path: Path) -> Fields:
    """Read a TOML file.

    Raises:
        OSError: It cannot be read.
        LtoError: It is no TOML, no UTF-8, or larger than 16 MiB.
    """
    with path.open("rb") as file:
        content = file.read(LONGEST + 1)
    if len(content) > LONGEST:
        raise LtoError(f"{path}: larger than {LONGEST} bytes", str(path))
    try:
        return Fields(tomllib.loads(content.decode()), str(path), "")
    except UnicodeDecodeError as error:
        raise LtoError(f"{path}: no UTF-8 text, at byte {error.start}", str(path)) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise LtoError(f"{path}: no TOML: {error}", str(path)) from error


class Fields:
    """A table of a TOML file.

    Args:
        values: The table.
        path: The file, for messages.
        key: Where the table stands in it; empty for the outermost.
    """

    def __init__(self, values: Mapping[str, Any], path: str, key: str) -> None:
        self._values = values
        self._path = path
        self._key = key
        self._asked: set[str] = set()
        self._below: list[Fields] = []

    def __contains__(self, name: str) -> bool:
        """Whether the key is there."""
        return name in self._values

    def names(self) -> tuple[str, ...]:
        """Return the keys, in order."""
        return tuple(self._values)

    def text(self, name: str, default: str = "") -> str:
        """Return a text on one line; a date counts as one."""
        value = self._value(name, default)
        if isinstance(value, dt.date):
            return value.isoformat()
        if not isinstance(value, str):
            raise self.wrong(name, f"{value!r} is no text", "put it between quotation marks")
        if not value.isprintable():
            raise self.wrong(name, "has a line end or a control character", "keep it on one line")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; a single text counts as a list of one."""
        value = self._value(name, [])
        items = value if isinstance(value, list) else [value]
        single = Fields(dict(_placed(items)), self._path, self._at(name))
        return tuple(single.text(key) for key in single.names())

    def whole(self, name: str) -> int | None:
        """Return a whole number of 0 or more; None where the key is not there."""
        value = self._value(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.wrong(name, f"{value!r} is no whole number of 0 or more")
        return value

    def measure(self, name: str) -> float | None:
        """Return a number above 0; None where the key is not there."""
        value = self._value(name)
        return None if value is None else self._positive(name, value)

    def measures(self, name: str, count: int) -> tuple[float, ...] | None:
        """Return so many numbers above 0; None where the key is not there."""
        value = self._value(name)
        if value is None:
            return None
        if not isinstance(value, list) or len(value) != count:
            raise self.wrong(name, f"{value!r} is no list of {count} numbers")
        return tuple(self._positive(name, each) for each in value)

    def switch(self, name: str) -> bool | None:
        """Return true or false; None where the key is not there."""
        value = self._value(name)
        if value is not None and not isinstance(value, bool):
            raise self.wrong(
                name, f"{value!r} is neither true nor false", "write it without quotes"
            )
        return value

    def table(self, name: str) -> Fields:
        """Return a table; an empty one where the key is not there."""
        value = self._value(name, {})
        if not isinstance(value, dict):
            raise self.wrong(name, "is no table", f"begin it with [{self._at(name)}]")
        return self._inner(value, self._at(name))

    def tables(self, name: str) -> Iterator[Fields]:
        """Yield the tables of a list of tables."""
        value = self._value(name, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self.wrong(name, "is no list of tables", f"begin each with [[{self._at(name)}]]")
        for place, each in enumerate(value):
            yield self._inner(each, f"{self._at(name)}[{place}]")

    def unasked(self) -> Iterator[str]:
        """Yield the keys that nobody has asked for, in tables that somebody has; in order."""
        for name in self._values:
            if name not in self._asked:
                yield self._at(name)
        for below in self._below:
            yield from below.unasked()

    def wrong(self, name: str, what: str, hint: str | None = None) -> LtoError:
        """Return the error that says what is wrong with the value of a key."""
        key = self._at(name)
        behind = f"; hint: {hint}" if hint else ""
        return LtoError(f"{self._path}: {key}: {what}{behind}", self._path, key)

    def _value(self, name: str, default: object = None) -> Any:  # noqa: ANN401  (whatever TOML holds)
        """Return the value of a key, and remember that it was asked for."""
        self._asked.add(name)
        return self._values.get(name, default)

    def _inner(self, values: Mapping[str, Any], key: str) -> Fields:
        """Return a table within this one."""
        self._below.append(Fields(values, self._path, key))
        return self._below[-1]

    def _positive(self, name: str, value: object) -> float:
        """Return a number that is above 0."""
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e9:  # noqa: PLR2004  (no box or label is larger)
            raise self.wrong(name, f"{value!r} is no number above 0")
        return float(value)

    def _at(self, name: str) -> str:
        """Return where a key stands in the file."""
        if name.startswith("["):
            return f"{self._key}{name}"
        return f"{self._key}.{name}" if self._key else name


def _placed(items: list[Any]) -> Iterator[tuple[str, Any]]:
    """Yield the items of a list with the keys that messages name: ``[0]``, ``[1]`` and so on."""
    for place, item in enumerate(items):
        yield f"[{place}]", item
