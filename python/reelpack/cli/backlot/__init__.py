"""`reelpack backlot`: the source requests of the studio's portal, each step a command.

Only names and words are here: the command that is asked for is imported, and the client with it.
"""

from __future__ import annotations

from importlib import import_module

import click

__all__ = ["SUBCOMMANDS", "command"]

SUBCOMMANDS = {
    "login": ("login", "Prove who you are, and keep it for the commands to come."),
    "requests": ("requests", "List source requests."),
    "request": ("requests", "Show all that is known of one source request."),
    "update": ("changes", "Change date, sub-assignment or translator credit of a request."),
    "cancel": ("changes", "Cancel source requests."),
    "uncancel": ("changes", "Undo a cancel."),
    "materials": ("changes", "Say how far the materials of a request are."),
    "inspection": ("inspection", "List deliveries with what their inspection found."),
    "override": ("inspection", "Override what the inspection of a delivery found."),
    "downloads": ("downloads", "List the materials for download, or prepare to take them."),
    "deliver": ("deliver", "Start the delivery of files to a request."),
    "contract": ("contract", "Show what the client takes for known of the API."),
}
"""The commands in the order of their use: the module with the function, and its first words."""


class _Steps(click.Group):
    """A group that imports a command when it is asked for, as only one of them runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        """Name the commands in the order of their use."""
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  (the same)
        """Import the command of that name, if there is one."""
        if cmd_name not in SUBCOMMANDS:
            return None
        module = import_module(f"reelpack.cli.backlot.{SUBCOMMANDS[cmd_name][0]}")
        found: click.Command = getattr(module, cmd_name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  (the same)
        """Write the commands without an import of any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in SUBCOMMANDS.items()])


@click.group(
    "backlot",
    cls=_Steps,
    # Where click looks for what a misspelt name may have meant.
    commands={name: click.Command(name) for name in SUBCOMMANDS},
)
def command() -> None:
    """Look at source requests, change them and deliver to them, in the studio's portal.

    Where the API is and who you are come from options, from the environment (REELPACK_BACKLOT_URL,
    _TOKEN_URL, _CLIENT_ID, _CLIENT_SECRET, _USERNAME, _PASSWORD, _TOKEN, _TOKEN_FILE, _CONTRACT,
    _CA_FILE, _PROXY) or from what `login` has kept. No secret is ever an option.

    `reelpack sandbox` is a local Backlot to rehearse on.
    """
