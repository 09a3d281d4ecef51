"""`reelpack.imf`: what a package holds, and what one document says."""

from __future__ import annotations

import importlib
import json
import os
import pickle
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from material import imf as material
from material.needs import need
from reelpack import ImfError, imf

if TYPE_CHECKING:
    from pathlib import Path

    import altair as alt


@pytest.fixture
def package(tmp_path: Path) -> Path:
    material.make(tmp_path / "package")
    return tmp_path / "package"


def test_importing_the_package_does_not_import_this_part() -> None:
    code = "import sys, reelpack; print([name for name in sys.modules if 'imf' in name])"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_every_public_name_is_there_and_has_its_docstring() -> None:
    for name in imf.__all__:
        assert getattr(imf, name) is getattr(imf, name)
        if name != "CREATOR" and name not in {"Content", "Profile"}:
            assert getattr(imf, name).__doc__
    assert set(imf.__all__) <= set(dir(imf))
    with pytest.raises(AttributeError, match="has no attribute 'Packet'"):
        _ = imf.Packet  # type: ignore[attr-defined]  # mypy is right, and that is the test


def test_a_package_says_what_is_played_when(package: Path) -> None:
    opened = imf.open(package)

    (composition,) = opened.compositions
    assert (composition.title, composition.kind, composition.timecode) == (
        "Example",
        "feature",
        "00:00:01:00",
    )
    assert (composition.duration, composition.edit_rate) == (24, Fraction(24))
    assert composition.languages == ("en-US",)
    assert composition.applications == (material.APPLICATION,)
    markers, image, sound = composition.tracks
    assert [(each.label, each.offset) for each in markers.markers] == [("FFOC", 0), ("LFOC", 23)]
    assert [(each.start, each.duration, each.file) for each in image.resources] == [
        (0, 12, "image_1.mxf"),
        (12, 12, "image_2.mxf"),
    ]
    assert [each.timecode for each in image.resources] == ["00:00:00:00", "00:00:00:12"]
    (played,) = sound.resources
    assert (played.duration, played.source_duration) == (24, 48_000)
    assert played.edit_rate == Fraction(48_000)
    assert (sound.channels, sound.languages) == (2, ("en-US",))
    assert (sound.is_sound, image.is_sound, markers.is_essence) == (True, False, False)


def test_what_is_in_a_package_comes_back_from_json_the_same(package: Path) -> None:
    opened = imf.open(package)

    assert imf.Package.of(json.loads(json.dumps(opened.to_dict()))) == opened
    assert pickle.loads(pickle.dumps(opened)) == opened  # noqa: S301  (our own)
    assert repr(opened).startswith(f"Package(path='{package}', documents=4, compositions=1")
    assert repr(opened.compositions[0]).startswith("Composition(title='Example', id='")


def test_the_assets_are_those_of_both_lists(package: Path) -> None:
    opened = imf.open(package)

    assert {asset.file: asset.kind for asset in opened.assets} == {
        f"PKL_{material.PACKING_LIST_ID}.xml": "packing list",
        "CPL.xml": "composition playlist",
        "image_1.mxf": "track file",
        "image_2.mxf": "track file",
        "sound.mxf": "track file",
    }
    for asset in opened.assets:
        if asset.kind != "packing list":
            assert asset.size == (package / str(asset.file)).stat().st_size


def test_tables_go_to_polars(package: Path) -> None:
    tables = imf.open(package).to_arrow()

    assets, tracks = pl.DataFrame(tables.assets), pl.DataFrame(tables.tracks)
    assert assets.height == 5
    assert tracks.filter(pl.col("file") == "sound.mxf")["source_duration"].to_list() == [48_000]
    assert tracks.filter(kind="MainImageSequence")["start"].to_list() == [0, 12]


def test_segments_follow_each_other_and_repeats_count(tmp_path: Path) -> None:
    parts = material.simple()
    clip = material.Clip
    segments = (
        ((clip("image_1.mxf", repeat=2),), (clip("sound.mxf", count=24 * material.SAMPLES),)),
        ((clip("image_2.mxf", 2, 6),), (clip("sound.mxf", 0, 6 * material.SAMPLES),)),
    )
    playlist = replace(parts.playlists[0], segments=segments, markers=())
    material.make(tmp_path, replace(parts, playlists=(playlist,)))

    (composition,) = imf.open(tmp_path).compositions

    assert [(each.start, each.duration) for each in composition.segments] == [(0, 24), (24, 6)]
    assert composition.timecode == "00:00:01:06"
    image = next(track for track in composition.tracks if "Image" in track.kind)
    assert [(each.segment, each.start, each.duration) for each in image.resources] == [
        (0, 0, 24),
        (1, 24, 6),
    ]
    assert image.resources[0].repeat_count == 2
    assert image.resources[1].entry_point == 2


def test_a_supplemental_package_finds_the_rest_where_it_is_told(
    package: Path, tmp_path: Path
) -> None:
    fix = supplemental(tmp_path / "fix")

    alone, both = imf.open(fix), imf.open(fix, having=[package])
    assert imf.open(fix, having=str(package)) == imf.open(fix, having=package) == both

    assert (alone.supplemental, len(alone.not_here), alone.elsewhere) == (True, 2, ())
    assert (both.supplemental, both.not_here) == (True, ())
    assert {(each.folder, each.file) for each in both.elsewhere} == {
        (1, "image_1.mxf"),
        (1, "sound.mxf"),
    }
    assert both.folders == (str(fix), str(package))


def supplemental(folder: Path) -> Path:
    """A package with a new second half of the image."""
    parts = material.supplement(material.simple())
    material.write_parts(folder, parts, without=("image_1.mxf", "image_2.mxf", "sound.mxf"))
    imf.make(folder, issuer="Example Pictures", supplement=True)
    return folder


def test_a_folder_without_an_asset_map_is_no_package(tmp_path: Path) -> None:
    with pytest.raises(ImfError) as caught:
        imf.open(tmp_path)
    assert caught.value.path.startswith(str(tmp_path))
    assert pickle.loads(pickle.dumps(caught.value)).path == caught.value.path  # noqa: S301  (pickled right here)
    with pytest.raises(FileNotFoundError):
        imf.open(tmp_path / "gone")


def test_one_document_is_read_as_it_is_written(package: Path) -> None:
    documents = {
        kind: imf.read(package / file)
        for kind, file in {
            "asset map": "ASSETMAP.xml",
            "volume index": "VOLINDEX.xml",
            "packing list": f"PKL_{material.PACKING_LIST_ID}.xml",
            "composition playlist": "CPL.xml",
        }.items()
    }

    for kind, document in documents.items():
        assert (document.kind, document.problems, document.unknown) == (kind, (), ())
        assert json.loads(json.dumps(document.to_dict()))["content"]["line"] > 0
    asset_map = documents["asset map"].content
    assert isinstance(asset_map, imf.AssetMap)
    assert asset_map.id == material.ASSET_MAP_ID
    assert [asset.is_packing_list for asset in asset_map.assets].count(True) == 1
    packing_list = documents["packing list"].content
    assert isinstance(packing_list, imf.PackingList)
    assert {asset.algorithm for asset in packing_list.assets} == {"sha1"}
    volume = documents["volume index"].content
    assert isinstance(volume, imf.VolumeIndex)
    assert volume.index == 1


def test_a_playlist_is_read_with_the_place_of_each_thing(package: Path) -> None:
    playlist = imf.read(package / "CPL.xml").content

    assert isinstance(playlist, imf.CompositionPlaylist)
    (segment,) = playlist.segments
    markers, image, _ = segment.sequences
    assert image.element.endswith("MainImageSequence")
    assert image.resources[0].source.kind == "track file"
    assert image.resources[0].edit_rate == Fraction(24)
    (marks,) = markers.resources
    assert [mark.label for mark in marks.source.markers] == ["FFOC", "LFOC"]
    lines = (package / "CPL.xml").read_text().splitlines()
    assert "<Resource" in lines[image.resources[1].line - 1]
    assert [each.descriptor for each in playlist.essence_descriptors] == [
        "CDCIDescriptor",
        "CDCIDescriptor",
        "WAVEPCMDescriptor",
    ]


def test_what_is_not_known_is_kept_and_written_back(package: Path, tmp_path: Path) -> None:
    need("xmllint", "--version")
    path = tmp_path / "CPL.xml"
    text = (package / "CPL.xml").read_text()
    foreign = '<f:Own xmlns:f="urn:x-own" f:a="&lt;"><!-- kept --><f:In>&#x20;&amp;</f:In></f:Own>'
    path.write_text(text.replace("</ExtensionProperties>", f"{foreign}\n</ExtensionProperties>"))

    document = imf.read(path)
    (tmp_path / "again.xml").write_text(document.to_xml())

    assert [(each.name, each.namespace) for each in document.unknown] == [("Own", "urn:x-own")]
    assert canonical(tmp_path / "again.xml") == canonical(path)


def canonical(path: Path) -> bytes:
    """A document as another parser sees all that is in it: C14N with comments."""
    return subprocess.run(["xmllint", "--c14n", path], capture_output=True, check=True).stdout


def test_documents_of_others_come_back_the_same(tmp_path: Path) -> None:
    need("xmllint", "--version")
    whole = [path for path in sorted(material.fixtures().rglob("*.xml")) if is_one(path)]
    assert len(whole) > 50

    for path in whole:
        again = tmp_path / "again.xml"
        again.write_text(imf.read(path).to_xml())
        assert canonical(again) == canonical(path), path


def is_one(path: Path) -> bool:
    """Whether a document has the root of one of the five."""
    return "bad-xml/CPL" not in path.as_posix()


def test_a_document_with_problems_is_read_all_the_same(package: Path, tmp_path: Path) -> None:
    path = tmp_path / "CPL.xml"
    text = (package / "CPL.xml").read_text().replace("<EditRate>24 1<", "<EditRate>24/1<", 1)
    path.write_text(text)

    document = imf.read(path)

    assert [problem.rule for problem in document.problems] == ["cpl.value"]
    assert text.splitlines()[document.problems[0].line - 1].startswith("<")
    assert document.problems[0].severity == "error"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<AssetMap>\n<Id></AssetMap>", 2),
        ("<!DOCTYPE AssetMap [<!ENTITY a 'b'>]><AssetMap/>", 1),
        ("<Html/>", None),
        ("", None),
    ],
    ids=["broken", "document type", "another root", "empty"],
)
def test_what_is_no_document_is_an_error_with_its_path(
    tmp_path: Path, text: str, line: int | None
) -> None:
    path = tmp_path / "x.xml"
    path.write_text(text)

    with pytest.raises(ImfError) as caught:
        imf.read(path)

    assert (caught.value.path, str(caught.value).startswith(f"{path}:")) == (str(path), True)
    assert line is None or caught.value.line == line


def test_a_change_of_a_composition_has_its_time_code(package: Path, tmp_path: Path) -> None:
    difference = imf.diff(package, supplemental(tmp_path / "fix"))

    assert not difference.same
    assert (difference.a_title, difference.b_title) == ("Example", "Fixed")
    (played,) = [
        change
        for change in difference.changes
        if change.kind in {"resource", "track file"} and change.what == "changed"
    ]
    assert (played.timecode, played.end_timecode) == ("00:00:00:12", "00:00:01:00")
    assert (played.start, played.duration) == (12, 12)
    assert "ContentTitle" in {change.name for change in difference.changes}
    assert imf.Difference.of(json.loads(json.dumps(difference.to_dict()))) == difference


def test_a_composition_does_not_differ_from_itself(package: Path) -> None:
    assert imf.diff(package, package / "CPL.xml").same


def test_a_package_with_two_compositions_cannot_be_compared(tmp_path: Path) -> None:
    parts = material.simple()
    other = replace(parts.playlists[0], name="CPL_B.xml")
    material.make(tmp_path, replace(parts, playlists=(*parts.playlists, other)))

    with pytest.raises(ImfError, match=r"CPL_B\.xml"):
        imf.diff(tmp_path, tmp_path / "CPL.xml")


def test_a_timeline_has_a_bar_for_each_resource_and_a_mark_for_each_marker(
    package: Path, tmp_path: Path
) -> None:
    (composition,) = imf.open(package).compositions
    (fixed,) = imf.open(supplemental(tmp_path / "fix"), having=[package]).compositions

    bars, _, marks = drawn(imf.timeline(composition))
    again, _, _ = drawn(imf.timeline(fixed))

    assert [(bar["kind"], bar["from"], bar["to"]) for bar in bars] == [
        ("image", 0, 12),
        ("image", 12, 24),
        ("audio", 0, 24),
    ]
    assert [mark["marker"] for mark in marks] == ["FFOC", "LFOC"]
    assert [bar["kind"] for bar in again] == ["elsewhere", "image", "elsewhere"]


def drawn(chart: alt.LayerChart) -> list[list[dict[str, Any]]]:
    """The rows of each layer."""
    facts = chart.to_dict()
    return [json.loads(facts["datasets"][layer["data"]["name"]]) for layer in facts["layer"]]


def test_a_timeline_of_what_is_not_known_is_drawn_too(package: Path) -> None:
    (composition,) = imf.open(package).compositions
    odd = tuple(
        replace(
            track,
            kind="OddSequence",
            markers=tuple(replace(marker, offset=None) for marker in track.markers),
        )
        for track in composition.tracks
    )
    unknown = replace(composition, title="", timecode=None, edit_rate=None, tracks=odd)

    chart = imf.timeline(unknown)

    assert chart.to_dict()["title"]["subtitle"] == "unknown length, edit rate unknown"
    bars, _, marks = drawn(chart)
    assert marks == []
    assert {bar["kind"] for bar in bars} == {"data"}


def test_without_altair_a_timeline_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    monkeypatch.delitem(sys.modules, "reelpack.imf.charts", raising=False)

    with pytest.raises(ImportError, match=r"pip install reelpack\[notebook\]"):
        importlib.import_module("reelpack.imf.charts")


def test_a_name_cannot_leave_the_script_that_a_chart_is_in(package: Path) -> None:
    (composition,) = imf.open(package).compositions

    page = imf.timeline(replace(composition, title="</script><b>")).to_json()

    assert "</script>" not in page


def test_charts_are_named_only_where_they_can_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "timeline" in dir(imf)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert "timeline" not in dir(imf)
    assert {"open", "verify"} <= set(dir(imf))


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in the file system")
def test_a_pipe_is_no_document(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(ImfError, match="is no regular file"):
        imf.read(tmp_path / "pipe")
    with pytest.raises(ImfError, match="is no regular file"):
        imf.diff(tmp_path / "pipe", tmp_path / "pipe")
