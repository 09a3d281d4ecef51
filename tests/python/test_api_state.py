"""Which state file a function takes, and what of it a `State` hands on."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
import reelpack

if TYPE_CHECKING:
    from collections.abc import Callable

Asked = dict[str, object]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """What the extension is asked to do."""
    asked: Asked = {}

    def verify(_path: str, **options: object) -> tuple[object, ...]:
        asked.update(options)
        return 3, [], [], ["checksum.txt"], ["md5"], (1, 5, 2, 7, "/x: no space left")

    monkeypatch.setattr("reelpack._native.verify", verify)
    return asked


def own_file() -> str:
    """Where the state of the user lies."""
    return f"{os.environ['XDG_CACHE_HOME']}/reelpack/state.db"


def test_the_state_is_that_of_the_user_and_need_not_work(asked: Asked) -> None:
    reelpack.verify("x")

    assert (asked["state"], asked["required"], asked["cached"]) == (own_file(), False, False)


def test_there_is_no_state_on_request(asked: Asked) -> None:
    reelpack.verify("x", state=False)

    assert (asked["state"], asked["required"]) == (None, False)


@pytest.mark.parametrize("spelling", [str, Path])
def test_a_state_that_is_named_has_to_work(asked: Asked, spelling: Callable[[str], str]) -> None:
    reelpack.verify("x", state=spelling("/x/own.db"), cached=True)

    assert (asked["state"], asked["required"], asked["cached"]) == ("/x/own.db", True, True)


def test_what_was_done_and_spared_is_in_the_result(asked: Asked) -> None:
    report = reelpack.verify("x")

    assert asked
    assert (report.checked, report.bytes, report.files_read) == (3, 5, 1)
    assert (report.files_trusted, report.bytes_trusted) == (2, 7)
    assert report.state_error == "/x: no space left"


@pytest.fixture
def homeless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A user without a home folder, as in some containers."""

    def nowhere(*_: object, **__: object) -> NoReturn:
        raise RuntimeError("could not determine the home directory")

    monkeypatch.setattr("platformdirs.user_cache_path", nowhere)


@pytest.mark.usefixtures("homeless")
def test_without_a_home_the_work_remembers_nothing(asked: Asked) -> None:
    reelpack.verify("x")

    assert (asked["state"], asked["required"]) == (None, False)


@pytest.mark.usefixtures("homeless")
def test_without_a_home_there_is_no_state_to_show() -> None:
    with pytest.raises(reelpack.StateError, match="home directory"):
        reelpack.state()


def test_a_state_shows_what_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    run = ("zip", "/x", "/x.zip", "/.part", 6, 1.5, 2)
    monkeypatch.setattr("reelpack._native.state_facts", lambda _: (8192, 3, 2, [run]))

    state = reelpack.state()

    assert (state.path, state.size, state.files, state.folders) == (own_file(), 8192, 3, 2)
    assert state.unfinished == (reelpack.Unfinished(*run),)


def test_a_state_hands_on_what_is_to_be_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    state = reelpack.State("/x/own.db", 0, 0, 0, ())
    for name, count in (("forget", 1), ("prune", 2), ("clear", 3)):
        monkeypatch.setattr(
            f"reelpack._native.state_{name}", lambda *given, count=count: (*given, count)
        )

    done: list[object] = [state.forget(Path("/x")), state.prune(), state.clear()]

    assert done == [("/x/own.db", "/x", 1), ("/x/own.db", 2), ("/x/own.db", 3)]
