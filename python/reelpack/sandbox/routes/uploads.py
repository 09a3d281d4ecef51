"""``/sandbox/uploads``: the bytes, by the core protocol of tus 1.0.0 (https://tus.io/protocols).

One resource for each file of a delivery, made when the delivery starts: the parts of the protocol
that make and end uploads are not there.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import APIRouter
from fastapi import Request as HttpRequest
from fastapi.responses import Response
from starlette.requests import ClientDisconnect

from reelpack.sandbox import faults, moving
from reelpack.sandbox.arrivals import Arrival
from reelpack.sandbox.refusals import Refused
from reelpack.sandbox.rules.uploads import SizeCase
from reelpack.sandbox.transfers import delivery_of
from reelpack.sandbox.values import TransferState
from reelpack.sandbox.world import AWorld, World

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from reelpack.sandbox.tables import Delivery, File

__all__ = ["router"]

router = APIRouter(prefix="/sandbox/uploads", include_in_schema=False)
_VERSION = {"Tus-Resumable": "1.0.0"}
_TYPE = "application/offset+octet-stream"
# Not of tus 1.0.0 but of its successor at the IETF: a sender can say that nothing more comes.
# Without it a file that is too short would only never become whole.
_COMPLETE = "upload-complete"


@router.options("/{transfer}/{place}")
async def say_version(transfer: str, place: int) -> Response:  # noqa: ARG001  (of any upload alike)
    """Say what is understood."""
    return Response(status_code=HTTPStatus.NO_CONTENT, headers={**_VERSION, "Tus-Version": "1.0.0"})


@router.head("/{transfer}/{place}")
async def say_offset(world: AWorld, transfer: str, place: int) -> Response:
    """Say how much has come."""
    with world.session() as session:
        file = _file(session, transfer, place)[1]
        arrival = _arrival(world, transfer, file)
        headers = {
            **_VERSION,
            "Cache-Control": "no-store",
            "Upload-Length": str(file.announced),
            "Upload-Offset": str(file.counted if file.is_whole else arrival.counted),
        }
    return Response(headers=headers)


@router.patch("/{transfer}/{place}")
async def take_bytes(request: HttpRequest, world: AWorld, transfer: str, place: int) -> Response:
    """Take the next bytes; those that came before a connection broke are kept."""
    arrival, announced = _opened(world, request, transfer, place)
    is_end = request.headers.get(_COMPLETE) == "?1"
    if arrival is not None:
        arrival.is_busy = True
        try:
            await _received(world, request, arrival, announced)
        except ClientDisconnect:
            # Nobody is there to be answered; what came stays, and the next call goes on from it.
            is_end = False
        except Refused:
            # Too many bytes, of which the first were not taken either: that is what is told.
            is_end = False
            raise
        finally:
            arrival.is_busy = False
            _finish(world, transfer, place, arrival, is_end=is_end)
    return Response(
        status_code=HTTPStatus.NO_CONTENT,
        headers={**_VERSION, "Upload-Offset": str(arrival.counted if arrival else announced)},
    )


def _opened(
    world: World, request: HttpRequest, transfer: str, place: int
) -> tuple[Arrival | None, int]:
    """Look whether bytes can be taken; return the file on its way, and its size.

    Returns:
        None for the file, and the bytes there are, where it is whole and nothing more is brought.

    Raises:
        Refused: They cannot.
    """
    headers = request.headers
    if headers.get("tus-resumable") != _VERSION["Tus-Resumable"]:
        raise Refused(
            HTTPStatus.PRECONDITION_FAILED,
            "the header Tus-Resumable has to be 1.0.0",
            headers={"Tus-Version": "1.0.0"},
        )
    if headers.get("content-type") != _TYPE:
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"the body has to be {_TYPE}")
    with world.session() as session:
        delivery, file = _file(session, transfer, place)
        if file.is_whole and headers.get("content-length") == "0":
            return None, file.counted
        if file.is_whole or delivery.state != TransferState.TRANSFERRING:
            what = "the file is whole" if file.is_whole else f"the delivery is {delivery.state}"
            raise Refused(HTTPStatus.CONFLICT, f"{what}: it takes no more bytes")
        arrival = _arrival(world, transfer, file)
        _check_offset(headers.get("upload-offset"), arrival)
        return arrival, file.announced


def _check_offset(offset: str | None, arrival: Arrival) -> None:
    """Want the next byte, and nobody else who brings it.

    Raises:
        Refused: It is another one.
    """
    if arrival.is_busy:
        raise Refused(HTTPStatus.LOCKED, "another call brings bytes of this file")
    if offset != str(arrival.counted):
        raise Refused(
            HTTPStatus.CONFLICT, f"Upload-Offset is {offset}, and {arrival.counted} bytes are there"
        )


async def _received(world: World, request: HttpRequest, arrival: Arrival, announced: int) -> None:
    """Take the body.

    Raises:
        Refused: It has more bytes than were announced; those up to there are kept.
    """
    coming = request.headers.get("content-length")
    if coming is not None:
        world.rules.check("upload", _size(announced, arrival.counted + int(coming)))
    async for chunk in request.stream():
        world.rules.check("upload", _size(announced, arrival.counted + len(chunk)))
        arrival.take(chunk)


def _size(announced: int, counted: int) -> SizeCase:
    """Make the case of bytes that come."""
    return SizeCase(announced, counted, is_at_end=False)


def _finish(world: World, transfer: str, place: int, arrival: Arrival, *, is_end: bool) -> None:
    """Write down what came, and start the inspection when all files are whole.

    Raises:
        Refused: Too few bytes came, or a fault wants the count to be off; the file starts again.
    """
    with world.session() as session:
        delivery, file = _file(session, transfer, place)
        file.counted = arrival.counted
        if arrival.counted < file.announced and not is_end:
            return
        wrong = _wrong_count(world, session, file, arrival)
        if wrong is None:
            file.is_whole, file.md5 = True, arrival.md5()
            _end(world, session, delivery)
            return
        file.counted = 0
        world.arrivals.pop((transfer, place), None)
    raise wrong


def _wrong_count(world: World, session: Session, file: File, arrival: Arrival) -> Refused | None:
    """Return the refusal of a file whose count is not what was announced; None if it is."""
    off = 0
    for fault in faults.take(session, faults.UPLOAD, ("wrong-size",)):
        off += int(str(fault.details.get("by", 1)))
    try:
        case = SizeCase(file.announced, arrival.counted - off, is_at_end=True)
        world.rules.check("upload", case)
    except Refused as refused:
        return refused
    return None


def _end(world: World, session: Session, delivery: Delivery) -> None:
    """Start the inspection if no file is left that is not whole."""
    if all(file.is_whole for file in delivery.files):
        moving.arrived(session, delivery, world.clock.seconds())
        for file in delivery.files:
            world.arrivals.pop((delivery.transfer_id, file.place), None)


def _arrival(world: World, transfer: str, file: File) -> Arrival:
    """Return the state of a file on its way."""
    return world.arrivals.setdefault((transfer, file.place), Arrival())


def _file(session: Session, transfer: str, place: int) -> tuple[Delivery, File]:
    """Return a file of a delivery.

    Raises:
        Refused: There is none.
    """
    delivery = delivery_of(session, transfer)
    if not 1 <= place <= len(delivery.files):
        raise Refused(HTTPStatus.NOT_FOUND, f"transfer {transfer} has no file {place}")
    return delivery, delivery.files[place - 1]
