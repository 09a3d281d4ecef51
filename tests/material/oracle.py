"""The real npack of the package index, in environments of its own, and how to run it.

It asks the package index for newer versions at each start. Here it never gets an answer: root runs
it in a network namespace without a network, anyone else behind a proxy that is not there.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

RACE = "but found"
"""In the message of its spurious failure: it reads a queue of results before all have come."""

TRIES = 20
"""The race was seen in about one run of twenty; twenty in a row would mean something else."""

HANGS = 15.0
"""Seconds after which a run of one small tree is held for one that waits for itself: seen once in
thousands."""

BATCH = """
import contextlib, importlib, json, sys
main = importlib.import_module(sys.argv[1]).main
failed = []
for arguments in json.load(sys.stdin):
    sys.argv = ["npack", *arguments]
    with contextlib.redirect_stdout(sys.stderr):
        try:
            code = main()
        except SystemExit as stop:
            code = stop.code
    if code:
        failed.append(arguments)
json.dump(failed, sys.stdout)
"""
"""Many runs in one process, of which each start would take a quarter of a second."""


Runs = list[list[str]]
"""Arguments of each of several runs."""


class OracleMissingError(Exception):
    """A tool of others could not be installed."""


@dataclass(frozen=True, slots=True)
class Npack:
    """One installed version of the real npack."""

    folder: Path

    def command(self, *arguments: str | Path) -> list[str | Path]:
        """The command line that runs it where no network is."""
        return [*without_network(), self.folder / "bin" / "npack", *arguments]

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run it, again as long as its race makes it fail."""
        failure = ""
        for _ in range(TRIES):
            try:
                run = run_offline(self.command(*arguments), timeout=HANGS)
            except subprocess.TimeoutExpired as error:
                failure = str(error)
                continue
            if run.returncode == 0 or RACE not in run.stderr:
                return run
            failure = run.stderr
        raise AssertionError(f"npack failed {TRIES} times: {failure}")

    def run_batch(self, runs: Runs) -> None:
        """Run it once for each list of arguments, those that fell to its race again."""
        for _ in range(TRIES):
            command = [*without_network(), self.folder / "bin" / "python", "-c", BATCH]
            runs = failed_runs([*command, "npack.__main__"], runs)
            if not runs:
                return
        raise AssertionError(f"npack failed {TRIES} times: {runs}")


def failed_runs(command: Sequence[str | Path], runs: Runs) -> Runs:
    """Feed `BATCH` with runs; return those that did not exit with 0."""
    done = run_offline(command, text=json.dumps(runs), timeout=600)
    assert done.returncode == 0, done.stderr
    failed: Runs = json.loads(done.stdout)
    return failed


def without_network() -> list[str | Path]:
    return ["unshare", "-n"] if os.geteuid() == 0 and shutil.which("unshare") else []


def offline_environment() -> dict[str, str]:
    """The environment, with a proxy for every address on a port where nobody listens."""
    nowhere = "http://127.0.0.1:9"
    return {**os.environ, "http_proxy": nowhere, "https_proxy": nowhere}


def run_offline(
    command: Sequence[str | Path], *, text: str | None = None, timeout: float
) -> subprocess.CompletedProcess[str]:
    """Run a command that cannot reach the network; what hangs is ended with all that it began."""
    command = [*command]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE if text is not None else None,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=offline_environment(),
        text=True,
        start_new_session=True,
    ) as process:
        try:
            out, err = process.communicate(text, timeout)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def install(version: str, folder: Path) -> Npack:
    """Install npack ``version`` into a virtual environment at ``folder``, unless it is there."""
    return Npack(environment(folder, f"npack=={version}"))


def environment(folder: Path, *requirements: str) -> Path:
    """Make a virtual environment with these packages at ``folder``, unless it is there.

    Tests in several processes want the same one: the first makes it, the others wait. Benches do
    without the libraries of the tests, hence a lock of the system.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _make(folder, requirements)
    return folder


def _make(folder: Path, requirements: Sequence[str]) -> None:
    done = folder / "installed.txt"
    wanted = "\n".join(requirements)
    if done.exists() and done.read_text(encoding="utf-8") == wanted:
        return
    try:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True, capture_output=True)
        pip = [str(folder / "bin" / "pip"), "install", "--quiet", *requirements]
        subprocess.run(pip, check=True, capture_output=True, text=True, timeout=600)
    except subprocess.CalledProcessError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise OracleMissingError(f"{wanted}: {error.stderr}") from error
    done.write_text(wanted, encoding="utf-8")
