"""Asset map, packing list and volume index for a folder of finished files."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Literal
from uuid import uuid4

from reelpack import __version__
from reelpack.facts import Facts, Kind
from reelpack.imf import core
from reelpack.imf.packages import NotHere
from reelpack.progress import as_native

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reelpack.progress import Progress

__all__ = ["CREATOR", "LeftOut", "Made", "MadeAsset", "make"]

CREATOR = f"reelpack {__version__}"
"""The program that packages say they were made by."""

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not have (its production 2)."""


@dataclass(frozen=True, slots=True)
class MadeAsset(Facts):
    """A file that was listed.

    Attributes:
        id: Its id: that of the document, or of the material in the track file.
        file: Relative to the folder.
        kind: As of `Asset`.
        mime_type: Its MIME type.
        size: Bytes.
        digest: SHA-1 in hex.
    """

    id: str
    file: str
    kind: str
    mime_type: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class LeftOut(Facts):
    """A file that was not listed.

    Attributes:
        path: Relative to the folder.
        reason: Why, in a few words.
    """

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Made(Facts):
    """What `make` wrote.

    Attributes:
        folder: The folder.
        asset_map: Name of the asset map.
        packing_list: Name of the packing list.
        volume_index: Name of the volume index.
        asset_map_id: Id of the asset map.
        packing_list_id: Id of the packing list.
        assets: What is listed, in order.
        left_out: Files that are not.
        not_here: What compositions play and the folder does not have, of a supplemental package.
        replaced: Files of the same purpose that were there before.
        files_read: Files read.
        bytes_read: Bytes read.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {
        "assets": MadeAsset.of,
        "left_out": LeftOut.of,
        "not_here": NotHere.of,
    }

    folder: str
    asset_map: str
    packing_list: str
    volume_index: str
    asset_map_id: str
    packing_list_id: str
    assets: tuple[MadeAsset, ...]
    left_out: tuple[LeftOut, ...]
    not_here: tuple[NotHere, ...]
    replaced: tuple[str, ...]
    files_read: int
    bytes_read: int


def make(  # noqa: PLR0913  (an option each, all by keyword)
    folder: str | os.PathLike[str],
    *,
    issuer: str,
    creator: str = CREATOR,
    annotation: str | None = None,
    issue_date: datetime | str | None = None,
    asset_map_id: str | None = None,
    packing_list_id: str | None = None,
    edition: Literal["2007", "2016"] = "2016",
    supplement: bool = False,
    replace: bool = False,
    jobs: int | None = None,
    readers: int | None = None,
    progress: Callable[[Progress], object] | None = None,
) -> Made:
    """Make a package of a folder of finished track files and composition playlists.

    Each file is read once. Asset map, packing list and volume index are written when all is known,
    the asset map last: until it is there the folder is no package. With both ids and the date given
    the same folder makes the same bytes.

    Args:
        folder: Where the files are, and where the three are written.
        issuer: Who issues the package.
        creator: The program that makes it.
        annotation: Free text; None for none.
        issue_date: When it is issued; None is now. A time without a zone is one of this machine.
        asset_map_id: Id of the asset map, with or without ``urn:uuid:``; None is a random one.
        packing_list_id: Id of the packing list, the same.
        edition: Of the packing list: of 2016, which says by which algorithm, or of 2007.
        supplement: Make a supplemental package: compositions may play what is not in the folder.
        replace: Write over asset map, packing list and volume index that are there.
        jobs: Threads that compute, 1 or more; None is one for each CPU core.
        readers: Files read at once, 1 or more; None lets the kind of disk decide.
        progress: Called with a `Progress` a few times a second on this thread.

    Returns:
        What was written.

    Raises:
        OSError: A file could not be read or written.
        ImfError: There is a package already, no composition playlist, a document or track file that
            cannot be understood, a track file that was cut off, an id twice, or one that is not
            there; or another run wrote lists meanwhile.
        SourceChangedError: A file changed while it was read.
        ValueError: A date or an id cannot be understood, ``issuer`` or ``creator`` is empty or no
            text that can be written, or ``jobs`` or ``readers`` is below 1.
    """
    made = core.make(
        os.fspath(folder),
        issuer=_said("issuer", issuer),
        creator=_said("creator", creator),
        annotation=None if annotation is None else _said("annotation", annotation),
        issue_date=_date(issue_date),
        asset_map_id=asset_map_id or str(uuid4()),
        packing_list_id=packing_list_id or str(uuid4()),
        edition=edition,
        supplement=supplement,
        replace=replace,
        jobs=jobs,
        readers=readers,
        progress=as_native(progress),
    )
    return Made.of(json.loads(made))


def _said(name: str, text: str) -> str:
    """Return a text that says something and can be written.

    Raises:
        ValueError: It is empty, or has bytes that are no text, or a character that XML cannot hold.
    """
    if not text.strip():
        raise ValueError(f"{name}: it is empty; hint: give a text")
    if any("\ud800" <= each <= "\udfff" for each in text):
        raise ValueError(f"{name}: {text!r} is no text in UTF-8")
    if odd := _NOT_IN_XML.search(text):
        raise ValueError(f"{name}: XML cannot hold U+{ord(odd[0]):04X}; hint: leave it out")
    return text


def _date(given: datetime | str | None) -> str:
    """Write a date and time with its zone, to the second.

    Raises:
        ValueError: A text is no date and time.
    """
    if given is None:
        moment = datetime.now().astimezone()
    elif isinstance(given, str):
        try:
            moment = datetime.fromisoformat(given)
        except ValueError as error:
            example = "2026-11-30T12:00:00Z"
            raise ValueError(
                f"issue_date: {given!r} is no date and time ({error}); hint: such as {example}"
            ) from None
    else:
        moment = given
    zoned = moment if moment.tzinfo else moment.astimezone()
    return zoned.isoformat(timespec="seconds")
