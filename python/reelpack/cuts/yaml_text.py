"""YAML, as much of it as a plan needs: mappings, lists and text.

Every plain value is text, so that an episode 0101 is not 65 and a note "No" is not false; but for
null, which all readers take for nothing. Anchors, aliases and tags are refused: no plan needs one,
and a small file full of them can become a huge one or run code in readers that allow it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from reelpack.errors import CutPlanError

if TYPE_CHECKING:
    from yaml.nodes import MappingNode, Node, ScalarNode

__all__ = ["dump", "load"]

DEPTH = 16
"""Levels that may lie in each other; a plan has four. The composer calls itself for each."""

NULL = "tag:yaml.org,2002:null"
"""The tag of nothing."""

_NULL = re.compile(r"(~|null|Null|NULL)$")
"""Nothing, as YAML 1.1 and 1.2 write it; what is left empty is empty text."""


class _Loader(yaml.SafeLoader):
    """A safe loader that reads less still."""

    # A copy with null alone in it: no plain value else is anything but text.
    yaml_implicit_resolvers: dict[str, list[tuple[str, Any]]] = {  # noqa: RUF012  (as its base has it)
        first: [(NULL, _NULL)] for first in "~nN"
    }

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._depth = 0

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:  # noqa: ANN401  (its base's)
        """Refuse what no plan needs before anything is made of it."""
        # Of the types of the library, this one has no arguments.
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if getattr(event, "anchor", None) is not None:
            raise _refused("anchors and aliases have no place in a plan", event)
        if getattr(event, "tag", None) is not None:
            raise _refused("tags have no place in a plan", event)
        self._depth += 1
        if self._depth > DEPTH:
            raise _refused(f"more than {DEPTH} levels", event)
        node: Node | None = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002  (its base's)
        """Refuse a key that is there twice, of which the base would keep the last."""
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.tag == NULL:
                raise _refused("a key has to be text", key)
            if key.value in seen:
                raise _refused(f"`{key.value}` is there twice", key)
            seen.add(key.value)
        made: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return made


class _Dumper(yaml.SafeDumper):
    """A dumper that quotes text: readers of YAML 1.1 and 1.2 do not agree what a plain 1e3 is."""

    def represent_str(self, data: str) -> ScalarNode:
        """Quote a text."""
        return self.represent_scalar("tag:yaml.org,2002:str", data, style='"')

    def represent_mapping(self, *arguments: Any, **options: Any) -> MappingNode:  # noqa: ANN401  (its base's)
        """Leave keys as they are: they are ours, and words."""
        node = super().represent_mapping(*arguments, **options)
        for key, _ in node.value:
            key.style = None
        return node


_Dumper.add_representer(str, _Dumper.represent_str)


def load(text: str, path: str) -> object:
    """Read a document of mappings, lists and text.

    Args:
        text: The document.
        path: The file, as an error names it.

    Returns:
        Mappings, lists and texts; None for null, and for an empty document.

    Raises:
        CutPlanError: It is no YAML, or has more in it than a plan needs.
    """
    try:
        return _Loader(text).get_single_data()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        at = f", line {line}" if line else ""
        raise CutPlanError(f"{path}{at}: {error.problem}", path, line) from error
    except yaml.YAMLError as error:
        raise CutPlanError(f"{path}: no YAML: a character that has no place in it", path) from error


def dump(value: object) -> str:
    """Write mappings, lists and texts, which `load` reads; numbers come back as text."""
    written: str = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)
    return written


def _refused(reason: str, at: Any) -> yaml.MarkedYAMLError:  # noqa: ANN401  (an event or a node)
    """Say where something is that is refused."""
    return yaml.MarkedYAMLError(problem=reason, problem_mark=at.start_mark)
