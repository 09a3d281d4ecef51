"""What `check` found in a shipment, what the operator states, and what was not checked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reelpack.errors import VerificationError
from reelpack.facts import Facts
from reelpack.judging import not_checked_objects
from reelpack.lto import tables
from reelpack.names import json_path
from reelpack.rules import of_severity
from reelpack.wording import plural

if TYPE_CHECKING:
    from reelpack.rules import RuleFinding, Severity
    from reelpack.tables import Table
    from reelpack.verification import NotChecked

__all__ = ["Report", "Statement"]

_NOUNS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


@dataclass(frozen=True, slots=True)
class Statement(Facts):
    """Something that nobody but the operator says.

    Attributes:
        tape: Barcode.
        what: Such as ``error correction on``.
        by: Who says it; empty where the record does not tell.
    """

    tape: str
    what: str
    by: str


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """What was found.

    Attributes:
        path: The shipment.
        findings: The worst first, then in the order of the rules.
        stated: What the operator says, and nothing was found that would show it.
        not_checked: What could not be looked at, with the reason of each; the ``path`` is a
            barcode, or empty where the shipment as a whole is meant.
        tapes: Tapes in the shipment.
        files: Files on the tapes that were read.
    """

    path: str
    findings: tuple[RuleFinding, ...]
    stated: tuple[Statement, ...]
    not_checked: tuple[NotChecked, ...]
    tapes: int
    files: int

    def __repr__(self) -> str:
        """Give the counts; a finding for each of 100,000 files would help nobody."""
        return (
            f"Report(ok={self.ok}, tapes={self.tapes}, files={self.files}, "
            f"failures={len(self.failures)}, warnings={len(self.warnings)}, "
            f"stated={len(self.stated)}, not_checked={len(self.not_checked)})"
        )

    @property
    def ok(self) -> bool:
        """Whether there is no finding of severity ``error``. It is no promise of acceptance."""
        return not self.failures

    @property
    def failures(self) -> tuple[RuleFinding, ...]:
        """The findings of severity ``error``."""
        return of_severity(self.findings, "error")

    @property
    def warnings(self) -> tuple[RuleFinding, ...]:
        """The findings of severity ``warning``."""
        return of_severity(self.findings, "warning")

    @property
    def findings_table(self) -> Table:
        """A row for each finding, made anew each time."""
        return tables.table("findings", [finding.to_dict() for finding in self.findings])

    @property
    def verdict(self) -> str:
        """What was found, in what, what is only stated and how much was not checked: one line."""
        counts = Counter(finding.severity for finding in self.findings)
        found = ", ".join(
            plural(counts[severity], noun) for severity, noun in _NOUNS.items() if counts[severity]
        )
        where = f"{plural(self.tapes, 'tape')} with {plural(self.files, 'file')}"
        stated = f"; stated, not seen: {len(self.stated):,}" if self.stated else ""
        unchecked = f"; not checked: {len(self.not_checked):,}" if self.not_checked else ""
        return f"{found or 'no problem'} in {where}{stated}{unchecked}"

    def raise_for_failures(self) -> None:
        """Raise if there is a finding of severity ``error``, else do nothing.

        Raises:
            VerificationError: There is at least one; the exception carries this report.
        """
        if self.ok:
            return
        first = self.failures[0]
        raise VerificationError(f"{first.path or '.'}: {first.message} ({self.verdict})", self)

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object that ``reelpack lto check --json`` prints."""
        return {
            "ok": self.ok,
            "verdict": self.verdict,
            **json_path(self.path),
            "tapes": self.tapes,
            "files": self.files,
            "findings": [finding.to_dict() for finding in self.findings],
            "stated": [each.to_dict() for each in self.stated],
            "not_checked": not_checked_objects(self.not_checked),
        }
