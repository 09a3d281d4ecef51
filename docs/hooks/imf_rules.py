"""Writes the table of the rules of IMF packages into the page that asks for it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from contract_page import cell
from reelpack import imf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.structure.pages import Page
    from reelpack.imf import Rule

PAGE = "imf.md"

RULES, COUNTS = "<!-- imf rules -->", "<!-- imf counts -->"

FAMILIES = {
    "document": "Any document",
    "asset-map": "Asset map",
    "volume-index": "Volume index",
    "packing-list": "Packing list",
    "cpl": "Composition playlist",
    "opl": "Output profile list",
    "file": "Files",
    "mxf": "Track files",
    "application": "Applications",
    "studio": "What the studio wants",
}
"""What the families of rules are about."""

HAS = {True: "yes", False: "no", None: "?"}


def on_page_markdown(markdown: str, *, page: Page, **_: Any) -> str:  # noqa: ANN401 - mkdocs' own
    """Put the table and the counts where the page asks for them.

    Args:
        markdown: Text of the page.
        page: Which page it is.

    Returns:
        The text, with both.
    """
    if page.file.src_uri != PAGE:
        return markdown
    return markdown.replace(RULES, rules_tables()).replace(COUNTS, counts())


def rules_tables() -> str:
    """Write a table for each family of rules.

    Returns:
        Markdown.
    """
    return "\n".join(_lines(imf.rules()))


def counts() -> str:
    """Say how many rules there are, and how many of them the other two have.

    Returns:
        A sentence.
    """
    rules = imf.rules()
    photon = sum(rule.photon is True for rule in rules)
    imferno = sum(rule.imferno is True for rule in rules)
    neither = sum(rule.photon is False and rule.imferno is False for rule in rules)
    named = sum(rule.clause is not None for rule in rules)
    return (
        f"There are {len(rules)} rules. Photon has {photon} of them, imferno {imferno}, and "
        f"{neither} neither has. For {named} a public source names the clause."
    )


def _lines(rules: tuple[Rule, ...]) -> Iterator[str]:
    for family, group in groupby(sorted(rules, key=_place), key=_family):
        yield f"### {FAMILIES.get(family, family)}\n"
        yield "| rule | severity | what has to be so | clause | read in | Photon | imferno |"
        yield "| --- | --- | --- | --- | --- | --- | --- |"
        for rule in group:
            yield _row(rule)
        yield ""


def _row(rule: Rule) -> str:
    says = f"{rule.title}. To mend it: {rule.fix}" if rule.fix else rule.title
    cells = (says, rule.clause or "unknown", _source(rule.source))
    has = f"{HAS[rule.photon]} | {HAS[rule.imferno]}"
    return f"| `{rule.id}` | {rule.severity} | {' | '.join(map(cell, cells))} | {has} |"


def _source(source: str) -> str:
    return f"<{source}>" if source.startswith("https://") else source


def _family(rule: Rule) -> str:
    return rule.id.partition(".")[0]


def _place(rule: Rule) -> int:
    """Say where the family of a rule stands; one that is not known is last."""
    known = list(FAMILIES)
    return known.index(_family(rule)) if _family(rule) in known else len(known)
