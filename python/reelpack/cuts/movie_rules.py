"""The rules that `check` asks of a movie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from reelpack.cuts import core
from reelpack.facts import Facts

if TYPE_CHECKING:
    from reelpack.rules import Severity

__all__ = ["CUT_PROFILES", "CutProfile", "CutRule", "rules"]

CutProfile = Literal["content-hub-proxy", "pix"]
"""What a movie is for: the player of Content Hub; or both that one and PIX."""

CUT_PROFILES: tuple[CutProfile, ...] = get_args(CutProfile)


@dataclass(frozen=True, slots=True)
class CutRule(Facts):
    """A rule, and where it comes from.

    Attributes:
        id: Its id, which findings bear. Profiles may ask something else under one id.
        severity: What a finding of it weighs.
        title: What has to be so, in one line.
        fix: What can be done where it is not; None where that is plain.
        source: Where it was read, or that it is our own.
        sure: As in `RuleFinding`; what is assumed is ``inferred``.
        profiles: The profiles that ask it.
    """

    id: str
    severity: Severity
    title: str
    fix: str | None
    source: str
    sure: str
    profiles: tuple[CutProfile, ...]


def rules(profile: CutProfile | None = None) -> tuple[CutRule, ...]:
    """Return the rules of a profile, or all: first what every movie is asked.

    Raises:
        ValueError: ``profile`` is none of `CUT_PROFILES`.

    Example:
        >>> {rule.severity for rule in rules("pix")} <= {"error", "warning", "info"}
        True
    """
    every = tuple(CutRule(*row[:6], tuple(row[6])) for row in core.rules())
    if profile is None:
        return every
    checked_profile(profile)
    return tuple(rule for rule in every if profile in rule.profiles)


def checked_profile(profile: str) -> None:
    """Refuse what is no profile.

    Raises:
        ValueError: It is none of `CUT_PROFILES`.
    """
    if profile not in CUT_PROFILES:
        raise ValueError(f"profile: {profile!r} is none of {', '.join(CUT_PROFILES)}")
