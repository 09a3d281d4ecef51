"""One document of an IMF package, as it is written, with what of it cannot be understood."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from reelpack.facts import Facts, as_json
from reelpack.imf import core
from reelpack.imf.lists import AssetMap, OutputProfileList, PackingList, VolumeIndex
from reelpack.imf.playlists import CompositionPlaylist

if TYPE_CHECKING:
    from reelpack.rules import Severity

__all__ = ["Content", "Document", "Problem", "Unknown", "read"]

Content: TypeAlias = AssetMap | VolumeIndex | PackingList | CompositionPlaylist | OutputProfileList
"""What a document says, as far as it is known."""

_KINDS: dict[str, type[Content]] = {
    "asset map": AssetMap,
    "volume index": VolumeIndex,
    "packing list": PackingList,
    "composition playlist": CompositionPlaylist,
    "output profile list": OutputProfileList,
}


@dataclass(frozen=True, slots=True)
class Problem(Facts):
    """Something that the schema does not allow.

    Attributes:
        rule: Id of the rule.
        severity: ``error``, ``warning`` or ``info``.
        line: Number of the line, counted from 1.
        element: Path of the element.
        message: What is wrong.
    """

    rule: str
    severity: Severity
    line: int
    element: str
    message: str


@dataclass(frozen=True, slots=True)
class Unknown(Facts):
    """An element that is not known here, and is kept.

    Attributes:
        line: Where it begins, counted from 1.
        element: Its path.
        namespace: Its namespace.
        name: Its name.
    """

    line: int
    element: str
    namespace: str
    name: str


@dataclass(frozen=True, slots=True)
class Document:
    """One document: what it says, and what of it cannot be understood.

    Attributes:
        path: The file.
        kind: ``asset map``, ``volume index``, ``packing list``, ``composition playlist`` or
            ``output profile list``.
        namespace: That of the root.
        content: What it says; what is missing or no value of its kind is None.
        problems: What the schema does not allow, in the order of the document.
        unknown: Elements that are not known, topmost only.
    """

    path: str
    kind: str
    namespace: str
    content: Content
    problems: tuple[Problem, ...]
    unknown: tuple[Unknown, ...]

    def to_dict(self) -> dict[str, object]:
        """Return a JSON object."""
        return {
            "path": as_json(self.path),
            "kind": self.kind,
            "namespace": self.namespace,
            "content": self.content.to_dict(),
            "problems": as_json(self.problems),
            "unknown": as_json(self.unknown),
        }

    def to_xml(self) -> str:
        """Write the document again, as it is on disk now; nothing of it is lost.

        Comments and elements that are not known are there; how it was indented too.

        Raises:
            OSError: The file could not be read.
            ImfError: It is no document any more.
        """
        return core.rewrite(self.path)


def read(path: str | os.PathLike[str]) -> Document:
    """Read one document: asset map, volume index, packing list, playlist or output profile list.

    Args:
        path: The file.

    Returns:
        What it says. What the schema does not allow is in ``problems`` and does not raise.

    Raises:
        OSError: It could not be read.
        ImfError: It is not well-formed, or none of the five.
    """
    name = os.fspath(path)
    facts = json.loads(core.document(name))
    return Document(
        path=name,
        kind=facts["kind"],
        namespace=facts["namespace"],
        content=_KINDS[facts["kind"]].of(facts["content"]),
        problems=tuple(map(Problem.of, facts["problems"])),
        unknown=tuple(map(Unknown.of, facts["unknown"])),
    )
