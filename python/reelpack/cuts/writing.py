"""Plans written as TOML or YAML; one that is there is left to its author."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from reelpack.cuts import core
from reelpack.cuts.creating import create_text
from reelpack.cuts.places import plan_path
from reelpack.cuts.plans import CUT_TYPES
from reelpack.cuts.reading import parse_plan, suffix_of
from reelpack.cuts.tables import clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reelpack.cuts.plans import CutPlan

__all__ = ["render_plan", "toml_tables", "write_plan"]

ABOUT = f"""\
# The plan of one upload of a cut. Everything that belongs to the cut goes at once: what is sent
# later alone makes a new version. Paths are relative to the folder of this file.
# type: {", ".join(CUT_TYPES)}
# episode: the episode, or All for a feature
# kind: feature or episodic; run_time: hours:minutes:seconds
# files, type: Proxy for the video; for others the words of the page
# release, how: automatic, manual or unknown
"""


def write_plan(plan: CutPlan, path: str | os.PathLike[str], *, replace: bool = False) -> str:
    """Write a plan, as a whole or not at all. Of several that write a new one at once, one does.

    Args:
        plan: The plan.
        path: A file that ends in ``.toml``, ``.yaml`` or ``.yml``.
        replace: Write over what is there; where that is a link, over what it leads to.

    Returns:
        The path written to.

    Raises:
        OSError: The folder is not there or cannot be written.
        FileExistsError: There is such a file, and it is not to be replaced.
        CutPlanError: The ending is another, or that of a record, or a text of the plan cannot be
            written.
    """
    name = plan_path(path) if replace else os.fspath(path)
    text = render_plan(plan, name)
    if replace:
        core.write_text(name, text, sync=False)
    else:
        create_text(name, text)
    return name


def render_plan(plan: CutPlan, path: str = "plan.toml") -> str:
    """Return the text of a plan.

    Args:
        plan: The plan.
        path: Its name, whose ending says how it is written.

    Returns:
        The text, which `parse_plan` reads back as an equal plan.

    Raises:
        CutPlanError: The ending is another, or that of a record, or a text of the plan cannot be
            written, such as a file name that is not UTF-8.

    Example:
        >>> from reelpack.cuts import CutPlan, PlannedFile
        >>> text = render_plan(CutPlan("101", (PlannedFile("cut.mov", "Proxy"),)))
        >>> 'episode = "101"' in text
        True
    """
    suffix = suffix_of(path)
    text = f"{ABOUT}\n" + (_toml(plan) if suffix == ".toml" else _yaml(plan))
    # The reader knows best what a plan may hold; here is the last moment to hear it.
    parse_plan(text, path)
    return text


def toml_tables(tables: Mapping[str, Any]) -> Iterator[str]:
    """Write tables and lists of tables as TOML, one line at a time.

    Args:
        tables: By name: a table, or a list of tables; their values are text, whole numbers, lists
            of text, and tables or lists of these again.
    """
    for name, value in tables.items():
        for table in value if isinstance(value, list) else [value]:
            yield f"[[{name}]]" if isinstance(value, list) else f"[{name}]"
            yield from _lines(name, table)
            yield ""


def _lines(name: str, table: Mapping[str, object]) -> Iterator[str]:
    """Write one table, then the tables and lists of tables in it."""
    inner = {key: value for key, value in table.items() if _is_tables(value)}
    for key, value in table.items():
        if key not in inner:
            yield f"{key} = {_value(value)}"
    for key, value in inner.items():
        yield ""
        yield from toml_tables({f"{name}.{key}": value})


def _is_tables(value: object) -> bool:
    """Whether a value is a table or a list of tables."""
    each = value if isinstance(value, list) else [value]
    return any(isinstance(item, dict) for item in each)


def _value(value: object) -> str:
    """Write text, a number or a list of texts.

    The basic strings of TOML 1.0 are those of JSON, but that DEL has to be escaped too.
    """
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _toml(plan: CutPlan) -> str:
    """Write a plan as TOML."""
    return "\n".join(toml_tables(_tables(plan)))


def _yaml(plan: CutPlan) -> str:
    """Write a plan as YAML."""
    from reelpack.cuts import yaml_text  # noqa: PLC0415  (20 ms that a plan in TOML need not pay)

    return yaml_text.dump(_tables(plan))


def _tables(plan: CutPlan) -> dict[str, Any]:
    """Put a plan in the tables of its file; what is not known is left out."""
    cut = {
        "title": plan.title,
        "kind": plan.kind,
        "type": plan.type,
        "episode": plan.episode,
        "version": plan.version,
        "run_time": None if plan.run_time is None else clock(plan.run_time),
        "note": plan.note,
    }
    return {
        "cut": {key: value for key, value in cut.items() if value is not None},
        "files": [{"path": file.path, "type": file.type} for file in plan.files],
        "release": {
            "how": plan.release.how,
            "teams": list(plan.release.teams),
            "note": plan.release.note,
        },
    }
