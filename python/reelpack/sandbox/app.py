"""The application: paths, gates and refusals around a world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.routing import APIRoute

from reelpack.sandbox.gates import Door, Faulty, Operations, Recorder
from reelpack.sandbox.refusals import answer_refusals
from reelpack.sandbox.routes import (
    control,
    deliveries,
    downloads,
    inspections,
    requests,
    start,
    tokens,
    uploads,
)
from reelpack.sandbox.shapes.tokens import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reelpack.sandbox.world import World

__all__ = ["make_app"]

_ROUTERS = (tokens, requests, deliveries, inspections, downloads, uploads, control, start)
_TITLE = "A sandbox of the Source Requests & Delivery Management API"


def make_app(world: World) -> FastAPI:
    """Make the application of a sandbox.

    Args:
        world: What it works on.
    """
    app = FastAPI(
        title=_TITLE,
        # Pages of documentation would load scripts from the network.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        responses={"default": {"model": Refusal, "description": "Refused, with the reason."}},
    )
    app.state.world = world
    for module in _ROUTERS:
        app.include_router(module.router)
    answer_refusals(app)
    operations = app.state.operations = Operations(_operations())
    # The one added last is met first.
    app.add_middleware(Door, world=world)
    app.add_middleware(Faulty, world=world)
    app.add_middleware(Recorder, world=world, name=operations.name)
    return app


def _operations() -> Iterator[tuple[str, str, str]]:
    """List verb, path and id of each operation of the contract."""
    for module in _ROUTERS:
        for route in module.router.routes:
            if isinstance(route, APIRoute) and route.operation_id is not None:
                for verb in route.methods or ():
                    yield verb, route.path, route.operation_id
