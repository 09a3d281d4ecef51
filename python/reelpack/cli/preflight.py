"""`reelpack preflight`: hold a delivery against the rules of a profile, without reading it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

import reelpack
from reelpack import wording
from reelpack.cli import problems
from reelpack.cli.arguments import PATH
from reelpack.cli.delivery import (
    Expected,
    about_the_sequences,
    json_option,
    profile_option,
    quiet_option,
    strict_option,
)
from reelpack.cli.exits import ExitCode, hinting
from reelpack.cli.output import emit, emit_json, emit_text
from reelpack.cli.progressbar import progress_bar

if TYPE_CHECKING:
    from reelpack import Preflight

__all__ = ["command"]


@click.command("preflight")
@click.argument("path", type=PATH, required=False)
@profile_option
@click.option("--list", "listed", is_flag=True, help="name the profiles that are built in")
@click.option("--show", is_flag=True, help="print the profile, to begin one of your own with")
@about_the_sequences
@strict_option
@json_option
@quiet_option
def command(  # noqa: PLR0913  (an option each)
    path: str | None,
    *,
    profile: str,
    listed: bool,
    show: bool,
    expected: Expected,
    strict: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Hold the delivery in PATH against the rules of a profile. Reads the bytes of no file.

    PATH is a folder.
    """
    with hinting(problems.HINTS):
        if listed:
            return _list(as_json=as_json)
        if show:
            return _show(profile, as_json=as_json)
        if path is None:
            raise click.MissingParameter(param_hint="'PATH'", param_type="argument")
        with progress_bar("preflight", path, quiet=quiet):
            judged = reelpack.preflight(path, profile=profile, **expected)
    if as_json:
        emit_json(judged.to_dict())
    else:
        _print(judged)
    return problems.code_of(judged, strict=strict)


def _list(*, as_json: bool) -> int:
    """Print the profiles that are built in."""
    known = reelpack.profiles()
    if as_json:
        about = [{"name": profile.name, "title": profile.title} for profile in known]
        emit_json({"profiles": about})
        return ExitCode.OK
    width = max(len(profile.name) for profile in known)
    for profile in known:
        emit(f"{profile.name:{width}}  {profile.title}")
    return ExitCode.OK


def _show(profile: str, *, as_json: bool) -> int:
    """Print all that a profile asks."""
    text = reelpack.profile_text(profile)
    if as_json:
        emit_json({"profile": profile, "text": text})
    else:
        emit_text(text)
    return ExitCode.OK


def _print(judged: Preflight) -> None:
    """Print the verdict, what it is about, the findings and what was not checked."""
    emit(wording.printable(judged.verdict))
    emit(
        f"{wording.plural(len(judged.sequences), 'sequence')}, {wording.files(judged.files)}, "
        f"{wording.size(judged.size)}; the bytes of no file were read, `reelpack audit` reads them"
    )
    for line in problems.lines(judged.findings):
        emit(line)
    for line in problems.unchecked(judged.not_checked):
        emit(line)
