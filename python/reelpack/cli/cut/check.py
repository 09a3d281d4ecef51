"""`reelpack cut check`: movies against what Content Hub plays, and against what PIX plays too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from reelpack import cuts
from reelpack.cli import problems
from reelpack.cli.arguments import PATH
from reelpack.cli.cut import movies
from reelpack.cli.delivery import json_option, quiet_option, strict_option
from reelpack.cli.exits import ExitCode, hinting
from reelpack.cli.output import emit, emit_json, note
from reelpack.cli.progressbar import progress_bar
from reelpack.cli.verdict import LINES_SHOWN
from reelpack.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack.cuts import CutFile, CutProfile, CutReport
    from reelpack.verification import NotChecked

__all__ = ["command"]

HINTS: dict[type[Exception], str] = {
    FileNotFoundError: "look at the spelling, and whether the disk is mounted",
    PermissionError: "ask who owns it for the right to read it",
}
"""What to do where there is no answer."""


@click.command("check")
@click.argument("paths", type=PATH, metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--profile",
    type=click.Choice(cuts.CUT_PROFILES),
    default=cuts.CUT_PROFILES[0],
    help=f"what the files are for (default: {cuts.CUT_PROFILES[0]})",
)
@strict_option
@json_option
@quiet_option
def command(
    paths: tuple[str, ...], *, profile: CutProfile, strict: bool, as_json: bool, quiet: bool
) -> int:
    """Check MP4 and MOV files: fast start, codecs, frame rate, size, colours, sound.

    The profile `content-hub-proxy` is what the player of Content Hub takes, `pix` what plays both
    there and in PIX. Only boxes are read, so that the size of a file does not matter. Exits 1 where
    there is an error, and 2 where a file is no movie; the others are checked all the same. Says
    what was not checked.
    """
    # One file is done before a bar is drawn, and a log need not hear of what takes no time.
    few = len(paths) == 1
    bar = progress_bar("cut check", paths[0], quiet=quiet or few, plain=False)
    with hinting(HINTS), bar as progress:
        found = cuts.check(paths, profile=profile, progress=progress)
    if as_json:
        emit_json(found.to_dict())
    else:
        for line in _lines(found):
            emit(line)
    for file in found.unread:
        _complain(file)
    return ExitCode.ERROR if found.unread else problems.code_of(found, strict=strict)


def _lines(found: CutReport) -> Iterator[str]:
    """Write the verdict, what each file is, the findings and what was not checked."""
    yield found.verdict
    read = [(file.path, file.movie) for file in found.files if file.movie]
    for path, movie in read[:LINES_SHOWN]:
        yield f"{printable(path)}: {movies.described(movie)}"
    if len(read) > LINES_SHOWN:
        yield f"... and {len(read) - LINES_SHOWN:,} more (`--json` lists all)"
    titles = {rule.id: rule.title for rule in cuts.rules(found.profile)}
    findings = [replace(each, path=each.where) for each in found.findings]
    yield from problems.lines(findings, titles=titles)
    yield from problems.unchecked(_unchecked(found))


def _unchecked(found: CutReport) -> Iterator[NotChecked]:
    """Put the box behind its file, and the rule behind the reason."""
    for each in found.not_checked:
        where = f"{each.path}: {each.place}" if each.place else each.path
        yield replace(each, path=where, reason=f"{each.reason} ({each.rule})")


def _complain(file: CutFile) -> None:
    """Say on stderr why a file is no movie."""
    what, *hints = (file.error or "").rsplit("; hint: ", 1)
    note(f"reelpack: error: {printable(file.path)}: {printable(what)}")
    for hint in hints:
        note(f"hint: {printable(hint)}")
