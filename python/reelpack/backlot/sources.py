"""Source requests: what the studio asks a partner for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from reelpack.backlot.values import (
    BucketName,
    EstimatedDateReason,
    InspectionStatus,
    MaterialStatus,
    OutcomeStatus,
    ReleaseType,
    RequestState,
    ServiceType,
    SourceType,
    TransferState,
)
from reelpack.backlot.wire import Kind, Wired

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Bucket", "Outcome", "SourceRequest"]


@dataclass(frozen=True, slots=True)
class SourceRequest(Wired):
    """A source request. What an answer does not have is None.

    The values of the fields are open: one that is not known stays text.

    Attributes:
        request_id: Its number.
        state: Where it stands.
        movie_id: Number of the title.
        title: Name of the title.
        package_id: Package that it belongs to.
        transfer_state: Where its last delivery stands.
        source_type: What is asked for.
        service_type: What the partner does for it.
        language: Language tag; ``*`` is the original language of the title.
        original_language: Original language of the title.
        is_original: Whether the studio made the title.
        release_type: How the title is released.
        due_date: When it is due.
        estimated_delivery_date: When the partner expects to deliver; the due date at first.
        estimated_delivery_date_reason: Why that was changed.
        material_status: How far the materials are.
        inspection_status: What the inspection of the last delivery came to.
        fulfillment_partner: Who delivers; None while nobody is assigned.
        sub_assign: Whom the partner has assigned it to.
        translator_credit_present: Whether the translator is credited; with conform.
        translator_credit_waiver_present: Whether a waiver is there; with create.
        takes_several_files: Whether one delivery may hold several files.
        redelivery_requested_at: When a redelivery was asked for.
        updated_at: When it last changed.
        extra: Fields that are not known, and values of a kind that does not fit their field.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {
        "state": RequestState,
        "transfer_state": TransferState,
        "source_type": SourceType,
        "service_type": ServiceType,
        "is_original": bool,
        "release_type": ReleaseType,
        "due_date": date,
        "estimated_delivery_date": date,
        "estimated_delivery_date_reason": EstimatedDateReason,
        "material_status": MaterialStatus,
        "inspection_status": InspectionStatus,
        "translator_credit_present": bool,
        "translator_credit_waiver_present": bool,
        "takes_several_files": bool,
        "redelivery_requested_at": datetime,
        "updated_at": datetime,
    }

    request_id: str
    state: RequestState | str
    movie_id: str | None = None
    title: str | None = None
    package_id: str | None = None
    transfer_state: TransferState | str | None = None
    source_type: SourceType | str | None = None
    service_type: ServiceType | str | None = None
    language: str | None = None
    original_language: str | None = None
    is_original: bool | None = None
    release_type: ReleaseType | str | None = None
    due_date: date | str | None = None
    estimated_delivery_date: date | str | None = None
    estimated_delivery_date_reason: EstimatedDateReason | str | None = None
    material_status: MaterialStatus | str | None = None
    inspection_status: InspectionStatus | str | None = None
    fulfillment_partner: str | None = None
    sub_assign: str | None = None
    translator_credit_present: bool | None = None
    translator_credit_waiver_present: bool | None = None
    takes_several_files: bool | None = None
    redelivery_requested_at: datetime | str | None = None
    updated_at: datetime | str | None = None
    extra: dict[str, object] = field(default_factory=dict, hash=False, repr=False)


@dataclass(frozen=True, slots=True)
class Bucket(Wired):
    """How many requests are in a bucket.

    Attributes:
        bucket: Its name.
        count: Requests in it.
        extra: Fields that are not known.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {"bucket": BucketName, "count": int}

    bucket: BucketName | str
    count: int
    extra: dict[str, object] = field(default_factory=dict, hash=False, repr=False)


@dataclass(frozen=True, slots=True)
class Outcome(Wired):
    """What became of one request of several that were asked about.

    Attributes:
        request_id: The request.
        status: Whether it was done.
        message: Why not.
        extra: Fields that are not known.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {"status": OutcomeStatus}

    request_id: str
    status: OutcomeStatus | str
    message: str | None = None
    extra: dict[str, object] = field(default_factory=dict, hash=False, repr=False)
