# ruff: noqa: PYI021  (the one place that tells what stands where in each result)
"""The Rust extension. Thin and private: `reelpack` is the documented face of all of it.

Paths are `str`; bytes that are not UTF-8 are escaped as `os.fsdecode` does. Paths inside a result
that are relative have `/` between their parts.

`state` is the file that remembers, None for none; with `required` it has to work. `cached` trusts
all that it knows, else only what an interrupted run of the same had finished.
"""

from collections.abc import Callable
from typing import Final, Literal, TypeAlias, final

__all__ = [
    "Plan",
    "__version__",
    "checksum",
    "copy",
    "pack",
    "parse_list",
    "plan",
    "state_clear",
    "state_facts",
    "state_forget",
    "state_prune",
    "verify",
    "walk",
    "write_list",
]

__version__: Final[str]

# `(files read, bytes read, files trusted, bytes trusted, why nothing is remembered)`
_Work: TypeAlias = tuple[int, int, int, int, str | None]

def checksum(
    source: str,
    *,
    layout: Literal["folder", "root", "npack"],
    update: bool,
    state: str | None,
    required: bool,
    cached: bool,
    jobs: int | None,
    readers: int | None,
    progress: Callable[[int, int, int, int], object] | None,
) -> tuple[
    list[tuple[str, str, int, int]],
    list[tuple[str, str]],
    _Work,
    list[tuple[str, Literal["new", "changed", "gone"]]],
]:
    """`(lists, left out, work, changes)`; writes nothing.

    A list is `(path, text, count, size)`. Changes are sorted by path, and none without `update`.
    """

def write_list(path: str, text: str, *, sync: bool) -> None:
    """Write `text` to `path` under a temporary name, then rename."""

def parse_list(text: str, *, path: str) -> list[tuple[str, int, str, str]]:
    """`(name, size, algorithm, hexdigest)` of each line, in order; `path` is for messages only."""

def walk(source: str, *, layout: Literal["folder", "root", "npack"]) -> list[tuple[str, int]]:
    """`(folder, count of files listed there)` in the order of the walk; reads no file."""

def pack(
    source: str,
    target: str,
    *,
    layout: Literal["flat", "tree", "npack"],
    clone: Literal["auto", "always", "never"],
    force: bool,
    sync: bool,
    zone: str | None,
    state: str | None,
    required: bool,
    cached: bool,
    jobs: int | None,
    readers: int | None,
    progress: Callable[[int, int, int, int], object] | None,
) -> tuple[str, int, int, str, list[tuple[str, str]], list[str], _Work, bytes]:
    """`(path, size, members, text of the list, left out, clamped, work, ways)`.

    The ways are a byte for each line of the list: 0 copied, 1 cloned, 2 kept.
    """

def copy(
    source: str,
    target: str,
    *,
    clone: Literal["auto", "always", "never"],
    force: bool,
    sync: bool,
    verify: bool,
    state: str | None,
    required: bool,
    cached: bool,
    jobs: int | None,
    readers: int | None,
    progress: Callable[[int, int, int, int], object] | None,
) -> tuple[list[tuple[str, str, int, int]], list[tuple[str, str]], _Work, list[str], bytes, bool]:
    """`(lists, left out, work, names, ways, verified)`; the lists are written already.

    The ways are a byte for each name: 0 copied, 1 cloned, 2 kept.
    """

def verify(
    path: str,
    *,
    state: str | None,
    required: bool,
    cached: bool,
    jobs: int | None,
    readers: int | None,
    progress: Callable[[int, int, int, int], object] | None,
) -> tuple[
    int,
    list[tuple[str, str | None, str, str | int | None, str | int | None]],
    list[tuple[str, str]],
    list[str],
    _Work,
]:
    """`(checked, findings, not checked, lists, work)`.

    A finding is `(path, path_bytes, status, expected, found)`.
    """

def plan(
    source: str,
    *,
    layout: Literal["flat", "tree"],
    aligned: bool,
    zone: str | None,
    state: str | None,
    required: bool,
    cached: bool,
    jobs: int | None,
    readers: int | None,
) -> Plan:
    """The zip of `source`, known to the byte; writes nothing."""

@final
class Plan:
    """A zip that need not be anywhere; threads may share it."""

    @property
    def size(self) -> int: ...
    @property
    def members(self) -> list[tuple[str, int, int, int]]:
        """`(name, offset of its header, offset of its data, size)`; the list is the last."""

    @property
    def left_out(self) -> list[tuple[str, str]]: ...
    @property
    def clamped(self) -> list[str]: ...
    @property
    def state_error(self) -> str | None: ...
    def read(self, offset: int, count: int) -> bytes:
        """`count` bytes from `offset` on, fewer only at the end."""

    def stream(
        self,
        write: Callable[[bytes], object],
        *,
        progress: Callable[[int, int, int, int], object] | None,
    ) -> None:
        """Hand all of it to `write`, piece by piece."""

def state_facts(
    path: str,
) -> tuple[int, int, int, list[tuple[str, str, str | None, str | None, int, float, int]]]:
    """`(size, files, folders, unfinished)`; nothing of all where there is no file.

    An unfinished run is `(job, source, target, part, size of the part, began, files done)`.
    """

def state_forget(path: str, folder: str) -> int:
    """Forget `folder` and all below it; how many files that were."""

def state_prune(path: str) -> int:
    """Forget the files that are no more; how many these were."""

def state_clear(path: str) -> int:
    """Remove the parts that nobody uses, then the state file; how many parts these were."""
