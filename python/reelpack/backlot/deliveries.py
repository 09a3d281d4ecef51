"""Deliveries: what is told to the studio, and the transfer that it answers with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from reelpack.backlot.transfers import FilePair, Transfer, TransferSpec
from reelpack.backlot.values import (
    AtmosChoice,
    AudioFormat,
    MixType,
    OutcomeStatus,
    TrackStatus,
    TransferState,
)
from reelpack.backlot.wire import Kind, Wired

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

__all__ = [
    "AssetInfo",
    "Delivery",
    "ImfComposition",
    "ImfDelivery",
    "ImfTrack",
    "ImfTrackOrder",
]


@dataclass(frozen=True, slots=True)
class AssetInfo(Wired):
    """What a delivery says beside its files, by source type.

    Attributes:
        mix_type: Mix of an audio print master.
        format: Channel format of an audio print master.
        dolby_atmos: The Dolby Atmos selection; the name of its field is assumed.
        extra: Other fields, sent as they are, by their names in JSON.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {
        "mix_type": MixType,
        "format": AudioFormat,
        "dolby_atmos": AtmosChoice,
    }

    mix_type: MixType | str | None = None
    format: AudioFormat | str | None = None
    dolby_atmos: AtmosChoice | str | None = None
    extra: dict[str, object] = field(default_factory=dict, hash=False, repr=False)


@dataclass(frozen=True, slots=True)
class Delivery(Transfer):
    """A delivery that was started, with the transfer to make.

    Attributes:
        transfer_id: Its number, by which its inspection is found and overridden.
        request_id: The request that it is for.
        files: What goes where, in the order of the answer.
        transfer_state: Where it stands.
        transfer_spec: How ascp reaches the studio.
        extra: Fields that are not known.
        kept_since: When the delivery was started, if it was by an earlier call: then nothing was
            sent, and this is the answer of that call without its secrets. Else None.
        sizes: Size in bytes that was announced of each file, by ``source_path``.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {
        "files": [FilePair],
        "transfer_state": TransferState,
        "transfer_spec": TransferSpec,
    }
    OWN: ClassVar[frozenset[str]] = frozenset({"kept_since", "sizes"})

    transfer_id: str
    request_id: str
    files: tuple[FilePair, ...]
    transfer_state: TransferState | str | None = None
    transfer_spec: TransferSpec | None = None
    extra: dict[str, object] = field(default_factory=dict, hash=False, repr=False)
    kept_since: datetime | None = None
    sizes: dict[str, int] = field(default_factory=dict, hash=False, repr=False)


@dataclass(frozen=True, slots=True)
class ImfTrackOrder(Wired):
    """Which track of an IMF package is for which request.

    Attributes:
        track_id: Id of the track in the composition.
        request_id: The request.
        language_code: Language of the track; has to be that of the request.
        audio_channels: Channels of the track; how they are written is not known.
        extra: Other fields, sent as they are, by their names in JSON.
    """

    NAMES: ClassVar[Mapping[str, str]] = {"track_id": "trackID", "request_id": "requestID"}

    track_id: str
    request_id: str
    language_code: str | None = None
    audio_channels: str | None = None
    extra: dict[str, object] = field(default_factory=dict, hash=False, repr=False)


@dataclass(frozen=True, slots=True)
class ImfTrack(Wired):
    """What an IMF delivery makes of a track.

    Attributes:
        track_id: Id of the track.
        request_id: The request that it is for.
        track_status: Whether it is new.
        message: Why it was refused.
        extra: Fields that are not known.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {"track_status": TrackStatus}
    NAMES: ClassVar[Mapping[str, str]] = {"track_id": "trackID", "request_id": "requestID"}

    track_id: str
    request_id: str
    track_status: TrackStatus | str
    message: str | None = None
    extra: dict[str, object] = field(default_factory=dict, hash=False, repr=False)


@dataclass(frozen=True, slots=True)
class ImfComposition(Wired):
    """What an IMF delivery makes of a composition.

    Attributes:
        composition_play_list_id: Id of the composition playlist.
        status: Whether it was taken.
        message: Why not.
        tracks: Its tracks; None where the answer does not say.
        extra: Fields that are not known.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {"status": OutcomeStatus, "tracks": [ImfTrack]}

    composition_play_list_id: str
    status: OutcomeStatus | str
    message: str | None = None
    tracks: tuple[ImfTrack, ...] | None = None
    extra: dict[str, object] = field(default_factory=dict, hash=False, repr=False)


@dataclass(frozen=True, slots=True)
class ImfDelivery(Transfer):
    """An IMF delivery that was started, or refused in part.

    Attributes:
        compositions: What became of each composition and its tracks.
        transfer_id: Its number; None where a composition was refused.
        transfer_state: Where it stands.
        transfer_spec: How ascp reaches the studio.
        files: What goes where, in the order of the answer; None where nothing is to be sent.
        extra: Fields that are not known.
        kept_since: As of `Delivery`.
        sizes: As of `Delivery`.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {
        "compositions": [ImfComposition],
        "transfer_state": TransferState,
        "transfer_spec": TransferSpec,
        "files": [FilePair],
    }
    OWN: ClassVar[frozenset[str]] = frozenset({"kept_since", "sizes"})

    compositions: tuple[ImfComposition, ...]
    transfer_id: str | None = None
    transfer_state: TransferState | str | None = None
    transfer_spec: TransferSpec | None = None
    files: tuple[FilePair, ...] | None = None
    extra: dict[str, object] = field(default_factory=dict, hash=False, repr=False)
    kept_since: datetime | None = None
    sizes: dict[str, int] = field(default_factory=dict, hash=False, repr=False)
