"""Numbers and names as people read them; decimal units, as disks are sold."""

from __future__ import annotations

__all__ = ["UNKNOWN_SIZE", "duration", "files", "plural", "printable", "rate", "size", "trusted"]

_UNITS = ("kB", "MB", "GB", "TB", "PB", "EB")
_STEP = 1000
_MINUTE = 60
_HOUR = 3600

UNKNOWN_SIZE = "size unknown"
"""What stands for bytes where a list does not say them."""


def plural(count: int, noun: str) -> str:
    """Write a count with its noun: ``1 list``, ``74,880 lists``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def files(count: int) -> str:
    """Write a count of files: ``74,880 files``."""
    return plural(count, "file")


def size(count: float) -> str:
    """Write a number of bytes with three digits: ``3.73 TB``; below 1,000 exactly: ``12 bytes``."""
    if count < _STEP:
        return plural(int(count), "byte")
    power = min((len(str(int(count))) - 1) // 3, len(_UNITS))
    if round(count / _STEP**power) == _STEP and power < len(_UNITS):
        power += 1
    value = count / _STEP**power
    return f"{value:.{_decimals(value)}f} {_UNITS[power - 1]}"


def rate(count: float, seconds: float) -> str:
    """Write a speed: ``2.31 GB/s``; a dash where no time has passed."""
    if seconds <= 0:
        return "- B/s"
    return f"{size(count / seconds).replace(' bytes', ' B').replace(' byte', ' B')}/s"


def duration(seconds: float) -> str:
    """Write a time: ``0.42 s``, ``42 s``, ``5 min 12 s``, ``3 h 05 min``."""
    if seconds < 10:  # noqa: PLR2004  (one digit before the point leaves room for two after it)
        return f"{seconds:.2f} s"
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // _MINUTE} min {whole % _MINUTE:02} s"
    return f"{whole // _HOUR:,} h {whole % _HOUR // _MINUTE:02} min"


def trusted(count: int, total: int, *, cached: bool) -> str:
    """Write how many files were not read, to follow a summary; nothing where all were read.

    Args:
        count: Files not read.
        total: Files in all.
        cached: Whether all that is remembered was trusted, not only the interrupted run.
    """
    if not count:
        return ""
    done = "was" if count == 1 else "were"
    why = "trusted, unchanged since last read" if cached else f"{done} done by the interrupted run"
    return f", {count:,} of {files(total)} {why}"


def printable(name: str) -> str:
    r"""Write a name so that it stays on its line and cannot steer the terminal.

    Control characters and bytes that are not UTF-8 come as escapes (``\n``, ``\x1b``, ``\xff``); a
    list or a zip may come from anywhere.
    """
    if name.isprintable():
        return name or "''"
    return "".join(char if char.isprintable() else _escape(char) for char in name)


def _escape(char: str) -> str:
    """Write one character as an escape; a byte that is not UTF-8 as that byte (PEP 383)."""
    if "\udc80" <= char <= "\udcff":
        return f"\\x{ord(char) - 0xDC00:02x}"
    return char.encode("unicode_escape").decode("ascii")


def _decimals(count: float) -> int:
    """Digits after the point that make three digits in all."""
    if count < 9.995:  # noqa: PLR2004  (rounds to 10.0 from here)
        return 2
    return 1 if count < 99.95 else 0  # noqa: PLR2004  (rounds to 100 from here)
