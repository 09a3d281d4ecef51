"""File names in JSON: always valid text, and nothing lost.

A name on disk is bytes. Python shows bytes that are not UTF-8 as lone surrogates (PEP 383), which
no JSON reader has to accept. So the text gets replacement characters, and the bytes go beside it in
hex.
"""

__all__ = ["json_path"]


def json_path(path: str, path_bytes: str | None = None) -> dict[str, object]:
    """Describe `path` as the first keys of a JSON object.

    Args:
        path: A path as `os.fsdecode` gives it.
        path_bytes: Its bytes in hex if they are known already; else they come from ``path``.

    Returns:
        ``{"path": text}``, and ``"path_bytes"`` (hex) beside it only where the name is not UTF-8.
    """
    raw = path.encode("utf-8", "surrogateescape")
    text = raw.decode("utf-8", "replace")
    if path_bytes is None and text != path:
        path_bytes = raw.hex()
    return {"path": text} if path_bytes is None else {"path": text, "path_bytes": path_bytes}
