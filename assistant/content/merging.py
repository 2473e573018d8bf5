"""New values put into YAML that was read with its comments: what is the same stays as it is written."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import CommentMark
from ruamel.yaml.scalarstring import DoubleQuotedScalarString
from ruamel.yaml.tokens import CommentToken

LINE = 90
"""Longest words of a mapping that is written on one line."""


def merge(old: CommentedMap, full: Mapping[str, Any], lean: Mapping[str, Any]) -> None:
    """Makes `old` say `full`. What `lean` leaves out of it is as by default: it is written only where it is written already."""
    for key in list(old):
        if (key not in full and old[key] is not None) or (key not in lean and key in full and not alike(old[key], full[key])):
            _drop(old, key)
    for key, value in full.items():
        if key not in lean or (key in old and alike(old[key], value)):
            continue
        before = old.get(key)
        if isinstance(before, CommentedMap) and isinstance(value, Mapping) and value:
            merge(before, value, lean[key])
        elif isinstance(before, str) and isinstance(value, Mapping) and list(value) == [""]:
            old[key] = made(value[""])
        else:
            old[key] = made(lean[key], flow=before.fa.flow_style() if isinstance(before, CommentedMap | CommentedSeq) else None)


def says(found: Mapping[str, Any], full: Mapping[str, Any], lean: Mapping[str, Any]) -> bool:
    """Whether what was read is what `merge` was to write."""
    return lean.keys() <= found.keys() and all(
        (value is None and key not in full) or (key in full and (alike(value, full[key]) or (
            key in lean and isinstance(value, Mapping) and isinstance(full[key], Mapping) and says(value, full[key], lean[key])
        )))
        for key, value in found.items()
    )  # fmt: skip


def alike(old: Any, new: Any) -> bool:
    """Whether a value of the file says what a value of JSON does; a plain text is the same as one for any language."""
    if isinstance(new, Mapping):
        if isinstance(old, str):
            return dict(new) == {"": old}
        return isinstance(old, Mapping) and set(old) == set(new) and all(alike(old[key], new[key]) for key in new)
    if isinstance(new, list | tuple):
        return isinstance(old, list) and len(old) == len(new) and all(map(alike, old, new))
    if isinstance(old, date):
        return bool(old.isoformat() == new)
    return bool(isinstance(old, bool) == isinstance(new, bool) and old == new)


def made(value: Any, *, flow: bool | None = None) -> Any:
    """A value as it is written where there was none: short lists and texts of few words on one line, unless `flow` says otherwise."""
    if isinstance(value, Mapping):
        mapping = CommentedMap({key: made(each) for key, each in value.items()})
        if flow if flow is not None else _short(value.values()):
            mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, list | tuple):
        listed = CommentedSeq([made(each, flow=False) for each in value])
        if flow if flow is not None else _short(value):
            listed.fa.set_flow_style()
        return listed
    if isinstance(value, str) and not value[:1].isalnum():  # `? x` would be read as something else than it is written
        return DoubleQuotedScalarString(value)
    return value


def _short(values: Any) -> bool:
    flat = list(values)
    return not any(isinstance(each, Mapping | list | tuple) for each in flat) and sum(len(str(each)) for each in flat) <= LINE


def _drop(old: CommentedMap, key: str) -> None:
    """Takes a key out; comments that stand between it and the next key stay."""
    keys = list(old)
    token = _last_comment(old, key)
    below = token.value.partition("\n")[2] if token is not None else ""
    del old[key]
    old.ca.items.pop(key, None)
    above = keys[keys.index(key) - 1] if keys.index(key) else None
    if "#" not in below or above is None:
        return
    last = _last_comment(old, above)
    if last is not None:
        last.value = last.value.rstrip("\n") + "\n" + below
    else:
        old.ca.items[above] = [None, None, CommentToken("\n" + below, CommentMark(0), None), None]


def _last_comment(node: Any, key: Any) -> CommentToken | None:
    """The comment behind the last thing of `node[key]`, with the lines of comments that follow it."""
    value = node[key]
    if isinstance(value, CommentedMap) and value and not value.fa.flow_style():
        return _last_comment(value, list(value)[-1])
    if isinstance(value, CommentedSeq) and value and not value.fa.flow_style():
        return _last_comment(value, len(value) - 1)
    found: Sequence[Any] = node.ca.items.get(key) or ()
    place = 2 if isinstance(node, CommentedMap) else 0
    token = found[place] if len(found) > place else None
    return token if isinstance(token, CommentToken) else None
