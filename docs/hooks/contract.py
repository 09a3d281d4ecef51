"""Writes what the site shows of the contract and of the sandbox's rules, when mkdocs builds it.

The page ``backlot/contract.md`` exists in the site only. In other pages of ``backlot/`` a line
``<!-- assumed -->`` becomes the list of all that the contract assumes, and ``<!-- rules -->`` the
table of the rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from contract_assumed import assumed_list
from contract_facts import load
from contract_page import contract_page
from mkdocs.structure.files import File
from sandbox_rules import rules_table

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

PAGE = "backlot/contract.md"

ASSUMED, RULES = "<!-- assumed -->", "<!-- rules -->"


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the page of the contract.

    Args:
        files: What mkdocs found.
        config: Its settings.

    Returns:
        The files, with one more.
    """
    files.append(File.generated(config, PAGE, content=contract_page(load())))
    return files


def on_page_markdown(markdown: str, *, page: Page, **_: Any) -> str:  # noqa: ANN401 - mkdocs' own
    """Put lists where a page asks for them.

    Args:
        markdown: Text of the page.
        page: Which page it is.

    Returns:
        The text, with the lists.
    """
    if not page.file.src_uri.startswith("backlot/"):
        return markdown
    if ASSUMED in markdown:
        markdown = markdown.replace(ASSUMED, assumed_list(load()))
    return markdown.replace(RULES, rules_table()) if RULES in markdown else markdown
