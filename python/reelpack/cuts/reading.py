"""Plans read from TOML or YAML."""

from __future__ import annotations

import re
import stat
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from reelpack.cuts.places import plan_path, refuse_record
from reelpack.cuts.plans import CUT_TYPES, KINDS, RELEASE_WAYS, CutPlan, PlannedFile, Release
from reelpack.cuts.tables import Table, in_seconds
from reelpack.errors import CutPlanError

if TYPE_CHECKING:
    import os

__all__ = ["VERSION_LIMIT", "parse_plan", "read_plan", "read_table", "release_of", "suffix_of"]

LIMIT = 1 << 18
"""Bytes of the largest plan, 256 KiB: thousands of files. YAML of that size took 6 s at worst."""

DOTS = 200
"""Dots in a line of TOML. The reader takes 23 s for a key of 32,000 parts, which is 64 KiB."""

HINT = "`reelpack cut plan new --help` shows how one is made"
"""What can be done about a plan that lacks something, or is of another form."""

VERSION_LIMIT = 1_000_000
"""The highest version, far above any; Content Hub counts uploads."""

SUFFIXES = (".toml", ".yaml", ".yml")

_AT_LINE = re.compile(r"\(at line ([0-9]+)")


def read_plan(path: str | os.PathLike[str]) -> CutPlan:
    """Read a plan. Nothing is checked but that it is one: `check_plan` does the rest.

    Args:
        path: A file that ends in ``.toml``, ``.yaml`` or ``.yml``, but not in ``.delivered.toml``;
            or a link to one.

    Returns:
        The plan.

    Raises:
        OSError: It cannot be read.
        CutPlanError: It is no plan, or has the name of a record.
    """
    name = plan_path(path)
    refuse_record(name)
    return parse_plan(_text(name, LIMIT), name)


def parse_plan(text: str, path: str = "plan.toml") -> CutPlan:
    r"""Read a plan from its text.

    Args:
        text: TOML or YAML.
        path: Its name, whose ending says which, and which errors bear.

    Returns:
        The plan.

    Raises:
        CutPlanError: It is no plan, or has the name of a record.

    Example:
        >>> parse_plan('cut.episode = "All"\nfiles = [{path = "cut.mov", type = "Proxy"}]').type
        'Locked Cut'
    """
    refuse_record(path)
    try:
        return _plan(_parsed(text, path))
    except CutPlanError as error:
        error.add_note(HINT)
        raise


def read_table(path: str, *, limit: int) -> Table:
    """Read a file of TOML or YAML whose top is a table.

    Raises:
        OSError: It cannot be read.
        CutPlanError: It is no regular file, too large, no UTF-8, neither of the two, or not
            well-formed.
    """
    return _parsed(_text(path, limit), path)


def _text(path: str, limit: int) -> str:
    """Read the text of a plan or a record."""
    suffix_of(path)
    # A pipe would be waited for, perhaps for ever, be it only opened.
    if not stat.S_ISREG(Path(path).stat().st_mode):
        raise CutPlanError(f"{path}: no regular file", path)
    with Path(path).open("rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise CutPlanError(f"{path}: larger than {limit:,} bytes, which no plan is", path)
    try:
        # Editors on Windows begin a file with a mark, which neither format has.
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CutPlanError(f"{path}: no UTF-8 text", path) from error


def suffix_of(path: str) -> str:
    """Return the ending that says what a plan is written in.

    Raises:
        CutPlanError: It is another.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise CutPlanError(f"{path}: a plan ends in {', '.join(SUFFIXES)}", path)
    return suffix


def _parsed(text: str, path: str) -> Table:
    """Read the top of a document."""
    value = _toml(text, path) if suffix_of(path) == ".toml" else _yaml(text, path)
    if not isinstance(value, dict):
        raise CutPlanError(f"{path}: a table is wanted", path)
    return Table(value, "", path)


def _toml(text: str, path: str) -> dict[str, object]:
    """Read TOML."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > DOTS:
            reason = f"more than {DOTS} dots in one line"
            raise CutPlanError(f"{path}, line {number}: {reason}", path, number)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        raise CutPlanError(f"{path}: {error}", path, int(found[1]) if found else None) from error
    except (RecursionError, ValueError) as error:
        # Lists in lists a thousand deep, or a number of five thousand digits.
        raise CutPlanError(f"{path}: nothing that a plan can hold", path) from error


def _yaml(text: str, path: str) -> object:
    """Read YAML."""
    from reelpack.cuts import yaml_text  # noqa: PLC0415  (20 ms that a plan in TOML need not pay)

    return yaml_text.load(text, path)


def _plan(table: Table) -> CutPlan:
    """Take a plan apart."""
    table.only("cut", "files", "release")
    cut = table.table("cut")
    cut.only("title", "kind", "type", "episode", "version", "run_time", "note")
    return CutPlan(
        title=cut.line("title", ""),
        kind=cut.word("kind", KINDS) if cut.has("kind") else None,
        type=cut.line("type", CUT_TYPES[0]),
        episode=cut.line("episode"),
        version=cut.whole("version", 1, least=1, most=VERSION_LIMIT),
        run_time=_run_time(cut) if cut.has("run_time") else None,
        note=cut.text("note", ""),
        files=tuple(_file(each) for each in table.tables("files")),
        release=release_of(table.table("release")),
    )


def _run_time(cut: Table) -> int:
    """Read the run time in seconds."""
    seconds = in_seconds(cut.text("run_time"))
    if seconds is None:
        cut.refuse("run_time", "hours, minutes and seconds are wanted, such as 1:42:30")
    return seconds


def _file(table: Table) -> PlannedFile:
    """Read one file."""
    table.only("path", "type")
    return PlannedFile(path=table.line("path"), type=table.line("type", ""))


def release_of(table: Table) -> Release:
    """Read what happens after the upload."""
    release = Release(
        how=table.word("how", RELEASE_WAYS, "unknown"),
        teams=table.texts("teams"),
        note=table.text("note", ""),
    )
    table.done()
    return release
