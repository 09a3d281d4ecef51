"""The calls about deliveries and their inspection."""

from __future__ import annotations

import contextlib
import dataclasses
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reelpack.backlot.asking import Asking, paging
from reelpack.backlot.deliveries import Delivery, ImfDelivery
from reelpack.backlot.inspections import Inspection
from reelpack.backlot.orders import (
    DeliveryOrder,
    ImfDeliveryOrder,
    Override,
    file_orders,
    once_key,
    path_id,
    some,
)
from reelpack.backlot.orders import asset_info as as_asset_info
from reelpack.backlot.pages import Page, Pages
from reelpack.backlot.values import InspectionStatus
from reelpack.errors import ApiError, StateError
from reelpack.memory import native_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reelpack.backlot.deliveries import AssetInfo, ImfTrackOrder
    from reelpack.backlot.orders import FileOrder, PathLike, Texts

__all__ = ["Delivering"]


class Delivering(Asking):
    """The part of `Backlot` that is about deliveries."""

    _state: PathLike | bool

    def deliver(
        self,
        request_id: str,
        files: PathLike | Iterable[PathLike],
        *,
        asset_info: AssetInfo | Mapping[str, object] | None = None,
        hermes_id: str | None = None,
        again: bool = False,
    ) -> Delivery:
        """Start a delivery: announce the files, and get the transfer to make. No byte is sent.

        The sizes are taken right before the call, and the studio refuses a file of another size.

        The same delivery is not started twice. The same are the same request and the same files:
        path, size and time of the last change; metadata do not count. Then nothing is sent, and the
        answer of the earlier call is returned with its secrets struck out (``kept_since``). A file
        that was written anew is a new delivery. To deliver the very same file again, as after a
        Redelivery Requested that was the studio's mistake, say ``again``.

        Args:
            request_id: The request. Its materials have to be Accepted first.
            files: One file or several.
            asset_info: What the source type wants to be told, such as the mix of a print master;
                a dict may have names of fields or of JSON.
            hermes_id: Passed on; its meaning is not public.
            again: Send it whatever is remembered.

        Returns:
            The transfer; its ``pairs_text`` and ``ascp_line`` are what to run.

        Raises:
            OSError: A file is not there, or is a folder.
            ValueError: There is no file, one is named twice, or its name cannot be sent.
            UncertainDeliveryError: It was sent before and no answer came: it may have been started.
                Look at the request; nothing is sent without ``again``.
            StateError: What was started cannot be remembered.
        """
        path_id("request_id", request_id)
        state, info = self._delivery_state(), as_asset_info(asset_info)
        orders = file_orders(files)
        body = DeliveryOrder(request_id, orders, info, hermes_id)
        once = _once(state, once_key([request_id], orders), again=again)
        with _taken():
            answer = self._ask("startDelivery", body, once=once)
            found = self._session.read(Delivery, answer)
        kept_since = _moment(answer.kept_since)
        return dataclasses.replace(found, kept_since=kept_since, sizes=_sizes(orders))

    def deliver_imf(  # noqa: PLR0913  (an option each, all by keyword)
        self,
        files: PathLike | Iterable[PathLike],
        *,
        asset_map_xml: str,
        packing_list_xml: str,
        composition_playlist_xml: str,
        tracks: Iterable[ImfTrackOrder],
        again: bool = False,
    ) -> ImfDelivery:
        """Start the delivery of an IMF package; otherwise as `deliver`.

        Args:
            files: The files of the package.
            asset_map_xml: The asset map: its text, not its path.
            packing_list_xml: The packing list, the same.
            composition_playlist_xml: The composition playlist, the same.
            tracks: Which track is for which request; the language of each has to be that of its
                request.
            again: As of `deliver`.

        Returns:
            What became of each composition and track. One that was refused is no exception; nothing
            is started then, and the same call asks again.

        Raises:
            OSError: A file is not there, or is a folder.
            ValueError: There is no file or no track.
            UncertainDeliveryError: As `deliver`.
            StateError: As `deliver`.
        """
        wanted = tuple(tracks)
        if not wanted:
            raise ValueError("tracks: an IMF delivery needs at least one")
        state, orders = self._delivery_state(), file_orders(files)
        body = ImfDeliveryOrder(
            asset_map_xml, packing_list_xml, composition_playlist_xml, wanted, orders
        )
        key = once_key((track.request_id for track in wanted), orders)
        once = _once(state, key, again=again)
        with _taken():
            answer = self._ask("startImfDelivery", body, once=once)
            found = self._session.read(ImfDelivery, answer)
            if answer.kept_since is not None and found.transfer_id is None:
                # Refused then, and nothing started: the same files may go with other XML now.
                answer = self._ask("startImfDelivery", body, once=once and (*once[:2], True))
                found = self._session.read(ImfDelivery, answer)
        kept_since = _moment(answer.kept_since)
        return dataclasses.replace(found, kept_since=kept_since, sizes=_sizes(orders))

    def inspections(
        self,
        *,
        request_id: str | None = None,
        transfer_id: str | None = None,
        status: str | None = None,
        page_size: int = 100,
    ) -> Pages[Inspection]:
        """List deliveries with what their inspection found, the newest first.

        Args:
            request_id: Of this request only.
            transfer_id: This delivery only.
            status: An `InspectionStatus`: of this result only.
            page_size: Deliveries asked for at once, 1 to 1000.
        """
        wanted = {"requestId": request_id, "transferId": transfer_id}

        def fetch(size: int, token: str | None) -> Page[Inspection]:
            named = None if status is None else self._session.wire.value(InspectionStatus, status)
            given = {**wanted, "inspectionStatus": named}
            query = tuple((name, value) for name, value in given.items() if value is not None)
            answer = self._ask("listInspectionDeliveries", query=query + paging(size, token))
            return self._page(Inspection, answer, "InspectionDeliveryPage", "inspectionDeliveries")

        return Pages(Inspection, fetch, page_size)

    def override(
        self, transfer_id: str, *, codes: Texts = None, comment: str | None = None
    ) -> Inspection:
        """Override errors of an inspection: the file goes on as it is.

        Quality control still applies. Hard errors cannot be overridden.

        Args:
            transfer_id: The delivery.
            codes: `InspectionCode`; None is every one that can be overridden.
            comment: Why.

        Returns:
            The delivery as it is now.
        """
        given = None if codes is None else some("codes", codes)
        path = (("transferId", path_id("transfer_id", transfer_id)),)
        answer = self._ask("overrideInspection", Override(given, comment), path=path)
        return self._session.read(Inspection, answer)

    def _delivery_state(self) -> str | None:
        """Name the state that deliveries are remembered in; None if none is wanted.

        Raises:
            StateError: One is wanted and this user has no folder for it.
        """
        if self._state is False:
            return None
        state = native_state(self._state)["state"]
        if state is None:
            raise StateError(
                "state.db: no folder to remember deliveries in; "
                "hint: name a file (`state=`), or `state=False`: then one can be started twice",
                "state.db",
            )
        return state


@contextlib.contextmanager
def _taken() -> Iterator[None]:
    """Say of an answer that is not understood that the server took the delivery all the same."""
    try:
        yield
    except ApiError as error:
        if type(error) is not ApiError:  # those below it say that there is no answer, or a refusal
            raise
        message = (
            f"{error}; the server took the delivery, so it counts as started; hint: run it again "
            "once a contract file fits: nothing is sent, and the kept answer is read anew"
        )
        error.args = (message, *error.args[1:])
        raise


def _once(state: str | None, key: str, *, again: bool) -> tuple[str, str, bool] | None:
    return None if state is None else (state, key, again)


def _sizes(orders: tuple[FileOrder, ...]) -> dict[str, int]:
    return {order.source_path: order.file_size for order in orders}


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
