"""Which server and which login a client uses: told, in the environment, or stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from reelpack.backlot.contracts import contract as describe
from reelpack.backlot.login import Login
from reelpack.backlot.tokens import Token, read_token
from reelpack.errors import LoginError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

    from reelpack.backlot.contracts import Contract

__all__ = ["Told", "resolve"]

PREFIX = "REELPACK_BACKLOT_"
"""What the names of our variables begin with."""

_PASSWORD_GRANT = ("client_id", "client_secret", "username", "password")


@dataclass(frozen=True, slots=True)
class Told:
    """What the caller said, or else the environment; None for what neither did.

    Attributes:
        url: Where the API is.
        token_url: Where tokens are taken.
        client_id: Half of the API key.
        client_secret: The other half.
        username: The user.
        password: The password.
        token: An access token that was got elsewhere.
        token_file: A file that holds one.
        contract: A TOML file that overrides the contract.
        ca_file: Certificates to trust beside the system's.
        proxy: The proxy.
    """

    url: str | None = None
    token_url: str | None = None
    client_id: str | None = field(default=None, repr=False)
    client_secret: str | None = field(default=None, repr=False)
    username: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)
    token_file: str | os.PathLike[str] | None = None
    contract: str | os.PathLike[str] | None = None
    ca_file: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | None = None
    proxy: str | None = field(default=None, repr=False)

    def completed(self, environ: Mapping[str, str]) -> Told:
        """Fill in from the environment what is None.

        A token that was told, in whichever way, stands before one of the environment, and so does
        a password.
        """
        names = [name for name in self.__slots__ if getattr(self, name) is None]
        if self.token is not None or self.token_file is not None or self.password is not None:
            names = [name for name in names if name not in {"token", "token_file"}]
        found = {name: environ.get(PREFIX + name.upper()) or None for name in names}
        told = {name: getattr(self, name) for name in self.__slots__ if name not in names}
        return Told(**told, **found)


def resolve(
    told: Told, contract: Contract, environ: Mapping[str, str]
) -> tuple[Login, Literal["token", "password", "stored"]]:
    """Find the login that `told` means, and say which kind it is.

    A token stands before a password, and both before what is stored.

    Raises:
        OSError: A file that was named cannot be read.
        LoginError: No server is known, there is no login or half of one, or the store cannot be
            used.
    """
    url = told.url or contract.host
    token_url = told.token_url or _told_token_host(contract)
    if told.token_file is not None or told.token:
        token = Token(told.token) if told.token else read_token(told.token_file or "")
        return _told_login(told, _server(url), token), "token"
    given = [name for name in _PASSWORD_GRANT if getattr(told, name)]
    if given:
        _check_whole(given)
        return _told_login(told, _server(url), None), "password"
    login = Login.stored(url, token_url, environ=environ)
    if login is None:
        _server(url)
        raise LoginError(
            f"no login for {url}; "
            "hint: `reelpack backlot login`, or set REELPACK_BACKLOT_CLIENT_ID, _CLIENT_SECRET, "
            "_USERNAME and _PASSWORD, or REELPACK_BACKLOT_TOKEN_FILE"
        )
    return login, "stored"


def _told_token_host(contract: Contract) -> str | None:
    """Return the host of the tokens if the user's contract file names it."""
    return None if contract.token_host == describe().token_host else contract.token_host


def _told_login(told: Told, url: str, token: Token | None) -> Login:
    return Login(
        url,
        told.token_url,
        told.client_id,
        told.client_secret,
        told.username,
        told.password,
        token,
    )


def _server(url: str | None) -> str:
    if not url:
        raise LoginError(
            "no server: the host of the API is not public; "
            "hint: give its URL (`--url`, `url=`, REELPACK_BACKLOT_URL), or `host` in a contract "
            "file"
        )
    return url


def _check_whole(given: list[str]) -> None:
    """Refuse half a login: what is missing is not taken from another one."""
    missing = [PREFIX + name.upper() for name in _PASSWORD_GRANT if name not in given]
    if missing:
        raise LoginError(f"half a login; hint: also set {', '.join(missing)}")
