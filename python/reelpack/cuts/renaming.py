"""Records whose plan is gone: by one of them a plan may have been delivered under another name."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from reelpack.cuts.places import RECORD
from reelpack.cuts.records import LIMIT, read_record
from reelpack.cuts.rulebook import rule
from reelpack.errors import CutPlanError
from reelpack.verification import NotChecked
from reelpack.wording import files, size

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reelpack.cuts.plans import CutPlan
    from reelpack.cuts.records import Record
    from reelpack.rules import RuleFinding

__all__ = ["look"]

READ_LIMIT = 4 * LIMIT
"""Bytes of records that are read, 16 MiB: those of thousands of plans."""


def look(folder: Path, plan: CutPlan) -> tuple[list[RuleFinding], list[NotChecked]]:
    """Look in the folder of a plan that has no record for one that may be its own.

    That is the record of a plan that is not there any more, with a file of this plan. A record that
    cannot be read or understood is said to be not checked, and is no failure: it is of another.

    Raises:
        OSError: The folder cannot be listed.
    """
    findings: list[RuleFinding] = []
    unknown: list[NotChecked] = []
    for name, record in _records(folder):
        if isinstance(record, str):
            unknown.append(NotChecked(name, f"whether this is the record of the plan: {record}"))
        elif not os.path.lexists(folder / record.plan):
            findings.extend(_same(name, record, plan))
    return findings, unknown


def _records(folder: Path) -> Iterator[tuple[str, Record | str]]:
    """Read the records of a folder in the order of their names, or say why one is not read."""
    left = READ_LIMIT
    for entry in sorted(os.scandir(folder), key=lambda each: each.name):
        if not entry.name.lower().endswith(RECORD):
            continue
        try:
            left -= entry.stat().st_size
            found = (
                read_record(entry.path) if left >= 0 else f"more than {size(READ_LIMIT)} of them"
            )
        except OSError as error:
            found = error.strerror or str(error)
        except CutPlanError as error:
            found = str(error).removeprefix(f"{entry.path}: ")
        yield entry.name, found


def _same(name: str, record: Record, plan: CutPlan) -> Iterator[RuleFinding]:
    """Say of a record that files of the plan are in it."""
    went = {file.path for each in record.deliveries for file in each.files}
    if common := went & {file.path for file in plan.files}:
        last = record.deliveries[-1]
        message = (
            f"{files(len(common))} of this plan went by {record.plan}, which is not there: "
            f"version {last.version} was delivered {last.at}"
        )
        shown = os.fsencode(name).decode("utf-8", "replace")
        yield rule("renamed").finding(shown, message)
