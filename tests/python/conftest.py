"""Fixtures and settings all tests share."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings
from material.needs import give_up
from material.oracle import Npack, OracleMissingError, environment

ORACLES = Path(__file__).parents[2] / "target" / "oracle"
TOOLS = Path(__file__).parents[2] / "target" / "tools"

# How long properties are searched: `HYPOTHESIS_PROFILE=long make test-python` for a night. No
# deadline for one example: it touches disks, whose times mean nothing.
settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("long", max_examples=5000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "dev"))

# A shell that runs this in its background lets Ctrl-C be ignored, here and in whatever is started
# from here, as the commands heed; how they are stopped is to be seen all the same.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def installed(version: str) -> Npack:
    """The real npack; skipped on a laptop without a network, never on the CI."""
    return Npack(judges(f"npack-{version}", f"npack=={version}"))


def judges(name: str, *requirements: str) -> Path:
    """The folder of an environment with tools of others; skipped as above."""
    try:
        return environment(ORACLES / name, *requirements)
    except OracleMissingError as error:
        if "CI" in os.environ:
            raise
        pytest.skip(f"cannot be installed: {error}")


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what a test remembers from the next one, and from the user.

    Fixtures of a whole module run before this one: they do without a state.
    """
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture(scope="session")
def npack_checksum() -> Npack:
    """Version 0.8.0, the last one, which has `checksum` only."""
    return installed("0.8.0")


@pytest.fixture(scope="session")
def mhl_tools() -> Path:
    """`ascmhl`, the reference tool, and `simple-mhl`, in the folder of their commands."""
    return judges("mhl", "ascmhl==1.2", "mhl-suite==1.3.1") / "bin"


@pytest.fixture(scope="session")
def imferno() -> Path:
    """imferno, which reads and checks IMF packages."""
    program = TOOLS / "bin" / "imferno"
    if not program.exists():
        give_up(f"{program} is not there; `make imferno` builds it")
    return program


@pytest.fixture(scope="session")
def npack_zip() -> Npack:
    """Version 0.7.0, the last one that can `zip`."""
    return installed("0.7.0")
