"""What the boxes of a movie say: MP4 and MOV, without a look at its media data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from reelpack.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reelpack.facts import Kind

__all__ = ["Colour", "Movie", "Pace", "Track", "TrackKind", "loads"]

TrackKind = Literal["video", "audio", "timecode", "text", "other"]
"""What a track holds."""

Pace = Literal["constant", "rounded", "variable"]
"""How long frames last: all alike; but for one tick of the time scale, which cannot express the
rate; or not alike."""

_RATIOS = frozenset({"duration", "frame_rate", "sample_rate"})


@dataclass(frozen=True, slots=True)
class Colour(Facts):
    """How colours are meant, by the numbers of ISO/IEC 23091-2; 2 is not told.

    Attributes:
        primaries: Colour primaries: 1 is Rec. 709, 5 and 6 are Rec. 601, 9 is Rec. 2020.
        transfer: Transfer characteristics.
        matrix: Matrix coefficients.
        full_range: Whether all values of a sample are used; None where that is not told, as in MOV.
    """

    primaries: int
    transfer: int
    matrix: int
    full_range: bool | None


@dataclass(frozen=True, slots=True)
class Track(Facts):
    """A track. What is not told, or has no meaning for its kind, is None.

    Attributes:
        id: Its id, unique in the file.
        kind: What it holds.
        enabled: Whether it is to be played.
        codec_tag: Four characters for the codec of its first samples, such as ``avc1``.
        codec: Name of that codec, such as ``H.264``; None if the tag is not known here.
        language: A tag, or three letters of ISO 639-2.
        duration: Length of its media in seconds, before any edit list.
        samples: Frames of picture, packets or samples of sound.
        frame_rate: Frames a second; the mean where they do not last alike.
        pace: How long frames last.
        reordered: Whether frames are stored in another order than they are shown in (B-frames).
        key_frame_distance: The most frames from one key frame to the next, or to the end.
        width: Of the picture as it is stored, in pixels.
        height: The same.
        display_width: Of the picture as it is shown, in pixels.
        display_height: The same.
        edit_list: Whether there is an edit list that does anything; to take back the delay of
            reordered frames or of an encoder is enough.
        colour: How colours are meant.
        channels: Channels of sound.
        sample_rate: Samples of sound a second.
        bits: Bits of a sample; 16 is usual for compressed sound, whatever that has.
        timecode: The first time code, with ``;`` before the frames where numbers are dropped.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {"colour": Colour.of}

    id: int | None
    kind: TrackKind
    enabled: bool | None
    codec_tag: str | None
    codec: str | None
    language: str | None
    duration: Fraction | None
    samples: int | None
    frame_rate: Fraction | None
    pace: Pace | None
    reordered: bool | None
    key_frame_distance: int | None
    width: int | None
    height: int | None
    display_width: int | None
    display_height: int | None
    edit_list: bool
    colour: Colour | None
    channels: int | None
    sample_rate: Fraction | None
    bits: int | None
    timecode: str | None


@dataclass(frozen=True, slots=True)
class Movie(Facts):
    """An MP4 or MOV file, as its boxes describe it.

    Attributes:
        brands: What it says to be, the first one first, such as ``qt  `` or ``isom``; empty in old
            QuickTime files.
        size: Bytes of the file.
        fast_start: Whether the header (``moov``) lies before all media data, so that playing can
            begin before all of it is there; None if there is no media data.
        fragmented: Whether it is written in fragments (``moof``).
        compressed_header: Whether the header is compressed (``cmov``); no track is known then.
        duration: Its length in seconds, as the header says; None where it does not, and 0 in many
            that are fragmented.
        tracks: Its tracks, in the order of the file.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {"tracks": Track.of}

    brands: tuple[str, ...]
    size: int
    fast_start: bool | None
    fragmented: bool
    compressed_header: bool
    duration: Fraction | None
    tracks: tuple[Track, ...]


def loads(text: str) -> dict[str, Any]:
    """Read what the extension says of movies: JSON in which a ratio is a pair of numbers."""
    facts: dict[str, Any] = json.loads(text, object_hook=_exact)
    return facts


def _exact(facts: dict[str, Any]) -> dict[str, Any]:
    """Turn pairs into fractions; one over nothing is a time scale that says nothing."""
    ratios = {key: facts[key] for key in _RATIOS & facts.keys() if facts[key] is not None}
    return facts | {key: Fraction(*pair) if pair[1] else None for key, pair in ratios.items()}
