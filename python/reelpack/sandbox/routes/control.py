"""``/sandbox``: clock, faults and what will be found, turned by whoever rehearses."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter
from fastapi import Request as HttpRequest
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import ConfigDict, Field

from reelpack.sandbox import controls, faults
from reelpack.sandbox.refusals import Refused
from reelpack.sandbox.shapes.base import Incoming, Whole
from reelpack.sandbox.world import AWorld

if TYPE_CHECKING:
    from reelpack.sandbox.world import World

__all__ = ["router"]

router = APIRouter(prefix="/sandbox", include_in_schema=False)
_FORM = "application/x-www-form-urlencoded"


class Advance(Incoming):
    """How far to turn the clock."""

    model_config = ConfigDict(extra="forbid")

    # Seconds, forward only.
    advance: Annotated[float, Field(ge=0, allow_inf_nan=False)]


class FaultOrder(Incoming):
    """A fault to wait for its call; what is not named here are the details of its kind."""

    model_config = ConfigDict(extra="allow")

    kind: str
    operation: str = "*"
    times: Whole = 1


class Foreseen(Incoming):
    """What the next inspection and quality control of a request will find."""

    model_config = ConfigDict(extra="forbid")

    codes: Annotated[list[str], Field(default_factory=list)]
    verdict: str = "accept"


@router.get("/clock")
async def tell_time(world: AWorld) -> dict[str, str]:
    """Tell the sandbox's time."""
    return {"now": world.clock.now().isoformat()}


@router.post("/clock")
async def turn_clock(request: HttpRequest, world: AWorld) -> Response:
    """Turn the clock forward: by JSON, or by a button of the start page."""
    is_form = request.headers.get("content-type", "").partition(";")[0] == _FORM
    body = await request.body()
    try:
        order = _advance(body, is_form=is_form)
        controls.advance(world, order.advance)
    except ValueError as error:
        raise Refused(
            HTTPStatus.UNPROCESSABLE_ENTITY, "advance is a number of seconds, 0 or more"
        ) from error
    if is_form:
        return RedirectResponse("/", HTTPStatus.SEE_OTHER)
    return _now(world)


@router.get("/faults")
async def list_faults(world: AWorld) -> list[dict[str, object]]:
    """List the faults that wait."""
    with world.session() as session:
        return [
            {"kind": fault.kind, "operation": fault.operation, "times": fault.times}
            | dict(fault.details)
            for fault in faults.listed(session)
        ]


@router.post("/faults")
async def add_fault(world: AWorld, order: FaultOrder) -> dict[str, str]:
    """Let a fault wait for its call."""
    details = dict(order.model_extra or {})
    try:
        controls.fault(world, faults.Fault(order.kind, order.operation, order.times, details))
    except ValueError as error:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error
    return {"kind": order.kind}


@router.delete("/faults")
async def clear_faults(world: AWorld) -> Response:
    """Let no fault wait."""
    with world.session() as session:
        faults.clear(session)
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.post("/requests/{request_id}/foresee")
async def foresee(world: AWorld, request_id: str, order: Foreseen) -> dict[str, str]:
    """Say what the next inspection and quality control of a request will find."""
    try:
        controls.foresee(world, request_id, order.codes, order.verdict)
    except LookupError as error:
        raise Refused(HTTPStatus.NOT_FOUND, str(error.args[0])) from error
    except ValueError as error:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error
    return {"requestId": request_id}


def _advance(body: bytes, *, is_form: bool) -> Advance:
    """Read how far to turn the clock.

    Raises:
        ValueError: It is no number of seconds.
    """
    if is_form:
        (seconds,) = parse_qs(body.decode()).get("advance", [""])
        return Advance(advance=float(seconds))
    return Advance.model_validate_json(body)


def _now(world: World) -> Response:
    """Answer with the time."""
    return JSONResponse({"now": world.clock.now().isoformat()})
