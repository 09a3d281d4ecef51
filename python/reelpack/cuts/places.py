"""Where a plan and its record lie: by their names, and by what a link leads to."""

from __future__ import annotations

import os
from pathlib import Path

from reelpack.errors import CutPlanError

__all__ = ["RECORD", "plan_path", "record_path", "refuse_record"]

RECORD = ".delivered.toml"
"""How the name of a record ends, in letters of any case: some disks do not tell them apart."""

LINKS = 40
"""Links that may lead to each other, as on Linux; what is behind more the system refuses."""


def plan_path(plan: str | os.PathLike[str]) -> str:
    """Return the path of a plan, or of what it leads to if it is a link.

    So a plan has one folder and one record, by whatever name it is reached.

    Raises:
        OSError: A link cannot be looked at.
    """
    path = os.fspath(plan)
    for _ in range(LINKS):
        if not Path(path).is_symlink():
            break
        # Joined, not resolved: names in messages stay as short as the link has them.
        path = str(Path(path).parent / Path(path).readlink())
    return path


def record_path(plan: str | os.PathLike[str]) -> str:
    """Return where the record of a plan lies, whether it is there or not.

    Args:
        plan: The plan, or a link to it.

    Example:
        >>> record_path("show/cut.yaml")
        'show/cut.delivered.toml'
    """
    path = Path(plan_path(plan))
    return str(path.with_name(f"{path.stem}{RECORD}"))


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
