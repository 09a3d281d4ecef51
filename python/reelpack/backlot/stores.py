"""Where logins are kept: the system's keyring, or a file that only its owner can read.

A store is a few named texts. Neither is asked for anything before it is used.
"""

from __future__ import annotations

import json
import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from reelpack.backlot.private import read_private, write_private
from reelpack.errors import LoginError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FileStore", "KeyringStore", "Store", "has_keyring", "login_file", "store_at"]

SERVICE = "reelpack backlot"
"""Name under which the system's keyring shows what is kept there."""

NAMES = "logins"
"""Where the keyring keeps the names of all others, as it cannot list them."""

ALTERNATIVES = (
    "hint: keep the login in a file (`reelpack backlot login --store FILE`) or in the environment "
    "(REELPACK_BACKLOT_CLIENT_ID and so on)"
)


class Store(Protocol):
    """A place for texts with names."""

    @property
    def where(self) -> str:
        """``keyring``, or the path of the file."""

    def read(self) -> dict[str, str]:
        """Return all that is kept."""

    def write(self, name: str, text: str | None) -> None:
        """Keep a text, or forget it."""


class FileStore:
    """A JSON file for its owner alone.

    Args:
        path: The file, which need not be there.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.where = os.fspath(path)

    def read(self) -> dict[str, str]:
        """Return all that is kept; nothing where there is no file.

        Raises:
            OSError: The file cannot be read.
            LoginError: Others can read it, or it is not ours.
        """
        try:
            text = read_private(self.where)
        except FileNotFoundError:
            return {}
        try:
            logins = json.loads(text)["logins"]
        except (ValueError, KeyError, TypeError):
            logins = None
        if not isinstance(logins, dict):
            raise LoginError(f"{self.where}: no file of logins")
        return {str(name): json.dumps(login) for name, login in logins.items()}

    def write(self, name: str, text: str | None) -> None:
        """Keep a text, or forget it; the file goes with the last one.

        Raises:
            OSError: The file cannot be written.
            LoginError: Others can read it, or it is not ours.
        """
        kept = {other: json.loads(login) for other, login in self.read().items() if other != name}
        if text is not None:
            kept[name] = json.loads(text)
        if kept:
            write_private(self.where, json.dumps({"logins": kept}, indent=2) + "\n")
        else:
            Path(self.where).unlink(missing_ok=True)


class KeyringStore:
    """The keyring of the system, by the package of that name (extra ``reelpack[keyring]``)."""

    where = "keyring"

    def read(self) -> dict[str, str]:
        """Return all that is kept.

        Raises:
            LoginError: There is no keyring, or it refuses.
        """
        return {name: text for name in self._names() if (text := self._get(name)) is not None}

    def write(self, name: str, text: str | None) -> None:
        """Keep a text, or forget it.

        Raises:
            LoginError: There is no keyring, or it refuses.
        """
        if text is not None:
            self._set(name, text)
        names = [other for other in self._names() if other != name]
        self._set(NAMES, json.dumps([*names, name] if text is not None else names))
        if text is None:
            self._delete(name)

    def _names(self) -> list[str]:
        return [str(name) for name in json.loads(self._get(NAMES) or "[]")]

    def _get(self, name: str) -> str | None:
        keyring, errors = _keyring()
        try:
            return keyring.get_password(SERVICE, name)
        except errors as error:
            raise _refused(error) from None

    def _set(self, name: str, text: str) -> None:
        keyring, errors = _keyring()
        try:
            keyring.set_password(SERVICE, name, text)
            kept = keyring.get_password(SERVICE, name)
        except errors as error:
            raise _refused(error) from None
        if kept != text:  # one that is switched off takes everything and keeps nothing
            raise LoginError(f"the keyring keeps nothing; {ALTERNATIVES}")

    def _delete(self, name: str) -> None:
        keyring, errors = _keyring()
        try:
            if keyring.get_password(SERVICE, name) is not None:
                keyring.delete_password(SERVICE, name)
        except errors as error:
            raise _refused(error) from None


class _Keyring(Protocol):
    """What is used of the package `keyring`."""

    def get_password(self, service: str, name: str) -> str | None: ...
    def set_password(self, service: str, name: str, text: str) -> None: ...
    def delete_password(self, service: str, name: str) -> None: ...


def has_keyring() -> bool:
    """Whether there is a keyring that something can have been kept in.

    Not without the package, and not on a machine without a desktop, where it has no back end. Takes
    0.1 s, so it is asked last.
    """
    if find_spec("keyring") is None:
        return False
    import keyring  # noqa: PLC0415  (optional, and slow to import)
    from keyring.backends import fail  # noqa: PLC0415  (the same)

    return not isinstance(keyring.get_keyring(), fail.Keyring)


def _keyring() -> tuple[_Keyring, tuple[type[Exception], ...]]:
    """Import the package, and say what its back ends raise."""
    try:
        import keyring  # noqa: PLC0415  (optional, and slow to import)
        from keyring.errors import KeyringError  # noqa: PLC0415  (the same)
    except ImportError:
        raise LoginError(
            "the keyring needs the package `keyring`: pip install 'reelpack[keyring]'; "
            + ALTERNATIVES
        ) from None
    return keyring, (KeyringError, RuntimeError, OSError)


def _refused(error: Exception) -> LoginError:
    """Say in one line why the keyring cannot be used: the first of what may be many lines."""
    reason = str(error).strip().partition("\n")[0] or type(error).__name__
    return LoginError(f"the keyring cannot be used: {reason}; {ALTERNATIVES}")


def store_at(where: str | os.PathLike[str]) -> Store:
    """Return the keyring for ``"keyring"``, else the file of that path."""
    return KeyringStore() if where == "keyring" else FileStore(where)


def login_file(environ: Mapping[str, str]) -> str:
    """Name the user's own file of logins.

    Raises:
        LoginError: This user has no folder for it.
    """
    if named := environ.get("REELPACK_BACKLOT_LOGIN"):
        return named
    import platformdirs  # noqa: PLC0415  (10 ms that a login by the environment need not pay)

    try:
        return str(platformdirs.user_config_path("reelpack", appauthor=False) / "backlot.json")
    except RuntimeError as error:
        raise LoginError(f"backlot.json: {error}") from error
