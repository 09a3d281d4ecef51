"""What a delivery leaves on this machine: the list of pairs for ascp, and the answer."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, TypedDict

import click

from reelpack.cli.backlot.transfer import check_folder
from reelpack.cli.output import note
from reelpack.wording import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reelpack.backlot import Delivery, ImfDelivery

__all__ = [
    "HINTS",
    "TOKEN",
    "Written",
    "check_answer",
    "check_pairs",
    "spare",
    "targets",
    "write",
]

HINTS: dict[type[Exception], str] = {
    FileExistsError: "`--pairs FILE` and `--answer FILE` write others, `--force` replaces these",
}
"""What to do where something is in the way."""

TOKEN = ".transfer_spec.token"  # noqa: S105  (where it stands, not what it is)
"""Where the token is in an answer, as jq writes it."""

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class Written(TypedDict):
    """Where things are written."""

    pairs: str
    answer: str


def targets(request_id: str, pairs: str | None, answer: str | None) -> Written:
    """Say where the list and the answer are written, and that they can be.

    Raises:
        OSError: A folder is not there or takes no files.
        click.UsageError: The number of the request makes no file name.
    """
    if pairs is None:
        if not _PLAIN.fullmatch(request_id):
            raise click.UsageError("no file can be named after REQUEST, `--pairs FILE` names one")
        pairs = f"{request_id}.pairs"
    if answer is None:
        answer = f"{pairs.removesuffix('.pairs')}.answer.json"
    if os.path.abspath(answer) == os.path.abspath(pairs):  # noqa: PTH100  (paths stay as given)
        raise click.UsageError("`--pairs` and `--answer` are one file")
    check_folder(pairs)
    check_folder(answer)
    return Written(pairs=pairs, answer=answer)


def spare(written: Written, files: Sequence[str]) -> None:
    """Make sure that the files are there, and that neither list nor answer is written over one.

    Raises:
        OSError: One is not there.
        click.UsageError: One would be written over.
    """
    for file in files:
        os.stat(file)  # noqa: PTH116  (its error names the path as it was given)
    for option, path in (("--pairs", written["pairs"]), ("--answer", written["answer"])):
        for file in files:
            if os.path.exists(path) and os.path.samefile(path, file):  # noqa: PTH110, PTH121  (paths stay as given)
                raise click.UsageError(f"`{option} {printable(path)}` is a file to be delivered")


def check_pairs(path: str, files: Sequence[str]) -> None:
    """Make sure that a list that is there already is one of these files.

    Raises:
        FileExistsError: It is another one, which a transfer may still need.
    """
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:  # noqa: PTH123  (paths stay as given)
            sources = file.read().split("\n")[:-1:2]
    except FileNotFoundError:
        return
    if sorted(map(os.path.abspath, sources)) != sorted(map(os.path.abspath, files)):
        raise FileExistsError(17, "it lists other files", path)


def check_answer(path: str) -> None:
    """Make sure that a file that is there already is an answer, and not something else.

    Raises:
        FileExistsError: It is something else.
    """
    if os.path.lexists(path) and _transfer_of(path) is None:
        raise FileExistsError(17, "it is no answer to a delivery", path)


def _transfer_of(path: str) -> str | None:
    """Return the number of the delivery whose answer is in this file, if one is."""
    try:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123  (paths stay as given)
            facts = json.load(file)
    except (FileNotFoundError, ValueError):
        return None
    found = facts.get("transfer_id") if isinstance(facts, dict) else None
    return found if isinstance(found, str) else None


def write(delivery: Delivery | ImfDelivery, written: Written) -> bool:
    """Write the answer and the list; return whether the answer that is kept has the token.

    An answer of an earlier run is remembered without its token: then the file of that run, which
    has it, is left as it is.
    """
    if delivery.kept_since is None:
        delivery.write_answer(written["answer"])
        has_token = bool(delivery.environment())
    else:
        has_token = _transfer_of(written["answer"]) == delivery.transfer_id
        if not has_token:
            note(f"{printable(written['answer'])}: not the answer of that run, which had the token")
            note("hint: if that is lost, `--again` starts the delivery anew")
    _write_pairs(delivery, written["pairs"])
    return has_token


def _write_pairs(delivery: Delivery | ImfDelivery, path: str) -> None:
    """Write the list of pairs, unless it is there as it should be."""
    text = delivery.pairs_text()
    try:
        with open(path, encoding="utf-8", errors="surrogateescape", newline="") as file:  # noqa: PTH123  (paths stay as given)
            old = file.read()
    except FileNotFoundError:
        old = None
    if old == text:
        return
    if old is not None:
        note(f"replaced: {printable(path)}, which was of another delivery")
    delivery.write_pairs(path)
