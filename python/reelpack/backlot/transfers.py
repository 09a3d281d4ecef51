"""The transfer that a delivery or a download is answered with, and how ascp is told of it."""

from __future__ import annotations

import errno
import json
import os
from abc import abstractmethod
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal

from reelpack.backlot import core
from reelpack.backlot.pairs import KEY, ascp_line, pairs_text
from reelpack.backlot.private import write_private
from reelpack.backlot.striking import STRUCK_OUT
from reelpack.backlot.wire import Kind, Wired
from reelpack.errors import ReelpackError, SourceChangedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["FilePair", "Paired", "Transfer", "TransferSpec"]


@dataclass(frozen=True, slots=True)
class FilePair(Wired):
    """A file and where it goes.

    Attributes:
        source_path: Where it is.
        destination_path: Where it goes.
        extra: Fields that are not known.
    """

    source_path: str
    destination_path: str
    extra: dict[str, object] = field(default_factory=dict, hash=False, repr=False)


@dataclass(frozen=True, slots=True)
class TransferSpec(Wired):
    """How ascp reaches the studio. All of it is assumed: nothing but a key file is public.

    Attributes:
        host: Name or address.
        user: Account there.
        ssh_port: TCP port of the session.
        udp_port: UDP port of the data.
        token: What allows the transfer; a secret.
        target_rate_kbps: Rate to reach, in kilobits a second.
        extra: Fields that are not known, which may be secret too.
    """

    KINDS: ClassVar[Mapping[str, Kind]] = {
        "ssh_port": int,
        "udp_port": int,
        "target_rate_kbps": int,
    }

    host: str | None = None
    user: str | None = None
    ssh_port: int | None = None
    udp_port: int | None = None
    token: str | None = field(default=None, repr=False)
    target_rate_kbps: int | None = None
    extra: dict[str, object] = field(default_factory=dict, hash=False, repr=False)


def is_one_of(target: str | os.PathLike[str], paths: Iterable[str | os.PathLike[str]]) -> bool:
    """Whether a file that would be written is one of others, by whatever path."""
    if not os.path.exists(target):  # noqa: PTH110  (paths stay as they were given)
        return False
    found = os.stat(target)  # noqa: PTH116  (the same)
    there = (os.stat(path) for path in paths if os.path.exists(path))  # noqa: PTH110, PTH116  (paths stay as given)
    return any(os.path.samestat(found, each) for each in there)


class Paired(Wired):
    """What all transfers can do, to the studio or from it."""

    __slots__ = ()

    if TYPE_CHECKING:
        files: tuple[FilePair, ...] | None
        transfer_spec: TransferSpec | None

    MODE: ClassVar[Literal["send", "recv"]] = "send"

    def pairs_text(self) -> str:
        """Write the list for ``ascp --file-pair-list``.

        Returns:
            A line with the source and one with the destination of each file, in the order of the
            answer.

        Raises:
            ReelpackError: The answer names a file that was not announced or would write outside
                the folder that was asked for, or a path does not fit on a line.
        """
        files = self.files or ()
        for pair in files:
            self._check_pair(pair)
        return pairs_text(files)

    @abstractmethod
    def _check_pair(self, pair: FilePair) -> None:
        """Refuse what the server has no reason to want."""

    def write_pairs(self, path: str | os.PathLike[str]) -> str:
        """Write the list of `pairs_text`, replacing a file that is there once it is complete.

        There is nothing secret in it.

        Returns:
            The path written to.

        Raises:
            OSError: The folder is not there or cannot be written, or the path is one of the files.
            ReelpackError: As `pairs_text`.
        """
        target = os.fspath(path)
        self._spare_files(target)
        core.write_text(target, self.pairs_text(), sync=False)
        return target

    def ascp_line(
        self, pairs_path: str | os.PathLike[str], *, key: str | os.PathLike[str] = KEY
    ) -> list[str]:
        """Return the ascp command for a list that `write_pairs` wrote.

        There is nothing secret in it: the token goes by `environment`.

        Args:
            pairs_path: The list.
            key: Path of the private SSH key.

        Returns:
            The command as a list of arguments.

        Raises:
            ReelpackError: The answer does not say where the other end is.
        """
        return ascp_line(self.transfer_spec, pairs_path, mode=self.MODE, key=key)

    def environment(self) -> dict[str, str]:
        """Return the variables that ascp needs beside its line: secrets, not to be shown.

        Returns:
            ``ASPERA_SCP_TOKEN`` if the answer has a token, else nothing.

        Raises:
            ReelpackError: The delivery was started by an earlier call, and its token not kept.
        """
        token = None if self.transfer_spec is None else self.transfer_spec.token
        if token == STRUCK_OUT:
            raise ReelpackError(
                "the token of this transfer is not kept: the delivery was started by an earlier "
                "call; hint: use the answer that was written then, or start it again"
            )
        return {} if token is None else {"ASPERA_SCP_TOKEN": token}

    def _spare_files(self, target: str) -> None:
        """Refuse to write over a file that is transferred.

        Raises:
            FileExistsError: The target is one.
        """
        sources = [pair.source_path for pair in self.files or ()]
        if self.MODE == "send" and is_one_of(target, sources):
            raise FileExistsError(errno.EEXIST, "Is a file to be sent", target)

    def write_answer(self, path: str | os.PathLike[str]) -> str:
        """Write all of the answer, its secrets too, as JSON that only the owner can read.

        Returns:
            The path written to.

        Raises:
            OSError: The file cannot be written, or is one of the files of the transfer.
        """
        self._spare_files(os.fspath(path))
        return write_private(path, json.dumps(self.to_dict(secrets=True), indent=2) + "\n")


class Transfer(Paired):
    """What all deliveries can do. The fields are those of `Delivery` and `ImfDelivery`."""

    __slots__ = ()

    if TYPE_CHECKING:
        sizes: dict[str, int]

    def _check_pair(self, pair: FilePair) -> None:
        """Refuse to send a file that was not announced."""
        if pair.source_path not in self.sizes:
            raise ReelpackError(
                f"{pair.source_path!r}: the answer wants a file that was not announced"
            )

    def check_sizes(self) -> None:
        """Look whether each file still has the size that was announced.

        The transfer of one that has not is refused by the studio.

        Raises:
            OSError: A file is gone.
            SourceChangedError: A file has another size.
        """
        for path, size in self.sizes.items():
            found = Path(path).stat().st_size
            if found != size:
                raise SourceChangedError(
                    f"{path}: has {found} bytes and {size} were announced; "
                    "hint: start the delivery anew when the file is final",
                    path,
                )
