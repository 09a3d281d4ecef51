"""Critical, at risk, on track: the rules of the portal's dashboard."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from reelpack.backlot import MaterialStatus, SourceRequest, standing

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
TODAY = NOW.date()


def request(**facts: Any) -> SourceRequest:  # noqa: ANN401  (fields)
    usual: dict[str, Any] = {
        "state": "OPEN",
        "is_original": True,
        "due_date": TODAY + timedelta(days=30),
        "estimated_delivery_date": TODAY + timedelta(days=30),
        "material_status": MaterialStatus.ACCEPTED,
        "fulfillment_partner": "Partner",
    }
    return SourceRequest("SR-1", **(usual | facts))


def days(count: int) -> date:
    return TODAY + timedelta(days=count)


KOREAN = {
    "state": "REDELIVERY_REQUESTED",
    "original_language": "ko-KR",
    "redelivery_requested_at": NOW - timedelta(hours=48, seconds=1),
}


@pytest.mark.parametrize(
    ("facts", "bucket"),
    [
        ({}, "on-track"),
        ({"estimated_delivery_date": days(-1)}, "critical"),
        ({"estimated_delivery_date": days(0)}, "on-track"),
        ({"estimated_delivery_date": days(-1), "is_original": False}, "on-track"),
        ({"estimated_delivery_date": days(-1), "due_date": days(-1)}, "on-track"),
        ({"estimated_delivery_date": days(-1), "state": "DELIVERED"}, "on-track"),
        ({"estimated_delivery_date": "soon"}, "on-track"),
        (KOREAN, "critical"),
        (KOREAN | {"original_language": "KO"}, "critical"),
        (KOREAN | {"original_language": "kok"}, "on-track"),
        (KOREAN | {"original_language": None}, "on-track"),
        (KOREAN | {"state": "OPEN"}, "on-track"),
        (KOREAN | {"redelivery_requested_at": NOW - timedelta(hours=48)}, "on-track"),
        (KOREAN | {"redelivery_requested_at": "lately"}, "on-track"),
        ({"fulfillment_partner": None, "due_date": days(10)}, "critical"),
        ({"fulfillment_partner": None, "due_date": days(11)}, "on-track"),
        (
            {"fulfillment_partner": None, "due_date": days(1), "release_type": "DAY_OF_BROADCAST"},
            "on-track",
        ),
        ({"material_status": None, "due_date": days(5)}, "at-risk"),
        ({"material_status": "NOT_RECEIVED", "due_date": days(5)}, "at-risk"),
        ({"material_status": "NOT_RECEIVED", "due_date": days(6)}, "on-track"),
        ({"material_status": "RECEIVED", "due_date": days(5)}, "on-track"),
        (
            {"material_status": None, "due_date": days(1), "release_type": "DAY_AFTER_BROADCAST"},
            "on-track",
        ),
        ({"material_status": None, "fulfillment_partner": None, "due_date": None}, "on-track"),
    ],
)
def test_the_rules(facts: dict[str, Any], bucket: str) -> None:
    judged = standing(request(**facts), now=NOW)

    assert judged.bucket == bucket
    assert bool(judged.reasons) == (bucket != "on-track")


def test_all_reasons_are_told_the_worst_first() -> None:
    judged = standing(
        request(material_status=None, fulfillment_partner=None, due_date=days(-1)), now=NOW
    )

    assert judged.bucket == "critical"
    assert judged.reasons == (
        "nobody is assigned and it is due on 2026-03-09",
        "no materials and it is due on 2026-03-09",
    )
    assert judged.late
    assert judged.due == days(-1)


def test_what_is_delivered_is_not_late() -> None:
    judged = standing(request(state="PROCESSED", due_date=days(-9)), now=NOW)

    assert not judged.late


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        standing(request(), now=NOW.replace(tzinfo=None))


def test_a_state_that_is_not_known_is_judged_by_nobody() -> None:
    found = standing(SourceRequest("1", "ARCHIVED"), now=NOW)

    assert (found.bucket, found.late) == ("unknown", False)
    assert found.reasons == ("its state 'ARCHIVED' is not known",)
