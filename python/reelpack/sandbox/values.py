"""The words that the sandbox knows, by the API's codes.

All of them are open: another word is kept where one comes, as the contract has it. The list is the
sandbox's own, so that a test can hold it to the contract of the client.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "CODES",
    "AtmosChoice",
    "AudioFormat",
    "BucketName",
    "DownloadType",
    "EstimatedDateReason",
    "InspectionStatus",
    "MaterialStatus",
    "MixType",
    "OutcomeStatus",
    "QcStatus",
    "ReleaseType",
    "RequestState",
    "ServiceType",
    "SourceType",
    "TrackStatus",
    "TransferState",
]


class RequestState(StrEnum):
    """Where a source request stands."""

    OPEN = "OPEN"
    DELIVERED = "DELIVERED"
    PROCESSED = "PROCESSED"
    REDELIVERY_REQUESTED = "REDELIVERY_REQUESTED"
    UPGRADED = "UPGRADED"
    CANCELED = "CANCELED"
    ACCEPTED = "ACCEPTED"


class TransferState(StrEnum):
    """Where a delivery stands."""

    TRANSFERRING = "TRANSFERRING"
    PENDING_INSPECTION = "PENDING_INSPECTION"
    INSPECTION_FAILED = "INSPECTION_FAILED"
    DELIVERED = "DELIVERED"
    REJECTED = "REJECTED"
    FAILED = "FAILED"


class SourceType(StrEnum):
    """What is asked for."""

    AUDIO_DESCRIPTION = "AUDIO_DESCRIPTION"
    AUDIO_ME = "AUDIO_ME"
    AUDIO_PRINT_MASTER = "AUDIO_PRINT_MASTER"
    FINAL_SCRIPT = "FINAL_SCRIPT"
    FORCED_SUBTITLE = "FORCED_SUBTITLE"
    PRODUCTION_LOCKED_PROXY = "PRODUCTION_LOCKED_PROXY"
    SDH_CC = "SDH_CC"
    SECONDARY_AUDIO_SOURCE = "SECONDARY_AUDIO_SOURCE"
    SUBTITLE = "SUBTITLE"
    AV_MUXED = "AV_MUXED"
    NON_IMF = "NON_IMF"
    SECONDARY_AV_MUXED = "SECONDARY_AV_MUXED"


class ServiceType(StrEnum):
    """What a partner does for a request."""

    CONFORM = "conform"
    CREATE = "create"


class MaterialStatus(StrEnum):
    """How far the materials of a request are."""

    NOT_RECEIVED = "NOT_RECEIVED"
    RECEIVED = "RECEIVED"
    ASSIGNED = "ASSIGNED"
    ACCEPTED = "ACCEPTED"
    REDELIVERY_REQUESTED = "REDELIVERY_REQUESTED"


class InspectionStatus(StrEnum):
    """What the automated inspection says."""

    PENDING = "PENDING"
    PASSED = "PASSED"
    FAILED = "FAILED"
    OVERRIDDEN = "OVERRIDDEN"


class EstimatedDateReason(StrEnum):
    """Why an estimated delivery date was changed; one is public."""

    REDELIVERY = "redeliveryRequestedByNetflix"


class BucketName(StrEnum):
    """Heaps that the portal sorts requests into."""

    REQUESTS = "REQUESTS"
    CRITICAL = "CRITICAL"
    AT_RISK = "AT_RISK"
    ON_TRACK = "ON_TRACK"
    UNASSIGNED = "UNASSIGNED"
    AWAITING_MATERIALS = "AWAITING_MATERIALS"
    FAILED_DELIVERIES = "FAILED_DELIVERIES"
    INSPECTION_ERRORS = "INSPECTION_ERRORS"


class ReleaseType(StrEnum):
    """How a title is released."""

    STANDARD = "STANDARD"
    DAY_AFTER_BROADCAST = "DAY_AFTER_BROADCAST"
    DAY_OF_BROADCAST = "DAY_OF_BROADCAST"


class OutcomeStatus(StrEnum):
    """What came of one of several things asked for at once."""

    SUCCESS = "SUCCESS"
    ERROR = "ERROR"


class TrackStatus(StrEnum):
    """What a track of an IMF package is to what was delivered before."""

    NEW = "NEW"
    MODIFIED = "MODIFIED"
    UNMODIFIED = "UNMODIFIED"
    ERROR = "ERROR"


class MixType(StrEnum):
    """How an audio print master is mixed; ``Theatrical`` was removed."""

    NEARFIELD = "NEARFIELD"


class AudioFormat(StrEnum):
    """Format of an audio print master."""

    ATMOS = "ATMOS"
    SURROUND_5_1 = "SURROUND_5_1"
    STEREO = "STEREO"


class AtmosChoice(StrEnum):
    """What is said about Dolby Atmos."""

    NOT_APPLICABLE = "NOT_APPLICABLE"


class DownloadType(StrEnum):
    """Kinds of download materials."""

    LOCKED_PROXY = "LOCKED_PROXY"
    FINAL_PROXY = "FINAL_PROXY"
    AUDIO_PRINT_MASTER = "AUDIO_PRINT_MASTER"
    TIMED_TEXT = "TIMED_TEXT"
    DOCUMENT = "DOCUMENT"


class QcStatus(StrEnum):
    """What quality control says of a material."""

    PASSED = "PASSED"
    PENDING = "PENDING"
    FAILED = "FAILED"


# Codes of the inspection, with whether a partner may override them; None where that was not seen.
# Source: the inspection's page of error codes; the last is of the page on Dolby Atmos.
CODES: dict[str, bool | None] = {
    "ANALYZER-CommercialBlacks": True,
    "ANALYZER-IncorrectAssetType": False,
    "ANALYZER-IncorrectGopStructure": True,
    "ANALYZER-KeyFrameGopTooLong": True,
    "ANALYZER-LowVarianceFile": True,
    "ANALYZER-NoStreamsFound": True,
    "ANALYZER-TelecineDetected": True,
    "ANALYZER-VideoDecodeErrors": False,
    "M2PS-InvalidProgramStream": False,
    "M2PS-LossOfSynch": False,
    "M2TS-AdaptationFieldCodedAs00": False,
    "ANALYZER-Audio-AtmosChannelMappingMismatch": None,
}
