"""Exit codes, and the one place where an exception becomes a line on stderr and a code.

The codes are part of the interface: documented, never renumbered. Knows nothing of click, so that
the `npack` command can use it without its import.
"""

from __future__ import annotations

import contextlib
import enum
import os
import signal
import sys
from typing import TYPE_CHECKING, NoReturn

from reelpack import ReelpackError
from reelpack.cli import output
from reelpack.wording import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import FrameType

__all__ = [
    "ExitCode",
    "Stopped",
    "answer",
    "described",
    "hinting",
    "leave_on_signals",
    "stop_on_signals",
]


# What the progress bar hides while it is drawn.
SHOW_CURSOR = "\x1b[?25h"
_CONTINUED = (
    "unless it was done already, the same command goes on from there; "
    "`reelpack state clear` drops what is kept"
)


class ExitCode(enum.IntEnum):
    """What the process says to its caller; 128 and the signal's number where a signal ended it."""

    OK = 0
    FINDING = 1
    ERROR = 2
    HUNG_UP = 129
    INTERRUPTED = 130
    TERMINATED = 143


class Stopped(BaseException):
    """A signal asked the process to stop.

    Raised out of whatever runs, so that a half-written file is cleaned away on SIGTERM and SIGHUP
    as on Ctrl-C. Not a `KeyboardInterrupt`, which click would turn into an exit of its own.

    Attributes:
        signum: The signal.
    """

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.signum = signum


def stop_on_signals() -> None:
    """Let SIGINT, SIGTERM and SIGHUP raise `Stopped` on the main thread."""
    _handle(_stop)


def leave_on_signals() -> None:
    """Let these signals end the process at once, for work that leaves nothing to clean up.

    Who writes into a pipe that nobody reads hears of nothing, and an exception would wait for it.
    """
    _handle(_leave)


def _handle(handler: Callable[[int, FrameType | None], NoReturn]) -> None:
    """Set one handler for all signals that ask to stop.

    A signal that is ignored stays ignored: that is how `nohup` keeps an overnight run alive.
    """
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        signum = getattr(signal, name, None)  # SIGHUP is not on every system
        if signum is not None and signal.getsignal(signum) is not signal.SIG_IGN:
            signal.signal(signum, handler)


def answer(command: Callable[[], int], *, failure: int = ExitCode.ERROR) -> int:
    """Run `command` and return its exit code; whatever ends it early is said on stderr first.

    Args:
        command: The work.
        failure: The code where there is no answer.

    Returns:
        The exit code for the process.
    """
    try:
        stop_on_signals()
        code = command()
        output.flush()
    except Stopped as stop:
        output.note(f"reelpack: stopped by {signal.Signals(stop.signum).name}")
        _hint(getattr(stop, "__notes__", []))
        return 128 + stop.signum
    except KeyboardInterrupt:  # Ctrl-C before the handlers were there
        return ExitCode.INTERRUPTED
    except (OSError, ReelpackError, ValueError) as error:
        _complain(error)
        return failure
    except BaseException:  # noqa: BLE001  (a bug, shown whole; Python's own 1 would read as a finding)
        import traceback  # noqa: PLC0415  (3 ms that only a bug costs)

        traceback.print_exc()
        return failure
    return code


@contextlib.contextmanager
def hinting(hints: Mapping[type[Exception], str], *, continued: bool = False) -> Iterator[None]:
    """Add what the user can do to an error that passes, for `answer` to print.

    Args:
        hints: Words for each kind of error; the first that fits is taken.
        continued: Whether the work goes on from where a signal stops it. An error gets no such
            promise: its cause may still be there.
    """
    try:
        yield
    except Stopped as stop:
        if continued:
            stop.add_note(_CONTINUED)
        raise
    except tuple(hints) as error:
        error.add_note(next(hint for kind, hint in hints.items() if isinstance(error, kind)))
        raise


def described(error: BaseException) -> str:
    """Say what went wrong in one line: the path first, then the reason."""
    if isinstance(error, OSError) and error.strerror and error.filename is not None:
        return f"{printable(str(error.filename))}: {error.strerror}"
    return printable(str(error) or type(error).__name__)


def _complain(error: BaseException) -> None:
    """Print the error; then its hint: that at the end of its message, else that of the command."""
    what, *hints = described(error).rsplit("; hint: ", 1)
    output.note(f"reelpack: error: {what}")
    _hint(hints or getattr(error, "__notes__", []))


def _hint(hints: Iterable[str]) -> None:
    """Print what the user can do."""
    for hint in hints:
        output.note(f"hint: {hint}")


def _leave(signum: int, _frame: FrameType | None) -> NoReturn:
    """Handle a signal where nothing is left behind. The streams may be held by whoever waits."""
    shown = SHOW_CURSOR if sys.stderr.isatty() else ""
    os.write(2, f"{shown}reelpack: stopped by {signal.Signals(signum).name}\n".encode())
    os._exit(128 + signum)


def _stop(signum: int, _frame: FrameType | None) -> NoReturn:
    """Handle a signal."""
    raise Stopped(signum)
