"""Materials that the studio hands to a partner."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Literal

from reelpack.backlot.transfers import FilePair, Paired, TransferSpec
from reelpack.backlot.values import DownloadType, QcStatus
from reelpack.backlot.wire import Kind, Wired
from reelpack.errors import ReelpackError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DownloadAsset", "DownloadManifest"]


@dataclass(frozen=True, slots=True)
class DownloadAsset(Wired):
    """A material that can be downloaded, or will be.

    Attributes:
        asset_id: Its number.
        type: What kind of material it is.
        movie_id: Number of the title.
        title: Name of the title.
        package_id: Package that it belongs to.
        type_display_name: ``type`` for people.
        qc_status: What quality control said.
        language: Its language.
        file_name: Name of the file.
        file_size: Size of the file in bytes.
        created_at: When it was made.
        extra: Fields that are not known.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {
        "type": DownloadType,
        "qc_status": QcStatus,
        "file_size": int,
        "created_at": datetime,
    }

    asset_id: str
    type: DownloadType | str
    movie_id: str | None = None
    title: str | None = None
    package_id: str | None = None
    type_display_name: str | None = None
    qc_status: QcStatus | str | None = None
    language: str | None = None
    file_name: str | None = None
    file_size: int | None = None
    created_at: datetime | str | None = None
    extra: dict[str, object] = field(default_factory=dict, hash=False, repr=False)


@dataclass(frozen=True, slots=True)
class DownloadManifest(Paired):
    """How one material is downloaded, or why it cannot be.

    Attributes:
        asset_id: Number of the material.
        type: What kind of material it is.
        type_display_name: ``type`` for people.
        qc_status: What quality control said.
        download_error: Why it cannot be downloaded; None if it can.
        transfer_spec: How ascp reaches the studio.
        files: What goes where, in the order of the answer.
        extra: Fields that are not known.
        destination: The folder that was asked for.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {
        "type": DownloadType,
        "qc_status": QcStatus,
        "transfer_spec": TransferSpec,
        "files": [FilePair],
    }
    OWN: ClassVar[frozenset[str]] = frozenset({"destination"})
    MODE: ClassVar[Literal["send", "recv"]] = "recv"

    asset_id: str
    type: DownloadType | str | None = None
    type_display_name: str | None = None
    qc_status: QcStatus | str | None = None
    download_error: str | None = None
    transfer_spec: TransferSpec | None = None
    files: tuple[FilePair, ...] | None = None
    extra: dict[str, object] = field(default_factory=dict, hash=False, repr=False)
    destination: str | None = None

    def _check_pair(self, pair: FilePair) -> None:
        """Refuse to write outside the folder that was asked for."""
        if self.destination is not None:
            _check_inside(pair.destination_path, self.destination)


def _check_inside(path: str, folder: str) -> None:
    whole = os.path.normpath(os.path.join(folder, path))  # noqa: PTH118  (no disk is asked)
    if os.path.commonpath([whole, os.path.normpath(folder)]) != os.path.normpath(folder):
        raise ReelpackError(f"{path!r}: the answer would write outside {folder}")
