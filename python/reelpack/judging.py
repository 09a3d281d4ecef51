"""A delivery held against a profile: what `preflight` and `audit` have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from typing import TYPE_CHECKING

from reelpack.errors import VerificationError
from reelpack.names import json_path
from reelpack.rules import of_severity
from reelpack.wording import files, plural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reelpack.rules import RuleFinding, Severity
    from reelpack.verification import NotChecked

__all__ = ["Judged", "not_checked_objects"]

REASONS_SHOWN = 3
"""Reasons that a verdict names for what was not checked; it is to stay one sentence."""

_NOUNS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


class Judged(ABC):
    """Base of the results that hold a delivery against a profile.

    Not a dataclass, so that the fields of a result stand in its own class.
    """

    profile: str
    not_checked: tuple[NotChecked, ...]

    @property
    @abstractmethod
    def problems(self) -> tuple[RuleFinding, ...]:
        """All findings, the worst first."""

    @abstractmethod
    def _file_count(self) -> int:
        """Count the files that were judged."""

    @property
    def ok(self) -> bool:
        """Whether there is no finding of severity ``error``. It is no promise of acceptance."""
        return not self.failures

    @property
    def failures(self) -> tuple[RuleFinding, ...]:
        """The findings of severity ``error``."""
        return of_severity(self.problems, "error")

    @property
    def warnings(self) -> tuple[RuleFinding, ...]:
        """The findings of severity ``warning``."""
        return of_severity(self.problems, "warning")

    @property
    def verdict(self) -> str:
        """What was found, by what and where, and what was not checked: one sentence."""
        counts = Counter(finding.severity for finding in self.problems)
        errors, warnings, notes = (
            plural(counts[severity], noun) if counts[severity] else ""
            for severity, noun in _NOUNS.items()
        )
        problems = ", ".join(filter(None, (errors, warnings))) or "no problem"
        where = ", ".join(filter(None, (files(self._file_count()), notes)))
        return f"{problems} found by profile {self.profile} in {where}{self._unchecked()}"

    def raise_for_failures(self) -> None:
        """Raise if there is a finding of severity ``error``, else do nothing.

        Raises:
            VerificationError: There is at least one; the exception carries this result.
        """
        if self.ok:
            return
        first = self.failures[0]
        raise VerificationError(f"{first.path or '.'}: {first.message} ({self.verdict})", self)

    def _unchecked(self) -> str:
        """Write what was not checked, to follow the verdict."""
        reasons = [item.reason for item in self.not_checked if not item.path]
        said = reasons[:REASONS_SHOWN]
        if len(reasons) > REASONS_SHOWN:
            said.append(f"{len(reasons) - REASONS_SHOWN} more")
        if paths := len(self.not_checked) - len(reasons):
            said.append(plural(paths, "path"))
        return f"; not checked: {', '.join(said)}" if said else ""


def not_checked_objects(not_checked: Iterable[NotChecked]) -> list[dict[str, object]]:
    """Describe what was not checked as a list of JSON objects."""
    return [json_path(item.path) | {"reason": item.reason} for item in not_checked]
