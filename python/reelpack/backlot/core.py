"""The way to the extension: nothing else of `reelpack.backlot` knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reelpack import _native

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Log: TypeAlias = Callable[[str, str, int | None, str, float, str, str, float | None], object]

__all__ = ["Log", "client", "contract", "table", "write_text"]

client = _native.BacklotClient
contract = _native.contract
table = _native.table
write_text = _native.write_list
