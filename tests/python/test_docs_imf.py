"""The page about IMF packages holds every rule, and says what is not known."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from reelpack import imf

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def hook() -> Iterator[ModuleType]:
    """The module that mkdocs runs, found beside its siblings as mkdocs finds it."""
    sys.path.insert(0, str(ROOT / "docs" / "hooks"))
    yield importlib.import_module("imf_rules")
    sys.path.remove(str(ROOT / "docs" / "hooks"))


@pytest.fixture(scope="module")
def page(hook: ModuleType) -> str:
    source = (ROOT / "docs" / "imf.md").read_text("utf-8")
    at = SimpleNamespace(file=SimpleNamespace(src_uri="imf.md"))
    return str(hook.on_page_markdown(source, page=at))


def test_every_rule_has_a_row_of_its_own(page: str) -> None:
    for rule in imf.rules():
        (row,) = [line for line in page.splitlines() if line.startswith(f"| `{rule.id}` |")]
        assert row.count(" | ") == 6
        assert (rule.clause or "unknown") in row


def test_no_family_of_rules_lacks_its_heading(page: str, hook: ModuleType) -> None:
    for rule in imf.rules():
        assert f"### {hook.FAMILIES[rule.id.partition('.')[0]]}\n" in page


def test_the_counts_are_those_of_the_table(page: str) -> None:
    rules = imf.rules()

    assert f"There are {len(rules)} rules. " in page
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    assert len(rows) == len(rules)
    assert sum(line.endswith("| yes |") for line in rows) == sum(
        rule.imferno is True for rule in rules
    )


def test_each_command_is_on_the_page(page: str) -> None:
    for name in ("show", "verify", "diff", "make", "deliver", "rules"):
        assert f"reelpack imf {name}" in page


def test_other_pages_stay_as_they_are(hook: ModuleType) -> None:
    at = SimpleNamespace(file=SimpleNamespace(src_uri="index.md"))

    assert hook.on_page_markdown(hook.RULES, page=at) == hook.RULES
