"""`reelpack imf deliver`: verify a package, start its delivery, write down how it is sent."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from reelpack import imf, wording
from reelpack.cli.arguments import PATH
from reelpack.cli.backlot.connection import Connection, about_the_connection
from reelpack.cli.backlot.facts import as_object
from reelpack.cli.backlot.transfer import KEY, emit_run
from reelpack.cli.backlot.words import words
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
from reelpack.cli.delivery import quiet_option
from reelpack.cli.exits import ExitCode, hinting
from reelpack.cli.imf.arguments import about_the_threads, with_option
from reelpack.cli.imf.verify import emit_report
from reelpack.cli.output import emit, emit_json, note
from reelpack.cli.progressbar import progress_bar
from reelpack.wording import printable

if TYPE_CHECKING:
    from reelpack.backlot import ImfDelivery
    from reelpack.cli.imf.arguments import Threads
    from reelpack.imf import ImfBody, Report

__all__ = ["command"]


@click.command("deliver")
@click.argument("folder", type=PATH, metavar="DIR")
@click.argument("request_id", metavar="REQUEST")
@with_option
@click.option("--composition", metavar="UUID", help="which one, where DIR has several")
@click.option("--language", metavar="TAG", help="of the package, where it names none or several")
@click.option(
    "--original-language",
    metavar="TAG",
    help="of the title, where the request wants `*` (default: as the request says)",
)
@click.option("--unchecked", is_flag=True, help="do not verify the package before")
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
@about_the_threads
@quiet_option
@about_the_connection
def command(  # noqa: PLR0913  (an option each)
    folder: str,
    request_id: str,
    *,
    having: tuple[str, ...],
    composition: str | None,
    language: str | None,
    original_language: str | None,
    unchecked: bool,
    pairs: str | None,
    answer: str | None,
    key: str,
    force: bool,
    again: bool,
    threads: Threads,
    quiet: bool,
    connection: Connection,
    as_json: bool,
) -> int:
    """Verify the package DIR and start its delivery to source request REQUEST.

    A package with an error is not delivered (exit 1), nor one whose language is not that of the
    request to the letter (exit 2). Writes the list of pairs that ascp takes, and prints the ascp
    line to run: the bytes are sent by that. The same command a second time starts nothing; it
    writes the same list again.
    """
    with hinting(HINTS), connection.open() as client:
        # Before hours of reading: whether there is such a request, and who may ask.
        request = client.request(request_id)
        report = None if unchecked else _verified(folder, having, threads, quiet=quiet)
        if report is not None and not as_json:
            emit_report(report)
        if report is not None and not report.ok:
            _refuse(report, as_json=as_json)
            return ExitCode.FINDING
        body = imf.delivery(
            imf.open(folder, having=having),
            request,
            original_language=original_language,
            composition=composition,
            language=language,
        )
        written = targets(request_id, pairs, answer)
        spare(written, body.files)
        if not force:
            check_pairs(written["pairs"], body.files)
            check_answer(written["answer"])
        delivery = client.deliver_imf(**body.order(), again=again)
        if delivery.transfer_id is None:
            return _refused(delivery, as_json=as_json)
        has_token = write(delivery, written)
        # With its whole path the line can be run from any folder, as the list has whole paths.
        line = delivery.ascp_line(os.path.abspath(written["pairs"]), key=key)  # noqa: PTH100  (pathlib would follow links, and change the spelling)
        delivery.check_sizes()
    if as_json:
        assumed = {"assumed": list(body.assumed)}
        judged = {"report": None if report is None else report.to_dict()}
        emit_json(as_object(delivery) | dict(written) | {"ascp": line} | assumed | judged)
    else:
        _print(delivery, body, written)
        emit_run(line, written["answer"], TOKEN if has_token else None)
    return ExitCode.OK


def _verified(folder: str, having: tuple[str, ...], threads: Threads, *, quiet: bool) -> Report:
    """Verify the package, by all rules."""
    with progress_bar("imf verify", folder, quiet=quiet) as progress:
        return imf.verify(folder, having=having, progress=progress, **threads)


def _refuse(report: Report, *, as_json: bool) -> None:
    """Say why nothing was sent: the package has errors."""
    if as_json:
        emit_json({"delivered": False, "report": report.to_dict()})
        return
    note("hint: nothing was sent; mend the errors, or `--unchecked` delivers it as it is")


def _refused(delivery: ImfDelivery, *, as_json: bool) -> int:
    """Say that the studio refused it, and why."""
    if as_json:
        emit_json(as_object(delivery))
        return ExitCode.FINDING
    for line in _outcome(delivery):
        emit(line)
    note("hint: nothing was started; once that is mended, run the same command again")
    return ExitCode.FINDING


def _print(delivery: ImfDelivery, body: ImfBody, written: Written) -> None:
    """Print what was started and what was written."""
    sizes = delivery.sizes.values()
    state = words(delivery.transfer_state) + ("" if delivery.kept_since is None else " then")
    emit(
        f"delivery {words(delivery.transfer_id)}: {wording.files(len(sizes))}, "
        f"{wording.size(sum(sizes))}, language {printable(body.language)}, {state}"
    )
    if delivery.kept_since is not None:
        emit(f"started before, at {delivery.kept_since:%Y-%m-%d %H:%M:%S %Z}; nothing was sent")
    for line in _outcome(delivery):
        emit(line)
    for assumed in body.assumed:
        emit(f"assumed: {assumed}")
    emit(f"pairs: {printable(written['pairs'])}")
    emit(f"answer: {printable(written['answer'])}")


def _outcome(delivery: ImfDelivery) -> list[str]:
    """Write what became of each composition and track."""
    lines = []
    for each in delivery.compositions:
        about = f": {printable(each.message)}" if each.message else ""
        lines.append(
            f"composition {words(each.composition_play_list_id)}: {words(each.status)}{about}"
        )
        for track in each.tracks or ():
            said = f": {printable(track.message)}" if track.message else ""
            lines.append(f"  track {words(track.track_id)}: {words(track.track_status)}{said}")
    return lines
