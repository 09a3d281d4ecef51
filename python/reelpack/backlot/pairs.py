"""The list of file pairs that `ascp` is given, and the line to run.

Lines alternate: source, destination, in the order of the answer.

Source: "Implementation Recommendations: Qualifying file sizes (ascp vs. API request)"; IBM Aspera
High-Speed Transfer Server, ascp command reference.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal

from reelpack.errors import ReelpackError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reelpack.backlot.transfers import FilePair, TransferSpec

__all__ = ["KEY", "ascp_line", "pairs_text"]

KEY = "<ssh_key_path>"
"""What stands where the path of the private key belongs, as in the API's own command template."""


def pairs_text(files: Iterable[FilePair]) -> str:
    """Write the list: a line for the source and one for the destination of each file.

    Raises:
        ReelpackError: A path has a character that ends a line, or is empty.
    """
    lines = []
    for pair in files:
        lines += [_line(pair.source_path), _line(pair.destination_path)]
    return "".join(f"{line}\n" for line in lines)


def _line(path: str) -> str:
    if not path or any(end in path for end in "\n\r\0"):
        raise ReelpackError(f"{path!r}: the list of file pairs has one path on each line")
    return path


def ascp_line(
    spec: TransferSpec | None,
    pairs: str | os.PathLike[str],
    *,
    mode: Literal["send", "recv"],
    key: str | os.PathLike[str],
) -> list[str]:
    """Return the command as a list of arguments, without anything secret.

    ``-k 1`` goes on where a transfer was interrupted, if size and time of the file are the same.
    The destination ``.`` is the folder of the account, below which those of the list lie; that
    these are relative to it is assumed, as is all that the answer says of the host.

    Raises:
        ReelpackError: The answer names no host or no user, or one that is no name.
    """
    if spec is None:
        raise ReelpackError("the answer names no host to transfer to")
    line = ["ascp", f"--mode={mode}", f"--host={_name(spec.host, 'host')}"]
    line += [f"--user={_name(spec.user, 'user')}", "-i", os.fspath(key), "-k", "1"]
    line += _number("-P", spec.ssh_port) + _number("-O", spec.udp_port)
    line += _number("-l", spec.target_rate_kbps, "K")
    return [*line, f"--file-pair-list={os.fspath(pairs)}", "."]


def _name(value: str | None, what: str) -> str:
    """Pass on a host or user; what came over the net must be nothing else to a command."""
    if not value:
        raise ReelpackError(f"the answer names no {what} to transfer to")
    if not value.isprintable() or value.startswith("-") or " " in value:
        raise ReelpackError(f"the answer names a {what} that is no name: {value!r}")
    return value


def _number(option: str, value: int | None, unit: str = "") -> list[str]:
    return [] if value is None else [option, f"{value}{unit}"]
