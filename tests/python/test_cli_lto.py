"""`reelpack lto`: exit codes, what is printed, and what is written."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import click
import pytest
from material import lto as material
from material.commands import reelpack as run
from reelpack import lto
from reelpack.cli.lto import SUBCOMMANDS, command

DATA = Path(__file__).parents[1] / "data" / "help"


@pytest.fixture
def ship(tmp_path: Path) -> Path:
    """A shipment with a planned tape, not read."""
    material.shoot(tmp_path / "show")
    folder = tmp_path / "ship"
    assert run("lto", "start", folder, "--show-code", "ABC", "--title", "A Show").returncode == 0
    assert run("lto", "plan", folder, *sorted((tmp_path / "show").iterdir())).returncode == 0
    return folder


@pytest.mark.parametrize("name", ["", *SUBCOMMANDS])
def test_each_command_has_help(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    done = run("lto", *name.split(), "--help")

    assert done.returncode == 0
    assert done.stdout == (DATA / f"{'-'.join(filter(None, ('lto', name)))}.txt").read_text()


def test_a_shipment_from_its_start_to_its_check(tmp_path: Path, ship: Path) -> None:
    show = tmp_path / "show"

    labels = run("lto", "labels", ship)
    manifest = run("lto", "manifest", ship, "--tape", f"ABC001L8={show}", "--digest", "md5")
    checked = run("lto", "check", ship, "--json")

    assert (labels.returncode, manifest.returncode, checked.returncode) == (0, 0, 1)
    assert "1 tape, 16 files" in manifest.stdout
    facts = json.loads(checked.stdout)
    assert [each["rule"] for each in facts["findings"] if each["severity"] == "error"] == [
        "lto.error-correction"
    ]
    names = {path.name for path in ship.iterdir()}
    assert names == {
        "shipment.toml",
        "contents",
        "labels-spines.pdf",
        "labels-cases.pdf",
        "labels-boxes.pdf",
        "manifest.xlsx",
        "manifest.csv",
        "manifest-files.csv",
        "manifest.pdf",
    }
    record = (ship / "shipment.toml").read_text()
    for step in ("plan", "labels", "manifest", "check"):
        assert f"[steps.{step}]" in record


def test_check_is_0_where_there_is_no_error_and_1_with_strict(tmp_path: Path, ship: Path) -> None:
    run("lto", "manifest", ship, "--tape", f"ABC001L8={tmp_path / 'show'}", "--digest", "md5")
    record = ship / "shipment.toml"
    text = record.read_text().replace(
        'barcode = "ABC001L8"\n', 'barcode = "ABC001L8"\nstated = { error_correction = true }\n'
    )
    record.write_text(text)

    done = run("lto", "check", ship)
    strict = run("lto", "check", ship, "--strict")

    assert done.returncode == 0, done.stdout
    assert strict.returncode == 1
    assert "stated: ABC001L8: error correction on" in done.stdout
    assert "not checked: " in done.stdout
    assert "(lto.box)" in done.stdout


def test_check_with_hashes_reads_the_tape(tmp_path: Path, ship: Path) -> None:
    show = tmp_path / "show"
    place = f"ABC001L8={show}"
    run("lto", "manifest", ship, "--tape", place, "--digest", "md5")
    clip = next(show.rglob("a.mov"))
    clip.write_bytes(b"!" + clip.read_bytes()[1:])

    done = run("lto", "check", ship, "--hashes", "--tape", place)

    assert done.returncode == 1
    assert "(lto.checksum-false)" in done.stdout


def test_how_far_a_tape_is_shows_on_a_terminal_alone(tmp_path: Path, ship: Path) -> None:
    tape = ("--tape", f"ABC001L8={tmp_path / 'show'}")
    steps = (("manifest", ship, *tape, "--digest", "md5"), ("check", ship, *tape, "--hashes"))

    for step in steps:
        plain = run("lto", *step).stderr.splitlines()
        assert [line.split(": ")[-1].split(" in ")[0] for line in plain] == ["started", "done"]
        shown = on_a_terminal("lto", *step)
        assert f"lto {step[0]}" in shown
        assert on_a_terminal("lto", *step, "--quiet") == ""


def on_a_terminal(*arguments: str | Path) -> str:
    """What a command says on stderr where that is a terminal."""
    shown, end = pty.openpty()
    command = [sys.executable, "-m", "reelpack", *arguments]
    subprocess.run(
        command,
        stdout=subprocess.DEVNULL,
        stderr=end,
        env={**os.environ, "TERM": "xterm"},
        check=False,
    )
    os.close(end)
    with os.fdopen(shown, "rb", buffering=0) as screen:
        said = b""
        # A terminal whose other end is closed has an error for its end.
        with contextlib.suppress(OSError):
            while piece := screen.read(4096):
                said += piece
    return said.decode()


def test_a_plan_is_printed_with_what_is_assumed_and_drawn(tmp_path: Path, ship: Path) -> None:
    done = run(
        "lto", "plan", ship, tmp_path / "show", "--dry-run", "--picture", tmp_path / "plan.svg"
    )

    assert done.returncode == 0
    assert "1 tape L8" in done.stdout
    assert "assumed" in done.stdout
    assert "20230510_EP103_Day05_MU  A005  3 files" in done.stdout
    assert (tmp_path / "plan.svg").read_text().startswith("<svg ")


def test_a_picture_takes_the_place_of_no_other_file(tmp_path: Path, ship: Path) -> None:
    before = (ship / "shipment.toml").read_text()

    done = run(
        "lto", "plan", ship, tmp_path / "show", "--picture", ship / "shipment.toml", "--dry-run"
    )

    assert done.returncode == 2
    assert "does not end with .svg" in done.stderr
    assert (ship / "shipment.toml").read_text() == before


def test_what_was_planned_and_not_read_is_not_lost(tmp_path: Path, ship: Path) -> None:
    first, second = sorted((tmp_path / "show").iterdir())
    record = ship / "shipment.toml"

    fewer = run("lto", "plan", ship, second)
    record.write_text(
        record.read_text().replace('"ABC001L8"\n', '"ABC001L8"\nbox = 1\nstated = { by = "Jo" }\n')
    )
    before = record.read_text()
    again = run("lto", "plan", ship, first, second)
    other = run("lto", "plan", ship, first, second, "--media", "L7")

    assert fewer.returncode == other.returncode == 2
    assert f"ABC001L8: {first.name}, A005, B005, S005\nhint: " in fewer.stderr
    assert "ABC001L8: box, stated" in other.stderr
    assert again.returncode == 0
    assert lto.open(ship).tapes[0].stated.by == "Jo"
    assert record.read_text().split("[steps")[0] == before.split("[steps")[0]
    assert run("lto", "plan", ship, second, "--replace").returncode == 0
    (tape,) = lto.open(ship).tapes
    assert (tape.box, tape.stated, tape.camera_rolls) == (None, lto.Stated(), ("A006", "B006"))


def test_rolls_named_twice_are_refused(tmp_path: Path, ship: Path) -> None:
    show = tmp_path / "show"
    for sources in ((show, show), (show, next(show.iterdir())), (next(show.iterdir()), show)):
        done = run("lto", "plan", ship, *sources)
        assert done.returncode == 2
        assert "lies in the other" in done.stderr


@pytest.mark.parametrize("name", [b"A0\n01", b"A\x1b001", "A\u202e001".encode(), b"A\xff001"])
def test_a_name_that_no_record_can_hold_is_refused(tmp_path: Path, ship: Path, name: bytes) -> None:
    folder = tmp_path / "new" / "Camera_Media" / os.fsdecode(name)
    material.write(folder / "a.mov", "x", 5)
    before = (ship / "shipment.toml").read_bytes()

    done = run("lto", "plan", ship, tmp_path / "new", "--replace")

    assert done.returncode == 2
    assert f"{tmp_path}/new/Camera_Media/A" in done.stderr
    assert "rename the folder" in done.stderr
    assert len(done.stderr.splitlines()) == 2
    assert (ship / "shipment.toml").read_bytes() == before


def test_formats_and_sound_are_told_apart_and_that_is_said(tmp_path: Path, ship: Path) -> None:
    for path in ("Camera_Media/ARRI/A001/a.mov", "Camera_Media/RED/B001.RDM/x.RDC/a.R3D"):
        material.write(tmp_path / "new" / "2026-03-01" / path, path, 9)
    material.write(tmp_path / "new" / "2026-03-01" / "S001" / "t.wav", "s", 9)

    done = run("lto", "plan", ship, tmp_path / "new", "--replace")

    assert "assumed: 2026-03-01/Camera_Media/ARRI: a camera format" in done.stdout
    assert "assumed: 2026-03-01/S001: sound, by the endings" in done.stdout
    (tape,) = lto.open(ship).tapes
    assert tape.camera_rolls == ("A001", "B001.RDM")
    assert (tape.sound_rolls, tape.shoot_days) == (("S001",), ("2026-03-01",))


def test_what_no_record_can_hold_is_not_begun(tmp_path: Path, ship: Path) -> None:
    odd = run("lto", "start", tmp_path / "new", "--show-code", "EXA", "--title", "x\ny")
    other = run("lto", "start", tmp_path / "new", "--show-code", "EXB", "--secondary-of", ship)

    assert odd.returncode == other.returncode == 2
    assert "title: has a line end" in odd.stderr
    assert "'EXB' is not 'ABC'" in other.stderr
    assert not (tmp_path / "new").exists()


def test_a_plan_says_what_it_split(tmp_path: Path, ship: Path) -> None:
    done = run("lto", "plan", ship, tmp_path / "show", "--capacity", "0.000004GB", "--json")
    facts = json.loads(done.stdout)
    assert facts["split"] == ["A005", "B005", "A006", "B006"]

    words = run("lto", "plan", ship, tmp_path / "show", "--capacity", "0.000004GB")

    assert "split between files" not in words.stdout
    assert "split between folders: A005 part 2 on ABC002L8: CLIP2/" in words.stdout


def test_a_plan_goes_on_behind_what_was_read(tmp_path: Path, ship: Path) -> None:
    first, second = sorted((tmp_path / "show").iterdir())
    run("lto", "plan", ship, first, "--replace")
    run("lto", "manifest", ship, "--tape", f"ABC001L8={first}")

    done = run("lto", "plan", ship, first, second)

    assert "left out, on tape already: A005, B005, S005" in done.stdout
    assert [tape.barcode for tape in lto.open(ship).tapes] == ["ABC001L8", "ABC002L8"]


def test_a_roll_is_on_tape_only_with_the_same_files(tmp_path: Path, ship: Path) -> None:
    first, second = sorted((tmp_path / "show").iterdir())
    material.write(first / "Reports" / "old.pdf", "old", 10)
    run("lto", "plan", ship, tmp_path / "show")
    run("lto", "manifest", ship, "--tape", f"ABC001L8={tmp_path / 'show'}")
    other = material.shoot(tmp_path / "other", days=[second.name], listed=False, size=70)
    new = tmp_path / "new" / "20230512_EP103_Day07_MU"
    material.write(new / "Camera_Media" / "A007" / "a.mov", "x", 50)
    material.write(first / "Reports" / "new.pdf", "new", 20)

    differing = run("lto", "plan", ship, other)
    same = run("lto", "plan", ship, first, new)

    assert differing.returncode == 2
    assert f"{second.name}/Camera_Media/A006: 2 files, 105 bytes" in differing.stderr
    assert "not the A006 that was read of ABC001L8 (3 files, " in differing.stderr
    assert len(differing.stderr.splitlines()) == 2
    assert "on tape already: A005, B005, files in no roll, S005\n" in same.stdout
    assert "in no roll  1 file, 20 bytes" in same.stdout
    assert lto.open(ship).tapes[1].camera_rolls == ("A007",)


def test_a_roll_of_another_day_is_another_one(tmp_path: Path, ship: Path) -> None:
    run("lto", "manifest", ship, "--tape", f"ABC001L8={tmp_path / 'show'}")
    first, second = sorted((tmp_path / "show").iterdir())
    again = tmp_path / "again" / "20230512_EP103_Day07_MU"
    again.mkdir(parents=True)
    (first / "Camera_Media").rename(again / "Camera_Media")

    assert run("lto", "plan", ship, second).returncode == 0
    assert "of 20230512_EP103_Day07_MU: not the A005" in run("lto", "plan", ship, again).stderr


def test_a_roll_whose_files_are_not_known_is_not_left_out(tmp_path: Path, ship: Path) -> None:
    show = tmp_path / "show"
    paths = sorted(path for path in show.rglob("*.*") if path.is_file())
    sums = "".join(f"{0:032}  {path.relative_to(show)}\n" for path in paths)
    (tmp_path / "tape.md5").write_text(sums)
    run("lto", "manifest", ship, "--tape", f"ABC001L8={tmp_path / 'tape.md5'}")

    # Its list has no sizes, but the paths, and those of the same day.
    assert run("lto", "plan", ship, show).returncode == 0
    (ship / "contents" / "ABC001L8.jsonl").unlink()
    lost = run("lto", "plan", ship, show)

    assert lost.returncode == 2
    assert "ABC001L8 (its files are not kept" in lost.stderr


def test_a_part_of_a_roll_is_not_lost_when_it_is_planned_again(tmp_path: Path, ship: Path) -> None:
    size = ("--capacity", "0.000004GB")
    run("lto", "plan", ship, tmp_path / "show", *size)
    before = lto.open(ship).tapes
    assert {"A005"} <= {*before[0].rolls} & {*before[1].rolls}
    run("lto", "manifest", ship, "--tape", f"ABC001L8={tmp_path / 'show'}")

    done = run("lto", "plan", ship, tmp_path / "show", *size)

    assert done.returncode == 2
    assert "A005" in done.stderr
    assert "on a tape that was read and on one that was not" in done.stderr
    assert len(lto.open(ship).tapes) == len(before)


def test_barcodes_of_a_second_set_go_on_behind_the_first(tmp_path: Path, ship: Path) -> None:
    second = tmp_path / "second"
    assert run("lto", "start", second, "--secondary-of", ship).returncode == 0

    run("lto", "plan", second, tmp_path / "show")

    assert [tape.barcode for tape in lto.open(second).tapes] == ["ABC002L8"]


def test_a_tape_that_nobody_read_is_said_and_1(ship: Path) -> None:
    done = run("lto", "manifest", ship, "--format", "csv")

    assert done.returncode == 1
    assert "not read: ABC001L8" in done.stderr


def test_a_shipment_without_a_tape_has_no_manifest(tmp_path: Path) -> None:
    run("lto", "start", tmp_path / "new", "--show-code", "ABC")

    done = run("lto", "manifest", tmp_path / "new")

    assert done.returncode == 2
    assert "there is no tape\nhint: `reelpack lto plan`" in done.stderr
    assert not list((tmp_path / "new").glob("manifest*"))


def test_labels_of_ones_own_size(ship: Path) -> None:
    sizes = ("--label", "80x18", "--grid", "2x12", "--margin", "10x20", "--gap", "5x2")

    done = run("lto", "labels", ship, "--kind", "spines", *sizes, "--skip", "3", "--json")

    assert done.returncode == 0
    assert json.loads(done.stdout)["files"] == [str(ship / "labels-spines.pdf")]


def test_a_title_on_a_box_makes_no_label_at_all(ship: Path) -> None:
    record = ship / "shipment.toml"
    record.write_text(record.read_text().replace("to = []", 'to = ["A SHOW, Archive"]'))

    done = run("lto", "labels", ship)

    assert done.returncode == 2
    assert "has the title" in done.stderr
    assert "hint: " in done.stderr
    assert not list(ship.glob("*.pdf"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "none"), "hint: `reelpack lto start"),
        (("start", "SHIP", "--show-code", "ABC"), "hint: it was begun already"),
        (("start", "new"), "--show-code"),
        (("start", "new", "--show-code", "abcd"), "three letters"),
        (("labels", "SHIP", "--label", "80x18"), "name it with `--kind`"),
        (("labels", "SHIP", "--kind", "spines", "--label", "80"), "two lengths"),
        (("labels", "SHIP", "--kind", "spines", "--grid", "2x0"), "columns and rows"),
        (("labels", "SHIP", "--kind", "spines", "--label", "50x17"), "too small"),
        (("labels", "SHIP", "--skip", "99"), "skip"),
        (("plan", "SHIP", ".", "--capacity", "much"), "no size"),
        (("plan", "SHIP", ".", "--capacity", "13TB"), "13.0 TB of a tape; native are 12.0 TB"),
        (("plan", "SHIP", "none"), "No such file"),
        (("manifest", "SHIP", "--tape", "ABC001L8"), "BARCODE=PATH"),
        (("manifest", "SHIP", "--tape", "ABC009L8=."), "no tape"),
        (("check", "SHIP", "--secondary", "SHIP"), "primary set is not"),
        (("check", "SHIP", "--tape", "ABC001L8=."), "`--tape` is for `--hashes`"),
        (("check", "SHIP", "--hashes", "--tape", "ABC001L8=none"), "No such file"),
        (("check", "SHIP", "--hashes", "--tape", "ABC001L8=show/a.mov"), "show/a.mov"),
    ],
)
def test_no_answer_is_2_with_what_to_do(
    tmp_path: Path,
    ship: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)

    done = run("lto", *(str(ship) if each == "SHIP" else each for each in arguments))

    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_rules_are_listed_with_their_sources() -> None:
    done = run("lto", "rules")
    facts = json.loads(run("lto", "rules", "--json").stdout)

    assert len(facts["rules"]) == len(lto.rules())
    assert "lto.ltfs-version  error" in done.stdout
    assert "360000391288" in done.stdout


def test_every_step_speaks_json(tmp_path: Path, ship: Path) -> None:
    begun = run("lto", "start", tmp_path / "other", "--show-code", "XYZ", "--json")
    read = run("lto", "manifest", ship, "--tape", f"ABC001L8={tmp_path / 'show'}", "--json")

    assert json.loads(begun.stdout)["show_code"] == "XYZ"
    facts = json.loads(read.stdout)
    assert (facts["files"], len(facts["written"])) == (16, 4)


def test_a_misspelt_step_is_2() -> None:
    assert run("lto", "label").returncode == 2
    assert command.list_commands(click.Context(command)) == list(SUBCOMMANDS)


def test_a_shipment_that_cannot_be_written_is_checked(ship: Path) -> None:
    ship.chmod(0o555)
    try:
        done = run("lto", "check", ship, unprivileged=True)
    finally:
        ship.chmod(0o755)

    assert done.returncode == 1
    assert "(lto.error-correction)" in done.stdout
    assert "the step was not noted in the record: " in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_sizes_that_are_unknown_are_called_so(tmp_path: Path, ship: Path) -> None:
    (tmp_path / "tape.md5").write_text(f"{'0' * 32}  A001/x.mov\n")

    done = run("lto", "manifest", ship, "--tape", f"ABC001L8={tmp_path / 'tape.md5'}")

    assert done.stdout.splitlines()[:2] == [
        "1 tape, 1 file, size unknown",
        "ABC001L8  1 file, size unknown, md5: 1 of 1",
    ]


def test_a_plan_says_what_it_drops(tmp_path: Path, ship: Path) -> None:
    day = tmp_path / "new" / "20260302"
    material.write(day / "Camera_Media" / "A001" / "CLIP" / "a.mov", "a", 9)
    (day / "Camera_Media" / "A001" / "AUDIO").mkdir()
    (day / "Camera_Media" / "A002").mkdir()
    (day / "Camera_Media" / "A003").symlink_to(tmp_path / "show")
    os.mkfifo(day / "Camera_Media" / "A004")

    done = run("lto", "plan", ship, tmp_path / "new", "--dry-run")
    facts = json.loads(run("lto", "plan", ship, tmp_path / "new", "--dry-run", "--json").stdout)

    media = day / "Camera_Media"
    assert done.stdout.splitlines()[-3:] == [
        f"empty: {media / 'A002'}",
        f"left out: link {media / 'A003'}",
        f"left out: no regular file {media / 'A004'}",
    ]
    assert facts["empty"] == [str(media / "A002")]
    assert facts["left_out"] == [str(media / "A003"), str(media / "A004")]


def test_a_plan_counts_what_it_drops_of_a_kind(tmp_path: Path, ship: Path) -> None:
    material.write(tmp_path / "new" / "A001" / "a.mov", "a", 9)
    for number in range(25):
        (tmp_path / "new" / f"B{number:03}").mkdir()

    done = run("lto", "plan", ship, tmp_path / "new" / "A001", tmp_path / "show", "--dry-run")
    many = run("lto", "plan", ship, tmp_path / "new", "--dry-run")

    assert "empty" not in done.stdout
    assert many.stdout.splitlines()[-1] == "empty: 5 more (`--json` lists all)"
