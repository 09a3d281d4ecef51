"""A client of the extension that answers from memory: what was asked of it, and what it says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


class PretendedClient:
    """Stands in for the extension's client; `answers` says what each operation is answered."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  (as the extension's own)
        self.options = options
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.answers: dict[str, Callable[[Any], object] | object] = {}
        self.kept_since: float | None = None
        self.is_stopped = False
        self.current: tuple[str, str | None, float | None] = ("access-1", "refresh-1", 7200.0)

    def call(self, operation: str, **facts: Any) -> tuple[int, str, bytes, float | None]:  # noqa: ANN401  (of every operation)
        """Note the call and answer it."""
        body = None if facts["body"] is None else json.loads(facts["body"])
        self.calls.append((operation, facts | {"body": body}))
        answer = self.answers[operation]
        said = answer(facts | {"body": body}) if callable(answer) else answer
        content = said if isinstance(said, bytes) else json.dumps(said).encode()
        return 200, f"https://backlot.test/{operation}", content, self.kept_since

    def token(self, **_: object) -> tuple[str, str | None, float | None]:
        """Give the token that is valid now."""
        return self.current

    def stop(self) -> None:
        """Note that it was closed."""
        self.is_stopped = True
