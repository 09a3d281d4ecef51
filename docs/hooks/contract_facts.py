"""Everything that openapi.yaml says, as a flat list of facts with how sure each of them is.

A fact is an operation, its path, its verb, a parameter, a field or a value of an enum. The pages
are written from these, so that nothing that is assumed can be missing from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTRACT = Path(__file__).parents[2] / "python" / "reelpack" / "backlot" / "openapi.yaml"

VERBS = ("get", "put", "post", "patch", "delete")

Object = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the contract says.

    Attributes:
        kind: ``operation``, ``path``, ``verb``, ``parameter``, ``field`` or ``value``.
        place: The operation or the schema that it belongs to.
        name: What it is called, or of a path and a verb what it is.
        evidence: ``change-log``, ``public-page`` or ``assumed``.
        source: A key of ``x-sources``.
        spelling_assumed: Whether only the title of a value was seen, not the code.
    """

    kind: str
    place: str
    name: str
    evidence: str
    source: str
    spelling_assumed: bool = False


def load(path: Path = CONTRACT) -> Object:
    """Read the contract.

    Args:
        path: The YAML file; by default the one that the package ships.

    Returns:
        The document as it stands, references not resolved.
    """
    document: Object = yaml.safe_load(path.read_text("utf-8"))
    return document


def operations(contract: Object) -> Iterator[tuple[str, str, Object]]:
    """Yield path, verb and description of each operation, in the order of the file."""
    for path, item in contract["paths"].items():
        for verb in VERBS:
            if verb in item:
                yield path, verb.upper(), item[verb]


def parameters(contract: Object, path: str, operation: Object) -> Iterator[Object]:
    """Yield what an operation takes in its path and its query, references resolved."""
    shared = contract["components"]["parameters"]
    for each in [*contract["paths"][path].get("parameters", ()), *operation.get("parameters", ())]:
        yield shared[reference(each)] if "$ref" in each else each


def values(schema: Object) -> Iterator[Object]:
    """Yield the known values of an open enum."""
    for branch in schema.get("anyOf", ()):
        if "const" in branch:
            yield branch


def facts(contract: Object) -> Iterator[Fact]:
    """Yield all facts, in the order of the file."""
    for path, verb, operation in operations(contract):
        yield from _of_operation(contract, path, verb, operation)
    for name, schema in contract["components"]["schemas"].items():
        yield from _of_schema(name, schema)


def reference(thing: Object) -> str:
    """Return the last part of a ``$ref``: the name of the schema or parameter."""
    return str(thing["$ref"]).rpartition("/")[2]


def spelling_is_assumed(value: Object) -> bool:
    """Tell whether a page shows the title of a value but not how the API spells it.

    Codes of the inspection have no title, since the page shows them as they are.
    """
    return value["x-evidence"] == "public-page" and "title" in value


def _of_operation(contract: Object, path: str, verb: str, operation: Object) -> Iterator[Fact]:
    place, source = operation["operationId"], operation["x-source"]
    yield Fact("operation", place, place, operation["x-evidence"], source)
    yield Fact("path", place, path, operation["x-path-evidence"], source)
    yield Fact("verb", place, verb, operation["x-verb-evidence"], source)
    for each in parameters(contract, path, operation):
        yield Fact("parameter", place, each["name"], each["x-evidence"], each["x-source"])


def _of_schema(place: str, schema: Object) -> Iterator[Fact]:
    for name, field in schema.get("properties", {}).items():
        yield Fact("field", place, name, field["x-evidence"], field["x-source"])
    for value in values(schema):
        yield Fact(
            "value",
            place,
            value["const"],
            value["x-evidence"],
            value["x-source"],
            spelling_is_assumed(value),
        )
