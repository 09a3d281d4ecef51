"""What the client sends: filters, changes and orders, one class for each schema of the contract."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from reelpack.backlot.deliveries import AssetInfo, ImfTrackOrder
from reelpack.backlot.values import (
    DownloadType,
    EstimatedDateReason,
    InspectionCode,
    InspectionStatus,
    MaterialStatus,
    RequestState,
    ServiceType,
    SourceType,
)
from reelpack.backlot.wire import Kind, Wired

if TYPE_CHECKING:
    from collections.abc import Mapping

Texts: TypeAlias = str | Iterable[str] | None
"""One value or several; None for no such filter."""

Day: TypeAlias = date | str
"""A date, or one as ISO 8601 text."""

PathLike: TypeAlias = "str | os.PathLike[str]"

UNFIT = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
"""What a name must not have: what ends a line, and bytes that are no UTF-8, escaped by Python."""


@dataclass(frozen=True, slots=True)
class RequestFilter(Wired):
    """Which source requests are searched: all that is given has to hold."""

    KINDS: ClassVar[Mapping[str, Kind]] = {
        "request_ids": [str],
        "movie_ids": [str],
        "package_ids": [str],
        "states": [RequestState],
        "source_types": [SourceType],
        "service_types": [ServiceType],
        "languages": [str],
        "material_statuses": [MaterialStatus],
        "inspection_statuses": [InspectionStatus],
        "fulfillment_partners": [str],
        "estimated_from": date,
        "estimated_to": date,
        "page_size": int,
    }

    request_ids: tuple[str, ...] | None = None
    movie_ids: tuple[str, ...] | None = None
    package_ids: tuple[str, ...] | None = None
    states: tuple[str, ...] | None = None
    source_types: tuple[str, ...] | None = None
    service_types: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None
    material_statuses: tuple[str, ...] | None = None
    inspection_statuses: tuple[str, ...] | None = None
    fulfillment_partners: tuple[str, ...] | None = None
    estimated_from: date | None = None
    estimated_to: date | None = None
    page_size: int | None = None
    page_token: str | None = None


@dataclass(frozen=True, slots=True)
class RequestUpdate(Wired):
    """What is changed of a source request."""

    KINDS: ClassVar[Mapping[str, Kind]] = {
        "estimated_delivery_date": date,
        "estimated_delivery_date_reason": EstimatedDateReason,
        "translator_credit_present": bool,
        "translator_credit_waiver_present": bool,
    }

    estimated_delivery_date: date | None = None
    estimated_delivery_date_reason: str | None = None
    sub_assign: str | None = None
    translator_credit_present: bool | None = None
    translator_credit_waiver_present: bool | None = None


@dataclass(frozen=True, slots=True)
class MaterialStatusUpdate(Wired):
    """How far the materials are."""

    KINDS: ClassVar[Mapping[str, Kind]] = {"material_status": MaterialStatus}

    material_status: str
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class RequestChoice(Wired):
    """Which requests are canceled, or not any more."""

    KINDS: ClassVar[Mapping[str, Kind]] = {"request_ids": [str]}

    request_ids: tuple[str, ...]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class FileOrder(Wired):
    """A file that is delivered, with its size in bytes."""

    KINDS: ClassVar[Mapping[str, Kind]] = {"file_size": int}
    OWN: ClassVar[frozenset[str]] = frozenset({"modified"})

    source_path: str
    file_size: int
    modified: int
    """When it was last written, in nanoseconds since 1970; not sent."""


@dataclass(frozen=True, slots=True)
class DeliveryOrder(Wired):
    """A delivery to be started."""

    KINDS: ClassVar[Mapping[str, Kind]] = {"files": [FileOrder], "asset_info": AssetInfo}

    request_id: str
    files: tuple[FileOrder, ...]
    asset_info: AssetInfo | None = None
    hermes_id: str | None = None


@dataclass(frozen=True, slots=True)
class ImfDeliveryOrder(Wired):
    """An IMF delivery to be started, in the schema of 2023-03-31."""

    KINDS: ClassVar[Mapping[str, Kind]] = {"tracks": [ImfTrackOrder], "files": [FileOrder]}

    asset_map_xml: str
    packing_list_xml: str
    composition_playlist_xml: str
    tracks: tuple[ImfTrackOrder, ...]
    files: tuple[FileOrder, ...]


@dataclass(frozen=True, slots=True)
class Override(Wired):
    """Which errors of an inspection are overridden."""

    KINDS: ClassVar[Mapping[str, Kind]] = {"codes": [InspectionCode]}

    codes: tuple[str, ...] | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class DownloadFilter(Wired):
    """Which download materials are searched."""

    KINDS: ClassVar[Mapping[str, Kind]] = {
        "movie_ids": [str],
        "package_ids": [str],
        "request_ids": [str],
        "types": [DownloadType],
        "languages": [str],
        "page_size": int,
    }

    movie_ids: tuple[str, ...] | None = None
    package_ids: tuple[str, ...] | None = None
    request_ids: tuple[str, ...] | None = None
    types: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None
    page_size: int | None = None
    page_token: str | None = None


@dataclass(frozen=True, slots=True)
class DownloadChoice(Wired):
    """Which materials are downloaded, and where to."""

    KINDS: ClassVar[Mapping[str, Kind]] = {"asset_ids": [str]}

    asset_ids: tuple[str, ...]
    destination_path: str


def texts(what: str, values: Texts) -> tuple[str, ...] | None:
    """Make a tuple of one text or several; None for none at all.

    Raises:
        ValueError: One is empty, which no request matches, or is no text that can be sent.
    """
    if values is None:
        return None
    found = (values,) if isinstance(values, str) else tuple(values)
    for value in found:
        _sendable(what, value)
    return found


def _sendable(what: str, value: str) -> None:
    """Refuse what nothing is called by.

    Raises:
        ValueError: It is empty, or has control characters or bytes that are no UTF-8.
    """
    if not value or UNFIT.search(value):
        raise ValueError(f"{what}: {value!r} cannot be one")


def some(what: str, values: Texts) -> tuple[str, ...]:
    """Make a tuple of one text or several.

    Raises:
        ValueError: There is none, or one is empty.
    """
    found = texts(what, values)
    if not found:
        raise ValueError(f"{what}: give at least one")
    return found


def one_day(what: str, value: Day | None) -> date | None:
    """Make a date of ISO 8601 text.

    Raises:
        TypeError: It is a time, of which nobody knows whose day is meant.
        ValueError: It is no date.
    """
    if value is None:
        return None
    if isinstance(value, datetime):
        raise TypeError(f"{what}: a date is wanted, not a time; hint: give `.date()` of it")
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{what}: no date: {value!r}; hint: write it as 2026-03-31") from None


def path_id(what: str, value: str) -> str:
    """Pass on what becomes a part of a path.

    Raises:
        ValueError: It is empty or dots, which would make another path of it, or cannot be sent.
    """
    _sendable(what, value)
    if value in {".", ".."}:
        raise ValueError(f"{what}: {value!r} cannot be one")
    return value


def file_orders(files: PathLike | Iterable[PathLike]) -> tuple[FileOrder, ...]:
    """Look at the files of a delivery: where they are, how large, and when they were written.

    Raises:
        OSError: One is not there, or is a folder.
        ValueError: There is none, one is named twice or empty, or its name cannot be sent.
    """
    paths = [files] if isinstance(files, str | os.PathLike) else list(files)
    if not paths:
        raise ValueError("files: a delivery needs at least one")
    orders = tuple(_file_order(os.fspath(path)) for path in paths)
    seen: set[str] = set()
    for order in orders:
        if order.source_path in seen:
            raise ValueError(f"{order.source_path}: named twice")
        seen.add(order.source_path)
    return orders


def _file_order(path: str) -> FileOrder:
    facts = os.stat(path)  # noqa: PTH116  (its error names the path as it was given)
    if stat.S_ISDIR(facts.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    if not stat.S_ISREG(facts.st_mode):
        raise ValueError(f"{path}: no regular file")
    whole = os.path.abspath(path)  # noqa: PTH100  (links stay as they are)
    if UNFIT.search(whole):
        raise ValueError(f"{path!r}: a name that JSON or the list of file pairs cannot hold")
    if not facts.st_size:
        raise ValueError(f"{path}: is empty; hint: deliver it when it is final")
    return FileOrder(whole, facts.st_size, facts.st_mtime_ns)


def once_key(about: Iterable[str], files: tuple[FileOrder, ...]) -> str:
    """Name a delivery, so that the same one is not started twice.

    The same are the same request and the same files: path, size and time of the last change. So a
    file that was written anew makes another delivery, and metadata that differ do not. The order of
    the files does not matter.
    """
    facts = sorted([order.source_path, order.file_size, order.modified] for order in files)
    return json.dumps([sorted(about), facts])


def asset_info(info: AssetInfo | Mapping[str, object] | None) -> AssetInfo | None:
    """Make an `AssetInfo` of a dict, whose keys are fields or names in JSON."""
    if info is None or isinstance(info, AssetInfo):
        return info
    known = {"mixType": "mix_type", "format": "format", "dolbyAtmos": "dolby_atmos"}
    fields = set(known.values())
    named = {known.get(name, name): value for name, value in info.items()}
    return AssetInfo(
        **{name: value for name, value in named.items() if name in fields},  # type: ignore[arg-type]  # each name is a field of it
        extra={name: value for name, value in named.items() if name not in fields},
    )
