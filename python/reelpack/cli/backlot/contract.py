"""`reelpack backlot contract`: what the client takes for known of the API, and how sure that is."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from reelpack import backlot
from reelpack.cli.backlot.connection import contract_option, hinting_at_what_helps
from reelpack.cli.backlot.tables import described, lines
from reelpack.cli.delivery import json_option
from reelpack.cli.exits import ExitCode
from reelpack.cli.output import emit, emit_json, emit_text
from reelpack.wording import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack.backlot import Contract, Operation

__all__ = ["contract"]

_HEAD = ("operation", "known", "verb", "path", "call")

_WIDE = 200
"""Columns, whatever the terminal has: a path is of use only whole."""

_UNKNOWN = "not known, `--url` or `host` in a contract file tells it"

_LEGEND = (
    "change-log   its name stands in the public change log of the API",
    "public-page  it stands on a public page",
    "assumed      nobody has seen it: hold it against the real document",
    "override     your contract file says so",
)


@click.command("contract")
@contract_option
@click.option("--yaml", "as_yaml", is_flag=True, help="print the OpenAPI document as shipped")
@json_option
def contract(*, contract: str | None, as_yaml: bool, as_json: bool) -> int:
    """Show what the client takes for known of the API, and how sure that is.

    The real document is not public. Host, paths, verbs, and the names of fields and values can be
    corrected by a TOML file: `--contract FILE`, or REELPACK_BACKLOT_CONTRACT.
    """
    if as_yaml:
        if as_json or contract is not None:
            raise click.UsageError(
                "`--yaml` prints what is shipped, and goes without other options"
            )
        emit_text(backlot.contract_yaml())
        return ExitCode.OK
    with hinting_at_what_helps():
        known = backlot.contract(contract)
    if as_json:
        emit_json(_object(known))
    else:
        for line in _lines(known):
            emit(line)
    return ExitCode.OK


def _lines(known: Contract) -> Iterator[str]:
    """Write the contract: hosts, operations, what the evidence means, and what was renamed."""
    yield from described(
        [("host", _host(known.host, "")), ("token host", _host(known.token_host, "TOKEN_"))]
    )
    yield ""
    yield from lines(_HEAD, map(_row, known.operations), columns=_WIDE)
    yield ""
    yield from _LEGEND
    renamed = [("field", each) for each in known.fields] + [
        ("value", each) for each in known.values
    ]
    if renamed:
        yield ""
    for kind, each in renamed:
        yield f"{kind} {each.schema}.{each.ours} is called {printable(each.theirs)}"


def _host(known: str | None, prefix: str) -> str:
    """Write where calls go: the environment stands before the contract."""
    name = f"REELPACK_BACKLOT_{prefix}URL"
    if told := os.environ.get(name):
        return f"{printable(told)}, by {name}"
    return known or _UNKNOWN


def _row(operation: Operation) -> list[str]:
    """Write the cells of one operation: how sure it, its verb and its path are."""
    return [
        operation.id,
        operation.evidence,
        operation.verb_evidence,
        operation.path_evidence,
        f"{operation.method} {operation.path}",
    ]


def _object(known: Contract) -> dict[str, object]:
    """Describe the contract for JSON."""
    return {
        "host": os.environ.get("REELPACK_BACKLOT_URL") or known.host,
        "token_host": os.environ.get("REELPACK_BACKLOT_TOKEN_URL") or known.token_host,
        "operations": [asdict(each) for each in known.operations],
        "fields": [asdict(each) for each in known.fields],
        "values": [asdict(each) for each in known.values],
    }
