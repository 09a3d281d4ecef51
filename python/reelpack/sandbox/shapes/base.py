"""The base of all shapes, and how strict they are."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, TypeAlias, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel
from pydantic.json_schema import SkipJsonSchema

from reelpack.sandbox.clock import moment

__all__ = [
    "Bytes",
    "Day",
    "Filled",
    "Incoming",
    "Maybe",
    "Moment",
    "PageSize",
    "Shape",
    "Whole",
    "one_of",
]

# A full-date of RFC 3339; `date.fromisoformat` takes weeks and dates without dashes too.
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
T = TypeVar("T")

# A field that may be absent. Null is no value, and is refused where it comes.
Maybe: TypeAlias = T | SkipJsonSchema[None]


class Shape(BaseModel):
    """What the sandbox says: named as in the contract, without fields that have no value."""

    model_config = ConfigDict(strict=True, alias_generator=to_camel, populate_by_name=True)


class Incoming(Shape):
    """What a partner says: as the contract has it, no text for a number, no null, no half letter.

    Fields that the contract does not name are let through and left out.
    """

    @model_validator(mode="before")
    @classmethod
    def _sound(cls, value: object) -> object:
        """Refuse null, as a field without a value is absent, and text that nothing can keep."""
        if isinstance(value, dict) and (names := cls._nulls(value)):
            raise ValueError(f"null is no value: {', '.join(names)}")
        if not _is_unicode(value):
            raise ValueError("a text holds half of a surrogate pair")
        return value

    @classmethod
    def _nulls(cls, value: dict[str, object]) -> list[str]:
        """Name the known fields that are null."""
        known = {field.alias for field in cls.model_fields.values()}
        return [name for name in value if value[name] is None and name in known]


def _day(value: object) -> object:
    """Read a date of the form YYYY-MM-DD."""
    if not isinstance(value, str):
        return value
    if _DAY.fullmatch(value) is None:
        raise ValueError("a date is written YYYY-MM-DD")
    return date.fromisoformat(value)


def _is_unicode(value: object) -> bool:
    """Tell whether all text in a JSON value is Unicode: JSON can escape what it has not."""
    if isinstance(value, str):
        return value.isascii() or value.encode("utf-8", "ignore").decode() == value
    if isinstance(value, dict):
        return all(_is_unicode(name) and _is_unicode(value[name]) for name in value)
    return not isinstance(value, list) or all(map(_is_unicode, value))


def _whole(value: object) -> object:
    """Take 1.0 for the whole number that it is to JSON Schema."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def one_of(words: type[StrEnum]) -> list[str]:
    """List the words of an open enum, as the examples of its schema."""
    return [str(word) for word in words]


def _moment(value: object) -> object:
    """Read an instant, which the store keeps in seconds since 1970."""
    return moment(value) if isinstance(value, float) else value


Moment = Annotated[datetime, BeforeValidator(_moment)]
Day = Annotated[date, BeforeValidator(_day)]
Whole = Annotated[int, BeforeValidator(_whole)]
Filled = Annotated[str, Field(min_length=1)]
# The limits stand before the validator: behind it they would be missing in the schema.
PageSize = Annotated[int, Field(ge=1, le=1000), BeforeValidator(_whole)]
Bytes = Annotated[int, Field(ge=0), BeforeValidator(_whole)]
