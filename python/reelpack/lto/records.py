"""How the record of a shipment is begun and changed; comments and keys of others are kept."""

from __future__ import annotations

import errno
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from reelpack.errors import LtoError
from reelpack.lto.barcodes import check_show_code
from reelpack.lto.fields import read_toml
from reelpack.lto.shipments import RECORD, Shipment
from reelpack.lto.shipments import open as open_shipment
from reelpack.lto.writing import write_text

try:
    import tomlkit
    from tomlkit.items import Whitespace
except ImportError as error:
    raise ImportError(
        "the record of a shipment needs tomlkit\nhint: `pip install reelpack[lto]`", name="tomlkit"
    ) from error

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tomlkit import TOMLDocument
    from tomlkit.items import AoT, Table

    from reelpack.lto.shipments import Tape

__all__ = ["note_step", "put_facts", "put_tapes", "start"]

TRIES = 5
"""How often a change is begun anew because the record is not what it was any more."""

_BEGINNING = """\
# A shipment of tapes, for `reelpack lto`. Comments, and keys that it does not know, are kept.
# One show to a shipment; the secondary set is a shipment of its own.
format = 1

[shipment]
"""

_KNOWN = {
    "production_company": "as on the case labels",
    "title": "never on the outside of a box",
    "security_title": "if there is one, it stands for the title on labels",
    "movie_id": "the MID that the studio gives",
    "received": "when the studio confirmed it; the secondary set goes after that",
}
"""The keys that a person fills in, with their comments."""

_PLANNED = ("barcode", "shoot_days", "camera_rolls", "sound_rolls")
"""The keys of a tape that a plan writes; of one that was not read a person wrote the others."""

_BEHIND = """
# A box for each [[boxes]]; weigh and measure it packed.
# [[boxes]]
# number = 1
# weight_kg = 4.2
# size_mm = [400, 300, 250]

# Lines for the outside of the boxes. Neither the studio's name nor a title may be there.
[outside]
to = []
sender = []
notes = []

# A tape for each [[tapes]]. What nobody but the operator knows stands in `stated`:
# [[tapes]]
# barcode = "ABC001L8"
# transfer_date = 2026-11-30
# box = 1
# stated = { error_correction = true, compression = false, generation = 8, by = "name" }
"""


def start(
    path: str | os.PathLike[str],
    *,
    show_code: str | None = None,
    secondary_of: str | os.PathLike[str] | None = None,
    **about: str,
) -> Shipment:
    """Begin a shipment: write its record, and the folder where it is not there.

    Args:
        path: The folder.
        show_code: Three letters; not needed for a secondary set.
        secondary_of: Folder of the primary set, from which all that is not given is taken, but
            for the tapes: those of the second set have barcodes of their own.
        **about: ``production_company``, ``title``, ``security_title``, ``movie_id``.

    Returns:
        The shipment, without a tape.

    Raises:
        FileExistsError: There is a record already.
        OSError: It cannot be written, or that of the primary set not be read.
        LtoError: The primary set is none.
        ValueError: The show code is none or not that of the primary set, neither it nor a primary
            set is given, or a text has a line end or a control character.
        TypeError: A name in ``about`` is not known.

    Example:
        >>> import tempfile
        >>> start(tempfile.mkdtemp(), show_code="ABC", title="A Show").show_code
        'ABC'
    """
    record = Path(path, RECORD)
    if record.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), os.fspath(record))
    if unknown := about.keys() - _KNOWN.keys():
        raise TypeError(f"unknown: {', '.join(sorted(unknown))}")
    first = None if secondary_of is None else _primary(secondary_of)
    document = tomlkit.parse(_BEGINNING)
    document["shipment"] = _about(_code(show_code, first), first, path, about)
    record.parent.mkdir(parents=True, exist_ok=True)
    write_text(record, tomlkit.dumps(document) + _BEHIND)
    return open_shipment(path)


def put_tapes(shipment: Shipment, tapes: Sequence[Tape]) -> Shipment:
    """Replace the tapes that were planned, and keep those that were read.

    What the record says besides of a barcode that it has already is kept if days and rolls are the
    same, for else it is another tape.

    Args:
        shipment: The shipment.
        tapes: With barcodes, days and rolls; the rest is left to the record.

    Returns:
        The shipment as it is now.

    Raises:
        OSError: The record cannot be read or written.
        LtoError: It is no record.
    """

    def change(document: TOMLDocument) -> None:
        known = {str(each["barcode"]): each for each in document.get("tapes", [])}
        before = {tape.barcode: tape for tape in open_shipment(shipment.path).tapes}
        planned = {tape.barcode for tape in tapes}
        every = tomlkit.aot()
        for barcode, table in known.items():
            if "files" in table and barcode not in planned:
                every.append(table)
        for tape in tapes:
            kept = _same(before.get(tape.barcode), tape) or "files" in known.get(tape.barcode, {})
            every.append(_planned(known[tape.barcode] if kept else tomlkit.table(), tape))
        for table in every:
            _end_in_a_blank_line(table)
        document["tapes"] = every

    return _change(shipment, change)


def lost(shipment: Shipment, tapes: Sequence[Tape]) -> tuple[str, ...]:
    """Say what `put_tapes` would take from tapes that were not read, a text for each tape.

    Those are rolls and days that are on no tape any more, and what a person wrote of a tape that
    gets other rolls.

    Raises:
        OSError: The record cannot be read.
        LtoError: It is no record.
    """
    stay = {name for tape in tapes for name in (*tape.shoot_days, *tape.rolls)}
    new = {tape.barcode: tape for tape in tapes}
    found: list[str] = []
    tables = _tables(shipment)
    for tape in open_shipment(shipment.path).tapes:
        if tape.files is not None:
            continue
        gone = [name for name in (*tape.shoot_days, *tape.rolls) if name not in stay]
        if not _same(tape, new.get(tape.barcode)):
            gone += [key for key in tables[tape.barcode] if key not in _PLANNED]
        if gone:
            found.append(f"{tape.barcode}: {', '.join(gone)}")
    return tuple(found)


def put_facts(shipment: Shipment, barcode: str, facts: Mapping[str, object]) -> Shipment:
    """Write what is known of a tape now.

    Args:
        shipment: The shipment.
        barcode: Of a tape in it.
        facts: Values by their keys; a list that is empty is not written, and a None takes away
            what was there.

    Returns:
        The shipment as it is now.

    Raises:
        OSError: The record cannot be read or written.
        LtoError: It is no record.
        ValueError: There is no tape of that barcode.
    """

    def change(document: TOMLDocument) -> None:
        # By its barcode: somebody may have moved it since the record was read.
        tapes = cast("AoT", document.get("tapes", []))
        table = next((each for each in tapes if each["barcode"] == barcode), None)
        if table is None:
            raise ValueError(f"{shipment.record}: there is no tape {barcode!r}")
        for name, value in facts.items():
            if value is None:
                table.pop(name, None)
            elif value not in ((), []):
                table[name] = list(value) if isinstance(value, tuple) else value
        _end_in_a_blank_line(table)

    return _change(shipment, change)


def note_step(shipment: Shipment, step: str, *, at: datetime | None = None, **facts: Any) -> None:  # noqa: ANN401  (whatever TOML holds)
    """Write what a step did, over what it did before.

    Args:
        shipment: The shipment.
        step: Such as ``labels``.
        at: When; None is now.
        **facts: What else is worth knowing.

    Raises:
        OSError: The record cannot be read or written.
        LtoError: It is no record.
    """
    when = (at or datetime.now(UTC)).replace(microsecond=0)

    def change(document: TOMLDocument) -> None:
        steps = document.setdefault("steps", tomlkit.table(is_super_table=True))
        steps[step] = {"at": when, **facts}

    _change(shipment, change)


def noted_manifest(shipment: Shipment) -> tuple[str, tuple[str, ...]]:
    """Return what the manifest that was written last is of, and its files; nothing without one.

    Raises:
        OSError: The record cannot be read.
        LtoError: It is no record, or somebody wrote something else there.
    """
    step = read_toml(shipment.record).table("steps").table("manifest")
    return step.text("of"), step.texts("files")


def _change(shipment: Shipment, change: Callable[[TOMLDocument], None]) -> Shipment:
    """Change the record as it is on disk now, which somebody may have edited meanwhile.

    Raises:
        LtoError: It is no record, or somebody else changes it all the time.
    """
    for _ in range(TRIES):
        # Not written unless it is understood: what is wrong by now is not made worse.
        open_shipment(shipment.path)
        before = shipment.record.read_bytes()
        document = tomlkit.parse(before.decode("utf-8-sig"))
        change(document)
        if shipment.record.read_bytes() == before:
            write_text(shipment.record, tomlkit.dumps(document))
            return open_shipment(shipment.path)
    raise LtoError(
        f"{shipment.record}: another command changes it; hint: run one after the other",
        str(shipment.record),
    )


def _tables(shipment: Shipment) -> dict[str, Table]:
    """Return the tables of the tapes, by their barcodes."""
    document = tomlkit.parse(shipment.record.read_text(encoding="utf-8-sig"))
    return {str(each["barcode"]): each for each in document.get("tapes", [])}


def _same(one: Tape | None, other: Tape | None) -> bool:
    """Whether both are there and have the same days and rolls."""
    return (
        one is not None
        and other is not None
        and all(getattr(one, name) == getattr(other, name) for name in _PLANNED)
    )


def _planned(table: Table, tape: Tape) -> Table:
    """Put barcode, days and rolls of a plan into the table of a tape."""
    table["barcode"] = tape.barcode
    for name in ("shoot_days", "camera_rolls", "sound_rolls"):
        if values := list(getattr(tape, name)):
            table[name] = values
        else:
            table.pop(name, None)
    return table


def _end_in_a_blank_line(table: Table) -> None:
    """Let one blank line follow, however many came to be where keys were added."""
    body = table.value.body
    while body and body[-1][0] is None and isinstance(body[-1][1], Whitespace):
        body.pop()
    table.add(tomlkit.nl())


def _about(
    code: str, first: Shipment | None, path: str | os.PathLike[str], about: Mapping[str, str]
) -> Table:
    """Make the table of the shipment as a whole."""
    table = tomlkit.table()
    table["show_code"] = code
    table["set"] = "secondary" if first else "primary"
    if first:
        table["primary"] = os.path.relpath(first.path, path)
    for name, comment in _KNOWN.items():
        inherited = getattr(first, name) if first and name != "received" else ""
        table.add(name, tomlkit.string(about.get(name, inherited)).comment(comment))
    for name, value in table.items():
        # What `open` refuses is not written.
        if not value.isprintable():
            raise ValueError(f"{name}: has a line end or a control character; keep it on one line")
    return table


def _code(given: str | None, first: Shipment | None) -> str:
    """Return the show code, which a secondary set shares with its primary."""
    if first and given is not None and given != first.show_code:
        raise ValueError(
            f"show code: {given!r} is not {first.show_code!r}, that of the primary set; one show "
            "to a shipment"
        )
    return check_show_code(given or (first.show_code if first else ""))


def _primary(path: str | os.PathLike[str]) -> Shipment:
    """Read the primary set."""
    first = open_shipment(path)
    if first.set != "primary":
        raise LtoError(f"{first.record}: a secondary set; hint: name the primary one", first.path)
    return first
