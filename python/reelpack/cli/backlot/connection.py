"""How the commands reach Backlot: the options each of them has, and what helps where it fails."""

from __future__ import annotations

import contextlib
import functools
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from reelpack import errors
from reelpack.backlot import Backlot
from reelpack.cli.arguments import PATH
from reelpack.cli.delivery import json_option
from reelpack.cli.output import note
from reelpack.wording import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Connection", "about_the_connection", "contract_option", "hinting_at_what_helps"]

_LOGGER = "reelpack.backlot"

_BY_STATUS = {
    400: "`reelpack backlot contract` shows what of the API is assumed; the real one may differ",
    401: "`reelpack backlot login` takes a new token; `--token-file` takes one got elsewhere",
    403: "this account may not do it; who administers it can change that",
    404: "is the id right? `reelpack backlot contract` shows which paths are assumed",
    405: "the verb may be assumed: `reelpack backlot contract`; `--contract FILE` corrects it",
    429: "the server asks for fewer calls; try again later",
}
"""What helps against a refusal, by its HTTP status."""

_BY_KIND: tuple[tuple[type[Exception], str], ...] = (
    (
        errors.UncertainDeliveryError,
        "`reelpack backlot inspection --request ID` shows what was started; `--again` starts it",
    ),
    (
        errors.LoginError,
        "`reelpack backlot login`, or set REELPACK_BACKLOT_CLIENT_ID and the others",
    ),
    (errors.ApiTimeoutError, "`--timeout SECONDS` waits longer"),
    (
        errors.ApiConnectionError,
        "is the host right (`--url`)? `--proxy` and `--ca-file` tell of what stands between",
    ),
)
"""What helps against other failures; the first that fits is taken."""


def _without_secret(
    _context: click.Context, parameter: click.Parameter, value: str | None
) -> str | None:
    """Refuse a password in an address: other users see the arguments of a process."""
    if value is None:
        return None
    try:
        secret = "@" in urlsplit(value).netloc
    except ValueError as error:
        raise click.BadParameter("it is no address") from error
    if secret:
        name = f"REELPACK_BACKLOT_{str(parameter.name).upper()}"
        raise click.BadParameter(f"a password is no argument, set {name} instead")
    return value


contract_option = click.option(
    "--contract",
    type=PATH,
    envvar="REELPACK_BACKLOT_CONTRACT",
    metavar="FILE",
    help="TOML file that corrects host, paths and names",
)

_ABOUT_THE_CONNECTION = (
    click.option("--url", metavar="URL", callback=_without_secret, help="where the API is"),
    click.option(
        "--token-url", metavar="URL", callback=_without_secret, help="where tokens are taken"
    ),
    contract_option,
    click.option(
        "--token-file", type=PATH, metavar="FILE", help="a token got elsewhere; only yours to read"
    ),
    click.option(
        "--ca-file", type=PATH, multiple=True, metavar="FILE", help="further authorities to trust"
    ),
    click.option("--proxy", metavar="URL", callback=_without_secret, help="go by this proxy"),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True, max=86_400),
        default=60.0,
        metavar="SECONDS",
        help="wait for an answer at most so long (default: 60)",
    ),
    click.option("--debug", is_flag=True, help="show each call, without secrets"),
)


@dataclass(frozen=True, slots=True)
class Connection:
    """What the options say of the way to Backlot; what they leave open is `Backlot`'s to find.

    Attributes:
        url: Where the API is.
        token_url: Where tokens are taken.
        contract: The TOML file that corrects the contract.
        token_file: A file with a token.
        ca_file: Files with authorities.
        proxy: The proxy to go by.
        timeout: Seconds to wait for an answer.
        debug: Whether each call is shown.
    """

    url: str | None
    token_url: str | None
    contract: str | None
    token_file: str | None
    ca_file: tuple[str, ...]
    proxy: str | None
    timeout: float
    debug: bool

    @contextlib.contextmanager
    def open(self) -> Iterator[Backlot]:
        """Open a client while the block runs; what fails in it gets a hint."""
        with hinting_at_what_helps(), self.shown(), self.client() as client:
            yield client

    def client(self, url: str | None = None, **login: Any) -> Backlot:  # noqa: ANN401  (see Args)
        """Make a client; what it needs to log in comes with `login`, or from where it looks.

        Args:
            url: Where the API is; None is what the options say.
            login: Key, name and password, as keyword arguments of `Backlot`.
        """
        return Backlot(
            url or self.url,
            token_url=self.token_url,
            contract=self.contract,
            token_file=self.token_file,
            ca_file=self.ca_file or None,
            proxy=self.proxy,
            timeout=self.timeout,
            **login,
        )

    @contextlib.contextmanager
    def shown(self) -> Iterator[None]:
        """Show the calls while the block runs, if that was asked for; else those tried again."""
        logger, handler = logging.getLogger(_LOGGER), _Notes(all_of_them=self.debug)
        level = logger.level
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
        try:
            yield
        finally:
            logger.removeHandler(handler)
            logger.setLevel(level)


class _Notes(logging.Handler):
    """Writes what is logged to stderr, a line each: every call, or those that are tried again."""

    def __init__(self, *, all_of_them: bool) -> None:
        super().__init__()
        self._all = all_of_them

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        if self._all:
            note(printable(record.getMessage()))
            return
        facts = vars(record)
        if facts.get("wait") is not None:
            why = printable(f"{facts['url']}: {facts['outcome']}")
            note(f"{why}, trying again in {facts['wait']:.1f} s")


def about_the_connection(command: Callable[..., int]) -> Callable[..., int]:
    """Add the options about the connection; they reach `command` as `connection`.

    `--json` comes with them, as `as_json`.
    """

    @functools.wraps(command)
    def collected(  # noqa: PLR0913  (an option each)
        *,
        url: str | None,
        token_url: str | None,
        contract: str | None,
        token_file: str | None,
        ca_file: tuple[str, ...],
        proxy: str | None,
        timeout: float,
        debug: bool,
        **rest: object,
    ) -> int:
        told = Connection(url, token_url, contract, token_file, ca_file, proxy, timeout, debug)
        return command(connection=told, **rest)

    for option in reversed((*_ABOUT_THE_CONNECTION, json_option)):
        collected = option(collected)
    return collected


@contextlib.contextmanager
def hinting_at_what_helps() -> Iterator[None]:
    """Add what the user can do to a failure that passes, for the last line on stderr."""
    try:
        yield
    except errors.ReelpackError as error:
        hint = _hint(error)
        if hint is not None:
            error.add_note(hint)
        raise


def _hint(error: Exception) -> str | None:
    """Say what helps against this one, if anything is known to."""
    if isinstance(error, errors.ApiStatusError):
        return _BY_STATUS.get(error.status)
    return next((hint for kind, hint in _BY_KIND if isinstance(error, kind)), None)
