"""`reelpack imf`: exit codes, what is printed, and what is sent."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from material import imf as material
from material.commands import reelpack as run
from reelpack import imf, sandbox
from reelpack.backlot import Backlot
from reelpack.cli.imf import SUBCOMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack.sandbox import Sandbox

DATA = Path(__file__).parents[1] / "data" / "help"
LISTS = ("ASSETMAP.xml", "VOLINDEX.xml", f"PKL_{material.PACKING_LIST_ID}.xml")
MAKE = (
    "--issuer",
    "Example Pictures",
    "--issue-date",
    material.DATE,
    "--asset-map-id",
    material.ASSET_MAP_ID,
    "--packing-list-id",
    material.PACKING_LIST_ID,
)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    material.make(tmp_path / "package")
    return tmp_path / "package"


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Sandbox]:
    """A sandbox that the environment points at, and a fresh current folder."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    with sandbox.running() as box:
        box.fill(titles=1, requests=1, source_type="AV_MUXED", language="en-US")
        for name, value in box.environment().items():
            monkeypatch.setenv(name, value)
        yield box


@pytest.fixture
def request_id(box: Sandbox) -> str:
    with Backlot(box.url, state=False) as backlot:
        (found,) = backlot.requests(source_type="AV_MUXED")
        return found.request_id


def started(box: Sandbox) -> int:
    """How many deliveries the sandbox was asked to start."""
    return sum(call.operation == "startImfDelivery" for call in box.calls)


def damage(package: Path) -> None:
    """Change one byte of essence, so that nothing but the digest tells."""
    track = package / "sound.mxf"
    content = bytearray(track.read_bytes())
    content[len(content) // 2] ^= 1
    track.write_bytes(content)


@pytest.mark.parametrize("name", ["", *SUBCOMMANDS])
def test_each_command_has_help(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    done = run("imf", *name.split(), "--help")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (DATA / f"{'-'.join(['imf', *name.split()])}.txt").read_text()


def test_the_commands_are_completed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_REELPACK_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "reelpack imf ")
    monkeypatch.setenv("COMP_CWORD", "2")

    done = run()

    assert done.stdout.split() == [f"plain,{name}" for name in SUBCOMMANDS]


def test_a_misspelt_command_is_answered_with_the_right_one() -> None:
    done = run("imf", "verfiy", "x")

    assert done.returncode == 2
    assert "verify" in done.stderr


def test_a_package_is_shown_as_a_tree(package: Path) -> None:
    done = run("imf", "show", package)

    assert (done.returncode, done.stderr) == (0, "")
    assert f"{package}: package, 1 composition, 5 assets, " in done.stdout
    assert "  duration: 00:00:01:00 (24 edit units at 24)\n" in done.stdout
    assert re.search(r"00:00:00:12 \+ 00:00:00:12 +image_2.mxf  0 to 12 of 12\n", done.stdout)
    assert "    00:00:00:23  LFOC\n" in done.stdout
    assert "  languages: en-US\n" in done.stdout
    assert "not here" not in done.stdout


def test_the_same_is_told_to_a_program(package: Path) -> None:
    done = run("imf", "show", package, "--json")

    assert json.loads(done.stdout) == imf.open(package).to_dict()


def test_what_a_supplemental_package_refers_to_is_looked_up(package: Path, tmp_path: Path) -> None:
    parts = material.supplement(material.simple())
    old = ("image_1.mxf", "image_2.mxf", "sound.mxf")
    folder = material.write_parts(tmp_path / "fix", parts, without=old)
    assert run("imf", "make", folder, *MAKE, "--supplement").returncode == 0

    alone = run("imf", "show", folder)
    both = run("imf", "show", folder, "--with", package)

    assert "not here: 2 assets; `--with DIR` names a package that has it\n" in alone.stdout
    assert f"{parts.id('sound.mxf')} (not here)" in alone.stdout
    assert f"{package}/sound.mxf" in both.stdout
    assert "not here" not in both.stdout


def test_many_resources_are_counted_and_not_all_shown(tmp_path: Path) -> None:
    material.make(tmp_path / "package", material.many(150))

    done = run("imf", "show", tmp_path / "package")

    assert "    ... and 50 more (`--json` lists all)\n" in done.stdout


def test_listed_files_that_are_not_there_are_named(package: Path) -> None:
    (package / "sound.mxf").unlink()

    done = run("imf", "show", package)

    assert done.returncode == 0
    assert done.stdout.endswith("\nlisted, and not there: 1 asset\n  sound.mxf\n")


def test_an_output_profile_is_shown_with_its_composition(tmp_path: Path) -> None:
    parts = material.simple()
    tmp_path.joinpath("OPL.xml").write_text(material.profile(parts.playlists[0].id))
    material.make(tmp_path, parts)

    done = run("imf", "show", tmp_path)

    assert f"  for composition: {parts.playlists[0].id}\n  macros: preset\n" in done.stdout
    profile = imf.read(tmp_path / "OPL.xml").content
    assert isinstance(profile, imf.OutputProfileList)
    assert profile.composition_id == parts.playlists[0].id
    assert run("imf", "verify", tmp_path, "-q").returncode == 0


def test_a_composition_without_a_rate_has_no_known_length(package: Path) -> None:
    playlist = package / "CPL.xml"
    text = playlist.read_text()
    playlist.write_text(text.replace("<EditRate>24 1</EditRate>\n<LocaleList>", "<LocaleList>"))

    done = run("imf", "show", playlist)

    assert "  duration: unknown\n" in done.stdout


def test_a_good_package_is_well(package: Path) -> None:
    done = run("imf", "verify", package, "-q")

    assert (done.returncode, done.stderr) == (0, "")
    assert " by profile studio in 4 documents and 5 assets" in done.stdout.splitlines()[0]
    assert "error  " not in done.stdout
    assert "not checked: " in done.stdout


def test_a_damaged_package_is_a_finding_with_its_place(package: Path) -> None:
    damage(package)

    done = run("imf", "verify", package, "-q")

    assert done.returncode == 1
    line = r"^error +PKL_.*\.xml:\d+  .*sound\.mxf.*  \(packing-list\.digest\)$"
    assert re.search(line, done.stdout, re.MULTILINE)


def test_without_hashes_a_changed_byte_is_not_seen_and_that_is_said(package: Path) -> None:
    damage(package)

    done = run("imf", "verify", package, "-q", "--no-hashes")

    assert done.returncode == 0
    assert re.search("not checked: .*digest", done.stdout)


def test_findings_have_line_and_rule(package: Path) -> None:
    playlist = package / "CPL.xml"
    text = playlist.read_text().replace("<SourceDuration>12<", "<SourceDuration>13<", 1)
    playlist.write_text(text)
    line = text[: text.index("<SourceDuration>13<")].count("\n") + 1

    done = run("imf", "verify", playlist, "-q")

    assert done.returncode == 1
    lines = {
        int(found) for found in re.findall(r"^error +CPL\.xml:(\d+)", done.stdout, re.MULTILINE)
    }
    assert any(abs(line - found) < 8 for found in lines)


def test_strict_counts_warnings(package: Path) -> None:
    (package / "notes.txt").write_text("x")

    lax, strict = (run("imf", "verify", package, "-q", *more) for more in ((), ("--strict",)))

    assert "warning" in lax.stdout
    assert "         wanted: each file in the folder belongs to the package\n" in lax.stdout
    assert (lax.returncode, strict.returncode) == (0, 1)


def test_a_report_for_a_program_is_that_of_the_api(package: Path) -> None:
    damage(package)

    done = run("imf", "verify", package, "--json", "--profile", "standard")

    told, report = json.loads(done.stdout), imf.verify(package, profile="standard")
    assert done.returncode == 1
    assert {**told, "seconds": 0} == {**report.to_dict(), "seconds": 0}


@pytest.mark.parametrize("command", [["show"], ["verify", "-q"]])
def test_what_cannot_be_read_is_said_with_its_name(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "x.xml").write_text("<Html/>")

    gone = run("imf", *command, tmp_path / "gone")
    empty = run("imf", *command, tmp_path / "empty")
    other = run("imf", *command, tmp_path / "x.xml")

    assert [each.returncode for each in (gone, empty, other)] == [2, 2, 2]
    assert gone.stderr.startswith(f"reelpack: error: {tmp_path}/gone: No such file")
    assert empty.stderr.startswith(f"reelpack: error: {tmp_path}/empty: ")
    assert other.stderr.startswith(f"reelpack: error: {tmp_path}/x.xml")


@pytest.mark.parametrize("command", [["show"], ["verify", "-q"]])
def test_a_broken_document_is_a_finding(command: list[str], package: Path) -> None:
    playlist = package / "CPL.xml"
    playlist.write_text(playlist.read_text()[:-10])

    done = run("imf", *command, package)

    assert done.returncode == 1
    assert "CPL.xml" in done.stdout


def test_two_compositions_are_compared_in_time_code(tmp_path: Path) -> None:
    parts = material.simple()
    both = material.Parts(
        material.supplement(parts).files,
        (*parts.playlists, *material.supplement(parts).playlists),
    )
    folder = material.write_parts(tmp_path, both)

    done = run("imf", "diff", folder / "CPL.xml", folder / "CPL_2.xml")
    told = run("imf", "diff", folder / "CPL.xml", folder / "CPL_2.xml", "--json")

    assert done.returncode == told.returncode == 1
    assert re.search(
        r"^00:00:00:12-00:00:01:00  .*image", done.stdout, re.MULTILINE | re.IGNORECASE
    )
    assert json.loads(told.stdout)["same"] is False


def test_many_changes_are_counted_and_not_all_shown(tmp_path: Path) -> None:
    marks = tuple(("M", frame) for frame in range(1100))
    parts = material.many(1100)
    (plain,) = parts.playlists
    marked = replace(plain, name="CPL_B.xml", markers=marks)
    folder = material.write_parts(tmp_path, replace(parts, playlists=(plain, marked)))

    done = run("imf", "diff", folder / "CPL.xml", folder / "CPL_B.xml")

    assert re.search(r"\.\.\. and 1\d\d more \(`--json` lists all\)\n$", done.stdout)


def test_a_composition_is_the_same_as_itself(package: Path) -> None:
    done = run("imf", "diff", package, package / "CPL.xml")

    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "nothing changed"


def test_what_is_made_is_said_and_verifies(tmp_path: Path) -> None:
    folder = material.write_parts(tmp_path / "new", material.simple())

    done = run("imf", "make", folder, *MAKE, "-q")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0].startswith("4 assets, ")
    assert f"wrote {folder}/ASSETMAP.xml\n" in done.stdout
    assert run("imf", "verify", folder, "-q").returncode == 0


@pytest.mark.parametrize("option", ["--asset-map-id", "--packing-list-id"])
def test_an_id_that_is_none_is_answered_with_its_option(tmp_path: Path, option: str) -> None:
    done = run("imf", "make", tmp_path, "--issuer", "x", option, "xyz")

    assert done.returncode == 2
    assert f"'{option}': 'xyz' is not a valid UUID" in done.stderr


def test_a_package_that_is_there_is_replaced_only_if_asked(package: Path) -> None:
    before = {name: (package / name).read_bytes() for name in LISTS}

    refused = run("imf", "make", package, *MAKE, "-q")
    done = run("imf", "make", package, *MAKE, "-q", "--replace", "--json")

    assert refused.returncode == 2
    assert "ASSETMAP.xml" in refused.stderr
    assert done.returncode == 0
    assert sorted(json.loads(done.stdout)["replaced"]) == sorted(LISTS)
    assert {name: (package / name).read_bytes() for name in LISTS} == before


def test_a_packing_list_of_another_name_is_removed_and_named(package: Path) -> None:
    other = [*MAKE[:-1], "00000000-0000-4000-8000-00000000abcd"]

    done = run("imf", "make", package, *other, "-q", "--replace")

    assert done.returncode == 0
    assert f"removed {package / LISTS[2]}\n" in done.stdout
    assert sorted(path.name for path in package.glob("PKL_*")) == [f"PKL_{other[-1]}.xml"]


def test_every_rule_is_listed_with_its_clause() -> None:
    done, told = run("imf", "rules"), run("imf", "rules", "--json")

    rules: list[dict[str, Any]] = json.loads(told.stdout)["rules"]
    assert [rule["id"] for rule in rules] == [rule.id for rule in imf.rules()]
    for rule in rules:
        assert f"{rule['id']}  {rule['severity']}, {rule['origin']}\n" in done.stdout
    assert any(f"  {rule['clause']}; " in done.stdout for rule in rules if rule["clause"])


def test_a_package_is_verified_and_its_delivery_started(
    box: Sandbox, request_id: str, package: Path
) -> None:
    done = run("imf", "deliver", package, request_id, "-q")

    assert (done.returncode, done.stderr) == (0, "")
    verdict, _, *rest = done.stdout.splitlines()
    assert verdict.startswith("no problem by profile studio ")
    assert any(line.startswith("not checked: essence") for line in rest)
    assert any(line.startswith("delivery TR-") and ": 7 files, " in line for line in rest)
    assert done.stdout.count(": new\n") == 2
    assert "assumed: the language of the package is that of LocaleList" in done.stdout
    assert "ascp --mode=send" in done.stdout
    pairs = Path(f"{request_id}.pairs").read_text().splitlines()
    assert sorted(pairs[::2]) == sorted(str(path) for path in package.iterdir())
    assert started(box) == 1


def test_the_same_delivery_is_not_started_twice(
    box: Sandbox, request_id: str, package: Path
) -> None:
    run("imf", "deliver", package, request_id, "-q")

    done = run("imf", "deliver", package, request_id, "-q", "--json")

    assert done.returncode == 0
    assert json.loads(done.stdout)["kept_since"] is not None
    assert started(box) == 1


def test_the_second_time_says_when_it_was_started(
    box: Sandbox, request_id: str, package: Path
) -> None:
    run("imf", "deliver", package, request_id, "-q")

    done = run("imf", "deliver", package, request_id, "-q")

    assert "nothing was sent\n" in done.stdout
    assert started(box) == 1


@pytest.mark.parametrize("json_too", [(), ("--json",)])
def test_a_package_with_errors_is_not_delivered(
    box: Sandbox, request_id: str, package: Path, json_too: tuple[str, ...]
) -> None:
    damage(package)

    done = run("imf", "deliver", package, request_id, "-q", *json_too)

    assert done.returncode == 1
    assert "sound.mxf" in done.stdout
    assert ("hint: nothing was sent" in done.stderr) is not bool(json_too)
    assert (started(box), list(Path().iterdir())) == (0, [])


def test_unless_it_is_told_not_to_look(box: Sandbox, request_id: str, package: Path) -> None:
    damage(package)

    done = run("imf", "deliver", package, request_id, "-q", "--unchecked", "--force")

    assert (done.returncode, started(box)) == (0, 1)


def test_a_language_of_another_request_is_refused_before_anything_is_sent(
    box: Sandbox, package: Path
) -> None:
    box.fill(titles=1, requests=1, source_type="AV_MUXED", language="de")
    with Backlot(box.url, state=False) as backlot:
        (found,) = backlot.requests(language="de")

    done = run("imf", "deliver", package, found.request_id, "-q")

    assert done.returncode == 2
    assert "CPL.xml: the language is `en-US` and that of the request `de`\n" in done.stderr
    assert "hint: they have to be equal to the letter\n" in done.stderr
    assert done.stdout.startswith("no problem by profile studio ")
    assert started(box) == 0


def test_a_request_that_is_not_there_is_said_before_anything_is_read(
    box: Sandbox, package: Path
) -> None:
    damage(package)

    done = run("imf", "deliver", package, "SR-9", "-q")

    assert (done.returncode, done.stdout, started(box)) == (2, "", 0)


@pytest.mark.parametrize("json_too", [(), ("--json",)])
def test_what_the_studio_refuses_is_said(
    box: Sandbox, package: Path, json_too: tuple[str, ...]
) -> None:
    box.fill(titles=1, requests=1, source_type="PRINT_MASTER", language="en-US")
    with Backlot(box.url, state=False) as backlot:
        found = next(iter(backlot.requests(source_type="PRINT_MASTER")))

    done = run("imf", "deliver", package, found.request_id, "-q", *json_too)

    assert done.returncode == 1
    assert "an IMF package goes to a request for AV_MUXED" in done.stdout
    assert ("nothing was started" in done.stderr) is not bool(json_too)
    assert list(Path().iterdir()) == []
