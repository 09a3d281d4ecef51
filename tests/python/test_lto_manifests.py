"""The manifest: its workbook read by openpyxl, its CSV by csv, its PDF by pdftotext."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import polars as pl
import pytest
import reelpack
from material import lto as material
from material.needs import give_up
from reelpack import lto
from reelpack.lto import columns, commas, printing, workbooks

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@pytest.fixture
def shipment(tmp_path: Path) -> lto.Shipment:
    """One tape for each day, in a box, not read yet."""
    material.shoot(tmp_path / "show")
    begun = lto.start(
        tmp_path / "ship", show_code="ABC", title="A Show", production_company="Müller & Co"
    )
    lto.put_tapes(begun, [lto.Tape("ABC001L8"), lto.Tape("ABC002L8")])
    text = begun.record.read_text()
    box = "[[boxes]]\nnumber = 1\nweight_kg = 4.2\nsize_mm = [400, 300, 250]\n\n[outside]"
    text = text.replace("[outside]", box).replace('02L8"', '02L8"\nbox = 1')
    begun.record.write_text(text)
    return lto.open(begun.path)


def places(tmp_path: Path) -> dict[str, Path]:
    """Where the tapes are mounted."""
    return {
        f"ABC00{number}L8": tmp_path / "show" / day for number, day in enumerate(material.DAYS, 1)
    }


def cells(sheet: object) -> list[tuple[object, ...]]:
    """Return the rows of a sheet."""
    return list(sheet.values)  # type: ignore[attr-defined]


def test_the_workbook_has_each_tape_roll_box_and_file(
    tmp_path: Path, shipment: lto.Shipment
) -> None:
    found = lto.manifest(shipment, read=places(tmp_path), digest="md5")
    (path,) = found.write(["xlsx"])

    book = openpyxl.load_workbook(path)

    assert book.sheetnames == ["Shipment", "Tapes", "Rolls", "Boxes", "Files"]
    tapes = cells(book["Tapes"])
    assert [row[1] for row in tapes] == ["LTO Barcode #", "ABC001L8", "ABC002L8"]
    head = list(tapes[0])
    assert tapes[2][head.index("Camera Rolls")] == "A006, B006"
    assert tapes[2][head.index("Box")] == 1
    files = cells(book["Files"])
    wanted = sorted(path for path in (tmp_path / "show").rglob("*") if path.is_file())
    assert len(files) - 1 == len(wanted) == found.file_count
    size = list(files[0]).index("Bytes")
    assert sum(int(str(row[size])) for row in files[1:]) == sum(p.stat().st_size for p in wanted)
    assert [row[3:7] for row in cells(book["Boxes"])[1:]] == [(4.2, 400, 300, 250)]
    rolls = [row[3] for row in cells(book["Rolls"])[1:]]
    assert rolls == ["A005", "B005", "S005", "A006", "B006", "S006"]


@pytest.mark.slow
def test_libreoffice_opens_the_workbook(tmp_path: Path, shipment: lto.Shipment) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        give_up("LibreOffice is not installed")
    (path,) = lto.manifest(shipment, read=places(tmp_path)).write(["xlsx"])

    subprocess.run(
        [office, "--headless", "--convert-to", "ods", "--outdir", tmp_path, path], check=True
    )

    assert (tmp_path / "manifest.ods").stat().st_size > 0


def test_the_record_takes_what_was_read_and_keeps_what_was_said(
    tmp_path: Path, shipment: lto.Shipment
) -> None:
    text = shipment.record.read_text()
    shipment.record.write_text(text.replace('01L8"', '01L8"\ncamera_rolls = ["A005"]'))

    lto.manifest(lto.open(shipment.path), read=places(tmp_path))

    first, second = lto.open(shipment.path).tapes
    assert (first.camera_rolls, first.sound_rolls) == (("A005",), ("S005",))
    assert (second.camera_rolls, second.files) == (("A006", "B006"), 8)
    assert second.bytes == sum(
        p.stat().st_size for p in (tmp_path / "show" / material.DAYS[1]).rglob("*") if p.is_file()
    )


def test_tapes_are_read_one_at_a_time_and_remembered(
    tmp_path: Path, shipment: lto.Shipment
) -> None:
    first, second = places(tmp_path).items()

    one = lto.manifest(shipment, read=dict([first]))
    assert one.unread == ("ABC002L8",)
    both = lto.manifest(lto.open(shipment.path), read=dict([second]))

    assert both.unread == ()
    assert both.file_count == 16
    assert pl.DataFrame(both.files)["barcode"].unique().sort().to_list() == ["ABC001L8", "ABC002L8"]
    with pytest.raises(ValueError, match="no tape"):
        lto.manifest(shipment, read={"ABC009L8": tmp_path})


def test_an_index_stands_for_a_tape(tmp_path: Path, shipment: lto.Shipment) -> None:
    mounted = tmp_path / "show" / material.DAYS[0]
    index = tmp_path / "index.xml"
    index.write_text(material.index(material.files_of(mounted)))

    found = lto.manifest(shipment, read={"ABC001L8": index}).contents["ABC001L8"]

    wanted = [p.relative_to(mounted).as_posix() for p in mounted.rglob("*.*") if p.is_file()]
    assert [file.path for file in found.files] == sorted(wanted, reverse=True)
    assert (found.origin, found.version, found.in_order) == ("index", "2.4.0", True)


def test_the_index_of_the_record_adds_the_places(tmp_path: Path, shipment: lto.Shipment) -> None:
    mounted = tmp_path / "show" / material.DAYS[0]
    (tmp_path / "ship" / "index.xml").write_text(material.index(material.files_of(mounted)))
    text = shipment.record.read_text()
    shipment.record.write_text(text.replace('01L8"', '01L8"\nindex = "index.xml"'))

    found = lto.manifest(lto.open(shipment.path), read={"ABC001L8": mounted})

    blocks = [file.block for file in found.contents["ABC001L8"].files]
    assert blocks == sorted(blocks, key=int)  # type: ignore[arg-type]
    assert all(file.size for file in found.contents["ABC001L8"].files)


def test_the_csv_has_the_rolls_and_the_files(tmp_path: Path, shipment: lto.Shipment) -> None:
    rolls, files = lto.manifest(shipment, read=places(tmp_path)).write(["csv"])

    with open(rolls, newline="") as text:  # noqa: PTH123
        read = list(csv.DictReader(text))
    assert [
        (row["LTO Barcode #"], row["Roll"], row["Checksums"], row["MHL"]) for row in read[:3]
    ] == [
        ("ABC001L8", "A005", "md5: 2 of 2", "yes"),
        ("ABC001L8", "B005", "md5: 2 of 2", "yes"),
        ("ABC001L8", "S005", "xxh64: 1 of 1", "yes"),
    ]
    with open(files, newline="") as text:  # noqa: PTH123
        assert sum(1 for _ in csv.reader(text)) == 17


def test_the_pdf_for_the_box_has_tapes_rolls_and_boxes(
    tmp_path: Path, shipment: lto.Shipment
) -> None:
    (path,) = lto.manifest(shipment, read=places(tmp_path)).write(["pdf"])

    said = material.text(tmp_path / "ship" / "manifest.pdf")

    assert path.endswith("manifest.pdf")
    of_the_shipment = ("Müller & Co", "A Show", "ABC001L8", "ABC002L8", "A005", "S006")
    for word in (*of_the_shipment, "4.2", "400 x 300 x 250 mm", "page 1"):
        assert word in said


def test_a_pdf_of_many_rolls_goes_on_for_pages(tmp_path: Path) -> None:
    begun = lto.start(tmp_path / "ship", show_code="ABC")
    now = lto.put_tapes(begun, [lto.Tape("ABC001L8")])
    names = [f"A{n:03}_{'long' * 20 if n % 50 == 0 else 'C1'}" for n in range(150)]
    files = tuple(lto.TapeFile(f"{name}/x.mov", n) for n, name in enumerate(names))
    found = lto.Manifest(now, {"ABC001L8": lto.Contents("list", files)}, columns.built_in())

    found.write(["pdf"])

    said = material.text(tmp_path / "ship" / "manifest.pdf")
    assert all(name in said for name in names if len(name) < 20)
    assert "page 3" in said


EVIL = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\tx", '=HYPERLINK("http://x")')


@pytest.mark.parametrize("name", EVIL)
def test_no_cell_is_a_formula(tmp_path: Path, name: str) -> None:
    begun = lto.start(tmp_path / "ship", show_code="ABC", production_company="=1+1")
    now = lto.put_tapes(begun, [lto.Tape("ABC001L8")])
    file = lto.TapeFile(name.replace("/", ":"), 1)
    found = lto.Manifest(now, {"ABC001L8": lto.Contents("list", (file,))}, columns.built_in())

    book = openpyxl.load_workbook(found.write(["xlsx"])[0])
    text = commas.render(found.cells("files"))

    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
            assert all(cell.hyperlink is None for cell in row)
    (_, texts) = csv.reader(text.splitlines())
    assert texts[3] == f"'{file.path}"


def test_columns_are_set_by_a_file(tmp_path: Path, shipment: lto.Shipment) -> None:
    wanted = tmp_path / "columns.toml"
    wanted.write_text(
        '[[tapes]]\nfield = "barcode"\ntitle = "Asset"\n[[tapes]]\ntitle = "Vendor"\nvalue = "Us"\n'
    )

    found = lto.manifest(shipment, columns=wanted)

    assert list(found.cells("tapes")) == [
        ["Asset", "Vendor"],
        ["ABC001L8", "Us"],
        ["ABC002L8", "Us"],
    ]
    assert next(found.cells("boxes"))[0] == "Box"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[[tape]]\nfield = "barcode"', "no such table"),
        ('[[tapes]]\nfield = "colour"', "none of tape, barcode"),
        ("tapes = []", "no column"),
        ("tapes = 7", "no list of tables"),
        ("tapes", "no TOML"),
    ],
)
def test_columns_that_are_none_are_refused(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "columns.toml"
    path.write_text(text)

    with pytest.raises(reelpack.LtoError, match=why):
        columns.read(path)


def test_a_table_that_is_too_long_goes_on_in_another_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "ROWS", 4)
    begun = lto.start(tmp_path / "ship", show_code="ABC")
    now = lto.put_tapes(begun, [lto.Tape("ABC001L8")])
    files = tuple(lto.TapeFile(f"A001/{n}.mov", n) for n in range(7))
    found = lto.Manifest(now, {"ABC001L8": lto.Contents("list", files)}, columns.built_in())

    book = openpyxl.load_workbook(found.write(["xlsx"])[0])

    assert book.sheetnames[-3:] == ["Files", "Files 2", "Files 3"]
    assert [row[3] for row in cells(book["Files 3"])] == ["Path", "A001/6.mov"]


def test_the_same_manifest_is_the_same_workbook(tmp_path: Path, shipment: lto.Shipment) -> None:
    found = lto.manifest(shipment, read=places(tmp_path))

    assert workbooks.render(found) == workbooks.render(found)
    with pytest.raises(ValueError, match="none of xlsx"):
        found.write(["doc"])


def test_a_manifest_says_what_it_holds(tmp_path: Path, shipment: lto.Shipment) -> None:
    done: list[reelpack.Progress] = []

    found = lto.manifest(
        shipment,
        read={"ABC001L8": places(tmp_path)["ABC001L8"]},
        digest="md5",
        progress=done.append,
    )
    found.write(["pdf"], paper="letter")

    assert "tapes=2, unread=1, files=8" in repr(found)
    assert done[-1].bytes_done == done[-1].bytes_total > 0
    assert found.to_dict()["unread"] == ["ABC002L8"]
    assert pl.DataFrame(found.rolls)["roll"].to_list() == ["A005", "B005", "S005"]
    assert "not read: ABC002L8" in material.text(tmp_path / "ship" / "manifest.pdf")
    with pytest.raises(ValueError, match="paper"):
        found.write(["pdf"], paper="a5")


def test_a_tape_is_read_where_its_record_says_as_long_as_it_is_there(
    tmp_path: Path, shipment: lto.Shipment
) -> None:
    mount, listing = tmp_path / "mnt", tmp_path / "show" / "list.md5"
    mount.mkdir()
    listing.write_text(f"{'0' * 32}  A001/x.mov\n")
    text = shipment.record.read_text().replace('01L8"', '01L8"\ncontent = "../mnt"')
    shipment.record.write_text(text.replace('02L8"', '02L8"\ncontent = "../show/list.md5"'))

    empty = lto.manifest(lto.open(shipment.path))
    material.write(mount / "A002" / "y.mov", "y", 5)
    full = lto.manifest(lto.open(shipment.path))

    assert empty.unread == ("ABC001L8",)
    assert [file.path for file in full.contents["ABC001L8"].files] == ["A002/y.mov"]
    assert [file.path for file in full.contents["ABC002L8"].files] == ["A001/x.mov"]
    listing.unlink()
    assert lto.manifest(lto.open(shipment.path)).unread == ()


def test_a_box_of_many_tapes_is_printed_whole(tmp_path: Path) -> None:
    begun = lto.start(tmp_path / "ship", show_code="ABC")
    box = lto.Box(1, 40.0, (1.0, 1.0, 1.0))
    many = tuple(lto.Tape(f"ABC{number:03}L8", box=1) for number in range(1, 1000))
    found = lto.Manifest(replace(begun, tapes=many, boxes=(box,)), {}, columns.built_in())

    (tmp_path / "all.pdf").write_bytes(printing.render(found))

    said = material.text(tmp_path / "all.pdf").split()
    # In the tapes, in the box, under the tape and among those not read.
    assert sum(word.startswith("ABC998L8") for word in said) == 4


def test_an_empty_mount_point_does_not_replace_what_was_read(
    tmp_path: Path, shipment: lto.Shipment
) -> None:
    first = lto.manifest(shipment, read=places(tmp_path))
    (tmp_path / "empty").mkdir()

    with pytest.raises(reelpack.LtoError, match="is the tape mounted"):
        lto.manifest(first.shipment, read={"ABC001L8": tmp_path / "empty"})

    assert lto.manifest(first.shipment).file_count == first.file_count


def test_a_barcode_that_is_there_twice_has_no_manifest(shipment: lto.Shipment) -> None:
    shipment.record.write_text(shipment.record.read_text().replace("ABC002L8", "ABC001L8"))

    with pytest.raises(reelpack.LtoError, match="ABC001L8 is there twice"):
        lto.manifest(lto.open(shipment.path))


def test_a_pdf_that_lacks_letters_leaves_no_other_file(
    tmp_path: Path, shipment: lto.Shipment
) -> None:
    shipment.record.write_text(shipment.record.read_text().replace("Müller", "Мюллер"))
    found = lto.manifest(lto.open(shipment.path), read=places(tmp_path))

    with pytest.raises(reelpack.LtoError, match="the font has no"):
        found.write()

    assert not list((tmp_path / "ship").glob("manifest*"))


def labelled(folder: Path, name: str, value: str) -> None:
    """Set an attribute of a volume as LTFS shows it on Linux."""
    try:
        os.setxattr(folder, f"user.ltfs.{name}", value.encode())
    except OSError:
        give_up("this disk has no extended attributes")


@pytest.mark.parametrize("told", ["ABC002L8", "abc002   "])
def test_a_tape_is_not_kept_under_the_barcode_of_another(
    tmp_path: Path, shipment: lto.Shipment, told: str
) -> None:
    mounted = places(tmp_path)
    labelled(mounted["ABC001L8"], "mamBarcode", told)

    with pytest.raises(reelpack.LtoError, match="hint: name the right tape") as caught:
        lto.manifest(shipment, read=mounted)

    assert str(caught.value).startswith(f"{mounted['ABC001L8']}: LTFS tells the barcode ABC002")
    assert not shipment.resolve("contents").exists()


@pytest.mark.parametrize(
    ("name", "told"),
    [("mamBarcode", " abc001l8 "), ("mamBarcode", "none"), ("volumeName", "Northern Lights")],
)
def test_a_tape_that_ltfs_calls_the_same_or_nothing_is_read(
    tmp_path: Path, shipment: lto.Shipment, name: str, told: str
) -> None:
    mounted = places(tmp_path)
    labelled(mounted["ABC001L8"], name, told)

    assert lto.manifest(shipment, read=mounted).unread == ()


def test_a_drive_in_the_record_has_one_tape_at_a_time(
    tmp_path: Path, shipment: lto.Shipment
) -> None:
    drive = f'content = "../show/{material.DAYS[1]}"'
    text = shipment.record.read_text()
    text = text.replace('01L8"', f'01L8"\n{drive}').replace('02L8"', f'02L8"\n{drive}')
    shipment.record.write_text(text)
    labelled(tmp_path / "show" / material.DAYS[1], "mamBarcode", "ABC002L8")

    assert lto.manifest(lto.open(shipment.path)).unread == ("ABC001L8",)


def listed(shipment: lto.Shipment) -> set[str]:
    """The tapes whose files are in the CSV."""
    with shipment.resolve("manifest-files.csv").open(newline="") as text:
        return {row["LTO Barcode #"] for row in csv.DictReader(text)}


def test_whoever_writes_last_writes_what_both_read(tmp_path: Path, shipment: lto.Shipment) -> None:
    first, second = places(tmp_path).items()
    one = lto.manifest(shipment, read=dict([first]))
    both = lto.manifest(shipment, read=dict([second]))
    both.write(["csv"])

    one.write(["csv"])

    assert listed(shipment) == {"ABC001L8", "ABC002L8"}
    assert one.renewed().file_count == both.file_count == 16


@pytest.mark.parametrize("always", [False, True])
def test_what_is_read_while_the_manifest_is_written_is_in_it(
    tmp_path: Path, shipment: lto.Shipment, monkeypatch: pytest.MonkeyPatch, *, always: bool
) -> None:
    first, second = places(tmp_path).items()
    found = lto.manifest(shipment, read=dict([first]))
    render, begun = commas.render, 0

    def meanwhile(rows: Iterable[Iterable[object]]) -> str:
        nonlocal begun
        begun += 1
        if always or begun == 1:
            lto.manifest(shipment, read=dict([second]))
        return render(rows)

    monkeypatch.setattr(commas, "render", meanwhile)

    if always:
        with pytest.raises(reelpack.LtoError, match="read all the time"):
            found.write(["csv"])
    else:
        found.write(["csv"])
    assert listed(shipment) == {"ABC001L8", "ABC002L8"}


def test_a_tape_that_is_not_in_the_record_any_more_is_in_no_manifest(
    tmp_path: Path, shipment: lto.Shipment
) -> None:
    found = lto.manifest(shipment, read=places(tmp_path))
    text = shipment.record.read_text()
    shipment.record.write_text(text.replace('barcode = "ABC001L8"', 'barcode = "ABC009L8"'))

    now = found.renewed()

    assert (now.unread, now.file_count) == (("ABC009L8",), 8)


def test_contents_that_go_away_meanwhile_count_as_read(
    tmp_path: Path, shipment: lto.Shipment, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = lto.manifest(shipment, read=places(tmp_path))
    monkeypatch.setattr("reelpack.lto.contents.age", lambda *_: (1,))
    monkeypatch.setattr("reelpack.lto.contents.kept", lambda *_: None)

    assert found.renewed().file_count == 16


def test_sizes_that_no_list_says_are_not_nought(tmp_path: Path, shipment: lto.Shipment) -> None:
    sums = tmp_path / "tape.md5"
    sums.write_text(f"{'0' * 32}  Camera_Media/A001/x.mov\n{'1' * 32}  Camera_Media/A001/y.mov\n")
    first = lto.manifest(shipment, read={"ABC001L8": places(tmp_path)["ABC001L8"]}).shipment
    assert first.tapes[0].bytes

    found = lto.manifest(first, read={"ABC001L8": sums})
    workbook, rolls, _, _ = found.write()

    assert found.shipment.tapes[0].bytes is None
    assert found.bytes is None
    assert [(row["bytes"], row["size"]) for row in found.roll_rows()] == [(None, "")]
    with open(rolls, newline="") as text:  # noqa: PTH123
        assert [row["Bytes"] + row["Size"] for row in csv.DictReader(text)] == [""]
    about = {row[0]: row[1] for row in cells(openpyxl.load_workbook(workbook)["Shipment"])}
    assert about["Size"] is about["Bytes"] is None
    said = material.text(tmp_path / "ship" / "manifest.pdf")
    assert said.count("size unknown") == 3
    assert "0 bytes" not in said
    report = lto.check(found.shipment)
    assert "whether it holds so much: sizes of files are unknown" in {
        item.reason for item in report.not_checked
    }
    assert "lto.facts-recorded" not in {finding.rule for finding in report.findings}


def test_a_barcode_that_is_none_was_never_kept(tmp_path: Path) -> None:
    begun = lto.start(tmp_path / "odd", show_code="ABC")
    now = lto.put_tapes(begun, [lto.Tape("../../x")])

    assert lto.manifest(now).unread == ("../../x",)
