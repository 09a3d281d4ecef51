"""The rules that `check_plan` asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reelpack.cuts.plans import ALL_EPISODES, CUT_TYPES, PROXY
from reelpack.facts import Facts
from reelpack.rules import RuleFinding

if TYPE_CHECKING:
    from reelpack.rules import Severity

__all__ = ["LOCKED_CUT", "PlanRule", "plan_rules", "rule"]

LOCKED_CUT = "Content Hub, Locked Cut Upload Instructions (partnerhelp, article number not known)"
DELIVERING = "Content Hub, Delivering a Cut to Netflix (partnerhelp 360056560994)"
WATCH_FOLDER = "VFX Media Review, Watch Folder Submissions (partnerhelp 1500011944962)"
NAMES = (
    "Production Assets Folder & File Naming (partnerhelp 360001937127), partnerhelp 30445419723027"
)
UPLOADS = "Content Hub Zipless Delivery (partnerhelp 360001559547), partnerhelp 30445419723027"

FILES_LIMIT = 250_000
"""Files in one upload, at most."""

PART_LIMIT, PATH_LIMIT = 255, 4095
"""Characters that a name and a path have at most on any system: `NAME_MAX`, `PATH_MAX` of Linux."""


@dataclass(frozen=True, slots=True)
class PlanRule(Facts):
    """A rule, and where it comes from.

    Attributes:
        id: Its id, which findings bear.
        severity: What a finding of it weighs.
        title: What has to be so, in one line.
        fix: What can be done where it is not.
        source: Where it was read, or our own reason.
        sure: As in `RuleFinding`; what is assumed is ``inferred``.
    """

    id: str
    severity: Severity
    title: str
    fix: str
    source: str
    sure: str

    def finding(self, path: str, message: str) -> RuleFinding:
        """Return what the rule has to say of a file; an empty path is the plan as a whole."""
        name = "/".join(_shortened(part, PART_LIMIT) for part in path.split("/"))
        where = _shortened(name, PATH_LIMIT)
        return RuleFinding(
            self.id, self.severity, where, None, message, self.fix, self.source, self.sure
        )


def _shortened(text: str, limit: int) -> str:
    """Leave out the middle of what is too long to be the name of any file."""
    return text if len(text) <= limit else f"{text[:40]}...{text[-40:]}"


# The order is that of the page: what is entered, what goes, what happens then, what became of it.
_RULES = (
    PlanRule(
        "cut.plan.cut-type",
        "error",
        "the Cut Type is one of those that the page has",
        f"one of {', '.join(CUT_TYPES)}",
        DELIVERING,
        "verified",
    ),
    PlanRule(
        "cut.plan.other-cut",
        "info",
        "the steps are known of a Locked Cut",
        "follow the page where it differs from the steps",
        f"{LOCKED_CUT}: for other cuts the same steps are assumed",
        "inferred",
    ),
    PlanRule(
        "cut.plan.episode",
        "error",
        f"the Episode of a feature is {ALL_EPISODES}",
        f'write episode = "{ALL_EPISODES}"',
        LOCKED_CUT,
        "verified",
    ),
    PlanRule(
        "cut.plan.episode-all",
        "warning",
        "the Episode of a series is one episode",
        "write the episode as the page words it",
        f"{LOCKED_CUT}: whichever episode is applicable",
        "inferred",
    ),
    PlanRule(
        "cut.plan.video",
        "error",
        f"the video goes along, with the File Type {PROXY}",
        f'give the video type = "{PROXY}"; a part alone makes a new version',
        LOCKED_CUT,
        "verified",
    ),
    PlanRule(
        "cut.plan.movie",
        "error",
        f"a file with the File Type {PROXY} is a movie with a video track",
        f"write the video into the plan, or give this file another File Type than {PROXY}",
        "what has no picture is no cut; `reelpack cut check` says more",
        "own",
    ),
    PlanRule(
        "cut.plan.videos",
        "warning",
        "a cut has one video",
        f"leave one file with the File Type {PROXY}",
        f"{LOCKED_CUT}: it speaks of one video file",
        "inferred",
    ),
    PlanRule(
        "cut.plan.file-type",
        "info",
        f"a File Type other than {PROXY} is as the page words it",
        "choose the words of the page, and write them into the plan",
        f"{PROXY} is the only File Type that a public page names; others are taken as written",
        "inferred",
    ),
    PlanRule(
        "cut.plan.no-file-type",
        "warning",
        "each file has a File Type",
        "look which File Types the page offers, and write one into the plan",
        f"{LOCKED_CUT}: all files have to be tagged",
        "verified",
    ),
    PlanRule(
        "cut.plan.count",
        "error",
        f"an upload has at most {FILES_LIMIT:,} files",
        "leave out what does not belong to the cut",
        UPLOADS,
        "verified",
    ),
    PlanRule(
        "cut.plan.twice",
        "error",
        "a file is in the plan once",
        "remove one of the two",
        "a file can be uploaded once",
        "own",
    ),
    PlanRule(
        "cut.plan.same-name",
        "warning",
        "no two files have one name",
        "rename one of the two",
        f"{WATCH_FOLDER}: names are not repeated; assumed here too, as the page shows file names",
        "inferred",
    ),
    PlanRule(
        "cut.plan.characters",
        "warning",
        "names have letters, digits, `.`, `_` and `-` only",
        "rename it with letters, digits, `.`, `_` and `-` only",
        f"{NAMES}: said of other uploads to Content Hub, assumed of cuts",
        "inferred",
    ),
    PlanRule(
        "cut.plan.missing",
        "error",
        "each file is there",
        "bring it back, or correct its path in the plan",
        "what is not there cannot be uploaded",
        "own",
    ),
    PlanRule(
        "cut.plan.empty",
        "error",
        "each file has a byte at least",
        "export it again",
        "an empty file was not written to its end",
        "own",
    ),
    PlanRule(
        "cut.plan.run-time",
        "warning",
        "the run time is that of the video, but for a second",
        "look which of the two is right: the video may be another, or not whole",
        "the plan says how long validation takes, by the run time",
        "own",
    ),
    PlanRule(
        "cut.plan.outside",
        "warning",
        "each file lies in the folder of the plan or below",
        "move it to the plan, so that both are kept together",
        "the plan is kept with the delivery",
        "own",
    ),
    PlanRule(
        "cut.plan.beside",
        "info",
        "what lies beside the files of the plan is meant to stay behind",
        "add it to the plan if it belongs to the cut: sent later alone, it makes a new version",
        f"{LOCKED_CUT}: all parts are uploaded at once",
        "inferred",
    ),
    PlanRule(
        "cut.plan.release-unknown",
        "info",
        "the plan says how the project releases",
        'ask the contact in post production, then write how = "automatic" or "manual"',
        f"{LOCKED_CUT}: most projects release by themselves, some want it done by hand",
        "verified",
    ),
    PlanRule(
        "cut.plan.release-teams",
        "warning",
        "a release by hand names its teams",
        "ask the contact in post production which teams are to be selected",
        LOCKED_CUT,
        "verified",
    ),
    PlanRule(
        "cut.plan.release-idle",
        "warning",
        "a release without hands has no teams and no note to enter",
        'remove them, or write how = "manual"',
        f"{LOCKED_CUT}: both are entered with RELEASE, which is pressed where it is manual",
        "inferred",
    ),
    PlanRule(
        "cut.plan.renamed",
        "warning",
        "a plan has the name by which it was delivered",
        "give a plan that was renamed its old name; "
        "or name the record after the plan, and correct `name` in it",
        "a record is found by the name of its plan",
        "own",
    ),
    PlanRule(
        "cut.plan.changed",
        "error",
        "what was delivered is as it was delivered",
        "bring back the file that was delivered; or raise `version` and deliver everything again",
        "the record of the delivery says what the files were",
        "own",
    ),
    PlanRule(
        "cut.plan.sent-later",
        "error",
        "nothing is added to a version that was delivered",
        "raise `version` and deliver everything again: sent alone, it makes a new version",
        LOCKED_CUT,
        "verified",
    ),
    PlanRule(
        "cut.plan.taken-out",
        "warning",
        "nothing is taken out of a version that was delivered",
        "put it back; or raise `version` and deliver everything again",
        "the record of the delivery says what went",
        "own",
    ),
    PlanRule(
        "cut.plan.edited",
        "warning",
        "what was entered for a version stays in its plan",
        "put it back; where the page was changed too, the record holds what was entered first",
        "the record of the delivery says what was entered",
        "own",
    ),
    PlanRule(
        "cut.plan.version",
        "error",
        "the version is the last that was delivered, or a later one",
        "raise `version` to the next one",
        f"{LOCKED_CUT}: what is uploaded again becomes a newer version",
        "verified",
    ),
    PlanRule(
        "cut.plan.version-gap",
        "warning",
        "versions follow each other",
        "look which version Content Hub has; note what was delivered in between",
        f"{LOCKED_CUT}: each upload raises the version; assumed is that it rises by one",
        "inferred",
    ),
    PlanRule(
        "cut.plan.redelivery",
        "info",
        "a redelivery is a new version",
        "leave the earlier one where it is: there is no need to delete it",
        LOCKED_CUT,
        "verified",
    ),
    PlanRule(
        "cut.plan.another-cut",
        "warning",
        "a new version is one of the same cut",
        "write a new plan file for another cut: its versions begin at 1",
        "a plan and its record are those of one cut",
        "own",
    ),
    PlanRule(
        "cut.plan.incomplete",
        "warning",
        "a new version has all kinds of files that the last one had",
        "add what belongs to the cut, changed or not",
        f"{LOCKED_CUT}: all parts are uploaded at once; assumed of a redelivery too",
        "inferred",
    ),
    PlanRule(
        "cut.plan.unchanged",
        "warning",
        "a new version has something new in it",
        "look whether the right files are in the plan",
        "the same bytes were delivered before",
        "own",
    ),
)

_BY_ID = {each.id: each for each in _RULES}


def plan_rules() -> tuple[PlanRule, ...]:
    """Return all rules, in the order of the page and of the work.

    Example:
        >>> {rule.sure for rule in plan_rules()} == {"verified", "inferred", "own"}
        True
    """
    return _RULES


def rule(name: str) -> PlanRule:
    """Return the rule whose id ends in `name`."""
    return _BY_ID[f"cut.plan.{name}"]
