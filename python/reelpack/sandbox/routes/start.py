"""``GET /``: the start page."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from reelpack.sandbox.page import policy, render
from reelpack.sandbox.world import AWorld

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/")
async def show(world: AWorld) -> HTMLResponse:
    """Show titles, requests, what arrived, the clock and the faults."""
    with world.session() as session:
        page = render(session, world)
    headers = {
        "Content-Security-Policy": policy(),
        "X-Content-Type-Options": "nosniff",
        # Not `no-referrer`: with it a browser sends the forms of the page with the origin `null`.
        "Referrer-Policy": "same-origin",
    }
    return HTMLResponse(page, headers=headers)
