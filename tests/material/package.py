"""The XML of a small IMF package, as far as the sandbox reads it."""

from __future__ import annotations

ASSET_MAP = "<AssetMap><Id>urn:uuid:a</Id></AssetMap>"
PACKING_LIST = "<PackingList><Id>urn:uuid:b</Id></PackingList>"
PLAYLIST = "http://www.smpte-ra.org/schemas/2067-3/2016"
"""The namespace of SMPTE ST 2067-3:2016."""


def playlist(identity: str = "urn:uuid:c", **frames: int) -> str:
    """Write a composition playlist; `frames` are the lengths of tracks ``urn:uuid:<name>``."""
    sequences = "".join(
        f"<MainImageSequence><Id>urn:uuid:s-{name}</Id><TrackId>urn:uuid:{name}</TrackId>"
        f"<ResourceList><Resource><TrackFileId>urn:uuid:f</TrackFileId>"
        f"<SourceDuration>{length}</SourceDuration></Resource></ResourceList></MainImageSequence>"
        for name, length in frames.items()
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><CompositionPlaylist xmlns="{PLAYLIST}">'
        f"<Id>{identity}</Id><SegmentList><Segment><SequenceList>{sequences}</SequenceList>"
        "</Segment></SegmentList></CompositionPlaylist>"
    )
