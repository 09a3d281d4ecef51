"""`reelpack imf show`: what is in a package, as a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reelpack import imf
from reelpack.cli.arguments import PATH
from reelpack.cli.delivery import json_option
from reelpack.cli.exits import ExitCode, hinting
from reelpack.cli.imf.arguments import HINTS, with_option
from reelpack.cli.output import emit, emit_json
from reelpack.wording import plural, printable, size

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from reelpack.imf import Composition, Marker, Package, Resource, VirtualTrack

__all__ = ["command"]

SHOWN = 100
"""Resources or markers of one track; who has more of them needs no more lines but `--json`."""


@click.command("show")
@click.argument("path", type=PATH, metavar="DIR|FILE")
@with_option
@json_option
def command(path: str, *, having: tuple[str, ...], as_json: bool) -> int:
    """Show what is in the package DIR: compositions, tracks and files, as its documents say.

    FILE is its asset map or one composition playlist. Nothing is checked: `reelpack imf verify`
    does that. Times are hours, minutes, seconds and frames from the start. Exits 1 where a document
    cannot be read.
    """
    with hinting(HINTS):
        package = imf.open(path, having=having)
    if as_json:
        emit_json(package.to_dict())
    else:
        for line in _lines(package):
            emit(printable(line) if line else "")
    return ExitCode.FINDING if package.unreadable else ExitCode.OK


def _lines(package: Package) -> Iterator[str]:
    """Write the package: what it holds, each composition, what it lacks."""
    yield _heading(package)
    for each in package.documents:
        faults = f", {plural(each.problems, 'problem')}" if each.problems else ""
        yield f"  {each.kind}: {_file(package, each.file, each.folder)}{faults}"
    for unread in package.unreadable:
        yield f"  cannot be read: {_file(package, unread.file, unread.folder)}: {unread.reason}"
    for composition in package.compositions:
        yield ""
        yield from _composition(package, composition)
    yield from _apart(package)


def _heading(package: Package) -> str:
    """Write what it is in one line."""
    known = [asset.size for asset in package.assets if asset.size is not None]
    kind = "supplemental package" if package.supplemental else "package"
    return (
        f"{package.path}: {kind}, {plural(len(package.compositions), 'composition')}, "
        f"{plural(len(package.assets), 'asset')}, {size(sum(known))}"
    )


def _composition(package: Package, composition: Composition) -> Iterator[str]:
    """Write one composition: what is said of it, its segments, its tracks."""
    kind = f", {composition.kind}" if composition.kind else ""
    yield f"composition {composition.title or 'without a title'}{kind}"
    for name, value in _facts(package, composition):
        if value:
            yield f"  {name}: {value}"
    for number, segment in enumerate(composition.segments, start=1):
        yield f"  segment {number}: {segment.timecode or 'unknown length'}  {segment.id or '-'}"
    for track in composition.tracks:
        yield from _track(package, track, segments=len(composition.segments))


def _facts(package: Package, composition: Composition) -> Iterator[tuple[str, str | None]]:
    """Name what is said of a composition as a whole."""
    start = composition.composition_timecode
    yield "file", _file(package, composition.file, composition.folder)
    yield "id", composition.id
    yield "duration", _length(composition)
    yield "first time code", None if start is None else start.start
    yield "languages", " ".join(composition.languages)
    yield "regions", " ".join(tag for each in composition.locales for tag in each.regions)
    yield "applications", " ".join(composition.applications)
    yield "issuer", composition.issuer
    yield "creator", composition.creator
    yield "issued", composition.issue_date
    yield "signed", "yes, not checked" if composition.is_signed else None


def _length(composition: Composition) -> str:
    """Write how long it is, and in which units."""
    if composition.duration is None or composition.edit_rate is None:
        return "unknown"
    units = plural(composition.duration, "edit unit")
    return f"{composition.timecode or '?'} ({units} at {_rate(composition.edit_rate)})"


def _track(package: Package, track: VirtualTrack, *, segments: int) -> Iterator[str]:
    """Write one virtual track with its resources or markers."""
    said = (track.codec, " ".join(track.languages), track.id)
    yield f"  {track.kind}: {', '.join(filter(None, said))}"
    # A resource of markers plays nothing.
    played = [each for each in track.resources if each.track_file_id is not None]
    for line in _aligned([_resource(package, each, segments) for each in played[:SHOWN]]):
        yield f"    {line}"
    yield from _more(len(played))
    for each in track.markers[:SHOWN]:
        yield f"    {_marker(each)}"
    yield from _more(len(track.markers))


def _aligned(rows: list[list[str]]) -> Iterator[str]:
    """Write rows as columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()


def _resource(package: Package, each: Resource, segments: int) -> list[str]:
    """Write when something is played, for how long, of which file and from where in it."""
    repeated = f" x{each.repeat_count}" if each.repeat_count != 1 else ""
    missing = f"{each.track_file_id} (not here)"
    first, count = each.entry_point, each.source_duration
    # As in a time code: the second is the first frame that is not played.
    part = f"from {first:,}" if count is None else f"{first:,} to {first + count:,}"
    whole = "" if each.intrinsic_duration is None else f" of {each.intrinsic_duration:,}"
    return [
        f"{each.timecode or '?'} + {each.duration_timecode or '?'}{repeated}",
        *([f"segment {each.segment + 1}"] if segments > 1 else []),
        _file(package, each.file, each.folder) if each.file else missing,
        f"{part}{whole}",
    ]


def _marker(each: Marker) -> str:
    """Write a marker."""
    note = f"  {each.annotation}" if each.annotation else ""
    return f"{each.timecode or '?'}  {each.label}{note}"


def _more(count: int) -> Iterator[str]:
    """Write how many are not shown, if any."""
    if count > SHOWN:
        yield f"    ... and {count - SHOWN:,} more (`--json` lists all)"


def _apart(package: Package) -> Iterator[str]:
    """Write what is not in the package: output profiles, parts elsewhere, parts nobody has."""
    for profile in package.output_profiles:
        yield ""
        yield f"output profile list {_file(package, profile.file, profile.folder)}"
        yield f"  for composition: {profile.composition_id or '-'}"
        yield f"  macros: {' '.join(profile.macros) or '-'}"
    gone = [f"  {each.file or each.id}" for each in package.assets if each.folder is None]
    if gone:
        yield ""
        yield f"listed, and not there: {plural(len(gone), 'asset')}"
        yield from gone[:SHOWN]
        yield from _more(len(gone))
    missing = list(dict.fromkeys(each.id for each in package.not_here))
    if missing:
        yield ""
        yield f"not here: {plural(len(missing), 'asset')}; `--with DIR` names a package that has it"
        yield from (f"  {id_}" for id_ in missing[:SHOWN])
        yield from _more(len(missing))


def _file(package: Package, file: str, folder: int | None) -> str:
    """Name a file, with its folder where that is not the package's own."""
    return f"{package.folders[folder]}/{file}" if folder else file


def _rate(rate: Fraction) -> str:
    """Write a rate."""
    return str(rate.numerator) if rate.denominator == 1 else f"{rate.numerator}/{rate.denominator}"
