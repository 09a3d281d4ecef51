"""Where a plan and its record lie: by their names, and by what a link leads to."""

from __future__ import annotations

from pathlib import Path

from reelpack.errors import CutPlanError

__all__ = ["RECORD", "refuse_record"]

RECORD = ".delivered.toml"
"""How the name of a record ends, in letters of any case: some disks do not tell them apart."""


def refuse_record(path: str) -> None:
    """Refuse the name of a record as that of a plan: one of the two would be written over.

    Raises:
        CutPlanError: It is one.
    """
    name = Path(path).name
    if name.lower().endswith(RECORD):
        plan = f"{name[: -len(RECORD)] or 'cut'}.toml"
        reason = f"the name of a record of deliveries; hint: name a plan, such as `{plan}`"
        raise CutPlanError(f"{path}: {reason}", path)
