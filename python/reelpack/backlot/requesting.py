"""The calls about source requests."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from reelpack.backlot.asking import Asking, paging
from reelpack.backlot.orders import (
    MaterialStatusUpdate,
    RequestChoice,
    RequestFilter,
    RequestUpdate,
    one_day,
    path_id,
    some,
    texts,
)
from reelpack.backlot.pages import Page, Pages
from reelpack.backlot.sources import Bucket, Outcome, SourceRequest
from reelpack.backlot.values import BucketName

if TYPE_CHECKING:
    from reelpack.backlot.orders import Day, Texts
    from reelpack.backlot.session import Answer

__all__ = ["Requesting"]


class Requesting(Asking):
    """The part of `Backlot` that is about source requests."""

    def requests(  # noqa: PLR0913  (a filter each, all by keyword)
        self,
        *,
        request_id: Texts = None,
        movie_id: Texts = None,
        package_id: Texts = None,
        state: Texts = None,
        source_type: Texts = None,
        service_type: Texts = None,
        language: Texts = None,
        material_status: Texts = None,
        inspection_status: Texts = None,
        fulfillment_partner: Texts = None,
        estimated_from: Day | None = None,
        estimated_to: Day | None = None,
        bucket: str | None = None,
        page_size: int = 100,
    ) -> Pages[SourceRequest]:
        """Search source requests; all filters that are given have to hold.

        A filter is one value or several, of which one has to hold. Values that are not known are
        passed on. Nothing is asked for before you iterate.

        Args:
            request_id: Numbers of requests.
            movie_id: Numbers of titles.
            package_id: Packages.
            state: `RequestState`.
            source_type: `SourceType`.
            service_type: `ServiceType`.
            language: Language tags.
            material_status: `MaterialStatus`.
            inspection_status: `InspectionStatus`.
            fulfillment_partner: Who delivers.
            estimated_from: First estimated delivery date.
            estimated_to: Last estimated delivery date.
            bucket: A `BucketName`: list what the portal has in it. Goes with no other filter.
            page_size: Requests asked for at once, 1 to 1000.

        Returns:
            The requests; also how many there are, and in which buckets.

        Raises:
            ValueError: A date is none, ``page_size`` is out of range, or ``bucket`` is given with
                another filter.
        """
        wanted = RequestFilter(
            request_ids=texts("request_id", request_id),
            movie_ids=texts("movie_id", movie_id),
            package_ids=texts("package_id", package_id),
            states=texts("state", state),
            source_types=texts("source_type", source_type),
            service_types=texts("service_type", service_type),
            languages=texts("language", language),
            material_statuses=texts("material_status", material_status),
            inspection_statuses=texts("inspection_status", inspection_status),
            fulfillment_partners=texts("fulfillment_partner", fulfillment_partner),
            estimated_from=one_day("estimated_from", estimated_from),
            estimated_to=one_day("estimated_to", estimated_to),
        )
        if bucket is not None:
            if wanted != RequestFilter():
                raise ValueError("bucket: a bucket is listed whole, and goes with no other filter")
            return self._bucket(bucket, page_size)

        def fetch(size: int, token: str | None) -> Page[SourceRequest]:
            body = dataclasses.replace(wanted, page_size=size, page_token=token)
            return self._request_page(self._ask("searchRequests", body))

        return Pages(SourceRequest, fetch, page_size)

    def _bucket(self, bucket: str, page_size: int) -> Pages[SourceRequest]:
        """List a bucket: another call of the API than the search."""

        def fetch(size: int, token: str | None) -> Page[SourceRequest]:
            name = self._session.wire.value(BucketName, bucket)
            query = (("bucket", name), *paging(size, token))
            return self._request_page(self._ask("listRequests", query=query))

        return Pages(SourceRequest, fetch, page_size)

    def _request_page(self, answer: Answer) -> Page[SourceRequest]:
        schema = "SourceRequestPage"
        page = self._page(SourceRequest, answer, schema, "requests")
        buckets = self._session.read_list(Bucket, answer, (schema, "buckets"), required=False)
        return dataclasses.replace(page, buckets=buckets)

    def request(self, request_id: str) -> SourceRequest:
        """Look at one source request.

        Raises:
            ApiStatusError: There is none of that number, or it is not yours (404, 403).
        """
        answer = self._ask("getRequest", path=_of_request(request_id))
        return self._session.read(SourceRequest, answer)

    def update(  # noqa: PLR0913  (a field each, all by keyword)
        self,
        request_id: str,
        *,
        estimated_delivery_date: Day | None = None,
        reason: str | None = None,
        sub_assign: str | None = None,
        translator_credit_present: bool | None = None,
        translator_credit_waiver_present: bool | None = None,
    ) -> SourceRequest:
        """Change a source request; what is None stays as it is.

        Args:
            request_id: The request.
            estimated_delivery_date: When you expect to deliver. The due date stays. Possible while
                the request is Open or Redelivery Requested.
            reason: Why; an `EstimatedDateReason` or another that the server knows.
            sub_assign: Whom it is assigned to.
            translator_credit_present: With ``service_type`` conform.
            translator_credit_waiver_present: With ``service_type`` create.

        Returns:
            The request as it is now.

        Raises:
            ValueError: Nothing is to be changed, or one of date and reason is without the other;
                nothing is sent.
        """
        if (estimated_delivery_date is None) != (reason is None):
            raise ValueError("an estimated delivery date needs a reason, and a reason its date")
        change = RequestUpdate(
            one_day("estimated_delivery_date", estimated_delivery_date),
            reason,
            sub_assign,
            translator_credit_present,
            translator_credit_waiver_present,
        )
        if change == RequestUpdate():
            raise ValueError("nothing to change")
        answer = self._ask("updateRequest", change, path=_of_request(request_id))
        return self._session.read(SourceRequest, answer)

    def cancel(self, *request_ids: str, reason: str | None = None) -> tuple[Outcome, ...]:
        """Cancel source requests; only preferred fulfillment partners may.

        Args:
            request_ids: The requests, one or more.
            reason: Why.

        Returns:
            What became of each, in the order of the answer. One that was refused is no exception.

        Raises:
            ValueError: There is none, or one is empty.
        """
        return self._choose("cancelRequests", request_ids, reason)

    def uncancel(self, *request_ids: str, reason: str | None = None) -> tuple[Outcome, ...]:
        """Undo a cancel; otherwise as `cancel`."""
        return self._choose("uncancelRequests", request_ids, reason)

    def _choose(
        self, operation: str, request_ids: tuple[str, ...], reason: str | None
    ) -> tuple[Outcome, ...]:
        choice = RequestChoice(some("request_ids", request_ids), reason)
        answer = self._ask(operation, choice)
        return self._session.read_list(Outcome, answer, ("OutcomeList", "results"))

    def set_material_status(
        self, request_id: str, status: str, *, comment: str | None = None
    ) -> SourceRequest:
        """Say how far the materials are. Accepted is needed before a delivery.

        Args:
            request_id: The request.
            status: `MaterialStatus`.
            comment: A comment on it.

        Returns:
            The request as it is now.
        """
        change = MaterialStatusUpdate(status, comment)
        answer = self._ask("setMaterialStatus", change, path=_of_request(request_id))
        return self._session.read(SourceRequest, answer)


def _of_request(request_id: str) -> tuple[tuple[str, str], ...]:
    return (("requestId", path_id("request_id", request_id)),)
