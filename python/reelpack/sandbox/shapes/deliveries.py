"""Deliveries, the transfers that they start, and what the inspection finds."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from reelpack.sandbox.shapes.base import (
    Bytes,
    Filled,
    Incoming,
    Maybe,
    Shape,
    Whole,
    one_of,
)
from reelpack.sandbox.shapes.requests import AnInspectionStatus, AnOutcomeStatus, ATransferState
from reelpack.sandbox.values import CODES, AtmosChoice, AudioFormat, MixType, TrackStatus

__all__ = [
    "AssetInfo",
    "Delivery",
    "DeliveryOrder",
    "FileOrder",
    "FilePair",
    "ImfComposition",
    "ImfDelivery",
    "ImfDeliveryOrder",
    "ImfTrack",
    "ImfTrackOrder",
    "InspectionDelivery",
    "InspectionDeliveryPage",
    "InspectionError",
    "Override",
    "TransferSpec",
]

ACode = Annotated[str, Field(examples=list(CODES))]
ATrackStatus = Annotated[str, Field(examples=one_of(TrackStatus))]


class AssetInfo(Incoming):
    """What a delivery says beside its files; what is not known is kept as it came."""

    model_config = ConfigDict(extra="allow")

    mix_type: Maybe[Annotated[str, Field(examples=one_of(MixType))]] = None
    format: Maybe[Annotated[str, Field(examples=one_of(AudioFormat))]] = None
    dolby_atmos: Maybe[Annotated[str, Field(examples=one_of(AtmosChoice))]] = None


class FileOrder(Incoming):
    """A file that will come."""

    source_path: Filled
    file_size: Bytes


class DeliveryOrder(Incoming):
    """A delivery to start."""

    request_id: str
    files: Annotated[list[FileOrder], Field(min_length=1)]
    asset_info: Maybe[AssetInfo] = None
    hermes_id: Maybe[str] = None


class TransferSpec(Shape):
    """How the transfer reaches the sandbox: where ascp would, with nothing listening there."""

    host: Maybe[str] = None
    user: Maybe[str] = None
    ssh_port: Maybe[Whole] = None
    udp_port: Maybe[Whole] = None
    token: Maybe[str] = None
    target_rate_kbps: Maybe[Whole] = None


class FilePair(Shape):
    """A file of the partner, and where it goes."""

    source_path: str
    destination_path: str


class Delivery(Shape):
    """A delivery that was started."""

    transfer_id: str
    request_id: str
    transfer_state: Maybe[ATransferState] = None
    transfer_spec: Maybe[TransferSpec] = None
    files: list[FilePair]


# The log writes the ids of tracks and of their requests with two capitals.
_TWO_CAPITALS = ConfigDict(alias_generator=lambda name: to_camel(name).replace("Id", "ID"))


class ImfTrackOrder(Incoming):
    """A track of a package, and the request that it is for."""

    model_config = _TWO_CAPITALS

    track_id: str
    request_id: str
    language_code: Maybe[str] = None
    audio_channels: Maybe[str] = None


class ImfDeliveryOrder(Incoming):
    """A delivery of an IMF package to start."""

    asset_map_xml: str
    packing_list_xml: str
    composition_playlist_xml: str
    tracks: Annotated[list[ImfTrackOrder], Field(min_length=1)]
    files: Annotated[list[FileOrder], Field(min_length=1)]


class ImfTrack(Shape):
    """What came of a track."""

    model_config = _TWO_CAPITALS

    track_id: str
    request_id: str
    track_status: ATrackStatus
    message: Maybe[str] = None


class ImfComposition(Shape):
    """What came of a composition."""

    composition_play_list_id: str
    status: AnOutcomeStatus
    message: Maybe[str] = None
    tracks: Maybe[list[ImfTrack]] = None


class ImfDelivery(Shape):
    """The answer to an IMF delivery; no transfer where a composition was refused."""

    transfer_id: Maybe[str] = None
    transfer_state: Maybe[ATransferState] = None
    compositions: list[ImfComposition]
    transfer_spec: Maybe[TransferSpec] = None
    files: Maybe[list[FilePair]] = None


class InspectionError(Shape):
    """Something that the inspection found."""

    code: ACode
    message: Maybe[str] = None
    overridable: Maybe[bool] = None


class InspectionDelivery(Shape):
    """A delivery with what its inspection found."""

    transfer_id: str
    request_id: str
    transfer_state: Maybe[ATransferState] = None
    inspection_status: Maybe[AnInspectionStatus] = None
    errors: Maybe[list[InspectionError]] = None
    started_at: Maybe[datetime] = None


class InspectionDeliveryPage(Shape):
    """A page of deliveries, newest first."""

    inspection_deliveries: list[InspectionDelivery]
    total: Maybe[Whole] = None
    next_page_token: Maybe[str] = None


class Override(Incoming):
    """Codes to override; absent is every one that can be."""

    codes: Maybe[list[ACode]] = None
    comment: Maybe[str] = None
