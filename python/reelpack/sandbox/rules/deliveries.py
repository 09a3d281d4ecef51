"""Rules of the start of a delivery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reelpack.sandbox.rules.book import Rule
from reelpack.sandbox.rules.requests import TAKES_DELIVERY
from reelpack.sandbox.values import MaterialStatus, SourceType

if TYPE_CHECKING:
    from reelpack.sandbox.shapes.deliveries import ImfTrackOrder
    from reelpack.sandbox.tables import Request

__all__ = ["BOTH", "DELIVERY_RULES", "DeliveryCase"]

BOTH = ("startDelivery", "startImfDelivery")
# Types that the delivery UI asks metadata of. Source: its page.
_WITH_METADATA = frozenset(SourceType)
_NEEDED = ("mixType", "format")


@dataclass(frozen=True, slots=True)
class DeliveryCase:
    """A delivery to one request.

    Attributes:
        request: The request.
        files: How many files it has.
        asset_info: What it says of them; None where it says nothing.
        under_way: The delivery to the request that is under way; None if there is none.
        track: The track of an IMF package that is for this request.
    """

    request: Request
    files: int
    asset_info: dict[str, object] | None = None
    under_way: str | None = None
    track: ImfTrackOrder | None = None


def _state(case: DeliveryCase) -> str | None:
    """Want a request that takes a delivery."""
    if case.request.state in TAKES_DELIVERY:
        return None
    return (
        f"the request is {case.request.state}: a delivery starts from OPEN or REDELIVERY_REQUESTED"
    )


def _materials(case: DeliveryCase) -> str | None:
    """Want materials that were accepted."""
    if case.request.material_status == MaterialStatus.ACCEPTED:
        return None
    status = case.request.material_status or "not set"
    return f"the material status is {status}: it has to be ACCEPTED before a delivery"


def _files(case: DeliveryCase) -> str | None:
    """Want one file where the request takes one."""
    if case.files == 1 or case.request.takes_several_files:
        return None
    return f"the request takes one file, and {case.files} were announced"


def _under_way(case: DeliveryCase) -> str | None:
    """Want no other delivery to the request."""
    if case.under_way is None:
        return None
    return f"delivery {case.under_way} to this request is under way"


def _metadata(case: DeliveryCase) -> str | None:
    """Want metadata only where the type has some."""
    if not case.asset_info or case.request.source_type in _WITH_METADATA:
        return None
    return f"the source type {case.request.source_type} takes no assetInfo"


def _print_master(case: DeliveryCase) -> str | None:
    """Want the mix and the format of a print master."""
    if case.request.source_type != SourceType.AUDIO_PRINT_MASTER:
        return None
    missing = [name for name in _NEEDED if not (case.asset_info or {}).get(name)]
    if not missing:
        return None
    return f"an audio print master needs assetInfo with {' and '.join(missing)}"


def _theatrical(case: DeliveryCase) -> str | None:
    """Want no mix that was removed."""
    is_master = case.request.source_type == SourceType.AUDIO_PRINT_MASTER
    mix = str((case.asset_info or {}).get("mixType", ""))
    if not is_master or mix.casefold() != "theatrical":
        return None
    return "the mixType Theatrical was removed"


DELIVERY_RULES = (
    Rule(
        name="delivery-from-open",
        operations=BOTH,
        says="a delivery starts from Open or Redelivery Requested",
        evidence="public-page",
        source="delivery-ui",
        breach=_state,
    ),
    Rule(
        name="materials-accepted",
        operations=BOTH,
        says="the material status is Accepted before a delivery",
        evidence="public-page",
        source="material-status",
        breach=_materials,
    ),
    Rule(
        name="one-at-a-time",
        operations=BOTH,
        says="no second delivery to a request starts while one is under way",
        evidence="assumed",
        source="own",
        breach=_under_way,
    ),
    Rule(
        name="one-file",
        operations=("startDelivery",),
        says="a delivery has one file where the request does not take several",
        evidence="public-page",
        source="delivery-ui",
        breach=_files,
    ),
    Rule(
        name="metadata-by-type",
        operations=("startDelivery",),
        says="assetInfo comes with the source types that the delivery UI asks metadata of",
        evidence="assumed",
        source="delivery-ui",
        breach=_metadata,
    ),
    Rule(
        name="print-master-says-mix",
        operations=("startDelivery",),
        says="an audio print master says its mixType and format",
        evidence="assumed",
        source="change-log",
        breach=_print_master,
    ),
    Rule(
        name="no-theatrical-mix",
        operations=("startDelivery",),
        says="an audio print master is not delivered as Theatrical",
        evidence="change-log",
        source="change-log",
        breach=_theatrical,
    ),
)
