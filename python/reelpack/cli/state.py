"""`reelpack state`: show what earlier runs remembered, or drop it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

import reelpack
from reelpack import wording
from reelpack.cli.arguments import PATH
from reelpack.cli.exits import ExitCode
from reelpack.cli.output import emit, emit_json
from reelpack.wording import printable

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["command"]


def _keep(context: click.Context, option: click.Parameter, value: object) -> None:
    """Keep what an option says, whether it stands before the subcommand or after it."""
    if value:
        context.meta[f"reelpack.{option.name}"] = value


_ABOUT_THE_STATE = (
    click.option(
        "--state",
        type=PATH,
        metavar="FILE",
        help="the state (default: in the user's cache)",
        expose_value=False,
        callback=_keep,
    ),
    click.option(
        "--json", is_flag=True, help="print one JSON object", expose_value=False, callback=_keep
    ),
)


def _about_the_state(function: Callable[..., int]) -> Callable[..., int]:
    """Add the options of the command and its subcommands: `--state` and `--json`."""
    for option in reversed(_ABOUT_THE_STATE):
        function = option(function)
    return function


@click.group("state", invoke_without_command=True)
@_about_the_state
@click.pass_context
def command(context: click.Context) -> int:
    """Show what earlier runs remembered, or drop it.

    Without a command: what files are known and which runs were stopped.
    """
    if context.invoked_subcommand is None:
        known = _state()
        _print(known.to_dict(), *_lines(known))
        return ExitCode.ERROR if known.error else ExitCode.OK
    return ExitCode.OK


@command.command("forget")
@click.argument("folder", type=PATH)
@_about_the_state
def _forget(folder: str) -> int:
    """Forget FOLDER and all below it, so that it is read again."""
    count = _state().forget(folder)
    _print({"forgotten": count}, f"forgot {wording.files(count)}")
    return ExitCode.OK


@command.command("prune")
@_about_the_state
def _prune() -> int:
    """Forget the files that are no more."""
    count = _state().prune()
    _print({"forgotten": count}, f"forgot {wording.files(count)}")
    return ExitCode.OK


@command.command("clear")
@_about_the_state
def _clear() -> int:
    """Remove the state, and what stopped runs keep beside their targets.

    It also remembers which deliveries to Backlot were started: after this, one could be
    started twice.
    """
    known = _state()
    count = known.clear()
    parts = wording.plural(count, "unfinished part")
    _print({"parts": count}, f"cleared {printable(known.path)}, removed {parts}")
    return ExitCode.OK


def _state() -> reelpack.State:
    """Look up the state that the options name."""
    return reelpack.state(click.get_current_context().meta.get("reelpack.state"))


def _print(facts: dict[str, object], *lines: str) -> None:
    """Print the result as it was asked for."""
    if click.get_current_context().meta.get("reelpack.json"):
        emit_json(facts)
        return
    for line in lines:
        emit(line)


def _lines(known: reelpack.State) -> list[str]:
    """Write what is known, then a line for each run that was stopped."""
    if known.error is not None:
        return [printable(known.error)]
    about = (
        f"{printable(known.path)}: {wording.files(known.files)} "
        f"in {wording.plural(known.folders, 'folder')}, {wording.size(known.size)}"
    )
    return [about, *map(_unfinished, known.unfinished)]


def _unfinished(run: reelpack.Unfinished) -> str:
    """Write one run that was stopped."""
    to = "" if run.target is None else f" to {printable(run.target)}"
    began = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(run.began))
    part = "" if run.part is None else f", {wording.size(run.part_size)} in {printable(run.part)}"
    return (
        f"unfinished: {run.job} {printable(run.source)}{to}, "
        f"began {began}, {wording.files(run.files)} done{part}"
    )
