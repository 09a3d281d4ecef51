"""The table of the sandbox's rules, read from its source: to build the docs nothing is imported."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

from contract_page import EVIDENCE, cell

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[2] / "python" / "reelpack" / "sandbox" / "rules"

TOPICS = ("requests", "deliveries", "imf", "uploads", "inspections")
"""Modules of the rules, in the order in which the sandbox has them."""


def rules_table() -> str:
    """Write a row for each rule: its name, what it says, and how sure it is.

    Returns:
        Markdown.
    """
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield "| rule | says | how sure | source |"
    yield "| --- | --- | --- | --- |"
    for topic in TOPICS:
        for rule in _rules((FOLDER / f"{topic}.py").read_text("utf-8")):
            shown, _ = EVIDENCE[rule["evidence"]]
            source = f"[{rule['source']}](contract.md#sources)"
            yield f"| `{rule['name']}` | {cell(rule['says'])} | {shown} | {source} |"


def _rules(source: str) -> Iterator[dict[str, str]]:
    """Find the calls that make a rule, and what they say in so many words."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Rule":
            yield {
                str(word.arg): str(word.value.value)
                for word in node.keywords
                if isinstance(word.value, ast.Constant)
            }
