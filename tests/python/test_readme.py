"""The README's Python is run as it stands, so that it cannot go stale."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
import reelpack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack import Table

README = Path(__file__).parents[2] / "README.md"


def blocks(language: str) -> Iterator[str]:
    """Yield the code blocks of one language."""
    for match in re.finditer(rf"```{language}\n(.*?)```", README.read_text("utf-8"), re.DOTALL):
        yield match[1]


@pytest.fixture
def shot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Change into a folder that holds the sequence of the README."""
    folder = tmp_path / "plate_0100_v003"
    folder.mkdir()
    for number in range(3):
        (folder / f"plate_0100_v003.{number:07}.dpx").write_bytes(bytes([number]) * 1000)
    monkeypatch.chdir(tmp_path)
    return folder


def test_the_quick_start_runs_and_leaves_a_good_list_and_zip(shot: Path) -> None:
    code, _ = blocks("python")

    exec(compile(code, "README.md", "exec"), {})  # noqa: S102  (our own README)

    assert reelpack.verify(shot).ok
    assert reelpack.verify(shot.with_suffix(".zip")).checked == 3


def test_the_rehearsal_runs(capsys: pytest.CaptureFixture[str]) -> None:
    _, code = blocks("python")
    found: dict[str, object] = {}

    exec(compile(code, "README.md", "exec"), found)  # noqa: S102  (our own README)

    assert "SR-1009 fr-CA" in capsys.readouterr().out
    assert len(cast("Table", found["table"])) > 0
