"""`reelpack backlot deliver`: start a delivery, and write down how its files are sent."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, TypedDict

import click

from reelpack import wording
from reelpack.backlot import AtmosChoice, AudioFormat, MixType
from reelpack.cli.arguments import PATH
from reelpack.cli.backlot.connection import Connection, about_the_connection
from reelpack.cli.backlot.facts import as_object
from reelpack.cli.backlot.transfer import KEY, check_folder, emit_run
from reelpack.cli.backlot.words import Code, words
from reelpack.cli.exits import ExitCode, hinting
from reelpack.cli.output import emit, emit_json, note
from reelpack.wording import printable

if TYPE_CHECKING:
    from reelpack.backlot import Delivery

__all__ = ["deliver"]

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_TOKEN = ".transfer_spec.token"  # noqa: S105  (where it stands, not what it is)

_HINTS: dict[type[Exception], str] = {
    FileExistsError: "`--pairs FILE` and `--answer FILE` write others, `--force` replaces these",
}


def _info(text: str) -> tuple[str, str]:
    """Split a field of the asset information, ``KEY=VALUE``, at the first ``=``.

    Raises:
        click.BadParameter: There is no key, or no value.
    """
    key, sign, value = text.partition("=")
    if not (key and sign):
        raise click.BadParameter(f"`{printable(text)}` is not KEY=VALUE")
    return key, value


class _Written(TypedDict):
    """Where things are written."""

    pairs: str
    answer: str


@click.command("deliver")
@click.argument("request_id", metavar="REQUEST")
@click.argument("files", type=PATH, metavar="FILE...", nargs=-1, required=True)
@click.option("--mix-type", type=Code(MixType), help="of an audio print master: nearfield, ...")
@click.option(
    "--format", "audio_format", type=Code(AudioFormat), help="of its sound: atmos, 5.1, ..."
)
@click.option("--dolby-atmos", type=Code(AtmosChoice), help="not-applicable, ...")
@click.option(
    "--info", type=_info, multiple=True, metavar="KEY=VALUE", help="a further field of assetInfo"
)
@click.option("--hermes-id", metavar="ID", help="passed on; its meaning is not public")
@click.option(
    "--pairs", type=PATH, metavar="FILE", help="the list for ascp (default: REQUEST.pairs)"
)
@click.option(
    "--answer", type=PATH, metavar="FILE", help="the answer, kept (default: beside the list)"
)
@click.option(
    "--key", type=PATH, default=KEY, metavar="PATH", help="the SSH key, for the line to run"
)
@click.option("--force", is_flag=True, help="replace list and answer, whatever they are")
@click.option("--again", is_flag=True, help="start it though it was started before")
@about_the_connection
def deliver(  # noqa: PLR0913  (an option each)
    request_id: str,
    files: tuple[str, ...],
    *,
    mix_type: str | None,
    audio_format: str | None,
    dolby_atmos: str | None,
    info: tuple[tuple[str, str], ...],
    hermes_id: str | None,
    pairs: str | None,
    answer: str | None,
    key: str,
    force: bool,
    again: bool,
    connection: Connection,
    as_json: bool,
) -> int:
    """Start the delivery of FILE... to source request REQUEST.

    Tells the sizes of the files, writes the list of pairs that ascp takes, and prints the ascp line
    to run: the bytes are sent by that. Ask when the files are final. The same command a second time
    starts nothing; it writes the same list again.
    """
    told = {"mixType": mix_type, "format": audio_format, "dolbyAtmos": dolby_atmos} | dict(info)
    asset_info = {name: value for name, value in told.items() if value is not None}
    with hinting(_HINTS):
        written = _targets(request_id, pairs, answer)
        _spare(written, files)
        if not force:
            _check_pairs(written["pairs"], files)
            _check_answer(written["answer"])
        with connection.open() as client:
            delivery = client.deliver(
                request_id, files, asset_info=asset_info or None, hermes_id=hermes_id, again=again
            )
            has_token = _write(delivery, written)
            # With its whole path the line can be run from any folder, as the list has whole paths.
            line = delivery.ascp_line(os.path.abspath(written["pairs"]), key=key)  # noqa: PTH100
            delivery.check_sizes()
    if as_json:
        emit_json(_object(delivery, written, line))
    else:
        _print(delivery, written)
        emit_run(line, written["answer"], _TOKEN if has_token else None)
    return ExitCode.OK


def _targets(request_id: str, pairs: str | None, answer: str | None) -> _Written:
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
    return _Written(pairs=pairs, answer=answer)


def _spare(written: _Written, files: tuple[str, ...]) -> None:
    """Make sure that the files are there, and that neither list nor answer is written over one.

    Raises:
        OSError: One is not there.
        click.UsageError: One would be written over.
    """
    for file in files:
        os.stat(file)  # noqa: PTH116  (its error names the path as it was given)
    for option, path in (("--pairs", written["pairs"]), ("--answer", written["answer"])):
        for file in files:
            if os.path.exists(path) and os.path.samefile(path, file):  # noqa: PTH110, PTH121
                raise click.UsageError(f"`{option} {printable(path)}` is a file to be delivered")


def _check_pairs(path: str, files: tuple[str, ...]) -> None:
    """Make sure that a list that is there already is one of these files.

    Raises:
        FileExistsError: It is another one, which a transfer may still need.
    """
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:  # noqa: PTH123
            sources = file.read().split("\n")[:-1:2]
    except FileNotFoundError:
        return
    if sorted(map(os.path.abspath, sources)) != sorted(map(os.path.abspath, files)):
        raise FileExistsError(17, "it lists other files", path)


def _check_answer(path: str) -> None:
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


def _write(delivery: Delivery, written: _Written) -> bool:
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


def _write_pairs(delivery: Delivery, path: str) -> None:
    """Write the list of pairs, unless it is there as it should be."""
    text = delivery.pairs_text()
    try:
        with open(path, encoding="utf-8", errors="surrogateescape", newline="") as file:  # noqa: PTH123
            old = file.read()
    except FileNotFoundError:
        old = None
    if old == text:
        return
    if old is not None:
        note(f"replaced: {printable(path)}, which was of another delivery")
    delivery.write_pairs(path)


def _print(delivery: Delivery, written: _Written) -> None:
    """Print what was started and what was written."""
    sizes = delivery.sizes.values()
    state = words(delivery.transfer_state) + ("" if delivery.kept_since is None else " then")
    emit(
        f"delivery {words(delivery.transfer_id)} to request {words(delivery.request_id)}: "
        f"{wording.files(len(sizes))}, {wording.size(sum(sizes))}, {state}"
    )
    if delivery.kept_since is not None:
        emit(f"started before, at {delivery.kept_since:%Y-%m-%d %H:%M:%S %Z}; nothing was sent")
    emit(f"pairs: {printable(written['pairs'])}")
    emit(f"answer: {printable(written['answer'])}")


def _object(delivery: Delivery, written: _Written, line: list[str]) -> dict[str, object]:
    """Describe all of it for JSON, without the token."""
    return as_object(delivery) | dict(written) | {"ascp": line}
