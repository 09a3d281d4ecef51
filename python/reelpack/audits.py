"""Everything that one read of a delivery can tell: rules, sequences, headers, digests, lists."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from reelpack import _native
from reelpack.algorithms import ALGORITHMS
from reelpack.comparisons import compare_digests
from reelpack.expectations import native_expected
from reelpack.judging import Judged, not_checked_objects
from reelpack.memory import native_state, work_facts, work_object
from reelpack.names import json_path, json_text
from reelpack.progress import as_native
from reelpack.rules import RuleFinding, native_profile
from reelpack.tables import Table
from reelpack.targets import check_target
from reelpack.throughput import Throughput
from reelpack.verification import NotChecked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reelpack.algorithms import Algorithm
    from reelpack.comparisons import DeliveryComparison
    from reelpack.progress import Progress

__all__ = ["Audit", "FrameRun", "audit"]


class FrameRun(NamedTuple):
    """Frames of a sequence that follow each other and are in one state.

    Attributes:
        state: ``present``, ``odd`` (unlike its neighbours), ``missing``, ``truncated`` (shorter
            than its header says), ``changed`` (not as its list says) or ``unreadable``.
        first: Number of the first frame.
        last: Number of the last.
    """

    state: str
    first: int
    last: int


# No slots here: `problems` is kept once it was asked for, and `cached_property` needs a `__dict__`.
@dataclass(frozen=True, repr=False)
class Audit(Judged):
    """What one pass over a delivery told. Cannot be pickled, as its tables cannot.

    The tables go to polars, pandas, pyarrow and DuckDB without a copy: `Table` says how.

    Attributes:
        path: The delivery.
        profile: Name of the profile.
        files: A row for each file: ``path``, ``size`` (bytes), ``modified``, a column for each
            digest, ``crc32``, ``trusted``, ``status``, ``sequence``, ``frame``, ``time_code_name``
            (of the frame number at the rate told), then what the header says: ``format``,
            ``layout``, ``width``, ``height``, ``bit_depth``, ``channels``, ``compression``,
            ``encoding``, ``frame_rate``, ``time_code``, ``promised`` (bytes that the file has at
            least).
        sequences: A row for each frame sequence: ``sequence`` (its place, counted from 0),
            ``folder``, ``pattern``, ``padding``, ``first``, ``last``, ``count``, ``size`` (bytes),
            ``missing`` (how many frames), ``missing_ranges``, ``first_time_code``,
            ``last_time_code``, then what the headers of its frames agree on: ``format``, ``width``,
            ``height``, ``bit_depth``, ``channels``, ``compression``, ``encoding``, ``frame_rate``;
            ``status`` (the worst of its frames) and ``findings`` (how many).
        findings: A row for each finding, the worst first; its columns are the attributes of
            `RuleFinding`.
        frame_maps: For each sequence the runs of its frames, in order; what lies between two runs
            was not expected, as between islands.
        not_checked: What was not looked into, with the reason of each; the ``path`` is empty where
            the delivery as a whole is meant.
        lists: Paths of the lists that the files were held against, relative to the delivery.
        throughput: Seconds since the start, and the bytes done by then as `Progress` counts them; a
            few a second, fewer of a long audit.
        bytes_read: Bytes read.
        seconds: How long it took.
        files_read: Files read.
        files_trusted: Files not read, as the state knew them.
        bytes_trusted: Size of these in bytes.
        state_error: Why nothing, or not all, is remembered; None if nothing stood in the way.
    """

    path: str
    profile: str
    files: Table
    sequences: Table
    findings: Table
    frame_maps: tuple[tuple[FrameRun, ...], ...]
    not_checked: tuple[NotChecked, ...]
    lists: tuple[str, ...]
    throughput: tuple[tuple[float, int], ...] = field(compare=False)
    bytes_read: int
    seconds: float
    files_read: int = 0
    files_trusted: int = 0
    bytes_trusted: int = 0
    state_error: str | None = None

    def __repr__(self) -> str:
        """Give the counts; 250,000 files would help nobody."""
        return (
            f"Audit(ok={self.ok}, profile={self.profile!r}, files={len(self.files)}, "
            f"sequences={len(self.sequences)}, findings={len(self.findings)}, "
            f"not_checked={len(self.not_checked)}, seconds={self.seconds:.3f})"
        )

    @cached_property
    def problems(self) -> tuple[RuleFinding, ...]:
        """The findings as objects, in order; made when first asked for, then kept."""
        rows = cast("list[dict[str, Any]]", self.findings.to_dicts())
        return tuple(RuleFinding(**row) for row in rows)

    @property
    def algorithms(self) -> tuple[Algorithm, ...]:
        """The digests that were taken, in the order of their columns."""
        return tuple(name for name in self.files.columns if name in ALGORITHMS)

    @property
    def size(self) -> int:
        """Size of all files together, in bytes."""
        return sum(size for size in self.files.column("size") if isinstance(size, int))

    def _file_count(self) -> int:
        """Count the files."""
        return len(self.files)

    def compare(self, later: Audit) -> DeliveryComparison:
        """Find what became of the files of this delivery in a later one.

        Files are compared by their digests, in the first algorithm that both audits have.

        Args:
            later: The audit of the later delivery.

        Raises:
            ValueError: The two have no algorithm in common.
        """
        common = [name for name in self.algorithms if name in later.algorithms]
        if not common:
            here, there = ", ".join(self.algorithms), ", ".join(later.algorithms)
            raise ValueError(f"algorithms: {here} here and {there} there have none in common")
        before, after = _digests(self.files, common[0]), _digests(later.files, common[0])
        return compare_digests(before, after, algorithm=common[0])

    def to_html(self) -> str:
        """Return the report that people look at: one page that needs no network.

        The verdict comes first, then what is to be mended, the sequences with their frame maps, and
        the files; of very many those with a finding.
        """
        from reelpack.report import render_html  # noqa: PLC0415  (an audit alone needs no page)

        # The folder's own name, also where the audit was of `.`.
        return render_html(self, title=Path(self.path).resolve().name or self.path)

    def write_html(self, path: str | os.PathLike[str]) -> str:
        """Write what `to_html` returns, replacing a file that is there once it is complete.

        Args:
            path: The file, beside the delivery and not in it.

        Returns:
            The path written to.

        Raises:
            OSError: The folder is not there or cannot be written.
            ValueError: ``path`` lies in the delivery.
        """
        check_target(path, self.path)
        target = os.fspath(path)
        _native.write_list(target, json_text(self.to_html()), sync=False)
        return target

    def write_csv(self, path: str | os.PathLike[str]) -> str:
        """Write the table of files as CSV, replacing a file that is there once it is complete.

        The other tables have a `Table.write_csv` of their own.

        Args:
            path: The file, beside the delivery and not in it.

        Returns:
            The path written to.

        Raises:
            OSError: The folder is not there or cannot be written.
            ValueError: ``path`` lies in the delivery.
        """
        check_target(path, self.path)
        return self.files.write_csv(path)

    def to_dict(self, *, entries: bool = False) -> dict[str, object]:
        """Return the JSON object that ``reelpack audit --json`` prints.

        Args:
            entries: Add the rows of ``files``; without it they are counted.

        Returns:
            ``ok``, ``verdict``, ``path``, ``profile``, ``algorithms``, ``files``, ``size``,
            ``sequences`` (each with its ``frame_map``), ``findings``, ``not_checked``, ``lists``,
            ``bytes_read``, ``seconds``, ``files_read``, ``files_trusted``, ``bytes_trusted`` and
            ``state_error``.
        """
        about: dict[str, object] = {
            "ok": self.ok,
            "verdict": self.verdict,
            **json_path(self.path),
            "profile": self.profile,
            "algorithms": list(self.algorithms),
            "files": len(self.files),
            "size": self.size,
            "sequences": self._sequence_objects(),
            "findings": [problem.to_dict() for problem in self.problems],
            "not_checked": not_checked_objects(self.not_checked),
            "lists": [json_text(path) for path in self.lists],
            "bytes_read": self.bytes_read,
            "seconds": self.seconds,
        }
        rows = {"entries": self.files.to_dicts()} if entries else {}
        return about | work_object(self) | rows

    def _sequence_objects(self) -> list[dict[str, object]]:
        """Describe the sequences and their frames as JSON objects."""
        rows = zip(self.sequences.to_dicts(), self.frame_maps, strict=True)
        return [row | {"frame_map": [list(run) for run in runs]} for row, runs in rows]

    def _repr_html_(self) -> str:
        """Show a summary in a notebook; it has no JavaScript."""
        from reelpack.report import summary_html  # noqa: PLC0415  (only notebooks need it)

        return summary_html(self)


def audit(  # noqa: PLR0913  (an option each, all by keyword)
    path: str | os.PathLike[str],
    *,
    profile: str | os.PathLike[str] = "general",
    algorithms: Iterable[Algorithm] = ("md5",),
    first: int | str | None = None,
    frames: int | None = None,
    fps: str | float | None = None,
    islands: bool = False,
    cached: bool = False,
    state: str | os.PathLike[str] | bool = True,
    jobs: int | None = None,
    readers: int | None = None,
    progress: Callable[[Progress], object] | None = None,
) -> Audit:
    """Read a delivery once and tell all that can be told of it.

    Does what `preflight` does, with the same rules and words; takes the digests and the headers of
    the frames from the same bytes; and holds the files against the lists that are there. Writes
    nothing. Collects all findings instead of stopping at the first. Other Python threads run
    meanwhile, and Ctrl-C stops the work.

    Args:
        path: The folder of the delivery.
        profile: The name of one that comes with this package (`profiles` has them), or a file of
            your own: what ends in ``.toml`` or has a ``/``.
        algorithms: The digests to take, one or more of ``"md5"``, ``"sha1"``, ``"sha256"``,
            ``"xxh64"``, ``"xxh3"``, ``"xxh128"`` and ``"c4"``.
        first: The frame that every sequence ought to begin with: its number, or its time code at
            the rate ``fps`` (frame 0 is ``00:00:00:00``). None, of ``frames`` too: from the first
            to the last that is there.
        frames: How many frames each ought to have, 1 or more; belongs to ``first``.
        fps: Frames a second: ``24``, ``"23.976"``, ``"30000/1001"``, ``"29.97df"`` (drop frame).
        islands: Take gaps as meant, as in textless elements.
        cached: Trust each file that is as the state knows it: same size, times and inode. Without
            it only what an interrupted call of the same is trusted, which goes on from there.
        state: Where files that were read are remembered: True is the user's own state, False none,
            a path a state of your own, which has to work.
        jobs: Threads that compute, 1 or more; None is one for each CPU core.
        readers: Files read at once, 1 or more; None lets the kind of disk decide.
        progress: Called with a `Progress` a few times a second on this thread.

    Returns:
        What was found. Findings do not raise: look at ``ok``, or call ``raise_for_failures``.

    Raises:
        OSError: A folder or a list could not be read. Another file that cannot be read is a finding
            instead.
        ManifestError: A list that is there cannot be understood.
        ProfileError: There is no profile of that name, or the file is none.
        StateError: ``state`` is a path and the state cannot be used.
        ValueError: ``first``, ``frames`` or ``fps`` cannot be understood, ``first`` or ``frames``
            is given alone, ``first`` is a time code and ``fps`` is not given, an algorithm is
            unknown or there is none, or ``jobs`` or ``readers`` is below 1.

    Example:
        >>> import pathlib, tempfile
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> _ = (folder / "a.0001.dpx").write_bytes(b"123456789")
        >>> audit(folder).files.column("md5")
        ['25f9e794323b453885f5181f1b624d0b']
    """
    began = time.perf_counter()
    heard = Throughput(progress)
    files, sequences, findings, maps, not_checked, lists, name, work = _native.audit(
        os.fspath(path),
        profile=native_profile(profile),
        algorithms=list(algorithms),
        cached=cached,
        jobs=jobs,
        readers=readers,
        progress=as_native(heard),
        **native_expected(first=first, frames=frames, fps=fps, islands=islands),
        **native_state(state),
    )
    return Audit(
        path=os.fspath(path),
        profile=name,
        files=Table(files),
        sequences=Table(sequences),
        findings=Table(findings),
        frame_maps=tuple(tuple(FrameRun(*run) for run in runs) for runs in maps),
        not_checked=tuple(NotChecked(*facts) for facts in not_checked),
        lists=tuple(lists),
        throughput=heard.samples,
        bytes_read=work[1],
        seconds=time.perf_counter() - began,
        **work_facts(work),
    )


def _digests(files: Table, algorithm: str) -> dict[str, str | None]:
    """Return the digest of each file that is there, by its path."""
    pick = itemgetter(*map(files.columns.index, ("path", algorithm, "status")))
    rows = cast("Iterable[tuple[str, str | None, str]]", map(pick, files))
    return {path: digest for path, digest, status in rows if status != "missing"}
