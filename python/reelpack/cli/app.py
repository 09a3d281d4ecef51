"""The commands put together, and the one way in and out of them."""

from __future__ import annotations

from importlib import import_module

import click
from click.exceptions import NoArgsIsHelpError

from reelpack import __version__
from reelpack.cli import exits, output
from reelpack.cli.overview import COMMANDS, HELP
from reelpack.wording import printable

__all__ = ["app", "run"]


class Commands(click.Group):
    """A group that imports a command when it is asked for, as only one of them runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        """Name the commands in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  (the same)
        """Import the command of that name, if there is one."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"reelpack.cli.{cmd_name}").command
        return command

    def get_help(self, ctx: click.Context) -> str:  # noqa: ARG002  (the same)
        """Return the same words that are printed without click."""
        return HELP.rstrip("\n")


app = Commands(
    # Where click looks for what a misspelt name may have meant.
    commands={name: click.Command(name) for name in COMMANDS},
    context_settings={"help_option_names": ["-h", "--help"]},
)
# Reached only with further arguments: `reelpack --version` alone is answered in `main`.
click.version_option(__version__, message="reelpack %(version)s")(app)


def run() -> int:
    """Run one command and return its exit code."""
    return exits.answer(_code_of_app)


def _code_of_app() -> int:
    """Return the code of the command; wrong usage is said here and is 2."""
    try:
        code: int = app.main(prog_name="reelpack", standalone_mode=False)
    except NoArgsIsHelpError as error:
        output.note(error.format_message())
    except click.UsageError as error:
        _complain(error)
    except SystemExit:  # words for the shell's completion, or a reader of the help that went away
        return exits.ExitCode.OK
    else:
        return code
    return exits.ExitCode.ERROR


def _complain(error: click.UsageError) -> None:
    """Print what is wrong with the arguments, and where the right ones are found."""
    what = printable(error.format_message().removesuffix("."))
    command = error.ctx.command_path if error.ctx else "reelpack"
    output.note(f"reelpack: error: {what[:1].lower()}{what[1:]}")
    output.note(f"hint: `{command} --help` shows what it takes")
