"""The composition playlist, as it is written; `Composition` is the same as it is played.

What is missing or no value of its kind is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from reelpack.facts import Facts, Kind
from reelpack.imf.compositions import ContentVersion
from reelpack.imf.lists import Element

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "CompositionPlaylist",
    "CompositionTimecode",
    "EssenceDescriptor",
    "PlayedMarker",
    "PlayedResource",
    "PlayedSegment",
    "Sequence",
    "Source",
    "Target",
]


@dataclass(frozen=True, slots=True)
class EssenceDescriptor(Element):
    """What a track file is said to hold.

    Attributes:
        line: Where its element begins, counted from 1.
        element: Path of its element.
        id: Its id, which resources name as their source encoding.
        descriptor: Name of the descriptor, such as ``RGBADescriptor``.
    """

    line: int
    element: str
    id: str | None
    descriptor: str | None


@dataclass(frozen=True, slots=True)
class CompositionTimecode(Element):
    """Time code of a composition.

    Attributes:
        line: Where its element begins, counted from 1.
        element: Path of its element.
        drop_frame: Whether frames are dropped.
        rate: Frames that are counted in a second.
        start: The first, as it is written.
    """

    line: int
    element: str
    drop_frame: bool | None
    rate: int | None
    start: str | None


@dataclass(frozen=True, slots=True)
class Target(Element):
    """For whom a composition is meant: one locale.

    Attributes:
        line: Where its element begins, counted from 1.
        element: Path of its element.
        annotation: Free text.
        languages: Language tags of RFC 5646, as they are written.
        regions: Regions.
    """

    line: int
    element: str
    annotation: str | None
    languages: tuple[str, ...]
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlayedMarker(Element):
    """A mark in time.

    Attributes:
        line: Where its element begins, counted from 1.
        element: Path of its element.
        label: What begins or ends there, such as ``FFOC``.
        scope: Whose label that is; None for the standard's own.
        offset: Edit units from the start of the resource.
        annotation: Free text.
    """

    line: int
    element: str
    label: str
    scope: str | None
    offset: int | None
    annotation: str | None


@dataclass(frozen=True, slots=True)
class Source(Facts):
    """What a resource plays.

    Attributes:
        kind: ``track file``, ``markers`` or ``other``.
        file: Id of the track file.
        encoding: Id of the description of its essence.
        hash: Digest of the track file, as it is written.
        markers: Marks in time.
        type: The ``xsi:type`` of a kind that is not known, as it is written.
    """

    kind: str
    file: str | None = None
    encoding: str | None = None
    hash: str | None = None
    markers: tuple[PlayedMarker, ...] = ()
    type: str | None = None

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> Source:
        """Make one of a JSON object, which has only the keys of its kind."""
        known = dict(facts)
        markers = tuple(map(PlayedMarker.of, known.pop("markers", ())))
        return cls(**known, markers=markers)


@dataclass(frozen=True, slots=True)
class PlayedResource(Element):
    """Some of a track file, or a list of markers. Edit units are those of its own rate.

    Attributes:
        line: Where its element begins, counted from 1.
        element: Path of its element.
        id: Its id.
        annotation: Free text.
        edit_rate: Edit units in a second; None if it is that of the composition.
        intrinsic_duration: Edit units of all that there is.
        entry_point: Edit units that are left out before.
        source_duration: Edit units that are played; None if all behind the entry point are.
        repeat_count: How often; None if once.
        source: What is played.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {"edit_rate": Fraction, "source": Source.of}

    line: int
    element: str
    id: str | None
    annotation: str | None
    edit_rate: Fraction | None
    intrinsic_duration: int | None
    entry_point: int | None
    source_duration: int | None
    repeat_count: int | None
    source: Source


@dataclass(frozen=True, slots=True)
class Sequence(Element):
    """The part of a virtual track that lies in one segment.

    Attributes:
        line: Where its element begins, counted from 1.
        element: Path of its element.
        id: Its id.
        track_id: Id of the virtual track.
        kind: Name of its element, such as ``MainImageSequence``.
        namespace: Namespace of its element.
        resources: What is played one after the other.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {"resources": PlayedResource.of}

    line: int
    element: str
    id: str | None
    track_id: str | None
    kind: str
    namespace: str
    resources: tuple[PlayedResource, ...]


@dataclass(frozen=True, slots=True)
class PlayedSegment(Element):
    """A part of a composition, in which all tracks are equally long.

    Attributes:
        line: Where its element begins, counted from 1.
        element: Path of its element.
        id: Its id.
        annotation: Free text.
        sequences: What is played side by side.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {"sequences": Sequence.of}

    line: int
    element: str
    id: str | None
    annotation: str | None
    sequences: tuple[Sequence, ...]


@dataclass(frozen=True, slots=True)
class CompositionPlaylist(Element):
    """What is played when, as the document has it.

    Attributes:
        line: Where its element begins, counted from 1.
        element: Path of its element.
        id: Its id.
        annotation: Free text.
        issue_date: When it was issued, as it is written.
        issuer: Who issued it.
        creator: The program that made it.
        content_originator: Whose content it is.
        title: Title for people; empty if it is not there.
        content_kind: Kind of content, such as ``feature``.
        content_versions: Its versions.
        essence_descriptors: What the track files are said to hold.
        edit_rate: Edit units in a second.
        total_running_time: Length as ``HH:MM:SS``, as it is written.
        timecode: Where time code begins.
        locales: For whom it is meant.
        applications: URIs of the applications that it says to follow.
        segments: Parts that follow each other.
        is_signed: Whether it has a signature; none is ever checked.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {
        "content_versions": ContentVersion.of,
        "essence_descriptors": EssenceDescriptor.of,
        "edit_rate": Fraction,
        "timecode": CompositionTimecode.of,
        "locales": Target.of,
        "segments": PlayedSegment.of,
    }

    line: int
    element: str
    id: str | None
    annotation: str | None
    issue_date: str | None
    issuer: str | None
    creator: str | None
    content_originator: str | None
    title: str
    content_kind: str | None
    content_versions: tuple[ContentVersion, ...]
    essence_descriptors: tuple[EssenceDescriptor, ...]
    edit_rate: Fraction | None
    total_running_time: str | None
    timecode: CompositionTimecode | None
    locales: tuple[Target, ...]
    applications: tuple[str, ...]
    segments: tuple[PlayedSegment, ...]
    is_signed: bool
