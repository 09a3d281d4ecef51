"""The body of an IMF delivery, and its rehearsal against the sandbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest
from material import imf as material
from reelpack import ImfError, imf, sandbox
from reelpack.backlot import Backlot, SourceRequest, TrackStatus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reelpack.sandbox import Sandbox


@pytest.fixture
def package(tmp_path: Path) -> Path:
    material.make(tmp_path / "package")
    return tmp_path / "package"


@pytest.fixture
def box() -> Iterator[Sandbox]:
    """A sandbox with two requests for a package, in the languages of the tests."""
    with sandbox.running() as running:
        running.fill(titles=1, requests=1, source_type="AV_MUXED", language="en-US")
        running.fill(titles=1, requests=1, source_type="AV_MUXED", language="*")
        yield running


@pytest.fixture
def client(box: Sandbox, tmp_path: Path) -> Iterator[Backlot]:
    with Backlot(**cast("dict[str, Any]", box.credentials()), state=tmp_path / "state.db") as it:
        yield it


def request(language: str | None, original: str | None = None) -> SourceRequest:
    return SourceRequest("SR-1", "OPEN", language=language, original_language=original)


def with_playlist(folder: Path, **changes: object) -> Path:
    """A package like the simple one, whose playlist differs."""
    parts = material.simple()
    (playlist,) = parts.playlists
    changed = replace(playlist, **changes)  # type: ignore[arg-type]  # changes by name
    material.make(folder, replace(parts, playlists=(changed,)))
    return folder


def test_the_body_holds_the_three_texts_as_they_are_on_disk(package: Path) -> None:
    body = imf.delivery(package, request("en-US"))

    (packing_list,) = package.glob("PKL_*.xml")
    assert body.asset_map_xml.encode() == (package / "ASSETMAP.xml").read_bytes()
    assert body.packing_list_xml.encode() == packing_list.read_bytes()
    assert body.composition_playlist_xml.encode() == (package / "CPL.xml").read_bytes()


def test_all_files_of_the_package_go_and_none_goes_twice(package: Path) -> None:
    body = imf.delivery(imf.open(package), request("en-US"))

    assert sorted(body.files) == sorted(str(path) for path in package.iterdir())


def test_a_track_is_every_virtual_track_but_the_markers(package: Path) -> None:
    body = imf.delivery(package, "SR-7", request_language="en-US")

    assert [(track.track_id, track.audio_channels) for track in body.tracks] == [
        (material.named("MainImageSequence").urn, None),
        (material.named("MainAudioSequence").urn, "2"),
    ]
    assert {track.request_id for track in body.tracks} == {"SR-7"}
    assert {track.language_code for track in body.tracks} == {"en-US"}
    assert body.language == "en-US"
    assert any("LocaleList" in sentence for sentence in body.assumed)


@pytest.mark.parametrize("wanted", ["en", "en-us", "EN-US", "de"])
def test_a_language_that_is_not_the_same_to_the_letter_is_refused(
    package: Path, wanted: str
) -> None:
    with pytest.raises(ImfError, match=f"`en-US` and that of the request `{wanted}`") as caught:
        imf.delivery(package, request(wanted))

    assert caught.value.path == str(package / "CPL.xml")


def test_a_star_is_the_original_language_of_the_title(package: Path) -> None:
    assert imf.delivery(package, request("*", "en-US")).language == "en-US"
    assert imf.delivery(package, request("*"), original_language="en-US").language == "en-US"
    with pytest.raises(ImfError, match="and that of the request `ko`"):
        imf.delivery(package, request("*", "ko"))
    with pytest.raises(ImfError, match="original language of its title, which is not known"):
        imf.delivery(package, request("*"))


def test_a_request_whose_language_nobody_knows_is_refused(package: Path) -> None:
    with pytest.raises(ImfError, match="the language of request SR-1 is not known"):
        imf.delivery(package, request(None))


def test_without_locales_the_main_audio_says_the_language(tmp_path: Path) -> None:
    folder = with_playlist(tmp_path / "package", languages=())

    body = imf.delivery(folder, request("en-US"))

    assert any("main audio" in sentence for sentence in body.assumed)


def test_several_languages_have_to_be_decided_between(tmp_path: Path) -> None:
    folder = with_playlist(tmp_path / "package", languages=("en-US", "de"))

    with pytest.raises(ImfError, match=r"are en-US, de in .*; hint: give that of the delivery"):
        imf.delivery(folder, request("en-US"))
    assert imf.delivery(folder, request("en-US"), language="en-US").language == "en-US"
    with pytest.raises(ImfError, match=r"`fr` was given, and LocaleList .* says en-US, de; hint"):
        imf.delivery(folder, request("fr"), language="fr")


def test_a_main_audio_in_another_language_is_refused(tmp_path: Path) -> None:
    folder = with_playlist(tmp_path / "package", languages=("de",))

    with pytest.raises(ImfError, match="main audio is `en-US` and that of the request `de`"):
        imf.delivery(folder, request("de"))


def test_a_package_that_says_no_language_needs_one_named(tmp_path: Path) -> None:
    parts = material.simple()
    ((image, _),) = parts.playlists[0].segments
    folder = with_playlist(tmp_path / "package", languages=(), segments=((image, ()),))

    with pytest.raises(ImfError, match="it says no language; hint: give that of the delivery"):
        imf.delivery(folder, request("en-US"))
    body = imf.delivery(folder, request("en-US"), language="en-US")
    assert any("the caller" in sentence for sentence in body.assumed)


def test_of_several_compositions_one_is_named(tmp_path: Path) -> None:
    parts = material.simple()
    other = replace(parts.playlists[0], name="CPL_B.xml", title="Other")
    folder = tmp_path / "package"
    material.make(folder, replace(parts, playlists=(*parts.playlists, other)))

    with pytest.raises(ImfError, match=r"several compositions: .*hint: give one as `composition`"):
        imf.delivery(folder, request("en-US"))
    body = imf.delivery(folder, request("en-US"), composition=f"urn:uuid:{other.id.upper()}")
    assert body.composition.title == "Other"
    with pytest.raises(ImfError, match="no composition of the id 00000000"):
        imf.delivery(folder, request("en-US"), composition="00000000")


def test_a_package_without_what_is_sent_is_refused(package: Path) -> None:
    opened = imf.open(package)

    with pytest.raises(ImfError, match="no composition"):
        imf.delivery(replace(opened, compositions=()), request("en-US"))
    with pytest.raises(ImfError, match="no asset map; one is delivered"):
        imf.delivery(replace(opened, documents=()), request("en-US"))
    twice = tuple(each for each in opened.documents for _ in range(2))
    with pytest.raises(ImfError, match="several of the kind asset map"):
        imf.delivery(replace(opened, documents=twice), request("en-US"))
    nameless = tuple(replace(asset, file=None) for asset in opened.assets)
    with pytest.raises(ImfError, match="no file for the asset"):
        imf.delivery(replace(opened, assets=nameless), request("en-US"))


def test_a_package_goes_to_the_sandbox_and_comes_again_as_unmodified(
    box: Sandbox, client: Backlot, package: Path
) -> None:
    (wanted,) = client.requests(language="en-US")
    body = imf.delivery(package, client.request(wanted.request_id))

    delivery = client.deliver_imf(**body.order())

    (composition,) = delivery.compositions
    assert composition.status == "SUCCESS"
    assert composition.composition_play_list_id == f"urn:uuid:{body.composition.id}"
    assert [track.track_status for track in composition.tracks or ()] == [TrackStatus.NEW] * 2
    assert {pair.source_path for pair in delivery.files or ()} == set(body.files)
    box.send(cast("Any", delivery))
    box.foresee(wanted.request_id, verdict="reject")
    box.advance(timedelta(days=3))
    again = client.deliver_imf(**body.order(), again=True)
    (composition,) = again.compositions
    statuses = [track.track_status for track in composition.tracks or ()]
    assert statuses == [TrackStatus.UNMODIFIED] * 2


def test_a_request_for_the_original_language_is_served(client: Backlot, package: Path) -> None:
    (wanted,) = client.requests(language="*")

    with pytest.raises(ImfError, match="is `en-US` and that of the request `en`"):
        imf.delivery(package, client.request(wanted.request_id))
