"""What changed from one composition to another."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from reelpack.facts import Facts, Kind
from reelpack.imf import core

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Change", "Difference", "diff"]


@dataclass(frozen=True, slots=True)
class Change(Facts):
    """One change. Edit units are those of the second composition; of the first where it is gone.

    Attributes:
        kind: ``segment``, ``track``, ``resource``, ``track file``, ``language``, ``marker`` or
            ``property``.
        what: ``added``, ``removed``, ``changed`` or ``moved``.
        track: Kind of the virtual track, such as ``MainImageSequence``.
        track_id: Its id.
        segment: The segment, counted from 0.
        start: Edit units before it.
        duration: Edit units of it.
        timecode: The start as time code.
        end_timecode: Where it ends, as time code; that is the first frame after it.
        name: The property, such as ``ContentTitle``.
        before: What was there, in a few words.
        after: What is there now.
        a_line: Where it stands in the first document.
        b_line: Where it stands in the second.
        message: All of it in one line.
    """

    kind: str
    what: str
    track: str | None
    track_id: str | None
    segment: int | None
    start: int | None
    duration: int | None
    timecode: str | None
    end_timecode: str | None
    name: str | None
    before: str | None
    after: str | None
    a_line: int | None
    b_line: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Difference(Facts):
    """What changed from one composition to another.

    Attributes:
        a: The first document.
        b: The second document.
        a_id: Id of the first composition.
        b_id: Id of the second.
        a_title: Title of the first.
        b_title: Title of the second.
        same: Whether nothing changed that is played or said; ids and dates of documents aside.
        edit_rate: Edit rate of the second.
        changes: What changed, in the order of time.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {"edit_rate": Fraction, "changes": Change.of}

    a: str
    b: str
    a_id: str | None
    b_id: str | None
    a_title: str
    b_title: str
    same: bool
    edit_rate: Fraction | None
    changes: tuple[Change, ...]


def diff(a: str | os.PathLike[str], b: str | os.PathLike[str]) -> Difference:
    """Compare two compositions by what is played when.

    Args:
        a: A composition playlist, or the folder of a package that has one.
        b: Another.

    Returns:
        What changed.

    Raises:
        OSError: One could not be read.
        ImfError: One is no composition playlist, or a package has several or none.
    """
    return Difference.of(json.loads(core.diff(os.fspath(a), os.fspath(b))))
