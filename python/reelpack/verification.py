"""A folder or a zip held against the list that came with it.

A frame that is missing or has changed is the answer to the question, not a failure to answer it:
`verify` returns a `Report` and raises only where there is no answer.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reelpack import _native
from reelpack.errors import VerificationError
from reelpack.memory import native_state, work_facts, work_object
from reelpack.names import json_path, json_text
from reelpack.progress import as_native

if TYPE_CHECKING:
    from collections.abc import Callable

    from reelpack.progress import Progress

__all__ = ["Finding", "NotChecked", "Report", "verify"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as the list says. Every finding is a failure.

    Attributes:
        path: Relative to what was verified, with ``/`` between its parts.
        status: ``missing``, ``extra``, ``renamed`` (the bytes of a missing file under another name:
            ``expected`` is the old one), ``mismatch`` (right size, other digest), ``size``,
            ``duplicate`` (one name twice), ``unreadable``, ``unsafe`` (a name that leads outside),
            ``corrupt`` (the zip, the CRC of a member, or a file of a history) or ``contradiction``
            (two generations of a history disagree).
        expected: Digest, size in bytes or None, by the status.
        found: The same of what is there.
        path_bytes: The bytes of the name in hex where it is not UTF-8, else None.
    """

    path: str
    status: str
    expected: str | int | None = None
    found: str | int | None = None
    path_bytes: str | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object; it has ``path_bytes`` only where the name is not UTF-8."""
        about = {"status": self.status, "expected": self.expected, "found": self.found}
        return json_path(self.path, self.path_bytes) | about


@dataclass(frozen=True, slots=True)
class NotChecked:
    """Something that is there and was not looked into.

    Attributes:
        path: Relative to what was verified, with ``/`` between its parts.
        reason: Why, in a few words, such as ``"hidden file"``.
    """

    path: str
    reason: str


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """What `verify` found.

    Attributes:
        checked: Files held against a list, those included that were trusted.
        bytes: Bytes read.
        seconds: How long it took.
        findings: All that is not as the lists say; empty if all is well.
        not_checked: What was not looked into, with the reason of each.
        lists: Paths of the lists judged by, relative to what was verified.
        files_read: Files read.
        files_trusted: Files not read, as the state knew them.
        bytes_trusted: Size of these in bytes.
        state_error: Why nothing, or not all, is remembered; None if nothing stood in the way.
        algorithms: What the digests of the lists are, such as ``md5``.
    """

    checked: int
    bytes: int
    seconds: float
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    lists: tuple[str, ...]
    files_read: int = 0
    files_trusted: int = 0
    bytes_trusted: int = 0
    state_error: str | None = None
    algorithms: tuple[str, ...] = ("md5",)

    def __repr__(self) -> str:
        """Give the counts; 100,000 findings would help nobody."""
        return (
            f"Report(ok={self.ok}, checked={self.checked}, bytes={self.bytes}, "
            f"findings={len(self.findings)}, not_checked={len(self.not_checked)}, "
            f"lists={len(self.lists)}, seconds={self.seconds:.3f})"
        )

    @property
    def ok(self) -> bool:
        """Whether there is no finding."""
        return not self.findings

    @property
    def failures(self) -> tuple[Finding, ...]:
        """The findings that mean the files are not as listed: all of them."""
        return self.findings

    def raise_for_failures(self) -> None:
        """Raise if there is a finding, else do nothing.

        Raises:
            VerificationError: There is at least one; the exception carries this report.
        """
        if self.ok:
            return
        first = self.findings[0]
        count = f"{len(self.findings):,} finding" + "s" * (len(self.findings) > 1)
        message = f"{first.path}: {first.status} ({count} in all, {self.checked:,} files checked)"
        raise VerificationError(message, self)

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object that ``reelpack verify --json`` prints."""
        return {
            "ok": self.ok,
            "checked": self.checked,
            "bytes": self.bytes,
            "seconds": self.seconds,
            "findings": [finding.to_dict() for finding in self.findings],
            "not_checked": [
                json_path(item.path) | {"reason": item.reason} for item in self.not_checked
            ],
            "lists": [json_text(path) for path in self.lists],
            "algorithms": list(self.algorithms),
        } | work_object(self)


def verify(  # noqa: PLR0913  (an option each, all by keyword)
    path: str | os.PathLike[str],
    *,
    cached: bool = False,
    state: str | os.PathLike[str] | bool = True,
    jobs: int | None = None,
    readers: int | None = None,
    progress: Callable[[Progress], object] | None = None,
) -> Report:
    """Hold files against their list, in one pass over them.

    A folder is judged by every list in it, at its root and below: `checksum.txt`, those of `md5sum`
    and its kin, MHL 1.1, and the history of an ASC MHL; a zip by its own structure and the list
    inside, in both directions. Collects all findings instead of stopping at
    the first. Other Python threads run meanwhile, and Ctrl-C stops the work.

    Args:
        path: A folder, a list, the folder ``ascmhl`` of a history, or a zip.
        cached: Trust each file that is as the state knows it: same size, times and inode. Without
            it only what an interrupted call of the same is trusted, which goes on from there.
        state: Where files that were read are remembered: True is the user's own state, False none,
            a path a state of your own, which has to work.
        jobs: Threads that compute, 1 or more; None is one for each CPU core.
        readers: Files read at once, 1 or more; None lets the kind of disk decide.
        progress: Called with a `Progress` a few times a second on this thread.

    Returns:
        The report. Findings do not raise: look at ``ok``, or call ``raise_for_failures``.

    Raises:
        OSError: ``path`` or a list could not be read. A listed file that cannot be read is a
            finding instead.
        ManifestError: There is no list, it is empty, or it is no list.
        PackageError: The disk does not give the directory of a zip. A damaged one is a finding.
        StateError: ``state`` is a path and the state cannot be used.
        ValueError: ``jobs`` or ``readers`` is below 1.

    Example:
        >>> import pathlib, tempfile, reelpack
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> _ = (folder / "a.0001.dpx").write_bytes(b"123456789")
        >>> _ = reelpack.checksum(folder).write()
        >>> verify(folder).ok
        True
    """
    began = time.perf_counter()
    checked, findings, not_checked, lists, algorithms, work = _native.verify(
        os.fspath(path),
        cached=cached,
        jobs=jobs,
        readers=readers,
        progress=as_native(progress),
        **native_state(state),
    )
    return Report(
        checked=checked,
        bytes=work[1],
        seconds=time.perf_counter() - began,
        findings=tuple(_finding(*facts) for facts in findings),
        not_checked=tuple(NotChecked(*facts) for facts in not_checked),
        lists=tuple(lists),
        algorithms=tuple(algorithms),
        **work_facts(work),
    )


def _finding(
    path: str,
    path_bytes: str | None,
    status: str,
    expected: str | int | None,
    found: str | int | None,
) -> Finding:
    """Put the five facts in the order of the class."""
    return Finding(path, status, expected, found, path_bytes)
