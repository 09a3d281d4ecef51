"""A movie in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reelpack import cuts, wording
from reelpack.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from reelpack.cuts import Movie, Track

__all__ = ["described"]

TRACKS_SHOWN = 8
"""Tracks of one movie; who has more of them reads on with `--json`."""


def described(movie: Movie) -> str:
    """Write how long and how large it is, and what its tracks are."""
    return "; ".join(_parts(movie))


def _parts(movie: Movie) -> Iterator[str]:
    """Write the movie as a whole, then its tracks."""
    length = cuts.clock(round(movie.duration)) if movie.duration else "length unknown"
    kinds = {"fragmented": movie.fragmented, "compressed header": movie.compressed_header}
    yield ", ".join([length, wording.size(movie.size), *(kind for kind, so in kinds.items() if so)])
    for track in movie.tracks[:TRACKS_SHOWN]:
        yield printable(" ".join(filter(None, _track(track))))
    if len(movie.tracks) > TRACKS_SHOWN:
        yield f"{len(movie.tracks) - TRACKS_SHOWN:,} more tracks"


def _track(track: Track) -> Iterator[str]:
    """Write what a track is, in words; those that are empty say nothing."""
    yield track.kind
    yield track.timecode or ""
    yield _codec(track)
    if track.width:
        yield f"{track.width}x{track.height}"
    if track.frame_rate:
        yield f"at {_number(track.frame_rate)}" + (" (mean)" if track.pace == "variable" else "")
    if track.channels:
        yield wording.plural(track.channels, "channel")
    if track.sample_rate:
        yield f"{_number(track.sample_rate / 1000)} kHz"
    yield track.language or ""
    yield "(not enabled)" if track.enabled is False else ""


def _codec(track: Track) -> str:
    """Write the codec with its tag, where it says more than the kind."""
    if track.kind not in ("video", "audio") or track.codec_tag is None:
        return ""
    return f"{track.codec} ({track.codec_tag})" if track.codec else f"`{track.codec_tag}`"


def _number(value: Fraction) -> str:
    """Write a rate with at most three digits after the point."""
    return f"{float(value):.3f}".rstrip("0").rstrip(".")
