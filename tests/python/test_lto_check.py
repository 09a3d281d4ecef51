"""What `check` finds: each rule broken by itself, in a shipment that has no other fault."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
import reelpack
from material import lto as material
from material.needs import give_up
from reelpack import lto
from reelpack.lto import contents

if TYPE_CHECKING:
    from collections.abc import Callable

STATED = 'stated = { error_correction = true, compression = false, generation = 8, by = "Jo" }'


def tape(number: int, *more: str) -> str:
    """The table of a tape with all that is wanted."""
    barcode = f"ABC00{number}L8"
    return "\n".join(
        (
            "[[tapes]]",
            f'barcode = "{barcode}"',
            "transfer_date = 2023-05-12",
            "box = 1",
            f'index = "{barcode}-index.xml"',
            f'label = "{barcode}-label.xml"',
            STATED,
            *more,
            "",
        )
    )


def shoot(root: Path) -> Path:
    """Make two days of a shoot, as two tapes."""
    for number, day in enumerate(material.DAYS, 1):
        material.shoot(root / f"tape{number}", days=[day])
    return root


def places(show: Path, *numbers: int) -> dict[str, Path]:
    """Where the two tapes of a set are mounted."""
    return {f"ABC00{n}L8": show / f"tape{place}" for place, n in enumerate(numbers, 1)}


def uuid(barcode: str) -> str:
    """The id of the volume of a tape."""
    return f"7f8c9d1e-3a2b-4c5d-8e9f-0000000{barcode[3:6]}00"


def fill(shipment: lto.Shipment, show: Path, *numbers: int) -> lto.Shipment:
    """Write tapes into a record, one for each day, with index, label and contents."""
    box = "[[boxes]]\nnumber = 1\nweight_kg = 4.2\nsize_mm = [400, 300, 250]\n"
    lines = shipment.record.read_text().splitlines()
    # Without the examples, which stand in comments.
    text = "\n".join(line for line in lines if not line.startswith("#"))
    shipment.record.write_text("\n".join((text, box, *map(tape, numbers))))
    shipment = lto.open(shipment.path)
    read = places(show, *numbers)
    for barcode, folder in read.items():
        index = material.index(material.files_of(folder), uuid=uuid(barcode))
        shipment.resolve(f"{barcode}-index.xml").write_text(index)
        shipment.resolve(f"{barcode}-label.xml").write_text(material.label(uuid=uuid(barcode)))
    # Lists name no list, so that theirs are computed.
    found = lto.manifest(shipment, read=read, digest="md5")
    found.write(["csv"])
    return lto.open(found.shipment.path)


@pytest.fixture
def primary(tmp_path: Path) -> lto.Shipment:
    """A primary set without a fault, but that there is no second."""
    show = shoot(tmp_path / "show")
    begun = lto.start(
        tmp_path / "first", show_code="ABC", title="Northern Lights", production_company="Us"
    )
    text = begun.record.read_text().replace('received = ""', 'received = "2023-06-01"')
    begun.record.write_text(text)
    return fill(begun, show, 1, 2)


@pytest.fixture
def secondary(tmp_path: Path, primary: lto.Shipment) -> lto.Shipment:
    """Its second set."""
    begun = lto.start(tmp_path / "second", secondary_of=primary.path)
    return fill(begun, tmp_path / "show", 3, 4)


def rules(report: lto.Report) -> set[str]:
    """The rules that were broken, but for the second set and the manifest, which changes age."""
    return {finding.rule for finding in report.findings} - {"lto.second-set", "lto.manifest"}


def edited(shipment: lto.Shipment, old: str, new: str) -> lto.Shipment:
    """Change the record by hand, once."""
    text = shipment.record.read_text()
    assert old in text
    shipment.record.write_text(text.replace(old, new, 1))
    return lto.open(shipment.path)


def spoil(shipment: lto.Shipment, change: Callable[[lto.Contents], lto.Contents]) -> None:
    """Change what was read of the first tape."""
    barcode = shipment.tapes[0].barcode
    found = contents.kept(shipment, barcode)
    assert found is not None
    contents.keep(shipment, barcode, change(found))


def test_a_good_shipment_has_no_fault(primary: lto.Shipment) -> None:
    report = lto.check(primary)

    assert {finding.rule for finding in report.findings} == {"lto.second-set"}
    assert report.ok
    (item,) = report.not_checked
    assert item.reason.startswith("whether checksums are true: `check --hashes`")
    assert (report.tapes, report.files) == (2, 16)
    report.raise_for_failures()


def test_what_the_operator_says_is_named_as_stated(primary: lto.Shipment) -> None:
    stated = lto.check(primary).stated

    # The label tells of compression, so that nobody has to be believed.
    assert {(each.what, each.by) for each in stated} == {
        ("LTO 8", "Jo"),
        ("error correction on", "Jo"),
    }


def test_both_sets_are_equal(primary: lto.Shipment, secondary: lto.Shipment) -> None:
    assert lto.check(primary, secondary=secondary).findings == ()
    assert lto.check(secondary).findings == ()


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('"ABC001L8"', '"ABC01L8"', "lto.barcode-form"),
        ('"ABC001L8"', '"ABC002L8"', "lto.barcode-unique"),
        ('"ABC001L8"', '"ABC002M8"', "lto.barcode-unique"),
        ('"ABC001L8"', '"XYZ001L8"', "lto.show-code"),
        ('"ABC001L8"', '"ABC001L9"', "lto.generation"),
        ("generation = 8", "generation = 5", "lto.generation"),
        ('"ABC001L8"', '"ABC001M8"', "lto.type-m"),
        ("error_correction = true", "error_correction = false", "lto.error-correction"),
        ("error_correction = true, ", "", "lto.error-correction"),
        ("compression = false", "compression = true", "lto.compression"),
        ("transfer_date = 2023-05-12", "", "lto.case-label"),
        ('production_company = "Us"', "", "lto.case-label"),
        ("box = 1", "", "lto.box"),
        ("box = 1", "box = 2", "lto.box"),
        ("weight_kg = 4.2", "", "lto.box"),
        ("to = []", 'to = ["Netflix"]', "lto.outside"),
        ("notes = []", 'notes = ["Northern Lights"]', "lto.outside"),
        ('"A005"', '"A007"', "lto.rolls-recorded"),
    ],
)
def test_a_record_with_a_fault(primary: lto.Shipment, old: str, new: str, rule: str) -> None:
    assert rule in rules(lto.check(edited(primary, old, new)))


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("index", lambda index: index.replace('"2.4.0"', '"1.0.0"'), "lto.ltfs-version"),
        ("index", lambda index: index.replace('"2.4.0"', '"two"'), "lto.ltfs-version"),
        ("index", lambda index: index.replace(">A005.mhl<", ">other<"), "lto.index-contents"),
        ("index", lambda index: index.replace(">a.mov<", ">c.mov<"), "lto.index-contents"),
        (
            "index",
            lambda index: index.replace("<length>3000<", "<length>3001<"),
            "lto.index-contents",
        ),
        (
            "label",
            lambda _: material.label(compression=True, uuid=uuid("ABC001L8")),
            "lto.compression",
        ),
        ("label", lambda label: label.replace(">false<", ">maybe<"), "lto.compression"),
        ("label", lambda label: label.replace('"2.4.0"', '"1.0.0"'), "lto.ltfs-version"),
        ("label", lambda _: material.label(uuid="0"), "lto.other-volume"),
    ],
)
def test_an_index_or_label_with_a_fault(
    primary: lto.Shipment, name: str, text: Callable[[str], str], rule: str
) -> None:
    path = primary.resolve(f"ABC001L8-{name}.xml")
    path.write_text(text(path.read_text()))

    assert rules(lto.check(primary)) == {rule}


def test_the_label_in_place_of_the_index_is_an_error(primary: lto.Shipment) -> None:
    primary.resolve("ABC001L8-index.xml").write_text(material.label())

    with pytest.raises(reelpack.LtoError, match="the label"):
        lto.check(primary)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda file: replace(file, digests=()), "lto.checksum-missing"),
        (lambda file: replace(file, digests=(("sha1", "ab"),)), "lto.checksum-type"),
        (
            lambda file: replace(file, size=13 * 10**12, listed_size=None),
            "lto.capacity lto.facts-recorded",
        ),
    ],
)
def test_a_file_with_a_fault(
    primary: lto.Shipment, change: Callable[[lto.TapeFile], lto.TapeFile], rule: str
) -> None:
    primary.resolve("ABC001L8-index.xml").unlink()
    primary = edited(primary, 'index = "ABC001L8-index.xml"', "")
    spoil(
        primary,
        lambda found: replace(
            found,
            files=tuple(change(f) if f.path.endswith("a.mov") else f for f in found.files),
        ),
    )

    assert rules(lto.check(primary)) == set(rule.split())


def test_a_roll_without_an_mhl_or_with_a_bad_name(tmp_path: Path) -> None:
    for name in ("A001", "A#2"):
        material.write(tmp_path / "tape" / "Camera_Media" / name / "x.mov", name, 10)
    begun = lto.start(tmp_path / "ship", show_code="ABC")
    now = lto.put_tapes(begun, [lto.Tape("ABC001L8")])

    report = lto.check(lto.manifest(now, read={"ABC001L8": tmp_path / "tape"}).shipment)

    found = {(finding.rule, finding.path) for finding in report.warnings}
    assert ("lto.roll-list", "ABC001L8/Camera_Media/A001") in found
    assert ("lto.roll-name", "ABC001L8/Camera_Media/A#2") in found


@pytest.mark.parametrize(("folder", "twice"), [("Camera_Media", False), ("Other_Day", True)])
def test_two_rolls_of_one_name_and_a_roll_in_two_parts(
    tmp_path: Path, folder: str, *, twice: bool
) -> None:
    material.write(tmp_path / "one" / "Camera_Media" / "A001" / "x.mov", "x", 10)
    material.write(tmp_path / "two" / folder / "A001" / "y.mov", "y", 10)
    (tmp_path / "two" / folder / "A001" / "A001.mhl").touch()
    begun = lto.start(tmp_path / "ship", show_code="ABC")
    now = lto.put_tapes(begun, [lto.Tape("ABC001L8"), lto.Tape("ABC002L8")])
    for number, name in enumerate(("one", "two"), 1):
        paths = [p.relative_to(tmp_path / name).as_posix() for p in (tmp_path / name).rglob("*.m*")]
        files = tuple(lto.TapeFile(path, 10) for path in paths)
        contents.keep(now, f"ABC00{number}L8", lto.Contents("list", files))

    assert ("lto.roll-unique" in rules(lto.check(now))) is twice


def test_a_byte_that_changed_is_found_with_hashes(primary: lto.Shipment, tmp_path: Path) -> None:
    mounted = places(tmp_path / "show", 1, 2)
    good = lto.check(primary, hashes=True, mounted=mounted)
    assert (rules(good), good.not_checked) == (set(), ())
    name = f"{material.DAYS[1]}/Camera_Media/A006/CLIP1/a.mov"
    clip = mounted["ABC002L8"] / name
    clip.write_bytes(b"!" + clip.read_bytes()[1:])

    report = lto.check(primary, hashes=True, mounted=mounted)

    assert [(finding.rule, finding.path, finding.message) for finding in report.failures] == [
        ("lto.checksum-false", f"ABC002L8/{name}", "mismatch")
    ]
    with pytest.raises(reelpack.VerificationError, match="mismatch") as caught:
        report.raise_for_failures()
    assert caught.value.report is report
    unread = lto.check(primary, hashes=True)
    assert {item.path for item in unread.not_checked} == {"ABC001L8", "ABC002L8"}
    with pytest.raises(ValueError, match="no tape"):
        lto.check(primary, mounted={"ABC009L8": tmp_path})


def test_a_roll_that_is_split_has_one_list_for_both_tapes(
    primary: lto.Shipment, tmp_path: Path
) -> None:
    mounted = places(tmp_path / "show", 1, 2)
    roll = Path(material.DAYS[0], "Camera_Media", "A005")
    (mounted["ABC002L8"] / roll).mkdir(parents=True)
    (mounted["ABC001L8"] / roll / "CLIP2").rename(mounted["ABC002L8"] / roll / "CLIP2")
    shutil.copy(mounted["ABC001L8"] / roll / "A005.mhl", mounted["ABC002L8"] / roll)
    lto.manifest(primary, read=mounted)

    both = lto.check(primary, hashes=True, mounted=mounted)
    (mounted["ABC002L8"] / roll / "A005.mhl").unlink()
    lto.manifest(primary, read=mounted)
    alone = lto.check(primary, hashes=True, mounted=mounted)

    assert not rules(both) & {"lto.checksum-false", "lto.roll-list", "lto.checksum-missing"}
    missing = [f.path for f in alone.findings if f.rule == "lto.checksum-missing"]
    assert missing == [f"ABC002L8/{roll.as_posix()}/CLIP2/b.mov"]
    assert not rules(alone) & {"lto.checksum-false", "lto.roll-list"}


def test_a_file_in_no_list_is_not_called_untrue(primary: lto.Shipment, tmp_path: Path) -> None:
    mounted = places(tmp_path / "show", 1)
    material.write(mounted["ABC001L8"] / "Reports" / "camera.pdf", "r", 20)

    report = lto.check(primary, hashes=True, mounted=mounted)

    assert "lto.checksum-false" not in rules(report)
    reasons = [item.reason for item in report.not_checked if item.path == "ABC001L8"]
    assert "whether checksums are true: 1 file in no list on the tape" in reasons


@pytest.mark.parametrize("listed", [True, False])
def test_a_file_in_no_list_is_held_against_what_was_computed(
    primary: lto.Shipment, tmp_path: Path, *, listed: bool
) -> None:
    mounted = places(tmp_path / "show", 1)
    report = mounted["ABC001L8"] / "Reports" / "camera.pdf"
    material.write(report, "r", 20)
    if not listed:
        for path in mounted["ABC001L8"].rglob("*.mhl"):
            path.unlink()
    lto.manifest(primary, read=mounted, digest="xxh128")
    good = lto.check(primary, hashes=True, mounted=mounted)
    report.write_bytes(b"!" + report.read_bytes()[1:])

    bad = lto.check(primary, hashes=True, mounted=mounted)

    assert "lto.checksum-false" not in rules(good)
    false = [f.path for f in bad.findings if f.rule == "lto.checksum-false"]
    assert false == ["ABC001L8/Reports/camera.pdf"]


def test_a_clip_that_was_cut_short_is_found_without_hashes(
    primary: lto.Shipment, tmp_path: Path
) -> None:
    mounted = places(tmp_path / "show", 1)
    name = f"{material.DAYS[0]}/Camera_Media/A005/CLIP1/a.mov"
    os.truncate(mounted["ABC001L8"] / name, 2999)
    primary = lto.manifest(primary, read=mounted).shipment

    found = {(finding.rule, finding.path) for finding in lto.check(primary).failures}

    # The index of the fixture knows better too.
    path = f"ABC001L8/{name}"
    assert found == {("lto.listed-size", path), ("lto.index-contents", path)}


def test_a_misspelt_key_of_the_record_is_named(primary: lto.Shipment) -> None:
    once = edited(primary, "error_correction", "error_corection")
    twice = edited(once, 'title = "', 'titel = "x"\ntitle = "')

    found = [f.message for f in lto.check(twice).warnings if f.rule == "lto.record-key"]

    assert found == [
        "'shipment.titel' is in the record",
        "'tapes[0].stated.error_corection' is in the record",
    ]


def test_a_second_set_that_differs(tmp_path: Path, primary: lto.Shipment) -> None:
    other = tmp_path / "other"
    shutil.copytree(tmp_path / "show", other)
    day = material.DAYS[0]
    rolls = other / "tape1" / day / "Camera_Media"
    (rolls / "A005" / "CLIP1" / "a.mov").unlink()
    material.write(rolls / "B005" / "new.mov", "n", 9)
    clip = rolls / "B005" / "CLIP1" / "a.mov"
    clip.write_bytes(b"!" + clip.read_bytes()[1:])
    for roll in ("A005", "B005"):
        (rolls / roll / f"{roll}.mhl").unlink()
        material.offload(rolls / roll, "md5")
    begun = lto.start(tmp_path / "second", secondary_of=primary.path)

    report = lto.check(primary, secondary=fill(begun, other, 3, 4))

    found = {f.path: f.message for f in report.failures if not f.path.endswith(".mhl")}
    assert found == {
        f"{day}/Camera_Media/A005/CLIP1/a.mov": "not in the secondary set",
        f"{day}/Camera_Media/B005/new.mov": "in the secondary set alone",
        f"{day}/Camera_Media/B005/CLIP1/a.mov": "other bytes than in the secondary set",
    }


def test_two_sets_share_no_barcode_and_the_second_waits(
    primary: lto.Shipment, secondary: lto.Shipment
) -> None:
    twice = edited(secondary, '"ABC003L8"', '"ABC001L8"')
    assert "lto.barcode-unique" in rules(lto.check(twice))

    early = edited(primary, 'received = "2023-06-01"', 'received = ""')
    assert "lto.too-early" in rules(lto.check(early, secondary=secondary))


def test_a_shipment_that_is_not_the_second_set_is_refused(
    tmp_path: Path, primary: lto.Shipment
) -> None:
    other = lto.start(tmp_path / "other", show_code="XYZ")

    with pytest.raises(reelpack.LtoError, match="primary set is not"):
        lto.check(primary, secondary=other)


def test_what_nobody_tells_is_not_checked(tmp_path: Path) -> None:
    begun = lto.start(tmp_path / "ship", show_code="ABC")
    assert rules(lto.check(begun)) == {"lto.tapes", "lto.case-label"}

    report = lto.check(lto.put_tapes(begun, [lto.Tape("ABC001L8")]))

    reasons = " / ".join(item.reason for item in report.not_checked)
    for word in ("version of LTFS", "compression", "generation", "nobody has read it", "title"):
        assert word in reasons


def test_many_files_with_one_fault_are_counted(primary: lto.Shipment) -> None:
    primary = edited(primary, 'index = "ABC001L8-index.xml"', "")
    more = tuple(lto.TapeFile(f"Camera_Media/A005/{n}.mov", 1) for n in range(50))
    spoil(primary, lambda found: replace(found, files=found.files + more))

    missing = [f for f in lto.check(primary).failures if f.rule == "lto.checksum-missing"]

    assert len(missing) == 21
    assert "30 more files" in missing[-1].message


def test_how_far_the_reading_is_can_be_heard(tmp_path: Path, primary: lto.Shipment) -> None:
    heard: list[reelpack.Progress] = []

    lto.check(primary, hashes=True, mounted=places(tmp_path / "show", 1, 2), progress=heard.append)

    assert heard
    assert all(each.bytes_done == each.bytes_total > 0 for each in heard)


def test_findings_are_a_table_and_json(primary: lto.Shipment) -> None:
    report = lto.check(edited(primary, "box = 1", ""))

    frame = pl.DataFrame(report.findings_table)
    facts = report.to_dict()

    assert frame["rule"].unique(maintain_order=True).to_list() == [
        "lto.box",
        "lto.manifest",
        "lto.second-set",
    ]
    assert facts["ok"] is True
    assert facts["verdict"] == report.verdict
    assert "Report(ok=True" in repr(report)


def test_each_rule_says_who_wants_it_and_what_to_do() -> None:
    known = {"verified", "verified-third-party", "observed", "inferred", "own"}

    for rule in lto.rules():
        assert rule.sure in known
        assert rule.title
        assert rule.fix
        assert rule.source


def test_sets_that_cannot_be_compared(primary: lto.Shipment, secondary: lto.Shipment) -> None:
    spoil(
        primary,
        lambda found: replace(found, files=tuple(replace(f, digests=()) for f in found.files)),
    )
    report = lto.check(primary, secondary=secondary)
    assert any("without a checksum in common" in item.reason for item in report.not_checked)

    shutil.rmtree(Path(secondary.path, "contents"))
    report = lto.check(primary, secondary=secondary)
    assert any("2 tapes not read" in item.reason for item in report.not_checked)


def test_sets_of_two_shows_and_of_many_differences(
    primary: lto.Shipment, secondary: lto.Shipment
) -> None:
    more = tuple(lto.TapeFile(f"{n}.mov", 1, None, (("md5", "ab"),)) for n in range(50))
    spoil(primary, lambda found: replace(found, files=found.files + more))
    other = edited(secondary, 'show_code = "ABC"', 'show_code = "XYZ"')

    report = lto.check(primary, secondary=other)

    assert "lto.show-code" in rules(report)
    differ = [finding for finding in report.failures if finding.rule == "lto.sets-differ"]
    assert "not in the secondary set: 30 more files" in [finding.message for finding in differ]


def test_a_box_that_is_there_twice(primary: lto.Shipment) -> None:
    text = primary.record.read_text().replace("[[boxes]]", "[[boxes]]\nnumber = 1\n\n[[boxes]]", 1)
    primary.record.write_text(text)

    report = lto.check(lto.open(primary.path))

    assert "box 1 is there twice" in [finding.message for finding in report.warnings]


def test_a_tape_without_lists_cannot_be_held_against_any(
    tmp_path: Path, primary: lto.Shipment
) -> None:
    material.write(tmp_path / "bare" / "x.mov", "x", 5)
    primary = edited(primary, 'barcode = "ABC001L8"', 'barcode = "ABC001L8"\ncontent = "../bare"')

    report = lto.check(primary, hashes=True)

    reasons = {item.path: item.reason for item in report.not_checked}
    assert reasons["ABC001L8"].startswith("whether checksums are true: ")


def mine(report: lto.Report, rule: str) -> list[tuple[str, str]]:
    """Path and message of what one rule found."""
    return [(each.path, each.message) for each in report.findings if each.rule == rule]


def test_a_file_that_a_list_names_and_the_tape_lacks_is_found_without_hashes(
    primary: lto.Shipment, tmp_path: Path
) -> None:
    mounted = places(tmp_path / "show", 1)
    name = f"{material.DAYS[0]}/Camera_Media/A005/CLIP1/a.mov"
    (mounted["ABC001L8"] / name).unlink()
    primary = lto.manifest(primary, read=mounted).shipment

    assert mine(lto.check(primary), "lto.listed-missing") == [
        (f"ABC001L8/{name}", "in a list on the tape, and not there")
    ]
    # With `--hashes` it is not said a second time.
    assert mine(lto.check(primary, hashes=True, mounted=mounted), "lto.checksum-false") == []


def test_a_listed_file_on_another_tape_is_not_missing(primary: lto.Shipment) -> None:
    spoil(primary, lambda found: replace(found, missing=("Day/A009/x.mov",)))
    other = contents.kept(primary, "ABC002L8")
    assert other is not None
    files = (*other.files, lto.TapeFile("Day/A009/x.mov", 1, None, (("md5", "0" * 32),)))
    contents.keep(primary, "ABC002L8", replace(other, files=files))
    assert not mine(lto.check(primary), "lto.listed-missing")

    primary.resolve("contents/ABC002L8.jsonl").unlink()
    report = lto.check(primary)
    # The record says which rolls that tape is to have, and it is none of these.
    assert mine(report, "lto.listed-missing")

    planned = [replace(t, camera_rolls=(*t.camera_rolls, "A009")) for t in primary.tapes]
    report = lto.check(replace(primary, tapes=tuple(planned)))
    assert not mine(report, "lto.listed-missing")
    assert any("may be on another tape" in each.reason for each in report.not_checked)


def test_an_index_and_a_list_that_contradict_each_other(primary: lto.Shipment) -> None:
    found = contents.kept(primary, "ABC001L8")
    assert found is not None
    said = [
        material.OnTape(f.path, f.size or 0, f.block, (("ltfs.hash.md5sum", "0" * 32),) * (n == 0))
        for n, f in enumerate(found.files)
    ]
    spoil(
        primary,
        lambda found: replace(
            found, files=(replace(found.files[0], digests=(("md5", "1" * 32),)), *found.files[1:])
        ),
    )
    text = material.index(said, uuid=uuid("ABC001L8"))
    primary.resolve("ABC001L8-index.xml").write_text(text)

    assert mine(lto.check(primary), "lto.checksum-differs") == [
        (f"ABC001L8/{found.files[0].path}", "another in the index than in a list")
    ]


def test_lists_that_contradict_each_other(primary: lto.Shipment, tmp_path: Path) -> None:
    mounted = places(tmp_path / "show", 1)
    name = f"{material.DAYS[0]}/Camera_Media/A005/CLIP1/a.mov"
    (mounted["ABC001L8"] / "other.md5").write_text(f"{'0' * 32}  ./{name}\n")
    primary = lto.manifest(primary, read=mounted).shipment

    assert mine(lto.check(primary), "lto.checksum-differs") == [
        (f"ABC001L8/{name}", "lists have two of one kind")
    ]


@pytest.mark.parametrize("both", [True, False])
def test_one_volume_under_two_barcodes(
    primary: lto.Shipment, secondary: lto.Shipment, *, both: bool
) -> None:
    barcode = "ABC003L8" if both else "ABC002L8"
    there = secondary if both else primary
    found = contents.kept(there, barcode)
    assert found is not None
    contents.keep(there, barcode, replace(found, uuid=uuid("ABC001L8")))

    (first, *_) = mine(lto.check(primary, secondary=secondary), "lto.volume-unique")

    assert "as ABC00" in first[1]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (', by = "Jo"', "", "lto.stated-by"),
        ("files = 8", "files = 7", "lto.facts-recorded"),
        ("bytes = ", "bytes = 1", "lto.facts-recorded"),
        ('shoot_days = ["2023', 'shoot_days = ["2022', "lto.facts-recorded"),
    ],
)
def test_what_the_record_says_is_held_against_the_tape(
    primary: lto.Shipment, old: str, new: str, rule: str
) -> None:
    assert rules(lto.check(edited(primary, old, new))) == {rule}


@pytest.mark.parametrize("days", ['["Day 5"]', '["2023-05-10"]'])
def test_days_may_be_written_otherwise(primary: lto.Shipment, days: str) -> None:
    text = primary.record.read_text()
    old = next(line for line in text.splitlines() if line.startswith("shoot_days"))

    assert rules(lto.check(edited(primary, old, f"shoot_days = {days}"))) == set()


def test_a_barcode_without_a_number_is_a_warning(tmp_path: Path) -> None:
    begun = lto.start(tmp_path / "odd", show_code="ABC")
    lto.put_tapes(begun, [lto.Tape("ABCDEFL8")])

    (found,) = [f for f in lto.check(lto.open(begun.path)).findings if "number" in f.rule]

    assert (found.rule, found.severity, found.sure) == ("lto.barcode-number", "warning", "inferred")


def hashed(shipment: lto.Shipment, mounted: dict[str, Path]) -> lto.Report:
    """Read what is mounted and hold it against what is known."""
    return lto.check(shipment, hashes=True, mounted=mounted)


def labelled(folder: Path, name: str, value: str) -> None:
    """Set an attribute of a volume as LTFS shows it on Linux."""
    try:
        os.setxattr(folder, f"user.ltfs.{name}", value.encode())
    except OSError:
        give_up("this disk has no extended attributes")


def test_tapes_that_are_exchanged_do_not_pass(primary: lto.Shipment, tmp_path: Path) -> None:
    mounted = places(tmp_path / "show", 1, 2)
    there = dict(zip(mounted, reversed(mounted.values()), strict=True))

    found = mine(hashed(primary, there), "lto.contents-differ")

    name = f"{material.DAYS[0]}/Camera_Media/A005/CLIP1/a.mov"
    assert (f"ABC001L8/{name}", "gone since it was read") in found
    assert (f"ABC002L8/{name}", "not there when it was read") in found
    assert len(found) == 32


def test_a_roll_that_is_gone_with_its_list_does_not_pass(
    primary: lto.Shipment, tmp_path: Path
) -> None:
    mounted = places(tmp_path / "show", 1)
    roll = mounted["ABC001L8"] / material.DAYS[0] / "Camera_Media" / "B005"
    shutil.rmtree(roll)

    assert sorted(path for path, _ in mine(hashed(primary, mounted), "lto.contents-differ")) == [
        f"ABC001L8/{material.DAYS[0]}/Camera_Media/B005/{name}"
        for name in ("B005.mhl", "CLIP1/a.mov", "CLIP2/b.mov")
    ]


@pytest.mark.parametrize("algorithm", ["md5", "xxh64"])
def test_a_file_that_changed_with_its_list_does_not_pass(
    primary: lto.Shipment, tmp_path: Path, algorithm: str
) -> None:
    mounted = places(tmp_path / "show", 1)
    roll = mounted["ABC001L8"] / material.DAYS[0] / "Camera_Media" / "B005"
    clip = roll / "CLIP1" / "a.mov"
    clip.write_bytes(b"!" + clip.read_bytes()[1:])
    (roll / "B005.mhl").unlink()
    material.offload(roll, algorithm)

    false = mine(hashed(primary, mounted), "lto.checksum-false")

    base = f"ABC001L8/{material.DAYS[0]}/Camera_Media/B005"
    assert (f"{base}/CLIP1/a.mov", "changed") in false
    assert (f"{base}/CLIP2/b.mov", "changed") not in false


def test_many_files_that_are_new_or_longer_are_told(primary: lto.Shipment, tmp_path: Path) -> None:
    mounted = places(tmp_path / "show", 1)
    for number in range(30):
        material.write(mounted["ABC001L8"] / "Reports" / f"{number}.pdf", "r", 5)
    clip = mounted["ABC001L8"] / material.DAYS[0] / "Camera_Media" / "A005" / "CLIP1" / "a.mov"
    os.truncate(clip, 3001)

    found = mine(hashed(primary, mounted), "lto.contents-differ")

    assert ("ABC001L8", "not there when it was read: 10 more files") in found
    assert "of another size than when it was read" in {message for _, message in found}


def test_a_tape_that_was_listed_need_not_have_had_lists(
    primary: lto.Shipment, tmp_path: Path
) -> None:
    mounted = places(tmp_path / "show", 1)
    spoil(
        primary,
        lambda found: replace(
            found,
            origin="list",
            files=tuple(
                replace(file, size=None) for file in found.files if not file.path.endswith(".mhl")
            ),
        ),
    )

    assert not mine(hashed(primary, mounted), "lto.contents-differ")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("mamBarcode", "abc002l8   ", "ABC002 is mounted in"),
        ("mamBarcode", "ABC002", "ABC002 is mounted in"),
        ("volumeName", "ABC002L8", "ABC002 is mounted in"),
        ("volumeUUID", "7F8C9D1E-0000", "volume 7f8c9d1e-0000 is mounted in"),
        ("mamBarcode", "ABC001L8", ""),
        ("mamBarcode", "abc001", ""),
        ("volumeName", "NORTHERN LIGHTS", ""),
        ("volumeUUID", "7F8C9D1E-3A2B-4C5D-8E9F-000000000100", ""),
    ],
)
def test_what_ltfs_tells_of_a_tape_is_held_against_its_barcode(
    primary: lto.Shipment, tmp_path: Path, name: str, value: str, said: str
) -> None:
    mounted = places(tmp_path / "show", 1)
    labelled(mounted["ABC001L8"], name, value)

    report = hashed(primary, mounted)

    assert [message[: len(said)] for _, message in mine(report, "lto.other-volume")] == (
        [said] if said else []
    )
    unread = [item for item in report.not_checked if item.path == "ABC001L8"]
    assert any("another tape is mounted" in item.reason for item in unread) is bool(said)


def test_another_tape_in_the_place_of_the_record_is_not_this_one(
    primary: lto.Shipment, tmp_path: Path
) -> None:
    primary = edited(
        primary, 'barcode = "ABC001L8"', 'barcode = "ABC001L8"\ncontent = "../show/tape2"'
    )
    labelled(tmp_path / "show" / "tape2", "mamBarcode", "ABC002L8")

    report = lto.check(primary, hashes=True)

    assert rules(report) == set()
    reasons = {item.path: item.reason for item in report.not_checked}
    assert reasons["ABC001L8"] == "whether checksums are true: it is not mounted"


def test_a_tape_that_is_not_there_is_refused(primary: lto.Shipment, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(reelpack.LtoError, match="is the tape mounted"):
        hashed(primary, {"ABC001L8": tmp_path / "empty"})
    with pytest.raises(FileNotFoundError, match="none"):
        hashed(primary, {"ABC001L8": tmp_path / "none"})
    with pytest.raises(ValueError, match="without `hashes`"):
        lto.check(primary, mounted=places(tmp_path / "show", 1))


def test_a_tape_that_nobody_read_is_held_against_its_lists(
    primary: lto.Shipment, tmp_path: Path
) -> None:
    mounted = places(tmp_path / "show", 1)
    shutil.rmtree(primary.resolve("contents"))
    clip = next((tmp_path / "show" / "tape1").rglob("a.mov"))
    clip.write_bytes(b"!" + clip.read_bytes()[1:])

    report = hashed(primary, mounted)

    assert [message for _, message in mine(report, "lto.checksum-false")] == ["mismatch"]
    assert not mine(report, "lto.contents-differ")


@pytest.mark.parametrize("form", ["mhl", "ascmhl", "md5sum"])
def test_lists_that_an_index_names_are_not_read(
    primary: lto.Shipment, tmp_path: Path, form: str
) -> None:
    roll = tmp_path / "new" / material.DAYS[0] / "Camera_Media" / "A005"
    material.write(roll / "CLIP1" / "a.mov", "a", 50)
    reelpack.checksum(roll, formats=[form], algorithms=["md5"], state=False).write()
    material.write(tmp_path / "new" / "Reports" / "r.pdf", "r", 5)
    index = primary.resolve("ABC001L8-index.xml")
    index.write_text(material.index(material.files_of(tmp_path / "new"), uuid=uuid("ABC001L8")))

    report = lto.check(lto.manifest(primary, read={"ABC001L8": index}).shipment)

    assert mine(report, "lto.checksum-missing") == [("ABC001L8/Reports/r.pdf", "no checksum")]
    reasons = [item.reason for item in report.not_checked if item.path == "ABC001L8"]
    assert any("1 file has" in each and "lists on the tape were not" in each for each in reasons)


def test_camera_rolls_are_no_sound_rolls(primary: lto.Shipment) -> None:
    once = edited(primary, 'camera_rolls = ["B005", "A005"]', 'camera_rolls = ["B005"]')
    report = lto.check(edited(once, '["S005"]', '["S005", "A005"]'))

    assert mine(report, "lto.rolls-recorded") == [
        ("ABC001L8", "A005 is a camera roll on the tape and a sound roll in the record")
    ]


def test_sound_is_not_known_where_no_folder_tells(primary: lto.Shipment) -> None:
    primary = edited(primary, 'sound_rolls = ["S005"]', 'sound_rolls = ["S005", "X1"]')
    more = lto.TapeFile("X1/a.mp3", 1, None, (("md5", "0" * 32),))
    spoil(primary, lambda found: replace(found, files=(*found.files, more)))

    report = lto.check(primary)

    assert not mine(report, "lto.rolls-recorded")
    assert "whether X1 is a sound roll: no folder tells" in [i.reason for i in report.not_checked]


@pytest.mark.parametrize(("old", "new"), [('["B005"', '["A005", "B005"'), ('["S005', '["A005')])
def test_a_roll_is_in_the_record_once(primary: lto.Shipment, old: str, new: str) -> None:
    found = mine(lto.check(edited(primary, old, new)), "lto.rolls-recorded")

    assert ("ABC001L8", "A005 is in the record twice") in found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "transfer_date = 2023-05-12",
            "transfer_date = 2023-05-09",
            "transferred on 2023-05-09, before the last day of the shoot, 2023-05-10",
        ),
        (
            "transfer_date = 2023-05-12",
            "transfer_date = 2023-06-30",
            "received on 2023-06-01, before a tape was written on 2023-06-30",
        ),
        (
            "transfer_date = 2023-05-12",
            "transfer_date = 2023-07-03",
            "transferred on 2023-07-03, which is ahead",
        ),
        (
            'received = "2023-06-01"',
            'received = "2099-01-01"',
            "received on 2099-01-01, which is ahead",
        ),
    ],
)
def test_dates_that_cannot_be(primary: lto.Shipment, old: str, new: str, said: str) -> None:
    report = lto.check(edited(primary, old, new), today=dt.date(2023, 7, 1))

    found = [message for _, message in mine(report, "lto.dates")]
    assert said in found
    assert report.ok


def test_dates_that_can_be(primary: lto.Shipment) -> None:
    # The next day may have begun elsewhere.
    today = edited(primary, 'received = "2023-06-01"', 'received = "2023-06-02"')
    assert rules(lto.check(today, today=dt.date(2023, 6, 1))) == set()
    untold = edited(today, "shoot_days", "spare_days")
    assert not mine(lto.check(untold, today=dt.date(2023, 6, 1)), "lto.dates")


def test_a_first_set_that_will_be_received_is_not_received(
    primary: lto.Shipment, secondary: lto.Shipment
) -> None:
    edited(primary, 'received = "2023-06-01"', 'received = "2099-01-01"')

    report = lto.check(secondary, today=dt.date(2023, 7, 1))

    assert [message for _, message in mine(report, "lto.dates")] == [
        "the primary set received on 2099-01-01, which is ahead"
    ]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('production_company = "Us"', 'production_company = "  "', "lto.case-label"),
        ('by = "Jo"', 'by = " "', "lto.stated-by"),
        ('["S005"]', '[" "]', "lto.rolls-recorded"),
    ],
)
def test_a_blank_is_nothing(primary: lto.Shipment, old: str, new: str, rule: str) -> None:
    assert rules(lto.check(edited(primary, old, new))) == {rule}


def test_fields_of_a_case_label_that_are_blanks_are_missing(primary: lto.Shipment) -> None:
    tape = replace(primary.tapes[0], shoot_days=(" ",), camera_rolls=("",), sound_rolls=())
    odd = replace(primary, tapes=(tape,), title=" ", production_company=" ")

    assert [message for _, message in mine(lto.check(odd), "lto.case-label")] == [
        "there is no production company",
        "there is no title or security title",
        "there is no shoot date or day",
        "there is no camera or sound roll",
    ]


def test_a_shipment_without_a_manifest(primary: lto.Shipment) -> None:
    for name in ("manifest.csv", "manifest-files.csv"):
        primary.resolve(name).unlink()

    assert mine(lto.check(primary), "lto.manifest") == [("", "there is no manifest")]


OLD = "not of what was read and is in the record now"


def test_a_manifest_of_before_is_found(primary: lto.Shipment, tmp_path: Path) -> None:
    both = [("manifest.csv", OLD), ("manifest-files.csv", OLD)]
    heavier = edited(primary, "weight_kg = 4.2", "weight_kg = 4.3")
    assert mine(lto.check(heavier), "lto.manifest") == both

    lto.manifest(heavier).write(["csv"])
    assert not mine(lto.check(heavier), "lto.manifest")

    material.write(tmp_path / "show" / "tape1" / "Reports" / "r.pdf", "r", 5)
    more = lto.manifest(heavier, read=places(tmp_path / "show", 1))
    assert mine(lto.check(more.shipment), "lto.manifest") == both

    more.write(["pdf"])
    assert mine(lto.check(more.shipment), "lto.manifest") == both


def test_a_manifest_may_be_written_in_parts(primary: lto.Shipment) -> None:
    lto.manifest(primary).write(["pdf"])
    assert not mine(lto.check(primary), "lto.manifest")

    text = primary.record.read_text()
    primary.record.write_text(text.partition("[steps")[0])
    assert {message for _, message in mine(lto.check(primary), "lto.manifest")} == {OLD}


def test_a_box_without_a_tape_and_one_beyond_the_count(primary: lto.Shipment) -> None:
    more = "[[boxes]]\nnumber = 7\nweight_kg = 1\nsize_mm = [1, 1, 1]\n\n[[boxes]]"

    report = lto.check(edited(primary, "[[boxes]]", more))

    assert mine(report, "lto.box") == [("", "box 7 has no tape"), ("", "box 7 of 2")]


def test_a_shipment_may_be_named_by_its_folder(
    primary: lto.Shipment, secondary: lto.Shipment
) -> None:
    report = lto.check(primary.path, secondary=secondary.record)

    assert report == lto.check(primary, secondary=secondary)


def test_a_record_of_windows_is_checked_and_noted(primary: lto.Shipment) -> None:
    primary.record.write_bytes(b"\xef\xbb\xbf" + primary.record.read_bytes())

    lto.note_step(primary, "check")

    assert lto.check(lto.open(primary.path)).ok
    assert "[steps.check]" in primary.record.read_text("utf-8")
