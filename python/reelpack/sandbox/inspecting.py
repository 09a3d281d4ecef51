"""What the inspection says of a code."""

from __future__ import annotations

from reelpack.sandbox.values import CODES

__all__ = ["error"]


def error(code: str) -> dict[str, object]:
    """Make the error of a code; whether it can be overridden is said where that is known."""
    found: dict[str, object] = {"code": code, "message": f"the inspection found {code}"}
    overridable = CODES.get(code)
    return found if overridable is None else found | {"overridable": overridable}
