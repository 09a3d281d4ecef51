"""Text of others made safe for HTML.

The names come from a disk, a list or a header, and so from anywhere.
"""

from __future__ import annotations

import html

from reelpack.wording import printable

__all__ = ["attribute", "prose", "text"]


def text(value: str) -> str:
    r"""Escape `value` for the body of a page.

    What cannot be seen there (control characters, bytes that are not UTF-8, marks that turn the
    direction of writing) comes as an escape like ``\x07`` in a box of its own, so that it cannot be
    taken for the same letters in a name.
    """
    if value.isprintable():
        return html.escape(value)
    return "".join(map(_character, value))


def prose(value: str) -> str:
    """Escape a message, in which backticks stand round names and code.

    Where they do not pair, one is part of a name, and all stay as they are.
    """
    parts = value.split("`")
    if len(parts) % 2 == 0:
        return text(value)
    return "".join(
        f"<code>{text(part)}</code>" if place % 2 else text(part)
        for place, part in enumerate(parts)
    )


def attribute(value: str) -> str:
    """Escape `value` for an attribute, between either kind of quotes."""
    return html.escape(printable(value))


def _character(char: str) -> str:
    """Escape one character."""
    if char.isprintable():
        return html.escape(char)
    return f'<span class="escape">{printable(char)}</span>'
