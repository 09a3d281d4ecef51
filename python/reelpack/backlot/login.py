"""Logins: the secrets of one account at one server, and the store that keeps them."""

from __future__ import annotations

import dataclasses
import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from reelpack.backlot.contracts import contract
from reelpack.backlot.stores import (
    FileStore,
    KeyringStore,
    Store,
    has_keyring,
    login_file,
    store_at,
)
from reelpack.backlot.tokens import Token
from reelpack.errors import LoginError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Login"]

_TEXTS = ("url", "token_url", "client_id", "client_secret", "username", "password")


@dataclass(frozen=True, slots=True)
class Login:
    """A login to one server, whose `repr` and `str` show nothing secret.

    It belongs to its ``url`` and ``token_url`` and is sent nowhere else.

    Attributes:
        url: Where the API is.
        token_url: Where tokens are taken.
        client_id: Half of the API key.
        client_secret: The other half.
        username: Whose login it is.
        password: Their password.
        token: The last token, or one that was got elsewhere.
        where: ``"keyring"`` or the file that it is kept in; None if it is kept nowhere.
    """

    url: str
    token_url: str | None = None
    client_id: str | None = field(default=None, repr=False)
    client_secret: str | None = field(default=None, repr=False)
    username: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    token: Token | None = field(default=None, repr=False)
    where: str | None = None

    @classmethod
    def stored(
        cls,
        url: str | None = None,
        token_url: str | None = None,
        *,
        environ: Mapping[str, str] | None = None,
    ) -> Self | None:
        """Find a login that was kept.

        The file is looked at first: ``REELPACK_BACKLOT_LOGIN``, or `backlot.json` in the user's
        folder of settings; then, unless that variable names a file, the keyring if there is one and
        the package `keyring` is installed.

        Args:
            url: Whose login; None is the one that is kept, if there is just one.
            token_url: Where it takes its tokens; None is wherever it says.
            environ: The environment; None is that of this process.

        Returns:
            The login; None if there is none.

        Raises:
            OSError: The file cannot be read.
            LoginError: Others can read the file, the keyring cannot be used, or several logins are
                kept and ``url`` does not say which.
        """
        environ = os.environ if environ is None else environ
        found = cls._found(FileStore(login_file(environ)), url, token_url)
        if found is None and "REELPACK_BACKLOT_LOGIN" not in environ and has_keyring():
            found = cls._found(KeyringStore(), url, token_url)
        return found

    @classmethod
    def _found(cls, store: Store, url: str | None, token_url: str | None) -> Self | None:
        logins = [cls._read(text, store.where) for text in store.read().values()]
        found = [
            login
            for login in logins
            if (url is None or _place(login.url) == _place(url))
            and (token_url is None or _place(login.token_url) == _place(token_url))
        ]
        if len(found) > 1:
            places = ", ".join(sorted(login.url for login in found))
            raise LoginError(
                f"{store.where}: several logins are kept; hint: choose by url: {places}"
            )
        return found[0] if found else None

    @classmethod
    def _read(cls, text: str, where: str) -> Self:
        """Make a login of what a store kept."""
        try:
            kept = json.loads(text)
            texts = {name: kept.get(name) for name in _TEXTS}
            access = kept.get("access_token")
            token = access and Token(access, kept.get("refresh_token"), kept.get("expires_at"))
            return cls(**texts, token=token or None, where=where)
        except (ValueError, AttributeError, TypeError):
            raise LoginError(f"{where}: a login in it cannot be understood") from None

    def store(self, where: str | os.PathLike[str] | None = None) -> Self:
        """Keep the login, in place of an older one to the same server.

        Args:
            where: ``"keyring"``, or the path of a file that only its owner will be able to read;
                None is where it is kept already, else the user's own file.

        Returns:
            The login as it is kept.

        Raises:
            OSError: The file cannot be written.
            LoginError: The keyring cannot be used, or the file is not for this user alone.
        """
        store = store_at(where or self.where or login_file(os.environ))
        # Named, so that it goes to no other whatever a contract file says later.
        login = dataclasses.replace(self, token_url=self.token_url or contract().token_host)
        token = self.token or Token("")
        facts = {name: getattr(login, name) for name in _TEXTS} | {
            "access_token": token.access or None,
            "refresh_token": token.refresh,
            "expires_at": token.expires_at,
        }
        kept = {name: value for name, value in facts.items() if value is not None}
        store.write(_name(login), json.dumps(kept))
        return dataclasses.replace(login, where=store.where)

    def forget(self) -> bool:
        """Remove the login from where it is kept.

        Returns:
            Whether it was kept anywhere.

        Raises:
            OSError: The file cannot be written.
            LoginError: The store cannot be used.
        """
        if self.where is None:
            return False
        store_at(self.where).write(_name(self), None)
        return True


def _name(login: Login) -> str:
    """Name a login in its store: by its two servers."""
    return f"{_place(login.url)} {_place(login.token_url)}".strip()


def _place(url: str | None) -> str:
    """Write a URL so that two ways of writing it are equal."""
    if url is None:
        return ""
    parts = urlsplit(url)
    return parts._replace(
        scheme=parts.scheme.lower(), netloc=parts.netloc.lower(), path=parts.path.rstrip("/")
    ).geturl()
