"""Shipments of LTO tapes: plan them, label them, list what is on them, and check them.

`start` begins a shipment, a folder with a readable record, and `open` reads it; `plan` says which
rolls go on which tape, `spine_labels`, `case_labels` and `outside_labels` make PDFs, `manifest`
reads tapes and lists what is on them, and `check` holds all of it against what the studio wants.
`read_ltfs` reads an index or a label of LTFS, `rules` lists all that `check` asks.

No tape is written. Names are loaded when they are first used.
"""

# As in `reelpack`: type checkers take this name for true.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from reelpack.lto.barcodes import Barcode, numbered
    from reelpack.lto.charts import tapes as tapes_chart
    from reelpack.lto.checks import check
    from reelpack.lto.columns import FIELDS, Column, Columns
    from reelpack.lto.contents import Contents, TapeFile
    from reelpack.lto.contents import read as read_contents
    from reelpack.lto.continuing import plan_shipment
    from reelpack.lto.finding import Dropped, find_dropped, find_rolls
    from reelpack.lto.labels import case_labels, case_lines, outside_labels, spine_labels
    from reelpack.lto.ltfs import IndexedFile, Volume
    from reelpack.lto.ltfs import read as read_ltfs
    from reelpack.lto.manifests import FORMATS, Manifest, manifest
    from reelpack.lto.media import MEDIA, Medium
    from reelpack.lto.outsides import forbidden
    from reelpack.lto.pictures import svg
    from reelpack.lto.plans import Plan, PlannedTape, Roll, Share, plan
    from reelpack.lto.records import note_step, put_facts, put_tapes, start
    from reelpack.lto.reports import Report, Statement
    from reelpack.lto.rulebook import Rule, rules
    from reelpack.lto.sheets import CASES, OUTSIDES, SPINES, Sheet, chosen
    from reelpack.lto.shipments import (
        RECORD,
        Box,
        Outside,
        Shipment,
        Stated,
        Tape,
        open,  # noqa: A004  (read as `lto.open`)
    )

# A name that is another one in its home stands with it.
_HOMES: dict[str, dict[str, str]] = {
    "barcodes": {"Barcode": "", "numbered": ""},
    "charts": {"tapes_chart": "tapes"},
    "checks": {"check": ""},
    "columns": {"FIELDS": "", "Column": "", "Columns": ""},
    "contents": {"Contents": "", "TapeFile": "", "read_contents": "read"},
    "continuing": {"plan_shipment": ""},
    "finding": {"Dropped": "", "find_dropped": "", "find_rolls": ""},
    "labels": {"case_labels": "", "case_lines": "", "outside_labels": "", "spine_labels": ""},
    "ltfs": {"IndexedFile": "", "Volume": "", "read_ltfs": "read"},
    "manifests": {"FORMATS": "", "Manifest": "", "manifest": ""},
    "media": {"MEDIA": "", "Medium": ""},
    "outsides": {"forbidden": ""},
    "pictures": {"svg": ""},
    "plans": {
        "Plan": "",
        "PlannedTape": "",
        "Roll": "",
        "Share": "",
        "plan": "",
    },
    "records": {"note_step": "", "put_facts": "", "put_tapes": "", "start": ""},
    "reports": {"Report": "", "Statement": ""},
    "rulebook": {"Rule": "", "rules": ""},
    "sheets": {"CASES": "", "OUTSIDES": "", "SPINES": "", "Sheet": "", "chosen": ""},
    "shipments": {
        "RECORD": "",
        "Box": "",
        "Outside": "",
        "Shipment": "",
        "Stated": "",
        "Tape": "",
        "open": "",
    },
}
_HOME = {name: (home, own or name) for home, names in _HOMES.items() for name, own in names.items()}

__all__ = [
    "CASES",
    "FIELDS",
    "FORMATS",
    "MEDIA",
    "OUTSIDES",
    "RECORD",
    "SPINES",
    "Barcode",
    "Box",
    "Column",
    "Columns",
    "Contents",
    "Dropped",
    "IndexedFile",
    "Manifest",
    "Medium",
    "Outside",
    "Plan",
    "PlannedTape",
    "Report",
    "Roll",
    "Rule",
    "Share",
    "Sheet",
    "Shipment",
    "Stated",
    "Statement",
    "Tape",
    "TapeFile",
    "Volume",
    "case_labels",
    "case_lines",
    "check",
    "chosen",
    "find_dropped",
    "find_rolls",
    "forbidden",
    "manifest",
    "note_step",
    "numbered",
    "open",
    "outside_labels",
    "plan",
    "plan_shipment",
    "put_facts",
    "put_tapes",
    "read_contents",
    "read_ltfs",
    "rules",
    "spine_labels",
    "start",
    "svg",
    "tapes_chart",
]

# Hidden from type checkers, for which every misspelt name would else be there.
if not TYPE_CHECKING:  # pragma: no branch  (true whenever it runs)

    def __getattr__(name: str) -> object:
        """Load a public name from the module that has it, and keep it."""
        from importlib import import_module  # noqa: PLC0415  (not needed once all are loaded)

        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home, own = _HOME[name]
        return globals().setdefault(name, getattr(import_module(f"{__name__}.{home}"), own))

    def __dir__() -> list[str]:
        """Name what can be had, loaded or not."""
        return sorted({*globals(), *__all__})
