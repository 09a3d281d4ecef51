"""``POST /as/token.oauth2``."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import parse_qsl

from fastapi import APIRouter
from fastapi import Request as HttpRequest
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import ValidationError

from reelpack.sandbox import tokens
from reelpack.sandbox.refusals import Refused
from reelpack.sandbox.shapes.tokens import Grant, Token
from reelpack.sandbox.world import AWorld

__all__ = ["router"]

_FORM = "application/x-www-form-urlencoded"
# Forms of FastAPI need one more package, for files that nobody sends here.
_BODY = {
    "requestBody": {
        "required": True,
        "content": {_FORM: {"schema": Grant.model_json_schema()}},
    }
}
router = APIRouter(tags=["token"])


@router.post(
    "/as/token.oauth2", operation_id="takeToken", response_model=Token, openapi_extra=_BODY
)
async def take_token(request: HttpRequest, world: AWorld) -> JSONResponse:
    """Take a token, by password or by refresh token."""
    grant = _grant(request.headers.get("content-type", ""), await request.body())
    with world.records() as session:
        token = tokens.give(world, session, grant)
    # RFC 6749, 5.1: what holds a token is not to be kept by a cache.
    return JSONResponse(token.model_dump(), headers={"Cache-Control": "no-store"})


def _grant(content_type: str, body: bytes) -> Grant:
    """Read the form.

    Raises:
        Refused: It is no form, or says something twice.
        RequestValidationError: A field is missing.
    """
    if content_type.partition(";")[0].strip().lower() != _FORM:
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"the body has to be {_FORM}")
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True)
    except ValueError as error:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "the form cannot be read") from error
    form = {name: value for name, value in fields if name in Grant.model_fields}
    if len(form) != sum(name in form for name, _ in fields):
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "a field of the form comes twice")
    try:
        return Grant.model_validate(form)
    except ValidationError as error:
        # Without what was given: the form holds secrets.
        raise RequestValidationError(error.errors(include_input=False)) from None
