"""Tables of a plan or a record, taken apart: what is there has to be known and of the right kind.

TOML says whether a value is text or a number; from YAML all values come as text, so that a number
may be the text of one here. YAML alone has a null, which is refused wherever it stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn, TypeVar

from reelpack.errors import CutPlanError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Table", "as_text", "clock", "in_seconds"]

_Word = TypeVar("_Word", bound=str)

# No disk has a size of more digits, and a number of a million digits takes its time.
_WHOLE = re.compile(r"[0-9]{1,18}", re.ASCII)
_CLOCK = re.compile(r"([0-9]{1,3}):([0-5][0-9]):([0-5][0-9])", re.ASCII)
_LINES = "\n\t"


class Table:
    """One table, each of whose keys is taken once.

    Attributes:
        where: The table, as an error names it; empty at the top.
        path: The file, as an error names it.
    """

    def __init__(self, values: Mapping[str, object], where: str, path: str) -> None:
        self._left = dict(values)
        self.where = where
        self.path = path

    def text(self, key: str, default: str | None = None) -> str:
        """Take a text; without a default it has to be there, and has to say something."""
        value = self._take(key, default)
        if not isinstance(value, str):
            self.refuse(key, "text is wanted, in quotes")
        if not as_text(value):
            self.refuse(key, "a control character, or a byte that is not UTF-8")
        if default is None and not value.strip():
            self.refuse(key, "it is empty")
        return value

    def line(self, key: str, default: str | None = None) -> str:
        """Take a text of one line."""
        value = self.text(key, default)
        if any(char in value for char in _LINES):
            self.refuse(key, "one line is wanted")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Take a list of lines, which may be missing."""
        items = Table(dict(_numbered(self._list(key))), f"{self.where}{key}.", self.path)
        return tuple(items.line(name) for name in items.keys_left())

    def whole(
        self, key: str, default: int | None = None, *, least: int = 0, most: int | None = None
    ) -> int:
        """Take a whole number, `least` or more, `most` or less."""
        value = self._take(key, default)
        if isinstance(value, str) and _WHOLE.fullmatch(value):
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            self.refuse(key, f"a whole number is wanted, {least} or more")
        if most is not None and value > most:
            self.refuse(key, f"a whole number is wanted, {most:,} or less")
        return value

    def word(self, key: str, words: Sequence[_Word], default: _Word | None = None) -> _Word:
        """Take one of some words."""
        value = self._take(key, default)
        if value not in words:
            self.refuse(key, f"one of {', '.join(words)} is wanted")
        return words[words.index(value)]

    def table(self, key: str) -> Table:
        """Take a table, which may be missing and is empty then."""
        return self._table(self._take(key, {}), f"{self.where}{key}")

    def tables(self, key: str) -> tuple[Table, ...]:
        """Take a list of tables, counted from 1 in errors; it may be missing."""
        return tuple(
            self._table(each, f"{self.where}{key} {name}")
            for name, each in _numbered(self._list(key))
        )

    def has(self, key: str) -> bool:
        """Whether there is such a key that was not taken yet."""
        return key in self._left

    def keys_left(self) -> tuple[str, ...]:
        """Name what was not taken yet."""
        return tuple(self._left)

    def only(self, *keys: str) -> None:
        """Refuse what is none of some keys, before one of these is missed that is but misspelt.

        Raises:
            CutPlanError: There is such a key.
        """
        for key in self._left:
            if key not in keys:
                self.refuse(key, "no such key is known")

    def done(self) -> None:
        """Refuse what nobody asked for: it would be lost, and most often it is misspelt.

        Raises:
            CutPlanError: There is such a key.
        """
        for key in self._left:
            self.refuse(key, "no such key is known")

    def refuse(self, key: str, reason: str) -> NoReturn:
        """Say what is wrong with a key.

        Raises:
            CutPlanError: Always.
        """
        raise CutPlanError(f"{self.path}: {self.where}{key}: {reason}", self.path)

    def _take(self, key: str, default: object) -> object:
        """Take a value, or what stands for a missing one."""
        if key in self._left and self._left[key] is None:
            self.refuse(
                key, "it is empty, as null and ~ are; hint: leave it out, or quote what is text"
            )
        value = self._left.pop(key, default)
        if value is None:
            self.refuse(key, "it is missing")
        return value

    def _list(self, key: str) -> list[object]:
        """Take a list, which may be missing."""
        value = self._take(key, [])
        if not isinstance(value, list):
            self.refuse(key, "a list is wanted")
        return value

    def _table(self, value: object, where: str) -> Table:
        """Look into a table."""
        if not isinstance(value, dict):
            raise CutPlanError(f"{self.path}: {where}: a table is wanted", self.path)
        return Table(value, f"{where}.", self.path)


def _numbered(items: Sequence[object]) -> list[tuple[str, object]]:
    """Number items from 1, as people count."""
    return [(str(number), item) for number, item in enumerate(items, 1)]


def as_text(value: str) -> bool:
    """Whether a text can stand in TOML, YAML and JSON alike, and cannot steer a terminal."""
    return not any(
        (char < " " and char not in _LINES)
        or "\x7f" <= char <= "\x9f"
        or "\ud800" <= char <= "\udfff"
        for char in value
    )


def in_seconds(value: str) -> int | None:
    """Read ``h:mm:ss``; None if it is no such text.

    Example:
        >>> in_seconds("1:42:30")
        6150
    """
    found = _CLOCK.fullmatch(value)
    if found is None:
        return None
    hours, minutes, seconds = map(int, found.groups())
    return (hours * 60 + minutes) * 60 + seconds


def clock(seconds: int) -> str:
    """Write ``hh:mm:ss``, which `in_seconds` reads."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
