"""The digests that can be taken of a file."""

from __future__ import annotations

from typing import Literal, get_args

__all__ = ["ALGORITHMS", "Algorithm"]

Algorithm = Literal["md5", "sha1", "sha256", "xxh64", "xxh3", "xxh128", "c4"]
"""The name of a digest. All are written in hex but ``c4``, which has an alphabet of its own."""

ALGORITHMS: tuple[Algorithm, ...] = get_args(Algorithm)
