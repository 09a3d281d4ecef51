"""Between JSON and dataclasses: what the extension says becomes objects, and these JSON again."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeAlias

from reelpack.names import json_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Facts", "Kind", "as_json"]

Kind: TypeAlias = "Callable[[Any], object]"
"""What a value that is no plain one becomes; of a list each item does."""


class Facts:
    """Base of the dataclasses whose fields are the keys of a JSON object.

    Not a dataclass, so that the fields of each stand in its own class.
    """

    __slots__ = ()

    KINDS: ClassVar[Mapping[str, Kind]] = {}
    """The fields that are neither text nor number nor a list of these."""

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> Self:
        """Make one of a JSON object, which has a key for each field."""
        # What derives from this is a dataclass, which a type cannot say.
        names = (field.name for field in dataclasses.fields(cls))  # type: ignore[arg-type]  # each subclass is a dataclass
        return cls(**{name: _value(cls.KINDS.get(name), facts[name]) for name in names})

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object."""
        # What derives from this is a dataclass, which a type cannot say.
        names = (field.name for field in dataclasses.fields(self))  # type: ignore[arg-type]  # each subclass is a dataclass
        return {name: as_json(getattr(self, name)) for name in names}


def as_json(value: object) -> object:
    """Return what JSON has for a value: objects, lists, text, numbers; a rate is ``"24/1"``."""
    if isinstance(value, Facts):
        return value.to_dict()
    if isinstance(value, tuple):
        return [as_json(each) for each in value]
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return json_text(value) if isinstance(value, str) else value


def _value(kind: Kind | None, value: Any) -> object:  # noqa: ANN401  (whatever JSON holds)
    """Make of a value what its field holds."""
    if isinstance(value, list):
        return tuple(_value(kind, each) for each in value)
    if kind is None or value is None:
        return value
    return kind(value)
