"""The notebooks run from top to bottom, say what they are for, and keep no results in git."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))

CHARTS = {
    "01_audit_a_delivery": 2,
    "02_compare_two_deliveries": 1,
    "03_prove_a_delivery": 1,
    "04_requests_at_a_glance": 2,
    "05_look_into_an_imp": 2,
    "06_tapes_for_a_show": 2,
}
"""Charts that each notebook shows."""

LIMIT = 50
"""Seconds for one notebook: below the time limit of a test, so that its cell is named."""

Cell = dict[str, Any]


def cells(notebook: Path, kind: str) -> list[Cell]:
    """The cells of one kind."""
    every: list[Cell] = json.loads(notebook.read_text("utf-8"))["cells"]
    return [cell for cell in every if cell["cell_type"] == kind]


def code(notebook: Path) -> ast.Module:
    """All code of a notebook."""
    sources = ["".join(cell["source"]) for cell in cells(notebook, "code")]
    return ast.parse("\n".join(sources))


@pytest.fixture
def _own_jupyter(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Take no kernel and no setting from the user, and leave nothing behind."""
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "1")
    monkeypatch.setenv("TMPDIR", str(tmp_path))


def test_there_are_six() -> None:
    assert [notebook.stem for notebook in NOTEBOOKS] == list(CHARTS)


@pytest.mark.slow
@pytest.mark.usefixtures("_own_jupyter")
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_shows_its_charts_and_leaves_nothing(
    notebook: Path, tmp_path: Path
) -> None:
    book = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]  # the library has no types
    before = sorted(tmp_path.rglob("*.dpx"))

    NotebookClient(book, timeout=LIMIT, resources={"metadata": {"path": tmp_path}}).execute()

    outputs = [output for cell in book.cells for output in cell.get("outputs", ())]
    shown = [key for output in outputs for key in output.get("data", ()) if "vega" in str(output)]
    assert shown.count("text/html") == CHARTS[notebook.stem]
    assert not [output for output in outputs if output.get("name") == "stderr"]
    assert sorted(tmp_path.rglob("*.dpx")) == before


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_has_no_results_in_it(notebook: Path) -> None:
    """Results would be stale after any change, and make each run a change."""
    for cell in cells(notebook, "code"):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_begins_with_its_question_and_ends_with_an_assertion(notebook: Path) -> None:
    first = "".join(cells(notebook, "markdown")[0]["source"])

    for word in ("# ", "**Question.**", "**Inputs.**", "**Needs.**", "?\n"):
        assert word in first
    last = "".join(cells(notebook, "code")[-1]["source"])
    assert last.startswith(("assert", "states"))
    assert len(cells(notebook, "code")) + len(cells(notebook, "markdown")) < 20


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_uses_the_public_api_only(notebook: Path) -> None:
    imported = {
        name
        for node in ast.walk(code(notebook))
        if isinstance(node, ast.ImportFrom) and node.module and "reelpack" in node.module
        for name in [node.module, *(alias.name for alias in node.names)]
    }

    assert imported <= {
        "reelpack",
        "ImfError",
        "LtoError",
        "charts",
        "backlot",
        "imf",
        "lto",
        "sandbox",
    }
