"""Sections of a station file, edited in place: what is not meant stays as it was written, with its comments, byte for byte.

A part is cut out by the lines that it takes, changed, and put back. Where that cannot be (anchors, a section on one line), the whole
file is written anew by ruamel. Either way the result is read again, and has to differ in nothing but what was meant.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from assistant.content import editing
from assistant.content.merging import alike, made, merge, says
from assistant.errors import ContentError


class _Unfit(Exception):
    """This file is not of a form of which a part can be cut out by lines."""


@lru_cache(maxsize=8)
def plain(file: bytes) -> Mapping[str, Any]:
    """What a station file says, as it stands; it is not to be changed. Raises ContentError."""
    try:
        loaded = YAML(typ="safe").load(file)
    except (YAMLError, UnicodeDecodeError, ValueError):
        loaded = None
    if not isinstance(loaded, dict):
        raise ContentError("the station file cannot be read as it is", hint="take the file of the release before")
    return loaded


def put(file: bytes, section: str, value: Mapping[str, Any] | Sequence[Any]) -> bytes:
    """The file with this value of a section; what is the same in it stays as it is written. Raises ContentError."""

    def change(loaded: Any) -> None:
        merge(loaded, {**loaded, section: value}, {**loaded, section: value})

    def by_lines(loaded: Any, lines: list[str]) -> list[str]:
        if section not in loaded:
            return [*lines, "\n", _text(CommentedMap({section: made(value)}))]
        first, end = _span(loaded, lines, section)
        part = editing.load("".join(lines[first:end]).encode())
        change(part)
        return [*lines[:first], _text(part), *lines[end:]]

    return _edited(file, section, by_lines, change, lambda found: alike(found, value))


def put_entry(file: bytes, section: str, entry: str, full: Mapping[str, Any], lean: Mapping[str, Any]) -> bytes:
    """The file with this entry of a list, in the place of the one with its `id`, or behind all others.

    `lean` is `full` without what is as by default: that is written only where the file says it already. Raises ContentError.
    """
    entries = listed(file, section)
    number = _number(entries, entry)
    if not entries:
        return put(file, section, [lean])
    new = number is None
    at = len(entries) - 1 if number is None else number

    def change(loaded: Any) -> None:
        if new:
            loaded[section].append(made(lean, flow=False))
        else:
            merge(loaded[section][at], full, lean)

    def by_lines(loaded: Any, lines: list[str]) -> list[str]:
        first, end, column = _item(loaded, lines, section, at)
        head = lines[first][:column]
        if new:
            return [*lines[:end], _indented(made(lean, flow=False), head), *lines[end:]]
        part = _cut(lines[first:end], column)
        merge(part, full, lean)
        return [*lines[:first], _indented(part, head), *lines[end:]]

    def good(found: Any) -> bool:
        others = [*entries] if new else [*entries[:at], *entries[at + 1 :]]
        place = len(entries) if new else at
        return bool([*found[:place], *found[place + 1 :]] == others and says(found[place], full, lean))

    return _edited(file, section, by_lines, change, good)


def remove_entry(file: bytes, section: str, entry: str) -> bytes:
    """The file without the entry of this `id`; comments above the next one stay. It has to be there."""
    entries = listed(file, section)
    number = _number(entries, entry)
    if number is None or len(entries) == 1:
        return put(file, section, []) if number is not None else file

    def change(loaded: Any) -> None:
        del loaded[section][number]

    def by_lines(loaded: Any, lines: list[str]) -> list[str]:
        first, end, _ = _item(loaded, lines, section, number)
        return [*lines[:first], *lines[end:]]

    return _edited(file, section, by_lines, change, lambda found: bool(found == [*entries[:number], *entries[number + 1 :]]))


def listed(file: bytes, section: str) -> list[Any]:
    """The entries of a list, as they stand. Raises ContentError for what is no list."""
    found = plain(file).get(section) or []
    if not isinstance(found, list):
        raise ContentError(f"{section} is no list in the station file", hint="take the file of the release before")
    return found


def _edited(
    file: bytes, section: str, by_lines: Callable[[Any, list[str]], list[str]], change: Callable[[Any], None], good: Callable[[Any], bool]
) -> bytes:
    """The file, changed by lines, else as a whole: the first of the two that says what is wanted, and else what it said before."""
    before = plain(file)

    def spliced() -> bytes:
        text = file.decode()
        unix = text.replace("\r\n", "\n")
        lines = [line + "\n" for line in unix.removesuffix("\n").split("\n")]
        new = "".join(by_lines(editing.load(unix.encode()), lines))
        return (new.replace("\n", "\r\n") if "\r\n" in text else new).encode()

    def whole() -> bytes:
        loaded = editing.load(file)
        change(loaded)
        return editing.dump(loaded)

    for way in (spliced, whole):
        try:
            new = way()
            after = plain(new)
            if good(after[section]) and {**before, section: None} == {**after, section: None}:
                return new
        except (_Unfit, ContentError, UnicodeDecodeError, KeyError, IndexError, TypeError):
            continue
    raise ContentError("the station file cannot be changed in this place", hint="change it with an editor: dialogues export, then import")


def _number(entries: Sequence[Any], entry: str) -> int | None:
    return next((at for at, each in enumerate(entries) if isinstance(each, dict) and each.get("id") == entry), None)


def _span(loaded: CommentedMap, lines: Sequence[str], section: str) -> tuple[int, int]:
    """First line of a section, and the one behind its last; comments above what follows are not of it."""
    first = loaded.lc.key(section)[0]
    below = [line for key in loaded if (line := loaded.lc.key(key)[0]) > first]
    return first, _end(lines, first, min(below, default=len(lines)))


def _item(loaded: CommentedMap, lines: Sequence[str], section: str, number: int) -> tuple[int, int, int]:
    """First line of an entry, the one behind its last, and the column where what is behind its dash begins."""
    entries = loaded[section]
    if not isinstance(entries, CommentedSeq) or entries.fa.flow_style():
        raise _Unfit
    first, column = entries.lc.item(number)
    end = entries.lc.item(number + 1)[0] if number + 1 < len(entries) else _span(loaded, lines, section)[1]
    if lines[first][:column].strip() != "-":
        raise _Unfit
    return first, _end(lines, first, end), column


def _end(lines: Sequence[str], first: int, end: int) -> int:
    while end > first + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith(("#", "..."))):
        end -= 1
    return end


def _cut(lines: Sequence[str], column: int) -> CommentedMap:
    """An entry by itself, without its dash."""
    whole = [" " * column + lines[0][column:], *lines[1:]]
    loaded = editing.load("".join(line[min(column, len(line) - len(line.lstrip(" "))) :] for line in whole).encode())
    return loaded  # type: ignore[no-any-return]


def _indented(entry: CommentedMap, head: str) -> str:
    """An entry as text, behind a dash that stands like the others."""
    first, *rest = _text(entry).splitlines(keepends=True)
    return head + first + "".join(" " * len(head) + line if line.strip() else line for line in rest)


def _text(mapping: CommentedMap) -> str:
    return editing.dump(mapping).decode()
