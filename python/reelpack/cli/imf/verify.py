"""`reelpack imf verify`: a package against the standards and against what the studio wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reelpack import imf, wording
from reelpack.cli import problems
from reelpack.cli.arguments import PATH
from reelpack.cli.delivery import json_option, quiet_option, strict_option
from reelpack.cli.exits import ExitCode, hinting
from reelpack.cli.imf.arguments import HINTS, about_the_threads, with_option
from reelpack.cli.output import emit, emit_json
from reelpack.cli.progressbar import progress_bar
from reelpack.rules import RuleFinding

if TYPE_CHECKING:
    from reelpack.cli.imf.arguments import Threads
    from reelpack.imf import Finding, Report

__all__ = ["command", "emit_report"]


@click.command("verify")
@click.argument("path", type=PATH, metavar="DIR|FILE")
@with_option
@click.option(
    "--profile",
    type=click.Choice(["studio", "standard"]),
    default="studio",
    help="ask what the studio wants too, or the standards alone (default: studio)",
)
@click.option("--no-hashes", is_flag=True, help="compare sizes and compute no digest")
@strict_option
@json_option
@about_the_threads
@quiet_option
def command(  # noqa: PLR0913  (an option each)
    path: str,
    *,
    having: tuple[str, ...],
    profile: imf.Profile,
    no_hashes: bool,
    strict: bool,
    as_json: bool,
    threads: Threads,
    quiet: bool,
) -> int:
    """Check the package DIR: schemas, ids and references, sizes and digests, tracks and essence.

    FILE is one document of a package: it is checked as far as it goes. Every file is read once.
    Exits 1 where there is an error. Says what was not checked.
    """
    with hinting(HINTS), progress_bar("imf verify", path, quiet=quiet) as progress:
        report = imf.verify(
            path,
            having=having,
            profile=profile,
            hashes=not no_hashes,
            progress=progress,
            **threads,
        )
    if as_json:
        emit_json(report.to_dict())
    else:
        emit_report(report)
    failed = not report.ok or (strict and report.warnings)
    return ExitCode.FINDING if failed else ExitCode.OK


def emit_report(report: Report) -> None:
    """Print the verdict, how fast it was, the findings and what was not checked."""
    emit(wording.printable(report.verdict))
    speed = wording.rate(report.bytes_read, report.seconds)
    emit(
        f"{wording.files(report.files_read)} read, {wording.size(report.bytes_read)} in "
        f"{wording.duration(report.seconds)}, {speed}"
    )
    titles = {rule.id: rule.title for rule in imf.rules()}
    shown = [_shown(report, finding) for finding in report.findings]
    for line in problems.lines(shown, titles=titles):
        emit(line)
    for line in problems.unchecked(report.not_checked):
        emit(line)


def _shown(report: Report, finding: Finding) -> RuleFinding:
    """Put a finding into the words of all findings: its place is file and line."""
    folder = f"{report.folders[finding.folder]}/" if finding.folder and finding.file else ""
    return RuleFinding(
        rule=finding.rule,
        severity=finding.severity,
        path=f"{folder}{finding.place}",
        sequence=None,
        message=finding.message,
        fix=finding.fix,
        source=f"{finding.clause or 'clause unknown'}; {finding.source}",
    )
