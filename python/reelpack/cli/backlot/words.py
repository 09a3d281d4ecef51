"""The values of the API as people write them: its code, or the portal's words, in any case.

``REDELIVERY_REQUESTED``, ``redelivery-requested`` and ``"Redelivery Requested"`` are one. What is
printed here can be typed back.
"""

from __future__ import annotations

import re
from datetime import date

import click
from click.shell_completion import CompletionItem

from reelpack.backlot.values import OpenEnum
from reelpack.cli.output import note
from reelpack.wording import printable

__all__ = ["Code", "day", "short", "words"]

_CODE = re.compile(r"[A-Z][A-Z0-9_]*")


class Code(click.ParamType):  # type: ignore[type-arg]  # generic in newer clicks only
    """A value of one of the API's lists. The lists are open: what is not in one is passed on."""

    name = "word"

    def __init__(self, values: type[OpenEnum]) -> None:
        self._codes = {_letters(name): each for each in values for name in (each.label, each.value)}

    def convert(
        self,
        value: str,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str:
        """Return the code that is meant; a word of which there is none as it stands."""
        letters = _letters(value)
        if not letters:
            self.fail("it is empty", param, ctx)
        known = self._codes.get(letters) or self._begun(letters)
        if known is None:
            note(f"`{printable(value)}` is no value that is known, and passed on as it is")
        return value if known is None else known.value

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002  (click's signature)
        param: click.Parameter,  # noqa: ARG002  (the same)
        incomplete: str,
    ) -> list[CompletionItem]:
        """Offer the values as they are printed."""
        known = dict.fromkeys(map(words, self._codes.values()))
        return [CompletionItem(word) for word in known if word.startswith(incomplete)]

    def _begun(self, letters: str) -> OpenEnum | None:
        """Return the one code that begins like this, as tables cut long ones."""
        begun = {code for known, code in self._codes.items() if known.startswith(letters)}
        return begun.pop() if len(begun) == 1 else None


def day(value: str | date) -> date:
    """Read a date; click converts a default too, which is one already.

    Raises:
        click.BadParameter: It is none.
    """
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"`{printable(value)}` is no date such as 2026-11-30") from error


def words(value: object) -> str:
    """Write a value for people: a known code in small letters, yes or no, a dash for none.

    Any other text stays as it is: an id or a name may be in capitals too.
    """
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    is_code = isinstance(value, OpenEnum) and _CODE.fullmatch(text)
    return text.lower().replace("_", "-") if is_code else printable(text)


def short(value: object, width: int) -> str:
    """Write a value as `words` does, with as many of its words as fit into `width`."""
    text = words(value)
    while len(text) > width and "-" in text:
        text = text.rpartition("-")[0]
    return text


def _letters(text: str) -> str:
    """Leave only what tells two values apart."""
    return "".join(char for char in text.casefold() if char.isalnum())
