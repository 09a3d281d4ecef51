"""The description of the API as the client uses it, with what the user's file overrides."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal, TypeAlias

from reelpack.backlot import core
from reelpack.errors import ContractError

__all__ = ["Contract", "Evidence", "Operation", "Renamed", "contract", "contract_yaml"]

Evidence: TypeAlias = Literal["change-log", "public-page", "assumed", "override"]
"""How sure a fact is: it stands in the API's public change log or on a public page, nobody has seen
it, or the user's contract file says so."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One call of the API.

    Attributes:
        id: Its name in the contract.
        method: The verb.
        path: The path, with ``{parameters}``.
        on_token_host: Whether it goes to the host of the tokens.
        evidence: How sure it is that there is such a call.
        path_evidence: How sure the path is.
        verb_evidence: How sure the verb is.
        source: Where that is known from: a key of ``x-sources`` in the contract.
        summary: What it does.
    """

    id: str
    method: str
    path: str
    on_token_host: bool
    evidence: Evidence | str
    path_evidence: Evidence | str
    verb_evidence: Evidence | str
    source: str
    summary: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """A field or a value that the server calls otherwise than our contract.

    Attributes:
        schema: The schema it belongs to.
        ours: Its name in the contract.
        theirs: Its name on the server.
    """

    schema: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Contract:
    """The API as it is used.

    Attributes:
        host: Where the API is; None while nobody has said so, as it is not public.
        token_host: Where tokens are taken.
        operations: The calls.
        fields: Fields that are called otherwise.
        values: Values of enums that are called otherwise.
    """

    host: str | None
    token_host: str | None
    operations: tuple[Operation, ...]
    fields: tuple[Renamed, ...]
    values: tuple[Renamed, ...]


def contract(path: str | os.PathLike[str] | None = None) -> Contract:
    """Describe the API as it is used.

    Args:
        path: A TOML file that overrides hosts, operations, fields and values; None for the contract
            as it is shipped.

    Returns:
        The hosts and calls, each call with how sure it is.

    Raises:
        OSError: The file cannot be read.
        ContractError: It cannot be understood.

    Example:
        >>> contract().token_host
        'https://meechum.netflix.com'
    """
    host, token_host, operations, fields, values = core.contract(overrides(path))
    return Contract(
        host,
        token_host,
        tuple(Operation(*facts) for facts in operations),
        tuple(Renamed(*facts) for facts in fields),
        tuple(Renamed(*facts) for facts in values),
    )


def overrides(path: str | os.PathLike[str] | None) -> tuple[str, str] | None:
    """Read the user's contract file, for the extension: its path and its text.

    Raises:
        OSError: It cannot be read.
        ContractError: It is no text.
    """
    if path is None:
        return None
    name = os.fspath(path)
    try:
        return name, Path(name).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ContractError(f"{name}: no UTF-8 text", name) from error


def contract_yaml() -> str:
    """Return the contract as it is shipped: OpenAPI 3.1, with evidence and sources."""
    return files("reelpack.backlot").joinpath("openapi.yaml").read_text(encoding="utf-8")
