"""The rules that the sandbox holds a partner to: a table of names, each in one place.

A rule says where it is from. ``public-page`` and ``change-log`` are what the studio says in public;
``assumed`` is what nobody has seen, and what may be other on the real host.
"""

from __future__ import annotations

from reelpack.sandbox.rules.book import Rule, Rulebook
from reelpack.sandbox.rules.deliveries import DELIVERY_RULES
from reelpack.sandbox.rules.imf import IMF_RULES
from reelpack.sandbox.rules.inspections import INSPECTION_RULES
from reelpack.sandbox.rules.requests import REQUEST_RULES
from reelpack.sandbox.rules.uploads import UPLOAD_RULES

__all__ = ["RULES", "Rule", "Rulebook"]

RULES: tuple[Rule, ...] = (
    *REQUEST_RULES,
    *DELIVERY_RULES,
    *IMF_RULES,
    *UPLOAD_RULES,
    *INSPECTION_RULES,
)
