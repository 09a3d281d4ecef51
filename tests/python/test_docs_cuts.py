"""The page about cuts holds every rule, an example that is a plan, and code that runs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from material import movies as material
from reelpack import cuts

if TYPE_CHECKING:
    import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "cuts.md").read_text("utf-8")


def test_every_rule_of_a_movie_has_a_row() -> None:
    rows = re.findall(r"^\| `cut\.(?!plan\.).*$", PAGE, re.MULTILINE)

    assert rows == [
        f"| `{rule.id}` | {rule.title} | {_asked_by(rule)} | {rule.severity} | {rule.sure} |"
        for rule in cuts.rules()
    ]


def _asked_by(rule: cuts.CutRule) -> str:
    return "both" if rule.profiles == cuts.CUT_PROFILES else rule.profiles[0]


def test_the_code_about_movies_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    Path("upload").mkdir()
    for name in ("EX_101_LC.mov", "EX_102_LC.mov"):
        material.make(Path(name), material.CASES["good.mov"])
    found: dict[str, object] = {}

    for code in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)[:2]:
        exec(compile(code, "cuts.md", "exec"), found)  # noqa: S102  (our own page)

    assert isinstance(found["report"], cuts.CutReport)
    assert isinstance(found["done"], cuts.FastStart)


def test_every_rule_of_a_plan_has_a_row() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| `cut.plan.")]

    assert rows == [
        f"| `{rule.id}` | {rule.title} | {rule.severity} | {rule.sure} |"
        for rule in cuts.plan_rules()
    ]


def test_the_example_is_a_plan() -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)

    plan = cuts.parse_plan(text)

    assert plan.videos
    assert cuts.parse_plan(cuts.render_plan(plan)) == plan


def test_the_cut_types_are_on_the_page() -> None:
    assert ", ".join(cuts.CUT_TYPES) in PAGE


def test_each_step_is_on_the_page() -> None:
    for name in ("new", "check", "show", "delivered"):
        assert f"reelpack cut plan {name}" in PAGE
