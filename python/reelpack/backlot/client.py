"""The client of the studio's API of source requests and deliveries.

Hosts, verbs and paths come from `openapi.yaml`; the calls themselves are made by the extension.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NoReturn, Self

from reelpack.backlot import core
from reelpack.backlot.contracts import contract as describe
from reelpack.backlot.contracts import overrides
from reelpack.backlot.credentials import Told, resolve
from reelpack.backlot.delivering import Delivering
from reelpack.backlot.downloading import Downloading
from reelpack.backlot.keeping import Keeper
from reelpack.backlot.requesting import Requesting
from reelpack.backlot.session import Session
from reelpack.backlot.tokens import Token
from reelpack.backlot.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from reelpack.backlot.orders import PathLike

__all__ = ["Backlot"]


class Backlot(Requesting, Delivering, Downloading):
    """A client of the studio's API. Threads may share it; a forked process may go on with it.

    What is None is looked for in the environment (``REELPACK_BACKLOT_URL``, ``_TOKEN_URL``,
    ``_CLIENT_ID``, ``_CLIENT_SECRET``, ``_USERNAME``, ``_PASSWORD``, ``_TOKEN``, ``_TOKEN_FILE``,
    ``_CONTRACT``, ``_CA_FILE``, ``_PROXY``), a login then in what `Login.store` kept. A token is
    taken with the first call, refreshed before it ends, and kept where the login is.

    Calls that may be repeated are, with growing pauses: time-outs, lost connections, 429 and 502
    to 504. One that is not, such as a delivery, is repeated only if it certainly was not carried
    out. Each method raises `ApiError` where the server refuses or cannot be reached, and
    `LoginError` where no token is to be had. Ctrl-C stops a call that the main thread makes.

    Args:
        url: Where the API is. It is not public; your studio contact knows it.
        token_url: Where tokens are taken; None is the host of the contract.
        client_id: Half of the API key.
        client_secret: The other half.
        username: The user.
        password: The password.
        token: An access token that was got elsewhere; it stands before the password.
        token_file: A file that holds one and that only its owner can read.
        contract: A TOML file that overrides hosts, paths, verbs, fields and values.
        timeout: Seconds that one attempt may take.
        connect_timeout: Seconds that connecting may take.
        retries: How often an attempt is repeated at most.
        ca_file: PEM files of certificates to trust beside the system's, one or several.
        proxy: URL of a proxy; None is that of the environment.
        state: Where deliveries that were started are remembered: True is the user's own state, a
            path a file of your own, False none, so that a delivery can be started twice.

    Raises:
        OSError: A file that was named cannot be read.
        ContractError: The contract file cannot be understood.
        LoginError: There is no server or no login, or the store cannot be used.
        ValueError: A time is not above 0, or a URL is none, or one that would send a login in the
            open.
    """

    def __init__(  # noqa: PLR0913  (an option each, all by keyword)
        self,
        url: str | None = None,
        *,
        token_url: str | None = None,
        client_id: str | None = None,
        client_secret: str | None = None,
        username: str | None = None,
        password: str | None = None,
        token: str | None = None,
        token_file: PathLike | None = None,
        contract: PathLike | None = None,
        timeout: float = 60.0,
        connect_timeout: float = 10.0,
        retries: int = 4,
        ca_file: PathLike | Iterable[PathLike] | None = None,
        proxy: str | None = None,
        state: PathLike | bool = True,
    ) -> None:
        told = Told(
            url, token_url, client_id, client_secret, username, password, token, token_file,
            contract, ca_file, proxy,
        ).completed(os.environ)  # fmt: skip
        described = describe(told.contract)
        login, self._kind = resolve(told, described, os.environ)
        last = login.token or Token("")
        native = core.client(
            url=login.url,
            token_url=login.token_url,
            overrides=overrides(told.contract),
            client_id=login.client_id,
            client_secret=login.client_secret,
            username=login.username,
            password=login.password,
            access_token=last.access or None,
            refresh_token=last.refresh,
            expires_at=last.expires_at,
            timeout=timeout,
            connect_timeout=connect_timeout,
            retries=retries,
            ca_files=_paths(told.ca_file),
            proxy=told.proxy,
        )
        self._url = login.url
        self._state = state
        wire = Wire(
            [(one.schema, one.ours, one.theirs) for one in described.fields],
            [(one.schema, one.ours, one.theirs) for one in described.values],
        )
        self._open: Session | None = Session(native, wire)
        self._keeper = Keeper(login) if self._kind == "stored" else None

    def __enter__(self) -> Self:
        """Return the client itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def __repr__(self) -> str:
        """Show the server and which kind of login it is, and nothing of the login."""
        closed = "" if self._open else ", closed"
        return f"Backlot({self._url!r}, login={self._kind!r}{closed})"

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled: there are secrets in it."""
        raise TypeError("a Backlot cannot be pickled; hint: make one in each process")

    def close(self) -> None:
        """Drop connections and secrets, and end the calls of other threads.

        These and further calls are a `ValueError`. What was sent may be carried out all the same.
        Closing twice is fine.
        """
        session, self._open = self._open, None
        if session is not None:
            session.stop()

    @property
    def url(self) -> str:
        """Where the API is."""
        return self._url

    def token(self) -> Token:
        """Return a token that is valid now, which is taken or refreshed if need be."""
        return Token(*self._session.token())


def _paths(files: PathLike | Iterable[PathLike] | None) -> list[str]:
    if files is None:
        return []
    if isinstance(files, str | os.PathLike):
        return [os.fspath(files)]
    return [os.fspath(path) for path in files]
