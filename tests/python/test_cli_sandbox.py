"""`reelpack sandbox`: it serves until it is stopped, and what only a sandbox can do."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import requests
from material.commands import reelpack as run
from material.commands import start
from reelpack import sandbox
from reelpack.backlot import Backlot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reelpack.sandbox import Sandbox


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A sandbox with some open requests, to which the environment points."""
    with sandbox.running() as box:
        box.fill(titles=1, requests=24)
        for name, value in box.environment().items():
            monkeypatch.setenv(name, value)
        yield box


def served(process: subprocess.Popen[str]) -> dict[str, str]:
    """The variables that a sandbox told to export, by their names."""
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(6)]
    return dict(shlex.split(line.removeprefix("export "))[0].split("=", 1) for line in lines)


def test_it_serves_until_ctrl_c_and_tells_the_shell_where() -> None:
    process = start("sandbox", "--demo")
    told = served(process)
    page = requests.get(told["REELPACK_BACKLOT_URL"], timeout=10).content

    process.send_signal(signal.SIGINT)
    rest, notes = process.communicate(timeout=10)

    assert (process.returncode, rest) == (130, "")
    assert b"sandbox" in page.lower()
    assert sorted(told) == [
        f"REELPACK_BACKLOT_{name}"
        for name in ("CLIENT_ID", "CLIENT_SECRET", "PASSWORD", "TOKEN_URL", "URL", "USERNAME")
    ]
    assert notes.splitlines() == [
        f"sandbox at {told['REELPACK_BACKLOT_URL']}, a page for the browser too; Ctrl-C ends it",
        "reelpack: stopped by SIGINT",
    ]


def test_a_program_reads_json_and_the_client_takes_it(tmp_path: Path) -> None:
    process = start("sandbox", "--json", "--file", tmp_path / "box.db", "--not-preferred")
    assert process.stdout is not None
    text = ""
    while not text.endswith("}\n"):
        text += process.stdout.readline()

    with Backlot(**json.loads(text), state=False) as backlot:
        found = list(backlot.requests())
    process.terminate()
    process.communicate(timeout=10)

    assert found == []
    assert process.returncode == 143
    assert (tmp_path / "box.db").exists()


def test_the_clock_goes_forward(box: Sandbox) -> None:
    before = box.now

    done = run("sandbox", "clock", "+1d12h")

    assert (done.returncode, done.stderr) == (0, "")
    now = datetime.fromisoformat(done.stdout.removeprefix("the sandbox has ").strip())
    assert timedelta(days=1.5) <= now - before < timedelta(days=1.5, minutes=1)


@pytest.mark.parametrize("text", ["2", "-1d", "+1w", "+", "d", "+1.5h"])
def test_a_time_that_is_none_is_wrong_usage(box: Sandbox, text: str) -> None:
    before = box.now

    done = run("sandbox", "clock", "--", text)

    assert (done.returncode, done.stdout) == (2, "")
    assert f"`{text}` is no time such as +2d, +1d12h or +90s" in done.stderr
    assert box.now - before < timedelta(minutes=1)


def test_a_file_is_sent_and_arrives(box: Sandbox, tmp_path: Path) -> None:
    file = tmp_path / "de.ttml"
    file.write_bytes(bytes(i % 251 for i in range(100_000)))
    with Backlot(box.url, state=False) as backlot:
        request = next(iter(backlot.requests(source_type="SUBTITLE")))
        delivery = backlot.deliver(request.request_id, file)
        pairs = delivery.write_pairs(tmp_path / "a.pairs")

        done = run("sandbox", "send", pairs)

        (inspection,) = backlot.inspections(transfer_id=delivery.transfer_id)
    assert (done.returncode, done.stdout, done.stderr) == (0, "sent 1 file, 100 kB\n", "")
    assert inspection.transfer_state == "PENDING_INSPECTION"


def test_a_file_that_became_longer_is_refused(box: Sandbox, tmp_path: Path) -> None:
    file = tmp_path / "de.ttml"
    file.write_bytes(bytes(1000))
    with Backlot(box.url, state=False) as backlot:
        request = next(iter(backlot.requests(source_type="SUBTITLE")))
        pairs = backlot.deliver(request.request_id, file).write_pairs(tmp_path / "a.pairs")
    file.write_bytes(bytes(2000))

    done = run("sandbox", "send", pairs)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"reelpack: error: {box.url}/sandbox/uploads/")


@pytest.mark.usefixtures("box")
def test_a_list_that_is_not_there_is_2(tmp_path: Path) -> None:
    done = run("sandbox", "send", tmp_path / "gone")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"reelpack: error: {tmp_path / 'gone'}: No such file or directory\n"


@pytest.mark.usefixtures("box")
def test_what_the_inspection_will_find_is_told_before() -> None:
    done = run("sandbox", "foresee", "SR-1001", "--code", "ANALYZER-LowVarianceFile")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "SR-1001: the inspection will find ANALYZER-LowVarianceFile, then accept\n"
    )


def test_a_refusal_of_the_sandbox_is_one_line(box: Sandbox) -> None:
    done = run("sandbox", "foresee", "SR/0\n")

    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"reelpack: error: {box.url}/sandbox/requests/SR%2F0%0A/foresee: 404: ")


@pytest.mark.parametrize(
    ("arguments", "facts"),
    [
        (["429", "--seconds", "2"], ("status", {"status": 429, "retry_after": 2})),
        (["503"], ("status", {"status": 503})),
        (["latency", "--seconds", "0.5"], ("latency", {"seconds": 0.5})),
        (["cut"], ("cut", {})),
        (["lost"], ("lost", {})),
        (["wrong-size"], ("wrong-size", {})),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_fault_waits_for_its_call(
    box: Sandbox, arguments: list[str], facts: tuple[str, dict[str, object]]
) -> None:
    kind = arguments[0]

    done = run("sandbox", "fault", *arguments, "--times", "3", "--operation", "getRequest")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{kind} for the next 3 calls of getRequest\n"
    (fault,) = box.faults
    assert (fault.operation, fault.times) == ("getRequest", 3)
    assert (fault.kind, dict(fault.details)) == facts


def test_faults_end(box: Sandbox) -> None:
    box.fault("cut", times=9)

    done = run("sandbox", "fault", "none")

    assert (done.returncode, done.stdout, done.stderr) == (0, "no faults\n", "")
    assert box.faults == ()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["fault", "latency"], "`latency` needs `--seconds S`"),
        (["fault", "cut", "--seconds", "1"], "`--seconds` has no meaning with `cut`"),
        (["fault", "flood"], "'flood' is not one of"),
        (["clock", "+1d", "--url", "http://10.0.0.1"], "no sandbox: it is not on this machine"),
        (["clock", "+1d", "--url", "http://sandbox.example"], "it is not on this machine"),
        (["clock", "+1d", "--url", "https://127.0.0.1"], "it is not on this machine"),
        (["send", "x.pairs", "--url", "http://[::1"], "it is not on this machine"),
        (["clock", "+1d"], "which sandbox? `--url URL`, or set REELPACK_BACKLOT_URL"),
        (["--port", "65536"], "65536"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_2(monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str) -> None:
    monkeypatch.delenv("REELPACK_BACKLOT_URL", raising=False)

    done = run("sandbox", *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 2


def test_no_sandbox_is_one_line_and_a_hint() -> None:
    with sandbox.running() as box:
        url = box.url

    done = run("sandbox", "clock", "+1d", "--url", url)

    assert (done.returncode, done.stdout) == (2, "")
    error, hint = done.stderr.splitlines()
    assert error.startswith(f"reelpack: error: {url}/sandbox/clock: ")
    assert hint == "hint: `reelpack sandbox` runs one"


def test_what_answers_no_json_is_no_sandbox_that_refuses(box: Sandbox) -> None:
    done = run("sandbox", "clock", "+1d", "--url", f"{box.url}/gone")

    assert done.returncode == 2
    assert f"{box.url}/gone/sandbox/clock: 40" in done.stderr


def test_a_port_that_is_taken_is_2(box: Sandbox) -> None:
    place = box.url.removeprefix("http://")

    done = run("sandbox", "--port", place.rpartition(":")[2])

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"reelpack: error: {place}: Address already in use\n")


def test_without_the_extra_one_line_names_it() -> None:
    code = "import sys, reelpack.cli as cli; sys.modules['fastapi'] = None; sys.exit(cli.main())"

    done = subprocess.run(
        [sys.executable, "-c", code, "sandbox"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "reelpack: error: the sandbox needs fastapi",
        "hint: `pip install 'reelpack[sandbox]'`",
    ]


def test_without_the_extra_a_program_is_told_the_same() -> None:
    code = "import sys; sys.modules['sqlalchemy.orm'] = None; import reelpack.sandbox"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "ModuleNotFoundError: the sandbox needs sqlalchemy; hint: `pip install 'reelpack[sandbox]'`"
    )


def test_other_commands_import_nothing_of_it() -> None:
    code = (
        "import sys, reelpack.cli as cli; cli.main()\n"
        "print(*(n for n in sys.modules if n.startswith(('reelpack.sandbox', 'reelpack.backlot',"
        " 'fastapi', 'uvicorn', 'sqlalchemy'))))"
    )
    unmeasured = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
    for arguments in (["--version"], ["--help"], ["verify", "--help"], ["backlot", "--help"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            env=unmeasured,
            capture_output=True,
            text=True,
            check=True,
        )

        assert done.stdout.endswith("\n\n") or done.stdout.splitlines()[-1] == ""
