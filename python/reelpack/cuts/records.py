"""The record of a plan: what was delivered, and when.

A TOML file beside the plan, named after it: `cut.toml` has `cut.delivered.toml`. Only this package
writes it; a delivery is added and none is ever changed. The plan itself is left as its author wrote
it.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reelpack.cuts import core
from reelpack.cuts.places import plan_path, record_path
from reelpack.cuts.plans import KINDS
from reelpack.cuts.reading import VERSION_LIMIT, read_plan, read_table, release_of
from reelpack.cuts.writing import toml_tables
from reelpack.errors import CutPlanError
from reelpack.facts import Facts
from reelpack.file_digests import digests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reelpack.cuts.plans import CutPlan, Kind, PlannedFile, Release
    from reelpack.cuts.tables import Table
    from reelpack.file_digests import FileDigests
    from reelpack.progress import Progress

__all__ = ["LIMIT", "Delivery", "Record", "SentFile", "deliveries", "note_delivery", "read_record"]

LIMIT = 1 << 22
"""Bytes of the largest record, 4 MiB: some 30,000 files, all versions together."""

UNREAD = "its MD5 is noted: bring it back as it went, or take out of the plan what did not go"
"""What can be done about a file that cannot be read."""

ABOUT = "# What was delivered by the plan. Written by `reelpack cut plan delivered`; do not edit.\n"


@dataclass(frozen=True, slots=True)
class SentFile(Facts):
    """A file as it was delivered.

    Attributes:
        path: As in the plan.
        type: Its File Type; empty if the plan had none.
        size: In bytes.
        md5: Its MD5 in lower-case hex.
    """

    path: str
    type: str
    size: int
    md5: str


@dataclass(frozen=True, slots=True)
class Delivery(Facts):
    """One upload that was made.

    Attributes:
        version: The version that it became, as the plan says.
        at: When it was noted, in UTC, such as ``2026-11-30T12:00:00Z``.
        type: The Cut Type that was entered.
        episode: The Episode that was entered.
        note: The note that was entered.
        files: Everything that went, in the order of the plan.
        title: The project; None if the record does not say, as records did not once, and then
            neither says it what follows.
        kind: ``feature`` or ``episodic``; None if the plan did not say.
        run_time: How long the video was, in whole seconds; None where the plan did not say.
        release: What was to happen after the upload; None if the record does not say.
    """

    version: int
    at: str
    type: str
    episode: str
    note: str
    files: tuple[SentFile, ...]
    title: str | None = None
    kind: Kind | None = None
    run_time: int | None = None
    release: Release | None = None

    @property
    def size(self) -> int:
        """Size of the files together in bytes."""
        return sum(file.size for file in self.files)


class Record(NamedTuple):
    """All that is noted of a plan.

    Attributes:
        plan: Its name, without a folder.
        deliveries: By version.
    """

    plan: str
    deliveries: tuple[Delivery, ...]


def deliveries(plan: str | os.PathLike[str]) -> tuple[Delivery, ...]:
    """Read what was noted of a plan.

    Args:
        plan: The plan, or a link to it; it is not read.

    Returns:
        The deliveries by version; none if there is no record.

    Raises:
        OSError: The record is there and cannot be read.
        CutPlanError: It cannot be understood, or is that of another plan.
    """
    path = record_path(plan)
    if not os.path.lexists(path):
        return ()
    record, name = read_record(path), Path(plan_path(plan)).name
    if record.plan != name:
        reason = f"the record is that of `{record.plan}`; correct it if that was renamed"
        raise CutPlanError(f"{path}: plan.name: {reason}", path)
    return record.deliveries


def read_record(path: str) -> Record:
    """Read a record, whichever plan it is of.

    Raises:
        OSError: It cannot be read.
        CutPlanError: It cannot be understood.
    """
    table = read_table(path, limit=LIMIT)
    about = table.table("plan")
    record = Record(about.line("name"), tuple(map(_delivery, table.tables("deliveries"))))
    about.done()
    table.done()
    versions = [each.version for each in record.deliveries]
    if versions != sorted(set(versions)):
        raise CutPlanError(f"{path}: versions do not rise", path)
    return record


def note_delivery(
    plan: str | os.PathLike[str],
    *,
    at: datetime | None = None,
    now: datetime | None = None,
    progress: Callable[[Progress], object] | None = None,
) -> Delivery:
    """Note that a plan was delivered as it is, with sizes and digests of its files.

    Each file is read once. What `check_plan` finds does not matter here: what is done is done.

    Args:
        plan: The plan, or a link to it.
        at: When, with a time zone; None is now.
        now: The time it is, with a time zone; None asks the clock.
        progress: Called with a `Progress` a few times a second on this thread.

    Returns:
        What was added to the record.

    Raises:
        OSError: The plan or a file cannot be read, or the record not be written.
        CutPlanError: The plan or the record cannot be understood, or this version or a later one
            was noted before, or is being noted, or ``at`` is before the last delivery or later
            than now.
        SourceChangedError: A file changed while it was read.
        ValueError: ``at`` or ``now`` has no time zone, or is no time of UTC.
    """
    name = plan_path(plan)
    today = _utc(datetime.now(UTC) if now is None else now)
    when = today if at is None else _utc(at)
    wanted, before = read_plan(name), deliveries(name)
    _refuse_a_second(name, wanted, before)
    _refuse_the_past(name, when, before)
    _refuse_the_future(name, when, today)
    sent = _read(Path(name).parent, wanted.files, progress)
    added = Delivery(
        version=wanted.version,
        at=when,
        type=wanted.type,
        episode=wanted.episode,
        note=wanted.note,
        files=sent,
        title=wanted.title,
        kind=wanted.kind,
        run_time=wanted.run_time,
        release=wanted.release,
    )
    _add(name, before, added)
    return added


def _add(plan: str, before: tuple[Delivery, ...], added: Delivery) -> None:
    """Write a record with one delivery more, if it is one that can be read again."""
    path, text = record_path(plan), _rendered(Path(plan).name, (*before, added))
    if len(text.encode()) > LIMIT:
        raise CutPlanError(f"{path}: would be larger than {LIMIT:,} bytes", path)
    with _alone(path):
        if deliveries(plan) != before:
            raise CutPlanError(f"{path}: another delivery was noted meanwhile", path)
        core.write_text(path, text, sync=False)


@contextlib.contextmanager
def _alone(path: str) -> Iterator[None]:
    """Keep others from writing a record meanwhile, by a file beside it that only one can make."""
    lock = Path(path).with_name(f".{Path(path).name}.lock")
    try:
        lock.touch(exist_ok=False)
    except FileExistsError as error:
        reason = f"another delivery is being noted; if none is, remove {lock}"
        raise CutPlanError(f"{path}: {reason}", path) from error
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _refuse_a_second(path: str, plan: CutPlan, before: tuple[Delivery, ...]) -> None:
    """Refuse to note a version that is past."""
    if before and plan.version <= before[-1].version:
        last = before[-1]
        raise CutPlanError(
            f"{path}: version {plan.version} cannot be noted, version {last.version} was on "
            f"{last.at}; hint: what was uploaded since is a new version: raise `version`",
            path,
        )


def _refuse_the_past(path: str, when: str, before: tuple[Delivery, ...]) -> None:
    """Refuse a time before the last delivery. Times of one form are in the order of their texts."""
    if before and when < before[-1].at:
        last = before[-1]
        raise CutPlanError(
            f"{path}: {when} is before version {last.version}, which was on {last.at}; hint: where "
            f"that is wrong, correct `at` of version {last.version} in {record_path(path)} by hand",
            path,
        )


def _refuse_the_future(path: str, when: str, now: str) -> None:
    """Refuse a time that is not there yet: no delivery could be noted until then."""
    if when > now:
        raise CutPlanError(
            f"{path}: {when} is later than now, which is {now}; "
            "hint: look at the date and the time zone, or leave out the time to note it as of now",
            path,
        )


def _read(
    folder: Path,
    planned: tuple[PlannedFile, ...],
    progress: Callable[[Progress], object] | None,
) -> tuple[SentFile, ...]:
    """Read the files of a plan.

    Raises:
        OSError: One cannot be read.
        SourceChangedError: One changed while it was read.
    """
    try:
        sums = digests([folder / file.path for file in planned], progress=progress)
    except OSError as error:
        error.add_note(UNREAD)
        raise
    return tuple(map(_sent, planned, sums))


def _sent(file: PlannedFile, was: FileDigests) -> SentFile:
    """Say what a file of the plan was."""
    return SentFile(file.path, file.type, was.size, was.hexdigest)


def _utc(at: datetime) -> str:
    """Write a time in UTC, to the second."""
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()}: a time zone is wanted, such as Z or +01:00")
    try:
        utc = at.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{at.isoformat()}: UTC has no such time") from error
    return f"{utc.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def _rendered(plan: str, record: tuple[Delivery, ...]) -> str:
    """Write a record."""
    told = [
        {key: value for key, value in each.to_dict().items() if value is not None}
        for each in record
    ]
    tables = {"plan": {"name": plan}, "deliveries": told}
    return f"{ABOUT}\n" + "\n".join(toml_tables(tables))


def _delivery(table: Table) -> Delivery:
    """Read one delivery."""
    delivery = Delivery(
        version=table.whole("version", least=1, most=VERSION_LIMIT),
        at=table.line("at"),
        type=table.line("type"),
        episode=table.line("episode"),
        note=table.text("note", ""),
        files=tuple(_sent_file(each) for each in table.tables("files")),
        title=table.line("title", "") if table.has("title") else None,
        kind=table.word("kind", KINDS) if table.has("kind") else None,
        run_time=table.whole("run_time") if table.has("run_time") else None,
        release=release_of(table.table("release")) if table.has("release") else None,
    )
    table.done()
    return delivery


def _sent_file(table: Table) -> SentFile:
    """Read one file of a delivery."""
    file = SentFile(
        path=table.line("path"),
        type=table.line("type", ""),
        size=table.whole("size"),
        md5=table.line("md5"),
    )
    table.done()
    return file
