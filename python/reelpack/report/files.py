"""The files: all of a small delivery, else those that are not as they should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reelpack.report.budget import Budget
from reelpack.report.escape import prose, text
from reelpack.report.sequences import picture
from reelpack.wording import files as count_files
from reelpack.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reelpack.report.facts import Facts
    from reelpack.report.rows import FileRow
    from reelpack.rules import RuleFinding

__all__ = ["files"]

SIZE = 7_000_000
"""Bytes of this section; some 20,000 files."""

COLUMNS = ("File and findings", "State", "Size in bytes", "Frame", "Picture")


def files(facts: Facts) -> Iterator[str]:
    """Write the section."""
    budget = Budget(SIZE)
    others = len(facts.audit.files) - len(facts.files)
    yield f'<section id="files"><h2>Files</h2><p>{_which(facts, others)}</p>'
    if facts.files:
        yield "<table><thead><tr>" + "".join(f"<th>{name}</th>" for name in COLUMNS)
        yield "</tr></thead><tbody>"
        yield from budget.take(
            _file(file, facts.by_path.get(file.path, ())) for file in facts.files
        )
        yield "</tbody></table>"
    if budget.left:
        yield f'<p class="more">{plural(budget.left, "more file")} with a finding would make this '
        yield "page too large; <code>reelpack audit --csv</code> lists all.</p>"
    yield "</section>"


def _which(facts: Facts, others: int) -> str:
    """Say which files are shown, and how many are not."""
    if not others:
        if not facts.files:
            return "There is no file."
        return f"All of {count_files(len(facts.files))}, those with a finding first."
    shown = count_files(len(facts.files))
    return (
        f"{shown} with a finding of their own, or not present as expected. The other {others:,} "
        "are not listed; what concerns a whole sequence is said above."
    )


def _file(file: FileRow, findings: Sequence[RuleFinding]) -> str:
    """Write one row."""
    time_code = f" <small>{text(file.time_code_name)}</small>" if file.time_code_name else ""
    frame = "" if file.frame is None else f"{file.frame}{time_code}"
    cells = (
        ("State", f'<span class="state {file.status}">{file.status}</span>'),
        ("Size in bytes", _size(file)),
        ("Frame", frame),
        ("Picture", text(picture(file))),
    )
    told = "".join(f'<td data-label="{name}">{value}</td>' for name, value in cells)
    name = f'<span class="path">{text(file.path)}</span>{"".join(map(_finding, findings))}'
    return f'<tr><th scope="row">{name}</th>{told}</tr>'


def _size(file: FileRow) -> str:
    """Write the size to the byte, and whether the file was not read."""
    size = "" if file.size is None else f"{file.size:,}"
    return f"{size} <small>trusted, not read</small>" if file.trusted else size


def _finding(finding: RuleFinding) -> str:
    """Write a finding on a file."""
    rule = f"{finding.severity} <code>{text(finding.rule)}</code>"
    return f'<span class="message">{rule} {prose(finding.message)}</span>'
