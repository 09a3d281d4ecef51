"""The page that shows the whole contract, with what is assumed marked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from contract_facts import (
    facts,
    operations,
    parameters,
    reference,
    spelling_is_assumed,
    values,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contract_facts import Object

ASSUMED = "<mark>assumed</mark>"
"""Seen without any style sheet, on paper too."""

EVIDENCE = {
    "change-log": ("change&nbsp;log", "the name stands in the public change log of the API"),
    "public-page": (
        "public&nbsp;page",
        "it stands on a public page; of most values, their title does",
    ),
    "assumed": (ASSUMED, "nobody has seen it: hold it against the real document"),
}
"""How each word of the contract is shown, and what it means."""

KINDS = {
    "operation": "operations",
    "path": "paths",
    "verb": "verbs",
    "parameter": "parameters",
    "field": "fields",
    "value": "values",
}

FORMATS = {"date": "date", "date-time": "date and time"}

INTRODUCTION = """\
# The contract

This page is made from `openapi.yaml` as it is shipped with the package, which is what the client
takes its verbs and paths from (`reelpack backlot contract --yaml` prints it). The studio's own
document is behind a login: **what is marked {assumed} is a guess of ours**, and
[a file of yours](index.md#correct-what-is-wrong) corrects it without new code. Everything that is
assumed stands [in one list](index.md#everything-assumed) on the page for partners.

Of a field in the change log the name was seen. Its type, and where in the JSON it stands, is
{assumed} unless an example is public, as it is for the token.

Enums are open: a value that is not listed is kept and passed on, and so is a field that is not
listed.
"""


def contract_page(contract: Object) -> str:
    """Write the page.

    Args:
        contract: The document, as `contract_facts.load` reads it.

    Returns:
        Markdown.
    """
    parts = (_introduction, _evidence, _hosts, _operations, _schemas, _sources)
    return "\n".join(line for part in parts for line in [*part(contract), ""])


def cell(text: str) -> str:
    """Make a text fit into a cell of a table: one line, no bar."""
    return " ".join(text.split()).replace("|", "\\|")


def _introduction(_: Object) -> Iterator[str]:
    yield INTRODUCTION.format(assumed=ASSUMED)


def _evidence(contract: Object) -> Iterator[str]:
    counts = Counter((fact.kind, fact.evidence) for fact in facts(contract))
    yield "## How sure it is\n"
    for shown, means in EVIDENCE.values():
        yield f"- {shown}: {means}."
    yield f"\n| | {' | '.join(shown for shown, _ in EVIDENCE.values())} |"
    yield "| --- |" + " --- |" * len(EVIDENCE)
    for kind, plural in KINDS.items():
        yield f"| {plural} | {' | '.join(str(counts[kind, word]) for word in EVIDENCE)} |"


def _hosts(contract: Object) -> Iterator[str]:
    bearer = contract["components"]["securitySchemes"]["bearer"]
    yield "## Hosts\n"
    yield "| what | how sure | source |"
    yield "| --- | --- | --- |"
    for server in contract["servers"]:
        yield _row(f"`{server['url']}`: {server['description']}", server)
    for path, item in contract["paths"].items():
        for server in item.get("servers", ()):
            yield _row(f"`{server['url']}`, for `{path}`", server)
    yield _row(bearer["description"], bearer)


def _operations(contract: Object) -> Iterator[str]:
    yield "## Operations\n"
    yield "Each may be refused with a [Refusal](#refusal).\n"
    for tag in contract["tags"]:
        yield f"### Operations: {tag['name']}\n"
        yield f"{tag['description']}\n"
        for path, verb, operation in operations(contract):
            if tag["name"] in operation["tags"]:
                yield from _operation(contract, path, verb, operation)


def _operation(contract: Object, path: str, verb: str, operation: Object) -> Iterator[str]:
    source = {"x-source": operation["x-source"]}
    yield f"#### {operation['operationId']}\n"
    yield f"`{verb} {path}`. {operation['summary']}. {operation.get('description', '')}\n"
    yield f"{_sends(operation)}{_repeats(operation)}\n"
    yield "| | how sure | source |"
    yield "| --- | --- | --- |"
    yield _row("that it is there", operation)
    yield _row(f"path `{path}`", source | {"x-evidence": operation["x-path-evidence"]})
    yield _row(f"verb `{verb}`", source | {"x-evidence": operation["x-verb-evidence"]})
    for each in parameters(contract, path, operation):
        what = f"`{each['name']}` in the {each['in']}: {_type(each['schema'])}"
        yield _row(f"{what}. {each.get('description', '')}", each)
    yield ""


def _sends(operation: Object) -> str:
    body = operation.get("requestBody")
    answer = _content(operation["responses"]["200"])
    return f"Sends {_content(body)}, answers {answer}." if body else f"Answers {answer}."


def _content(thing: Object) -> str:
    (media,) = thing["content"].values()
    return _type(media["schema"])


def _repeats(operation: Object) -> str:
    """Say whether a call that failed midway is sent again."""
    if operation.get("x-once"):
        return " It starts something: it is never sent twice."
    if operation.get("x-repeatable") or "requestBody" not in operation:
        return " It may be sent again."
    return " It is not sent again once it may have arrived."


def _schemas(contract: Object) -> Iterator[str]:
    yield "## Schemas\n"
    for name, schema in contract["components"]["schemas"].items():
        yield f"### {name}\n"
        if "description" in schema:
            yield f"{schema['description']}\n"
        yield from _enum(schema) if "anyOf" in schema else _fields(schema)
        yield ""


def _fields(schema: Object) -> Iterator[str]:
    required = schema.get("required", ())
    yield "| field | type | about | how sure | source |"
    yield "| --- | --- | --- | --- | --- |"
    for name, field in schema.get("properties", {}).items():
        about = f"{field.get('description', '')}{' Always there.' if name in required else ''}"
        yield _row(f"`{name}` | {_type(field)} | {cell(about)}", field, ready=True)


def _enum(schema: Object) -> Iterator[str]:
    yield "| value | title | about | how sure | source |"
    yield "| --- | --- | --- | --- | --- |"
    for value in values(schema):
        about = cell(value.get("description", ""))
        row = f"`{value['const']}` | {cell(value.get('title', ''))} | {about}"
        yield _row(row, value, ready=True)
    yield "| any other | | kept and passed on | | |"


def _type(schema: Object) -> str:
    if "$ref" in schema:
        return f"[{reference(schema)}](#{reference(schema).lower()})"
    if schema["type"] == "array":
        return f"list of {_type(schema['items'])}"
    if "enum" in schema:
        return " or ".join(f"`{value}`" for value in schema["enum"])
    return FORMATS.get(schema.get("format", ""), str(schema["type"])) + _limits(schema)


def _limits(schema: Object) -> str:
    if "maximum" not in schema:
        return ""
    return f", {schema['minimum']} to {schema['maximum']}, {schema['default']} if not given"


def _row(text: str, thing: Object, *, ready: bool = False) -> str:
    shown, _ = EVIDENCE[thing["x-evidence"]]
    if spelling_is_assumed(thing):
        shown += f", spelling {ASSUMED}"
    return f"| {text if ready else cell(text)} | {shown} | [{thing['x-source']}] |"


def _sources(contract: Object) -> Iterator[str]:
    """Show where each address leads, and define the links of all rows above."""
    sources = {**contract["x-sources"], "own": "nothing but reason"}
    yield "## Sources\n"
    yield "| source | what or where |"
    yield "| --- | --- |"
    for name, where in sources.items():
        yield f"| {name} | {f'<{where}>' if _is_address(where) else cell(where)} |"
    yield ""
    for name, where in sources.items():
        yield f"[{name}]: {where if _is_address(where) else '#sources'}"


def _is_address(where: str) -> bool:
    return where.startswith("https://")
