"""The rules that `check` asks of a shipment: what each wants, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reelpack.facts import Facts

if TYPE_CHECKING:
    from reelpack.rules import Severity

__all__ = ["RULES", "Rule", "rules"]

_PAGE = "partnerhelp article 360000391288, Physical Shipment Guidelines"
_DATA = "partnerhelp article 360000581207, Production Assets: Data Management"
_INGEST = "Footage Ingest and Content Hub texts"
_IBM = "IBM Diamondback 2.9.2, bar code label specifications"


@dataclass(frozen=True, slots=True)
class Rule(Facts):
    """A rule, and where it comes from.

    Attributes:
        id: Its id, which findings bear.
        severity: What a finding of it weighs.
        title: What has to be so, in one line.
        fix: What can be done where it is not.
        source: Where it was read.
        sure: How sure that is, as in `RuleFinding`.
    """

    id: str
    severity: Severity
    title: str
    fix: str
    source: str
    sure: str


RULES = {
    each.id: each
    for each in (
        Rule(
            "lto.record-key",
            "warning",
            "the record has no keys that mean nothing here",
            "correct the spelling; what is a note of your own goes behind a #",
            "a misspelt key would be passed over in silence",
            "own",
        ),
        Rule(
            "lto.tapes",
            "error",
            "there is a tape in the shipment",
            "plan it with `reelpack lto plan`, or write [[tapes]] into the record",
            "a shipment without a tape is none",
            "own",
        ),
        Rule(
            "lto.barcode-form",
            "error",
            "a barcode has six characters and a media id: A to Z and 0 to 9",
            "correct the record, and the spine if it says the same: such as ABC001L8",
            _IBM,
            "verified-third-party",
        ),
        Rule(
            "lto.barcode-number",
            "warning",
            "a barcode is the code of the show, three digits and a media id",
            "give it a number: such as ABC001L8",
            "the page says code and number; how many digits is assumed",
            "inferred",
        ),
        Rule(
            "lto.barcode-unique",
            "error",
            "no two tapes have one barcode, in both sets together",
            "give one of them another number, on its spine too",
            _PAGE,
            "verified",
        ),
        Rule(
            "lto.show-code",
            "error",
            "barcodes begin with the three-letter code of the show",
            "one show to a shipment: ship the others by themselves",
            _PAGE,
            "verified",
        ),
        Rule(
            "lto.generation",
            "error",
            "tapes are LTO 6, 7, 8 or 9, and as their barcode says",
            "write them anew on tapes of one of these generations",
            _PAGE,
            "verified",
        ),
        Rule(
            "lto.type-m",
            "warning",
            "the page lists LTO 6, 7, 8 and 9; type M is in none of them by name",
            "ask the studio whether M8 is taken",
            "an LTO 7 tape that LTO 8 drives alone read (IBM TS3100 manual)",
            "inferred",
        ),
        Rule(
            "lto.ltfs-version",
            "error",
            "the format of LTFS is 2.0.0 or later",
            "write the tape anew with software of today",
            _PAGE,
            "verified",
        ),
        Rule(
            "lto.compression",
            "error",
            "hardware compression is off",
            "format the tape anew without compression, and write it again",
            _PAGE,
            "verified",
        ),
        Rule(
            "lto.error-correction",
            "error",
            "error correction is on, and the operator says so",
            "state it in the record: stated = { error_correction = true, by = ... }",
            _PAGE,
            "verified",
        ),
        Rule(
            "lto.stated-by",
            "warning",
            "whoever states something is named",
            "add who says it: stated = { ..., by = ... }",
            "what nobody answers for is no statement",
            "own",
        ),
        Rule(
            "lto.other-volume",
            "error",
            "index, label and tape are of one volume, and what is mounted is that tape",
            "take index and label of this tape, and mount no other in its place",
            "LTFS Format Specification: one volume has one UUID",
            "verified-third-party",
        ),
        Rule(
            "lto.volume-unique",
            "error",
            "no two tapes are one volume, in both sets together",
            "look whether one tape was read in place of another, and read both again",
            "LTFS Format Specification: one volume has one UUID",
            "verified-third-party",
        ),
        Rule(
            "lto.contents-differ",
            "error",
            "what is mounted has the files that were read of the tape, in their sizes",
            "look whether it is the right tape; what is gone is written again from a good copy",
            "what is shipped is what was read",
            "own",
        ),
        Rule(
            "lto.index-contents",
            "error",
            "the index lists what was read of the tape",
            "read the tape again, or export its latest index",
            "two lists of one tape agree",
            "own",
        ),
        Rule(
            "lto.capacity",
            "error",
            "a tape holds no more than its kind can",
            "look whether barcode and list are of one tape",
            "native capacities of the vendors",
            "verified-third-party",
        ),
        Rule(
            "lto.checksum-missing",
            "error",
            "each file has a checksum",
            "`reelpack checksum`, or `reelpack lto manifest --digest md5`",
            _PAGE,
            "verified",
        ),
        Rule(
            "lto.checksum-type",
            "warning",
            "checksums are MD5 or xxHash64, or xxHash128 through Content Hub",
            "add one of these to the lists",
            _DATA,
            "verified",
        ),
        Rule(
            "lto.checksum-differs",
            "error",
            "what is known of the checksum of a file agrees",
            "read the file with `check --hashes`, and take out the list that is wrong",
            "two checksums of one kind are of two files",
            "own",
        ),
        Rule(
            "lto.listed-size",
            "error",
            "a file has the size that its list says",
            "write the tape again from a good copy",
            "a file that was cut off is another file",
            "own",
        ),
        Rule(
            "lto.listed-missing",
            "error",
            "what lists on a tape name is on it, or on another tape of the set",
            "write the tape again from a good copy",
            "a file that was listed once was to be kept",
            "own",
        ),
        Rule(
            "lto.checksum-false",
            "error",
            "files are as their lists say, and as they were when the tape was read",
            "write the tape again from a good copy",
            _PAGE,
            "verified",
        ),
        Rule(
            "lto.roll-list",
            "warning",
            "each camera and sound roll has an MHL at its root",
            "take the one that was made at offload; never make a second",
            _DATA,
            "verified",
        ),
        Rule(
            "lto.roll-name",
            "warning",
            "names of rolls have no special characters",
            "ask the studio: a roll is an exact copy of its card, and is not renamed",
            _INGEST,
            "verified-third-party",
        ),
        Rule(
            "lto.roll-unique",
            "warning",
            "no two rolls have one name",
            "look whether one roll was written twice",
            _INGEST,
            "verified-third-party",
        ),
        Rule(
            "lto.rolls-recorded",
            "error",
            "the rolls on a tape are those in the record, each once, and so those on its label",
            "look whether tapes are exchanged; else correct the record, and print the labels again",
            _PAGE,
            "inferred",
        ),
        Rule(
            "lto.facts-recorded",
            "error",
            "days, files and bytes in the record are those of the tape",
            "read the tape again, or correct the record and print the labels again",
            "what is shipped is what was read",
            "own",
        ),
        Rule(
            "lto.case-label",
            "warning",
            "the fields of the case label are filled in",
            "fill them in in the record, and print the labels again",
            _PAGE,
            "verified",
        ),
        Rule(
            "lto.dates",
            "warning",
            "a tape is written after its shoot and received after that, and no date is ahead",
            "correct the dates in the record, and print the labels again",
            "nothing is received before it is written",
            "own",
        ),
        Rule(
            "lto.outside",
            "error",
            "neither the studio's name nor a title is on the outside of a box",
            "take it out of [outside], or choose another show code",
            _PAGE,
            "verified",
        ),
        Rule(
            "lto.box",
            "warning",
            "each tape is in a box, and each box has tapes, and is counted, weighed and measured",
            "fill in [[boxes]], whose numbers go on from 1, and the `box` of each tape",
            _PAGE,
            "verified",
        ),
        Rule(
            "lto.manifest",
            "warning",
            "there is a manifest, of the tapes and boxes as they are in the record by now",
            "write it with `reelpack lto manifest`, print it for the box and upload it",
            _PAGE,
            "verified",
        ),
        Rule(
            "lto.second-set",
            "info",
            "tapes are made twice, in two shipments",
            "begin the second set with `reelpack lto start --secondary-of`",
            f'{_PAGE} ("strongly suggest")',
            "verified",
        ),
        Rule(
            "lto.sets-differ",
            "error",
            "both sets have the same files",
            "write what differs again, from a good copy",
            _PAGE,
            "inferred",
        ),
        Rule(
            "lto.too-early",
            "warning",
            "the second set is held until the first is confirmed as received",
            "wait, then write the day into `received` of the primary set",
            _PAGE,
            "verified",
        ),
    )
}
"""The rules by their ids, in the order in which they are asked."""


def rules() -> tuple[Rule, ...]:
    """Return all rules.

    Example:
        >>> all(rule.id.startswith("lto.") for rule in rules())
        True
    """
    return tuple(RULES.values())
