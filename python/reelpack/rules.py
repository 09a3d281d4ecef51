"""The rules of a delivery: the profiles that hold them, and what they find.

A rule has an id, a severity, the source that it comes from and how sure that is. A profile is a
readable file (TOML) that says which rules are asked; a user can write one.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from reelpack import _native
from reelpack.names import json_path

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "SEVERITIES",
    "FindingRow",
    "Profile",
    "RuleFinding",
    "Severity",
    "native_profile",
    "of_severity",
    "profile_text",
    "profiles",
    "rule_finding",
]

Severity = Literal["error", "warning", "info"]
"""How much a finding weighs: it has to be mended, it wants a look, or it is good to know."""

SEVERITIES: tuple[Severity, ...] = get_args(Severity)

FindingRow: TypeAlias = tuple[
    str, Severity, str, str | None, int | None, str, str | None, str | None, str | None
]
"""What the extension says: a `RuleFinding`, but that the bytes of the path follow the path."""


@dataclass(frozen=True, slots=True)
class RuleFinding:
    """One thing about which a rule has something to say.

    Attributes:
        rule: Id of the rule; the same in every command.
        severity: ``error``, ``warning`` or ``info``.
        path: Relative to the delivery, with ``/`` between its parts; empty where the delivery as a
            whole is meant. Of a sequence it is the pattern, such as ``nam/nam.#######.dpx``.
        sequence: Place of the sequence that is meant, counted from 0; None if none is.
        message: What is wrong, in a few words.
        fix: What can be done about it; None where nobody can tell.
        source: Where the rule comes from: a page with the number of its article, or our own reason.
        sure: How sure that is: ``verified`` (read there), ``verified-third-party`` (read in a text
            by others about it), ``observed`` (seen in what the studio's tool does), ``inferred``
            (concluded, not stated) or ``own`` (no rule of the studio).
        path_bytes: The bytes of the path in hex where it is not UTF-8, else None.
    """

    rule: str
    severity: Severity
    path: str
    sequence: int | None
    message: str
    fix: str | None = None
    source: str | None = None
    sure: str | None = None
    path_bytes: str | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object; it has ``path_bytes`` only where the path is not UTF-8."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            **json_path(self.path, self.path_bytes),
            "sequence": self.sequence,
            "message": self.message,
            "fix": self.fix,
            "source": self.source,
            "sure": self.sure,
        }


def rule_finding(row: FindingRow) -> RuleFinding:
    """Put what the extension says in the order of the class."""
    rule, severity, path, path_bytes, sequence, message, fix, source, sure = row
    return RuleFinding(rule, severity, path, sequence, message, fix, source, sure, path_bytes)


@dataclass(frozen=True, slots=True)
class Profile:
    """Rules that are asked together.

    Attributes:
        name: Its name, such as ``"content-hub"``.
        title: What it is for, in a few words.
        text: All of it, as TOML.
    """

    name: str
    title: str
    text: str = field(repr=False)


def profiles() -> tuple[Profile, ...]:
    """Return the profiles that come with this package.

    Example:
        >>> "general" in [profile.name for profile in profiles()]
        True
    """
    return tuple(Profile(*facts) for facts in _native.profiles())


def profile_text(profile: str | os.PathLike[str]) -> str:
    """Return a profile as TOML, with all that it takes over from others: what is asked in the end.

    Args:
        profile: The name of one that comes with this package, or a file of your own: what ends in
            ``.toml`` or has a ``/``.

    Returns:
        The text, which is itself a profile.

    Raises:
        OSError: The file could not be read.
        ProfileError: There is no profile of that name, or the file is none.

    Example:
        >>> "[" in profile_text("general")
        True
    """
    return _native.profile_text(native_profile(profile))


def native_profile(profile: str | os.PathLike[str]) -> str:
    """Return the name or the file as the extension tells them apart; a path is always a file."""
    if isinstance(profile, str):
        return profile
    return os.path.join(os.curdir, profile)  # noqa: PTH118  (Path drops the "./" that is meant)


def of_severity(findings: Iterable[RuleFinding], severity: Severity) -> tuple[RuleFinding, ...]:
    """Return the findings of one severity, in order."""
    return tuple(finding for finding in findings if finding.severity == severity)
