"""The record of a shipment, what goes on which tape, and what is read of tapes."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import subprocess
import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import polars as pl
import pytest
import reelpack
import vl_convert
from hypothesis import given
from hypothesis import strategies as st
from material import lto as material
from material.needs import give_up
from reelpack import lto
from reelpack.lto import columns, contents, records, writing
from reelpack.lto.plans import Roll
from reelpack.lto.rolls import Sorter, folded

if TYPE_CHECKING:
    from pathlib import Path

    from tomlkit import TOMLDocument

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def shipment(tmp_path: Path) -> lto.Shipment:
    return lto.start(tmp_path / "ship", show_code="ABC", title="A Show")


def edit(shipment: lto.Shipment, old: str, new: str) -> None:
    """Change the record by hand."""
    text = shipment.record.read_text()
    assert old in text
    shipment.record.write_text(text.replace(old, new))


def rolls(*sizes: int, files: int = 2) -> list[Roll]:
    """Rolls A001, A002 and so on, of several files each in a folder of its own."""
    return [
        Roll(
            f"A{number:03}",
            f"Day/A{number:03}",
            "camera",
            "20230510",
            tuple((f"CLIP{at}/x.mov", size // files) for at in range(files)),
        )
        for number, size in enumerate(sizes, 1)
    ]


def test_a_record_is_begun_and_read(shipment: lto.Shipment) -> None:
    assert lto.open(shipment.record) == shipment
    assert (shipment.set, shipment.show_code, shipment.title) == ("primary", "ABC", "A Show")
    with pytest.raises(FileExistsError):
        lto.start(shipment.path, show_code="ABC")


def test_comments_and_keys_of_others_survive(shipment: lto.Shipment) -> None:
    lto.put_tapes(shipment, [lto.Tape("ABC001L8", camera_rolls=("A001",))])
    edit(shipment, 'barcode = "ABC001L8"', 'barcode = "ABC001L8" # on the shelf\nshelf = [1, 2]')
    edit(shipment, "[outside]", "[of_ours]\nwhatever = 1.50 # kept\n\n[outside]")

    records.put_facts(shipment, "ABC001L8", {"files": 3, "bytes": 10**13, "shoot_days": ()})
    lto.put_tapes(shipment, [lto.Tape("ABC002L8"), lto.Tape("ABC003L8")])
    lto.note_step(shipment, "plan", at=AT, medium="L8")

    text = shipment.record.read_text()
    assert '"ABC001L8" # on the shelf\nshelf = [1, 2]' in text
    assert "whatever = 1.50 # kept" in text
    facts = tomllib.loads(text)
    assert [tape["barcode"] for tape in facts["tapes"]] == ["ABC001L8", "ABC002L8", "ABC003L8"]
    assert facts["tapes"][0]["bytes"] == 10**13
    assert facts["steps"]["plan"] == {"at": AT, "medium": "L8"}


def test_steps_that_are_repeated_leave_no_gaps_in_the_record(shipment: lto.Shipment) -> None:
    tapes = [lto.Tape("ABC001L8", sound_rolls=("S001",)), lto.Tape("ABC002L8")]
    for files in range(4):
        lto.put_tapes(shipment, tapes)
        lto.put_facts(shipment, "ABC001L8", {"files": files, "bytes": 10})
        lto.note_step(shipment, "plan", at=AT)

    _, *tables = shipment.record.read_text().split("\n[[tapes]]\n")
    assert tables[0].endswith("bytes = 10\n")
    assert tables[1].startswith('barcode = "ABC002L8"\n\n[steps.plan]\n')


def test_a_tape_that_was_only_planned_is_replaced(shipment: lto.Shipment) -> None:
    lto.put_tapes(shipment, [lto.Tape("ABC001L8"), lto.Tape("ABC002L8")])

    now = lto.put_tapes(shipment, [lto.Tape("ABC001L8", sound_rolls=("S001",))])

    assert [tape.barcode for tape in now.tapes] == ["ABC001L8"]
    assert now.tapes[0].rolls == ("S001",)


def test_a_second_set_takes_over_all_but_the_tapes(tmp_path: Path, shipment: lto.Shipment) -> None:
    lto.put_tapes(shipment, [lto.Tape("ABC001L8")])

    second = lto.start(tmp_path / "second", secondary_of=shipment.path, movie_id="80")

    assert (second.set, second.primary, second.title) == ("secondary", "../ship", "A Show")
    assert (second.movie_id, second.tapes) == ("80", ())
    with pytest.raises(reelpack.LtoError, match="name the primary one"):
        lto.start(tmp_path / "third", secondary_of=second.path)
    with pytest.raises(TypeError, match="unknown"):
        lto.start(tmp_path / "third", show_code="ABC", colour="blue")


@pytest.mark.parametrize(
    ("old", "new", "key", "why"),
    [
        ("format = 1", "format = 2", "format", "reads format = 1"),
        ('"ABC"', '"abc"', "shipment.show_code", "three letters"),
        ('"primary"', '"third"', "shipment.set", "neither"),
        ('"primary"', '"secondary"', "shipment.primary", "secondary set has it"),
        ("to = []", "to = 7", "outside.to[0]", "no text"),
        ("to = []", 'to = ["a\\nb"]', "outside.to[0]", "line end"),
        ("to = []", "to = []\n[[tapes]]\nbox = 1\n[x]", "tapes[0].barcode", "is missing"),
        ("to = []", '[[tapes]]\nbarcode = "A"\nbox = -1\n[x]', "tapes[0].box", "whole number"),
        (
            "to = []",
            '[[tapes]]\nbarcode = "A"\nstated = {compression = "no"}\n[x]',
            "tapes[0].stated.compression",
            "neither true nor false",
        ),
        ("to = []", "[[boxes]]\nweight_kg = 1\n[x]", "boxes[0].number", "counted from 1"),
        ("to = []", "[[boxes]]\nnumber = 1\nweight_kg = 0\n[x]", "boxes[0].weight_kg", "above 0"),
        ("to = []", "[[boxes]]\nnumber = 1\nsize_mm = [1]\n[x]", "boxes[0].size_mm", "3 numbers"),
        ("[outside]", "[[outside]]", "outside", "no table"),
        ("format = 1", "", "format", "is missing"),
        ('received = ""', 'received = "no"', "shipment.received", "'no' is no date"),
        ('received = ""', 'received = "20261130"', "shipment.received", "is no date"),
        (
            "to = []",
            '[[tapes]]\nbarcode = "A"\ntransfer_date = "31.02.2026 maybe"\n[x]',
            "tapes[0].transfer_date",
            "is no date; hint: such as 2026-11-30",
        ),
        ("to = []", "[[boxes]]\nnumber = 1\nweight_kg = 1e308\n[x]", "boxes[0].weight_kg", "below"),
        (
            "to = []",
            "[[boxes]]\nnumber = 1\nweight_kg = true\n[x]",
            "boxes[0].weight_kg",
            "true is no number",
        ),
        ('"primary"', f'"{"x" * 99}"', "shipment.set", r"'x{36}\.\.\.x{19}' is neither"),
        ("to = []", "[tapes]\n[x]", "tapes", "no list of tables"),
    ],
)
def test_an_error_names_file_key_and_what_is_wrong(
    shipment: lto.Shipment, old: str, new: str, key: str, why: str
) -> None:
    edit(shipment, old, new)

    with pytest.raises(reelpack.LtoError, match=why) as caught:
        lto.open(shipment.path)

    assert caught.value.path == str(shipment.record)
    assert caught.value.key == key
    assert str(caught.value).startswith(f"{shipment.record}: {key}: ")


@pytest.mark.parametrize("content", [b"a = ", b"\xff", b"a = [" * 20_000])
def test_a_record_that_is_no_toml_is_refused_and_left_as_it_is(
    shipment: lto.Shipment, content: bytes
) -> None:
    shipment.record.write_bytes(content)

    with pytest.raises(reelpack.LtoError, match=r"no TOML|no UTF-8"):
        lto.put_tapes(shipment, [])

    assert shipment.record.read_bytes() == content


def test_a_plan_keeps_the_order_and_splits_no_roll_that_fits() -> None:
    plan = lto.plan(rolls(60, 30, 20, 80, 10), show_code="ABC", capacity=100)

    assert [[share.roll for share in tape.shares] for tape in plan.tapes] == [
        ["A001", "A002"],
        ["A003", "A004"],
        ["A005"],
    ]
    assert [tape.barcode for tape in plan.tapes] == ["ABC001L8", "ABC002L8", "ABC003L8"]
    assert plan.split == ()


def test_a_roll_larger_than_a_tape_is_split_between_folders() -> None:
    plan = lto.plan(rolls(40, 250, 30, files=5), show_code="ABC", capacity=100, first=7)

    shares = [share for tape in plan.tapes for share in tape.shares]
    parts = [share for share in shares if share.roll == "A002"]
    assert plan.split == ("A002",)
    assert [(share.part, share.parts, share.split) for share in parts] == [
        (1, 3, "folder"),
        (2, 3, "folder"),
        (3, 3, "folder"),
    ]
    assert parts[0].folders == ("CLIP0/", "CLIP1/")
    # It begins on a fresh tape, and what is left of its last one is used.
    assert [[share.roll for share in tape.shares] for tape in plan.tapes] == [
        ["A001"],
        ["A002"],
        ["A002"],
        ["A002", "A003"],
    ]
    assert plan.tapes[0].barcode == "ABC007L8"


def test_a_folder_larger_than_a_tape_is_split_between_files_and_that_is_said() -> None:
    files = tuple((f"CLIP/{at}.mov", 60) for at in range(3))

    plan = lto.plan([Roll("A001", "A001", "camera", "", files)], show_code="ABC", capacity=100)

    assert [tape.shares[0].folders for tape in plan.tapes] == [
        ("CLIP/0.mov",),
        ("CLIP/1.mov",),
        ("CLIP/2.mov",),
    ]
    assert {tape.shares[0].split for tape in plan.tapes} == {"file"}


def test_a_file_larger_than_a_tape_is_an_error() -> None:
    with pytest.raises(reelpack.LtoError, match="larger tapes"):
        lto.plan(rolls(500, files=1), show_code="ABC", capacity=100)


@given(
    st.lists(st.lists(st.integers(0, 90), min_size=1, max_size=6), max_size=25),
    st.integers(90, 200),
)
def test_nothing_is_lost_and_no_tape_too_full(sizes: list[list[int]], capacity: int) -> None:
    every = [
        Roll(f"A{n:03}", "", "camera", "", tuple((f"{a % 3}/{a}", s) for a, s in enumerate(each)))
        for n, each in enumerate(sizes)
    ]

    plan = lto.plan(every, show_code="ABC", capacity=capacity)

    shares = [share for tape in plan.tapes for share in tape.shares]
    assert all(tape.bytes <= capacity for tape in plan.tapes)
    assert plan.bytes == sum(map(sum, sizes))
    assert sum(share.files for share in shares) == sum(map(len, sizes))
    assert [share.roll for share in shares] == sorted(share.roll for share in shares)
    assert set(plan.split) == {roll.name for roll in every if roll.size > capacity}


def test_capacities_have_their_sources_and_can_be_changed() -> None:
    for medium in lto.MEDIA.values():
        assert medium.usable < medium.native
        assert medium.native_source
        assert "assumed" in medium.usable_source
    assert {m.id: m.native / 1e12 for m in lto.MEDIA.values()} == {
        "L6": 2.5,
        "L7": 6,
        "M8": 9,
        "L8": 12,
        "L9": 18,
    }
    with pytest.raises(ValueError, match="native"):
        lto.plan([], show_code="ABC", capacity=13 * 10**12)


def test_rolls_are_found_by_their_mhl_and_days(tmp_path: Path) -> None:
    show = material.shoot(tmp_path / "show")
    material.write(show / material.DAYS[0] / "Reports" / "r.pdf", "r", 10)

    found = lto.find_rolls(show / material.DAYS[1], show / material.DAYS[0])

    # By day, whatever the order in which they were given.
    assert [(roll.day, roll.name, roll.kind) for roll in found] == [
        (material.DAYS[0], "A005", "camera"),
        (material.DAYS[0], "B005", "camera"),
        (material.DAYS[0], "", "camera"),
        (material.DAYS[0], "S005", "sound"),
        (material.DAYS[1], "A006", "camera"),
        (material.DAYS[1], "B006", "camera"),
        (material.DAYS[1], "S006", "sound"),
    ]
    assert [path for path, _ in found[0].files] == ["A005.mhl", "CLIP1/a.mov", "CLIP2/b.mov"]


@pytest.mark.parametrize(
    ("paths", "path", "roll", "kind"),
    [
        (["D/A1/A1.mhl"], "D/A1/c/x.mov", "A1", "camera"),
        (["D/A1/ascmhl/0001.mhl"], "D/A1/c/x.mov", "A1", "camera"),
        (["20230510/all.mhl"], "20230510/Camera_Media/A1/x.mov", "A1", "camera"),
        ([], "20230510/Camera_Media/A1/c/x.mov", "A1", "camera"),
        ([], "20230510/Sound Media/S1/x.wav", "S1", "sound"),
        (
            ["20230510/Camera_Media/ARRIRAW/A1/A1.mhl"],
            "20230510/Camera_Media/ARRIRAW/A1/x",
            "A1",
            "camera",
        ),
        ([], "A1/c/x.mov", "A1", "camera"),
        ([], "20230510/A1/x.mov", "A1", "camera"),
        ([], "x.mov", "", "camera"),
        ([], "20230510/Reports/x.pdf", "", "camera"),
        ([], "20230510/Camera_Media/x.pdf", "", "camera"),
    ],
)
def test_where_a_file_belongs(paths: list[str], path: str, roll: str, kind: str) -> None:
    to = Sorter(paths).sort(path)

    assert (to.roll, to.kind) == (roll, kind)


@pytest.mark.parametrize(
    ("paths", "roll", "kind", "day", "assumed"),
    [
        (["Camera_Media/ARRI/A001/a.mov"], "A001", "camera", "", "format"),
        (
            ["Camera_Media/ARRI/card/x/a.mov", "Camera_Media/ARRI/.DS_Store"],
            "card",
            "camera",
            "",
            "format",
        ),
        (["Camera_Media/Main/A001R1AB/a.mov"], "A001R1AB", "camera", "", "format"),
        (
            ["Camera_Media/Main/card/a.mov", "Camera_Media/Main/card/a.mhl"],
            "card",
            "camera",
            "",
            "",
        ),
        (
            ["Camera_Media/Main/two/a.mov", "Camera_Media/Main/one/a.mhl"],
            "two",
            "camera",
            "",
            "format",
        ),
        (["Camera_Media/Main/card/a.mov"], "Main", "camera", "", "no camera format"),
        (["Camera_Media/RED/A001_C001_0502XY.RDC/a.R3D"], "RED", "camera", "", "no camera format"),
        (["Camera_Media/A001_x.RDM/B001/a.R3D"], "A001_x.RDM", "camera", "", ""),
        (["Camera_Media/ARRI/A001/a.mov", "Camera_Media/ARRI/x.txt"], "ARRI", "camera", "", ""),
        (["Sound_Media/S001/x/a.wav"], "S001", "sound", "", ""),
        (["2026-03-01/S001/a.WAV", "2026-03-01/S001/.x"], "S001", "sound", "2026-03-01", "sound"),
        (["2026-03-01/S001/a.wav", "2026-03-01/S001/a.mov"], "S001", "camera", "2026-03-01", ""),
        (["20269999_Day99/x/none"], "20269999_Day99", "camera", "", ""),
    ],
)
def test_where_a_file_of_a_tree_belongs(
    paths: list[str], roll: str, kind: str, day: str, assumed: str
) -> None:
    to = Sorter(paths).sort(paths[0])

    assert (to.roll, to.kind, to.day) == (roll, kind, day)
    assert assumed in to.assumed
    assert bool(assumed) == bool(to.assumed)


def test_runs_of_rolls_are_folded_and_no_other() -> None:
    assert folded(["A009", "A010", "A011"]) == ("A009-A011",)
    assert folded(["A99", "A100"]) == ("A99", "A100")
    assert folded(["A1", "B2", "A2"]) == ("A1", "B2", "A2")
    assert folded([]) == ()


def charted(spec: dict[str, Any]) -> list[dict[str, object]]:
    """The rows behind the bars of a chart."""
    name = spec["layer"][0]["data"]["name"]
    rows = spec["datasets"][name]
    found: list[dict[str, object]] = json.loads(rows) if isinstance(rows, str) else rows
    return found


def test_a_plan_is_a_table_a_picture_and_a_chart() -> None:
    plan = lto.plan(rolls(6 * 10**12, 30 * 10**12, files=6), show_code="ABC")

    frame = pl.DataFrame(plan.table)
    assert frame["bytes"].sum() == plan.bytes
    svg = lto.svg(plan)
    assert len(ET.fromstring(svg).findall(".//{*}g")) == len(frame)  # noqa: S314  (our own)
    assert vl_convert.svg_to_png(svg)[:4] == b"\x89PNG"
    spec = lto.tapes_chart(plan).to_dict()
    assert len(charted(spec)) == len(frame)
    assert vl_convert.vegalite_to_png(json.dumps(spec))[:4] == b"\x89PNG"


def test_a_hostile_name_stays_text_in_the_pictures() -> None:
    odd = replace(rolls(10**12)[0], name="</script><script>alert(1)")

    plan = lto.plan([odd], show_code="ABC")

    assert "<script>" not in lto.svg(plan)
    assert "<" not in json.dumps(charted(lto.tapes_chart(plan).to_dict()))


def placed(path: Path, name: str, value: str) -> None:
    """Set an extended attribute as LTFS shows it on Linux."""
    try:
        os.setxattr(path, f"user.ltfs.{name}", value.encode())
    except OSError as error:
        if error.errno != errno.ENOTSUP:
            raise
        give_up("this disk has no extended attributes")


def test_a_mounted_tape_is_read_in_the_order_of_its_blocks(tmp_path: Path) -> None:
    tape = tmp_path / "tape"
    for name, block in (("a", 30), ("d/b", 10), ("c", 20)):
        material.write(tape / name, name, 100)
        placed(tape / name, "startblock", str(block))
    material.write(tape / "empty", "", 0)
    (tape / "link").symlink_to("a")
    placed(tape, "indexVersion", "2.4.0")
    placed(tape, "volumeCompression", "false")
    placed(tape, "volumeUUID", material.UUID.upper())

    read: list[reelpack.Progress] = []
    found = lto.read_contents(tape, digest="xxh64", progress=read.append)

    assert [file.path for file in found.files] == ["d/b", "c", "a", "empty"]
    assert found.in_order
    assert found.left_out == ("link",)
    assert (found.version, found.compression, found.uuid) == ("2.4.0", False, material.UUID)
    assert read[-1] == reelpack.Progress(300, 300, 4, 4)
    for file in found.files:
        sums = subprocess.run(
            ["xxhsum", "-H64", tape / file.path], capture_output=True, text=True, check=True
        )
        assert file.digests == (("xxh64", sums.stdout.split()[0]),)


def test_digests_come_from_the_lists_on_the_tape(tmp_path: Path) -> None:
    show = material.shoot(tmp_path / "show")

    found = lto.read_contents(show)

    for file in found.files:
        if file.path.endswith(".mov"):
            with (show / file.path).open("rb") as stream:
                digest = hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False))
            assert file.digests == (("md5", digest.hexdigest()),)
        elif file.path.endswith(".wav"):
            assert file.algorithm == "xxh64"
        else:
            assert file.digests == ()
    assert found.rolls("camera") == ("A005", "B005", "A006", "B006")
    assert found.rolls("sound") == ("S005", "S006")
    assert found.days == material.DAYS


@pytest.mark.parametrize("form", ["checksum-txt", "md5sum", "mhl", "ascmhl"])
def test_every_list_that_checksum_writes_is_read(tmp_path: Path, form: str) -> None:
    show = material.shoot(tmp_path / "show", listed=False)
    lists = reelpack.checksum(show, formats=[form], algorithms=["md5"], state=False)
    lists.write()

    found = lto.read_contents(show)

    media = [file for file in found.files if file.path.endswith((".mov", ".wav"))]
    assert len(media) == 10
    assert {file.algorithm for file in media} == {"md5"}
    if form != "checksum-txt":
        alone = lto.read_contents(lists[0].path)
        assert {(f.path, f.digest) for f in alone.files} == {(f.path, f.digest) for f in media}


def test_the_table_of_an_audit_is_read(tmp_path: Path) -> None:
    show = material.shoot(tmp_path / "show", listed=False)
    reelpack.audit(show, state=False).write_csv(tmp_path / "files.csv")

    found = lto.read_contents(tmp_path / "files.csv")

    assert {file.path for file in found.files} == {
        path.relative_to(show).as_posix() for path in show.rglob("*.*") if path.is_file()
    }
    assert all(file.algorithm == "md5" and file.size for file in found.files)
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(reelpack.LtoError, match="no table of files"):
        lto.read_contents(tmp_path / "other.csv")


def test_what_was_read_is_kept_byte_for_byte(tmp_path: Path, shipment: lto.Shipment) -> None:
    odd = os.fsdecode(b"bad\xff\nname")
    files = (lto.TapeFile(odd, 1, 2, (("md5", "ab"),)), lto.TapeFile("=1+1", None))
    found = lto.Contents("list", files, ("link",), "2.4.0", "u", compression=True, in_order=True)

    contents.keep(shipment, "ABC001L8", found)

    assert contents.kept(shipment, "ABC001L8") == found
    assert contents.kept(shipment, "ABC002L8") is None
    with pytest.raises(reelpack.LtoError, match="no barcode"):
        contents.keep(shipment, "../x", found)
    (tmp_path / "ship" / "contents" / "ABC002L8.jsonl").write_text('{"barcode": 1}\n[')
    with pytest.raises(reelpack.LtoError, match="read the tape again"):
        contents.kept(shipment, "ABC002L8")


def test_a_tape_that_is_not_in_the_record_takes_no_facts(shipment: lto.Shipment) -> None:
    with pytest.raises(ValueError, match="no tape 'ABC001L8'"):
        lto.put_facts(shipment, "ABC001L8", {"files": 1})


def test_a_plan_says_how_many_tapes_it_has(tmp_path: Path) -> None:
    assert "tapes=1, bytes=60" in repr(lto.plan(rolls(60), show_code="ABC"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(reelpack.LtoError, match="no file"):
        lto.find_rolls(tmp_path / "empty")


def test_a_label_tells_nothing_of_files(tmp_path: Path) -> None:
    (tmp_path / "label.xml").write_text(material.label())

    with pytest.raises(reelpack.LtoError, match="a label"):
        lto.read_contents(tmp_path / "label.xml")


def test_an_index_adds_nothing_to_what_it_does_not_list() -> None:
    found = lto.Contents("list", (lto.TapeFile("a", 1),))
    volume = lto.Volume("index", "2.4.0", "u", "c", files=(lto.IndexedFile("b", 1, 5),))

    assert contents.with_places(found, volume).files == found.files


def test_lists_that_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    material.write(tmp_path / "tape" / "x.mov", "x", 5)
    (tmp_path / "tape" / "x.md5").write_text("0" * 32)
    (tmp_path / "tape" / "y.md5").write_text(f"{'0' * 32}  not there.mov\n")
    assert not any(file.digests for file in lto.read_contents(tmp_path / "tape").files)

    (tmp_path / "tape" / "tape.mhl").write_text("<odd")
    with pytest.raises(reelpack.ManifestError):
        lto.read_contents(tmp_path / "tape")

    (tmp_path / "list.md5").write_bytes(b"\xff")
    with pytest.raises(reelpack.LtoError, match="no UTF-8"):
        lto.read_contents(tmp_path / "list.md5")
    (tmp_path / "files.csv").write_text("path,size\nx,many\n")
    with pytest.raises(reelpack.LtoError, match="no size"):
        lto.read_contents(tmp_path / "files.csv")
    monkeypatch.setattr("reelpack.lto.sidecars.LONGEST", 3)
    with pytest.raises(reelpack.LtoError, match="larger than 3"):
        lto.read_contents(tmp_path / "files.csv")


def test_files_that_are_too_large_are_refused(
    shipment: lto.Shipment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reelpack.lto.fields.LONGEST", 3)
    with pytest.raises(reelpack.LtoError, match="larger than 3"):
        lto.open(shipment.path)
    label = tmp_path / "label.xml"
    label.write_text(material.label())
    os.truncate(label, (8 << 30) + 1)  # sparse
    with pytest.raises(reelpack.LtoError, match="larger than 8589934592"):
        lto.read_ltfs(label)


@pytest.mark.parametrize("when", ["2026-11-30", '"2026-11-30"', "2026-11-30T12:00:00Z"])
def test_a_date_is_a_text_or_one_of_toml(shipment: lto.Shipment, when: str) -> None:
    edit(shipment, 'received = ""', f"received = {when}")

    assert lto.open(shipment.path).received == "2026-11-30"


@pytest.mark.parametrize("text", ["[" * 100_000, '{"barcode": "ABC002L8", "files": 3}\n'])
def test_contents_that_are_cut_or_too_deep_are_refused(shipment: lto.Shipment, text: str) -> None:
    place = shipment.resolve("contents")
    place.mkdir()
    (place / "ABC001L8.jsonl").write_text(text)

    with pytest.raises(reelpack.LtoError, match="not as it was written"):
        contents.kept(shipment, "ABC001L8")


def test_contents_cut_on_a_line_border_are_refused(shipment: lto.Shipment) -> None:
    files = (lto.TapeFile("a", 1), lto.TapeFile("b", 1))
    path = contents.keep(shipment, "ABC001L8", lto.Contents("list", files))
    with open(path, encoding="utf-8") as stream:  # noqa: PTH123  (a text of ours)
        lines = stream.read().splitlines(keepends=True)
    shipment.resolve("contents/ABC001L8.jsonl").write_text("".join(lines[:-1]))

    with pytest.raises(reelpack.LtoError, match="not as it was written"):
        contents.kept(shipment, "ABC001L8")


def test_a_pipe_is_not_opened(shipment: lto.Shipment, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    shipment.record.unlink()
    os.mkfifo(shipment.record)

    for work in (lto.read_contents, lto.read_ltfs, columns.read):
        with pytest.raises(reelpack.LtoError, match="no regular file"):
            work(tmp_path / "pipe")
    with pytest.raises(reelpack.LtoError, match="no regular file"):
        lto.open(shipment.path)


@pytest.mark.parametrize("name", ["../../../etc/passwd", "/etc/shadow", "a/../b", "a//b", "a\\0b"])
def test_a_list_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "files.csv").write_text(f"path,size\n{name},1\n".replace("\\0", "\0"))

    with pytest.raises(reelpack.LtoError, match="is no path on a tape"):
        lto.read_contents(tmp_path / "files.csv")


def test_what_find_puts_in_front_of_a_name_is_dropped(tmp_path: Path) -> None:
    (tmp_path / "tape.md5").write_text(f"{'0' * 32}  ./Day/a.mov\n{'1' * 32}  ./Day/a.mov\n")

    found = lto.read_contents(tmp_path / "tape.md5")

    assert [file.path for file in found.files] == ["Day/a.mov"]
    assert found.differ == ("Day/a.mov",)


def test_nothing_is_no_reading(tmp_path: Path) -> None:
    (tmp_path / "empty.md5").write_text("")
    (tmp_path / "mount").mkdir()

    for name in ("empty.md5", "mount"):
        with pytest.raises(reelpack.ReelpackError, match=r"is the tape mounted|empty|no "):
            lto.read_contents(tmp_path / name)


def test_generations_of_one_history_that_agree_are_no_contradiction(tmp_path: Path) -> None:
    show = material.shoot(tmp_path / "show", listed=False)
    for _ in range(2):
        reelpack.checksum(show, formats=["ascmhl"], algorithms=["md5"], state=False).write()

    found = lto.read_contents(show)

    assert len(list((show / "ascmhl").glob("*.mhl"))) == 2
    assert found.differ == found.missing == ()


def test_a_full_disk_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("reelpack.lto.core.write_list", full)

    with pytest.raises(OSError, match=r"x\.csv"):
        writing.write_text(tmp_path / "x.csv", "x")


def test_a_file_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("pathlib.Path.replace", full)

    with pytest.raises(OSError, match="No space"):
        writing.write_bytes(tmp_path / "x.pdf", b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_there_keeps_its_own_name_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        writing.write_bytes(tmp_path / "none" / "x.pdf", b"x")

    assert ".x.pdf." in str(caught.value)


@pytest.mark.parametrize("always", [False, True])
def test_what_another_command_writes_meanwhile_is_kept(
    shipment: lto.Shipment, *, always: bool
) -> None:
    begun = 0

    def change(document: TOMLDocument) -> None:
        nonlocal begun
        begun += 1
        document["ours"] = True
        if always or begun == 1:
            with shipment.record.open("a") as record:
                record.write(f"\n[theirs{begun}]\n")

    if always:
        with pytest.raises(reelpack.LtoError, match="another command changes it"):
            records._change(shipment, change)  # noqa: SLF001  (what all steps go through)
        assert "ours" not in shipment.record.read_text()
    else:
        records._change(shipment, change)  # noqa: SLF001  (the same)
        assert "[theirs1]" in shipment.record.read_text()
        assert "ours = true" in shipment.record.read_text()


def test_a_date_of_toml_is_a_text_too(shipment: lto.Shipment) -> None:
    record = shipment.record.read_text()
    shipment.record.write_text(
        f'{record}\n[[tapes]]\nbarcode = "ABC009L8"\nshoot_days = [2023-05-10]\n'
    )

    assert lto.open(shipment.path).tapes[-1].shoot_days == ("2023-05-10",)


def test_a_list_may_name_the_same_twice_and_begin_with_a_dot(tmp_path: Path) -> None:
    material.write(tmp_path / "tape" / "a.mov", "a", 10)
    digest = hashlib.md5((tmp_path / "tape" / "a.mov").read_bytes()).hexdigest()  # noqa: S324  (asked for)
    (tmp_path / "tape" / "all.md5").write_text(f"{digest}  ./a.mov\n{digest}  ././a.mov\n")

    (file, _) = lto.read_contents(tmp_path / "tape").files

    assert file.digests == (("md5", digest),)


@pytest.mark.parametrize("recorded", [True, False])
def test_an_index_that_names_a_file_twice_is_refused(
    tmp_path: Path, shipment: lto.Shipment, *, recorded: bool
) -> None:
    now = lto.put_tapes(shipment, [lto.Tape("ABC001L8")])
    material.write(tmp_path / "tape" / "a.mov", "a", 5)
    index = shipment.resolve("index.xml")
    twice = [material.OnTape("a.mov", 5), material.OnTape("b.mov", 6)]
    index.write_text(material.index(twice).replace("b.mov", "a.mov"))
    if recorded:
        now = lto.put_facts(now, "ABC001L8", {"index": "index.xml"})

    with pytest.raises(reelpack.LtoError, match=r"index\.xml: 'a\.mov' is there twice; hint: "):
        lto.manifest(now, read={"ABC001L8": tmp_path / "tape" if recorded else index})


def test_an_incremental_index_is_called_one(tmp_path: Path) -> None:
    path = tmp_path / "index.xml"
    path.write_text('<?xml version="1.0"?>\n<ltfsincrementalindex version="2.5.0"/>')

    with pytest.raises(reelpack.LtoError, match="incremental"):
        lto.read_contents(path)


def test_a_plan_of_a_record_with_a_mark_in_front(shipment: lto.Shipment) -> None:
    shipment.record.write_bytes(b"\xef\xbb\xbf" + shipment.record.read_bytes())

    now = lto.plan(rolls(60), show_code="ABC").write(lto.open(shipment.path))

    assert [tape.barcode for tape in now.tapes] == ["ABC001L8"]
