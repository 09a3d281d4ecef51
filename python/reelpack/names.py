"""File names in JSON: always valid text, and nothing lost.

A name on disk is bytes. Python shows bytes that are not UTF-8 as lone surrogates (PEP 383), which
no JSON reader has to accept. So the text gets replacement characters, and the bytes go beside it in
hex.
"""

__all__ = ["json_path", "json_text"]


def json_path(path: str, path_bytes: str | None = None) -> dict[str, object]:
    """Describe `path` as the first keys of a JSON object.

    Args:
        path: A path as `os.fsdecode` gives it.
        path_bytes: Its bytes in hex if they are known already; else they come from ``path``.

    Returns:
        ``{"path": text}``, and ``"path_bytes"`` (hex) beside it only where the name is not UTF-8.
    """
    text = json_text(path)
    if path_bytes is None and text != path:
        path_bytes = path.encode("utf-8", "surrogateescape").hex()
    return {"path": text} if path_bytes is None else {"path": text, "path_bytes": path_bytes}


def json_text(path: str) -> str:
    """Return the text of `path` alone, where its bytes have no place: as an item of a list."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
