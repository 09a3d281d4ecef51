"""The way to the extension: nothing else of `reelpack.cuts` knows it. What it says is JSON."""

from __future__ import annotations

from reelpack import _native

__all__ = ["check", "faststart", "rules", "table", "write_text"]

check = _native.cut_check
faststart = _native.cut_faststart
rules = _native.cut_rules
table = _native.table
write_text = _native.write_list
"""Write a text under a temporary name in the same folder, then rename it."""
