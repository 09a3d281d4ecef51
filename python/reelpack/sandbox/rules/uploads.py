"""Rules of the bytes."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from reelpack.sandbox.rules.book import Rule

__all__ = ["UPLOAD_RULES", "SizeCase"]


@dataclass(frozen=True, slots=True)
class SizeCase:
    """A file that came.

    Attributes:
        announced: Bytes that were announced.
        counted: Bytes that there are, or that a call says it will bring it to.
        is_at_end: Whether nothing more comes.
    """

    announced: int
    counted: int
    is_at_end: bool


def _not_more(case: SizeCase) -> str | None:
    """Want no byte more than was announced."""
    if case.counted <= case.announced:
        return None
    return f"{case.announced} bytes were announced and {case.counted} come"


def _not_less(case: SizeCase) -> str | None:
    """Want all bytes that were announced."""
    if not case.is_at_end or case.counted >= case.announced:
        return None
    return f"{case.announced} bytes were announced and {case.counted} came"


UPLOAD_RULES = (
    Rule(
        name="size-not-more",
        operations=("upload",),
        says="a file has no more bytes than were announced",
        evidence="public-page",
        source="aspera",
        breach=_not_more,
        status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    ),
    Rule(
        name="size-not-less",
        operations=("upload",),
        says="a file has no fewer bytes than were announced",
        evidence="public-page",
        source="aspera",
        breach=_not_less,
    ),
)
