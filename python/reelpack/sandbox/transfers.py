"""Deliveries as the store keeps them: begun, found, and looked up by request."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from reelpack.sandbox import moving
from reelpack.sandbox.refusals import Refused
from reelpack.sandbox.shapes.deliveries import FilePair, TransferSpec
from reelpack.sandbox.tables import Delivery, File, Track
from reelpack.sandbox.values import TransferState

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from reelpack.sandbox.shapes.deliveries import FileOrder
    from reelpack.sandbox.tables import Request

__all__ = ["Order", "begin", "delivery_of", "pairs", "spec", "under_way"]

# Bytes that a column of SQLite can say.
_LARGEST = 2**63 - 1
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")
_UNDER_WAY = (TransferState.TRANSFERRING, TransferState.PENDING_INSPECTION)


@dataclass(frozen=True, slots=True)
class Order:
    """A delivery to begin.

    Attributes:
        files: What was announced.
        asset_info: What was said of them.
        hermes_id: An id whose meaning is not known.
        tracks: The tracks of an IMF package.
    """

    files: list[FileOrder]
    asset_info: dict[str, object]
    hermes_id: str | None = None
    tracks: tuple[Track, ...] = ()


def begin(session: Session, request: Request, order: Order, now: float) -> Delivery:
    """Begin a delivery to a request.

    Raises:
        Refused: A size is more than can be kept.
    """
    if any(file.file_size > _LARGEST for file in order.files):
        raise Refused(HTTPStatus.CONFLICT, f"a file of more than {_LARGEST} bytes cannot be")
    number = (session.scalar(select(func.max(Delivery.number))) or 0) + 1
    transfer_id = f"TR-{5000 + number}"
    delivery = Delivery(
        number=number,
        transfer_id=transfer_id,
        request=request,
        state=TransferState.TRANSFERRING,
        started_at=now,
        moves_at=now + moving.GIVEN_UP,
        asset_info=order.asset_info,
        hermes_id=order.hermes_id,
        files=[_file(transfer_id, place, file) for place, file in enumerate(order.files, 1)],
        tracks=list(order.tracks),
    )
    session.add(delivery)
    session.flush()
    for told in moving.requests_of(session, delivery):
        told.transfer_state = delivery.state
        told.inspection_status = None
        told.updated_at = now
    return delivery


def delivery_of(session: Session, transfer_id: str) -> Delivery:
    """Return a delivery by the id of its transfer.

    Raises:
        Refused: There is none.
    """
    found = session.scalar(select(Delivery).where(Delivery.transfer_id == transfer_id))
    if found is None:
        raise Refused(HTTPStatus.NOT_FOUND, f"there is no transfer {transfer_id}")
    return found


def under_way(session: Session, request: Request) -> str | None:
    """Return the transfer to a request that is under way; None if there is none."""
    is_for = or_(
        Delivery.request_id == request.request_id,
        Delivery.tracks.any(Track.request_id == request.request_id),
    )
    return session.scalar(
        select(Delivery.transfer_id).where(is_for, Delivery.state.in_(_UNDER_WAY)).limit(1)
    )


def pairs(delivery: Delivery) -> list[FilePair]:
    """Return the files of a delivery with their places, in the order they were announced."""
    return [
        FilePair(source_path=file.source_path, destination_path=file.destination_path)
        for file in delivery.files
    ]


def spec() -> TransferSpec:
    """Make a transfer specification; nothing listens at the ports of ascp."""
    return TransferSpec(
        host="127.0.0.1",
        user="sandbox",
        ssh_port=33001,
        udp_port=33001,
        token=f"ATM3_{secrets.token_urlsafe()}",
        target_rate_kbps=100_000,
    )


def _file(transfer_id: str, place: int, file: FileOrder) -> File:
    """Make the row of a file that was announced."""
    return File(
        place=place,
        source_path=file.source_path,
        destination_path=f"uploads/{transfer_id}/{place}/{_safe_name(file.source_path)}",
        announced=file.file_size,
    )


def _safe_name(path: str) -> str:
    """Return the last part of a path of either kind, in characters that no command takes amiss."""
    name = re.split(r"[/\\]", path)[-1]
    return _UNSAFE.sub("_", name)[-100:].lstrip(".") or "file"
