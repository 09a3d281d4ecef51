"""The dataclasses and enums of `reelpack.backlot`, held to `openapi.yaml`."""

from __future__ import annotations

import dataclasses
import inspect
import re
from datetime import date, datetime
from typing import Any

import pytest
import yaml
from reelpack import backlot
from reelpack.backlot import (
    deliveries,
    downloads,
    inspections,
    orders,
    sources,
    transfers,
    values,
)
from reelpack.backlot.values import OpenEnum
from reelpack.backlot.wire import Wired, schema_of, wire_fields

CONTRACT: dict[str, Any] = yaml.safe_load(backlot.contract_yaml())
SCHEMAS: dict[str, Any] = CONTRACT["components"]["schemas"]

# What the extension reads itself, and the answers that are a list with its counts.
NO_CLASS = {
    "DownloadAssetPage",
    "DownloadManifestList",
    "Grant",
    "InspectionDeliveryPage",
    "OutcomeList",
    "Refusal",
    "SourceRequestPage",
    "Token",
}

MODULES = (deliveries, downloads, inspections, orders, sources, transfers)
CLASSES: list[type[Wired]] = [
    kind
    for module in MODULES
    for kind in vars(module).values()
    if inspect.isclass(kind)
    and issubclass(kind, Wired)
    and kind.__module__ == module.__name__
    and "__dataclass_fields__" in vars(kind)
]
ENUMS: list[type[OpenEnum]] = [
    kind
    for kind in vars(values).values()
    if inspect.isclass(kind) and issubclass(kind, OpenEnum) and kind is not OpenEnum
]


def test_each_schema_has_its_class_or_enum() -> None:
    ours = {schema_of(kind) for kind in CLASSES} | {kind.__name__ for kind in ENUMS}

    assert ours | NO_CLASS == set(SCHEMAS)
    assert not ours & NO_CLASS


@pytest.mark.parametrize("kind", CLASSES, ids=schema_of)
def test_a_class_has_the_fields_of_its_schema(kind: type[Wired]) -> None:
    schema = SCHEMAS[schema_of(kind)]

    assert {name for _, name, _ in wire_fields(kind)} == set(schema["properties"])
    assert {name for _, name, required in wire_fields(kind) if required} == set(
        schema.get("required", ())
    )


@pytest.mark.parametrize("kind", CLASSES, ids=schema_of)
def test_a_field_holds_what_its_property_does(kind: type[Wired]) -> None:
    properties = SCHEMAS[schema_of(kind)]["properties"]

    for name, wire, _ in wire_fields(kind):
        assert kind_name(kind.KINDS.get(name, str)) == property_name(properties[wire]), name


def kind_name(kind: object) -> str:
    if isinstance(kind, list):
        return f"[{kind_name(kind[0])}]"
    assert isinstance(kind, type)
    if issubclass(kind, Wired):
        return schema_of(kind)
    return kind.__name__


def property_name(about: dict[str, Any]) -> str:
    if "$ref" in about:
        return str(about["$ref"]).rpartition("/")[2]
    if about["type"] == "array":
        return f"[{property_name(about['items'])}]"
    by_format = {"date": date.__name__, "date-time": datetime.__name__}
    names = {"string": "str", "integer": "int", "boolean": "bool"}
    return by_format.get(about.get("format", ""), names[about["type"]])


@pytest.mark.parametrize("kind", CLASSES, ids=schema_of)
def test_annotations_say_what_the_reader_makes(kind: type[Wired]) -> None:
    optional = {name for name, _, required in wire_fields(kind) if not required}

    for field in dataclasses.fields(kind):  # type: ignore[arg-type]  # each kind is a dataclass
        if field.name in {*kind.OWN, "extra"} or kind.__module__ == orders.__name__:
            continue
        about = set(str(field.type).split(" | "))
        assert ("None" in about) == (field.name in optional), field.name
        assert annotated(kind.KINDS.get(field.name, str)) == about - {"None"}, field.name


def annotated(kind: object) -> set[str]:
    """What the annotation has to say: open enums and dates may stay text."""
    if isinstance(kind, list):
        return {f"tuple[{kind[0].__name__}, ...]"}
    assert isinstance(kind, type)
    open_kinds = issubclass(kind, OpenEnum) or kind in {date, datetime}
    return {kind.__name__, "str"} if open_kinds else {kind.__name__}


@pytest.mark.parametrize("kind", ENUMS, ids=lambda kind: kind.__name__)
def test_an_enum_has_the_values_and_titles_of_its_schema(kind: type[OpenEnum]) -> None:
    branches = [branch for branch in SCHEMAS[kind.__name__]["anyOf"] if "const" in branch]

    assert {member.value: member.label for member in kind} == {
        branch["const"]: branch.get("title", branch["const"]) for branch in branches
    }


@pytest.mark.parametrize("kind", ENUMS, ids=lambda kind: kind.__name__)
def test_a_member_is_named_like_its_value(kind: type[OpenEnum]) -> None:
    for member in kind:
        words = re.sub(r"(?<=[a-z])(?=[A-Z0-9])", "_", member.value).replace("-", "_")
        assert member.name == words.upper()


def test_classes_are_frozen_and_have_slots() -> None:
    for kind in CLASSES:
        assert not hasattr(kind, "__dict__") or "__slots__" in vars(kind)
        assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]  # what dataclasses keep of themselves


def test_all_that_is_public_can_be_loaded() -> None:
    homes = backlot._HOME  # noqa: SLF001  (the list that is held to)

    assert set(homes) == set(backlot.__all__)
    assert set(backlot.__all__) <= set(dir(backlot))
    for name in backlot.__all__:
        assert getattr(backlot, name).__module__ == f"reelpack.backlot.{homes[name]}"


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Backlog'"):
        backlot.Backlog  # type: ignore[attr-defined]  # noqa: B018  (asking for it is the test)


def test_the_contract_tells_each_operation_with_its_evidence() -> None:
    known = backlot.contract()

    assert {operation.id for operation in known.operations} == {
        operation["operationId"]
        for path in CONTRACT["paths"].values()
        for operation in path.values()
        if isinstance(operation, dict) and "operationId" in operation
    }
    by_id = {operation.id: operation for operation in known.operations}
    assert by_id["cancelRequests"].path_evidence == "change-log"
    assert by_id["cancelRequests"].verb_evidence == "assumed"
    assert known.host is None
