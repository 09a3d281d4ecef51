"""`reelpack backlot deliver`: start a delivery, and write down how its files are sent."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from reelpack import wording
from reelpack.backlot import AtmosChoice, AudioFormat, MixType
from reelpack.cli.arguments import PATH
from reelpack.cli.backlot.connection import Connection, about_the_connection
from reelpack.cli.backlot.facts import as_object
from reelpack.cli.backlot.transfer import KEY, emit_run
from reelpack.cli.backlot.words import Code, words
from reelpack.cli.backlot.written import (
    HINTS,
    TOKEN,
    Written,
    check_answer,
    check_pairs,
    spare,
    targets,
    write,
)
from reelpack.cli.exits import ExitCode, hinting
from reelpack.cli.output import emit, emit_json
from reelpack.wording import printable

if TYPE_CHECKING:
    from reelpack.backlot import Delivery

__all__ = ["deliver"]


def _info(text: str) -> tuple[str, str]:
    """Split a field of the asset information, ``KEY=VALUE``, at the first ``=``.

    Raises:
        click.BadParameter: There is no key, or no value.
    """
    key, sign, value = text.partition("=")
    if not (key and sign):
        raise click.BadParameter(f"`{printable(text)}` is not KEY=VALUE")
    return key, value


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
    with hinting(HINTS):
        written = targets(request_id, pairs, answer)
        spare(written, files)
        if not force:
            check_pairs(written["pairs"], files)
            check_answer(written["answer"])
        with connection.open() as client:
            delivery = client.deliver(
                request_id, files, asset_info=asset_info or None, hermes_id=hermes_id, again=again
            )
            has_token = write(delivery, written)
            # With its whole path the line can be run from any folder, as the list has whole paths.
            line = delivery.ascp_line(os.path.abspath(written["pairs"]), key=key)  # noqa: PTH100  (pathlib would follow links, and change the spelling)
            delivery.check_sizes()
    if as_json:
        emit_json(_object(delivery, written, line))
    else:
        _print(delivery, written)
        emit_run(line, written["answer"], TOKEN if has_token else None)
    return ExitCode.OK


def _print(delivery: Delivery, written: Written) -> None:
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


def _object(delivery: Delivery, written: Written, line: list[str]) -> dict[str, object]:
    """Describe all of it for JSON, without the token."""
    return as_object(delivery) | dict(written) | {"ascp": line}
