"""Arguments that the commands share."""

from typing import Annotated

import typer

__all__ = ["Jobs", "Json", "Quiet", "Readers", "Source", "SourceOption", "one_source"]

Source = Annotated[str | None, typer.Argument(metavar="SOURCE", help="a folder")]
SourceOption = Annotated[
    str | None, typer.Option("--source", "-s", metavar="SOURCE", help="the same, as an option")
]
Jobs = Annotated[
    int | None, typer.Option("--jobs", min=1, help="threads that compute (default: one a core)")
]
Readers = Annotated[
    int | None,
    typer.Option(
        "--readers", min=1, help="files read at once; 1 for tape and spinning disks (default: auto)"
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="no progress, no reminders")]
Json = Annotated[bool, typer.Option("--json", help="print one JSON object")]


def one_source(argument: str | None, option: str | None) -> str:
    """Return the source, given once: as an argument or with ``-s``.

    Raises:
        typer.BadParameter: It was given twice or not at all.
    """
    if argument is not None and option is not None:
        raise typer.BadParameter("given twice, as an argument and with `-s`", param_hint="SOURCE")
    source = option if argument is None else argument
    if source is None:
        raise typer.BadParameter(
            "missing, give it as an argument or with `-s`", param_hint="SOURCE"
        )
    return source
