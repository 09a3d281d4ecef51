"""The real Chromium, without a window, for tests of pages; skipped where it is not installed.

It is driven through its own DevTools protocol over two pipes (`--remote-debugging-pipe`), which is
a JSON object and a NUL for each message. A driver would be 45 MB (playwright) or bring another
server and a version to keep in step (selenium); what the tests ask of a page needs neither.
"""

from __future__ import annotations

import base64
import contextlib
import itertools
import json
import os
import select
import shutil
import signal
import tempfile
import time
from typing import TYPE_CHECKING, Any, Self

from material.needs import give_up

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 50.0
"""Seconds to wait for an answer: below the time limit of a test, so that its words are shown."""

SWITCHES = (
    "--headless=new",
    "--no-sandbox",  # root may not have one, and it opens our own pages only
    "--disable-gpu",
    "--disable-dev-shm-usage",  # a container's is too small for large pages
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)

COMPLAINTS = {"Log.entryAdded", "Runtime.exceptionThrown", "Network.loadingFailed"}
"""Events by which the browser says that something is wrong with a page."""

Message = dict[str, Any]


class Browser:
    """A Chromium with a profile of its own, to be used in a `with`."""

    def __init__(self) -> None:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        if program is None:
            give_up("chromium is not installed")
        self._program = program
        self._numbers = itertools.count(1)
        self._unread = b""
        self.events: list[Message] = []

    def __enter__(self) -> Self:
        self._profile = tempfile.mkdtemp(prefix="chromium-")
        commands, self._write = os.pipe()
        self._read, answers = os.pipe()
        nowhere = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_RDWR, 0) for fd in (0, 1, 2)]
        # Chromium listens on 3 and answers on 4. First out of the way, as one may be the other.
        high = [(os.POSIX_SPAWN_DUP2, commands, 103), (os.POSIX_SPAWN_DUP2, answers, 104)]
        own = [(os.POSIX_SPAWN_DUP2, 103, 3), (os.POSIX_SPAWN_DUP2, 104, 4)]
        self._process = os.posix_spawn(
            self._program,
            [self._program, *SWITCHES, f"--user-data-dir={self._profile}"],
            os.environ,
            file_actions=[*nowhere, *high, *own],
            setpgroup=0,
        )
        os.close(commands)
        os.close(answers)
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._write)
        os.close(self._read)
        # Its children may still write into the profile for a moment.
        shutil.rmtree(self._profile, ignore_errors=True)

    def open(self, path: Path, *, width: int = 1280, script: bool = True) -> Page:
        """Open a file as a page, and wait until it is loaded."""
        target = self.call("Target.createTarget", {"url": "about:blank"})["targetId"]
        attached = self.call("Target.attachToTarget", {"targetId": target, "flatten": True})
        page = Page(self, attached["sessionId"])
        page.resize(width)
        for domain in ("Page", "Network", "Runtime", "Log"):
            page.call(f"{domain}.enable")
        page.call("Emulation.setScriptExecutionDisabled", {"value": not script})
        self.events.clear()
        page.call("Page.navigate", {"url": path.as_uri()})
        self._wait_for("Page.loadEventFired")
        return page

    def call(
        self, method: str, parameters: Message | None = None, session: str | None = None
    ) -> Message:
        """Send one command, and return its result; events that come meanwhile are kept."""
        number = next(self._numbers)
        command = {"id": number, "method": method, "params": parameters or {}}
        if session is not None:
            command["sessionId"] = session
        os.write(self._write, json.dumps(command).encode() + b"\0")
        while True:
            message = self._next()
            if message.get("id") == number:
                assert "error" not in message, f"{method}: {message['error']}"
                result: Message = message["result"]
                return result
            self.events.append(message)

    def _wait_for(self, event: str) -> None:
        """Read events until one is there."""
        while all(message.get("method") != event for message in self.events):
            self.events.append(self._next())

    def _next(self) -> Message:
        """Read one message."""
        deadline = time.monotonic() + LIMIT
        while b"\0" not in self._unread:
            ready, _, _ = select.select([self._read], [], [], max(0, deadline - time.monotonic()))
            assert ready, f"chromium did not answer within {LIMIT} s"
            piece = os.read(self._read, 1 << 20)
            assert piece, "chromium ended"
            self._unread += piece
        line, _, self._unread = self._unread.partition(b"\0")
        message: Message = json.loads(line)
        return message


class Page:
    """A page in the browser."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser = browser
        self._session = session

    def call(self, method: str, parameters: Message | None = None) -> Message:
        """Send a command to this page."""
        return self._browser.call(method, parameters, self._session)

    def evaluate(self, expression: str) -> Any:  # noqa: ANN401  (whatever JavaScript gives)
        """Return the value of a JavaScript expression; a promise is waited for."""
        parameters = {"expression": expression, "returnByValue": True, "awaitPromise": True}
        answer = self.call("Runtime.evaluate", parameters)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def resize(self, width: int, height: int = 900) -> None:
        """Give the page a width in CSS pixels; a narrow one is a phone."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.call("Emulation.setDeviceMetricsOverride", size)

    def emulate(self, media: str = "", **features: str) -> None:
        """Show the page as on another medium (``print``), or as its reader prefers it."""
        told = [
            {"name": name.replace("_", "-"), "value": value} for name, value in features.items()
        ]
        self.call("Emulation.setEmulatedMedia", {"media": media, "features": told})

    def requests(self) -> list[str]:
        """Return the addresses that were asked for so far, those that the policy refused too."""
        return [
            event["params"]["request"]["url"]
            for event in self._browser.events
            if event.get("method") == "Network.requestWillBeSent"
        ]

    def complaints(self) -> list[str]:
        """Return what the browser had to say: errors of scripts, what failed, what was refused."""
        return [
            str(event["params"])
            for event in self._browser.events
            if event.get("method") in COMPLAINTS
        ]

    def screenshot(self, path: Path) -> None:
        """Write the whole page as a PNG."""
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {**size, "x": 0, "y": 0, "scale": 1}
        shot = self.call("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
        path.write_bytes(base64.b64decode(shot["data"]))

    def pdf(self, path: Path) -> None:
        """Print the page to a PDF on A4."""
        paper = {"paperWidth": 8.27, "paperHeight": 11.69, "preferCSSPageSize": True}
        printed = self.call("Page.printToPDF", {"transferMode": "ReturnAsBase64"} | paper)
        path.write_bytes(base64.b64decode(printed["data"]))
