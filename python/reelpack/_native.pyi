# ruff: noqa: PYI021  (the one place that tells what stands where in each result)
"""The Rust extension. Thin and private: `reelpack` is the documented face of all of it.

Paths are `str`; bytes that are not UTF-8 are escaped as `os.fsdecode` does. Paths inside a result
that are relative have `/` between their parts.
"""

from collections.abc import Callable
from typing import Final, Literal

__all__ = ["__version__", "checksum", "pack", "parse_list", "verify", "walk", "write_list"]

__version__: Final[str]

def checksum(
    source: str,
    *,
    layout: Literal["folder", "root", "npack"],
    jobs: int | None,
    readers: int | None,
    progress: Callable[[int, int, int, int], object] | None,
) -> tuple[list[tuple[str, str, int, int]], list[tuple[str, str]], int]:
    """`(lists, left out, bytes read)`; a list is `(path, text, count, size)`; writes nothing."""

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
    force: bool,
    sync: bool,
    zone: str | None,
    jobs: int | None,
    readers: int | None,
    progress: Callable[[int, int, int, int], object] | None,
) -> tuple[str, int, int, str, int, list[tuple[str, str]], list[str]]:
    """`(path, size, members, text of the list, bytes read, left out, clamped)`."""

def verify(
    path: str,
    *,
    jobs: int | None,
    readers: int | None,
    progress: Callable[[int, int, int, int], object] | None,
) -> tuple[
    int,
    int,
    list[tuple[str, str | None, str, str | int | None, str | int | None]],
    list[tuple[str, str]],
    list[str],
]:
    """`(checked, bytes read, findings, not checked, lists)`.

    A finding is `(path, path_bytes, status, expected, found)`.
    """
