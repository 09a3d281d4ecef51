"""Two sequences or two deliveries held against each other: what only one of them has."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reelpack.names import json_path, json_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reelpack.grouping import FrameSequence, Notation

__all__ = ["DeliveryComparison", "FrameComparison", "compare_digests"]

# One span of a range text: `5`, `-3--1`, `20-30x2`.
_SPAN = re.compile(r"(-?\d+)(?:-(-?\d+)(?:x(\d+))?)?")


@dataclass(frozen=True, slots=True)
class FrameComparison:
    """The frame numbers of two sequences, held against each other.

    Attributes:
        here: The sequence compared; None where there is none to the other one.
        there: The sequence that it was compared with; None where there is none.
        only_here: Numbers that only ``here`` has, as text such as ``1-10,15``; empty if none.
        only_there: Numbers that only ``there`` has.
        both: Numbers that both have.
    """

    here: FrameSequence | None
    there: FrameSequence | None
    only_here: str
    only_there: str
    both: str

    @property
    def same(self) -> bool:
        """Whether both have the same frame numbers."""
        return not (self.only_here or self.only_there)

    @property
    def only_here_count(self) -> int:
        """How many frames only ``here`` has."""
        return _count(self.only_here)

    @property
    def only_there_count(self) -> int:
        """How many frames only ``there`` has."""
        return _count(self.only_there)

    @property
    def both_count(self) -> int:
        """How many frames both have."""
        return _count(self.both)

    def to_dict(self, *, notation: Notation = "%") -> dict[str, object]:
        """Return the JSON object; ``here`` and ``there`` are folder and pattern, or None."""
        here, there = (
            None if sequence is None else json_text(sequence.pattern_path(notation))
            for sequence in (self.here, self.there)
        )
        return {
            "here": here,
            "there": there,
            "same": self.same,
            "only_here": self.only_here,
            "only_here_count": self.only_here_count,
            "only_there": self.only_there,
            "only_there_count": self.only_there_count,
            "both": self.both,
            "both_count": self.both_count,
        }


@dataclass(frozen=True, slots=True)
class DeliveryComparison:
    """What became of the files of a delivery in a later one. All paths are sorted.

    Attributes:
        added: Files that only the later one has.
        gone: Files that only the earlier one has.
        changed: Files of one path and two digests, or without a digest on a side.
        renamed: Earlier and later path of files that kept their digest; they are neither gone nor
            added. Files of one digest are paired in the order of their paths.
        unchanged: How many files kept path and digest.
        algorithm: The digest that was compared.
    """

    added: tuple[str, ...] = field(repr=False)
    gone: tuple[str, ...] = field(repr=False)
    changed: tuple[str, ...] = field(repr=False)
    renamed: tuple[tuple[str, str], ...] = field(repr=False)
    unchanged: int
    algorithm: str

    @property
    def same(self) -> bool:
        """Whether both have the same files, under the same names."""
        return not (self.added or self.gone or self.changed or self.renamed)

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object."""
        return {
            "same": self.same,
            "added": [json_path(path) for path in self.added],
            "gone": [json_path(path) for path in self.gone],
            "changed": [json_path(path) for path in self.changed],
            "renamed": [[json_text(path) for path in pair] for pair in self.renamed],
            "unchanged": self.unchanged,
            "algorithm": self.algorithm,
        }


def compare_digests(
    before: Mapping[str, str | None], after: Mapping[str, str | None], *, algorithm: str
) -> DeliveryComparison:
    """Compare two deliveries by the digests of their files, None where there is none."""
    both = before.keys() & after.keys()
    changed = {path for path in both if before[path] is None or before[path] != after[path]}
    gone, added = before.keys() - both, after.keys() - both
    renamed = _renamed({path: before[path] for path in gone}, {path: after[path] for path in added})
    return DeliveryComparison(
        added=tuple(sorted(added - {path for _, path in renamed})),
        gone=tuple(sorted(gone - {path for path, _ in renamed})),
        changed=tuple(sorted(changed)),
        renamed=renamed,
        unchanged=len(both) - len(changed),
        algorithm=algorithm,
    )


def _renamed(
    gone: Mapping[str, str | None], added: Mapping[str, str | None]
) -> tuple[tuple[str, str], ...]:
    """Pair the files that went with those that came, by their digest."""
    places: dict[str | None, list[str]] = defaultdict(list)
    for path in sorted(added, reverse=True):
        places[added[path]].append(path)
    places[None] = []  # without a digest nobody can tell
    return tuple((path, places[gone[path]].pop()) for path in sorted(gone) if places[gone[path]])


def _count(ranges: str) -> int:
    """Count the frames of a range text."""
    spans = _SPAN.findall(ranges)
    return sum(len(range(int(a), int(b or a) + 1, int(step or 1))) for a, b, step in spans)
