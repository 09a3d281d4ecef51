"""What a rule is, and the book that a sandbox looks them up in."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from reelpack.sandbox.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["Rule", "Rulebook"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the studio.

    Attributes:
        name: By what it is taken out, and the `errorCode` of a refusal, which is assumed.
        operations: The operations that are held to it.
        says: The rule in a sentence.
        evidence: ``change-log``, ``public-page`` or ``assumed``.
        source: Key of a source in the contract; ``own`` where nothing but reason stands behind it.
        breach: What is wrong with a case, in words for the partner; None where it holds.
        status: The HTTP status of a refusal; that it is this one is assumed of all.
    """

    name: str
    operations: tuple[str, ...]
    says: str
    evidence: str
    source: str
    # The case differs by operation; the routes make it.
    breach: Callable[[Any], str | None]
    status: int = HTTPStatus.CONFLICT


class Rulebook:
    """The rules that a sandbox goes by.

    Args:
        rules: All of them.
        without: Names of those to leave out.

    Raises:
        ValueError: There is no rule of a name in ``without``.
    """

    def __init__(self, rules: Iterable[Rule], without: Iterable[str] = ()) -> None:
        self._rules = {rule.name: rule for rule in rules}
        for name in without:
            if self._rules.pop(name, None) is None:
                raise ValueError(f"there is no rule `{name}`")

    def __iter__(self) -> Iterator[Rule]:
        """Go through the rules in force."""
        return iter(self._rules.values())

    def first(self, operation: str, case: object) -> tuple[Rule, str] | None:
        """Return the first rule that `case` breaks, with what is wrong; None if it breaks none."""
        for rule in self:
            if operation in rule.operations and (wrong := rule.breach(case)) is not None:
                return rule, wrong
        return None

    def check(self, operation: str, case: object) -> None:
        """Refuse `case` if it breaks a rule.

        Raises:
            Refused: It does.
        """
        if (broken := self.first(operation, case)) is not None:
            rule, wrong = broken
            raise Refused(rule.status, wrong, code=rule.name)
