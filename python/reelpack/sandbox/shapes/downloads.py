"""Download materials."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from reelpack.sandbox.shapes.base import (
    Filled,
    Incoming,
    Maybe,
    PageSize,
    Shape,
    Whole,
    one_of,
)
from reelpack.sandbox.shapes.deliveries import FilePair, TransferSpec
from reelpack.sandbox.values import DownloadType, QcStatus

__all__ = [
    "DownloadAsset",
    "DownloadAssetPage",
    "DownloadChoice",
    "DownloadFilter",
    "DownloadManifest",
    "DownloadManifestList",
]

ADownloadType = Annotated[str, Field(examples=one_of(DownloadType))]
AQcStatus = Annotated[str, Field(examples=one_of(QcStatus))]


class DownloadFilter(Incoming):
    """A search: all that is given has to hold, and of a list one value."""

    movie_ids: Maybe[list[str]] = None
    package_ids: Maybe[list[str]] = None
    request_ids: Maybe[list[str]] = None
    types: Maybe[list[ADownloadType]] = None
    languages: Maybe[list[str]] = None
    page_size: PageSize = 100
    page_token: Maybe[str] = None


class DownloadAsset(Shape):
    """A material."""

    asset_id: str
    movie_id: Maybe[str] = None
    title: Maybe[str] = None
    package_id: Maybe[str] = None
    type: ADownloadType
    type_display_name: Maybe[str] = None
    qc_status: Maybe[AQcStatus] = None
    language: Maybe[str] = None
    file_name: Maybe[str] = None
    file_size: Maybe[Whole] = None
    created_at: Maybe[datetime] = None


class DownloadAssetPage(Shape):
    """A page of materials."""

    download_assets: list[DownloadAsset]
    total: Maybe[Whole] = None
    next_page_token: Maybe[str] = None


class DownloadChoice(Incoming):
    """Materials to download, and the folder that they go to."""

    asset_ids: Annotated[list[str], Field(min_length=1)]
    destination_path: Filled


class DownloadManifest(Shape):
    """How a material is downloaded, or why it is not."""

    asset_id: str
    type: Maybe[ADownloadType] = None
    type_display_name: Maybe[str] = None
    qc_status: Maybe[AQcStatus] = None
    download_error: Maybe[str] = None
    transfer_spec: Maybe[TransferSpec] = None
    files: Maybe[list[FilePair]] = None


class DownloadManifestList(Shape):
    """A manifest for each material, in the order they were asked for."""

    manifests: list[DownloadManifest]
