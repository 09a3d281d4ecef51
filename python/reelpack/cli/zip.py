"""`reelpack zip`: write a frame-sequence zip."""

from __future__ import annotations

from pathlib import Path

import click

import reelpack
from reelpack.cli import wording
from reelpack.cli.arguments import PATH, about_the_work, one_source, source_option
from reelpack.cli.exits import ExitCode, hinting
from reelpack.cli.output import emit, emit_json, note
from reelpack.cli.progressbar import progress_bar
from reelpack.cli.reasons import by_reason

__all__ = ["command", "target_path"]

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
@click.option("--tree", is_flag=True, help="keep folders")
@click.option("--force", is_flag=True, help="replace an existing zip")
@click.option("--sync", is_flag=True, help="flush to disk before the rename")
@about_the_work
def command(  # noqa: PLR0913  (an option each)
    source: str | None,
    source_option: str | None,
    *,
    target: str | None,
    file: str | None,
    tree: bool,
    force: bool,
    sync: bool,
    as_json: bool,
    jobs: int | None,
    readers: int | None,
    quiet: bool,
) -> int:
    """Pack the frames under SOURCE into a stored, flat zip with `checksum.txt` as last member.

    SOURCE is a folder.
    """
    folder = one_source(source, source_option)
    path = target_path(folder, target, file)
    if not quiet:
        note(REMINDER)
    with (
        hinting({FileExistsError: "`--force` replaces it"}),
        progress_bar("zip", folder, quiet=quiet) as progress,
    ):
        package = reelpack.pack(
            folder,
            path,
            tree=tree,
            force=force,
            sync=sync,
            jobs=jobs,
            readers=readers,
            progress=progress,
        )
    if as_json:
        emit_json(package.to_dict())
    else:
        _print(package)
    return ExitCode.OK


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


def _print(package: reelpack.Package) -> None:
    """Print what was written, then on stderr what a reader of the zip may miss."""
    speed = wording.rate(package.bytes_read, package.seconds)
    emit(
        f"wrote {wording.printable(package.path)}: {wording.plural(package.members, 'member')}, "
        f"{wording.size(package.size)} in {wording.duration(package.seconds)}, {speed}"
    )
    for line in by_reason("left out", package.left_out):
        note(line)
    for line in by_reason("note", [reelpack.LeftOut(name, CLAMPED) for name in package.clamped]):
        note(line)
