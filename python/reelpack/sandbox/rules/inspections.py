"""Rules of overriding what the inspection found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reelpack.sandbox.rules.book import Rule
from reelpack.sandbox.values import TransferState

if TYPE_CHECKING:
    from reelpack.sandbox.tables import Delivery

__all__ = ["INSPECTION_RULES", "OverrideCase"]


@dataclass(frozen=True, slots=True)
class OverrideCase:
    """An override.

    Attributes:
        delivery: The delivery.
        codes: Codes to override, those found that can be where none were named.
    """

    delivery: Delivery
    codes: tuple[str, ...]


def _failed(case: OverrideCase) -> str | None:
    """Want an inspection that failed."""
    if case.delivery.state == TransferState.INSPECTION_FAILED:
        return None
    return f"the delivery is {case.delivery.state}: there is nothing to override"


def _overridable(case: OverrideCase) -> str | None:
    """Want codes that can be overridden."""
    allowed = {error["code"] for error in case.delivery.errors if error.get("overridable") is True}
    hard = [code for code in case.codes if code not in allowed]
    if not hard and (case.codes or not case.delivery.errors):
        return None
    return f"cannot be overridden: {', '.join(hard) or 'any code of this delivery'}"


INSPECTION_RULES = (
    Rule(
        name="override-failed",
        operations=("overrideInspection",),
        says="an override is for a delivery whose inspection failed",
        evidence="assumed",
        source="inspection",
        breach=_failed,
    ),
    Rule(
        name="override-overridable",
        operations=("overrideInspection",),
        says="only codes that were found and are overridable are overridden",
        evidence="public-page",
        source="inspection",
        breach=_overridable,
    ),
)
