"""The calls about materials that the studio hands out."""

from __future__ import annotations

import dataclasses
import os
from typing import TYPE_CHECKING

from reelpack.backlot.asking import Asking
from reelpack.backlot.downloads import DownloadAsset, DownloadManifest
from reelpack.backlot.orders import DownloadChoice, DownloadFilter, some, texts
from reelpack.backlot.pages import Page, Pages

if TYPE_CHECKING:
    from reelpack.backlot.orders import PathLike, Texts

__all__ = ["Downloading"]


class Downloading(Asking):
    """The part of `Backlot` that is about materials."""

    def downloads(  # noqa: PLR0913  (a filter each, all by keyword)
        self,
        *,
        movie_id: Texts = None,
        package_id: Texts = None,
        request_id: Texts = None,
        type: Texts = None,  # noqa: A002  (the name that it has in the API)
        language: Texts = None,
        page_size: int = 100,
    ) -> Pages[DownloadAsset]:
        """Search the materials that the studio hands out; filters work as those of `requests`.

        Args:
            movie_id: Numbers of titles.
            package_id: Packages.
            request_id: Numbers of requests.
            type: `DownloadType`.
            language: Language tags.
            page_size: Materials asked for at once, 1 to 1000.
        """
        wanted = DownloadFilter(
            texts("movie_id", movie_id),
            texts("package_id", package_id),
            texts("request_id", request_id),
            texts("type", type),
            texts("language", language),
        )

        def fetch(size: int, token: str | None) -> Page[DownloadAsset]:
            body = dataclasses.replace(wanted, page_size=size, page_token=token)
            answer = self._ask("searchDownloadAssets", body)
            return self._page(DownloadAsset, answer, "DownloadAssetPage", "downloadAssets")

        return Pages(DownloadAsset, fetch, page_size)

    def manifests(self, asset_ids: Texts, destination: PathLike) -> tuple[DownloadManifest, ...]:
        """Get what ascp needs to download materials.

        Args:
            asset_ids: One material or several.
            destination: Folder that they are to be written into.

        Returns:
            A manifest for each material, in the order of the answer. One that cannot be downloaded
            says so in ``download_error``; that is no exception.

        Raises:
            ValueError: There is no material, or one is empty.
        """
        folder = os.path.abspath(destination)  # noqa: PTH100  (links stay as they are)
        choice = DownloadChoice(some("asset_ids", asset_ids), folder)
        answer = self._ask("getDownloadAssetsManifests", choice)
        found = self._session.read_list(
            DownloadManifest, answer, ("DownloadManifestList", "manifests")
        )
        return tuple(dataclasses.replace(one, destination=folder) for one in found)
