"""What earlier runs remembered: the state file, and what of it a result tells.

A state is an SQLite file with one line for each file that was read to its end: what it was (size,
times, inode) and its digests. A file that still is what it was need not be read again.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from typing import Protocol, TypedDict

from reelpack import _native
from reelpack.errors import StateError
from reelpack.names import json_path, json_text

__all__ = ["State", "Unfinished", "state"]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A run that was stopped, that failed or that is still at work.

    The same call goes on from there. Each time that one is stopped counts as a run of its own.

    Attributes:
        job: ``checksum``, ``zip``, ``copy``, ``verify`` or ``plan``.
        source: What it reads.
        target: What it writes; None where it writes nothing.
        part: The hidden file in which it keeps what is written; None if there is none.
        part_size: Size of that file in bytes.
        began: When it was started, in seconds since 1970.
        files: Files that it has read and noted.
    """

    job: str
    source: str
    target: str | None
    part: str | None
    part_size: int
    began: float
    files: int

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object."""
        return {
            "job": self.job,
            "source": json_text(self.source),
            "target": None if self.target is None else json_text(self.target),
            "part": None if self.part is None else json_text(self.part),
            "part_size": self.part_size,
            "began": self.began,
            "files": self.files,
        }


@dataclass(frozen=True, slots=True)
class State:
    """What is remembered, counted when `state` was called.

    Attributes:
        path: The state file, which need not be there.
        size: Its size in bytes.
        files: Files remembered.
        folders: Folders that they lie in.
        unfinished: The runs that did not end well, or not yet; the oldest first.
        error: Why it cannot be used, in one line; `clear` removes it all the same. None if it can.
    """

    path: str
    size: int
    files: int
    folders: int
    unfinished: tuple[Unfinished, ...]
    error: str | None = None

    def forget(self, folder: str | os.PathLike[str]) -> int:
        """Forget what is known of a folder and all below it, so that it is read again.

        Args:
            folder: The folder; it need not be there any more.

        Returns:
            How many files were forgotten.

        Raises:
            StateError: The state cannot be used.
        """
        return _native.state_forget(self.path, os.fspath(folder))

    def prune(self) -> int:
        """Forget the files that are no more. No file is read, but each is looked for.

        One on a volume that is not mounted counts as gone. Runs whose source and whose hidden file
        are gone are forgotten too.

        Returns:
            How many files were forgotten.

        Raises:
            StateError: The state cannot be used.
        """
        return _native.state_prune(self.path)

    def clear(self) -> int:
        """Remove what stopped runs keep beside their targets, then the state file itself.

        What a run that is going on keeps is left to it. Which deliveries to Backlot were started is
        forgotten too, so that one could be started twice.

        Returns:
            How many of these hidden files were removed.

        Raises:
            OSError: One of them, or the state file, cannot be removed.
            StateError: The file is no state of ours; it is left as it is.
        """
        return _native.state_clear(self.path)

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object that ``reelpack state --json`` prints."""
        return json_path(self.path) | {
            "size": self.size,
            "files": self.files,
            "folders": self.folders,
            "unfinished": [run.to_dict() for run in self.unfinished],
            "error": self.error,
        }


def state(file: str | os.PathLike[str] | None = None) -> State:
    """Look up what is remembered.

    Args:
        file: The state file; None is the user's own. It need not be there.

    Returns:
        The counts, and the unfinished runs.

    Raises:
        StateError: This user has no folder to keep a state in.

    Example:
        >>> import pathlib, tempfile
        >>> state(pathlib.Path(tempfile.mkdtemp(), "state.db")).files
        0
    """
    path = _own_file() if file is None else os.fspath(file)
    try:
        size, files, folders, unfinished = _native.state_facts(path)
    except StateError as error:
        return State(path, 0, 0, 0, (), str(error))
    return State(path, size, files, folders, tuple(Unfinished(*facts) for facts in unfinished))


class NativeState(TypedDict):
    """What the extension wants to know about the state."""

    state: str | None
    required: bool


def native_state(state: str | os.PathLike[str] | bool) -> NativeState:  # noqa: FBT001  (no switch)
    """Turn the argument ``state`` of the public functions into two for the extension.

    A file that was named has to work. The user's own is taken if there can be one.
    """
    if not isinstance(state, bool):
        return NativeState(state=os.fspath(state), required=True)
    own = None
    if state:
        with contextlib.suppress(StateError):
            own = _own_file()
    return NativeState(state=own, required=False)


class WorkFacts(TypedDict):
    """What was done and what was spared, as keyword arguments of a result."""

    files_read: int
    files_trusted: int
    bytes_trusted: int
    state_error: str | None


def work_facts(work: tuple[int, int, int, int, str | None]) -> WorkFacts:
    """Name what the extension says of its work; the bytes read, which differ in name, are not."""
    files_read, _, files_trusted, bytes_trusted, state_error = work
    return WorkFacts(
        files_read=files_read,
        files_trusted=files_trusted,
        bytes_trusted=bytes_trusted,
        state_error=state_error,
    )


class _Worked(Protocol):
    """A result that tells of its work."""

    @property
    def files_read(self) -> int: ...
    @property
    def files_trusted(self) -> int: ...
    @property
    def bytes_trusted(self) -> int: ...
    @property
    def state_error(self) -> str | None: ...


def work_object(result: _Worked) -> dict[str, object]:
    """Describe the work of a result as keys of its JSON object."""
    return {
        "files_read": result.files_read,
        "files_trusted": result.files_trusted,
        "bytes_trusted": result.bytes_trusted,
        "state_error": result.state_error,
    }


def _own_file() -> str:
    """Return the path of the user's own state.

    Raises:
        StateError: This user has no home folder, as in some containers.
    """
    import platformdirs  # noqa: PLC0415  (10 ms that a run with its own state, or none, need not pay)

    try:
        return str(platformdirs.user_cache_path("reelpack", appauthor=False) / "state.db")
    except RuntimeError as error:
        raise StateError(f"state.db: {error}", "state.db") from error
