"""Values of a TOML file, each of the kind that is wanted, or an error that names file and key."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import TYPE_CHECKING, Any

from reelpack.errors import LtoError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["Fields", "read_toml", "regular", "shortened"]

LONGEST = 16 << 20
"""Bytes of a TOML file that are read at most: 999 tapes take a few hundred thousand."""


LARGEST = 1_000_000_000
"""No box or label is as large, in mm or kg."""

SHOWN = 60
"""Characters of a value that a message has at most."""


def regular(path: Path) -> Path:
    """Return a path that is a file or is not there at all; opening a pipe would wait for ever.

    Raises:
        LtoError: It is a folder, a pipe, a device or a socket.
    """
    if path.exists() and not path.is_file():
        raise LtoError(f"{path}: no regular file", str(path))
    return path


def shortened(value: object) -> str:
    """Write a value in a message, without the middle of a long one."""
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 23]}...{text[-20:]}"


def read_toml(path: Path) -> Fields:
    """Read a TOML file.

    Raises:
        OSError: It cannot be read.
        LtoError: It is no TOML, no UTF-8, no regular file, or larger than 16 MiB.
    """
    with regular(path).open("rb") as file:
        content = file.read(LONGEST + 1)
    if len(content) > LONGEST:
        raise LtoError(f"{path}: larger than {LONGEST} bytes", str(path))
    try:
        return Fields(tomllib.loads(content.decode("utf-8-sig")), str(path), "")
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
            raise self.wrong(
                name, f"{shortened(value)} is no text", "put it between quotation marks"
            )
        if not value.isprintable():
            raise self.wrong(name, "has a line end or a control character", "keep it on one line")
        return value

    def date(self, name: str) -> str:
        """Return a date as ``YYYY-MM-DD``, a text or one of TOML; empty where there is none."""
        value = self._value(name, "")
        if isinstance(value, dt.date):
            return dt.date(value.year, value.month, value.day).isoformat()
        text = self.text(name)
        if text and not _is_date(text):
            raise self.wrong(name, f"{shortened(text)} is no date", "such as 2026-11-30")
        return text

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
            raise self.wrong(name, f"{shortened(value)} is no whole number of 0 or more")
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
            raise self.wrong(name, f"{shortened(value)} is no list of {count} numbers")
        return tuple(self._positive(name, each) for each in value)

    def switch(self, name: str) -> bool | None:
        """Return true or false; None where the key is not there."""
        value = self._value(name)
        if value is not None and not isinstance(value, bool):
            raise self.wrong(
                name, f"{shortened(value)} is neither true nor false", "write it without quotes"
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
        """Return a number that is above 0 and below `LARGEST`."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(name, f"{_toml(value)} is no number", "write it without quotes")
        if not 0 < value < LARGEST:
            raise self.wrong(name, f"{_toml(value)} is not above 0 and below {LARGEST:,}")
        return float(value)

    def _at(self, name: str) -> str:
        """Return where a key stands in the file."""
        if name.startswith("["):
            return f"{self._key}{name}"
        return f"{self._key}.{name}" if self._key else name


def _is_date(text: str) -> bool:
    """Whether a text is a day of the calendar, as ``YYYY-MM-DD``."""
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _toml(value: object) -> str:
    """Write a value as the file has it."""
    return str(value).lower() if isinstance(value, bool) else shortened(value)


def _placed(items: list[Any]) -> Iterator[tuple[str, Any]]:
    """Yield the items of a list with the keys that messages name: ``[0]``, ``[1]`` and so on."""
    for place, item in enumerate(items):
        yield f"[{place}]", item
