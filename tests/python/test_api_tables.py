"""The tables of an audit as a Python program, a notebook and a spreadsheet see them."""

from __future__ import annotations

import csv
import os
from typing import TYPE_CHECKING, cast

import pytest
from material.pretended import table
from reelpack import Table, _native
from reelpack.tables import ROWS_AT_ONCE

if TYPE_CHECKING:
    from pathlib import Path

OLDEST = -1
"""A nanosecond before 1970."""


def numbers(count: int) -> Table:
    """A table of that many rows."""
    return table(["number", "square"], [{"number": n, "square": n * n} for n in range(count)])


@pytest.mark.parametrize("count", [0, 1, ROWS_AT_ONCE - 1, ROWS_AT_ONCE, ROWS_AT_ONCE + 1])
def test_a_table_yields_all_its_rows(count: int) -> None:
    rows = numbers(count)

    assert len(rows) == count
    assert list(rows) == [(number, number * number) for number in range(count)]
    assert rows.rows() == list(rows)
    assert rows.column("number") == list(range(count))
    assert rows.to_dicts()[-1:] == [{"number": n, "square": n * n} for n in range(count)][-1:]


def test_some_rows_of_a_table_can_be_asked_for() -> None:
    assert numbers(5).rows(1, 2) == [(1, 1), (2, 4)]
    assert numbers(5).rows(4) == [(4, 16)]


def test_a_column_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="cube"):
        numbers(1).column("cube")


def test_a_table_prints_its_counts() -> None:
    assert repr(numbers(250_000)) == "Table(rows=250000, columns=2)"


def test_a_notebook_shows_the_first_rows_and_escapes_them() -> None:
    rows = table(["path", "size"], [{"path": f"<b>{number}"} for number in range(11)])

    html = rows._repr_html_()

    assert html.count("<tr>") == 11
    assert "<td>&lt;b&gt;9</td><td></td>" in html
    assert "11 rows, 2 columns, the first 10 shown" in html
    assert "<p>1 rows" in numbers(1)._repr_html_()


def test_a_table_as_csv_is_read_back_by_the_csv_module(tmp_path: Path) -> None:
    rows = table(
        ["path", "modified", "trusted", "size"],
        [
            {"path": 'a, "b"\n', "modified": 1_700_049_600_123_456_789, "trusted": True},
            {"path": "=1+1", "modified": OLDEST, "trusted": False, "size": 1},
            {"path": "no time", "trusted": False},
        ],
    )

    assert rows.write_csv(tmp_path / "files.csv") == os.fspath(tmp_path / "files.csv")

    with (tmp_path / "files.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [
            ["path", "modified", "trusted", "size"],
            ['a, "b"\n', "2023-11-15T12:00:00.123456+00:00", "true", ""],
            ["=1+1", "1969-12-31T23:59:59.999999+00:00", "false", "1"],
            ["no time", "", "false", ""],
        ]


def test_dates_and_times_are_written_as_iso_8601() -> None:
    columns = [
        ("due", "date", [20_000, None]),
        ("seen", "time", [1_700_049_600_123_456_789, None]),
        ("late", "bool", [True, None]),
        ("days", "int", [-1, None]),
        ("part", "float", [0.5, None]),
    ]
    rows = Table(_native.table(cast("list[tuple[str, str, list[object]]]", columns)))

    assert rows.rows(0, 1) == [(20_000, 1_700_049_600_123_456_789, True, -1, 0.5)]
    assert rows.to_csv().splitlines()[1:] == [
        "2024-10-04,2023-11-15T12:00:00.123456+00:00,true,-1,0.5",
        ",,,,",
    ]
    assert "<td>2024-10-04</td>" in rows._repr_html_()


@pytest.mark.parametrize(
    ("column", "reason"),
    [
        (("x", "colour", [1]), "no column has the kind colour"),
        (("x", "int", ["1"]), "str"),
        (("x", "date", [2**40]), "int"),
    ],
)
def test_a_column_of_another_kind_is_refused(
    column: tuple[str, str, list[object]], reason: str
) -> None:
    with pytest.raises((ValueError, TypeError, OverflowError), match=reason):
        _native.table([column])


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(ValueError, match="length"):
        _native.table([("a", "int", [1]), ("b", "int", [])])
