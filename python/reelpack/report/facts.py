"""What the sections of a report are made from, read once from an audit."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reelpack.report.frame_map import FrameMap
from reelpack.report.rows import FileRow, SequenceRow, rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reelpack.audits import Audit
    from reelpack.rules import RuleFinding

__all__ = ["Facts"]

ALL_FILES = 300
"""Files up to which each one is shown, on a dozen pages; of more only those with a finding."""


# No slots here: what was read is kept, and `cached_property` needs a `__dict__`.
@dataclass(frozen=True)
class Facts:
    """An audit, as the sections want it; each part is read when it is first asked for, then kept.

    Attributes:
        audit: The audit itself.
    """

    audit: Audit

    @cached_property
    def sequences(self) -> list[tuple[SequenceRow, FrameMap]]:
        """All sequences with their frame maps, in order."""
        maps = map(FrameMap, self.audit.frame_maps)
        return list(zip(rows(self.audit.sequences, SequenceRow), maps, strict=True))

    @cached_property
    def frames(self) -> Counter[str]:
        """How many frames are in which state, over all sequences."""
        frames: Counter[str] = Counter()
        for _, map_ in self.sequences:
            frames.update(map_.counts)
        return frames

    @cached_property
    def by_path(self) -> Mapping[str, Sequence[RuleFinding]]:
        """The findings of each path."""
        by_path = defaultdict(list)
        for finding in self.audit.problems:
            by_path[finding.path].append(finding)
        return dict(by_path)

    @cached_property
    def files(self) -> list[FileRow]:
        """The files that are shown: those with a finding, then the others where all are few."""
        if len(self.audit.files) > ALL_FILES:
            return list(filter(self._matters, rows(self.audit.files, FileRow)))
        return sorted(rows(self.audit.files, FileRow), key=lambda file: not self._matters(file))

    def _matters(self, file: FileRow) -> bool:
        """Whether a file is shown among many."""
        return file.path in self.by_path or file.status != "present"
