"""An IMF package held against the standards and against what the studio wants."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reelpack.errors import VerificationError
from reelpack.facts import Facts
from reelpack.imf import core, tables
from reelpack.imf.compositions import Composition
from reelpack.imf.packages import folders
from reelpack.judging import not_checked_objects
from reelpack.names import json_path
from reelpack.progress import as_native
from reelpack.verification import NotChecked
from reelpack.wording import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reelpack.progress import Progress
    from reelpack.rules import Severity
    from reelpack.tables import Table

__all__ = ["Finding", "Origin", "Profile", "Report", "verify"]

Origin = Literal["standard", "package", "studio"]
"""Who wants it: the standards; whoever wants the files to be what is listed; the studio."""

Profile = Literal["studio", "standard"]
"""Which rules are asked: all, or all but those of the studio."""

_NOUNS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


@dataclass(frozen=True, slots=True)
class Finding(Facts):
    """One thing about which a rule has something to say.

    Attributes:
        rule: Id of the rule.
        severity: ``error``, ``warning`` or ``info``.
        origin: Who wants it.
        file: Relative to its folder, with ``/`` between its parts; empty where the package as a
            whole is meant.
        folder: 0 for the package, from 1 on the folders that were given besides.
        line: Number of the line, counted from 1; None where no line is meant.
        element: Path of the element in its document, such as
            ``CompositionPlaylist/SegmentList/Segment[2]``.
        asset: Id of the asset that is meant.
        message: What is wrong, in a few words.
        fix: What can be done about it; None where nobody can tell.
        clause: Clause of the standard; None where no public source names it.
        source: Where the rule was read.
    """

    rule: str
    severity: Severity
    origin: Origin
    file: str
    folder: int
    line: int | None
    element: str | None
    asset: str | None
    message: str
    fix: str | None
    clause: str | None
    source: str

    @property
    def place(self) -> str:
        """File and line, as compilers write them; ``.`` for the package as a whole."""
        if not self.file:
            return "."
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True, repr=False)
class Report:
    """What `verify` found.

    Attributes:
        path: What was verified.
        folders: The folder of the package, then those that were given besides.
        profile: Which rules were asked.
        findings: What they found, the worst first, then by file and line.
        not_checked: What was not looked into, with the reason of each; the ``path`` is empty where
            the package as a whole is meant.
        assets: A row for each file that is listed, with what was found of it.
        compositions: The compositions, as `open` shows them.
        documents: XML documents that were read.
        files_read: Files that were read for their digest.
        bytes_read: Bytes of these.
        seconds: How long it took.
    """

    path: str
    folders: tuple[str, ...]
    profile: Profile
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    assets: Table
    compositions: tuple[Composition, ...]
    documents: int
    files_read: int
    bytes_read: int
    seconds: float

    def __repr__(self) -> str:
        """Give the counts; 100,000 findings would help nobody."""
        return (
            f"Report(ok={self.ok}, profile={self.profile!r}, documents={self.documents}, "
            f"assets={len(self.assets)}, failures={len(self.failures)}, "
            f"warnings={len(self.warnings)}, not_checked={len(self.not_checked)}, "
            f"seconds={self.seconds:.3f})"
        )

    @property
    def ok(self) -> bool:
        """Whether there is no finding of severity ``error``. It is no promise of acceptance."""
        return not self.failures

    @property
    def failures(self) -> tuple[Finding, ...]:
        """The findings of severity ``error``."""
        return self._of("error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings of severity ``warning``."""
        return self._of("warning")

    @property
    def tracks(self) -> Table:
        """A row for each resource of each virtual track, made anew each time."""
        return tables.tracks(self.compositions)

    @property
    def findings_table(self) -> Table:
        """A row for each finding, made anew each time."""
        return tables.findings(self.findings)

    @property
    def verdict(self) -> str:
        """What was found, by which rules and in what, and how much was not checked: one line."""
        counts = Counter(finding.severity for finding in self.findings)
        found = ", ".join(
            plural(counts[severity], noun) for severity, noun in _NOUNS.items() if counts[severity]
        )
        where = f"{plural(self.documents, 'document')} and {plural(len(self.assets), 'asset')}"
        unchecked = f"; not checked: {len(self.not_checked):,}" if self.not_checked else ""
        return f"{found or 'no problem'} by profile {self.profile} in {where}{unchecked}"

    def raise_for_failures(self) -> None:
        """Raise if there is a finding of severity ``error``, else do nothing.

        Raises:
            VerificationError: There is at least one; the exception carries this report.
        """
        if self.ok:
            return
        first = self.failures[0]
        raise VerificationError(f"{first.place}: {first.message} ({self.verdict})", self)

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object that ``reelpack imf verify --json`` prints."""
        return {
            "ok": self.ok,
            "verdict": self.verdict,
            **json_path(self.path),
            "folders": list(self.folders),
            "profile": self.profile,
            "findings": [finding.to_dict() for finding in self.findings],
            "not_checked": not_checked_objects(self.not_checked),
            "assets": self.assets.to_dicts(),
            "documents": self.documents,
            "files_read": self.files_read,
            "bytes_read": self.bytes_read,
            "seconds": self.seconds,
        }

    def _of(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings of one severity, in order."""
        return tuple(finding for finding in self.findings if finding.severity == severity)


def verify(  # noqa: PLR0913  (an option each, all by keyword)
    path: str | os.PathLike[str],
    *,
    having: Iterable[str | os.PathLike[str]] | os.PathLike[str] = (),
    profile: Profile = "studio",
    hashes: bool = True,
    jobs: int | None = None,
    readers: int | None = None,
    progress: Callable[[Progress], object] | None = None,
) -> Report:
    """Check a package: schemas, ids and references, sizes and digests, tracks and essence.

    Every file that the packing list names is read once, several at a time; all findings are
    collected. Other Python threads run meanwhile, and Ctrl-C stops the work. An id that is neither
    in the package nor in ``having`` is counted as not checked, and is no finding.

    Args:
        path: The folder of a package; or one document of it, which is checked as far as it goes.
        having: Further packages that a supplemental one refers to, or a single one.
        profile: ``studio`` asks all rules, ``standard`` leaves out what only the studio wants.
        hashes: Compute the digests; without, sizes are compared, and no digest.
        jobs: Threads that compute, 1 or more; None is one for each CPU core.
        readers: Files read at once, 1 or more; None lets the kind of disk decide.
        progress: Called with a `Progress` a few times a second on this thread.

    Returns:
        The report. Findings do not raise: look at ``ok``, or call ``raise_for_failures``.

    Raises:
        OSError: ``path`` could not be read. A listed file that cannot be read is a finding.
        ImfError: There is no asset map, or ``path`` is none of the documents.
        ValueError: ``profile`` is none of the two, or ``jobs`` or ``readers`` is below 1.
    """
    if profile not in {"studio", "standard"}:
        raise ValueError(f"profile: {profile!r} is neither 'studio' nor 'standard'")
    began = time.perf_counter()
    found = core.verify(
        os.fspath(path),
        having=folders(having),
        studio=profile == "studio",
        hashes=hashes,
        jobs=jobs,
        readers=readers,
        progress=as_native(progress),
    )
    facts = json.loads(found)
    return Report(
        path=os.fspath(path),
        folders=tuple(facts["folders"]),
        profile=profile,
        findings=tuple(map(Finding.of, facts["findings"])),
        not_checked=tuple(
            NotChecked(item["path"], item["reason"]) for item in facts["not_checked"]
        ),
        assets=tables.checked_assets(facts["assets"]),
        compositions=tuple(map(Composition.of, facts["compositions"])),
        documents=facts["documents"],
        files_read=facts["files_read"],
        bytes_read=facts["bytes_read"],
        seconds=time.perf_counter() - began,
    )
