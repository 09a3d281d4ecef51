"""Pages of HTML as Python's own parser reads them."""

from __future__ import annotations

from collections import Counter, defaultdict
from html.parser import HTMLParser


class Page(HTMLParser):
    """What a page holds: its elements, attributes and ids, and the text in each kind of element."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: Counter[str] = Counter()
        self.attributes: list[tuple[str, str | None]] = []
        self.ids: list[str] = []
        self.by_tag: dict[str, list[str]] = defaultdict(list)
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        self.attributes += attrs
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in {"meta", "br", "input"}:
            self._open.append(tag)
            self.by_tag[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self._open):
            self.by_tag[tag][-1] += data

    @property
    def text(self) -> str:
        return self.by_tag["body"][0]
