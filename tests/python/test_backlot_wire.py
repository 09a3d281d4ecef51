"""JSON to dataclasses and back."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reelpack.backlot import (
    AssetInfo,
    Delivery,
    ImfTrackOrder,
    Inspection,
    InspectionError,
    RequestState,
    SourceRequest,
    TransferSpec,
)
from reelpack.backlot.wire import MismatchError, Wire, Wired, wire_fields

WIRE = Wire()
LEAST: dict[str, object] = {"requestId": "SR-1", "state": "OPEN"}


def read(**facts: object) -> SourceRequest:
    return WIRE.read(SourceRequest, {**LEAST, **facts})


def test_fields_become_what_they_hold() -> None:
    request = read(
        dueDate="2026-03-31",
        updatedAt="2026-03-01T10:00:00Z",
        isOriginal=True,
        sourceType="AUDIO_ME",
    )

    assert request.state is RequestState.OPEN
    assert request.due_date == date(2026, 3, 31)
    assert request.updated_at == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert request.is_original is True
    assert request.title is None
    assert request.extra == {}


def test_a_value_that_is_not_known_stays_text() -> None:
    assert read(state="ARCHIVED", sourceType="HOLOGRAM").state == "ARCHIVED"


def test_a_field_that_is_not_known_is_kept() -> None:
    assert read(shelf={"row": 4}).extra == {"shelf": {"row": 4}}


@pytest.mark.parametrize("value", ["soon", "", "2026-02-30", "2026-03-01T10:00:00"])
def test_what_is_no_date_stays_text(value: str) -> None:
    assert read(dueDate=value).due_date == value


def test_a_time_without_a_zone_stays_text() -> None:
    assert read(updatedAt="2026-03-01T10:00:00").updated_at == "2026-03-01T10:00:00"
    assert read(updatedAt="now").updated_at == "now"


def test_a_number_as_id_becomes_text() -> None:
    assert read(movieId=81000001, requestId=7).movie_id == "81000001"
    assert read(requestId=7).request_id == "7"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("isOriginal", "yes"),
        ("dueDate", 20260331),
        ("updatedAt", 1.5),
        ("title", ["a"]),
        ("title", True),
        ("sourceType", {"a": 1}),
        ("sourceType", ["AUDIO_ME"]),
    ],
)
def test_a_value_of_a_wrong_kind_is_kept_beside(field: str, value: object) -> None:
    request = read(**{field: value})

    assert request.extra == {field: value}
    assert (
        getattr(request, {wire: name for name, wire, _ in wire_fields(SourceRequest)}[field])
        is None
    )


@pytest.mark.parametrize("value", [2**63, True, "12", 1.5])
def test_a_whole_number_is_one_that_a_table_can_hold(value: object) -> None:
    spec = WIRE.read(TransferSpec, {"sshPort": value})

    assert spec.ssh_port is None
    assert spec.extra == {"sshPort": value}


@pytest.mark.parametrize("item", [{}, {"requestId": None, "state": "OPEN"}, {"requestId": "1"}])
def test_a_required_field_that_is_missing_is_told(item: object) -> None:
    with pytest.raises(
        MismatchError, match=r"SourceRequest: .* no usable `(requestId|state)`"
    ) as told:
        WIRE.read(SourceRequest, item)

    assert "[fields.SourceRequest]" in str(told.value)


@pytest.mark.parametrize("item", [None, [], "text", 4])
def test_what_is_no_object_is_told(item: object) -> None:
    with pytest.raises(MismatchError, match="no JSON object"):
        WIRE.read(SourceRequest, item)


def test_lists_of_objects_become_tuples() -> None:
    errors = [{"code": "ANALYZER-NoStreamsFound", "overridable": True}, {"code": "NEW-Code"}]

    inspection = WIRE.read(Inspection, {"transferId": "t", "requestId": "r", "errors": errors})

    assert inspection.errors == (
        InspectionError("ANALYZER-NoStreamsFound", None, overridable=True),
        InspectionError("NEW-Code"),
    )


def test_a_list_that_is_none_is_kept_beside_and_a_needed_one_is_told() -> None:
    facts = {"transferId": "t", "requestId": "r"}

    assert WIRE.read(Inspection, facts | {"errors": "many"}).extra == {"errors": "many"}
    assert WIRE.read(Inspection, facts | {"errors": [4]}).extra == {"errors": [4]}
    with pytest.raises(MismatchError, match="no usable `files`"):
        WIRE.read(Delivery, facts | {"files": "many"})


def test_what_is_read_equals_what_is_made() -> None:
    ours = SourceRequest("SR-1", RequestState.OPEN, title="A")
    theirs = read(title="A")

    assert theirs == ours
    assert hash(theirs) == hash(ours)
    assert repr(theirs) == repr(ours)
    assert type(theirs) is SourceRequest
    assert pickle.loads(pickle.dumps(theirs)) == ours  # noqa: S301  (our own)
    assert copy.deepcopy(theirs) == ours
    assert dataclasses.replace(theirs, title="B").title == "B"
    with pytest.raises(dataclasses.FrozenInstanceError):
        theirs.title = "B"  # type: ignore[misc]  # it is frozen


def test_names_of_a_contract_file_are_theirs() -> None:
    wire = Wire(
        [("SourceRequest", "dueDate", "due"), ("AssetInfo", "mixType", "mix")],
        [("RequestState", "OPEN", "opened"), ("RequestState", "SHELVED", "on shelf")],
    )

    request = wire.read(SourceRequest, {"requestId": "1", "state": "opened", "due": "2026-01-02"})

    assert request.state is RequestState.OPEN
    assert request.due_date == date(2026, 1, 2)
    assert wire.read(SourceRequest, {"requestId": "1", "state": "on shelf"}).state == "SHELVED"
    assert wire.write(AssetInfo("NEARFIELD", extra={"a": 1})) == {"mix": "NEARFIELD", "a": 1}
    assert wire.value(RequestState, RequestState.OPEN) == "opened"
    assert wire.value(RequestState, "other") == "other"


def test_names_in_json_are_those_of_the_contract() -> None:
    order = ImfTrackOrder("urn:uuid:1", "SR-1", language_code="de")

    assert WIRE.write(order) == {"trackID": "urn:uuid:1", "requestID": "SR-1", "languageCode": "de"}


def test_a_json_object_of_an_answer_has_no_secret_unless_asked() -> None:
    spec = WIRE.read(TransferSpec, {"host": "h", "token": "SECRET", "sshKeyPassphrase": "SECRET"})

    assert "SECRET" not in f"{spec!r} {spec} {spec.to_dict()}"
    assert spec.to_dict(secrets=True)["token"] == "SECRET"  # noqa: S105  (invented)


# Whatever JSON can hold.
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from([name for _, name, _ in wire_fields(SourceRequest)]) | st.text()


@given(item=st.dictionaries(FIELDS, JSON, max_size=12))
def test_nothing_of_an_answer_is_lost(item: dict[str, Any]) -> None:
    facts = {**item, **LEAST}

    request = WIRE.read(SourceRequest, facts)

    written = WIRE.write(request)
    for name, value in facts.items():
        if value is not None:
            assert same(written[name], value), name


def same(written: object, value: object) -> bool:
    """Whether a value came through: ids that came as numbers are text, dates may be rewritten."""
    if isinstance(value, str) and isinstance(written, str):
        return written == value or date_of(written) == date_of(value) is not None
    numeric = isinstance(value, int | float) and not isinstance(value, bool)
    return written == value or (numeric and isinstance(written, str))


def date_of(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


@pytest.mark.parametrize(
    ("text", "member"),
    [
        ("open", RequestState.OPEN),
        (" Redelivery Requested ", RequestState.REDELIVERY_REQUESTED),
        ("redelivery-requested", RequestState.REDELIVERY_REQUESTED),
        ("REDELIVERY_REQUESTED", RequestState.REDELIVERY_REQUESTED),
    ],
)
def test_a_value_is_found_by_what_people_call_it(text: str, member: RequestState) -> None:
    assert RequestState.named(text) is member


def test_a_name_that_no_value_has_stays() -> None:
    assert RequestState.named("on the shelf") == "on the shelf"


def test_a_class_without_fields_of_text_can_be_read() -> None:
    assert isinstance(WIRE.read(AssetInfo, {}), Wired)
