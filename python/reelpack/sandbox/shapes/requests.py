"""Source requests."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import ConfigDict, Field, model_validator

from reelpack.sandbox.shapes.base import (
    Day,
    Incoming,
    Maybe,
    Moment,
    PageSize,
    Shape,
    Whole,
    one_of,
)
from reelpack.sandbox.values import (
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

__all__ = [
    "ABucket",
    "AnInspectionStatus",
    "Bucket",
    "MaterialStatusUpdate",
    "Outcome",
    "OutcomeList",
    "RequestChoice",
    "RequestFilter",
    "RequestUpdate",
    "SourceRequest",
    "SourceRequestPage",
]

ABucket = Annotated[str, Field(examples=one_of(BucketName))]
AReason = Annotated[str, Field(examples=one_of(EstimatedDateReason))]
AnInspectionStatus = Annotated[str, Field(examples=one_of(InspectionStatus))]
AMaterialStatus = Annotated[str, Field(examples=one_of(MaterialStatus))]
AnOutcomeStatus = Annotated[str, Field(examples=one_of(OutcomeStatus))]
AReleaseType = Annotated[str, Field(examples=one_of(ReleaseType))]
ARequestState = Annotated[str, Field(examples=one_of(RequestState))]
AServiceType = Annotated[str, Field(examples=one_of(ServiceType))]
ASourceType = Annotated[str, Field(examples=one_of(SourceType))]
ATransferState = Annotated[str, Field(examples=one_of(TransferState))]


class SourceRequest(Shape):
    """A source request as it is now."""

    request_id: str
    movie_id: Maybe[str] = None
    title: Maybe[str] = None
    package_id: Maybe[str] = None
    state: ARequestState
    transfer_state: Maybe[ATransferState] = None
    source_type: Maybe[ASourceType] = None
    service_type: Maybe[AServiceType] = None
    language: Maybe[str] = None
    original_language: Maybe[str] = None
    is_original: Maybe[bool] = None
    release_type: Maybe[AReleaseType] = None
    due_date: Maybe[date] = None
    estimated_delivery_date: Maybe[date] = None
    estimated_delivery_date_reason: Maybe[AReason] = None
    material_status: Maybe[AMaterialStatus] = None
    inspection_status: Maybe[AnInspectionStatus] = None
    fulfillment_partner: Maybe[str] = None
    sub_assign: Maybe[str] = None
    translator_credit_present: Maybe[bool] = None
    translator_credit_waiver_present: Maybe[bool] = None
    takes_several_files: Maybe[bool] = None
    redelivery_requested_at: Maybe[Moment] = None
    updated_at: Maybe[Moment] = None


class RequestFilter(Incoming):
    """A search: all that is given has to hold, and of a list one value."""

    request_ids: Maybe[list[str]] = None
    movie_ids: Maybe[list[str]] = None
    package_ids: Maybe[list[str]] = None
    states: Maybe[list[ARequestState]] = None
    source_types: Maybe[list[ASourceType]] = None
    service_types: Maybe[list[AServiceType]] = None
    languages: Maybe[list[str]] = None
    material_statuses: Maybe[list[AMaterialStatus]] = None
    inspection_statuses: Maybe[list[AnInspectionStatus]] = None
    fulfillment_partners: Maybe[list[str]] = None
    estimated_from: Maybe[Day] = None
    estimated_to: Maybe[Day] = None
    page_size: PageSize = 100
    page_token: Maybe[str] = None


class Bucket(Shape):
    """How many requests are in a bucket."""

    bucket: ABucket
    count: Whole


class SourceRequestPage(Shape):
    """A page of source requests."""

    requests: list[SourceRequest]
    buckets: Maybe[list[Bucket]] = None
    total: Maybe[Whole] = None
    next_page_token: Maybe[str] = None


class RequestUpdate(Incoming):
    """What is to change; what is absent stays."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    estimated_delivery_date: Maybe[Day] = None
    estimated_delivery_date_reason: Maybe[AReason] = None
    sub_assign: Maybe[str] = None
    translator_credit_present: Maybe[bool] = None
    translator_credit_waiver_present: Maybe[bool] = None

    @model_validator(mode="before")
    @classmethod
    def _something(cls, value: object) -> object:
        """Refuse a change of nothing."""
        if value == {}:
            raise ValueError("there is nothing to change")
        return value


class MaterialStatusUpdate(Incoming):
    """How far the materials are."""

    material_status: AMaterialStatus
    comment: Maybe[str] = None


class RequestChoice(Incoming):
    """Requests to cancel, or to bring back."""

    request_ids: Annotated[list[str], Field(min_length=1)]
    reason: Maybe[str] = None


class Outcome(Shape):
    """What came of one of several requests."""

    request_id: str
    status: AnOutcomeStatus
    message: Maybe[str] = None


class OutcomeList(Shape):
    """An outcome for each request, in the order they were given."""

    results: list[Outcome]
