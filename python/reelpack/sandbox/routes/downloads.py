"""``/v1/downloads``: download materials and their manifests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter
from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from reelpack.sandbox.clock import moment
from reelpack.sandbox.pages import Place
from reelpack.sandbox.routes.requests import matching_values
from reelpack.sandbox.shapes.deliveries import FilePair
from reelpack.sandbox.shapes.downloads import (
    DownloadAsset,
    DownloadAssetPage,
    DownloadChoice,
    DownloadFilter,
    DownloadManifest,
    DownloadManifestList,
)
from reelpack.sandbox.tables import Material, Package, Request, Title
from reelpack.sandbox.transfers import spec
from reelpack.sandbox.world import AWorld

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

__all__ = ["router"]

router = APIRouter(prefix="/v1/downloads", tags=["downloads"])


@router.post(
    "/searchDownloadAssets", operation_id="searchDownloadAssets", response_model_exclude_none=True
)
async def search_assets(world: AWorld, search: DownloadFilter) -> DownloadAssetPage:
    """Search download materials."""
    with world.session() as session:
        return _page(session, _filtered(search), search.page_size, Place.read(search.page_token))


@router.post(
    "/getDownloadAssetsManifests",
    operation_id="getDownloadAssetsManifests",
    response_model_exclude_none=True,
)
async def get_manifests(world: AWorld, choice: DownloadChoice) -> DownloadManifestList:
    """Get the manifests with which materials are downloaded."""
    with world.session() as session:
        manifests = [
            _manifest(session, asset_id, choice.destination_path) for asset_id in choice.asset_ids
        ]
    return DownloadManifestList(manifests=manifests)


def _filtered(search: DownloadFilter) -> Select[Material]:
    """Select what a search asks for; materials of a request are those of its package."""
    chosen = select(Material).join(Material.package).join(Package.title)
    columns = {
        Title.movie_id: search.movie_ids,
        Package.package_id: search.package_ids,
        Material.type: search.types,
        Material.language: search.languages,
    }
    for column, values in columns.items():
        if values is not None:
            chosen = chosen.where(matching_values(column, values))
    if search.request_ids is not None:
        of_requests = select(Request.package_id).where(
            matching_values(Request.request_id, search.request_ids)
        )
        chosen = chosen.where(Material.package_id.in_(of_requests))
    return chosen


def _page(session: Session, chosen: Select[Material], size: int, place: Place) -> DownloadAssetPage:
    """Make a page."""
    total = place.total
    if total is None:
        total = session.scalar(chosen.with_only_columns(func.count(Material.number))) or 0
    if place.last is not None:
        chosen = chosen.where(Material.number > place.last)
    whole = chosen.options(contains_eager(Material.package).contains_eager(Package.title))
    rows = list(session.scalars(whole.order_by(Material.number).limit(size + 1)))
    return DownloadAssetPage(
        download_assets=[_asset(row) for row in rows[:size]],
        total=total,
        next_page_token=Place(rows[size - 1].number, total).token() if len(rows) > size else None,
    )


def _asset(row: Material) -> DownloadAsset:
    """Make what the API says of a material."""
    title = row.package.title
    return DownloadAsset(
        asset_id=row.asset_id,
        movie_id=title.movie_id,
        title=title.name,
        package_id=row.package_id,
        type=row.type,
        type_display_name=row.type_display_name,
        qc_status=row.qc_status,
        language=row.language,
        file_name=row.file_name,
        file_size=row.file_size,
        created_at=moment(row.created_at),
    )


def _manifest(session: Session, asset_id: str, folder: str) -> DownloadManifest:
    """Make the manifest of a material, or say why there is none."""
    row = session.scalar(select(Material).where(Material.asset_id == asset_id))
    if row is None:
        return DownloadManifest(
            asset_id=asset_id, download_error=f"there is no material {asset_id}"
        )
    can_come = row.download_error is None
    return DownloadManifest(
        asset_id=asset_id,
        type=row.type,
        type_display_name=row.type_display_name,
        qc_status=row.qc_status,
        download_error=row.download_error,
        transfer_spec=spec() if can_come else None,
        files=[_pair(row, folder)] if can_come else None,
    )


def _pair(row: Material, folder: str) -> FilePair:
    """Say where a material lies, and where it goes."""
    return FilePair(
        source_path=f"/materials/{row.asset_id}/{row.file_name}",
        destination_path=f"{folder.rstrip('/')}/{row.file_name}",
    )
