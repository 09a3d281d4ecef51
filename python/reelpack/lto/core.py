"""The way to the extension: nothing else of `reelpack.lto` knows it."""

from __future__ import annotations

from reelpack import _native

__all__ = ["table", "write_list"]

table = _native.table
write_list = _native.write_list
