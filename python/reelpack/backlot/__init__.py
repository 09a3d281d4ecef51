"""The studio's API of source requests and deliveries, as far as it is known.

`Backlot` is the client, `AsyncBacklot` the same for asyncio. Answers are frozen dataclasses: values
are open, fields that are not known are kept in ``extra``, and what an answer lacks is None.
`standing` judges a request by the rules of the portal, `contract` says what of the API is known and
how surely.

The host of the API is not public: `Backlot` has to be told. `reelpack.sandbox` is a server to
rehearse on. Names are loaded when they are first used.
"""

# As in `reelpack`: type checkers take this name for true.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from reelpack.backlot.asynchronous import AsyncBacklot, AsyncPages
    from reelpack.backlot.client import Backlot
    from reelpack.backlot.contracts import Contract, Operation, Renamed, contract, contract_yaml
    from reelpack.backlot.deliveries import (
        AssetInfo,
        Delivery,
        ImfComposition,
        ImfDelivery,
        ImfTrack,
        ImfTrackOrder,
    )
    from reelpack.backlot.downloads import DownloadAsset, DownloadManifest
    from reelpack.backlot.inspections import Inspection, InspectionError
    from reelpack.backlot.login import Login
    from reelpack.backlot.pages import Page, Pages
    from reelpack.backlot.sources import Bucket, Outcome, SourceRequest
    from reelpack.backlot.standings import Standing, standing
    from reelpack.backlot.tokens import Token, read_token
    from reelpack.backlot.transfers import FilePair, TransferSpec
    from reelpack.backlot.values import (
        AtmosChoice,
        AudioFormat,
        BucketName,
        DownloadType,
        EstimatedDateReason,
        InspectionCode,
        InspectionStatus,
        MaterialStatus,
        MixType,
        OutcomeStatus,
        QcStatus,
        ReleaseType,
        RequestState,
        ServiceType,
        SourceType,
        TrackStatus,
        TransferState,
    )

_HOMES = {
    "asynchronous": {"AsyncBacklot", "AsyncPages"},
    "client": {"Backlot"},
    "contracts": {"Contract", "Operation", "Renamed", "contract", "contract_yaml"},
    "deliveries": {
        "AssetInfo",
        "Delivery",
        "ImfComposition",
        "ImfDelivery",
        "ImfTrack",
        "ImfTrackOrder",
    },
    "downloads": {"DownloadAsset", "DownloadManifest"},
    "inspections": {"Inspection", "InspectionError"},
    "login": {"Login"},
    "pages": {"Page", "Pages"},
    "sources": {"Bucket", "Outcome", "SourceRequest"},
    "standings": {"Standing", "standing"},
    "tokens": {"Token", "read_token"},
    "transfers": {"FilePair", "TransferSpec"},
    "values": {
        "AtmosChoice",
        "AudioFormat",
        "BucketName",
        "DownloadType",
        "EstimatedDateReason",
        "InspectionCode",
        "InspectionStatus",
        "MaterialStatus",
        "MixType",
        "OutcomeStatus",
        "QcStatus",
        "ReleaseType",
        "RequestState",
        "ServiceType",
        "SourceType",
        "TrackStatus",
        "TransferState",
    },
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "AssetInfo",
    "AsyncBacklot",
    "AsyncPages",
    "AtmosChoice",
    "AudioFormat",
    "Backlot",
    "Bucket",
    "BucketName",
    "Contract",
    "Delivery",
    "DownloadAsset",
    "DownloadManifest",
    "DownloadType",
    "EstimatedDateReason",
    "FilePair",
    "ImfComposition",
    "ImfDelivery",
    "ImfTrack",
    "ImfTrackOrder",
    "Inspection",
    "InspectionCode",
    "InspectionError",
    "InspectionStatus",
    "Login",
    "MaterialStatus",
    "MixType",
    "Operation",
    "Outcome",
    "OutcomeStatus",
    "Page",
    "Pages",
    "QcStatus",
    "ReleaseType",
    "Renamed",
    "RequestState",
    "ServiceType",
    "SourceRequest",
    "SourceType",
    "Standing",
    "Token",
    "TrackStatus",
    "TransferSpec",
    "TransferState",
    "contract",
    "contract_yaml",
    "read_token",
    "standing",
]

# Hidden from type checkers, for which every misspelt name would else be there.
if not TYPE_CHECKING:  # pragma: no branch  (true whenever it runs)

    def __getattr__(name: str) -> object:
        """Load a public name from the module that has it, and keep it."""
        from importlib import import_module  # noqa: PLC0415  (not needed once all are loaded)

        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = import_module(f"{__name__}.{_HOME[name]}")
        return globals().setdefault(name, getattr(home, name))

    def __dir__() -> list[str]:
        """Name what can be had, loaded or not."""
        return sorted({*globals(), *__all__})
