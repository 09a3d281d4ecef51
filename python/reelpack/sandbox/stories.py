"""What has happened to the requests of the demonstration: every state, and every bucket.

Days and hours count from the sandbox's time at its start, so that what is late is late on any day.
"""

from __future__ import annotations

from dataclasses import dataclass

from reelpack.sandbox.values import InspectionStatus, MaterialStatus, RequestState, TransferState

__all__ = ["STORIES", "Story"]


@dataclass(frozen=True, slots=True)
class Story:
    """What has happened to a request.

    Attributes:
        state: Where it stands.
        due: Days until it is due; negative is past.
        slip: Days that its estimated delivery date is after the due date; negative is before.
        materials: Its material status; None while nobody set it.
        is_assigned: Whether a partner has it.
        transfer: State of its last delivery; None if there was none.
        inspection: What the inspection of that said.
        codes: Codes that the inspection found, and that are not overridden.
        asked_again: Hours since a redelivery was asked for.
    """

    state: RequestState = RequestState.OPEN
    due: int = 21
    slip: int = 0
    materials: MaterialStatus | None = MaterialStatus.ACCEPTED
    is_assigned: bool = True
    transfer: TransferState | None = None
    inspection: InspectionStatus | None = None
    codes: tuple[str, ...] = ()
    asked_again: int | None = None


_READY = Story()
_AGAIN = Story(
    RequestState.REDELIVERY_REQUESTED,
    due=9,
    slip=3,
    transfer=TransferState.REJECTED,
    inspection=InspectionStatus.PASSED,
    asked_again=20,
)
_LONG_AGO = Story(
    RequestState.REDELIVERY_REQUESTED,
    due=4,
    slip=2,
    transfer=TransferState.REJECTED,
    inspection=InspectionStatus.PASSED,
    asked_again=72,
)
_LATE = Story(due=-6, slip=3)
_DUE_AND_LATE = Story(due=-2)
_UNASSIGNED = Story(due=8, is_assigned=False)
_UNASSIGNED_YET = Story(due=30, is_assigned=False, materials=None)
_NO_MATERIALS = Story(due=4, materials=MaterialStatus.NOT_RECEIVED)
_NO_STATUS = Story(due=3, materials=None)
_SENDING = Story(due=12, transfer=TransferState.TRANSFERRING)
_INSPECTED = Story(
    due=12, transfer=TransferState.PENDING_INSPECTION, inspection=InspectionStatus.PENDING
)
_SOFT = Story(
    due=7,
    transfer=TransferState.INSPECTION_FAILED,
    inspection=InspectionStatus.FAILED,
    codes=("ANALYZER-CommercialBlacks",),
)
_HARD = Story(
    due=7,
    transfer=TransferState.INSPECTION_FAILED,
    inspection=InspectionStatus.FAILED,
    codes=("ANALYZER-VideoDecodeErrors", "ANALYZER-LowVarianceFile"),
)
_RECEIVED = Story(due=15, materials=MaterialStatus.RECEIVED)
_ASSIGNED = Story(due=15, materials=MaterialStatus.ASSIGNED)
_MATERIALS_AGAIN = Story(due=15, materials=MaterialStatus.REDELIVERY_REQUESTED)
_DELIVERED = Story(
    RequestState.DELIVERED,
    due=2,
    transfer=TransferState.DELIVERED,
    inspection=InspectionStatus.PASSED,
)
_OVERRIDDEN = Story(
    RequestState.DELIVERED,
    due=2,
    transfer=TransferState.DELIVERED,
    inspection=InspectionStatus.OVERRIDDEN,
)
_FAILED = Story(
    RequestState.DELIVERED,
    due=1,
    transfer=TransferState.FAILED,
    inspection=InspectionStatus.PASSED,
)
_PROCESSED = Story(
    RequestState.PROCESSED,
    due=1,
    transfer=TransferState.DELIVERED,
    inspection=InspectionStatus.PASSED,
)
_ACCEPTED = Story(
    RequestState.ACCEPTED,
    due=-20,
    transfer=TransferState.DELIVERED,
    inspection=InspectionStatus.PASSED,
)
_CANCELED = Story(RequestState.CANCELED, due=25)
_UPGRADED = Story(RequestState.UPGRADED, due=-40)

# Twelve to a line, one for each source type: each type has a request that can be delivered to.
STORIES: tuple[Story, ...] = (
    *(_READY,) * 12,
    *(_AGAIN, _AGAIN, _LONG_AGO, _LONG_AGO) * 3,
    *(_LATE, _LATE, _UNASSIGNED, _UNASSIGNED, _NO_MATERIALS, _NO_MATERIALS),
    *(_SENDING, _INSPECTED, _SOFT, _HARD, _DUE_AND_LATE, _NO_STATUS),
    *(_DELIVERED, _PROCESSED, _ACCEPTED, _OVERRIDDEN, _FAILED, _ACCEPTED) * 2,
    *(_CANCELED, _UPGRADED, _RECEIVED, _ASSIGNED, _UNASSIGNED_YET, _MATERIALS_AGAIN) * 2,
)
