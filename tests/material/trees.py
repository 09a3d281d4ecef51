"""Random trees of files, for comparing readers and writers of lists and zips.

A tree is made from a seed, so a failing one can be made again. Names are odd but lawful: what the
list format cannot hold (TAB, CR, LF, outer blanks, names that are not UTF-8) has tests of its own.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from pathlib import Path

WORDS = [
    "plate",
    "Shot_010",
    "séquence",
    "画面",
    "кадр",
    "a b",
    "two  blanks",
    "e\u0301",  # decomposed: a different name than "é"
    "[x]",
    "100%",
    "$HOME",
    "q'uote\"",
    "-f",
    "~tilde",
    "\x01control",  # sorts before a TAB, so sorting by name and by line differ
    "emoji🎬",
    "semi;colon",
]

FOLDER_WORDS = [word for word in WORDS if word.isprintable()]
"""Progress lines name folders, and ours show a control character escaped."""

LOOK_ALIKES = [
    "checksum.txt",
    "my_checksum.txt.bak",
    "CHECKSUM.TXT",
    "checksum.txt~",
    "checksum.tx",
    "checksum_txt",
    "checksum.txt2",
]

SIZES = [0, 1, 55, 56, 63, 64, 65, 127, 128, 1000, 4095, 4096, 4097, 70_000]
"""Edges of an MD5 block (64 bytes, padding from 56 on) and of a page, and a few more."""


@dataclass
class Tree:
    """A tree being grown; ``names`` keeps base names apart, since one list holds them all."""

    root: Path
    rng: random.Random
    names: set[str] = field(default_factory=set)
    files: list[Path] = field(default_factory=list)

    def grow(self) -> None:
        """Files, folders, hidden ones, look-alikes and links, a few of each."""
        for folder in self.folders():
            for _ in range(self.rng.randrange(6)):
                self.add_file(folder, self.fresh_name())
        self.add_look_alikes()
        self.add_links()

    def folders(self) -> list[Path]:
        """Some folders below each other, some of them hidden, some that will stay empty."""
        folders = [self.root]
        for number in range(self.rng.randrange(5)):
            hidden = "." if self.rng.random() < 0.25 else ""
            parent = self.rng.choice(folders)
            folder = parent / f"{hidden}{self.rng.choice(FOLDER_WORDS)}_{number}"
            folder.mkdir(parents=True)
            folders.append(folder)
        return folders

    def fresh_name(self) -> str:
        """A base name no other file of the tree has; one in eight is hidden."""
        while True:
            name = f"{self.rng.choice(WORDS)}.{self.rng.randrange(120):04d}.dpx"
            name = name.removesuffix(".dpx") if self.rng.random() < 0.1 else name
            name = f".{name}" if self.rng.random() < 0.125 else name
            if name not in self.names:
                return name

    def add_file(self, folder: Path, name: str) -> None:
        path = folder / name
        path.write_bytes(self.rng.randbytes(self.rng.choice(SIZES)))
        self.names.add(name)
        self.files.append(path)

    def add_look_alikes(self) -> None:
        """Names like that of the list itself, in the root or below."""
        for name in self.rng.sample(LOOK_ALIKES, self.rng.randrange(4)):
            # An earlier list at the root would be replaced by the one under test.
            below = [path.parent for path in self.files if path.parent != self.root]
            at_root = name != "checksum.txt"
            if at_root or below:
                self.add_file(self.root if at_root else self.rng.choice(below), name)

    def add_links(self) -> None:
        """Links to files, which count as files, and to folders, which nobody enters."""
        for number in range(self.rng.randrange(3)):
            if self.files:
                target = self.rng.choice(self.files)
                self.link(self.root / f"link_{number}.dpx", target)
        if self.rng.random() < 0.5:
            self.link(self.root / "link_to_folder", self.root)

    def link(self, path: Path, target: Path) -> None:
        path.symlink_to(os.path.relpath(target, path.parent))
        self.names.add(path.name)


def grow(root: Path, rng: random.Random) -> Path:
    """Make ``root`` and fill it; returns ``root``."""
    root.mkdir()
    Tree(root, rng).grow()
    return root
