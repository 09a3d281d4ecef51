"""File systems of their own: such as share blocks between files, such as do not, and full ones."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from material.needs import give_up, need

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["xfs", "btrfs", "ext4", "tmpfs"]

MIB = 1 << 20

SMALLEST = 300 * MIB
"""`mkfs.xfs` refuses a smaller disk."""

MAKERS: dict[Kind, list[str]] = {
    "xfs": ["mkfs.xfs", "-q", "-m", "reflink=1"],
    "btrfs": ["mkfs.btrfs", "-q"],
    "ext4": ["mkfs.ext4", "-q"],
}
"""What makes a file system in a file; tmpfs needs no making."""


@contextlib.contextmanager
def mounted(kind: Kind, size: int = SMALLEST) -> Iterator[Path]:
    """Mount an empty file system of `size` bytes while the block runs.

    It takes no more room than what is written to it. Skips the test where that cannot be done, but
    never on the CI.
    """
    if os.geteuid() != 0:
        give_up("mounting needs root")
    with tempfile.TemporaryDirectory(prefix="reelpack-") as name:
        disk, folder = Path(name, "disk"), Path(name, kind)
        folder.mkdir()
        if kind == "tmpfs":
            need("mount", "-t", "tmpfs", "-o", f"size={size}", "reelpack", folder)
        else:
            with disk.open("wb") as file:
                file.truncate(size)
            need(*MAKERS[kind], disk)
            need("mount", "-o", "loop", disk, folder)
        try:
            yield folder
        finally:
            unmount(folder)


def unmount(folder: Path) -> None:
    """Unmount; where something still holds on to it, as soon as that lets go."""
    if subprocess.run(["umount", folder], capture_output=True, check=False).returncode != 0:
        subprocess.run(["umount", "--lazy", folder], check=True)


def in_memory() -> tempfile.TemporaryDirectory[str]:
    """A temporary folder in memory where there is such a place, for much that is written."""
    memory = Path("/dev/shm")  # noqa: S108  (a folder of its own is made there)
    return tempfile.TemporaryDirectory(prefix="reelpack-", dir=memory if memory.is_dir() else None)
