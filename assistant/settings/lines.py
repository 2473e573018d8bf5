"""Where in `station.yaml` a key stands."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError


class Lines:
    """The lines of one file, read once. A file that is no YAML has none."""

    def __init__(self, path: Path) -> None:
        try:
            self._root: Any = YAML().load(path)
        except (YAMLError, OSError, UnicodeDecodeError):
            self._root = None

    def of(self, loc: Sequence[int | str]) -> int | None:
        """The line (from 1) of the deepest part of `loc` that stands in the file, as ("rules", 2, "above"); None where none does."""
        node, line = self._root, None
        for part in loc:
            if isinstance(node, CommentedMap) and part in node:
                # A key that came in by `<<` has no line here: that of what holds it stays.
                line = node.lc.key(part)[0] + 1 if part in (node.lc.data or {}) else line
            elif isinstance(node, CommentedSeq) and isinstance(part, int) and -1 < part < len(node):
                line = node.lc.item(part)[0] + 1
            else:
                break
            node = node[part]
        return line


def line_of(path: Path, loc: Sequence[int | str]) -> int | None:
    """As `Lines.of`, for one look; `loc` as pydantic's errors have it."""
    return Lines(path).of(loc)


def named(loc: Sequence[int | str]) -> str:
    """A place in the settings as people write it: rules[2].above."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).removeprefix(".")
