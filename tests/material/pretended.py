"""Audits that nobody ran, for reports on what no test can put on a disk in a second.

250,000 files, every state of a frame side by side, names that no file system takes: only where a
real audit cannot make the case.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from reelpack import NotChecked
from reelpack.audits import Audit, FrameRun
from reelpack.tables import Table

PICTURE = {
    "format": "dpx",
    "width": 2048,
    "height": 1556,
    "bit_depth": "10",
    "channels": "RGB",
    "compression": "none",
    "encoding": "log",
}

FILES = ["path", "size", "modified", "md5", "crc32", "trusted", "status", "sequence", "frame"]
FILES += ["time_code_name", "layout", *PICTURE, "frame_rate", "time_code", "promised"]
SEQUENCES = ["sequence", "folder", "pattern", "padding", "first", "last", "count", "size"]
SEQUENCES += ["missing", "missing_ranges", "first_time_code", "last_time_code", *PICTURE]
SEQUENCES += ["frame_rate", "status", "findings"]
FINDINGS = ["rule", "severity", "path", "sequence", "message", "fix", "source", "sure"]
FINDINGS += ["path_bytes"]

KINDS = {"modified": "time", "trusted": "bool"}
"""What columns hold that is no text, as far as anybody asks."""

HOSTILE = [
    "<script>alert(1)</script>.dpx",
    "\"'><img src=x onerror=alert(1)>.dpx",
    "</style></title><b>.dpx",
    "bell\x07tab\tnul\x00.dpx",
    "fdp.\u202exe.dpx",
    "latin_\udce9.dpx",
    "&lt;amp&amp;.dpx",
]
"""Names that would do harm where they are not escaped."""

Run = tuple[str, int, int]


@dataclass
class Pretended:
    """What an audit would have found; a row is a dict, and what it lacks is None."""

    files: list[dict[str, object]] = field(default_factory=list)
    sequences: list[dict[str, object]] = field(default_factory=list)
    findings: list[dict[str, object]] = field(default_factory=list)
    frame_maps: list[list[Run]] = field(default_factory=list)

    def sequence(self, runs: list[Run], pattern: str = "nam.%07d.dpx", folder: str = "") -> int:
        """Add a sequence with its files; return its place."""
        place = len(self.frame_maps)
        self.frame_maps.append(runs)
        before = len(self.files)
        prefix = f"{folder}/" if folder else ""
        for state, first, last in runs:
            for frame in range(first, last + 1) if state != "missing" else ():
                self.file(prefix + pattern % frame, status=state, sequence=place, frame=frame)
        count = len(self.files) - before
        self.sequences.append(
            {
                "sequence": place,
                "folder": folder,
                "pattern": pattern,
                "first": runs[0][1],
                "last": runs[-1][2],
                "count": count,
                "size": 12_746_752 * count,
                "findings": 0,
            }
            | PICTURE
        )
        return place

    def file(self, path: str, *, status: str = "present", **facts: object) -> None:
        """Add a file."""
        about = {"path": path, "status": status, "size": 12_746_752, "trusted": False}
        self.files.append(about | PICTURE | facts)

    def finding(self, rule: str, path: str, message: str, **facts: object) -> None:
        """Add a finding, of severity ``error`` if nothing else is said."""
        about = {"rule": rule, "severity": "error", "path": path, "message": message}
        self.findings.append(about | facts)
        place = facts.get("sequence")
        if isinstance(place, int):
            row = self.sequences[place]
            row["findings"] = cast("int", row["findings"]) + 1

    def audit(self, **facts: Any) -> Audit:  # noqa: ANN401  (fields of an audit)
        """Return it as an audit."""
        about: dict[str, Any] = {
            "path": "/deliveries/SHOW_101",
            "profile": "general",
            "files": table(FILES, self.files),
            "sequences": table(SEQUENCES, self.sequences),
            "findings": table(FINDINGS, self.findings),
            "frame_maps": tuple(tuple(FrameRun(*run) for run in runs) for runs in self.frame_maps),
            "not_checked": (NotChecked(".DS_Store", "hidden file"),),
            "lists": ("checksum.txt",),
            "throughput": ((0.0, 0), (1.0, 1_400_000_000), (2.5, 3_059_220_480)),
            "bytes_read": 3_059_220_480,
            "seconds": 2.5,
            "files_read": len(self.files),
        }
        return Audit(**about | facts)


@dataclass
class _Rows:
    """What the extension would hold: rows by number."""

    columns: list[str]
    values: list[tuple[object, ...]]

    def __len__(self) -> int:
        return len(self.values)

    @property
    def kinds(self) -> list[str]:
        return [KINDS.get(name, "text") for name in self.columns]

    def rows(self, offset: int, count: int) -> list[tuple[object, ...]]:
        return self.values[offset : offset + count]


def table(columns: list[str], rows: list[dict[str, object]]) -> Table:
    """Make a table of dicts."""
    values = [tuple(row.get(name) for name in columns) for row in rows]
    return Table(cast("Table", _Rows(columns, values)))  # type: ignore[arg-type]  # as much of a table as is asked for


def faulty() -> Pretended:
    """A delivery with a frame in every state."""
    pretended = Pretended()
    pretended.sequence([("present", 1001, 1100)], "good.%04d.dpx", "r1")
    runs = [("present", 1001, 1004), ("missing", 1005, 1006), ("present", 1007, 1009)]
    runs += [("truncated", 1010, 1010), ("odd", 1011, 1013), ("changed", 1014, 1014)]
    bad = pretended.sequence([*runs, ("unreadable", 1015, 1015)], "bad.%04d.dpx", "r2")
    pretended.finding("held-frames", "r1/good.%04d.dpx", "3 alike", sequence=0, severity="info")
    for number in range(1011, 1014):
        path = f"r2/bad.{number}.dpx"
        pretended.finding("odd-size", path, "1998x1080", sequence=bad, severity="warning")
    facts = {"fix": "render them", "source": "the manual, page 3", "sure": "read there"}
    pretended.finding("gap", "r2/bad.%04d.dpx", "1005-1006 missing", sequence=bad, **facts)
    pretended.finding("list", "r2/bad.1014.dpx", "other bytes", sequence=bad)
    return pretended
