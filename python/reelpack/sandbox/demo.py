"""Titles, requests and materials to rehearse with: invented, and the same at each start."""

from __future__ import annotations

import hashlib
import itertools
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from reelpack.sandbox import inspecting, moving
from reelpack.sandbox.stories import STORIES
from reelpack.sandbox.tables import Delivery, File, Material, Package, Request, Title
from reelpack.sandbox.values import (
    DownloadType,
    EstimatedDateReason,
    MaterialStatus,
    QcStatus,
    ReleaseType,
    RequestState,
    ServiceType,
    SourceType,
    TransferState,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sqlalchemy.orm import Session

    from reelpack.sandbox.stories import Story
    from reelpack.sandbox.world import World

__all__ = ["fill", "fill_demo"]

# The second is no Original, is Korean, and follows its broadcast: the rules of the buckets know all
# three of these.
_TITLES = (
    {
        "movie_id": "81000001",
        "name": "The Lighthouse Ledger",
        "original_language": "en",
        "is_original": True,
        "release_type": ReleaseType.STANDARD,
    },
    {
        "movie_id": "81000002",
        "name": "Paper Kites over Mapo",
        "original_language": "ko",
        "is_original": False,
        "release_type": ReleaseType.DAY_AFTER_BROADCAST,
    },
)
_LANGUAGES = ("en", "de", "fr-CA", "es-419", "ja", "ko", "pt-BR")
_PARTNERS = ("Harbour Post", "Studio Nord")
_SUBCONTRACTOR = "Kleine Mischung"
_TYPES = tuple(SourceType)
# Types whose service is asked for as conform or create; that it is these is assumed.
_TEXT = (SourceType.SUBTITLE, SourceType.FORCED_SUBTITLE, SourceType.SDH_CC)
# Types that come as several files; which ones these are is assumed.
_SEVERAL = (SourceType.NON_IMF, SourceType.FINAL_SCRIPT)
_HOUR = 60 * 60.0
_DAY = 24 * _HOUR
_BATCH = 10_000


def fill_demo(world: World) -> None:
    """Fill an empty sandbox with two titles, sixty requests and their materials."""
    with world.session() as session:
        if session.scalar(select(func.count()).select_from(Title)):
            return
        now, today = world.clock.seconds(), world.clock.now().date()
        for place, title in enumerate(_TITLES, 1):
            session.add(Title(**title))
            session.add(Package(package_id=_package(place), movie_id=title["movie_id"]))
        session.flush()
        for place, story in enumerate(STORIES):
            request = _request(place, story, now, today)
            session.add(request)
            if story.transfer is not None:
                session.add(_delivery(request, story, story.transfer, now))
        session.add_all(_materials(now))


def fill(world: World, titles: int, requests: int, fields: Mapping[str, object]) -> None:
    """Add titles with requests that are open and can be delivered to.

    Raises:
        ValueError: A number is negative, there are requests and no title for them, or a field is
            none of a request.
    """
    if unknown := sorted(set(fields) - set(Request.__mapper__.columns.keys())):
        raise ValueError(f"a request has no field `{unknown[0]}`")
    if titles < 0 or requests < 0 or (requests and not titles):
        raise ValueError("requests need titles, and neither can be fewer than none")
    with world.session() as session:
        first = 1 + (session.scalar(select(func.count()).select_from(Title)) or 0)
        start = 1 + (session.scalar(select(func.max(Request.number))) or 0)
        _fill_titles(session, range(first, first + titles))
        now, today = world.clock.seconds(), world.clock.now().date()
        table = Request.metadata.tables[Request.__tablename__]
        rows = (
            {**_row(start + place, first + place % titles, now, today), **fields}
            for place in range(requests)
        )
        while batch := list(itertools.islice(rows, _BATCH)):
            # Past the mapper, which would look at each row by itself.
            session.connection().execute(insert(table), batch)


def _fill_titles(session: Session, places: range) -> None:
    """Add titles, each with a package."""
    if not places:
        return
    of_one = _TITLES[0]
    titles = [{**of_one, "movie_id": _movie(place), "name": f"Title {place}"} for place in places]
    packages = [{"package_id": _package(place), "movie_id": _movie(place)} for place in places]
    session.execute(insert(Title), titles)
    session.execute(insert(Package), packages)


def _row(number: int, title: int, now: float, today: date) -> dict[str, object]:
    """Make the row of a request that is open and due in three weeks or later."""
    due = today + timedelta(days=21 + number % 40)
    return {
        "number": number,
        "request_id": f"SR-{1000 + number}",
        "package_id": _package(title),
        "state": RequestState.OPEN,
        "source_type": _TYPES[(number - 1) % len(_TYPES)],
        "language": _LANGUAGES[number % len(_LANGUAGES)],
        "due_date": due,
        "estimated_delivery_date": due,
        "material_status": MaterialStatus.ACCEPTED,
        "fulfillment_partner": _PARTNERS[0],
        "updated_at": now,
    }


def _request(place: int, story: Story, now: float, today: date) -> Request:
    """Make the request of a place of the demonstration."""
    # The titles change with each request, and with each line of twelve begin with the other.
    row = _row(place + 1, 1 + (place + place // 12) % 2, now, today)
    request = Request(**row)
    request.state = story.state
    request.due_date = today + timedelta(days=story.due + place % 2)
    request.estimated_delivery_date = request.due_date + timedelta(days=story.slip)
    if story.slip:
        request.estimated_delivery_date_reason = EstimatedDateReason.REDELIVERY
    request.material_status = story.materials
    request.inspection_status = story.inspection
    request.transfer_state = story.transfer
    request.updated_at = now - (1 + place) * _HOUR
    if story.asked_again is not None:
        request.redelivery_requested_at = now - story.asked_again * _HOUR
    if story.state == RequestState.CANCELED:
        request.state_before = RequestState.OPEN
    _assign(request, place, story)
    _serve(request, place)
    return request


def _assign(request: Request, place: int, story: Story) -> None:
    """Say who delivers a request."""
    request.fulfillment_partner = _PARTNERS[place % 2] if story.is_assigned else None
    if story.is_assigned and place % 10 == 0:
        request.sub_assign = _SUBCONTRACTOR


def _serve(request: Request, place: int) -> None:
    """Say what is asked for beside the type."""
    if request.source_type in _TEXT:
        is_new = (place // 12) % 2 == 0
        request.service_type = ServiceType.CREATE if is_new else ServiceType.CONFORM
        if request.state == RequestState.ACCEPTED:
            request.translator_credit_present = None if is_new else True
            request.translator_credit_waiver_present = False if is_new else None
    if request.source_type in {SourceType.AV_MUXED, SourceType.SECONDARY_AV_MUXED}:
        request.language = "*"
    request.takes_several_files = request.source_type in _SEVERAL


def _delivery(request: Request, story: Story, state: TransferState, now: float) -> Delivery:
    """Make the last delivery of a request."""
    number = request.number
    name = f"{request.source_type.lower()}_{request.request_id}.bin"
    is_whole = state != TransferState.TRANSFERRING
    size = 1_000_000 * number
    return Delivery(
        number=number,
        transfer_id=f"TR-{5000 + number}",
        request=request,
        state=state,
        inspection_status=story.inspection,
        errors=[inspecting.error(code) for code in story.codes],
        started_at=now - 2 * _HOUR,
        moves_at=_moves_at(story, state, now),
        files=[
            File(
                place=1,
                source_path=f"/post/out/{name}",
                destination_path=f"uploads/TR-{5000 + number}/1/{name}",
                announced=size,
                counted=size if is_whole else 0,
                is_whole=is_whole,
                # Nothing came, so it is made up; what is sent to a sandbox is digested for real.
                md5=hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()
                if is_whole
                else None,
            )
        ],
    )


def _moves_at(story: Story, state: TransferState, now: float) -> float | None:
    """Say when a delivery of the demonstration goes on."""
    if state == TransferState.TRANSFERRING:
        return now + moving.GIVEN_UP
    if state == TransferState.PENDING_INSPECTION:
        return now + moving.INSPECTION
    if story.state == RequestState.DELIVERED and state == TransferState.DELIVERED:
        return now + moving.QUALITY_CONTROL
    if story.state == RequestState.PROCESSED:
        return now + moving.MANUAL_CONTROL
    return None


def _materials(now: float) -> list[Material]:
    """Make a material of each type for each title, one of each title not available."""
    kinds = list(DownloadType)
    return [
        _material(place, title, kinds[place % len(kinds)], now)
        for place, title in enumerate(title for title in range(1, len(_TITLES) + 1) for _ in kinds)
    ]


def _material(place: int, title: int, kind: DownloadType, now: float) -> Material:
    """Make a material."""
    is_there = kind != DownloadType.FINAL_PROXY
    asset = f"MA-{2001 + place}"
    return Material(
        asset_id=asset,
        package_id=_package(title),
        type=kind,
        type_display_name=kind.replace("_", " ").title(),
        qc_status=QcStatus.PASSED if is_there else QcStatus.PENDING,
        language=str(_TITLES[title - 1]["original_language"]),
        file_name=f"{asset}_{kind.lower()}.bin",
        file_size=5_000_000 + place,
        created_at=now - (place + 1) * _DAY,
        download_error=None if is_there else "the material is not available yet",
    )


def _movie(place: int) -> str:
    """Return the number of a title."""
    return str(81_000_000 + place)


def _package(place: int) -> str:
    """Return the package of a title."""
    return f"PK-{place:04}"
