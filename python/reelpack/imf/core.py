"""The way to the extension: nothing else of `reelpack.imf` knows it. What it says is JSON."""

from __future__ import annotations

from reelpack import _native

__all__ = ["diff", "document", "make", "rewrite", "rules", "show", "table", "verify"]

diff = _native.imf_diff
document = _native.imf_document
make = _native.imf_make
rewrite = _native.imf_rewrite
rules = _native.imf_rules
show = _native.imf_show
table = _native.table
verify = _native.imf_verify
