"""What is collected while a shipment is checked."""

from __future__ import annotations

from reelpack.lto.reports import Statement
from reelpack.lto.rulebook import RULES
from reelpack.rules import SEVERITIES, RuleFinding
from reelpack.verification import NotChecked

__all__ = ["Notes"]


class Notes:
    """Findings, statements, and what could not be looked at; in the order in which they come up."""

    def __init__(self) -> None:
        self._findings: list[RuleFinding] = []
        self.stated: list[Statement] = []
        self.not_checked: list[NotChecked] = []

    def find(self, rule_id: str, path: str, message: str) -> None:
        """Note that something is not as a rule wants it."""
        rule = RULES[rule_id]
        self._findings.append(
            RuleFinding(
                rule=rule.id,
                severity=rule.severity,
                path=path,
                sequence=None,
                message=message,
                fix=rule.fix,
                source=rule.source,
                sure=rule.sure,
            )
        )

    def state(self, tape: str, what: str, by: str) -> None:
        """Note what only the operator says."""
        self.stated.append(Statement(tape, what, by))

    def skip(self, path: str, reason: str) -> None:
        """Note what was not looked at."""
        self.not_checked.append(NotChecked(path, reason))

    @property
    def findings(self) -> tuple[RuleFinding, ...]:
        """The findings: errors first, then in the order of the rules."""
        order = list(RULES)
        return tuple(
            sorted(
                self._findings,
                key=lambda each: (SEVERITIES.index(each.severity), order.index(each.rule)),
            )
        )
