"""What is in an IMF package: its documents, compositions and files."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from reelpack.facts import Facts, Kind
from reelpack.imf import core
from reelpack.imf.compositions import Composition
from reelpack.imf.tables import Tables, package_assets, tracks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Asset", "DocumentFacts", "Elsewhere", "NotHere", "OutputProfile", "Package", "Unread"]


@dataclass(frozen=True, slots=True)
class DocumentFacts(Facts):
    """A document of a package.

    Attributes:
        file: Relative to its folder.
        folder: 0 for the package, from 1 on the folders that were given besides.
        kind: ``asset map``, ``volume index``, ``packing list``, ``composition playlist`` or
            ``output profile list``.
        namespace: That of its root.
        id: Its id.
        annotation: Free text.
        issuer: Who issued it.
        creator: The program that made it.
        issue_date: When, as it is written.
        problems: How many things the schema does not allow; `verify` says which.
    """

    file: str
    folder: int
    kind: str
    namespace: str
    id: str | None
    annotation: str | None
    issuer: str | None
    creator: str | None
    issue_date: str | None
    problems: int


@dataclass(frozen=True, slots=True)
class OutputProfile(Facts):
    """An output profile list.

    Attributes:
        file: Relative to its folder.
        folder: As of `DocumentFacts`.
        id: Its id.
        annotation: Free text.
        composition_id: The composition that it is for.
        macros: Names of its macros.
    """

    file: str
    folder: int
    id: str | None
    annotation: str | None
    composition_id: str | None
    macros: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asset(Facts):
    """A file that asset map or packing list name.

    Attributes:
        id: Its id.
        file: Relative to its folder; None where the asset map does not say.
        folder: As of `DocumentFacts`; None where no file is known.
        kind: ``packing list``, ``composition playlist``, ``output profile list``, ``track file``
            or ``other``.
        mime_type: Its MIME type, as the packing list has it.
        size: Bytes, as the packing list has it.
        original_file_name: The name it had.
    """

    id: str | None
    file: str | None
    folder: int | None
    kind: str
    mime_type: str | None
    size: int | None
    original_file_name: str | None


@dataclass(frozen=True, slots=True)
class Elsewhere(Facts):
    """Something that a composition plays and another folder has.

    Attributes:
        id: Id of the asset.
        folder: Which of the folders that were given besides, from 1 on.
        file: Relative to that folder.
    """

    id: str
    folder: int
    file: str


@dataclass(frozen=True, slots=True)
class NotHere(Facts):
    """Something that a composition plays and none of the folders has.

    Attributes:
        id: Id of the asset.
        composition_id: The composition.
    """

    id: str
    composition_id: str | None


@dataclass(frozen=True, slots=True)
class Unread(Facts):
    """A document that could not be read.

    Attributes:
        file: Relative to its folder.
        folder: As of `DocumentFacts`.
        reason: Why.
    """

    file: str
    folder: int
    reason: str


@dataclass(frozen=True, slots=True, repr=False)
class Package(Facts):
    """What is in a package, as its documents say. Nothing of it is checked: `verify` does that.

    Attributes:
        path: What was opened.
        folders: The folder of the package, then those that were given besides.
        documents: The documents, in the order in which they were met.
        compositions: What is played, one for each composition playlist.
        output_profiles: The output profile lists.
        assets: The files that are listed, in the order of the asset map.
        supplemental: Whether a composition plays something that the package does not have.
        elsewhere: What of that the other folders have.
        not_here: What of that nobody has.
        unreadable: Documents that could not be read.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {
        "documents": DocumentFacts.of,
        "compositions": Composition.of,
        "output_profiles": OutputProfile.of,
        "assets": Asset.of,
        "elsewhere": Elsewhere.of,
        "not_here": NotHere.of,
        "unreadable": Unread.of,
    }

    path: str
    folders: tuple[str, ...]
    documents: tuple[DocumentFacts, ...]
    compositions: tuple[Composition, ...]
    output_profiles: tuple[OutputProfile, ...]
    assets: tuple[Asset, ...]
    supplemental: bool
    elsewhere: tuple[Elsewhere, ...]
    not_here: tuple[NotHere, ...]
    unreadable: tuple[Unread, ...]

    def __repr__(self) -> str:
        """Give the counts; 10,000 resources would help nobody."""
        return (
            f"Package(path={self.path!r}, documents={len(self.documents)}, "
            f"compositions={len(self.compositions)}, assets={len(self.assets)}, "
            f"supplemental={self.supplemental}, not_here={len(self.not_here)})"
        )

    def to_arrow(self) -> Tables:
        """Return assets and tracks as tables, for every library that takes Arrow."""
        return Tables(package_assets(self.assets), tracks(self.compositions))


def open(  # noqa: A001  (read as `imf.open`)
    path: str | os.PathLike[str],
    *,
    having: Iterable[str | os.PathLike[str]] | os.PathLike[str] = (),
) -> Package:
    """Look into a package: what its documents say, as it is played.

    Reads the documents and no track file. What does not hold with the schema is counted, not
    raised.

    Args:
        path: The folder of the package; or its asset map, or one composition playlist.
        having: Further packages that a supplemental one refers to, or a single one.

    Returns:
        The package.

    Raises:
        OSError: A folder or the asset map could not be read.
        ImfError: There is no asset map, or it is none.

    Example:
        >>> import reelpack.imf
        >>> reelpack.imf.open("no-such-folder")
        Traceback (most recent call last):
            ...
        FileNotFoundError: [Errno 2] No such file or directory: 'no-such-folder'
    """
    shown = core.show(os.fspath(path), having=folders(having))
    return Package.of(json.loads(shown))


def folders(having: Iterable[str | os.PathLike[str]] | os.PathLike[str]) -> list[str]:
    """Return paths as text; a single one too, which would else come letter by letter."""
    if isinstance(having, str | os.PathLike):
        return [os.fspath(having)]
    return [os.fspath(each) for each in having]
