"""The page about tapes holds every rule and capacity, and shows what is printed."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from material.commands import reelpack as run
from reelpack import lto
from reelpack.lto import columns
from reelpack.wording import size

if TYPE_CHECKING:
    import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "lto.md").read_text("utf-8")

DAYS: dict[str, dict[str, tuple[int, float]]] = {
    "20260302_EP101_Day01_MU": {"Camera_Media/A001": (9, 260), "Sound_Media/S001": (30, 0.2)},
    "20260303_EP101_Day02_MU": {"Camera_Media/A002": (11, 260), "Camera_Media/B002": (8, 240)},
    "20260304_EP101_Day03_MU": {"Camera_Media/A003": (12, 260), "Camera_Media/B003": (10, 240)},
}
"""Clips of each roll, and GB of one of them."""


def shoot(raid: Path) -> None:
    """Make the shoot of the page: sparse files, which nothing reads, and the MHL of each roll."""
    for day, rolls in DAYS.items():
        for roll, (clips, each) in rolls.items():
            folder = raid / day / roll
            folder.mkdir(parents=True)
            names = [f"{folder.name}C{number:03}.mov" for number in range(1, clips + 1)]
            for name in names:
                (folder / name).touch()
                os.truncate(folder / name, round(each * 10**9))
            rows = "".join(_row(name, round(each * 10**9)) for name in names)
            text = f'<?xml version="1.0"?><hashlist version="1.1">{rows}</hashlist>'
            (folder / f"{folder.name}.mhl").write_text(text)


def _row(name: str, count: int) -> str:
    """Write a file as an MHL has it."""
    return f"<hash><file>{name}</file><size>{count}</size><md5>{'0' * 32}</md5></hash>"


def blocks(language: str) -> list[str]:
    """The code blocks of one language."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def load(folder: Path) -> None:
    """Put the rolls of the second tape beside those of the first, as two mounted tapes."""
    one, two = folder / "EXA001L8", folder / "EXA002L8"
    shoot(one)
    later = Path("20260304_EP101_Day03_MU", "Camera_Media", "B003")
    (two / later).parent.mkdir(parents=True)
    (one / later).rename(two / later)


def test_each_command_prints_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shoot(tmp_path / "raid")
    load(tmp_path)

    for block in blocks("console")[1:]:
        for shown in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, output = shown.partition("\n")
            words = [re.sub(r"^(\w+)=/mnt/ltfs$", r"\1=\1", word) for word in shlex.split(line)]
            assert words[0] == "reelpack"
            done = run(*words[1:])
            parts = map(re.escape, output.split("...\n"))
            assert re.fullmatch("(?s:.*)".join(parts), done.stdout), done.stdout + done.stderr


def test_every_rule_has_a_row() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| `lto.")]

    assert rows == [
        f"| `{rule.id}` | {rule.title} | {rule.severity} | {rule.sure} |" for rule in lto.rules()
    ]


def test_every_capacity_has_a_row_with_its_sources() -> None:
    rows = re.findall(r"^\| `[LM]\d` .*$", PAGE, re.MULTILINE)

    assert rows == [
        f"| `{each.id}` | {each.generation} | {size(each.native)} | {size(each.usable)} | "
        f"{each.native_source}; {each.usable_source} |"
        for each in lto.MEDIA.values()
    ]


def test_every_field_of_a_column_has_its_place() -> None:
    for table, fields in lto.FIELDS.items():
        assert f"| `{table}` | {', '.join(f'`{name}`' for name in fields)} |" in PAGE


def test_every_field_of_the_case_label_is_named(tmp_path: Path) -> None:
    shipment = lto.put_tapes(lto.start(tmp_path, show_code="EXA"), [lto.Tape("EXA001L8")])
    names = [name for name, _ in lto.case_lines(shipment, shipment.tapes[0])]

    shown = [{"Tape": "Tape _ of _", "Title": "(Security) Title"}.get(name, name) for name in names]
    assert ", ".join(shown) in PAGE


def test_the_record_and_the_columns_of_the_page_are_read(tmp_path: Path) -> None:
    record, chosen = blocks("toml")
    (tmp_path / lto.RECORD).write_text(record)
    (tmp_path / "columns.toml").write_text(chosen)

    shipment = lto.open(tmp_path)

    assert shipment.tapes[0].stated.by == "Jo"
    assert lto.forbidden(shipment) == []
    assert len(columns.read(tmp_path / "columns.toml").tapes) == 3
    known = {*lto.Shipment.__slots__, *lto.Tape.__slots__, *lto.Box.__slots__} - {"path"}
    keys = set(re.findall(r"^(\w+) = ", record, re.MULTILINE)) - {"format"}
    assert keys <= known | set(lto.Outside.__slots__)


def test_the_code_of_the_page_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shoot(tmp_path / "raid")
    load(tmp_path)
    (code,) = blocks("python")
    found: dict[str, object] = {}

    exec(compile(code, "lto.md", "exec"), found)  # noqa: S102  (our own page)

    assert isinstance(found["report"], lto.Report)
    assert "('EXA002L8',)" in capsys.readouterr().out


def test_each_step_is_on_the_page() -> None:
    for name in ("start", "plan", "labels", "manifest", "check", "rules"):
        assert f"reelpack lto {name}" in PAGE
