"""`reelpack backlot login`: prove who you are, and keep it for the commands to come."""

from __future__ import annotations

import os
import sys
from getpass import getpass
from typing import TYPE_CHECKING

import click

from reelpack import ApiStatusError, LoginError, backlot
from reelpack.backlot import Login, Token
from reelpack.cli.arguments import PATH
from reelpack.cli.backlot.connection import (
    Connection,
    about_the_connection,
    hinting_at_what_helps,
)
from reelpack.cli.exits import ExitCode
from reelpack.cli.output import emit, emit_json, note
from reelpack.wording import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["login"]

_ENVIRONMENT = "REELPACK_BACKLOT_"

_ASKED = (
    ("client_id", "client id of the API key", False),
    ("client_secret", "client secret of the API key", True),
    ("username", "user name", False),
    ("password", "password", True),
)
"""What a token is taken with: the argument, what it is asked for as, whether it is a secret."""


@click.command("login")
@click.option(
    "--store",
    type=PATH,
    metavar="keyring|FILE",
    help="where to keep it (default: backlot.json in your folder of settings)",
)
@click.option("--forget", is_flag=True, help="drop what is kept instead")
@about_the_connection
def login(*, store: str | None, forget: bool, connection: Connection, as_json: bool) -> int:
    """Prove who you are, and keep it for the commands to come.

    Asks for what the environment does not have, secrets without echo, and takes a token to prove
    it. With `--token-file`, or where the environment has a token, that one is proved by a call, and
    nothing is asked for. What is kept is for you alone: a file that others can read is refused.
    """
    with hinting_at_what_helps(), connection.shown():
        facts = _forgotten(connection) if forget else _kept(_proved(connection).store(store))
    if as_json:
        emit_json(facts)
    else:
        for name, value in facts.items():
            emit(f"{name.replace('_', ' ')}: {printable(str(value))}")
    return ExitCode.OK


def _proved(connection: Connection) -> Login:
    """Return a login that the server took."""
    told = {} if _has_token(connection) else _answers(os.environ)
    url = connection.url or os.environ.get(f"{_ENVIRONMENT}URL") or _host(connection)
    try:
        with connection.client(url=url, **told) as client:
            token = client.token()
            if not told:
                client.requests(page_size=1).first_page()
            return Login(client.url, _token_url(connection), **told, token=token)
    except ApiStatusError as error:
        # What a second factor is answered with is known to nobody, so that it is shown whole.
        note(f"the server answered: {printable(error.body.decode('utf-8', 'replace'))}")
        raise


def _has_token(connection: Connection) -> bool:
    """Whether a token was got elsewhere."""
    names = (f"{_ENVIRONMENT}TOKEN", f"{_ENVIRONMENT}TOKEN_FILE")
    return connection.token_file is not None or any(os.environ.get(name) for name in names)


def _answers(environ: Mapping[str, str]) -> dict[str, str]:
    """Return what a token is taken with, from the environment or asked for.

    Raises:
        LoginError: There is nobody to ask, or no answer.
    """
    told = {}
    for name, what, secret in _ASKED:
        variable = f"{_ENVIRONMENT}{name.upper()}"
        told[name] = environ.get(variable) or _ask(what, variable, secret=secret)
    return told


def _ask(what: str, variable: str, *, secret: bool) -> str:
    """Ask on the terminal; a secret is not shown.

    Raises:
        LoginError: There is no terminal, or no answer.
    """
    if not sys.stdin.isatty():
        raise LoginError(
            f"no {what}, and no terminal to ask on; hint: set {variable}, or give a token by "
            "`--token-file FILE`"
        )
    try:
        answer = getpass(f"{what}: ", sys.stderr) if secret else _line(f"{what}: ")
    except EOFError:
        answer = ""
    if not answer:
        raise LoginError(f"no {what} was given")
    return answer


def _line(prompt: str) -> str:
    """Ask for what is no secret. The question is no result, so that it goes to stderr."""
    sys.stderr.write(prompt)
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def _host(connection: Connection) -> str:
    """Return where the API is, from the contract or asked for."""
    known = backlot.contract(connection.contract).host
    return known or _ask("URL of the API", f"{_ENVIRONMENT}URL", secret=False)


def _token_url(connection: Connection) -> str | None:
    """Return where tokens are taken, where that is told."""
    return connection.token_url or os.environ.get(f"{_ENVIRONMENT}TOKEN_URL") or None


def _kept(login: Login) -> dict[str, object]:
    """Say what is kept and where, and nothing secret."""
    token = login.token or Token("")
    return {
        "url": login.url,
        "login": "token" if login.password is None else "password",
        "kept_in": login.where,
        "token_ends": token.expires.isoformat() if token.expires else "not known",
    }


def _forgotten(connection: Connection) -> dict[str, object]:
    """Drop what is kept for this server, and say what that was."""
    url = connection.url or os.environ.get(f"{_ENVIRONMENT}URL") or None
    kept = Login.stored(url, _token_url(connection))
    if kept is None:
        return {"forgotten": "nothing was kept"}
    kept.forget()
    return {"forgotten": kept.url, "was_kept_in": kept.where}
