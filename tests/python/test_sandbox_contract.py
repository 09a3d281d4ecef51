"""The sandbox, written by itself, says the same as the contract of the client."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from reelpack.sandbox import RULES
from reelpack.sandbox.app import make_app
from reelpack.sandbox.store import open_store
from reelpack.sandbox.values import CODES
from reelpack.sandbox.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

Schema = dict[str, Any]
VERBS = {"get", "post", "put", "patch", "delete"}
RULES_OF_VALUES = (
    "minimum",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "default",
    "format",
)


@pytest.fixture(scope="module")
def contract() -> Schema:
    text = files("reelpack.backlot").joinpath("openapi.yaml").read_text("utf-8")
    loaded: Schema = yaml.safe_load(text)
    return loaded


@pytest.fixture(scope="module")
def said() -> Iterator[Schema]:
    """What the sandbox says of itself."""
    engine = open_store(None)
    try:
        yield make_app(World(engine)).openapi()
    finally:
        engine.dispose()


def operations(description: Schema) -> dict[str, tuple[str, str]]:
    """Name verb and path of each operation."""
    return {
        operation["operationId"]: (verb, path)
        for path, item in description["paths"].items()
        for verb, operation in item.items()
        if verb in VERBS
    }


def meant(description: Schema, schema: Schema) -> Schema:
    """Follow a reference."""
    if "$ref" not in schema:
        return schema
    found = description
    for part in schema["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return found


def shape(description: Schema, schema: Schema) -> object:
    """Reduce a schema to what a value has to be: types, fields, needs and limits."""
    schema = meant(description, schema)
    limits = {name: schema[name] for name in RULES_OF_VALUES if schema.get(name) is not None}
    if schema.get("type") == "array":
        return ("list", shape(description, schema["items"]), limits)
    if schema.get("type") == "object":
        fields = {
            name: shape(description, field) for name, field in schema.get("properties", {}).items()
        }
        return ("object", fields, sorted(schema.get("required", [])), limits)
    return (schema.get("type"), schema.get("enum"), limits)


def words(description: Schema, schema: Schema) -> set[str]:
    """List the words of an open enum, which ours has as examples."""
    schema = meant(description, schema)
    known = {branch["const"] for branch in schema.get("anyOf", ()) if "const" in branch}
    return known | set(schema.get("examples", ()))


def bodies(description: Schema) -> dict[str, object]:
    """Reduce what goes and comes in the body of each operation."""
    found: dict[str, object] = {}
    for name, (verb, path) in operations(description).items():
        operation = description["paths"][path][verb]
        for kind, content in operation.get("requestBody", {}).get("content", {}).items():
            found[f"{name} {kind}"] = shape(description, content["schema"])
        for status in ("200", "default"):
            answer = meant(description, operation["responses"][status])
            for kind, content in answer["content"].items():
                found[f"{name} {status} {kind}"] = shape(description, content["schema"])
    return found


def parameters(description: Schema) -> dict[str, object]:
    """Reduce the parameters of each operation."""
    found: dict[str, object] = {}
    for name, (verb, path) in operations(description).items():
        item = description["paths"][path]
        for parameter in item.get("parameters", []) + item[verb].get("parameters", []):
            one = meant(description, parameter)
            facts = (one["in"], one.get("required", False), shape(description, one["schema"]))
            found[f"{name} {one['name']}"] = facts
    return found


def test_both_know_the_same_operations_by_the_same_verbs_and_paths(
    contract: Schema, said: Schema
) -> None:
    assert operations(said) == operations(contract)


def test_both_want_the_same_parameters(contract: Schema, said: Schema) -> None:
    assert parameters(said) == parameters(contract)


def test_both_have_the_same_bodies_field_by_field(contract: Schema, said: Schema) -> None:
    assert bodies(said) == bodies(contract)


def test_both_know_the_same_words(contract: Schema, said: Schema) -> None:
    def known(description: Schema) -> dict[str, set[str]]:
        schemas = description["components"]["schemas"]
        return {
            f"{name}.{field}": words(description, schema.get("items", schema))
            for name, body in schemas.items()
            for field, schema in body.get("properties", {}).items()
            if words(description, schema.get("items", schema))
        }

    assert known(said) == known(contract)


def test_each_rule_says_how_sure_it_is_and_where_it_is_from(contract: Schema) -> None:
    sources = {*contract["x-sources"], "own"}

    assert {rule.evidence for rule in RULES} <= {"change-log", "public-page", "assumed"}
    assert {rule.source for rule in RULES} <= sources
    assert not [rule.name for rule in RULES if rule.source == "own" and rule.evidence != "assumed"]


def test_the_codes_of_the_inspection_are_overridable_as_the_contract_says(
    contract: Schema,
) -> None:
    said = {"Overridable.": True, "Hard.": False, "seen.": None}
    branches = contract["components"]["schemas"]["InspectionCode"]["anyOf"]
    written = {
        branch["const"]: said[branch["description"].split()[-1]]
        for branch in branches
        if "const" in branch
    }

    assert written == CODES
