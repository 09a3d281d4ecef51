"""Downloads by ascp: what it takes on this machine to receive the files of manifests."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reelpack.cli.backlot.transfer import check_folder, private
from reelpack.names import json_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reelpack.backlot import DownloadManifest, TransferSpec

__all__ = ["TOKEN", "Listed", "Targets"]

TOKEN = ".transfer_spec.token"  # noqa: S105  (where it stands in the file that is kept, not what it is)


@dataclass(frozen=True, slots=True)
class Listed:
    """What was written for the materials that go by one transfer.

    Attributes:
        pairs: The list of pairs.
        answer: The file with the manifests and the token.
        files: Files in the list.
        line: The arguments of ascp, without any secret.
        has_token: Whether there is a token.
    """

    pairs: str
    answer: str
    files: int
    line: tuple[str, ...]
    has_token: bool

    def to_dict(self) -> dict[str, object]:
        """Return the JSON object."""
        return {
            "pairs": json_text(self.pairs),
            "answer": json_text(self.answer),
            "files": self.files,
            "ascp": [json_text(word) for word in self.line],
        }


@dataclass(frozen=True, slots=True)
class Targets:
    """Where the files go, and the lists.

    Attributes:
        folder: The folder that ascp writes into, absolute.
        pairs: The list of pairs; a further transfer has one with a number.
    """

    folder: str
    pairs: str

    def check(self, *, force: bool) -> None:
        """Make sure that the first list can be written, before anything is asked for.

        Raises:
            OSError: A folder is not there or takes no files, or the list is there already.
        """
        check_folder(self.pairs)
        if not force and os.path.lexists(self.pairs):
            raise FileExistsError(17, "File exists", self.pairs)

    def write(self, manifests: Iterable[DownloadManifest], *, key: str) -> list[Listed]:
        """Write a list of pairs, and a file with the token, for each transfer of the manifests.

        Raises:
            OSError: One cannot be written.
            ReelpackError: The answer would have a file written outside the folder, or does not say
                where from.
        """
        by_transfer: dict[TransferSpec | None, list[DownloadManifest]] = {}
        for manifest in manifests:
            if manifest.files:
                by_transfer.setdefault(manifest.transfer_spec, []).append(manifest)
        texts = [[each.pairs_text() for each in group] for group in by_transfer.values()]
        return [
            self._write(place, group, "".join(text), key)
            for place, (group, text) in enumerate(zip(by_transfer.values(), texts, strict=True), 1)
        ]

    def _write(self, place: int, group: Sequence[DownloadManifest], text: str, key: str) -> Listed:
        """Write the list and the answer of one transfer."""
        stem = self.pairs.removesuffix(".pairs") + (f"-{place}" if place > 1 else "")
        pairs, answer = (self.pairs if place == 1 else f"{stem}.pairs"), f"{stem}.answer.json"
        whole = os.path.abspath(pairs)  # noqa: PTH100  (the line can be run from any folder)
        line, spec = group[0].ascp_line(whole, key=key), group[0].transfer_spec
        kept = {
            "transfer_spec": spec.to_dict(secrets=True) if spec else None,
            "manifests": [each.to_dict(secrets=True) for each in group],
        }
        private(answer, json.dumps(kept, indent=2) + "\n")
        private(pairs, text)
        files = sum(len(each.files or ()) for each in group)
        return Listed(pairs, answer, files, tuple(line), bool(group[0].environment()))
