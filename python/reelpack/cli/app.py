"""The commands put together, and the one way in and out of them."""

from typing import Annotated

import typer

from reelpack import __version__
from reelpack.cli import exits
from reelpack.cli.checksum import checksum
from reelpack.cli.verify import verify
from reelpack.cli.zip import zip_

__all__ = ["app", "run"]

# Plain help instead of boxes: it reads the same in a log, and needs no rich.
app = typer.Typer(
    name="reelpack",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("checksum")(checksum)
app.command("zip")(zip_)
app.command("verify")(verify)


def run() -> int:
    """Run one command and return its exit code."""
    exits.stop_on_signals()
    return exits.answer(_code_of_app)


@app.callback()
def _root(
    *,
    version: Annotated[bool, typer.Option("--version", help="print the version")] = False,
) -> None:
    """List, pack and verify frame sequences.

    Exit codes: 0 well, 1 findings, 2 could not answer, 130 interrupted.
    """
    # Reached only with further arguments: `reelpack --version` alone is answered in `main`.
    if version:
        typer.echo(f"reelpack {__version__}")
        raise typer.Exit


def _code_of_app() -> int:
    """Return the code that typer exits with; usage errors are said by typer and are 2."""
    code: object = exits.ExitCode.OK
    try:
        app(prog_name="reelpack")
    except SystemExit as stop:
        code = stop.code
    return code if isinstance(code, int) else exits.ExitCode.OK
