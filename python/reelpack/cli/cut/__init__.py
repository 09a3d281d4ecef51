"""`reelpack cut`: cuts and proxies, each step a command.

Only names and words are here: the command that is asked for is imported when it is.
"""

from __future__ import annotations

from importlib import import_module

import click

__all__ = ["SUBCOMMANDS", "command"]

SUBCOMMANDS = {
    "check": "Check whether MP4 and MOV files are what is played.",
    "faststart": "Write a movie again with its header first.",
    "plan": "Plan an upload: its files, and what is entered for them.",
    "rules": "List what `check` and `plan check` ask.",
}
"""The commands in the order of their use, with their first words; each is a module."""


class _Steps(click.Group):
    """A group that imports a command when it is asked for, as only one of them runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        """Name the commands in the order of their use."""
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  (the same)
        """Import the command of that name, if there is one."""
        if cmd_name not in SUBCOMMANDS:
            return None
        found: click.Command = import_module(f"reelpack.cli.cut.{cmd_name}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  (the same)
        """Write the commands without an import of any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(SUBCOMMANDS.items()))


@click.group(
    "cut",
    cls=_Steps,
    # Where click looks for what a misspelt name may have meant.
    commands={name: click.Command(name) for name in SUBCOMMANDS},
)
def command() -> None:
    """Check cuts and proxies, put their header first, and plan their upload."""
