"""Asset map, volume index, packing list and output profile list, as they are written.

What is missing or no value of its kind is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from reelpack.facts import Facts, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "AssetMap",
    "Chunk",
    "Element",
    "MappedAsset",
    "OutputProfileList",
    "PackedAsset",
    "PackingList",
    "VolumeIndex",
]


class Element(Facts):
    """Base of what was read from an element; each has its place first."""

    __slots__ = ()

    if TYPE_CHECKING:
        line: int
        element: str


@dataclass(frozen=True, slots=True)
class Chunk(Element):
    """A part of a file.

    Attributes:
        line: Where its element begins, counted from 1.
        element: Path of its element.
        path: Relative to the asset map, as it is written; empty if it is not there.
        volume_index: The volume, from 1.
        offset: Bytes before it in the asset.
        length: Bytes of it.
    """

    line: int
    element: str
    path: str
    volume_index: int | None
    offset: int | None
    length: int | None


@dataclass(frozen=True, slots=True)
class MappedAsset(Element):
    """A file of the asset map.

    Attributes:
        line: Where its element begins, counted from 1.
        element: Path of its element.
        id: Its id.
        annotation: Free text.
        is_packing_list: Whether it says that it is a packing list.
        chunks: Where its parts are.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {"chunks": Chunk.of}

    line: int
    element: str
    id: str | None
    annotation: str | None
    is_packing_list: bool
    chunks: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class AssetMap(Element):
    """Which files there are, and where.

    Attributes:
        line: Where its element begins, counted from 1.
        element: Path of its element.
        id: Its id.
        annotation: Free text.
        creator: The program that made it.
        issuer: Who issued it.
        issue_date: When, as it is written.
        volume_count: Volumes that the package is spread over.
        assets: The files.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {"assets": MappedAsset.of}

    line: int
    element: str
    id: str | None
    annotation: str | None
    creator: str | None
    issuer: str | None
    issue_date: str | None
    volume_count: int | None
    assets: tuple[MappedAsset, ...]


@dataclass(frozen=True, slots=True)
class VolumeIndex(Element):
    """Which volume a folder is.

    Attributes:
        line: Where its element begins, counted from 1.
        element: Path of its element.
        index: Counted from 1.
    """

    line: int
    element: str
    index: int | None


@dataclass(frozen=True, slots=True)
class PackedAsset(Element):
    """A file of the packing list.

    Attributes:
        line: Where its element begins, counted from 1.
        element: Path of its element.
        id: Its id.
        annotation: Free text.
        digest: The digest in hex, if it is one that is computed here.
        hash: The digest as it is written, in base 64; empty if it is not there.
        hash_algorithm: URI of the algorithm; None if the document does not say.
        algorithm: The algorithm, if it is one that is computed here.
        size: Bytes.
        mime_type: Its MIME type; empty if it is not there.
        original_file_name: The name it had.
    """

    line: int
    element: str
    id: str | None
    annotation: str | None
    digest: str | None
    hash: str
    hash_algorithm: str | None
    algorithm: str | None
    size: int | None
    mime_type: str
    original_file_name: str | None


@dataclass(frozen=True, slots=True)
class PackingList(Element):
    """Sizes and digests of what is delivered together.

    Attributes:
        line: Where its element begins, counted from 1.
        element: Path of its element.
        id: Its id.
        annotation: Free text.
        icon_id: Id of an icon.
        group_id: Id that lists of one group share.
        issuer: Who issued it.
        creator: The program that made it.
        issue_date: When, as it is written.
        assets: What is delivered.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {"assets": PackedAsset.of}

    line: int
    element: str
    id: str | None
    annotation: str | None
    icon_id: str | None
    group_id: str | None
    issuer: str | None
    creator: str | None
    issue_date: str | None
    assets: tuple[PackedAsset, ...]


@dataclass(frozen=True, slots=True)
class OutputProfileList(Element):
    """How to make something of a composition. What its macros mean is not read.

    Attributes:
        line: Where its element begins, counted from 1.
        element: Path of its element.
        id: Its id.
        annotation: Free text.
        issue_date: When it was issued, as it is written.
        issuer: Who issued it.
        creator: The program that made it.
        composition_id: The composition that it is for.
        macros: Names of the macros.
    """

    line: int
    element: str
    id: str | None
    annotation: str | None
    issue_date: str | None
    issuer: str | None
    creator: str | None
    composition_id: str | None
    macros: tuple[str, ...]
