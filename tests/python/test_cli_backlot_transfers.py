"""`reelpack backlot deliver` and `downloads`: what is asked for, written and printed."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from material.commands import reelpack as run
from reelpack import ReelpackError, sandbox
from reelpack.backlot import Backlot, DownloadManifest, FilePair, TransferSpec
from reelpack.cli.backlot import receiving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reelpack.sandbox import Sandbox


STRUCK = "***"


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Sandbox]:
    """A sandbox that the environment points at, and a fresh current folder."""
    monkeypatch.chdir(tmp_path)
    with sandbox.running(demo=True) as box:
        for name, value in box.environment().items():
            monkeypatch.setenv(name, value)
        yield box


@pytest.fixture
def request_id(box: Sandbox) -> str:
    """A request that one file can be delivered to."""
    with Backlot(box.url, state=False) as backlot:
        found = backlot.requests(state="OPEN", source_type="SUBTITLE", material_status="ACCEPTED")
        return next(iter(found)).request_id


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Küste (de).ttml"
    path.write_bytes(bytes(i % 251 for i in range(100_000)))
    return path


def started(box: Sandbox) -> int:
    """How many deliveries the sandbox was asked to start."""
    return sum(call.operation == "startDelivery" for call in box.calls)


def kept_token(answer: Path) -> str:
    """The token in an answer that was kept."""
    facts = json.loads(answer.read_text())
    assert isinstance(facts["transfer_spec"]["token"], str)
    return str(facts["transfer_spec"]["token"])


def test_a_delivery_is_started_and_what_is_to_be_run_is_said(
    request_id: str, file: Path, tmp_path: Path
) -> None:
    done = run("backlot", "deliver", request_id, file.name, "--key", "my key.pem")

    assert (done.returncode, done.stderr) == (0, "")
    first, *_, export, line, last = done.stdout.splitlines()
    assert first.startswith("delivery TR-")
    assert first.endswith(f" to request {request_id}: 1 file, 100 kB, transferring")
    pairs, answer = tmp_path / f"{request_id}.pairs", tmp_path / f"{request_id}.answer.json"
    source, destination = pairs.read_text().splitlines()
    assert (source, destination.rpartition("/")[0][:8]) == (str(file), "uploads/")
    words = shlex.split(line)
    assert words[:2] == ["ascp", "--mode=send"]
    assert words[words.index("-i") + 1] == "my key.pem"
    assert f"--file-pair-list={pairs}" in words
    assert "ASPERA_SCP_TOKEN" in export
    assert last.startswith("the token goes by ASPERA_SCP_TOKEN and is kept in ")
    assert answer.stat().st_mode & 0o777 == 0o600
    assert kept_token(answer) not in done.stdout


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")
def test_the_token_reaches_ascp_as_it_is_said(request_id: str, file: Path, tmp_path: Path) -> None:
    done = run("backlot", "deliver", request_id, file)
    export = next(line for line in done.stdout.splitlines() if "export" in line)

    shown = subprocess.run(
        ["sh", "-c", f"{export}; printenv ASPERA_SCP_TOKEN"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert shown.stdout.strip() == kept_token(tmp_path / f"{request_id}.answer.json")


def test_the_list_is_what_the_sandbox_takes(box: Sandbox, request_id: str, file: Path) -> None:
    run("backlot", "deliver", request_id, file)

    done = run("sandbox", "send", f"{request_id}.pairs")

    assert (done.returncode, done.stdout) == (0, "sent 1 file, 100 kB\n")
    with Backlot(box.url, state=False) as backlot:
        assert backlot.request(request_id).transfer_state == "PENDING_INSPECTION"


@pytest.mark.parametrize("option", ["--pairs", "--answer"])
def test_nothing_is_written_over_a_file_to_be_delivered(
    box: Sandbox, request_id: str, file: Path, option: str
) -> None:
    before = file.read_bytes()

    done = run("backlot", "deliver", request_id, file, option, file, "--force")

    assert (done.returncode, done.stdout) == (2, "")
    assert f"`{option} {file}` is a file to be delivered" in done.stderr
    assert (file.read_bytes(), started(box)) == (before, 0)


def test_a_file_that_is_missing_is_said_before_anything_else(
    box: Sandbox, request_id: str, file: Path
) -> None:
    run("backlot", "deliver", request_id, file)

    done = run("backlot", "deliver", request_id, file.with_name("nope.xml"))

    assert (done.returncode, done.stdout) == (2, "")
    assert "nope.xml: No such file" in done.stderr
    assert started(box) == 1


def test_the_same_command_again_starts_nothing_and_keeps_the_token(
    box: Sandbox, request_id: str, file: Path, tmp_path: Path
) -> None:
    answer = tmp_path / f"{request_id}.answer.json"
    first = run("backlot", "deliver", request_id, file)
    token = kept_token(answer)

    second = run("backlot", "deliver", request_id, file)

    assert (second.returncode, second.stderr) == (0, "")
    lines = second.stdout.splitlines()
    assert lines[1].startswith("started before, at 20")
    assert lines[1].endswith("; nothing was sent")
    assert [lines[0].removesuffix(" then"), *lines[2:]] == first.stdout.splitlines()
    assert (started(box), kept_token(answer)) == (1, token)


def test_where_the_answer_is_lost_so_is_the_token_and_that_is_said(
    request_id: str, file: Path, tmp_path: Path
) -> None:
    run("backlot", "deliver", request_id, file)
    (tmp_path / f"{request_id}.answer.json").unlink()

    done = run("backlot", "deliver", request_id, file)

    assert done.returncode == 0
    assert "hint: if that is lost, `--again` starts the delivery anew\n" in done.stderr
    assert "ASPERA_SCP_TOKEN" not in done.stdout
    assert not (tmp_path / f"{request_id}.answer.json").exists()


def test_a_file_delivered_again_replaces_the_list_and_says_so(
    box: Sandbox, request_id: str, file: Path, tmp_path: Path
) -> None:
    run("backlot", "deliver", request_id, file)
    run("sandbox", "send", f"{request_id}.pairs")
    box.foresee(request_id, (), "reject")
    box.advance(3 * 24 * 3600)
    before = (tmp_path / f"{request_id}.pairs").read_text()

    done = run("backlot", "deliver", request_id, file, "--again")

    assert done.returncode == 0
    assert done.stderr == f"replaced: {request_id}.pairs, which was of another delivery\n"
    assert (tmp_path / f"{request_id}.pairs").read_text() != before


@pytest.mark.parametrize("name", ["pairs", "answer.json"])
def test_what_is_there_and_something_else_is_refused_before_anything_is_sent(
    box: Sandbox, request_id: str, file: Path, tmp_path: Path, name: str
) -> None:
    other = tmp_path / f"{request_id}.{name}"
    other.write_text("another\nuploads/TR-1/1/another\n")

    done = run("backlot", "deliver", request_id, file)

    assert (done.returncode, done.stdout, started(box)) == (2, "", 0)
    error, hint = done.stderr.splitlines()
    assert error.startswith(f"reelpack: error: {other.name}: it ")
    assert hint.startswith("hint: `--pairs FILE`")
    assert other.read_text().startswith("another\n")


def test_force_replaces_what_is_there(request_id: str, file: Path, tmp_path: Path) -> None:
    for name in ("pairs", "answer.json"):
        (tmp_path / f"{request_id}.{name}").write_text("another\nthere\n")

    done = run("backlot", "deliver", request_id, file, "--force")

    assert done.returncode == 0
    assert (tmp_path / f"{request_id}.pairs").read_text().startswith(f"{file}\n")
    assert kept_token(tmp_path / f"{request_id}.answer.json")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["gone.mov"], "gone.mov: No such file or directory"),
        (["."], ".: Is a directory"),
        (["Küste (de).ttml", "--pairs", "gone/a.pairs"], "gone: No such folder"),
        (["Küste (de).ttml", "--pairs", "."], ".: Is a directory"),
        (["Küste (de).ttml", "--answer", "gone/a.json"], "gone: No such folder"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
@pytest.mark.usefixtures("file")
def test_what_cannot_be_read_or_written_is_known_before_anything_is_sent(
    box: Sandbox, request_id: str, arguments: list[str], said: str
) -> None:
    done = run("backlot", "deliver", request_id, *arguments)

    assert (done.returncode, done.stdout, started(box)) == (2, "", 0)
    assert done.stderr == f"reelpack: error: {said}\n"


def test_a_folder_that_takes_no_files_is_known_before(
    box: Sandbox, request_id: str, file: Path, tmp_path: Path
) -> None:
    (tmp_path / "closed").mkdir(mode=0o555)

    done = run(
        "backlot", "deliver", request_id, file, "--pairs", "closed/a.pairs", unprivileged=True
    )

    assert (done.returncode, started(box)) == (2, 0)
    assert done.stderr == "reelpack: error: closed: Permission denied\n"


def test_a_refused_delivery_writes_nothing(box: Sandbox, file: Path, tmp_path: Path) -> None:
    with Backlot(box.url, state=False) as backlot:
        accepted = next(iter(backlot.requests(state="ACCEPTED"))).request_id

    done = run("backlot", "deliver", accepted, file)

    assert (done.returncode, done.stdout) == (2, "")
    assert f"reelpack: error: {box.url}/v1/deliveries: 409: " in done.stderr
    assert sorted(tmp_path.iterdir()) == [file]


def test_what_is_told_of_the_sound_is_sent(box: Sandbox, file: Path) -> None:
    with Backlot(box.url, state=False) as backlot:
        found = backlot.requests(state="OPEN", source_type="AUDIO_PRINT_MASTER")
        request = next(each for each in found if each.material_status == "ACCEPTED")

    done = run(
        "backlot", "deliver", request.request_id, file, "--mix-type", "near field",
        "--format", "5.1", "--dolby-atmos", "not applicable", "--info", "note=a=b",
        "--hermes-id", "H-1", "--json", "--answer", "kept.json",
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")
    (call,) = [call for call in box.calls if call.operation == "startDelivery"]
    body = json.loads(call.body)
    assert body["hermesId"] == "H-1"
    assert body["assetInfo"] == {
        "mixType": "NEARFIELD",
        "format": "SURROUND_5_1",
        "dolbyAtmos": "NOT_APPLICABLE",
        "note": "a=b",
    }
    printed = json.loads(done.stdout)
    assert printed["transfer_spec"]["token"] == STRUCK
    assert (printed["answer"], printed["ascp"][0]) == ("kept.json", "ascp")
    assert printed["pairs"] == f"{request.request_id}.pairs"


def test_a_delivery_whose_answer_was_lost_is_not_started_twice(
    box: Sandbox, request_id: str, file: Path
) -> None:
    box.fault("lost", "startDelivery")

    lost = run("backlot", "deliver", request_id, file)
    again = run("backlot", "deliver", request_id, file)

    assert (lost.returncode, again.returncode, started(box)) == (2, 2, 1)
    assert "hint: " in again.stderr
    assert "--again" in again.stderr


def test_materials_are_listed(box: Sandbox) -> None:
    done = run("backlot", "downloads")
    as_json = run("backlot", "downloads", "--json", "--limit", "1")

    assert (done.returncode, done.stderr) == (0, "")
    head, *rows, total = done.stdout.splitlines()
    assert head.split() == ["asset", "type", "lang", "qc", "created", "size", "file"]
    with Backlot(box.url, state=False) as backlot:
        found = list(backlot.downloads())
    assert [row.split()[0] for row in rows] == [each.asset_id for each in found]
    assert total == f"{len(found)} materials"
    printed = json.loads(as_json.stdout)
    assert printed == {"downloads": [found[0].to_dict()], "total": len(found)}


@pytest.mark.usefixtures("box")
def test_a_limit_on_materials_is_said() -> None:
    done = run("backlot", "downloads", "--limit", "1")

    assert " of " in done.stdout.splitlines()[-1]
    assert run("backlot", "downloads", "--language", "tlh").stdout == "0 materials\n"


@pytest.mark.usefixtures("box")
def test_materials_are_prepared_and_what_cannot_be_taken_is_a_finding(tmp_path: Path) -> None:
    done = run("backlot", "downloads", "--to", "in")

    assert (done.returncode, done.stderr) == (1, "")
    refused = [line for line in done.stdout.splitlines() if line.startswith("error  ")]
    assert refused
    assert f" ready, {len(refused)} not\n" in done.stdout
    lines = (tmp_path / "downloads.pairs").read_text().splitlines()
    assert all(path.startswith(f"{tmp_path}/in/") for path in lines[1::2])
    assert "--mode=recv" in done.stdout
    answer = tmp_path / "downloads.answer.json"
    assert answer.stat().st_mode & 0o777 == 0o600
    assert kept_token(answer) not in done.stdout


def test_named_materials_are_prepared_and_nothing_else_is_replaced(
    box: Sandbox, tmp_path: Path
) -> None:
    with Backlot(box.url, state=False) as backlot:
        found = [each.asset_id for each in backlot.downloads()]
        manifests = backlot.manifests(found, str(tmp_path / "in"))
    chosen = next(each.asset_id for each in manifests if each.files)

    done = run("backlot", "downloads", chosen, "--to", "in", "--json")
    again = run("backlot", "downloads", chosen, "--to", "in")
    forced = run("backlot", "downloads", chosen, "--to", "in", "--force")

    printed = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert [each["asset_id"] for each in printed["manifests"]] == [chosen]
    assert printed["manifests"][0]["transfer_spec"]["token"] == STRUCK
    assert printed["lists"][0]["pairs"] == "downloads.pairs"
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr.splitlines() == [
        "reelpack: error: downloads.pairs: File exists",
        "hint: `--pairs FILE` writes another list, `--force` replaces this one",
    ]
    assert forced.returncode == 0


def manifest(host: str | None, name: str, destination: str) -> DownloadManifest:
    """A manifest of one file, from one host, into the folder `/in`."""
    spec = TransferSpec(host, "someone", None, None, f"se-cret {host}")
    pair = FilePair(f"/there/{name}", destination)
    return DownloadManifest(name, transfer_spec=spec, files=(pair,), destination="/in")


def test_each_transfer_has_a_list_of_its_own(tmp_path: Path) -> None:
    manifests = [manifest("a", "1", "/in/1"), manifest("b", "2", "/in/2"), manifest("a", "3", "3")]

    lists = receiving.Targets("/in", str(tmp_path / "x.pairs")).write(manifests, key="k")

    assert [(each.pairs, each.files) for each in lists] == [
        (str(tmp_path / "x.pairs"), 2),
        (str(tmp_path / "x-2.pairs"), 1),
    ]
    assert (tmp_path / "x.pairs").read_text() == "/there/1\n/in/1\n/there/3\n3\n"
    assert kept_token(tmp_path / "x-2.answer.json") == "se-cret b"
    assert "se-cret" not in json.dumps([each.to_dict() for each in lists])


@pytest.mark.parametrize("destination", ["/etc/passwd", "../out", "/in/../out", "a\nb"])
def test_an_answer_that_writes_elsewhere_writes_nothing(tmp_path: Path, destination: str) -> None:
    manifests = [manifest("a", "1", "/in/1"), manifest("b", "2", destination)]

    with pytest.raises(ReelpackError):
        receiving.Targets("/in", str(tmp_path / "x.pairs")).write(manifests, key="k")

    assert list(tmp_path.iterdir()) == []
