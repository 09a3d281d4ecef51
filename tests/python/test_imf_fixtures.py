"""The packages and playlists of others: what we say of each, reasoned one by one in a table."""

from __future__ import annotations

import json
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from material import imf as material
from reelpack import ImfError, imf

DATA = Path(__file__).parents[1] / "data" / "imf"
PACKAGES: dict[str, dict[str, Any]] = tomllib.loads((DATA / "packages.toml").read_text())
PLAYLISTS: dict[str, dict[str, Any]] = tomllib.loads((DATA / "playlists.toml").read_text())
BUILT = 1200
"""Seconds for a test that may have to build imferno first."""


def found(report: imf.Report) -> dict[str, set[str]]:
    return {
        "errors": {finding.rule for finding in report.failures},
        "warnings": {finding.rule for finding in report.warnings},
    }


def wanted(row: dict[str, Any]) -> dict[str, set[str]]:
    return {"errors": set(row["errors"]), "warnings": set(row["warnings"])}


def test_the_tables_have_every_package_and_every_single_playlist() -> None:
    folder = material.fixtures()

    assert set(PACKAGES) | {name.partition("/")[0] for name in PLAYLISTS} == {
        path.name for path in folder.iterdir()
    }
    single = [path for path in folder.rglob("*.xml") if path.parent.name.startswith("cpl-")]
    assert set(PLAYLISTS) == {path.relative_to(folder).as_posix() for path in single}
    assert all(row["why"] for row in (*PACKAGES.values(), *PLAYLISTS.values()))


@pytest.mark.parametrize("name", PLAYLISTS)
def test_a_playlist_is_judged_as_the_table_says(name: str) -> None:
    report = imf.verify(material.fixtures(name), profile="standard")

    assert found(report) == wanted(PLAYLISTS[name])


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_is_judged_as_the_table_says(name: str) -> None:
    report = imf.verify(material.fixtures(name), profile="standard")

    assert found(report) == wanted(PACKAGES[name])


def test_what_is_broken_on_purpose_is_found_for_the_reason_in_its_name() -> None:
    reasons = {
        "QuantizationError": "application.quantization",
        "CodingEquationError": "application.coding-equations",
        "ColorError": "application.color-primaries",
        "ColorSpaceError": "application.image-descriptor",
        "SamplingError": "application.sampling",
        "StoredWidthError": "application.stored-size",
        "J2CLayoutError": "application.j2c-layout",
        "JPEG2000SubDescriptorError": "application.j2k-sub-descriptor",
        "_SubDescriptorError": "application.j2k-sub-descriptor",
        "componentDepth": "application.component-depth",
        "BadEssenceCoding": "application.codec",
        "CodecError": "application.codec",
        "J2kProfileError": "application.j2k-profile",
        "RGBA": "application.",
        "InterlaceError": "application.",
        "EssenceCodingError": "application.",
        "85_Error": "application.",
    }
    for name, row in PLAYLISTS.items():
        stem = Path(name).stem
        rules = [rule for part, rule in reasons.items() if part in stem]
        if "Error" in stem or "BadEssence" in stem:
            assert rules, name
        for rule in rules:
            assert any(each.startswith(rule) for each in row["errors"]), (name, rule)


def test_the_document_that_is_none_is_refused() -> None:
    with pytest.raises(ImfError, match="Composition"):
        imf.read(material.fixtures("bad-xml/CPL_67be5fc8-87f1-4172-8d52-819ca14c7a20.xml"))


def test_what_is_not_in_the_asset_map_is_counted_as_not_checked() -> None:
    folder = material.fixtures("isxd-complete")

    report = imf.verify(folder, profile="standard")

    lacking = {each.id for each in imf.open(folder).not_here}
    assert len(lacking) == 3
    for id_ in lacking:
        assert any(id_ in f"{item.path} {item.reason}" for item in report.not_checked)


def test_the_studio_does_not_want_timed_text() -> None:
    report = imf.verify(material.fixtures("missing-files"))

    assert "studio.timed-text" in {finding.rule for finding in report.failures}


@pytest.mark.timeout(BUILT)
@pytest.mark.parametrize("name", [name for name in PACKAGES if name != "bad-xml"])
def test_wherever_imferno_finds_a_wrong_file_we_do(imferno: Path, name: str) -> None:
    command = [str(imferno), "validate", "--format", "json", str(material.fixtures(name))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = json.loads(done.stdout)["validation"]
    codes = {each["code"] for level in ("critical", "errors") for each in said[level]}

    ours = set(PACKAGES[name]["errors"])

    if codes & {"FILE-HASH-ERROR"} or any("SizeMismatch" in code for code in codes):
        assert ours & {"packing-list.size", "packing-list.digest", "file.missing"}
    if any("FileNotFound" in code for code in codes):
        assert "file.missing" in ours
    if not codes:
        assert not ours
