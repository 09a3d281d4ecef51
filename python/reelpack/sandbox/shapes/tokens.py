"""The token call; its names are those of OAuth, with underscores."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from reelpack.sandbox.shapes.base import Maybe, Shape, Whole

__all__ = ["Grant", "Refusal", "Token"]


class Grant(BaseModel):
    """The form of the token call."""

    model_config = ConfigDict(strict=True)

    grant_type: Literal["password", "refresh_token"]
    client_id: str
    client_secret: str
    username: Maybe[str] = None
    password: Maybe[str] = None
    refresh_token: Maybe[str] = None
    validator_id: str
    scope: str


class Token(BaseModel):
    """A token."""

    access_token: str
    refresh_token: Maybe[str] = None
    token_type: str
    expires_in: int


class Refusal(Shape):
    """A refusal of any call."""

    status: Whole
    error: str
    message: str
    error_code: Maybe[str] = None
