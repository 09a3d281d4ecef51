"""`reelpack backlot login`: what is asked, where it is kept, and that no secret is shown."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import termios
import time
from typing import TYPE_CHECKING, Any

import pytest
from material.commands import reelpack as run
from reelpack import sandbox
from reelpack.backlot import Backlot, Login

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reelpack.sandbox import Sandbox

SECRETS = ("client_secret", "password")


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file that logins are kept in; nothing else is known of any."""
    for name in [name for name in os.environ if name.startswith("REELPACK_BACKLOT_")]:
        monkeypatch.delenv(name)
    file = tmp_path / "backlot.json"
    monkeypatch.setenv("REELPACK_BACKLOT_LOGIN", str(file))
    return file


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with sandbox.running(demo=True) as box:
        yield box


@pytest.fixture
def told(box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """A sandbox of which the environment knows all."""
    for name, value in box.environment().items():
        monkeypatch.setenv(name, value)
    return box


def on_a_terminal(*arguments: str, answers: list[str]) -> tuple[int, str, str]:
    """Run the command on a terminal of its own: its code, its stdout, what was shown."""
    terminal, end = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "reelpack", *arguments],
        stdin=end,
        stdout=subprocess.PIPE,
        stderr=end,
        text=True,
        start_new_session=True,
    )
    os.close(end)
    shown = ""
    for answer in answers:
        while not shown.endswith(": "):
            shown += os.read(terminal, 1024).decode()
        os.write(terminal, answer.encode())
        shown += " "
    out = process.communicate(timeout=30)[0]
    try:
        while piece := os.read(terminal, 1024):
            shown += piece.decode()
    except OSError:  # the other end is closed
        pass
    os.close(terminal)
    return process.returncode, out, shown


def no_secret_in(box: Sandbox, *texts: str) -> bool:
    login: dict[str, Any] = dict(box.credentials())
    return not any(login[name] in text for name in SECRETS for text in texts)


def test_what_is_asked_is_not_shown_and_then_kept_for_the_owner_alone(
    box: Sandbox, kept: Path
) -> None:
    facts: dict[str, Any] = dict(box.credentials())
    answers = [f"{facts[n]}\n" for n in ("client_id", "client_secret", "username", "password")]

    code, out, shown = on_a_terminal(
        "backlot", "login", "--url", box.url, "--token-url", box.url, answers=answers
    )

    assert code == 0
    assert no_secret_in(box, out, shown)
    assert [line.partition(": ")[0] for line in out.splitlines()] == [
        "url", "login", "kept in", "token ends",
    ]  # fmt: skip
    assert f"kept in: {kept}\n" in out
    assert kept.stat().st_mode & 0o777 == 0o600
    assert run("backlot", "requests", "--limit", "1").returncode == 0


def test_the_url_is_asked_for_where_nobody_has_told_it(box: Sandbox) -> None:
    code, _, shown = on_a_terminal(
        "backlot", "login", "--token-url", box.url, answers=["i\n", "s\n", "u\n", "p\n", "\n"]
    )

    assert code == 2
    assert "URL of the API: " in shown
    assert "reelpack: error: no URL of the API was given" in shown


def test_the_end_of_the_input_is_no_answer(box: Sandbox) -> None:
    code, out, shown = on_a_terminal("backlot", "login", "--url", box.url, answers=["i\n", "\x04"])

    assert (code, out) == (2, "")
    assert "reelpack: error: no client secret of the API key was given" in shown


def test_what_the_environment_has_is_not_asked_for(told: Sandbox, kept: Path) -> None:
    done = run("backlot", "login", "--json")

    assert (done.returncode, done.stderr) == (0, "")
    facts = json.loads(done.stdout)
    assert (facts["url"], facts["login"], facts["kept_in"]) == (told.url, "password", str(kept))
    assert no_secret_in(told, done.stdout)
    assert [call.operation for call in told.calls] == ["takeToken"]


def test_where_there_is_no_terminal_one_line_says_what_is_missing(
    told: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REELPACK_BACKLOT_PASSWORD")

    done = run("backlot", "login")

    assert (done.returncode, done.stdout, told.calls) == (2, "", ())
    error, hint = done.stderr.splitlines()
    assert error == "reelpack: error: no password, and no terminal to ask on"
    assert hint.startswith("hint: set REELPACK_BACKLOT_PASSWORD, or ")


def test_a_wrong_password_keeps_nothing(
    told: Sandbox, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REELPACK_BACKLOT_PASSWORD", "wr0ng-one")

    done = run("backlot", "login", "--debug")

    assert (done.returncode, done.stdout) == (2, "")
    assert f"reelpack: error: {told.url}/as/token.oauth2: 401: " in done.stderr
    assert "wr0ng-one" not in done.stderr
    assert not kept.exists()


def test_what_a_second_factor_is_answered_with_is_shown_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with sandbox.running(mfa=True) as box:
        for name, value in box.environment().items():
            monkeypatch.setenv(name, value)

        done = run("backlot", "login")

    assert (done.returncode, done.stdout) == (2, "")
    answered = done.stderr.partition("the server answered: ")[2].splitlines()[0]
    assert json.loads(answered)["status"] == 401
    assert no_secret_in(box, done.stderr)


@pytest.fixture
def token_file(box: Sandbox, tmp_path: Path) -> Path:
    """A token that was got elsewhere."""
    login: dict[str, Any] = dict(box.credentials())
    with Backlot(**login, state=False) as backlot:
        token = backlot.token().access
    file = tmp_path / "token"
    file.touch(mode=0o600)
    file.write_text(token)
    return file


def test_a_token_got_elsewhere_is_proved_and_kept(box: Sandbox, token_file: Path) -> None:
    done = run("backlot", "login", "--url", box.url, "--token-file", token_file)
    used = run("backlot", "requests", "--url", box.url, "--limit", "1")

    assert (done.returncode, done.stderr) == (0, "")
    assert "login: token\n" in done.stdout
    assert token_file.read_text() not in done.stdout
    assert used.returncode == 0


def test_a_token_that_is_no_more_is_not_kept(box: Sandbox, token_file: Path, kept: Path) -> None:
    token_file.write_text("n0-more")

    done = run("backlot", "login", "--url", box.url, "--token-file", token_file)

    assert (done.returncode, done.stdout) == (2, "")
    assert ": 401: " in done.stderr
    assert "n0-more" not in done.stderr
    assert not kept.exists()


def test_a_token_that_others_can_read_is_refused(box: Sandbox, token_file: Path) -> None:
    token_file.chmod(0o644)

    done = run("backlot", "requests", "--url", box.url, "--token-file", token_file)

    assert (done.returncode, done.stdout) == (2, "")
    error, hint = done.stderr.splitlines()
    assert error == f"reelpack: error: {token_file}: others can read or change it"
    assert hint == f"hint: chmod 600 {token_file}"


def test_a_login_is_kept_where_it_is_told_and_forgotten(
    told: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "mine" / "login.json"
    done = run("backlot", "login", "--store", other)
    monkeypatch.setenv("REELPACK_BACKLOT_LOGIN", str(other))

    found = Login.stored(told.url)
    dropped = run("backlot", "login", "--forget")
    again = run("backlot", "login", "--forget", "--json")

    assert f"kept in: {other}\n" in done.stdout
    assert found is not None
    assert dropped.stdout == f"forgotten: {told.url}\nwas kept in: {other}\n"
    assert not other.exists()
    assert json.loads(again.stdout) == {"forgotten": "nothing was kept"}


def test_ctrl_c_at_the_question_leaves_the_terminal_with_its_echo(box: Sandbox) -> None:
    terminal, end = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "reelpack", "backlot", "login", "--url", box.url],
        stdin=end,
        stdout=subprocess.PIPE,
        stderr=end,
        start_new_session=True,
        env=os.environ | {"REELPACK_BACKLOT_CLIENT_ID": "i"},
    )
    shown = b""
    while not shown.endswith(b": "):
        shown += os.read(terminal, 1024)
    time.sleep(0.1)

    process.send_signal(signal.SIGINT)
    process.communicate(timeout=10)

    assert process.returncode == 130
    assert termios.tcgetattr(end)[3] & termios.ECHO
    os.close(end)
    os.close(terminal)
