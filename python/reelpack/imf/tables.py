"""Tables of assets, tracks and findings, for every library that takes Arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from reelpack.facts import as_json
from reelpack.imf import core
from reelpack.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reelpack.imf.compositions import Composition, Resource, VirtualTrack
    from reelpack.imf.packages import Asset
    from reelpack.imf.reports import Finding

__all__ = ["Tables", "checked_assets", "findings", "package_assets", "tracks"]

_ASSETS = {
    "id": "text",
    "file": "text",
    "folder": "int",
    "kind": "text",
    "mime_type": "text",
    "size": "int",
}

_PACKAGE_ASSETS = _ASSETS | {"original_file_name": "text"}

_CHECKED_ASSETS = _ASSETS | {
    "found_size": "int",
    "algorithm": "text",
    "listed_digest": "text",
    "found_digest": "text",
    "state": "text",
}

_TRACKS = {
    "composition_id": "text",
    "title": "text",
    "track_id": "text",
    "kind": "text",
    "languages": "text",
    "codec": "text",
    "channels": "int",
    "segment": "int",
    "id": "text",
    "start": "int",
    "duration": "int",
    "timecode": "text",
    "edit_rate": "text",
    "entry_point": "int",
    "source_duration": "int",
    "intrinsic_duration": "int",
    "repeat_count": "int",
    "track_file_id": "text",
    "file": "text",
    "folder": "int",
    "line": "int",
}

_FINDINGS = {
    "rule": "text",
    "severity": "text",
    "origin": "text",
    "file": "text",
    "folder": "int",
    "line": "int",
    "element": "text",
    "asset": "text",
    "message": "text",
    "fix": "text",
    "clause": "text",
    "source": "text",
}


class Tables(NamedTuple):
    """What is in a package, as tables.

    Attributes:
        assets: A row for each file that is listed.
        tracks: A row for each resource of each virtual track; ``id`` is that of the resource.
    """

    assets: Table
    tracks: Table


def package_assets(assets: Iterable[Asset]) -> Table:
    """Make the table of the assets of a package that was opened."""
    return _table(_PACKAGE_ASSETS, [asset.to_dict() for asset in assets])


def checked_assets(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Make the table of the assets that were checked."""
    return _table(_CHECKED_ASSETS, list(rows))


def tracks(compositions: Iterable[Composition]) -> Table:
    """Make the table of the resources."""
    every = (
        (composition, track, resource)
        for composition in compositions
        for track in composition.tracks
        for resource in track.resources
    )
    return _table(_TRACKS, [_track_row(*each) for each in every])


def findings(found: Iterable[Finding]) -> Table:
    """Make the table of the findings."""
    return _table(_FINDINGS, [finding.to_dict() for finding in found])


def _track_row(
    composition: Composition, track: VirtualTrack, resource: Resource
) -> dict[str, object]:
    """Describe one resource."""
    about = {
        "composition_id": composition.id,
        "title": composition.title,
        "track_id": track.id,
        "kind": track.kind,
        "languages": " ".join(track.languages),
        "codec": track.codec,
        "channels": track.channels,
    }
    # Not `to_dict`, which would make 16 more values than are wanted for each of 10,000 rows.
    own = {name: getattr(resource, name) for name in _TRACKS if name not in about}
    return about | own | {"edit_rate": as_json(resource.edit_rate)}


def _table(
    columns: Mapping[str, str], rows: list[Mapping[str, Any]] | list[dict[str, object]]
) -> Table:
    """Make a table of objects; keys that are no column are left out."""
    return Table(
        core.table([(name, kind, [row[name] for row in rows]) for name, kind in columns.items()])
    )
