"""``/v1/deliveries``: start a delivery, of files or of an IMF package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter
from sqlalchemy import select

from reelpack.sandbox.imf import Composition, read_package
from reelpack.sandbox.refusals import Refused
from reelpack.sandbox.routes.requests import request_of
from reelpack.sandbox.rules.deliveries import DeliveryCase
from reelpack.sandbox.rules.imf import COMPOSITION, CompositionCase
from reelpack.sandbox.shapes.deliveries import (
    Delivery,
    DeliveryOrder,
    ImfComposition,
    ImfDelivery,
    ImfDeliveryOrder,
    ImfTrack,
    ImfTrackOrder,
)
from reelpack.sandbox.tables import Delivery as Row
from reelpack.sandbox.tables import Track
from reelpack.sandbox.transfers import Order, begin, pairs, spec, under_way
from reelpack.sandbox.values import OutcomeStatus, TrackStatus, TransferState
from reelpack.sandbox.world import AWorld, World

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["router"]

router = APIRouter(prefix="/v1/deliveries", tags=["deliveries"])


@router.post("", operation_id="startDelivery", response_model_exclude_none=True)
async def start_delivery(world: AWorld, order: DeliveryOrder) -> Delivery:
    """Start a delivery and give the specification of its transfer."""
    told = order.asset_info.model_dump(by_alias=True, exclude_none=True) if order.asset_info else {}
    with world.session() as session:
        request = request_of(session, order.request_id)
        case = DeliveryCase(request, len(order.files), told, under_way(session, request))
        world.rules.check("startDelivery", case)
        ordered = Order(order.files, told, order.hermes_id)
        row = begin(session, request, ordered, world.clock.seconds())
        return Delivery(
            transfer_id=row.transfer_id,
            request_id=row.request_id,
            transfer_state=row.state,
            transfer_spec=spec(),
            files=pairs(row),
        )


@router.post("/imf", operation_id="startImfDelivery", response_model_exclude_none=True)
async def start_imf_delivery(world: AWorld, order: ImfDeliveryOrder) -> ImfDelivery:
    """Start the delivery of an IMF package."""
    package = read_package(
        order.asset_map_xml, order.packing_list_xml, order.composition_playlist_xml
    )
    with world.session() as session:
        composition = _composition(world, session, order, package)
        if composition.status == OutcomeStatus.ERROR:
            return ImfDelivery(compositions=[composition])
        row = _begin(world, session, order, package)
        return ImfDelivery(
            transfer_id=row.transfer_id,
            transfer_state=row.state,
            compositions=[composition],
            transfer_spec=spec(),
            files=pairs(row),
        )


def _begin(world: World, session: Session, order: ImfDeliveryOrder, package: Composition) -> Row:
    """Begin the delivery of a package that nothing is wrong with."""
    tracks = tuple(
        Track(
            request_id=track.request_id,
            track_id=track.track_id,
            fingerprint=package.fingerprint(track.track_id),
        )
        for track in order.tracks
    )
    request = request_of(session, order.tracks[0].request_id)
    ordered = Order(order.files, {}, tracks=tracks)
    return begin(session, request, ordered, world.clock.seconds())


def _composition(
    world: World, session: Session, order: ImfDeliveryOrder, package: Composition
) -> ImfComposition:
    """Say what comes of the composition and of each of its tracks."""
    broken = world.rules.first(COMPOSITION, CompositionCase(package))
    tracks = [_track(world, session, order, track, package) for track in order.tracks]
    refused = [track for track in tracks if track.track_status == TrackStatus.ERROR]
    message = broken[1] if broken else None
    if refused and message is None:
        message = f"{len(refused)} of {len(tracks)} tracks cannot be delivered"
    return ImfComposition(
        composition_play_list_id=package.playlist_id,
        status=str(OutcomeStatus.SUCCESS if message is None else OutcomeStatus.ERROR),
        message=message,
        tracks=tracks,
    )


def _track(
    world: World,
    session: Session,
    order: ImfDeliveryOrder,
    track: ImfTrackOrder,
    package: Composition,
) -> ImfTrack:
    """Say what comes of a track."""
    message = None
    try:
        request = request_of(session, track.request_id)
        going = under_way(session, request)
        case = DeliveryCase(request, len(order.files), under_way=going, track=track)
        world.rules.check("startImfDelivery", case)
        status = _change(session, track, package.fingerprint(track.track_id))
    except Refused as refused:
        status, message = TrackStatus.ERROR, refused.message
    return ImfTrack(
        track_id=track.track_id,
        request_id=track.request_id,
        track_status=str(status),
        message=message,
    )


def _change(session: Session, track: ImfTrackOrder, fingerprint: str) -> TrackStatus:
    """Hold a track to the last one of its id that came whole for the request."""
    before = session.scalar(
        select(Track.fingerprint)
        .join(Track.delivery)
        .where(
            Track.request_id == track.request_id,
            Track.track_id == track.track_id,
            Row.state != TransferState.TRANSFERRING,
            Row.inspection_status.is_not(None),
        )
        .order_by(Track.number.desc())
        .limit(1)
    )
    if before is None:
        return TrackStatus.NEW
    return TrackStatus.UNMODIFIED if before == fingerprint else TrackStatus.MODIFIED
