"""`reelpack sandbox`: a local Backlot to rehearse on, and what only a sandbox can do."""

from __future__ import annotations

import gc
import re
import shlex
import time
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

import click

from reelpack import ReelpackError, wording
from reelpack.cli import loopback
from reelpack.cli.arguments import PATH
from reelpack.cli.delivery import json_option
from reelpack.cli.exits import ExitCode
from reelpack.cli.output import emit, emit_json, flush, note
from reelpack.wording import printable

if TYPE_CHECKING:
    from types import ModuleType

    from reelpack.sandbox import Sandbox

__all__ = ["command"]

_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_SPAN = re.compile(r"\+?((?:\d{1,6}[dhms])+)")

_KINDS = ("latency", "429", "500", "502", "503", "504", "cut", "lost", "expired", "wrong-size")

url_option = click.option(
    "--url",
    envvar="REELPACK_BACKLOT_URL",
    metavar="URL",
    help="the sandbox (default: REELPACK_BACKLOT_URL)",
)


def _span(text: str) -> timedelta:
    """Read a time to turn the clock by: ``+2d``, ``+1d12h``, ``90s``.

    Raises:
        click.BadParameter: It is none.
    """
    match = _SPAN.fullmatch(text)
    if match is None:
        raise click.BadParameter(f"`{printable(text)}` is no time such as +2d, +1d12h or +90s")
    parts = re.findall(r"(\d+)([dhms])", match[1])
    return sum((timedelta(**{_UNITS[unit]: int(count)}) for count, unit in parts), timedelta())


@click.group("sandbox", invoke_without_command=True)
@click.option("--demo", is_flag=True, help="fill it with two titles and sixty requests")
@click.option(
    "--file", type=PATH, metavar="DB", help="keep everything in DB (default: nothing is kept)"
)
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=0,
    metavar="N",
    help="listen on port N of 127.0.0.1 (default: any free one)",
)
@click.option("--mfa", is_flag=True, help="refuse passwords, as a second factor would")
@click.option("--not-preferred", is_flag=True, help="be no preferred partner: cancel is refused")
@json_option
@click.pass_context
def command(  # noqa: PLR0913  (an option each)
    context: click.Context,
    *,
    demo: bool,
    file: str | None,
    port: int,
    mfa: bool,
    not_preferred: bool,
    as_json: bool,
) -> int:
    """Run a local Backlot to rehearse on, until Ctrl-C.

    Prints the lines that point `reelpack backlot` at it; its secrets are invented and open nothing
    else. Needs what `pip install 'reelpack[sandbox]'` brings. The commands are for a sandbox that
    is running.
    """
    if context.invoked_subcommand is None:
        options = {"demo": demo, "file": file, "port": port, "mfa": mfa}
        with _package().running(preferred=not not_preferred, **options) as box:
            _tell(box, as_json=as_json)
            gc.enable()  # which other commands are too short for
            while True:  # a signal ends it, by an exception
                time.sleep(3600)
    return ExitCode.OK


@command.command("send")
@click.argument("pairs", type=PATH)
@url_option
def _send(pairs: str, url: str | None) -> int:
    """Send the files of the list PAIRS to the sandbox, in place of ascp.

    A transfer that was cut goes on where it ended.
    """
    sent = _package().send(loopback.address(url), pairs)
    emit(f"sent {wording.files(len(sent))}, {wording.size(sum(each.size for each in sent))}")
    return ExitCode.OK


@command.command("clock")
@click.argument("by", type=_span, metavar="+TIME")
@url_option
def _clock(by: timedelta, url: str | None) -> int:
    """Turn the clock of the sandbox forward by +TIME.

    +2d, +1d12h, +90s. Inspection and quality control go on as if so much time had passed.
    """
    answer = loopback.post(url, "/sandbox/clock", {"advance": by.total_seconds()})
    emit(f"the sandbox has {printable(str(answer.get('now', 'another time')))}")
    return ExitCode.OK


@command.command("foresee")
@click.argument("request_id", metavar="REQUEST")
@click.option(
    "--code", "codes", multiple=True, metavar="CODE", help="what the inspection will find"
)
@click.option(
    "--verdict",
    type=click.Choice(["accept", "reject", "fail"]),
    default="accept",
    help="what quality control will say (default: accept)",
)
@url_option
def _foresee(request_id: str, codes: tuple[str, ...], verdict: str, url: str | None) -> int:
    """Say what the next delivery to REQUEST will meet."""
    path = f"/sandbox/requests/{quote(request_id, safe='')}/foresee"
    loopback.post(url, path, {"codes": codes, "verdict": verdict})
    found = ", ".join(map(printable, codes)) or "nothing"
    emit(f"{printable(request_id)}: the inspection will find {found}, then {verdict}")
    return ExitCode.OK


@command.command("fault")
@click.argument("kind", type=click.Choice([*_KINDS, "none"]), metavar="KIND")
@click.option(
    "--operation", default="*", metavar="NAME", help="of this operation only: startDelivery, ..."
)
@click.option(
    "--times", type=click.IntRange(min=1), default=1, metavar="N", help="so often (default: 1)"
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, max=3600),
    metavar="S",
    help="how late (latency), or when to come again (429)",
)
@url_option
def _fault(kind: str, operation: str, times: int, seconds: float | None, url: str | None) -> int:
    """Let the next calls fail with KIND.

    KIND is latency, 429, 500, 502, 503, 504, cut (no work, no answer), lost (the work is done, its
    answer lost), expired (all tokens end), wrong-size, or none to end all faults.
    """
    if kind == "none":
        loopback.delete(url, "/sandbox/faults")
        emit("no faults")
        return ExitCode.OK
    fault = {"operation": operation, "times": times} | _details(kind, seconds)
    loopback.post(url, "/sandbox/faults", fault)
    calls = "calls" if operation == "*" else f"calls of {printable(operation)}"
    emit(f"{kind} for the next {times:,} {calls}")
    return ExitCode.OK


def _details(kind: str, seconds: float | None) -> dict[str, object]:
    """Name a fault as the sandbox does, which takes every status as one kind.

    Raises:
        click.UsageError: Seconds are missing, or have no meaning.
    """
    if kind == "latency":
        if seconds is None:
            raise click.UsageError("`latency` needs `--seconds S`")
        return {"kind": kind, "seconds": seconds}
    if seconds is not None and kind != "429":
        raise click.UsageError(f"`--seconds` has no meaning with `{kind}`")
    if not kind.isdigit():
        return {"kind": kind}
    later = {} if seconds is None else {"retry_after": int(seconds)}
    return {"kind": "status", "status": int(kind)} | later


def _package() -> ModuleType:
    """Import the sandbox, which an ordinary install cannot run.

    Raises:
        ReelpackError: What it needs is not installed.
    """
    try:
        from reelpack import sandbox  # noqa: PLC0415  (half a second, and there only with its extra)
    except ModuleNotFoundError as error:
        raise ReelpackError(str(error)) from error
    return sandbox


def _tell(box: Sandbox, *, as_json: bool) -> None:
    """Print how the sandbox is reached: for the shell, or for a program."""
    if as_json:
        emit_json(dict(box.credentials()))
    else:
        note(f"sandbox at {printable(box.url)}, a page for the browser too; Ctrl-C ends it")
        for name, value in box.environment().items():
            emit(f"export {name}={shlex.quote(value)}")
    flush()
