"""Logins: where they are found, how they are kept, and that nobody sees them."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked, PasswordDeleteError
from material.pretended_backlot import PretendedClient
from reelpack import LoginError
from reelpack.backlot import Backlot, Login, Token, core, read_token, stores
from reelpack.backlot.keeping import Keeper
from reelpack.backlot.private import read_private, write_private
from reelpack.backlot.session import Session
from reelpack.backlot.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = "s3cr3t-never-shown"  # noqa: S105  (invented)
URL = "https://backlot.test"


class Drawer(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library has no types
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError(username)
        del self.kept[service, username]


class Locked(Drawer):
    """A keyring that nobody unlocks."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(f"locked: {service} {username}\nsecond line")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked(f"locked: {service} {username} {len(password)}")


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A user without a login: no variables, an empty folder of settings, no keyring."""
    for name in [name for name in os.environ if name.startswith("REELPACK_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(core, "client", PretendedClient)
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]  # the library has no types
    yield tmp_path / "config" / "reelpack" / "backlot.json"
    keyring.set_keyring(before)


def whole(url: str = URL, **facts: Any) -> Login:  # noqa: ANN401  (fields)
    usual = {"client_id": "id", "client_secret": SECRET, "username": "u", "password": SECRET}
    return Login(url, **(usual | facts))


def options(client: Backlot) -> dict[str, Any]:
    return dict(client._session._client.options)  # type: ignore[attr-defined]  # noqa: SLF001  (no public way to see it)


def test_a_login_is_kept_in_a_file_for_its_owner(settings: Path) -> None:
    kept = whole(token=Token("a", "r", 5.0)).store()

    assert kept.where == str(settings)
    assert stat.S_IMODE(settings.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.parent.stat().st_mode) == 0o700
    found = Login.stored(URL)
    assert found == kept
    assert found is not None
    assert found.token == Token("a", "r", 5.0)
    assert os.listdir(settings.parent) == ["backlot.json"]  # noqa: PTH208  (names are compared)


def test_a_variable_names_another_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REELPACK_BACKLOT_LOGIN", str(tmp_path / "own.json"))
    whole().store()

    assert (tmp_path / "own.json").exists()
    assert Login.stored(URL) is not None
    assert Login.stored(URL, environ={"REELPACK_BACKLOT_LOGIN": str(tmp_path / "no")}) is None


def test_a_login_is_found_by_its_server_alone() -> None:
    whole().store()
    whole("https://other.test", token_url="https://tokens.test").store()  # noqa: S106  (a URL)

    assert Login.stored("HTTPS://Backlot.Test/") is not None
    assert Login.stored("https://backlot.test.evil.test") is None
    assert Login.stored("http://backlot.test") is None
    assert Login.stored("https://other.test", "https://elsewhere.test") is None
    with pytest.raises(LoginError, match=r"several logins are kept; hint: .*other\.test"):
        Login.stored()


def test_a_login_keeps_the_host_of_its_tokens() -> None:
    kept = whole().store()

    assert kept.token_url == "https://meechum.netflix.com"  # noqa: S105  (a URL)


def test_a_login_that_was_written_by_hand_need_not_name_that_host(settings: Path) -> None:
    write_private(settings, json.dumps({"logins": {"mine": {"url": URL, "username": "u"}}}))

    found = Login.stored(URL)
    assert found is not None
    assert found.username == "u"
    assert Login.stored(URL, "https://tokens.test") is None


def test_one_thread_at_a_time_keeps_a_token(settings: Path) -> None:
    keeper = Keeper(whole().store())
    before = settings.read_text(encoding="utf-8")

    with keeper._lock:  # noqa: SLF001  (as another thread would hold it)
        keeper.keep(Session(PretendedClient(), Wire()))  # type: ignore[arg-type]  # as much of a client as is asked for

    assert settings.read_text(encoding="utf-8") == before


def test_a_login_replaces_the_older_one_to_the_same_server(settings: Path) -> None:
    whole().store()
    whole(username="second").store()

    assert len(json.loads(settings.read_text(encoding="utf-8"))["logins"]) == 1
    found = Login.stored()
    assert found is not None
    assert found.username == "second"


def test_a_forgotten_login_is_gone(settings: Path) -> None:
    first, second = whole().store(), whole("https://other.test").store()

    assert second.forget()
    assert Login.stored("https://other.test") is None
    assert Login.stored() == first
    assert first.forget()
    assert not settings.exists()
    assert not whole().forget()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o602])
def test_a_file_that_others_can_read_is_refused(settings: Path, mode: int) -> None:
    whole().store()
    settings.chmod(mode)

    with pytest.raises(LoginError, match=f"hint: chmod 600 {settings}") as told:
        Login.stored(URL)
    assert SECRET not in str(told.value)


def test_a_file_of_another_user_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    whole().store()
    monkeypatch.setattr(os, "geteuid", lambda: 12345)

    with pytest.raises(LoginError, match="another user"):
        Login.stored(URL)


def test_on_other_systems_nobody_looks_at_the_mode(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "secret"
    path.write_text("x", encoding="utf-8")
    path.chmod(0o644)
    monkeypatch.setattr("reelpack.backlot.private.SYSTEM", "nt")

    assert read_private(path) == "x"


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b'{"logins": 4}', b'{"logins": {"a": 4}}', b"\xff", b"x" * 2_000_000]
)
def test_a_file_that_is_none_of_ours_is_told_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "own.json"
    path.write_bytes(content)
    path.chmod(0o600)

    with pytest.raises(LoginError, match=r"own\.json: [a-zA-Z8 -]+$") as told:
        Login.stored(URL, environ={"REELPACK_BACKLOT_LOGIN": str(path)})
    assert told.value.__cause__ is None


def test_a_folder_is_no_file_of_secrets(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="directory"):
        read_private(tmp_path)
    with pytest.raises(LoginError, match="no regular file"):
        read_private("/dev/null")


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(Path, "replace", full)

    with pytest.raises(OSError, match="no space"):
        write_private(tmp_path / "a" / "secret", SECRET)
    assert list((tmp_path / "a").iterdir()) == []


def test_the_keyring_keeps_a_login(monkeypatch: pytest.MonkeyPatch) -> None:
    drawer = Drawer()
    keyring.set_keyring(drawer)
    kept = whole().store("keyring")
    other = whole("https://other.test").store("keyring")

    assert kept.where == "keyring"
    assert Login.stored(URL) == kept
    assert Login.stored("https://other.test") == other
    assert other.forget()
    assert Login.stored() == kept
    assert kept.forget()
    assert Login.stored() is None
    other.forget()
    monkeypatch.setenv("REELPACK_BACKLOT_LOGIN", "/nowhere/own.json")
    drawer.kept.clear()
    whole().store("keyring")
    assert Login.stored() is None


@pytest.mark.parametrize(
    ("backend", "reason"),
    [
        (fail.Keyring, "cannot be used: No recommended backend"),
        (null.Keyring, "keeps nothing"),
        (Locked, "cannot be used: locked"),
    ],
)
def test_a_keyring_that_cannot_be_used_is_told_with_the_alternatives(
    backend: type[KeyringBackend], reason: str
) -> None:
    keyring.set_keyring(backend())

    with pytest.raises(LoginError, match=reason) as told:
        whole().store("keyring")

    assert len(str(told.value).splitlines()) == 1
    assert "hint: keep the login in a file" in str(told.value)
    assert SECRET not in str(told.value)


def test_a_locked_keyring_is_told_when_a_login_is_looked_for() -> None:
    keyring.set_keyring(Locked())

    with pytest.raises(LoginError, match="locked"):
        Login.stored(URL)
    with pytest.raises(LoginError, match="locked"):
        stores.KeyringStore()._delete("x")  # noqa: SLF001  (after the list could be written)


def test_without_the_package_there_is_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "keyring", None)
    monkeypatch.setattr(stores, "find_spec", lambda _: None)

    assert Login.stored(URL) is None
    with pytest.raises(LoginError, match=r"pip install 'reelpack\[keyring\]'"):
        whole().store("keyring")


def test_a_user_without_a_folder_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless(*_: object, **__: object) -> Path:
        raise RuntimeError("no home")

    monkeypatch.setattr("platformdirs.user_config_path", homeless)

    with pytest.raises(LoginError, match=r"backlot\.json: no home"):
        Login.stored(URL)


def test_a_client_uses_the_stored_login_and_its_server() -> None:
    whole(token=Token("old", "refresh", 5.0)).store()

    with Backlot() as client:
        assert "stored" in repr(client)
        given = options(client)

    assert given["url"] == URL
    assert given["token_url"] == "https://meechum.netflix.com"  # noqa: S105  (a URL)
    assert given["password"] == SECRET
    assert (given["access_token"], given["refresh_token"], given["expires_at"]) == (
        "old",
        "refresh",
        5.0,
    )


def test_a_stored_login_goes_to_no_other_server(tmp_path: Path) -> None:
    whole().store()
    ours = tmp_path / "ours.toml"
    ours.write_text('token_host = "https://tokens.test"\n', encoding="utf-8")

    with pytest.raises(LoginError, match="no login for https://other"):
        Backlot("https://other.test")
    with pytest.raises(LoginError, match="no login"):
        Backlot(URL, token_url="https://tokens.test")  # noqa: S106  (a URL)
    with pytest.raises(LoginError, match="no login"):
        Backlot(URL, contract=ours)


def test_the_last_token_of_a_stored_login_is_kept(settings: Path) -> None:
    whole().store()
    with Backlot() as client:
        native: Any = client._session._client  # noqa: SLF001  (the pretended one)
        native.answers["getRequest"] = {"requestId": "1", "state": "OPEN"}
        client.request("1")
        written = settings.stat().st_mtime_ns
        client.request("1")
        assert settings.stat().st_mtime_ns == written
        native.current = ("access-2", "refresh-2", 9.0)
        client.request("1")

    found = Login.stored(URL)
    assert found is not None
    assert found.token == Token("access-2", "refresh-2", 9.0)
    assert found.password == SECRET


def test_a_token_that_cannot_be_kept_loses_no_answer(settings: Path) -> None:
    whole().store()
    with Backlot() as client:
        native: Any = client._session._client  # noqa: SLF001  (the pretended one)
        native.answers["getRequest"] = {"requestId": "1", "state": "OPEN"}
        settings.chmod(0o644)
        assert client.request("1").request_id == "1"


def test_arguments_stand_before_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    token_file = tmp_path / "token"
    write_private(token_file, "from-file\n")
    monkeypatch.setenv("REELPACK_BACKLOT_URL", URL)
    monkeypatch.setenv("REELPACK_BACKLOT_TOKEN", "from-environment")
    monkeypatch.setenv("REELPACK_BACKLOT_PROXY", "")

    assert options(Backlot())["access_token"] == "from-environment"  # noqa: S105  (made up for the test)
    assert options(Backlot(token="told"))["access_token"] == "told"  # noqa: S105, S106  (made up for the test)
    assert options(Backlot(token_file=token_file))["access_token"] == "from-file"  # noqa: S105  (made up for the test)
    told = Backlot(client_id="i", client_secret="s", username="u", password="p")  # noqa: S106  (made up for the test)
    assert options(told)["access_token"] is None
    assert options(told)["proxy"] is None


def test_half_a_login_is_not_filled_from_another(monkeypatch: pytest.MonkeyPatch) -> None:
    whole().store()
    monkeypatch.setenv("REELPACK_BACKLOT_CLIENT_ID", "id")

    with pytest.raises(LoginError, match=r"half a login; hint: also set REELPACK_BACKLOT_CLIENT_S"):
        Backlot(URL)


def test_no_server_and_no_login_are_told() -> None:
    with pytest.raises(LoginError, match="no server: the host of the API is not public"):
        Backlot()
    with pytest.raises(LoginError, match="no server"):
        Backlot(token=SECRET)
    with pytest.raises(LoginError, match=r"no login for https://backlot\.test; hint: `reelpack"):
        Backlot(URL)


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("abc.def\n", Token("abc.def")),
        ('{"access_token": "a", "refresh_token": "r", "expires_in": 7199}', Token("a", "r")),
        ('{"access_token": "a"}', Token("a")),
    ],
)
def test_a_token_that_was_got_elsewhere_is_read(tmp_path: Path, text: str, token: Token) -> None:
    write_private(tmp_path / "token", text)

    assert read_token(tmp_path / "token") == token


@pytest.mark.parametrize(
    "text", ["", " \n", "two words", "{", "{}", '{"access_token": 4}', "[]\n1"]
)
def test_a_file_without_a_token_is_told(tmp_path: Path, text: str) -> None:
    write_private(tmp_path / "token", text)

    with pytest.raises(LoginError, match="no token in it") as told:
        read_token(tmp_path / "token")
    assert told.value.__cause__ is None


def test_nothing_secret_is_shown(settings: Path) -> None:
    login = whole(token=Token(SECRET, SECRET, 5.0))

    shown = f"{login!r} {login} {login.token!r} {login.store()!r}"

    assert SECRET not in shown
    assert URL in shown
    assert str(settings) in shown
    expires = Token("a", None, 0.0).expires
    assert expires is not None
    assert expires.year == 1970
    assert Token("a").expires is None
