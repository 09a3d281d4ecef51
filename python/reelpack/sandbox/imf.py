"""What the sandbox reads of the XML of an IMF package: the id of the playlist and its tracks.

It is no check of the package: schemas, digests and essence are not looked at. The names of elements
are those of SMPTE ST 2067-3, whatever their namespace.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Composition", "read_package"]


@dataclass(frozen=True, slots=True)
class Composition:
    """What a package says.

    Attributes:
        playlist_id: Id of the composition playlist, such as ``urn:uuid:...``; empty if it has none.
        tracks: For each track id, a digest of what is played in it.
        fault: Why one of the texts cannot be read.
    """

    playlist_id: str = ""
    tracks: Mapping[str, str] = field(default_factory=dict)
    fault: str | None = None

    def fingerprint(self, track_id: str) -> str:
        """Return what is played in a track, as a digest; of an unknown track, empty."""
        return self.tracks.get(track_id, "")


class _NoDoctype(ET.TreeBuilder):
    """Builds a tree, and refuses a document type: no part of a package has one."""

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        """Refuse it: with a document type come entities, which can grow without end."""
        raise ValueError("a document type is not allowed")


def read_package(asset_map: str, packing_list: str, playlist: str) -> Composition:
    """Read the three XML texts of a package."""
    texts = {
        "assetMapXml": asset_map,
        "packingListXml": packing_list,
        "compositionPlaylistXml": playlist,
    }
    roots = {}
    for name, text in texts.items():
        try:
            roots[name] = _parse(text)
        except (ET.ParseError, ValueError) as error:
            return Composition(fault=f"{name}: not well-formed: {error}")
    root = roots["compositionPlaylistXml"]
    return Composition(_child_text(root, "Id"), _tracks(root))


def _parse(text: str) -> ET.Element:
    """Parse one text."""
    parser = ET.XMLParser(target=_NoDoctype())  # noqa: S314  (no document type, so no entities)
    parser.feed(text)
    root: ET.Element = parser.close()
    return root


def _tracks(playlist: ET.Element) -> dict[str, str]:
    """Digest what is played in each track, over all segments."""
    digests: dict[str, hashlib._Hash] = {}
    for element in playlist.iter():
        if _name(element) == "SequenceList":
            for sequence in element:
                track = _child_text(sequence, "TrackId")
                digest = digests.setdefault(track, hashlib.sha256())
                digest.update(repr(list(_played(sequence))).encode())
    return {track: digest.hexdigest() for track, digest in digests.items() if track}


def _played(sequence: ET.Element) -> Iterator[tuple[str, str]]:
    """Name each element of a sequence with its text; the id of the sequence itself is left out."""
    for child in sequence:
        if _name(child) == "ResourceList":
            for element in child.iter():
                yield _name(element), (element.text or "").strip()


def _child_text(element: ET.Element, name: str) -> str:
    """Return the text of the first child of that name; empty if there is none."""
    for child in element:
        if _name(child) == name:
            return (child.text or "").strip()
    return ""


def _name(element: ET.Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]
