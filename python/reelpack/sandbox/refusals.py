"""What the sandbox answers where it refuses: the four fields that the token call is known for.

That the other calls answer alike is assumed.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI, Request

__all__ = ["Refused", "answer_refusals", "refusal"]


class Refused(Exception):  # noqa: N818  (an answer, and no error of the sandbox)
    """A call that is answered with a refusal.

    Attributes:
        status: The HTTP status.
        message: Why, in one line.
        code: The API's own code of the reason; the name of a rule here, else empty.
        headers: Headers of the answer.
    """

    def __init__(
        self, status: int, message: str, *, code: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.code = code
        self.headers = headers


def refusal(
    status: int, message: str, *, code: str = "", headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """Make the answer of a refusal."""
    body = {
        "status": status,
        "error": HTTPStatus(status).phrase,
        "message": message,
        "errorCode": code,
    }
    return JSONResponse(body, status, headers)


def answer_refusals(app: FastAPI) -> None:
    """Let every failure of `app`, the framework's own too, be answered in the one form."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _broken)


async def _refused(_request: Request, error: Exception) -> JSONResponse:
    """Answer a refusal of ours."""
    assert isinstance(error, Refused)  # noqa: S101  (asked for by this class)
    return refusal(error.status, error.message, code=error.code, headers=error.headers)


async def _http(request: Request, error: Exception) -> JSONResponse:
    """Answer a refusal of the framework: no such path, no such verb."""
    assert isinstance(error, HTTPException)  # noqa: S101  (asked for by this class)
    headers = error.headers
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        # The framework names the verbs of the first route at a path only.
        allowed = request.app.state.operations.verbs(request.url.path)
        headers = {"Allow": ", ".join(allowed)} if allowed else headers
    return refusal(error.status_code, str(error.detail), headers=headers)


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    """Answer a body or parameter that is not as the contract has it, all faults in one line."""
    assert isinstance(error, RequestValidationError)  # noqa: S101  (asked for by this class)
    faults = (f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
    return refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "; ".join(faults))


async def _broken(_request: Request, _error: Exception) -> JSONResponse:
    """Answer a fault of the sandbox itself; the server logs it with its traceback."""
    return refusal(HTTPStatus.INTERNAL_SERVER_ERROR, "the sandbox failed; its log says where")
