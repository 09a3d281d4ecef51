"""What can go wrong, apart from what the operating system says.

    ReelpackError
      ApiError            a call of the studio's API that came to nothing
        ApiConnectionError      no connection, or one that broke
        ApiStatusError          the server refused
        ApiTimeoutError         no answer in time (also a TimeoutError)
        UncertainDeliveryError  a delivery may have been started before
      ContractError       the description of that API cannot be understood (also a ValueError)
      CutPlanError        the plan of a cut cannot be understood (also a ValueError)
      FrameError          the header of a frame cannot be understood (also a ValueError)
      ImfError            a document of an IMF package cannot be read or made (also a ValueError)
      LtoError            the record of a shipment, or what it names, is wrong (also a ValueError)
      LoginError          there is no login for that API, or it cannot be kept
      ManifestError       a list cannot be read or cannot be written (also a ValueError)
      MovieError          a movie cannot be read or not be rewritten (also a ValueError)
      PackageError        a zip or a copy cannot be written, or a zip not be read
      ProfileError        the rules of a delivery cannot be understood (also a ValueError)
      SourceChangedError  a file changed while it was read
      StateError          the memory of earlier runs cannot be used
      VerificationError   findings, raised only by `raise_for_failures` of a result

The operating system's failures stay `OSError` with `errno` and `filename`, so that
`except FileNotFoundError` works. A frame that is missing or has changed is no error but a finding,
and is found in a `Report`, `Preflight` or `Audit`. The extension raises these classes; they are
written here so that they pickle and carry their attributes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reelpack.imf.reports import Report as ImfReport
    from reelpack.judging import Judged
    from reelpack.lto.reports import Report as LtoReport
    from reelpack.verification import Report

__all__ = [
    "ApiConnectionError",
    "ApiError",
    "ApiStatusError",
    "ApiTimeoutError",
    "ContractError",
    "CutPlanError",
    "FrameError",
    "ImfError",
    "LoginError",
    "LtoError",
    "ManifestError",
    "MovieError",
    "PackageError",
    "ProfileError",
    "ReelpackError",
    "SourceChangedError",
    "StateError",
    "UncertainDeliveryError",
    "VerificationError",
]


class ReelpackError(Exception):
    """Base of all errors of this package, for one `except` that takes them all."""

    def __str__(self) -> str:
        """Return the message alone; the other arguments are there for pickling."""
        return str(self.args[0]) if self.args else ""


class ApiError(ReelpackError):
    """A call of the studio's API came to nothing.

    Attributes:
        url: What was called, without anything secret.
    """

    def __init__(self, message: str, url: str) -> None:
        super().__init__(message, url)
        self.url = url


class ApiConnectionError(ApiError):
    """There was no connection, it broke, or what came over it was no answer."""


class ApiStatusError(ApiError):
    """The server refused, and its own words are in the message.

    Attributes:
        url: What was called, without anything secret.
        method: The verb, such as ``POST``.
        status: The HTTP status, such as 409.
        body: The answer whole, as bytes, but for what is secret in it.
    """

    def __init__(self, message: str, url: str, method: str, status: int, body: bytes) -> None:
        ReelpackError.__init__(self, message, url, method, status, body)
        self.url = url
        self.method = method
        self.status = status
        self.body = body


class ApiTimeoutError(ApiError, TimeoutError):
    """There was no answer in time. What was asked for may have been done all the same."""

    def __init__(self, message: str, url: str) -> None:
        # Two arguments would be a number and its meaning to an `OSError`.
        Exception.__init__(self, message, url)
        self.url = url


class UncertainDeliveryError(ApiError):
    """The same delivery was sent before and no answer came, so it may have been started.

    Nothing was sent this time.

    Attributes:
        url: What was called.
        since: When it was sent, in seconds since 1970.
    """

    def __init__(self, message: str, url: str, since: float) -> None:
        ReelpackError.__init__(self, message, url, since)
        self.url = url
        self.since = since


class ContractError(ReelpackError, ValueError):
    """What overrides the description of the API cannot be understood.

    Attributes:
        path: The file.
        line: Number of the line, counted from 1; None where no line is meant.
    """

    def __init__(self, message: str, path: str, line: int | None = None) -> None:
        super().__init__(message, path, line)
        self.path = path
        self.line = line


class CutPlanError(ReelpackError, ValueError):
    """The plan of a cut, or the record of its deliveries, could not be understood or not be made.

    It is no TOML or YAML, a key is missing or not known, a text cannot be written in it; or the
    delivery that is to be noted was noted before.

    Attributes:
        path: The plan or the record.
        line: Number of the line, counted from 1; None where no line is meant.
    """

    def __init__(self, message: str, path: str, line: int | None = None) -> None:
        super().__init__(message, path, line)
        self.path = path
        self.line = line


class FrameError(ReelpackError, ValueError):
    """The header of a frame could not be understood, or is cut off.

    Attributes:
        path: The frame.
    """

    def __init__(self, message: str, path: str) -> None:
        super().__init__(message, path)
        self.path = path


class ImfError(ReelpackError, ValueError):
    """A document of an IMF package could not be understood, or a package not be made or delivered.

    It is not well-formed or none of the five documents, there is no package, an id is missing or
    there twice; or the language of a delivery is not that of its request.

    Attributes:
        path: The document, the track file or the folder.
        line: Number of the line, counted from 1; None where no line is meant.
    """

    def __init__(self, message: str, path: str, line: int | None = None) -> None:
        super().__init__(message, path, line)
        self.path = path
        self.line = line


class LoginError(ReelpackError):
    """There is no login for the API, or the place where it is kept cannot be used."""


class LtoError(ReelpackError, ValueError):
    """What belongs to a shipment of tapes could not be understood or made.

    Its record lacks a key or has a wrong one; an index, a list or a file of columns cannot be read;
    a text does not fit on a label, or may not be on it.

    Attributes:
        path: The file, or the shipment; None where none is meant.
        key: The key in that file, such as ``tapes[2].barcode``; None where none is meant.
    """

    def __init__(self, message: str, path: str | None = None, key: str | None = None) -> None:
        super().__init__(message, path, key)
        self.path = path
        self.key = key


class ManifestError(ReelpackError, ValueError):
    """A list could not be understood or could not be made.

    There is none, it is empty or it is no list; or there is nothing to list, a name cannot be
    written in its format, or two files would get one name. `pack` makes a list, and raises it too.

    Attributes:
        path: The list, the folder, or the file whose name stands in the way; None where no file is
            meant.
        line: Number of the line, counted from 1; None where no line is meant.
    """

    def __init__(self, message: str, path: str | None = None, line: int | None = None) -> None:
        super().__init__(message, path, line)
        self.path = path
        self.line = line


class MovieError(ReelpackError, ValueError):
    """A movie could not be understood, or is not rewritten, as it might not play the same after.

    Attributes:
        path: The file.
        place: The box that is meant, such as ``moov/trak[1]``; empty for the file as a whole.
    """

    def __init__(self, message: str, path: str, place: str = "") -> None:
        super().__init__(message, path, place)
        self.path = path
        self.place = place


class PackageError(ReelpackError):
    """A zip or a copy could not be written, or a zip read or planned, for a reason of its own.

    Such as a target in its source, a disk that cannot clone where that is a must, a copy that reads
    back differently, or a planned file that is not as its list says.

    Attributes:
        path: The zip, the target of the copy, or the one file that is meant.
    """

    def __init__(self, message: str, path: str) -> None:
        super().__init__(message, path)
        self.path = path


class ProfileError(ReelpackError, ValueError):
    """A profile could not be read or understood, or there is none of that name.

    Attributes:
        path: The file, or the name that was asked for.
        line: Number of the line, counted from 1; None where no line is meant.
    """

    def __init__(self, message: str, path: str, line: int | None = None) -> None:
        super().__init__(message, path, line)
        self.path = path
        self.line = line


class SourceChangedError(ReelpackError):
    """A file had another size or modification time after it was read than before.

    Its digest would describe a file that never was, so it gets no name and no line. Where a file is
    cloned or planned, anything about it counts that is other than when it was found.

    Attributes:
        path: The file that changed.
    """

    def __init__(self, message: str, path: str) -> None:
        super().__init__(message, path)
        self.path = path


class StateError(ReelpackError):
    """The memory of earlier runs cannot be used.

    It cannot be opened, is no state file of ours or one of a newer version, or others hold it for
    too long. Raised where a state was named; work that only may remember goes on without.

    Attributes:
        path: The state file.
    """

    def __init__(self, message: str, path: str) -> None:
        super().__init__(message, path)
        self.path = path


class VerificationError(ReelpackError):
    """A result holds findings, and the caller asked for an exception.

    Attributes:
        report: The whole result: a `Report`, a `Preflight`, an `Audit`, or the report on an IMF
            package, on movies, on the plan of a cut or on a shipment of tapes.
    """

    def __init__(self, message: str, report: Report | Judged | ImfReport | LtoReport) -> None:
        super().__init__(message, report)
        self.report = report
