"""What is known of a thing: as a JSON object for programs, as lines for people."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Protocol

from reelpack.backlot.values import OpenEnum
from reelpack.cli.backlot.words import words
from reelpack.names import json_text
from reelpack.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Known", "as_object", "as_pairs", "day_of"]

_STRUCK = "***"


class Known(Protocol):
    """A thing that can describe itself, secrets struck out."""

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object."""


def as_object(thing: Known) -> dict[str, object]:
    """Describe a thing of the API for JSON, without secrets: what is printed ends up in logs."""
    return {name: _shown(name, value) for name, value in thing.to_dict().items()}


def as_pairs(thing: Known) -> Iterator[tuple[str, str]]:
    """Describe a thing of the API for people.

    Yields:
        A name and a value for each field that is there; what is not known to the contract last.
    """
    facts = as_object(thing)
    extra = facts.pop("extra", None)
    for name, value in facts.items():
        if value not in (None, [], {}):
            own = getattr(thing, name)
            yield name.replace("_", " "), words(own) if isinstance(own, OpenEnum) else _text(value)
    for name, value in extra.items() if isinstance(extra, dict) else ():
        yield printable(name), _text(value)


def day_of(value: object) -> str:
    """Write a date or the date of a time; a dash where there is none."""
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    return words(value)


def _shown(name: str, value: object) -> object:
    """Describe what a field holds; names of files become text."""
    if isinstance(value, dict):
        inner = _without_extra(value) if name == "transfer_spec" else value
        return {json_text(str(key)): _shown(str(key), each) for key, each in inner.items()}
    if isinstance(value, (list, tuple)):
        return [_shown(name, each) for each in value]
    return json_text(value) if isinstance(value, str) else value


def _without_extra(spec: dict[str, object]) -> dict[str, object]:
    """Strike out what of a transfer is not known: it may be a secret by any name."""
    extra = spec.get("extra")
    return spec | {"extra": dict.fromkeys(extra, _STRUCK) if isinstance(extra, dict) else {}}


def _text(value: object) -> str:
    """Write a value on one line; one with parts as JSON."""
    return json.dumps(value) if isinstance(value, (dict, list)) else words(value)
