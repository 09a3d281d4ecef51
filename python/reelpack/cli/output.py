"""Where words go: results to stdout, the rest to stderr.

A reader that goes away (`reelpack verify X | head`) is no error: what is left is dropped and the
exit code stays that of the work. Names never reach `rich`, so that a `[` in one is just a `[`.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

__all__ = ["emit", "emit_bytes", "emit_json", "emit_text", "flush", "note"]


def emit(line: str) -> None:
    """Print one line of the result."""
    _write(sys.stdout, f"{line}\n")


def emit_text(text: str) -> None:
    """Print the text of a list as it would be on disk: UTF-8 and line feeds in every locale."""
    flush()
    with _guarded(sys.stdout):
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()


def emit_bytes(content: bytes) -> None:
    """Print a piece of a zip. Of use only as a whole: here a reader that goes away is an error."""
    with _named(sys.stdout):
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def emit_json(facts: dict[str, object]) -> None:
    """Print one JSON object; ASCII, so that no locale can spoil it."""
    import json  # noqa: PLC0415  (3 ms that most runs need not pay)

    _write(sys.stdout, json.dumps(facts, indent=2) + "\n")


def note(line: str) -> None:
    """Print one line that is no result, after the results so far."""
    flush()
    _write(sys.stderr, f"{line}\n")


def flush() -> None:
    """Push out what was printed, so that a full disk is an error before the process ends."""
    with _guarded(sys.stdout):
        sys.stdout.flush()


def _write(stream: TextIO, text: str) -> None:
    """Write `text`, with escapes for what the encoding of `stream` lacks."""
    encoding = stream.encoding or "utf-8"
    with _guarded(stream):
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        if stream is sys.stderr:
            stream.flush()


@contextlib.contextmanager
def _guarded(stream: TextIO) -> Iterator[None]:
    """Let a reader go away, and give any other failure the name of the stream."""
    with contextlib.suppress(BrokenPipeError), _named(stream):
        yield


@contextlib.contextmanager
def _named(stream: TextIO) -> Iterator[None]:
    """Give a failure the name of the stream, to which nothing is written any more."""
    try:
        yield
    except OSError as error:
        _drop(stream)
        error.filename = stream.name
        raise


def _drop(stream: TextIO) -> None:
    """Send the rest of `stream` nowhere; else Python tries, and fails, once more when it exits."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
