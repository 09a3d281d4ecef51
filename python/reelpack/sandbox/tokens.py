"""The token call: who gets a token, and which token is good.

Source of the fields, the form of the answer, and that a refresh token is used before the access
token ends: the studio's public API page. Assumed: that a refresh token works once, and what is
answered where a second factor is wanted.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING

from sqlalchemy import delete

from reelpack.sandbox.refusals import Refused
from reelpack.sandbox.shapes.tokens import Grant
from reelpack.sandbox.shapes.tokens import Token as TokenShape
from reelpack.sandbox.tables import Token

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from reelpack.sandbox.world import Credentials, World

__all__ = ["LIFE", "give", "is_good"]

# Seconds that a token is valid for, as in the public example.
LIFE = 7199
_VALIDATOR = "PartnerDirectoryProd"
_SCOPE = "sourcedelivery"


def give(world: World, session: Session, grant: Grant) -> TokenShape:
    """Give a token for a password or a refresh token.

    Raises:
        Refused: The login is not that of the sandbox, or wants a second factor.
    """
    if not _knows(world.credentials, grant):
        raise _unauthorized()
    if grant.grant_type == "password":
        _check_password(world, grant)
    else:
        _use_refresh(session, grant.refresh_token or "", world.clock.seconds())
    return _fresh(session, world.clock.seconds())


def is_good(session: Session, authorization: str | None, now: float) -> bool:
    """Tell whether the header `Authorization` holds a token that is valid."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer":
        return False
    row = session.get(Token, _digest(token.strip()))
    return row is not None and not row.is_refresh and row.expires_at > now


def _knows(credentials: Credentials, grant: Grant) -> bool:
    """Tell whether the key, the validator and the scope are right."""
    return (
        _same(grant.client_id, credentials.client_id)
        and _same(grant.client_secret, credentials.client_secret)
        and grant.validator_id == _VALIDATOR
        and grant.scope == _SCOPE
    )


def _check_password(world: World, grant: Grant) -> None:
    """Want the right password, and where it is switched on a second factor as well."""
    credentials = world.credentials
    if not (
        _same(grant.username or "", credentials.username)
        and _same(grant.password or "", credentials.password)
    ):
        raise _unauthorized()
    if world.wants_second_factor:
        raise _unauthorized("Multi-factor authentication is required: log in with a browser")


def _use_refresh(session: Session, token: str, now: float) -> None:
    """Take a refresh token, which works once."""
    row = session.get(Token, _digest(token))
    if row is None or not row.is_refresh or row.expires_at <= now:
        raise _unauthorized()
    session.delete(row)


def _fresh(session: Session, now: float) -> TokenShape:
    """Make a pair of tokens; those that ended are forgotten."""
    session.execute(delete(Token).where(Token.expires_at <= now))
    access, refresh = secrets.token_urlsafe(), secrets.token_urlsafe()
    for token, is_refresh in ((access, False), (refresh, True)):
        session.add(Token(digest=_digest(token), is_refresh=is_refresh, expires_at=now + LIFE))
    kind = "Bearer"
    return TokenShape(access_token=access, refresh_token=refresh, token_type=kind, expires_in=LIFE)


def _unauthorized(message: str = "Authentication failed") -> Refused:
    """Make the refusal, with the words of the public example."""
    return Refused(HTTPStatus.UNAUTHORIZED, message)


def _same(given: str, wanted: str) -> bool:
    """Compare without telling by the time it takes how much was right."""
    return hmac.compare_digest(given.encode(), wanted.encode())


def _digest(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
