"""`reelpack zip`: write a frame-sequence zip."""

from pathlib import Path
from typing import Annotated

import typer

import reelpack
from reelpack.cli import wording
from reelpack.cli.arguments import Jobs, Json, Quiet, Readers, Source, SourceOption, one_source
from reelpack.cli.exits import hinting
from reelpack.cli.output import emit, emit_json, note
from reelpack.cli.progressbar import progress_bar
from reelpack.cli.reasons import by_reason

__all__ = ["target_path", "zip_"]

REMINDER = (
    "note: Picture Mastering takes no zips, its frames are delivered as they are "
    "(https://partnerhelp.netflixstudios.com/hc/en-us/articles/360001559547)"
)
"""Source: "Content Hub: Zipless Delivery of Picture Mastering Assets", that address."""

CLAMPED = "time outside 1980 to 2107, stored as the nearest that a zip can hold"


def zip_(  # noqa: PLR0913  (an option each)
    source: Source = None,
    *,
    source_option: SourceOption = None,
    target: Annotated[
        str | None,
        typer.Option("--target", "-t", metavar="DIR", help="folder of the zip (default: beside)"),
    ] = None,
    file: Annotated[
        str | None,
        typer.Option("--file", "-f", metavar="NAME", help="its name (default: that of SOURCE)"),
    ] = None,
    tree: Annotated[bool, typer.Option("--tree", help="keep folders")] = False,
    force: Annotated[bool, typer.Option("--force", help="replace an existing zip")] = False,
    sync: Annotated[bool, typer.Option("--sync", help="flush to disk before the rename")] = False,
    json: Json = False,
    jobs: Jobs = None,
    readers: Readers = None,
    quiet: Quiet = False,
) -> None:
    """Pack the frames under SOURCE into a stored, flat zip with `checksum.txt` as last member."""
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
    if json:
        emit_json(package.to_dict())
    else:
        _print(package)


def target_path(source: str, folder: str | None, name: str | None) -> str:
    """Return where the zip goes: beside `source` and named after it, but for what is given.

    Raises:
        typer.BadParameter: ``name`` is a path, or there is no name to take over (``/``).
    """
    named = _named(Path(source))
    if not (name or named.name):
        raise typer.BadParameter(f"{source} gives the zip no name, use `-f`", param_hint="SOURCE")
    if name and Path(name).name != name:
        raise typer.BadParameter(f"{name} is a path, give its folder with `-t`", param_hint="-f")
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
