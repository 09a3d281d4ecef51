"""What the automated inspection says of deliveries.

Source: "Inspection as a Service": it runs after the transfer and before a request counts as
delivered. Each code is hard or can be overridden; an override sends the file on as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from reelpack.backlot.values import InspectionCode, InspectionStatus, TransferState
from reelpack.backlot.wire import Kind, Wired

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Inspection", "InspectionError"]


@dataclass(frozen=True, slots=True)
class InspectionError(Wired):  # no exception: a line of an answer, by its name in the contract
    """One thing that an inspection found.

    Attributes:
        code: What it is.
        message: The same in words.
        overridable: Whether it can be overridden; None where that is not known.
        extra: Fields that are not known.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {"code": InspectionCode, "overridable": bool}

    code: InspectionCode | str
    message: str | None = None
    overridable: bool | None = None
    extra: dict[str, object] = field(default_factory=dict, hash=False, repr=False)


@dataclass(frozen=True, slots=True)
class Inspection(Wired):
    """A delivery with what its inspection found.

    Attributes:
        transfer_id: The delivery.
        request_id: The request that it is for.
        transfer_state: Where the delivery stands.
        inspection_status: What the inspection came to.
        errors: What it found; None where the answer does not say.
        started_at: When the delivery was started.
        extra: Fields that are not known.
    """

    SCHEMA: ClassVar[str] = "InspectionDelivery"
    KINDS: ClassVar[Mapping[str, Kind]] = {
        "transfer_state": TransferState,
        "inspection_status": InspectionStatus,
        "errors": [InspectionError],
        "started_at": datetime,
    }

    transfer_id: str
    request_id: str
    transfer_state: TransferState | str | None = None
    inspection_status: InspectionStatus | str | None = None
    errors: tuple[InspectionError, ...] | None = None
    started_at: datetime | str | None = None
    extra: dict[str, object] = field(default_factory=dict, hash=False, repr=False)
