"""Reads the index of a tape in one of three ways: `tapes_readers.py reelpack|etree|expat INDEX`.

A process of its own, whose memory is that of one way. Each keeps `(path, size, block, digests)` of
every file and says how many these are; a wrong number is a failure.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Callable, Sized

    File = tuple[str, int, int | None, tuple[tuple[str, str], ...]]


def reelpack(index: str) -> Sized:
    """Ours."""
    from reelpack import lto  # noqa: PLC0415 - not part of the others

    return lto.read_ltfs(index).files


def etree(index: str) -> Sized:
    """Element by element, each forgotten when it is over."""
    files: list[File] = []
    folders: list[str] = []
    open_tags: list[str] = []
    for event, element in ET.iterparse(index, ("start", "end")):  # noqa: S314
        if event == "start":
            open_tags.append(element.tag)
            continue
        open_tags.pop()
        if element.tag == "name" and open_tags[-1] == "directory":
            folders.append(element.text or "")
        elif element.tag == "directory":
            folders.pop()
            element.clear()
        elif element.tag == "file":
            files.append(_file("/".join(folders[1:]), element))
            element.clear()
    return files


def _file(folder: str, element: ET.Element) -> File:
    block = element.findtext("extentinfo/extent/startblock")
    digests = tuple(
        (key[len("ltfs.hash.") :].removesuffix("sum"), each.findtext("value") or "")
        for each in element.iterfind("extendedattributes/xattr")
        if (key := each.findtext("key") or "").startswith("ltfs.hash.")
    )
    path = f"{folder}/{element.findtext('name')}"
    return path, int(element.findtext("length") or 0), int(block) if block else None, digests


class Handlers:
    """What the parser calls."""

    def __init__(self) -> None:
        self.files: list[File] = []
        self.folders: list[str] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.found: dict[str, str] = {}

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self.open.append(name)
        self.text.clear()
        if name == "file":
            self.found = {}

    def end(self, name: str) -> None:
        self.open.pop()
        above = self.open[-1] if self.open else ""
        if name == "file":
            self.files.append(self.file())
        elif name == "directory":
            self.folders.pop()
        elif name == "name" and above == "directory":
            self.folders.append("".join(self.text))
        elif above in {"file", "extent", "xattr"}:
            self.found[name] = "".join(self.text)

    def file(self) -> File:
        block = self.found.get("startblock")
        key = self.found.get("key", "")
        algorithm = key.removeprefix("ltfs.hash.").removesuffix("sum")
        digests = ((algorithm, self.found["value"]),) if key.startswith("ltfs.hash.") else ()
        path = "/".join([*self.folders[1:], self.found["name"]])
        return path, int(self.found["length"]), int(block) if block else None, digests


def pyexpat(index: str) -> Sized:
    """The parser below that, without elements."""
    handlers = Handlers()
    parser = expat.ParserCreate("UTF-8")
    parser.buffer_text = True
    parser.StartElementHandler = handlers.start
    parser.EndElementHandler = handlers.end
    parser.CharacterDataHandler = handlers.text.append
    with open(index, "rb") as file:  # noqa: PTH123 - as any script would
        parser.ParseFile(file)
    return handlers.files


READERS: dict[str, Callable[[str], Sized]] = {
    "reelpack": reelpack,
    "etree": etree,
    "expat": pyexpat,
}


def main() -> None:
    name, index = sys.argv[1:]
    count = len(READERS[name](index))
    expected = int(index.rpartition("_")[2].removesuffix(".xml"))
    if count != expected:
        sys.exit(f"{count:,} files, not {expected:,}")


if __name__ == "__main__":
    main()
