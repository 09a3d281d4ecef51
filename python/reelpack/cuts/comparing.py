"""A plan held against what was delivered by it before."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, Protocol

from reelpack.cuts.rulebook import rule
from reelpack.cuts.tables import clock
from reelpack.file_digests import digests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeAlias

    from reelpack.cuts.disks import Seen
    from reelpack.cuts.plans import CutPlan
    from reelpack.cuts.records import Delivery, SentFile
    from reelpack.file_digests import FileDigests
    from reelpack.progress import Progress
    from reelpack.rules import RuleFinding

__all__ = ["Compared", "compare"]


class Compared(NamedTuple):
    """What came of it.

    Attributes:
        findings: What is not as it was, or ought to be.
        bytes_read: Bytes that were read for it.
    """

    findings: tuple[RuleFinding, ...]
    bytes_read: int


class _Typed(Protocol):
    """A file of a plan or of a delivery."""

    @property
    def path(self) -> str: ...
    @property
    def type(self) -> str: ...


if TYPE_CHECKING:
    _Key: TypeAlias = Callable[[_Typed], str]


def compare(
    plan: CutPlan,
    record: tuple[Delivery, ...],
    seen: Seen,
    *,
    hashes: bool,
    progress: Callable[[Progress], object] | None,
) -> Compared:
    """Hold a plan against the last delivery: as it was, or a later version that is whole.

    Raises:
        OSError: A file cannot be read.
        SourceChangedError: A file changed while it was read.
    """
    if not record:
        return Compared((), 0)
    last = record[-1]
    if plan.version < last.version:
        message = f"version {last.version} was delivered {last.at}, the plan is for an earlier one"
        return Compared((rule("version").finding("", message),), 0)
    alike = _alike(last, seen)
    read = digests([seen.place(each.path) for each in alike], progress=progress) if hashes else ()
    now = dict(zip((each.path for each in alike), read, strict=False))
    same = plan.version == last.version
    found = _same(plan, last, seen, now) if same else _next(plan, last, alike, now)
    return Compared(tuple(found), sum(each.size for each in read))


def _alike(last: Delivery, seen: Seen) -> list[SentFile]:
    """Return the files that are there with the size that they had: only these need to be read."""
    return [each for each in last.files if seen.sizes.get(each.path) == each.size]


def _same(
    plan: CutPlan, last: Delivery, seen: Seen, now: dict[str, FileDigests]
) -> Iterator[RuleFinding]:
    """Hold what was delivered against what is there. That a file is missing is said elsewhere."""
    types = {file.path: file.type for file in plan.files}
    for sent in last.files:
        if sent.path not in types:
            yield rule("taken-out").finding(sent.path, f"was in version {last.version}")
        elif seen.sizes[sent.path] is not None:
            yield from _changed(sent, seen.sizes[sent.path], now.get(sent.path))
        if types.get(sent.path, sent.type) != sent.type:
            message = f"File Type was {sent.type or 'empty'}, is {types[sent.path] or 'empty'} now"
            yield rule("edited").finding(sent.path, message)
    went = {each.path for each in last.files}
    for path in types:
        if path not in went:
            yield rule("sent-later").finding(path, f"did not go with version {last.version}")
    for field, was, is_now in _fields(plan, last):
        yield rule("edited").finding(
            "", f"{field} was {was or 'empty'}, is {is_now or 'empty'} now"
        )


def _changed(sent: SentFile, size: int | None, now: FileDigests | None) -> Iterator[RuleFinding]:
    """Say whether a file that is there is the one that went."""
    if size != sent.size:
        yield rule("changed").finding(sent.path, f"{size:,} bytes, {sent.size:,} were delivered")
    elif now is not None and now.hexdigest != sent.md5:
        yield rule("changed").finding(sent.path, f"MD5 {now.hexdigest}, delivered was {sent.md5}")


def _fields(plan: CutPlan, last: Delivery) -> Iterator[tuple[str, str, str]]:
    """Name the fields of the page that the plan now fills differently."""
    fields = (
        ("Cut Type", last.type, plan.type),
        ("Episode", last.episode, plan.episode),
        ("the note", last.note, plan.note),
    )
    every = (*fields, *_later_fields(plan, last))
    yield from (each for each in every if each[1] != each[2])


def _later_fields(plan: CutPlan, last: Delivery) -> Iterator[tuple[str, str, str]]:
    """Pair the fields that a record need not have; of one that has none nothing can be said."""
    if last.title is not None:
        yield "the title", last.title, plan.title
        yield "the kind", last.kind or "", plan.kind or ""
        yield "the run time", _clock(last.run_time), _clock(plan.run_time)
    if last.release is not None:
        yield "the release", last.release.how, plan.release.how
        yield "its teams", ", ".join(last.release.teams), ", ".join(plan.release.teams)
        yield "its note", last.release.note, plan.release.note


def _clock(seconds: int | None) -> str:
    """Write a run time; nothing where there is none."""
    return "" if seconds is None else clock(seconds)


def _next(
    plan: CutPlan, last: Delivery, alike: list[SentFile], now: dict[str, FileDigests]
) -> Iterator[RuleFinding]:
    """Look at a plan for a new version."""
    if plan.version > last.version + 1:
        yield rule("version-gap").finding("", f"the last that was noted is {last.version}")
    message = f"{last.at} was version {last.version}; all files go again"
    yield rule("redelivery").finding("", message)
    yield from _another_cut(plan, last)
    for kind, count in _lacking(last.files, plan.files).items():
        yield rule("incomplete").finding("", f"{count} fewer {kind} than in the last version")
    kept = [each for each in alike if each.path in now and now[each.path].hexdigest == each.md5]
    if len(kept) == len(last.files) == len(plan.files):
        yield rule("unchanged").finding("", f"all files are those of version {last.version}")


def _another_cut(plan: CutPlan, last: Delivery) -> Iterator[RuleFinding]:
    """Say by what a new version is one of another cut; a field that is empty says nothing."""
    about = (
        ("title", last.title, plan.title),
        ("kind", last.kind, plan.kind),
        ("Cut Type", last.type, plan.type),
        ("Episode", last.episode, plan.episode),
    )
    others = [(field, was, now) for field, was, now in about if was and now and was != now]
    if others:
        now, was = (", ".join(f"{each[0]} {each[at]}" for each in others) for at in (2, 1))
        message = f"version {plan.version} of {now} follows version {last.version} of {was}"
        yield rule("another-cut").finding("", message)


def _lacking(before: Iterable[_Typed], now: Iterable[_Typed]) -> Counter[str]:
    """Count the files without a successor, by File Type, or by ending where they have none.

    A new version has new names, so that types say what follows what. Where one of two files has
    none, its name does, else its ending: a type may be written in once the page shows which.
    """
    left, new = list(before), list(now)
    for was, is_now in _LIKENESSES:
        left, new = _without_successor(left, new, was, is_now)
    return Counter(each.type or _suffix(each) for each in left)


def _without_successor(
    before: list[_Typed], now: list[_Typed], was: _Key, is_now: _Key
) -> tuple[list[_Typed], list[_Typed]]:
    """Return what is left of both where files of one key follow each other; no key, no match."""
    heirs: dict[str, list[_Typed]] = defaultdict(list)
    for each in now:
        heirs[is_now(each)].append(each)
    new = heirs.pop("", [])
    left = []
    for each in before:
        if found := heirs[was(each)]:
            found.pop()
        else:
            left.append(each)
    return left, [*new, *chain.from_iterable(heirs.values())]


def _type(file: _Typed) -> str:
    """Return the File Type."""
    return file.type


def _name(file: _Typed) -> str:
    """Return the file name."""
    return PurePosixPath(file.path).name


def _suffix(file: _Typed) -> str:
    """Return the ending of the file name."""
    return PurePosixPath(file.path).suffix.lower()


def _untyped(key: _Key) -> _Key:
    """Return a key that only files without a File Type have."""
    return lambda file: "" if file.type else key(file)


_LIKENESSES = (
    (_untyped(_name), _name),
    (_name, _untyped(_name)),
    (_type, _type),
    (_untyped(_suffix), _suffix),
    (_suffix, _untyped(_suffix)),
)
"""By what a file follows another, the surest first: the key of the earlier, that of the later."""
