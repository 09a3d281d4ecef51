"""Lists of every format, judged by the tools of others, and theirs read by us."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from material.commands import reelpack
from material.needs import give_up

FIXTURES = Path(__file__).parents[3] / "shared" / "fixtures" / "ascmhl"
ALL = ("c4", "md5", "sha1", "xxh128", "xxh3", "xxh64")

pytestmark = pytest.mark.slow


@pytest.fixture
def roll(tmp_path: Path) -> Path:
    """A roll with odd but harmless names, an empty file and an empty folder."""
    folder = tmp_path / "A001"
    (folder / "Clips" / "deep").mkdir(parents=True)
    (folder / "Empty").mkdir()
    names = [
        "Clips/A002C006.mov",
        "Clips/deep/ä ü.mov",
        "Clips/deep/😀.mov",
        "a & <b> \"c\" 'd'.txt",
        "a]]>b",
    ]
    for number, name in enumerate(names):
        (folder / name).write_bytes(b"x" * (number + 1))
    (folder / "zero").touch()
    return folder


def listed(folder: Path, format_: str, *algorithms: str) -> None:
    """Make lists of one format."""
    wanted = [word for name in algorithms for word in ("--algorithm", name)]
    done = reelpack("checksum", folder, "--format", format_, *wanted, "--quiet")
    assert done.returncode == 0, done


def verified(folder: Path) -> str:
    """Hold a folder against its lists; return what is said."""
    done = reelpack("verify", folder, "--quiet", "--no-state")
    assert done.returncode == 0, done
    return done.stdout


def run(*command: str | Path, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a tool of others, in a locale that takes every name."""
    if shutil.which(command[0]) is None:
        give_up(f"{command[0]} is not installed")
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def agrees(*command: str | Path, folder: Path | None = None) -> str:
    done = run(*command, folder=folder)
    assert done.returncode == 0, done
    return done.stdout


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256", "xxh64", "xxh128", "xxh3"])
def test_tools_of_the_system_agree_with_our_sums(roll: Path, algorithm: str) -> None:
    (roll / "back\\slash").write_bytes(b"y")
    (roll / "new\nline").write_bytes(b"z")
    listed(roll, "md5sum", algorithm)

    # xxhsum knows no escapes, and rhash strips blanks and takes a backslash as it is.
    if algorithm.startswith("xxh"):
        (roll / "back\\slash").unlink()
        (roll / "new\nline").unlink()
        listed(roll, "md5sum", algorithm)
        agrees("xxhsum", "--strict", "-c", f"A001.{algorithm}", folder=roll)
    else:
        agrees(f"{algorithm}sum", "--strict", "-c", f"A001.{algorithm}", folder=roll)
    assert "OK: " in verified(roll)


def test_rhash_agrees_with_our_sums(roll: Path) -> None:
    for algorithm in ("md5", "sha1", "sha256"):
        listed(roll, "md5sum", algorithm)
        agrees("rhash", f"--{algorithm}", "-c", f"A001.{algorithm}", folder=roll)


def test_lists_of_the_systems_tools_are_judged_by(roll: Path) -> None:
    files = sorted(str(path.relative_to(roll)) for path in roll.rglob("*") if path.is_file())
    for tool in ("md5sum", "sha256sum"):
        text = agrees(tool, *files, folder=roll)
        (roll / f"A001.{tool.removesuffix('sum')}").write_text(text, encoding="utf-8")
    (roll / "tagged.sha1").write_text(agrees("sha1sum", "--tag", *files, folder=roll))
    (roll / "windows.xxh64").write_text(
        agrees("xxhsum", "-H1", *files, folder=roll).replace("\n", "\r\n"), newline=""
    )

    assert verified(roll).startswith("OK: 6 files, 15 bytes match 4 lists")

    (roll / "zero").write_bytes(b"!")
    done = reelpack("verify", roll, "--quiet", "--no-state")
    assert done.returncode == 1
    assert "mismatch  zero" in done.stdout


@pytest.mark.parametrize("algorithms", [("md5",), ("sha1",), ("xxh64",), ("xxh64", "md5", "sha1")])
def test_readers_of_mhl_agree_with_ours(
    roll: Path, mhl_tools: Path, algorithms: tuple[str, ...]
) -> None:
    (roll / "zero").unlink()
    listed(roll, "mhl", *algorithms)

    schema = next(mhl_tools.parent.rglob("MediaHashList_v1_1.xsd"))
    agrees("xmllint", "--noout", "--nonet", "--schema", schema, roll / "A001.mhl")
    agrees(mhl_tools / "simple-mhl", "verify", "-v", roll / "A001.mhl")
    assert verified(roll).startswith("OK: 5 files")

    (roll / "a]]>b").write_bytes(b"XXXXX")
    assert run(mhl_tools / "simple-mhl", "verify", roll / "A001.mhl").returncode != 0
    assert reelpack("verify", roll, "--quiet", "--no-state").returncode == 1


@pytest.mark.parametrize("algorithm", ["xxhash", "md5", "sha1"])
def test_an_mhl_of_others_is_judged_by(roll: Path, mhl_tools: Path, algorithm: str) -> None:
    agrees(mhl_tools / "simple-mhl", "seal", "-a", algorithm, roll)

    assert verified(roll).startswith("OK: 6 files")


def valid(history: Path, tools: Path) -> None:
    """Hold each file of a history against its schema."""
    if not FIXTURES.exists():
        give_up(f"{FIXTURES} is not there")
    check = (tools / "ascmhl-debug", "xsd-schema-check")
    for generation in (history / "ascmhl").glob("*.mhl"):
        agrees(*check, "-xsd", FIXTURES / "xsd" / "ASCMHL.xsd", generation)
    directory = FIXTURES / "xsd" / "ASCMHLDirectory__combined.xsd"
    agrees(*check, "-df", "-xsd", directory, history / "ascmhl" / "ascmhl_chain.xml")


def later(history: Path) -> None:
    """Make the last generation older: names tell seconds, and two of one second are one file."""
    number = len(list((history / "ascmhl").glob("*.mhl")))
    path = next((history / "ascmhl").glob(f"{number:04}_*.mhl"))
    new = path.with_name(re.sub(r"\d{4}-\d\d-\d\d_\d{6}Z", f"2020-01-0{number}_000000Z", path.name))
    path.rename(new)
    chain = history / "ascmhl" / "ascmhl_chain.xml"
    chain.write_text(chain.read_text().replace(path.name, new.name))


@pytest.mark.parametrize("algorithms", [("xxh64",), ALL])
def test_the_reference_tool_agrees_with_our_history(
    roll: Path, mhl_tools: Path, algorithms: tuple[str, ...]
) -> None:
    (roll / ".DS_Store").write_bytes(b"debris")
    (roll / ".hidden").write_bytes(b"left out")

    listed(roll, "ascmhl", *algorithms)

    valid(roll, mhl_tools)
    agrees(mhl_tools / "ascmhl-debug", "verify", "-v", roll)
    agrees(mhl_tools / "ascmhl-debug", "verify", "-v", "-dh", roll)
    agrees(mhl_tools / "ascmhl", "diff", roll)
    later(roll)
    agrees(mhl_tools / "ascmhl", "create", "-h", "sha1", roll)
    assert verified(roll).startswith("OK: 6 files")
    later(roll)
    listed(roll, "ascmhl", "xxh3")
    valid(roll, mhl_tools)
    agrees(mhl_tools / "ascmhl-debug", "verify", "-v", roll)
    assert verified(roll).startswith("OK: 6 files")

    (roll / "a]]>b").write_bytes(b"XXXXX")
    assert run(mhl_tools / "ascmhl-debug", "verify", roll).returncode != 0
    assert reelpack("verify", roll, "--quiet", "--no-state").returncode == 1


@pytest.mark.parametrize(
    "history", ["scenario_01/travel_01", "scenario_02/travel_01", "scenario_02/file_server"]
)
def test_a_generation_is_added_to_the_histories_of_the_reference_tool(
    tmp_path: Path, mhl_tools: Path, history: str
) -> None:
    if not FIXTURES.exists():
        give_up(f"{FIXTURES} is not there")
    copy = tmp_path / "A002R2EC"
    shutil.copytree(FIXTURES / history / "A002R2EC", copy)
    assert verified(copy).startswith("OK: 3 files")

    listed(copy, "ascmhl", "xxh64", "md5")

    agrees(mhl_tools / "ascmhl-debug", "verify", "-v", copy)
    agrees(mhl_tools / "ascmhl", "info", "-v", copy)
    valid(copy, mhl_tools)
    assert verified(copy).startswith("OK: 3 files")


def test_a_file_that_is_not_as_its_history_says_is_a_failure(roll: Path, mhl_tools: Path) -> None:
    listed(roll, "ascmhl", "md5")
    later(roll)
    (roll / "zero").write_bytes(b"!")
    (roll / "new").write_bytes(b"?")
    (roll / "a]]>b").unlink()

    done = reelpack("checksum", roll, "--format", "ascmhl", "--quiet", "--no-state")

    assert done.returncode == 1
    assert "failed: not as its history says (1)\n  zero\n" in done.stdout
    for kind, name in (("changed", "zero"), ("new", "new"), ("gone", "a]]>b")):
        assert f"update: {kind} (1)\n  {name}\n" in done.stdout
    generation = max((roll / "ascmhl").glob("0002*.mhl")).read_text()
    assert 'action="failed"' in generation
    valid(roll, mhl_tools)
    assert reelpack("verify", roll, "--quiet", "--no-state").returncode == 1


def test_a_renamed_file_is_one_in_the_next_generation(roll: Path, mhl_tools: Path) -> None:
    listed(roll, "ascmhl", "md5")
    later(roll)
    (roll / "Clips" / "A002C006.mov").rename(roll / "Clips" / "renamed.mov")
    done = reelpack("verify", roll, "--quiet", "--no-state")
    assert done.returncode == 1
    assert "renamed  Clips/renamed.mov  (expected Clips/A002C006.mov" in done.stdout

    listed(roll, "ascmhl", "md5")

    assert verified(roll).startswith("OK: 6 files")
    agrees(mhl_tools / "ascmhl-debug", "verify", "-v", roll)


@pytest.mark.parametrize("part", ["0001", "ascmhl_chain"])
def test_a_history_that_was_tampered_with_is_noticed(roll: Path, part: str) -> None:
    listed(roll, "ascmhl", "md5")
    path = next((roll / "ascmhl").glob(f"{part}*"))
    text = path.read_text()
    path.write_text(text.replace("reelpack", "somebody") if part == "0001" else text + " ")

    done = reelpack("verify", roll, "--quiet", "--no-state")

    if part == "0001":
        assert done.returncode == 1
        assert "corrupt  ascmhl/0001_A001" in done.stdout
    else:  # nothing seals the chain itself
        assert done.returncode == 0


def test_a_second_list_says_nothing_of_the_first(roll: Path) -> None:
    for format_ in ("checksum-txt", "md5sum", "mhl", "ascmhl"):
        listed(roll, format_, "md5")

    again = reelpack("checksum", roll, "--preview", "--no-state", "--quiet").stdout

    assert "A001.m" not in again
    assert "ascmhl" not in again
    assert verified(roll).startswith("OK: 6 files")


def test_hostile_documents_are_refused_in_one_line(roll: Path) -> None:
    listed(roll, "mhl", "md5")
    path = roll / "A001.mhl"
    text = path.read_text()
    doctype = '?><!DOCTYPE x [<!ENTITY a "b">]>'
    nested = "<a>" * 200_000
    hostile = [
        text.replace("?>", doctype, 1),
        text.replace("<hash>", nested, 1),
        text.replace("<file>", f'<file x="{"y" * 30_000_000}">', 1),
        text.replace("<file>", "<file>&b;", 1),
    ]
    for document in hostile:
        path.write_text(document)
        done = reelpack("verify", roll, "--quiet", "--no-state", limit=10)
        assert done.returncode == 2
        assert done.stderr.startswith(f"reelpack: error: {path}: "), done.stderr[:300]
        assert len(done.stderr.splitlines()[0]) < 400
    path.write_text(text, encoding="utf-16")
    done = reelpack("verify", roll, "--quiet", "--no-state")
    assert done.returncode == 2
    assert "UTF-16" in done.stderr


def test_a_list_that_leads_outside_is_refused(roll: Path) -> None:
    (roll.parent / "secret").write_bytes(b"secret")
    listed(roll, "mhl", "md5")
    path = roll / "A001.mhl"
    path.write_text(path.read_text().replace("zero", "../secret"))

    done = reelpack("verify", roll, "--quiet", "--no-state")

    assert done.returncode == 1
    assert "unsafe  ../secret" in done.stdout.replace("unsafe     ", "unsafe  ")


def test_a_list_without_a_digest_judges_nothing(roll: Path) -> None:
    listed(roll, "mhl", "md5")
    path = roll / "A001.mhl"
    path.write_text(re.sub(r"<md5>\w+</md5>", "<null/>", path.read_text()))

    done = reelpack("verify", roll, "--quiet", "--no-state")

    assert done.returncode == 2
    assert "no digest in it that is known here" in done.stderr


def test_an_mhl_that_is_there_is_not_replaced(roll: Path) -> None:
    listed(roll, "mhl", "md5")
    made_at_offload = (roll / "A001.mhl").read_bytes()

    done = reelpack("checksum", roll, "--format", "mhl", "--quiet")

    assert done.returncode == 2
    assert "A001.mhl" in done.stderr
    assert (roll / "A001.mhl").read_bytes() == made_at_offload


def test_names_as_find_writes_them_are_read(roll: Path) -> None:
    command = 'find . -type f -exec md5sum {} + > "$1"'
    subprocess.run(["sh", "-c", command, "sh", roll.parent / "list"], cwd=roll, check=True)
    (roll.parent / "list").rename(roll / "A001.md5")

    assert verified(roll).startswith("OK: 6 files")
