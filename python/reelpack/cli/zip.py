"""`reelpack zip`: write a frame-sequence zip."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

import reelpack
from reelpack import wording
from reelpack.cli.arguments import (
    PATH,
    Work,
    about_the_work,
    clone_option,
    one_source,
    source_option,
)
from reelpack.cli.exits import ExitCode, hinting, leave_on_signals
from reelpack.cli.output import emit, emit_bytes, emit_json, note
from reelpack.cli.progressbar import progress_bar
from reelpack.cli.reasons import by_reason, note_state

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["command", "target_path"]

STDOUT = "-"

REMINDER = (
    "note: Picture Mastering takes no zips, its frames are delivered as they are "
    "(https://partnerhelp.netflixstudios.com/hc/en-us/articles/360001559547)"
)
"""Source: "Content Hub: Zipless Delivery of Picture Mastering Assets", that address."""

CLAMPED = "time outside 1980 to 2107, stored as the nearest that a zip can hold"


@click.command("zip")
@click.argument("source", type=PATH, required=False)
@source_option
@click.option(
    "-t", "--target", type=PATH, metavar="DIR", help="folder of the zip (default: beside)"
)
@click.option("-f", "--file", metavar="NAME", help="its name (default: that of SOURCE)")
@click.option(
    "--to", type=PATH, metavar="PATH", help="its whole path instead; - is standard output"
)
@click.option("--tree", is_flag=True, help="keep folders")
@clone_option
@click.option("--force", is_flag=True, help="replace an existing zip")
@click.option("--sync", is_flag=True, help="flush to disk before the rename")
@about_the_work
def command(  # noqa: PLR0913  (an option each)
    source: str | None,
    source_option: str | None,
    *,
    target: str | None,
    file: str | None,
    to: str | None,
    tree: bool,
    clone: Literal["auto", "always", "never"],
    force: bool,
    sync: bool,
    work: Work,
    as_json: bool,
    quiet: bool,
) -> int:
    """Pack the frames under SOURCE into a stored, flat zip with `checksum.txt` as last member.

    SOURCE is a folder.
    """
    folder = one_source(source, source_option)
    path = _path(folder, to, target, file)
    streamed = to == STDOUT
    if streamed:
        _check_stream(json=as_json, clone=clone != "auto", force=force, sync=sync)
    if not quiet:
        note(REMINDER)
    if streamed:
        return _stream(folder, tree=tree, work=work, quiet=quiet)
    with (
        hinting({FileExistsError: "`--force` replaces it"}, continued=bool(work["state"])),
        progress_bar("zip", folder, quiet=quiet) as progress,
    ):
        package = reelpack.pack(
            folder,
            path,
            tree=tree,
            clone=clone,
            force=force,
            sync=sync,
            progress=progress,
            **work,
        )
    note_state(package.state_error, quiet=quiet)
    if as_json:
        emit_json(package.to_dict())
    else:
        _print(package, cached=work["cached"])
    return ExitCode.OK


def _path(source: str, whole: str | None, folder: str | None, name: str | None) -> str:
    """Return where the zip goes: the whole path if there is one, else what `target_path` makes.

    Raises:
        click.UsageError: The whole path was given, and a part of it once more.
    """
    if whole is None:
        return target_path(source, folder, name)
    if folder is not None or name is not None:
        raise click.UsageError("`--to` is the whole path, it needs no `-t` and no `-f`")
    return whole


def target_path(source: str, folder: str | None, name: str | None) -> str:
    """Return where the zip goes: beside `source` and named after it, but for what is given.

    Raises:
        click.BadParameter: ``name`` is a path, or there is no name to take over (``/``).
    """
    named = _named(Path(source))
    if not (name or named.name):
        raise click.BadParameter(f"{source} gives the zip no name, use `-f`", param_hint="SOURCE")
    if name and Path(name).name != name:
        raise click.BadParameter(f"{name} is a path, give its folder with `-t`", param_hint="-f")
    return str((Path(folder) if folder else named.parent) / (name or f"{named.name}.zip"))


def _named(source: Path) -> Path:
    """Return `source` under a name of its own; ``.`` and ``x/..`` have none until resolved."""
    return source.resolve() if source.name in ("", "..") else source


def _check_stream(**options: bool) -> None:
    """Look whether a zip can be streamed.

    Args:
        options: Options that are about a file on disk or about words, and whether each was given.

    Raises:
        click.UsageError: One of them was given, or standard output is a terminal.
    """
    for name, given in options.items():
        if given:
            raise click.UsageError(f"`--{name}` does not go with `--to {STDOUT}`")
    if sys.stdout.name == os.devnull:
        raise click.UsageError(f"`--to {STDOUT}` writes a zip, and standard output is closed")
    if sys.stdout.isatty():
        raise click.UsageError(f"`--to {STDOUT}` writes a zip, and standard output is a terminal")


def _stream(folder: str, *, tree: bool, work: Work, quiet: bool) -> int:
    """Write the zip to standard output, and all words to stderr."""
    began = time.perf_counter()
    with progress_bar("zip", folder, quiet=quiet) as progress:
        leave_on_signals()
        plan = reelpack.plan(folder, tree=tree, **work)
        try:
            plan.stream(emit_bytes, progress=progress)
        except BrokenPipeError as error:
            # click would take it for a reader of words that has seen enough.
            raise reelpack.PackageError("<stdout>: its reader went away", "<stdout>") from error
    note_state(plan.state_error, quiet=quiet)
    seconds = time.perf_counter() - began
    note(_written("<stdout>", len(plan.members), plan.size, seconds, plan.size))
    _print_notes(plan.left_out, plan.clamped)
    return ExitCode.OK


def _print(package: reelpack.Package, *, cached: bool) -> None:
    """Print what was written, then on stderr what a reader of the zip may miss."""
    path = wording.printable(package.path)
    emit(
        _written(path, package.members, package.size, package.seconds, package.bytes_read)
        + (f", {package.cloned:,} cloned" if package.cloned else "")
        + wording.trusted(package.files_trusted, package.manifest.count, cached=cached)
    )
    _print_notes(package.left_out, package.clamped)


def _written(path: str, members: int, size: int, seconds: float, read: int) -> str:
    """Write what a zip holds and how fast it was made."""
    return (
        f"wrote {path}: {wording.plural(members, 'member')}, {wording.size(size)} "
        f"in {wording.duration(seconds)}, {wording.rate(read, seconds)}"
    )


def _print_notes(left_out: Iterable[reelpack.LeftOut], clamped: Iterable[str]) -> None:
    """Print what is not in the zip, and what is not as it was."""
    for line in by_reason("left out", left_out):
        note(line)
    for line in by_reason("note", [reelpack.LeftOut(name, CLAMPED) for name in clamped]):
        note(line)
