"""The values that fields of the API can have, as far as they are known.

The lists are open: a value that is not here stays the text that it is, in answers as in arguments.
What is known of each value, and how sure it is, stands in `openapi.yaml`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

__all__ = [
    "AtmosChoice",
    "AudioFormat",
    "BucketName",
    "DownloadType",
    "EstimatedDateReason",
    "InspectionCode",
    "InspectionStatus",
    "MaterialStatus",
    "MixType",
    "OpenEnum",
    "OutcomeStatus",
    "QcStatus",
    "ReleaseType",
    "RequestState",
    "ServiceType",
    "SourceType",
    "TrackStatus",
    "TransferState",
]


class OpenEnum(StrEnum):
    """Known values of a field that may have others too.

    Attributes:
        label: What people call the value, such as ``"Redelivery Requested"``; the value itself
            where it has no other name.
    """

    label: str

    def __new__(cls, value: str, label: str | None = None) -> Self:
        """Make a member of its value and what people call it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value
        return member

    @classmethod
    def named(cls, text: str) -> Self | str:
        """Find a value by itself or its label, in any case, with blanks, ``-`` and ``_`` alike.

        Args:
            text: Such as ``"redelivery requested"``.

        Returns:
            The value; `text` as it is if none has that name.

        Example:
            >>> RequestState.named("redelivery requested")
            <RequestState.REDELIVERY_REQUESTED: 'REDELIVERY_REQUESTED'>
            >>> RequestState.named("Archived")
            'Archived'
        """
        wanted = _folded(text)
        for member in cls:
            if wanted in {_folded(member.value), _folded(member.label)}:
                return member
        return text


def _folded(text: str) -> str:
    """Write a name so that two ways of writing it are equal."""
    return text.strip().casefold().replace("-", "_").replace(" ", "_")


class RequestState(OpenEnum):
    """Where a source request stands."""

    OPEN = "OPEN", "Open"
    DELIVERED = "DELIVERED", "Delivered"
    PROCESSED = "PROCESSED", "Processed"
    REDELIVERY_REQUESTED = "REDELIVERY_REQUESTED", "Redelivery Requested"
    UPGRADED = "UPGRADED", "Upgraded"
    CANCELED = "CANCELED", "Canceled"
    ACCEPTED = "ACCEPTED", "Accepted"


class TransferState(OpenEnum):
    """Where a delivery stands."""

    TRANSFERRING = "TRANSFERRING", "Transferring"
    PENDING_INSPECTION = "PENDING_INSPECTION", "Pending Inspection"
    INSPECTION_FAILED = "INSPECTION_FAILED", "Inspection Failed"
    DELIVERED = "DELIVERED", "Delivered"
    REJECTED = "REJECTED", "Rejected"
    FAILED = "FAILED", "Failed"


class SourceType(OpenEnum):
    """What is asked for."""

    AUDIO_DESCRIPTION = "AUDIO_DESCRIPTION", "Audio Description"
    AUDIO_ME = "AUDIO_ME", "Audio M&E"
    AUDIO_PRINT_MASTER = "AUDIO_PRINT_MASTER", "Audio Print Master"
    FINAL_SCRIPT = "FINAL_SCRIPT", "Final Script"
    FORCED_SUBTITLE = "FORCED_SUBTITLE", "Forced Sub"
    PRODUCTION_LOCKED_PROXY = "PRODUCTION_LOCKED_PROXY", "Production Locked Proxy"
    SDH_CC = "SDH_CC", "SDH/CC"
    SECONDARY_AUDIO_SOURCE = "SECONDARY_AUDIO_SOURCE", "Secondary Audio"
    SUBTITLE = "SUBTITLE", "Subtitle"
    AV_MUXED = "AV_MUXED", "AV (Muxed)"
    NON_IMF = "NON_IMF", "Non-IMF delivery"
    SECONDARY_AV_MUXED = "SECONDARY_AV_MUXED", "Secondary AV (Muxed)"


class ServiceType(OpenEnum):
    """What the partner does for it."""

    CONFORM = "conform", "Conform"
    CREATE = "create", "Create"


class MaterialStatus(OpenEnum):
    """How far the materials are."""

    NOT_RECEIVED = "NOT_RECEIVED", "Not Received"
    RECEIVED = "RECEIVED", "Received"
    ASSIGNED = "ASSIGNED", "Assigned"
    ACCEPTED = "ACCEPTED", "Accepted"
    REDELIVERY_REQUESTED = "REDELIVERY_REQUESTED", "Redelivery Requested"


class InspectionStatus(OpenEnum):
    """What the automated inspection came to."""

    PENDING = "PENDING", "Pending"
    PASSED = "PASSED", "Passed"
    FAILED = "FAILED", "Failed"
    OVERRIDDEN = "OVERRIDDEN", "Overridden"


class EstimatedDateReason(OpenEnum):
    """Why the estimated delivery date was changed."""

    REDELIVERY_REQUESTED_BY_NETFLIX = (
        "redeliveryRequestedByNetflix",
        "Redelivery requested by the studio",
    )


class BucketName(OpenEnum):
    """The buckets that the portal sorts source requests into."""

    REQUESTS = "REQUESTS", "Requests"
    CRITICAL = "CRITICAL", "Critical"
    AT_RISK = "AT_RISK", "At Risk"
    ON_TRACK = "ON_TRACK", "On Track"
    UNASSIGNED = "UNASSIGNED", "Unassigned"
    AWAITING_MATERIALS = "AWAITING_MATERIALS", "Awaiting Materials"
    FAILED_DELIVERIES = "FAILED_DELIVERIES", "Failed Deliveries"
    INSPECTION_ERRORS = "INSPECTION_ERRORS", "Inspection Errors"


class ReleaseType(OpenEnum):
    """How a title is released."""

    STANDARD = "STANDARD", "Standard"
    DAY_AFTER_BROADCAST = "DAY_AFTER_BROADCAST", "Day-after broadcast"
    DAY_OF_BROADCAST = "DAY_OF_BROADCAST", "Day-of broadcast"


class OutcomeStatus(OpenEnum):
    """Whether one of several was done."""

    SUCCESS = "SUCCESS", "Success"
    ERROR = "ERROR", "Error"


class MixType(OpenEnum):
    """Mix of an audio print master. ``Theatrical`` was removed from the API."""

    NEARFIELD = "NEARFIELD", "Near field"


class AudioFormat(OpenEnum):
    """Channel format of an audio print master."""

    ATMOS = "ATMOS", "Dolby Atmos"
    SURROUND_5_1 = "SURROUND_5_1", "5.1"
    STEREO = "STEREO", "2.0"


class AtmosChoice(OpenEnum):
    """The Dolby Atmos selection of a delivery."""

    NOT_APPLICABLE = "NOT_APPLICABLE", "Not applicable"


class TrackStatus(OpenEnum):
    """What an IMF delivery makes of a track."""

    NEW = "NEW", "New"
    MODIFIED = "MODIFIED", "Modified"
    UNMODIFIED = "UNMODIFIED", "Unmodified"
    ERROR = "ERROR", "Error"


class InspectionCode(OpenEnum):
    """What an inspection can find. Whether it can be overridden is told with each error."""

    ANALYZER_COMMERCIAL_BLACKS = "ANALYZER-CommercialBlacks"
    ANALYZER_INCORRECT_ASSET_TYPE = "ANALYZER-IncorrectAssetType"
    ANALYZER_INCORRECT_GOP_STRUCTURE = "ANALYZER-IncorrectGopStructure"
    ANALYZER_KEY_FRAME_GOP_TOO_LONG = "ANALYZER-KeyFrameGopTooLong"
    ANALYZER_LOW_VARIANCE_FILE = "ANALYZER-LowVarianceFile"
    ANALYZER_NO_STREAMS_FOUND = "ANALYZER-NoStreamsFound"
    ANALYZER_TELECINE_DETECTED = "ANALYZER-TelecineDetected"
    ANALYZER_VIDEO_DECODE_ERRORS = "ANALYZER-VideoDecodeErrors"
    M2PS_INVALID_PROGRAM_STREAM = "M2PS-InvalidProgramStream"
    M2PS_LOSS_OF_SYNCH = "M2PS-LossOfSynch"
    M2TS_ADAPTATION_FIELD_CODED_AS_00 = "M2TS-AdaptationFieldCodedAs00"
    ANALYZER_AUDIO_ATMOS_CHANNEL_MAPPING_MISMATCH = "ANALYZER-Audio-AtmosChannelMappingMismatch"


class DownloadType(OpenEnum):
    """What kind of material a download is."""

    LOCKED_PROXY = "LOCKED_PROXY", "Locked Proxy"
    FINAL_PROXY = "FINAL_PROXY", "Final Proxy"
    AUDIO_PRINT_MASTER = "AUDIO_PRINT_MASTER", "Audio Printmaster"
    TIMED_TEXT = "TIMED_TEXT", "Timed Text"
    DOCUMENT = "DOCUMENT", "Document"


class QcStatus(OpenEnum):
    """What quality control said of a material."""

    PASSED = "PASSED", "Passed"
    PENDING = "PENDING", "Pending"
    FAILED = "FAILED", "Failed"
