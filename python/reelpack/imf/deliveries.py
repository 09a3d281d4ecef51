"""The body of an IMF delivery: three texts, the files, and which track is for which request.

The language of the package has to equal that of the request exactly, and ``*`` is the original
language of the title (the studio's page on IMF deliveries). Where in a package that language
stands the page does not say: what is taken for it here is said in `ImfBody.assumed`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from reelpack.backlot.deliveries import ImfTrackOrder
from reelpack.errors import ImfError
from reelpack.imf.packages import Package
from reelpack.imf.packages import open as open_package

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reelpack.backlot.sources import SourceRequest
    from reelpack.imf.compositions import Composition, VirtualTrack

__all__ = ["ImfBody", "ImfOrder", "delivery"]

ORIGINAL = "*"
"""Language of a request that asks for the original language of its title."""

_URN = "urn:uuid:"


class ImfOrder(TypedDict):
    """The arguments of `Backlot.deliver_imf`."""

    files: tuple[str, ...]
    asset_map_xml: str
    packing_list_xml: str
    composition_playlist_xml: str
    tracks: tuple[ImfTrackOrder, ...]


@dataclass(frozen=True, slots=True)
class ImfBody:
    """What `Backlot.deliver_imf` takes: ``backlot.deliver_imf(**body.order())``.

    Attributes:
        composition: The composition that is delivered.
        asset_map_xml: Text of the asset map.
        packing_list_xml: Text of the packing list.
        composition_playlist_xml: Text of the composition playlist.
        files: All files of the package, its XML documents too, in the order of the asset map.
        tracks: Which virtual track is for which request; markers are none.
        language: Language of the delivery, the same as that of the request.
        assumed: What nobody has seen in writing, a sentence each.
    """

    composition: Composition
    asset_map_xml: str = field(repr=False)
    packing_list_xml: str = field(repr=False)
    composition_playlist_xml: str = field(repr=False)
    files: tuple[str, ...]
    tracks: tuple[ImfTrackOrder, ...]
    language: str
    assumed: tuple[str, ...]

    def order(self) -> ImfOrder:
        """Return the arguments of `Backlot.deliver_imf`."""
        return {
            "files": self.files,
            "asset_map_xml": self.asset_map_xml,
            "packing_list_xml": self.packing_list_xml,
            "composition_playlist_xml": self.composition_playlist_xml,
            "tracks": self.tracks,
        }


def delivery(  # noqa: PLR0913  (what there is to choose, all by keyword)
    package: Package | str | os.PathLike[str],
    request: SourceRequest | str,
    *,
    request_language: str | None = None,
    original_language: str | None = None,
    composition: str | None = None,
    language: str | None = None,
) -> ImfBody:
    """Make the body of the delivery of a package. Nothing is sent, and nothing is verified.

    Args:
        package: The package, or its folder.
        request: The request that it goes to; or its number, then with ``request_language``.
        request_language: Language of the request, as the portal has it.
        original_language: Original language of the title, for a request whose language is ``*``;
            None takes it from the request.
        composition: Id of the composition, where the package has several.
        language: Language of the delivery, where the package names none or several. It has to be
            that of the request all the same.

    Returns:
        The body.

    Raises:
        OSError: A document could not be read.
        ImfError: The language is not that of the request, or one of the two is not known; the
            package has no composition or no packing list, several of them, or a file without a
            name.
    """
    found = package if isinstance(package, Package) else open_package(package)
    chosen = _composition(found, composition)
    where = os.path.join(found.folders[0], chosen.file)  # noqa: PTH118  (paths stay as given)
    if isinstance(request, str):
        number, asked, original = request, request_language, original_language
    else:
        number, asked = request.request_id, request_language or request.language
        original = original_language or request.original_language
    wanted = _wanted(where, number, asked, original)
    said, source = _language(chosen, where, language)
    _agree(chosen, where, said, wanted)
    return ImfBody(
        composition=chosen,
        asset_map_xml=_text(found, _one(found, "asset map")),
        packing_list_xml=_text(found, _one(found, "packing list")),
        composition_playlist_xml=_text(found, chosen.file),
        files=tuple(_files(found)),
        tracks=tuple(_order(track, number, wanted) for track in chosen.tracks if track.is_essence),
        language=wanted,
        assumed=(
            f"the language of the package is that of {source}",
            "each virtual track but the markers is a track of the delivery, named by its TrackId",
            "the XML documents are files of the delivery, like the track files",
            "audioChannels is the count of channels, as text",
        ),
    )


def _composition(package: Package, wanted: str | None) -> Composition:
    """Choose the composition.

    Raises:
        ImfError: There is none, several and none was named, or none of that id.
    """
    every = [each for each in package.compositions if each.folder == 0]
    if wanted is not None:
        bare = wanted.lower().removeprefix(_URN)
        for each in every:
            if each.id == bare:
                return each
        raise ImfError(f"{package.path}: no composition of the id {wanted}", package.path)
    if len(every) == 1:
        return every[0]
    named = ", ".join(each.id or each.file for each in every)
    several = f"several compositions: {named}; hint: give one as `composition` (`--composition`)"
    raise ImfError(f"{package.path}: {several if every else 'no composition'}", package.path)


def _one(package: Package, kind: str) -> str:
    """Name the one document of a kind.

    Raises:
        ImfError: There is none, or several.
    """
    files = [each.file for each in package.documents if each.folder == 0 and each.kind == kind]
    if len(files) == 1:
        return files[0]
    what = f"several of the kind {kind}: {', '.join(files)}" if files else f"no {kind}"
    raise ImfError(f"{package.path}: {what}; one is delivered", package.path)


def _text(package: Package, file: str) -> str:
    """Read a document as it is sent: its bytes are UTF-8, which reading the package has checked."""
    return Path(package.folders[0], file).read_bytes().decode()


def _files(package: Package) -> Iterator[str]:
    """Yield the paths of all files, each once: documents that no list names come first.

    Raises:
        ImfError: The asset map names no file for an asset.
    """
    documents = [each.file for each in package.documents if each.folder == 0]
    seen: dict[str, None] = {}
    for asset in package.assets:
        if asset.file is None:
            raise ImfError(f"{package.path}: no file for the asset {asset.id}", package.path)
        seen[asset.file] = None
    unlisted = [file for file in documents if file not in seen]
    for file in (*unlisted, *seen):
        yield os.path.join(package.folders[0], file)  # noqa: PTH118  (paths stay as given)


def _wanted(where: str, number: str, asked: str | None, original: str | None) -> str:
    """Say which language the request wants.

    Raises:
        ImfError: Nobody knows.
    """
    if asked is None:
        raise ImfError(f"{where}: the language of request {number} is not known", where)
    if asked != ORIGINAL:
        return asked
    if original is None:
        raise ImfError(
            f"{where}: request {number} wants the original language of its title, which is not "
            "known; hint: give it as `original_language` (`--original-language`)",
            where,
        )
    return original


def _language(composition: Composition, where: str, given: str | None) -> tuple[str, str]:
    """Say which language a composition is in, and where that stands.

    The locales come first: a version for another language may have the pictures alone.

    Raises:
        ImfError: It says none, or several and none was given, or not the one that was given.
    """
    tags, source = composition.languages, "LocaleList in the composition playlist"
    if not tags:
        tags = _spoken(track for track in composition.tracks if track.is_sound)
        source = "the descriptors of the main audio"
    if given is not None and given in (tags or (given,)):
        return given, source if tags else "the caller"
    if given is None and len(tags) == 1:
        return tags[0], source
    if given is not None:
        what = f"`{given}` was given, and {source} says {', '.join(tags)}"
        raise ImfError(f"{where}: {what}; hint: give one of these to the letter, or none", where)
    what = f"the languages are {', '.join(tags)} in {source}" if tags else "it says no language"
    hint = "give that of the delivery as `language` (`--language`)"
    raise ImfError(f"{where}: {what}; hint: {hint}", where)


def _spoken(tracks: Iterable[VirtualTrack]) -> tuple[str, ...]:
    """Return the languages of tracks, each once."""
    return tuple(dict.fromkeys(tag for track in tracks for tag in track.languages))


def _agree(composition: Composition, where: str, said: str, wanted: str) -> None:
    """Hold the languages against that of the request: they have to be equal to the letter.

    Raises:
        ImfError: One is not.
    """
    if said != wanted:
        raise ImfError(
            f"{where}: the language is `{said}` and that of the request `{wanted}`; "
            "hint: they have to be equal to the letter",
            where,
        )
    for tag in _spoken(track for track in composition.tracks if track.is_sound):
        if tag != wanted:
            raise ImfError(
                f"{where}: the language of the main audio is `{tag}` and that of the request "
                f"`{wanted}`; hint: a dub is no part of an IMF package",
                where,
            )


def _order(track: VirtualTrack, request: str, language: str) -> ImfTrackOrder:
    """Say which request a track is for."""
    channels = None if track.channels is None else str(track.channels)
    return ImfTrackOrder(f"{_URN}{track.id}", request, language, channels)
