"""The way to the extension: nothing else of `reelpack.lto` knows it."""

from __future__ import annotations

from reelpack import _native

__all__ = ["ltfs_read", "table", "write_list"]

ltfs_read = _native.ltfs_read
table = _native.table
write_list = _native.write_list
