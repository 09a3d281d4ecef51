"""Compositions as they are played: virtual tracks over all segments, in edit units and time code.

Edit units are those of the composition, counted from its start, unless a field says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from reelpack.facts import Facts, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Composition",
    "ContentVersion",
    "Locale",
    "Marker",
    "Resource",
    "Segment",
    "StartTimecode",
    "VirtualTrack",
]


@dataclass(frozen=True, slots=True)
class ContentVersion(Facts):
    """A version of the content.

    Attributes:
        id: Its id, any URI.
        label: Its name.
    """

    id: str
    label: str | None


@dataclass(frozen=True, slots=True)
class Locale(Facts):
    """For whom a composition is meant.

    Attributes:
        annotation: Free text.
        languages: Language tags of RFC 5646, as they are written.
        regions: Regions.
    """

    annotation: str | None
    languages: tuple[str, ...]
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StartTimecode(Facts):
    """Where the time code of a composition begins.

    Attributes:
        start: The first, as it is written.
        rate: Frames that are counted in a second.
        drop_frame: Whether frames are dropped.
    """

    start: str | None
    rate: int | None
    drop_frame: bool | None


@dataclass(frozen=True, slots=True)
class Segment(Facts):
    """A part of a composition, in which all tracks are equally long.

    Attributes:
        id: Its id.
        annotation: Free text.
        start: Edit units before it.
        duration: Edit units of it.
        timecode: The duration as time code.
        line: Where it stands in its document.
    """

    id: str | None
    annotation: str | None
    start: int | None
    duration: int | None
    timecode: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Marker(Facts):
    """A mark in time.

    Attributes:
        label: What begins or ends there, such as ``FFOC``.
        scope: Whose label that is; None for the standard's own.
        offset: Edit units before it.
        timecode: The same as time code.
        annotation: Free text.
        line: Where it stands in its document.
    """

    label: str
    scope: str | None
    offset: int | None
    timecode: str | None
    annotation: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Resource(Facts):
    """A stretch of a virtual track: some of a track file.

    Attributes:
        id: Its id.
        segment: The segment that it is in, counted from 0.
        start: Edit units before it.
        duration: Edit units of all its repeats.
        timecode: The start as time code.
        duration_timecode: The duration as time code.
        edit_rate: Its own edit rate, else that of the composition.
        entry_point: What is left out of the track file before it, in units of its own rate.
        source_duration: What is played each time, in the same units.
        intrinsic_duration: All that there is, in the same units.
        repeat_count: How often it is played.
        track_file_id: Id of the track file; None of markers.
        source_encoding: Id of the description of its essence.
        file: The track file, relative to its folder; None where it is not here.
        folder: 0 for the package, from 1 on the folders that were given besides.
        line: Where it stands in its document.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {"edit_rate": Fraction}

    id: str | None
    segment: int
    start: int | None
    duration: int | None
    timecode: str | None
    duration_timecode: str | None
    edit_rate: Fraction | None
    entry_point: int
    source_duration: int | None
    intrinsic_duration: int | None
    repeat_count: int
    track_file_id: str | None
    source_encoding: str | None
    file: str | None
    folder: int | None
    line: int


@dataclass(frozen=True, slots=True)
class VirtualTrack(Facts):
    """What is played side by side with others, through all segments.

    Attributes:
        id: Its id.
        kind: Name of its element, such as ``MainImageSequence``.
        namespace: Namespace of its element.
        languages: Language tags, as the descriptors of its track files have them.
        codec: How it is coded, for people, as far as the descriptors say.
        channels: Channels of sound.
        duration: Edit units of all of it.
        edit_rate: Edit rate of its first resource.
        resources: What is played one after the other.
        markers: Marks in time, where it is a track of markers.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {
        "edit_rate": Fraction,
        "resources": Resource.of,
        "markers": Marker.of,
    }

    id: str | None
    kind: str
    namespace: str
    languages: tuple[str, ...]
    codec: str | None
    channels: int | None
    duration: int | None
    edit_rate: Fraction | None
    resources: tuple[Resource, ...]
    markers: tuple[Marker, ...]

    @property
    def is_sound(self) -> bool:
        """Whether it is the main sound of the composition."""
        return self.kind == "MainAudioSequence"

    @property
    def is_essence(self) -> bool:
        """Whether anything is played in it: markers are not."""
        return self.kind != "MarkerSequence"


@dataclass(frozen=True, slots=True, repr=False)
class Composition(Facts):
    """A composition playlist, read as what is played when.

    Attributes:
        file: Its document, relative to its folder.
        folder: 0 for the package, from 1 on the folders that were given besides.
        id: Its id.
        title: Its title; empty if it has none.
        annotation: Free text.
        kind: Kind of content, such as ``feature``.
        issuer: Who issued it.
        creator: The program that made it.
        issue_date: When, as it is written.
        content_originator: Whose content it is.
        content_versions: Its versions.
        edit_rate: Edit units in a second.
        duration: Edit units of all segments.
        timecode: The duration as time code.
        total_running_time: The same, as the document has it.
        composition_timecode: Where its time code begins; None if it does not say.
        applications: URIs of the applications that it says to follow.
        locales: For whom it is meant.
        is_signed: Whether it has a signature; none is ever checked.
        segments: Its parts, one after the other.
        tracks: Its virtual tracks, in the order in which they first come up.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {
        "edit_rate": Fraction,
        "content_versions": ContentVersion.of,
        "composition_timecode": StartTimecode.of,
        "locales": Locale.of,
        "segments": Segment.of,
        "tracks": VirtualTrack.of,
    }

    file: str
    folder: int
    id: str | None
    title: str
    annotation: str | None
    kind: str | None
    issuer: str | None
    creator: str | None
    issue_date: str | None
    content_originator: str | None
    content_versions: tuple[ContentVersion, ...]
    edit_rate: Fraction | None
    duration: int | None
    timecode: str | None
    total_running_time: str | None
    composition_timecode: StartTimecode | None
    applications: tuple[str, ...]
    locales: tuple[Locale, ...]
    is_signed: bool
    segments: tuple[Segment, ...]
    tracks: tuple[VirtualTrack, ...]

    def __repr__(self) -> str:
        """Give what tells it from others; its resources may be thousands."""
        return (
            f"Composition(title={self.title!r}, id={self.id!r}, timecode={self.timecode!r}, "
            f"segments={len(self.segments)}, tracks={len(self.tracks)})"
        )

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages that its locales name, each once, in order."""
        return tuple(dict.fromkeys(tag for each in self.locales for tag in each.languages))
