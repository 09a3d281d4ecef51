"""What `reelpack backlot` prints: values, tables, objects and lines for the shell."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
from importlib.resources import files
from typing import TYPE_CHECKING

import click
import pytest
import yaml
from reelpack.backlot import (
    Delivery,
    FilePair,
    RequestState,
    SourceRequest,
    SourceType,
    TransferSpec,
    values,
)
from reelpack.cli.backlot import facts, tables, transfer
from reelpack.cli.backlot.words import Code, day, short, words

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "\x1b[31mred\nGlass"
SHOWN = r"\x1b[31mred\nGlass"


def titles() -> list[tuple[type[values.OpenEnum], str, str]]:
    """Each value of the contract with the portal's words for it."""
    document = yaml.safe_load(files("reelpack.backlot").joinpath("openapi.yaml").read_text())
    return [
        (getattr(values, name), value["const"], value["title"])
        for name, schema in document["components"]["schemas"].items()
        for value in schema.get("anyOf", ())
        if "const" in value and "title" in value
    ]


@pytest.mark.parametrize(("kind", "code", "title"), titles())
def test_a_value_is_taken_as_the_api_or_the_portal_writes_it(
    kind: type[values.OpenEnum], code: str, title: str
) -> None:
    written = [code, code.lower(), title, title.upper(), words(kind(code))]

    assert {Code(kind).convert(text, None, None) for text in written} == {code}


def test_a_value_that_a_table_has_cut_is_taken() -> None:
    cut = short(RequestState.REDELIVERY_REQUESTED, 12)

    assert cut == "redelivery"
    assert Code(RequestState).convert(cut, None, None) == "REDELIVERY_REQUESTED"


def test_a_value_that_is_not_known_is_passed_on_and_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert Code(SourceType).convert("HOLOGRAM\n", None, None) == "HOLOGRAM\n"
    assert capsys.readouterr().err == (
        "`HOLOGRAM\\n` is no value that is known, and passed on as it is\n"
    )


def test_what_begins_two_values_is_none_of_them() -> None:
    assert Code(SourceType).convert("audio", None, None) == "audio"


def test_a_value_of_no_letters_is_refused() -> None:
    with pytest.raises(click.BadParameter, match="empty"):
        Code(SourceType).convert(" - ", None, None)


def test_a_date_is_a_day() -> None:
    date = dt.date(2026, 11, 30)

    assert day("2026-11-30") == day(date) == date
    with pytest.raises(click.BadParameter, match="no date such as"):
        day("30.11.2026")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "-"),
        (True, "yes"),
        (False, "no"),
        (12, "12"),
        (SourceType.AV_MUXED, "av-muxed"),
        ("AV_MUXED", "AV_MUXED"),
        ("ROMA", "ROMA"),
        ("ANALYZER-CommercialBlacks", "ANALYZER-CommercialBlacks"),
        ("SR-1001", "SR-1001"),
        (HOSTILE, SHOWN),
        ("", "''"),
    ],
)
def test_a_value_is_written_on_its_line(value: object, text: str) -> None:
    assert words(value) == text


def test_a_word_that_is_too_long_for_its_column_is_not_cut() -> None:
    assert short(SourceType.PRODUCTION_LOCKED_PROXY, 4) == "production"


def test_a_time_is_written_as_its_day() -> None:
    assert facts.day_of(dt.datetime(2026, 11, 30, 23, 59, tzinfo=dt.UTC)) == "2026-11-30"
    assert facts.day_of("soon\n") == "soon\\n"


def test_columns_are_aligned_and_only_the_last_is_cut() -> None:
    rows = [["1", "open", "The Glass Harbour, Season 2"], ["1000", "-", "Kite"]]

    assert list(tables.lines(["id", "state", "title"], rows, columns=30)) == [
        "id   state title",
        "1    open  The Glass Harbou...",
        "1000 -     Kite",
    ]


def test_a_table_with_room_has_two_spaces_between_columns() -> None:
    assert list(tables.lines(["id", "title"], [["1", "Kite"]], columns=100)) == [
        "id  title",
        "1   Kite",
    ]


def test_a_table_of_nothing_has_no_head() -> None:
    assert list(tables.lines(["id"], [], columns=100)) == []


def test_a_table_is_written_while_it_comes_in() -> None:
    read = 0

    def rows() -> object:
        nonlocal read
        for read in range(100_000):
            yield [str(read), "Kite"]

    lines = tables.lines(["id", "title"], rows(), columns=100)  # type: ignore[arg-type]  # any iterable will do
    next(lines)

    assert read == 99


def test_later_rows_that_are_wider_are_whole() -> None:
    rows = [[str(number), "Kite"] for number in range(100)] + [["SR-1001", "Kite"]]

    assert list(tables.lines(["id", "title"], rows, columns=100))[-1] == "SR-1001  Kite"


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_list_is_one_object(capsys: pytest.CaptureFixture[str], count: int) -> None:
    items: list[dict[str, object]] = [{"title": f"Küste {n}"} for n in range(count)]

    tables.emit_list("requests", items, lambda: {"total": None})

    printed = capsys.readouterr().out
    assert json.loads(printed) == {"requests": items, "total": None}
    assert printed.isascii()


def test_secrets_are_struck_out_and_what_is_not_known_is_kept() -> None:
    spec = TransferSpec("h", None, None, None, "se-cret", extra={"key": "se-cret", "rack": 7})
    delivery = Delivery("T", "1", (), transfer_spec=spec, extra={"shelf": [3], "pin": "1"})

    facts_of_it = facts.as_object(delivery)

    assert "se-cret" not in json.dumps(facts_of_it)
    assert facts_of_it["extra"] == {"shelf": [3], "pin": "1"}
    assert facts_of_it["transfer_spec"]["extra"] == {"key": "***", "rack": "***"}  # type: ignore[index]  # it is a mapping here


def test_names_of_files_that_are_no_text_become_text() -> None:
    delivery = Delivery("T", "1", (FilePair("a\udcff", "b"),), sizes={"a\udcff": 3})

    printed = facts.as_object(delivery)

    assert printed["sizes"] == {"a\ufffd": 3}
    assert printed["files"] == [{"source_path": "a\ufffd", "destination_path": "b", "extra": {}}]


def test_pairs_are_what_is_there_with_the_unknown_last() -> None:
    request = SourceRequest(
        "1", RequestState.OPEN, due_date=dt.date(2026, 11, 30), extra={"rack": [7]}
    )

    assert list(facts.as_pairs(request)) == [
        ("request id", "1"),
        ("state", "open"),
        ("due date", "2026-11-30"),
        ("rack", "[7]"),
    ]


@pytest.mark.parametrize(
    "word", ["plain", "two words", "it's", "a\nb", "back\\slash\n'x'", "\x1b["]
)
def test_the_line_to_run_gives_the_shell_what_was_meant(
    capsys: pytest.CaptureFixture[str], word: str
) -> None:
    transfer.emit_run(["printf", "%s", word], "x.json", None)

    line = capsys.readouterr().out.splitlines()[1]
    assert line.isprintable()
    assert subprocess.run(["bash", "-c", line], capture_output=True, check=True).stdout == (
        word.encode()
    )


def test_a_private_file_is_the_owners_alone_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text("older")
    path.chmod(0o644)

    transfer.private(str(path), "newer")

    assert (path.read_text(), path.stat().st_mode & 0o777) == ("newer", 0o600)
    assert list(tmp_path.iterdir()) == [path]


def test_a_private_file_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "answer.json"
    folder.mkdir()

    with pytest.raises(IsADirectoryError):
        transfer.private(str(folder), "newer")

    assert list(tmp_path.iterdir()) == [folder]


def test_where_nothing_can_be_written_is_known_before(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=re.escape(str(tmp_path / "gone"))):
        transfer.check_folder(str(tmp_path / "gone" / "a.pairs"))
    with pytest.raises(IsADirectoryError):
        transfer.check_folder(str(tmp_path))
