"""Tables of an audit in the hands of others: each takes them through Arrow's C stream."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import reelpack
from material.frames import Sequence, write_frames

if TYPE_CHECKING:
    from pathlib import Path

    from reelpack import Audit


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    folder = tmp_path_factory.mktemp("reel")
    frames = write_frames(folder / "nam", 12, Sequence(64, 48))
    frames[4].unlink()
    frames[7].write_bytes(frames[7].read_bytes()[:-1])
    return reelpack.audit(folder, algorithms=["md5", "xxh128"], fps=24, state=False)


@pytest.mark.parametrize("name", ["files", "sequences", "findings"])
def test_pyarrow_reads_each_table_as_we_do(audit: Audit, name: str) -> None:
    table = getattr(audit, name)

    theirs = pa.table(table)

    theirs.validate(full=True)
    assert theirs.column_names == table.columns
    ours = [dict(zip(table.columns, row, strict=True)) for row in table.rows()]
    for column in theirs.column_names:
        values = theirs[column]
        if pa.types.is_timestamp(values.type):
            values = values.cast(pa.int64())
        assert values.to_pylist() == [row[column] for row in ours], column


def test_polars_pandas_and_duckdb_take_the_files(audit: Audit) -> None:
    frame = pl.DataFrame(audit.files)
    truncated = frame.filter(pl.col("status") == "truncated")
    assert truncated["frame"].to_list() == [86407]
    assert frame["modified"].dtype == pl.Datetime("ns", "UTC")
    assert frame["xxh128"].str.len_chars().unique().to_list() == [32]

    table = pd.DataFrame.from_arrow(audit.files)
    assert table["size"].sum() == audit.size
    assert set(table["width"]) == {64}

    files = audit.files  # noqa: F841  (found by its name)
    counts = duckdb.sql("select status, count(*) from files group by 1 order by 1")
    assert counts is not None
    assert counts.fetchall() == [("present", 10), ("truncated", 1)]


def test_a_table_can_be_taken_again_and_outlives_its_audit(audit: Audit) -> None:
    files = audit.files
    first, second = pa.table(files), pa.table(files)
    del files

    assert first.equals(second)
    assert first.schema.equals(pa.schema(audit.files))


def test_an_empty_table_has_its_columns(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing to complain about")

    found = reelpack.audit(tmp_path, state=False)

    assert len(found.sequences) == 0
    assert pa.table(found.sequences).column_names == found.sequences.columns
    assert pl.DataFrame(found.findings).shape == (0, 8)
