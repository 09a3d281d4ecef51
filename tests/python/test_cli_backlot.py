"""`reelpack backlot`: looking at source requests and changing them, on a sandbox."""

from __future__ import annotations

import dataclasses
import datetime as dt
import http.server
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from material.commands import reelpack as run
from material.commands import start
from reelpack import backlot, sandbox
from reelpack.backlot import Backlot
from reelpack.cli.app import app
from reelpack.cli.backlot import SUBCOMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack.sandbox import Sandbox

DATA = Path(__file__).parents[1] / "data" / "help"
"""What each command says with `--help`, on 80 columns; a change of it is looked at."""

HELPS = {
    "backlot": ["backlot"],
    **{f"backlot-{name}": ["backlot", name] for name in SUBCOMMANDS},
    "sandbox": ["sandbox"],
    **{f"sandbox-{name}": ["sandbox", name] for name in ("send", "clock", "foresee", "fault")},
}


def point_at(monkeypatch: pytest.MonkeyPatch, box: Sandbox) -> None:
    """Let the environment of commands name a server and a login."""
    for name, value in box.environment().items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="module")
def demo() -> Iterator[Sandbox]:
    """Two titles and sixty requests, for tests that only look."""
    with sandbox.running(demo=True) as box:
        yield box


@pytest.fixture
def looked_at(demo: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    point_at(monkeypatch, demo)
    return demo


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A sandbox of one test's own, with requests that are open."""
    with sandbox.running() as box:
        box.fill(titles=1, requests=24)
        point_at(monkeypatch, box)
        yield box


def secrets(box: Sandbox) -> list[str]:
    return [box.credentials()["client_secret"], box.credentials()["password"]]


@pytest.mark.parametrize("name", HELPS)
def test_each_command_has_help(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    done = run(*HELPS[name], "--help")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (DATA / f"{name}.txt").read_text()


def test_the_first_words_of_each_command_are_in_the_list_of_them() -> None:
    listed = run("backlot", "--help").stdout

    assert all(f"\n  {name}" in listed for name in SUBCOMMANDS)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["requets"], "no such command"),
        (["requests", "--tea"], "no such option"),
        (["requests", "--bucket", "critical", "--state", "open"], "goes without other filters"),
        (["requests", "--estimated-from", "soon"], "`soon` is no date such as 2026-11-30"),
        (["requests", "--state", ""], "it is empty"),
        (["requests", "--limit", "-1"], "--limit"),
        (["requests", "--timeout", "0"], "--timeout"),
        (["requests", "--url", "https://user:secret@host"], "set REELPACK_BACKLOT_URL instead"),
        (["requests", "--proxy", "http://user:secret@host"], "set REELPACK_BACKLOT_PROXY instead"),
        (["requests", "--url", "https://[host"], "it is no address"),
        (["request"], "missing argument"),
        (["update", "1", "--estimated", "2026-11-30"], "`--estimated` and `--reason` go together"),
        (["update", "1", "--reason", "late"], "`--estimated` and `--reason` go together"),
        (["cancel"], "missing argument"),
        (["materials", "1"], "missing argument"),
        (["contract", "--yaml", "--json"], "goes without other options"),
        (["deliver", "1"], "missing argument"),
        (["deliver", "1", "a.mov", "--info", "mixType"], "`mixType` is not KEY=VALUE"),
        (["deliver", "../1", "a.mov"], "no file can be named after REQUEST"),
        (["deliver", "1", "a.mov", "--pairs", "x", "--answer", "./x"], "are one file"),
        (["downloads", "7"], "`--to FOLDER` is missing, for ASSET"),
        (["downloads", "7", "--to", ".", "--movie", "8"], "filters and ASSET exclude each other"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_2_and_no_secret_is_repeated(arguments: list[str], said: str) -> None:
    done = run("backlot", *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "secret" not in done.stderr
    assert done.stderr.splitlines()[-1].endswith("--help` shows what it takes")


def test_the_table_fits_into_100_columns_and_says_how_many(looked_at: Sandbox) -> None:
    done = run("backlot", "requests")

    assert done.returncode == 0
    head, *rows, total = done.stdout.splitlines()
    assert head.split() == [
        "request", "type", "lang", "state", "due", "estimated", "materials", "standing", "title",
    ]  # fmt: skip
    assert total == "60 requests"
    assert len(rows) == 60
    assert max(map(len, (head, *rows))) <= 100
    assert done.stderr.startswith("buckets: ")
    with Backlot(looked_at.url, state=False) as client:
        assert [row.split()[0] for row in rows] == [each.request_id for each in client.requests()]


@pytest.mark.usefixtures("looked_at")
def test_a_limit_is_kept_and_said() -> None:
    done = run("backlot", "requests", "--limit", "2")

    *rows, total = done.stdout.splitlines()[1:]
    assert (len(rows), total) == (2, "2 of 60 requests")


@pytest.mark.parametrize("state", ["redelivery requested", "REDELIVERY_REQUESTED", "redelivery"])
def test_a_state_is_asked_for_as_the_portal_says_it(looked_at: Sandbox, state: str) -> None:
    done = run("backlot", "requests", "--json", "--state", state, "--state", "open")

    assert (done.returncode, done.stderr) == (0, "")
    printed = json.loads(done.stdout)
    with Backlot(looked_at.url, state=False) as client:
        found = list(client.requests(state=["OPEN", "REDELIVERY_REQUESTED"]))
    assert printed["total"] == len(found) > 0
    assert [each["request_id"] for each in printed["requests"]] == [
        each.request_id for each in found
    ]


@pytest.mark.usefixtures("looked_at")
def test_a_bucket_is_listed() -> None:
    done = run("backlot", "requests", "--bucket", "at-risk")

    assert done.returncode == 0
    *rows, total = done.stdout.splitlines()[1:]
    assert total.split()[0] == str(len(rows)) != "0"


@pytest.mark.usefixtures("looked_at")
def test_nothing_found_is_0_and_said() -> None:
    done = run("backlot", "requests", "--movie", "7", "--estimated-to", "2020-01-01")

    assert (done.returncode, done.stdout) == (0, "0 requests\n")


@pytest.mark.usefixtures("looked_at")
def test_json_has_what_is_known_and_how_urgent_it_is() -> None:
    done = run("backlot", "requests", "--json", "--limit", "1")

    (request,) = json.loads(done.stdout)["requests"]
    assert done.stdout.isascii()
    assert {"request_id", "state", "due_date", "extra"} <= set(request)
    assert set(request["standing"]) == {"bucket", "reasons", "late"}


@pytest.mark.usefixtures("looked_at")
def test_one_request_is_shown_whole() -> None:
    done = run("backlot", "request", "SR-1001")
    as_json = run("backlot", "request", "SR-1001", "--json")

    assert (done.returncode, done.stderr) == (0, "")
    facts = dict(line.split("  ", 1) for line in done.stdout.splitlines())
    assert facts["request id"].strip() == json.loads(as_json.stdout)["request_id"] == "SR-1001"
    assert list(facts)[-1].strip() == "standing"


def test_a_request_that_is_not_there_is_one_line_with_url_and_status(looked_at: Sandbox) -> None:
    done = run("backlot", "request", "SR-0")

    assert (done.returncode, done.stdout) == (2, "")
    error, hint = done.stderr.splitlines()
    assert error.startswith(f"reelpack: error: {looked_at.url}/v1/requests/SR-0: 404: ")
    assert hint.startswith("hint: is the id right?")


def test_debug_shows_each_call_and_no_secret(looked_at: Sandbox) -> None:
    done = run("backlot", "request", "SR-1001", "--debug")

    assert done.returncode == 0
    assert f"{looked_at.url}/v1/requests/SR-1001" in done.stderr
    assert not any(secret in done.stdout + done.stderr for secret in secrets(looked_at))


def test_a_request_is_updated(box: Sandbox) -> None:
    day = (box.now + dt.timedelta(days=3)).date().isoformat()
    reason = "Redelivery requested by the studio"

    done = run("backlot", "update", "SR-1001", "--estimated", day, "--reason", reason)

    assert (done.returncode, done.stderr) == (0, "")
    assert f"estimated delivery date         {day}\n" in done.stdout
    assert "redeliveryRequestedByNetflix" in done.stdout


def test_an_update_of_nothing_is_2(box: Sandbox) -> None:
    done = run("backlot", "update", "SR-1001")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "reelpack: error: nothing to change\n"
    assert [call for call in box.calls if call.method == "PATCH"] == []


def test_materials_are_told(box: Sandbox) -> None:
    done = run("backlot", "materials", "SR-1001", "Received", "--comment", "all of it", "--json")

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["material_status"] == "RECEIVED"
    (call,) = [call for call in box.calls if call.method == "PUT"]
    assert json.loads(call.body) == {"materialStatus": "RECEIVED", "comment": "all of it"}


@pytest.mark.usefixtures("box")
def test_requests_are_canceled_and_what_fails_is_a_finding() -> None:
    done = run("backlot", "cancel", "SR-1001", "SR-0", "--reason", "wrong title")
    undone = run("backlot", "uncancel", "SR-1001")

    assert (done.returncode, done.stderr) == (1, "")
    first, second, total = done.stdout.splitlines()
    assert first == "success  SR-1001"
    assert second.startswith("error    SR-0  ")
    assert total == "1 request canceled, 1 not"
    assert undone.returncode == 0
    assert undone.stdout.splitlines() == ["success  SR-1001", "1 request open again, 0 not"]


@pytest.mark.usefixtures("box")
def test_outcomes_are_json_too() -> None:
    done = run("backlot", "cancel", "SR-1001", "SR-0", "--json")

    assert done.returncode == 1
    assert [each["status"] for each in json.loads(done.stdout)["results"]] == ["SUCCESS", "ERROR"]


def test_a_partner_who_is_not_preferred_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with sandbox.running(demo=True, preferred=False) as box:
        point_at(monkeypatch, box)

        done = run("backlot", "cancel", "SR-1001")

    assert (done.returncode, done.stdout) == (2, "")
    assert "/v1/requests/cancel: 403: " in done.stderr
    assert "\nhint: this account may not do it" in done.stderr


def delivered(box: Sandbox, file: Path, *codes: str) -> str:
    """A delivery whose inspection has found `codes`."""
    file.write_bytes(bytes(100))
    with Backlot(box.url, state=False) as client:
        request = next(iter(client.requests(source_type="SUBTITLE")))
        box.foresee(request.request_id, codes)
        delivery = client.deliver(request.request_id, file)
    box.send(delivery)
    box.advance(dt.timedelta(minutes=11))
    return delivery.transfer_id


def test_what_an_inspection_found_is_listed_and_overridden(box: Sandbox, tmp_path: Path) -> None:
    code = "ANALYZER-LowVarianceFile"
    transfer = delivered(box, tmp_path / "de.ttml", code)

    listed = run("backlot", "inspection", "--status", "failed", "--limit", "5")
    as_json = run("backlot", "inspection", "--transfer", transfer, "--json")
    cut = run("backlot", "inspection", "--limit", "0")
    done = run("backlot", "override", transfer, "--code", "analyzer low variance file")

    first, finding, total = listed.stdout.splitlines()
    assert (listed.returncode, listed.stderr) == (0, "")
    assert first.startswith(f"{transfer}  request SR-")
    assert "  inspection-failed  inspection failed  " in first
    assert finding.startswith(f"  overridable  {code}")
    assert total == "1 delivery"
    assert cut.stdout == "0 of 1 deliveries\n"
    (item,) = json.loads(as_json.stdout)["inspections"]
    assert item["errors"][0]["code"] == code
    assert (done.returncode, done.stderr) == (0, "")
    assert "  inspection overridden  " in done.stdout


def test_a_hard_finding_is_not_overridden(box: Sandbox, tmp_path: Path) -> None:
    transfer = delivered(box, tmp_path / "de.ttml", "ANALYZER-VideoDecodeErrors")
    arguments = ("--code", "ANALYZER-VideoDecodeErrors", "--comment", "fine by us", "--json")

    done = run("backlot", "override", transfer, *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert f"/v1/inspectionDeliveries/{transfer}/override: 409: " in done.stderr


def test_an_override_is_json_too(box: Sandbox, tmp_path: Path) -> None:
    transfer = delivered(box, tmp_path / "de.ttml", "ANALYZER-LowVarianceFile")

    done = run("backlot", "override", transfer, "--json")

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["inspection_status"] == "OVERRIDDEN"


def test_the_contract_says_how_sure_it_is() -> None:
    done = run("backlot", "contract")
    as_json = run("backlot", "contract", "--json")

    assert (done.returncode, done.stderr) == (0, "")
    host, tokens, *rest = done.stdout.splitlines()
    assert host.startswith("host        not known, `--url`")
    assert tokens == "token host  https://meechum.netflix.com"
    assert any(line.split()[:1] == ["startDelivery"] for line in rest)
    assert any(line.endswith("/v1/downloads/getDownloadAssetsManifests") for line in rest)
    known = backlot.contract()
    assert len(json.loads(as_json.stdout)["operations"]) == len(known.operations)


@pytest.mark.usefixtures("looked_at")
def test_the_hosts_that_the_environment_tells_are_shown(demo: Sandbox) -> None:
    head = run("backlot", "contract").stdout.splitlines()[:2]

    assert head == [
        f"host        {demo.url}, by REELPACK_BACKLOT_URL",
        f"token host  {demo.url}, by REELPACK_BACKLOT_TOKEN_URL",
    ]


def test_the_contract_is_printed_as_shipped() -> None:
    done = run("backlot", "contract", "--yaml")

    assert (done.returncode, done.stdout) == (0, backlot.contract_yaml())


def test_what_a_contract_file_corrects_is_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "real.toml"
    file.write_text('host = "https://backlot.example"\n[fields.SourceRequest]\ndueDate = "due"\n')
    monkeypatch.setenv("REELPACK_BACKLOT_CONTRACT", str(file))

    done = run("backlot", "contract")
    as_json = run("backlot", "contract", "--contract", file, "--json")

    assert done.stdout.startswith("host        https://backlot.example\n")
    assert done.stdout.splitlines()[-1] == "field SourceRequest.dueDate is called due"
    assert json.loads(as_json.stdout)["fields"] == [
        {"schema": "SourceRequest", "ours": "dueDate", "theirs": "due"}
    ]


def test_a_value_that_a_contract_file_corrects_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    renamed = backlot.Renamed("RequestState", "OPEN", "open\n")
    known = dataclasses.replace(backlot.contract(), values=(renamed,))
    monkeypatch.setattr(backlot, "contract", lambda _path: known)

    app.main(["backlot", "contract"], prog_name="reelpack", standalone_mode=False)

    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "value RequestState.OPEN is called open\\n"


def test_a_contract_file_with_a_fault_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "real.toml"
    file.write_text("[nothing]\n")

    done = run("backlot", "contract", "--contract", file)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"reelpack: error: {file}")
    assert "Traceback" not in done.stderr


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment that knows no server and no login."""
    for name in [name for name in os.environ if name.startswith("REELPACK_BACKLOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("REELPACK_BACKLOT_LOGIN", str(tmp_path / "backlot.json"))


@pytest.mark.usefixtures("nobody")
def test_no_server_and_no_login_are_one_line_and_a_hint() -> None:
    nowhere = run("backlot", "requests")
    unknown = run("backlot", "requests", "--url", "https://backlot.example")

    for done in (nowhere, unknown):
        assert (done.returncode, done.stdout) == (2, "")
        error, hint = done.stderr.splitlines()
        assert error.startswith("reelpack: error: no ")
        assert hint.startswith("hint: ")


def test_a_server_that_is_gone_is_one_line_and_a_hint(box: Sandbox) -> None:
    with socket.socket() as nobody_listens:
        nobody_listens.bind(("127.0.0.1", 0))
        gone = f"http://127.0.0.1:{nobody_listens.getsockname()[1]}"
        done = run("backlot", "requests", "--url", gone, "--token-url", box.url)

    assert (done.returncode, done.stdout) == (2, "")
    *tries, error, hint = done.stderr.splitlines()
    assert all("Connection refused, trying again in " in line for line in tries)
    assert error == f"reelpack: error: {gone}/v1/requests/search: Connection refused"
    assert hint.startswith("hint: ")


def test_a_late_answer_is_2_and_told_how_to_wait(box: Sandbox) -> None:
    box.fault("latency", "getRequest", times=99, seconds=3)

    done = run("backlot", "request", "SR-1001", "--timeout", "0.3")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("hint: `--timeout SECONDS` waits longer\n")
    tries = done.stderr.splitlines()[:4]
    assert all("/v1/requests/SR-1001: timed out, trying again in " in line for line in tries)


def test_ctrl_c_stops_a_call_within_two_seconds(box: Sandbox) -> None:
    box.fault("latency", "getRequest", times=99, seconds=30)
    process = start("backlot", "request", "SR-1001")
    while not any(call.operation == "takeToken" for call in box.calls):
        time.sleep(0.05)
    time.sleep(0.3)
    began = time.monotonic()

    process.send_signal(signal.SIGINT)
    out, notes = process.communicate(timeout=20)

    assert time.monotonic() - began < 2
    assert (process.returncode, out, notes) == (130, "", "reelpack: stopped by SIGINT\n")


HOSTILE = {
    "requestId": "\x1b]0;owned\x07",
    "state": "OPEN\nACCEPTED",
    "title": "Küste\r\n\x1b[2J" + "x" * 10_000,
    "language": 7,
    "dueDate": "tomorrow\t",
    "shelf": {"accessToken": "se-cret", "\x1b[31m": ["\x1b[31m"]},
}
"""What an answer must not do to a terminal."""


class _Hostile(http.server.BaseHTTPRequestHandler):
    """Answers every call alike."""

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        buckets = {"buckets": [{"bucket": "\x1b[1m", "count": 1}]} if b"states" in asked else {}
        self._answer({"requests": [HOSTILE], "total": 1} | buckets)

    def do_GET(self) -> None:
        self._answer(HOSTILE)

    def _answer(self, facts: dict[str, object]) -> None:
        body = json.dumps(facts).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (its signature)
        """Say nothing."""


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server whose answers are meant ill."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Hostile) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}"
        for name, value in {"URL": url, "TOKEN_URL": url, "TOKEN": "se-cret"}.items():
            monkeypatch.setenv(f"REELPACK_BACKLOT_{name}", value)
        yield
        server.shutdown()
        thread.join()


@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize(
    "arguments", [["requests"], ["requests", "--state", "open"], ["request", "1"]], ids=" ".join
)
def test_what_a_server_says_cannot_steer_the_terminal(arguments: list[str]) -> None:
    done = run("backlot", *arguments)
    as_json = run("backlot", *arguments, "--json")

    assert (done.returncode, as_json.returncode) == (0, 0)
    assert all(line.isprintable() for line in (done.stdout + done.stderr).splitlines())
    assert r"\x1b]0;owned\x07" in done.stdout
    assert as_json.stdout.isascii()
    assert "\x1b" not in as_json.stdout
    assert "tomorrow" in as_json.stdout
    assert "se-cret" not in done.stdout + done.stderr + as_json.stdout


def test_the_shell_completes_the_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_REELPACK_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "reelpack backlot requests --state re")
    monkeypatch.setenv("COMP_CWORD", "4")

    done = run()

    assert (done.returncode, done.stdout.splitlines()) == (0, ["plain,redelivery-requested"])


def test_the_shell_completes_the_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_REELPACK_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "reelpack backlot req")
    monkeypatch.setenv("COMP_CWORD", "2")

    assert run().stdout.splitlines() == ["plain,requests", "plain,request"]


def test_a_token_is_never_an_argument() -> None:
    """No option takes one: not `--password`, not `--token`, not `--client-secret`."""
    told = "".join((DATA / f"{name}.txt").read_text() for name in HELPS)

    assert not any(f"{option} " in told for option in ("--password", "--token", "--client-secret"))


def test_the_reader_may_go_away(looked_at: Sandbox) -> None:
    command = f'"{sys.executable}" -m reelpack backlot requests --url {looked_at.url} | head -n 1'

    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout.split()[0]) == (0, "request")
    assert "Traceback" not in done.stderr
