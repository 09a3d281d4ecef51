"""Tables of tracks and findings, for every library that takes Arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reelpack.cuts import core
from reelpack.names import json_text
from reelpack.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from reelpack.cuts.movie_checks import CutFile, CutFinding
    from reelpack.cuts.movies import Track

__all__ = ["findings", "tracks"]

_TRACKS = {
    "path": "text",
    "track": "int",
    "id": "int",
    "kind": "text",
    "enabled": "bool",
    "codec_tag": "text",
    "codec": "text",
    "language": "text",
    "duration": "float",
    "samples": "int",
    "frame_rate": "float",
    "exact_frame_rate": "text",
    "pace": "text",
    "reordered": "bool",
    "key_frame_distance": "int",
    "width": "int",
    "height": "int",
    "display_width": "int",
    "display_height": "int",
    "edit_list": "bool",
    "primaries": "int",
    "transfer": "int",
    "matrix": "int",
    "full_range": "bool",
    "channels": "int",
    "sample_rate": "float",
    "bits": "int",
    "timecode": "text",
}

_FINDINGS = {
    "rule": "text",
    "severity": "text",
    "path": "text",
    "place": "text",
    "message": "text",
    "fix": "text",
    "source": "text",
    "sure": "text",
}

_COLOUR = ("primaries", "transfer", "matrix", "full_range")
_AS_FLOAT = ("duration", "frame_rate", "sample_rate")


def tracks(files: Iterable[CutFile]) -> Table:
    """Make the table of the tracks; what is no movie has none."""
    every = [
        _track(file.path, number, track)
        for file in files
        if file.movie
        for number, track in enumerate(file.movie.tracks, 1)
    ]
    return _table(_TRACKS, every)


def findings(found: Iterable[CutFinding]) -> Table:
    """Make the table of the findings."""
    rows = [{name: getattr(each, name) for name in _FINDINGS} for each in found]
    return _table(_FINDINGS, rows)


def _track(path: str, number: int, track: Track) -> dict[str, object]:
    """Describe one track."""
    own = {name: getattr(track, name, None) for name in _TRACKS}
    colour = {name: getattr(track.colour, name, None) for name in _COLOUR}
    rates = {name: _float(getattr(track, name)) for name in _AS_FLOAT}
    exact = None if track.frame_rate is None else str(track.frame_rate)
    return own | colour | rates | {"path": path, "track": number, "exact_frame_rate": exact}


def _float(value: Fraction | None) -> float | None:
    """Return the nearest number that a column can hold."""
    return None if value is None else float(value)


def _table(columns: Mapping[str, str], rows: list[dict[str, object]]) -> Table:
    """Make a table of rows."""
    return Table(
        core.table(
            [(name, kind, [_cell(row[name]) for row in rows]) for name, kind in columns.items()]
        )
    )


def _cell(value: object) -> object:
    """Return what Arrow can hold: text is UTF-8."""
    return json_text(value) if isinstance(value, str) else value
