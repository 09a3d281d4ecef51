"""What must not be shown: found by the names of the fields that hold it."""

from __future__ import annotations

import re

__all__ = ["STRUCK_OUT", "struck"]

STRUCK_OUT = "***"
"""What stands for a secret, here as in what the extension logs and keeps."""

_SECRET = re.compile("token|secret|passw|passphrase|cookie|authorization|credential", re.IGNORECASE)


def struck(facts: dict[str, object]) -> dict[str, object]:
    """Return a JSON object with its secrets struck out, at whatever depth."""
    return {name: _struck(name, value) for name, value in facts.items()}


def _struck(name: str, value: object) -> object:
    if isinstance(value, dict):
        return struck(value)
    if isinstance(value, list):
        return [_struck(name, one) for one in value]
    if isinstance(value, str) and _SECRET.search(name):
        return STRUCK_OUT
    return value
