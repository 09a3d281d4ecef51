"""`reelpack sequences`: the frame sequences of a tree, and what is missing in them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

import reelpack
from reelpack import wording
from reelpack.cli import problems
from reelpack.cli.arguments import PATH
from reelpack.cli.delivery import Expected, about_the_sequences, json_option, quiet_option
from reelpack.cli.exits import ExitCode
from reelpack.cli.output import emit, emit_json, note
from reelpack.cli.progressbar import progress_bar
from reelpack.cli.reasons import by_reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reelpack import FrameComparison, FrameSequence, RuleFinding, Sequences
    from reelpack.grouping import Notation

__all__ = ["command"]

RUNS_SHOWN = 10
"""Runs of frames named in one line; of more only the first help."""


@click.command("sequences")
@click.argument("path", type=PATH)
@about_the_sequences
@click.option(
    "--notation",
    type=click.Choice(["%", "#", "@", "$F"]),
    default="%",
    help="how to write the number: %07d, #######, @@@@@@@ or $F7 (default: %)",
)
@click.option(
    "--against",
    type=PATH,
    metavar="OTHER",
    help="compare frame numbers with the sequences of OTHER",
)
@json_option
@quiet_option
def command(  # noqa: PLR0913  (an option each)
    path: str,
    *,
    expected: Expected,
    notation: Notation,
    against: str | None,
    as_json: bool,
    quiet: bool,
) -> int:
    """Show the frame sequences under PATH, and what is missing in them. Opens no file.

    PATH is a folder. With `--against` a difference is a finding: a frame that only one side has.
    With `--islands` as well only a frame of PATH that OTHER lacks is one.
    """
    with progress_bar("sequences", path, quiet=quiet):
        found = reelpack.sequences(path, **expected)
        compared = found.compare(reelpack.sequences(against, **expected)) if against else ()
    differ = [each for each in compared if _differs(each, islands=expected["islands"])]
    if as_json:
        objects = [each.to_dict(notation=notation) for each in compared]
        emit_json(found.to_dict(notation=notation) | ({"against": objects} if against else {}))
    else:
        _print(found, notation)
        for each in compared:
            emit(f"{'differs' if each in differ else 'same':7}  {_compared(each, notation)}")
    return ExitCode.OK if found.ok and not differ else ExitCode.FINDING


def _differs(compared: FrameComparison, *, islands: bool) -> bool:
    """Whether a comparison is a finding; of islands only frames that the other lacks are."""
    return bool(compared.only_here) if islands else not compared.same


def _print(found: Sequences, notation: Notation) -> None:
    """Print the sequences, what is wrong with them and the sum; then what was left out."""
    for sequence in found:
        emit(_line(sequence, notation))
    for line in problems.lines([_named(finding, found, notation) for finding in found.findings]):
        emit(line)
    emit(
        f"{wording.plural(len(found), 'sequence')}, {wording.plural(found.frames, 'frame')}, "
        f"{wording.size(found.size)}; {wording.files(len(found.singles))} in no sequence"
    )
    for line in by_reason("left out", found.left_out):
        note(line)


def _named(finding: RuleFinding, found: Sequences, notation: Notation) -> RuleFinding:
    """Write the pattern that a finding is about as the lines above it do."""
    if finding.sequence is None or finding.path != found[finding.sequence].pattern_path("#"):
        return finding
    return replace(finding, path=found[finding.sequence].pattern_path(notation))


def _line(sequence: FrameSequence, notation: Notation) -> str:
    """Write one sequence: its pattern, its range, its counts and what is missing."""
    codes = (sequence.first_timecode, sequence.last_timecode)
    told = f" ({codes[0]}-{codes[1]})" if None not in codes else ""
    size = "" if sequence.size is None else f", {wording.size(sequence.size)}"
    return (
        f"{wording.printable(sequence.pattern_path(notation))}  {_range(sequence)}{told}  "
        f"{wording.plural(sequence.count, 'frame')}{size}{_missing(sequence.missing)}"
    )


def _range(sequence: FrameSequence) -> str:
    """Write from where to where a sequence goes; where its gaps are meant, which frames it has."""
    if sequence.missing:
        return _span(sequence.first, sequence.last)
    return _some(sequence.ranges.split(","))


def _missing(runs: Sequence[tuple[int, int]]) -> str:
    """Write which frames are missing, to follow what is there."""
    if not runs:
        return ""
    count = sum(last - first + 1 for first, last in runs)
    return f", {count:,} missing: {_some([_span(*run) for run in runs])}"


def _compared(compared: FrameComparison, notation: Notation) -> str:
    """Write how two sequences differ."""
    sides = [side for side in (compared.here, compared.there) if side is not None]
    names = dict.fromkeys(wording.printable(side.pattern_path(notation)) for side in sides)
    told = [wording.plural(compared.both_count, "frame") + " in both"]
    for word, ranges, count in (
        ("only here", compared.only_here, compared.only_here_count),
        ("only there", compared.only_there, compared.only_there_count),
    ):
        if ranges:
            told.append(f"{count:,} {word}: {_some(ranges.split(','))}")
    return f"{' and '.join(names)}  {'; '.join(told)}"


def _span(first: int, last: int) -> str:
    """Write a run of frame numbers."""
    return str(first) if first == last else f"{first}-{last}"


def _some(runs: Iterable[str]) -> str:
    """Write the first few runs, and how many there are more."""
    shown = list(runs)
    more = f" and {len(shown) - RUNS_SHOWN:,} more" if len(shown) > RUNS_SHOWN else ""
    return ",".join(shown[:RUNS_SHOWN]) + more
