"""`reelpack.imf.verify`: every change of a good package is found, and nothing else."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl
import pytest
from material import imf as material
from material.mxf import track_file
from reelpack import ImfError, VerificationError, imf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PACKING_LIST = f"PKL_{material.PACKING_LIST_ID}.xml"
OTHER = "99999999-9999-4999-8999-999999999999"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    material.make(tmp_path / "package")
    return tmp_path / "package"


def rules(report: imf.Report, *, file: str | None = None) -> set[str]:
    """Ids of the rules with an error or a warning."""
    return {
        finding.rule
        for finding in (*report.failures, *report.warnings)
        if file is None or finding.file == file
    }


def test_a_good_package_has_no_finding(package: Path) -> None:
    report = imf.verify(package)

    assert (report.findings, report.ok) == ((), True)
    report.raise_for_failures()
    states = dict(zip(report.assets.column("file"), report.assets.column("state"), strict=True))
    # No packing list says size and digest of itself.
    assert states.pop(PACKING_LIST) == "not listed"
    assert list(states.values()) == ["right"] * 4
    assert (report.documents, report.files_read) == (4, 4)
    sizes = sum(path.stat().st_size for path in package.glob("*.mxf"))
    assert report.bytes_read == sizes + (package / "CPL.xml").stat().st_size


def test_what_was_not_checked_is_said(package: Path) -> None:
    reasons = {item.reason for item in imf.verify(package).not_checked}
    without = {item.reason for item in imf.verify(package, hashes=False).not_checked}

    assert reasons
    assert any("digest" in reason for reason in without - reasons)


def test_a_report_tells_its_counts(package: Path) -> None:
    (package / "sound.mxf").unlink()

    report = imf.verify(package)

    assert repr(report).startswith("Report(ok=False, profile='studio', documents=4, assets=5, ")
    assert re.match(r"\d+ errors? by profile studio in 4 documents and 5 assets", report.verdict)
    with pytest.raises(VerificationError, match=r"sound\.mxf|ASSETMAP\.xml") as caught:
        report.raise_for_failures()
    assert caught.value.report is report
    told = json.loads(json.dumps(report.to_dict()))
    assert told["ok"] is False
    assert len(told["findings"]) == len(report.findings)


def test_findings_assets_and_tracks_are_tables(package: Path) -> None:
    (package / "sound.mxf").unlink()

    report = imf.verify(package)

    findings = pl.DataFrame(report.findings_table)
    assert findings.height == len(report.findings)
    assert pl.DataFrame(report.tracks).filter(file="image_2.mxf").height == 1
    assets = pl.DataFrame(report.assets).filter(kind="track file")
    assert sorted(zip(assets["state"], assets["file"], strict=True)) == [
        ("missing", None),
        ("right", "image_1.mxf"),
        ("right", "image_2.mxf"),
    ]


def test_a_place_is_file_and_line() -> None:
    about = {
        "rule": "cpl.x",
        "severity": "error",
        "origin": "standard",
        "file": "CPL.xml",
        "folder": 0,
        "line": 7,
        "element": None,
        "asset": None,
        "message": "x",
        "fix": None,
        "clause": None,
        "source": "x",
    }

    places = [
        imf.Finding.of({**about, **other}).place
        for other in ({}, {"line": None}, {"file": "", "line": None})
    ]

    assert places == ["CPL.xml:7", "CPL.xml", "."]


def test_the_profile_is_one_of_two(package: Path) -> None:
    with pytest.raises(ValueError, match="'netflix' is neither 'studio' nor 'standard'"):
        imf.verify(package, profile="netflix")  # type: ignore[arg-type]  # what must be refused


def test_what_only_the_studio_wants_is_no_finding_of_the_standard(tmp_path: Path) -> None:
    parts = material.simple()
    playlist = replace(parts.playlists[0], timecode="01:00:00:00")
    material.make(tmp_path, replace(parts, playlists=(playlist,)))

    studio, standard = imf.verify(tmp_path), imf.verify(tmp_path, profile="standard")

    assert rules(studio) == {"studio.timecode"}
    assert {finding.origin for finding in studio.findings} == {"studio"}
    assert standard.findings == ()


def test_what_a_supplemental_package_lacks_is_not_here_and_no_error(
    package: Path, tmp_path: Path
) -> None:
    parts = material.supplement(material.simple())
    fix = material.write_parts(
        tmp_path / "fix", parts, without=("image_1.mxf", "image_2.mxf", "sound.mxf")
    )
    imf.make(fix, issuer="x", supplement=True)

    alone, both = imf.verify(fix), imf.verify(fix, having=[package])

    assert alone.ok
    assert any(parts.id("sound.mxf") in str(item) for item in alone.not_checked)
    assert both.ok
    assert not any(parts.id("sound.mxf") in str(item) for item in both.not_checked)


def test_what_is_found_in_another_folder_is_checked_against_the_playlist(
    package: Path, tmp_path: Path
) -> None:
    parts = material.supplement(material.simple())
    ((image, _),) = parts.playlists[0].segments
    longer = parts.files["sound.mxf"].duration * 2
    wrong = {**parts.files, "sound.mxf": replace(parts.files["sound.mxf"], duration=longer)}
    clips = ((image, (material.Clip("sound.mxf", count=longer // 2),)),)
    playlist = replace(parts.playlists[0], segments=clips)
    changed = material.Parts(wrong, (playlist,))
    fix = material.write_parts(
        tmp_path / "fix", changed, without=("image_1.mxf", "image_2.mxf", "sound.mxf")
    )
    imf.make(fix, issuer="x", supplement=True)

    assert "mxf.duration" in rules(imf.verify(fix, having=[package]))


def test_a_folder_that_is_no_package_has_no_answer(tmp_path: Path) -> None:
    with pytest.raises(ImfError):
        imf.verify(tmp_path)
    with pytest.raises(FileNotFoundError):
        imf.verify(tmp_path / "gone")
    with pytest.raises(ValueError, match="jobs"):
        imf.verify(tmp_path, jobs=0)


def test_a_callback_can_stop_the_work(tmp_path: Path) -> None:
    material.make(tmp_path, material.simple(frames=2400))

    def stop(_: object) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        imf.verify(tmp_path, progress=stop)


@dataclass(frozen=True)
class Change:
    """One change of a good package, and the rules that may be broken by it.

    At least one of `rules` has to be found; `act` gets the folder.
    """

    name: str
    act: Callable[[Path], object]
    rules: tuple[str, ...]


def flip(folder: Path, file: str, at: float) -> None:
    """Turn one bit over, at a part of the file."""
    path = folder / file
    content = bytearray(path.read_bytes())
    content[int(at * (len(content) - 1))] ^= 1
    path.write_bytes(content)


def swap(folder: Path, file: str, old: str, new: str, *, count: int = 1) -> None:
    """Write other words into a document."""
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, count))


def flipped(file: str, at: float) -> Callable[[Path], object]:
    return lambda folder: flip(folder, file, at)


def swapped(file: str, old: str, new: str, *, count: int = 1) -> Callable[[Path], object]:
    return lambda folder: swap(folder, file, old, new, count=count)


def in_playlist(old: str, new: str, *, count: int = 1) -> Callable[[Path], object]:
    """Write other words into the playlist, and make the lists anew: the digests are right."""

    def act(folder: Path) -> None:
        swap(folder, "CPL.xml", old, new, count=count)
        for path in folder.glob("PKL_*.xml"):
            path.unlink()
        material_lists(folder)

    return act


def material_lists(folder: Path) -> None:
    """Make the three lists anew, whatever the playlist says."""
    for name in ("ASSETMAP.xml", "VOLINDEX.xml"):
        (folder / name).unlink()
    imf.make(
        folder,
        issuer="Example Pictures",
        issue_date=material.DATE,
        asset_map_id=material.ASSET_MAP_ID,
        packing_list_id=material.PACKING_LIST_ID,
        supplement=True,
    )


def grow(folder: Path) -> None:
    with (folder / "image_1.mxf").open("ab") as file:
        file.write(b"x")


def cut(folder: Path) -> None:
    path = folder / "image_1.mxf"
    path.write_bytes(path.read_bytes()[:-1])


def another_essence(folder: Path) -> None:
    """A track file that is one edit unit shorter than the playlist says, with right digests."""
    parts = material.simple()
    shorter = replace(parts.files["image_1.mxf"], duration=11)
    whole = track_file(shorter, uuid.UUID(parts.id("image_1.mxf")))
    (folder / "image_1.mxf").write_bytes(whole)
    (folder / PACKING_LIST).unlink()
    material_lists(folder)


ID = material.named("track file image_1.mxf")
DIGEST = ("packing-list.digest", "packing-list.size")
DOCUMENT_OF = {"ASSETMAP.xml": "asset-map", PACKING_LIST: "packing-list"}
CHANGES = [
    *(
        Change(f"a bit of {file} at {at}", flipped(file, at), DIGEST)
        for file in ("image_1.mxf", "image_2.mxf", "sound.mxf")
        for at in (0.0, 0.01, 0.5, 0.99, 1.0)
    ),
    Change("a byte more", grow, DIGEST),
    Change("a byte less", cut, DIGEST),
    Change("a file gone", lambda it: (it / "sound.mxf").unlink(), ("file.missing",)),
    Change("a file renamed", lambda it: (it / "sound.mxf").rename(it / "s.mxf"), ("file.missing",)),
    Change("a file more", lambda it: (it / "more.mxf").write_bytes(b"x"), ("file.stray",)),
    Change("no packing list", lambda it: (it / PACKING_LIST).unlink(), ("file.missing",)),
    Change("no playlist", lambda it: (it / "CPL.xml").unlink(), ("file.missing",)),
    Change("no volume index", lambda it: (it / "VOLINDEX.xml").unlink(), ("volume-index.missing",)),
    Change(
        "a blank in the playlist",
        lambda it: swap(it, "CPL.xml", "<Annotation>", "<Annotation> "),
        DIGEST,
    ),
    Change(
        "a size in the packing list",
        lambda it: swap(it, PACKING_LIST, "<Size>", "<Size>1"),
        ("packing-list.size",),
    ),
    Change(
        "a digest in the packing list",
        lambda it: swap(it, PACKING_LIST, "<Hash>", "<Hash>A"),
        ("packing-list.digest", "packing-list.hash", "packing-list.value"),
    ),
    Change(
        "a type in the packing list",
        lambda it: swap(it, PACKING_LIST, "<Type>application/mxf", "<Type>video/mxf"),
        ("packing-list.type",),
    ),
    *(
        Change(
            f"an id in {file}",
            swapped(file, str(ID), OTHER),
            ("packing-list.asset-mapped", "packing-list.asset-unlisted", "mxf.file-id"),
        )
        for file in DOCUMENT_OF
    ),
    Change(
        "the id of the packing list",
        lambda it: swap(it, PACKING_LIST, material.PACKING_LIST_ID, OTHER),
        ("packing-list.asset-id",),
    ),
    Change(
        "a path in the asset map",
        lambda it: swap(it, "ASSETMAP.xml", "sound.mxf", "../sound.mxf"),
        ("asset-map.path-outside",),
    ),
    Change(
        "a flag in the asset map",
        lambda it: swap(it, "ASSETMAP.xml", "<PackingList>true<", "<PackingList>false<"),
        ("asset-map.packing-list",),
    ),
    *(
        Change(
            f"the namespace of {file}",
            swapped(file, 'xmlns="http://www.smpte-ra.org', 'xmlns="http://x.org'),
            (f"{kind}.namespace",),
        )
        for file, kind in DOCUMENT_OF.items()
    ),
    *(
        Change(
            f"an element of {file} renamed",
            swapped(file, "Issuer>", "Isuer>", count=2),
            (f"{kind}.element-missing", f"{kind}.element-unknown", f"{kind}.element-order"),
        )
        for file, kind in DOCUMENT_OF.items()
    ),
    Change("the id of a track file", in_playlist(str(ID), OTHER), ("cpl.track-file-found",)),
    Change(
        "the namespace of the playlist",
        in_playlist("/2067-3/2016", "/2067-3/2015"),
        ("cpl.namespace",),
    ),
    Change(
        "the namespace of a sequence",
        in_playlist("ns/2067-2/2020", "ns/2067-2/2021"),
        ("cpl.track-kind", "cpl.main-image", "application.core-constraints"),
    ),
    Change(
        "a duration of a resource",
        in_playlist("<SourceDuration>12<", "<SourceDuration>11<"),
        ("cpl.sequence-length", "cpl.segment-length"),
    ),
    Change(
        "a duration beyond the file",
        in_playlist("<IntrinsicDuration>12<", "<IntrinsicDuration>13<"),
        ("mxf.duration",),
    ),
    Change(
        "an entry point", in_playlist("<EntryPoint>0<", "<EntryPoint>1<"), ("cpl.resource-range",)
    ),
    Change(
        "a repeat count",
        in_playlist("<RepeatCount>1<", "<RepeatCount>2<"),
        ("cpl.sequence-length", "cpl.segment-length"),
    ),
    Change(
        "an edit rate of a resource",
        in_playlist("<EditRate>48000 1<", "<EditRate>96000 1<"),
        ("mxf.edit-rate", "cpl.edit-rate-essence"),
    ),
    Change(
        "the edit rate of the composition",
        in_playlist(
            "<EditRate>24 1</EditRate>\n<LocaleList", "<EditRate>25 1</EditRate>\n<LocaleList"
        ),
        ("cpl.edit-rate-image",),
    ),
    Change(
        "a source encoding",
        in_playlist(
            f"<SourceEncoding>{material.named('encoding image_1.mxf').urn}",
            f"<SourceEncoding>urn:uuid:{OTHER}",
        ),
        ("cpl.essence-descriptor-missing",),
    ),
    Change(
        "the id of a descriptor",
        in_playlist(
            f"<EssenceDescriptor><Id>{material.named('encoding sound.mxf').urn}",
            f"<EssenceDescriptor><Id>urn:uuid:{OTHER}",
        ),
        ("cpl.essence-descriptor-missing",),
    ),
    Change(
        "a value of a descriptor",
        in_playlist(":StoredWidth>1920<", ":StoredWidth>1910<"),
        ("mxf.descriptor", "cpl.homogeneity"),
    ),
    Change(
        "a segment id twice",
        in_playlist(
            "<Segment>\n<Id>urn:uuid:", f"<Segment>\n<Id>urn:uuid:{OTHER}</Id><Id>urn:uuid:"
        ),
        ("cpl.element-repeated",),
    ),
    Change(
        "a track id",
        in_playlist(
            f"<TrackId>{material.named('MainImageSequence').urn}",
            f"<TrackId>{material.named('MainAudioSequence').urn}",
        ),
        ("cpl.track-repeated",),
    ),
    Change("a marker", in_playlist("<Offset>23<", "<Offset>24<"), ("cpl.marker-offset",)),
    Change("a number that is none", in_playlist("<Offset>23<", "<Offset>x<"), ("cpl.value",)),
    Change(
        "an application",
        in_playlist("/ns/2067-21/2021<", "/ns/2067-21/1821<"),
        ("application.identification-unknown",),
    ),
    Change("a shorter track file", another_essence, ("mxf.duration",)),
]
"""Each is made to a package that is good."""


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_every_change_is_found(package: Path, change: Change) -> None:
    change.act(package)

    report = imf.verify(package)

    found = {finding.rule for finding in report.findings}
    if change.rules == ("cpl.track-file-found",):
        # No error without other packages at hand: it may be in one of them.
        assert any(OTHER in str(item) for item in report.not_checked)
        report = imf.verify(package, having=[package])
        found = {finding.rule for finding in report.findings}
    assert found & set(change.rules), (found, report.not_checked)


def test_a_digest_of_an_unknown_algorithm_is_not_checked_and_that_is_said(package: Path) -> None:
    swap(package, PACKING_LIST, "xmldsig#sha1", "xmldsig#sha2")

    report = imf.verify(package)

    assert any("xmldsig#sha2" in item.reason for item in report.not_checked)
    assert "not read" in report.assets.column("state")


def test_of_a_broken_document_the_rest_is_still_checked(package: Path) -> None:
    path = package / "CPL.xml"
    path.write_text(path.read_text()[:-10])
    flip(package, "sound.mxf", 0.5)

    report = imf.verify(package)

    assert "document.well-formed" in rules(report)
    assert "packing-list.digest" in {finding.rule for finding in report.findings}


def test_a_path_that_leaves_the_folder_is_not_read(package: Path) -> None:
    (package.parent / "secret.mxf").write_bytes((package / "sound.mxf").read_bytes())
    (package / "sound.mxf").unlink()
    swap(package, "ASSETMAP.xml", "sound.mxf", "../secret.mxf")

    report = imf.verify(package)

    assert "asset-map.path-outside" in rules(report)
    assert report.files_read == 3


def test_a_link_out_of_the_folder_is_not_followed(package: Path) -> None:
    (package / "sound.mxf").rename(package.parent / "sound.mxf")
    (package / "sound.mxf").symlink_to(package.parent / "sound.mxf")

    report = imf.verify(package)

    assert "file.link" in rules(report)
    assert report.files_read == 3


def test_the_place_of_a_finding_is_the_line_of_the_document(package: Path) -> None:
    in_playlist("<Offset>23<", "<Offset>x<")(package)

    (finding,) = [each for each in imf.verify(package).findings if each.rule == "cpl.value"]

    lines = (package / "CPL.xml").read_text().splitlines()
    assert finding.line is not None
    assert "<Offset>x<" in lines[finding.line - 1]
    assert finding.element is not None
    assert re.search(r"Marker(\[2\])?/Offset$", finding.element)


def test_every_rule_names_where_it_was_read_and_no_clause_is_a_guess() -> None:
    every = imf.rules()

    assert len({rule.id for rule in every}) == len(every) > 80
    for rule in every:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*", rule.id)
        assert rule.severity in {"error", "warning", "info"}
        assert rule.source
        assert not rule.title.endswith(".")
        if rule.clause is not None:
            assert re.match(r"ST \d+|RP \d+|RFC \d+", rule.clause), rule
            assert re.search("Photon|imferno|XML schema|XSD|http", rule.source), rule
