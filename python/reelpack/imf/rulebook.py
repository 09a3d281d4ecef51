"""The rules that `verify` asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reelpack.facts import Facts
from reelpack.imf import core

if TYPE_CHECKING:
    from reelpack.imf.reports import Origin
    from reelpack.rules import Severity

__all__ = ["Rule", "rules"]


@dataclass(frozen=True, slots=True)
class Rule(Facts):
    """A rule, and where it comes from.

    Attributes:
        id: Its id, which findings bear.
        severity: What a finding of it weighs.
        origin: Who wants it.
        title: What has to be so, in one line.
        fix: What can be done where it is not.
        clause: Clause of the standard; None where no public source names it.
        source: Where the rule was read.
        photon: Whether Photon has the check; None where nobody looked.
        imferno: Whether imferno has it; the same.
    """

    id: str
    severity: Severity
    origin: Origin
    title: str
    fix: str | None
    clause: str | None
    source: str
    photon: bool | None
    imferno: bool | None


def rules() -> tuple[Rule, ...]:
    """Return all rules, those of the studio too, in families.

    Example:
        >>> {rule.origin for rule in rules()} <= {"standard", "package", "studio"}
        True
    """
    return tuple(Rule(*facts) for facts in core.rules())
