"""The list of all that the contract assumes, for the page for partners."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from contract_facts import facts
from contract_page import cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contract_facts import Fact, Object


def assumed_list(contract: Object) -> str:
    """Write the list.

    Args:
        contract: The document, as `contract_facts.load` reads it.

    Returns:
        Markdown, to stand below a heading of the second level.
    """
    parts = (_operations, _fields, _values, _spellings, _words)
    return "\n".join(line for part in parts for line in [*part(contract), ""])


def _operations(contract: Object) -> Iterator[str]:
    found = defaultdict(list)
    for fact in facts(contract):
        if fact.evidence == "assumed" and fact.kind not in ("field", "value"):
            found[fact.place].append(_of_operation(fact))
    yield "### Assumed of operations\n"
    yield "| operation | assumed |"
    yield "| --- | --- |"
    for place, words in found.items():
        yield f"| {_link(place)} | {', '.join(words)} |"


def _of_operation(fact: Fact) -> str:
    return "that it is there" if fact.kind == "operation" else f"{fact.kind} `{fact.name}`"


def _fields(contract: Object) -> Iterator[str]:
    yield "### Assumed fields\n"
    kept = (fact for fact in facts(contract) if fact.kind == "field" and fact.evidence == "assumed")
    yield from _by_schema("fields", kept)


def _values(contract: Object) -> Iterator[str]:
    yield "### Assumed values\n"
    kept = (fact for fact in facts(contract) if fact.kind == "value" and fact.evidence == "assumed")
    yield from _by_schema("values", kept)


def _spellings(contract: Object) -> Iterator[str]:
    yield "### Values of which only the title was seen\n"
    yield "The portal shows them to people. How the API spells them is assumed.\n"
    yield from _by_schema("values", (fact for fact in facts(contract) if fact.spelling_assumed))


def _by_schema(what: str, found: Iterator[Fact]) -> Iterator[str]:
    schemas = defaultdict(list)
    for fact in found:
        schemas[fact.place].append(f"`{fact.name}`")
    yield f"| schema | {what} |"
    yield "| --- | --- |"
    for place, names in schemas.items():
        yield f"| {_link(place)} | {', '.join(names)} |"


def _words(contract: Object) -> Iterator[str]:
    """Show hosts that are assumed, and what the descriptions call assumed."""
    yield "### Assumed beside names\n"
    yield "- Types of fields, and where in the JSON they stand, but for the token."
    for server in contract["servers"]:
        if server["x-evidence"] == "assumed":
            yield f"- {cell(server['description'])}"
    for kind in ("securitySchemes", "schemas"):
        for name, thing in contract["components"][kind].items():
            if "assumed" in thing.get("description", ""):
                yield f"- `{name}`: {cell(thing['description'])}"


def _link(name: str) -> str:
    return f"[`{name}`](contract.md#{name.lower()})"
