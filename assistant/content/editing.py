"""Edits of single files that leave everything else as it was: comments, order, quotes and line breaks."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from assistant.content.reading import language_of
from assistant.errors import ContentError

LONGEST_PHRASE, LONGEST_TEXT, MOST_PHRASES = 200, 1000, 3000
HEAD = b'version: "3.1"\n'


def phrases(file: bytes, intent: str) -> list[str]:
    """What is taught for an intent in a file of `data/nlu/`."""
    item = _intent(load(file), intent)
    return [] if item is None else [line.strip()[2:].strip() for line in str(item["examples"]).splitlines() if _is_phrase(line)]


def with_phrases(file: bytes, intent: str, wanted: Sequence[str]) -> bytes:
    """The file with exactly these phrases for an intent: those that were there keep their place, new ones follow.

    An empty file is one of a new language. Raises ContentError for what is no phrase.
    """
    new = list(dict.fromkeys(_phrase(text) for text in wanted))
    if len(new) > MOST_PHRASES:
        raise ContentError(f"more than {MOST_PHRASES} phrases", hint="teach what differs, not every way to spell it")
    loaded = load(file)
    item = _intent(loaded, intent)
    if item is None:
        item = CommentedMap({"intent": intent, "examples": LiteralScalarString("")})
        loaded.setdefault("nlu", CommentedSeq()).append(item)
    before, old = str(item["examples"]), phrases(file, intent)
    lines = [line for line in before.rstrip().splitlines() if not _is_phrase(line) or line.strip()[2:].strip() in new]
    lines += [f"- {text}" for text in new if text not in old]
    if not any(_is_phrase(line) for line in lines):
        raise ContentError("a question needs phrases", hint="remove the question itself, or keep a phrase")
    below = before[len(before.rstrip()) :] or "\n"
    item["examples"] = LiteralScalarString("\n".join(lines) + below)
    return dump(loaded)


def wording(file: bytes, response: str, language: str) -> dict[str, str] | None:
    """A reply in one language: `text`, and where they are there `speech` and `say`."""
    variant = _variant(load(file), response, language)
    if variant is None:
        return None
    metadata = variant.get("metadata") or {}
    return {"text": str(variant.get("text", ""))} | {key: str(metadata[key]) for key in ("speech", "say") if key in metadata}


def with_wording(file: bytes, response: str, language: str, text: str, *, speech: str | None = None, say: str | None = None) -> bytes:
    """The file with other words for a reply in one language, which may be new to it. Raises ContentError for words that are none."""
    loaded = load(file)
    word(loaded, response, language, text, speech=speech, say=say)
    return dump(loaded)


def word(loaded: Any, response: str, language: str, text: str, *, speech: str | None = None, say: str | None = None) -> None:
    """The same in a file that is loaded: reading and writing one takes most of the time. Raises ContentError for words that are none."""
    variants = (loaded.get("responses") or {}).get(response)
    if variants is None:
        raise ContentError("there is no such reply in this file", hint="reload the page: somebody may have removed it")
    variant = _variant(loaded, response, language)
    if variant is None:
        condition = CommentedMap({"type": "slot", "name": "language", "value": language})
        condition.fa.set_flow_style()
        conditions = CommentedSeq([condition])
        conditions.fa.set_flow_style()
        variant = CommentedMap({"condition": conditions})
        _append(variants, variant)
    _put(variant, "text", _words(text))
    said = {key: _words(value) for key, value in (("speech", speech), ("say", say)) if value is not None and value.strip()}
    metadata = variant.get("metadata")
    if metadata is None and said:
        metadata = variant["metadata"] = CommentedMap()
        metadata.fa.set_flow_style()
    for key in ("speech", "say"):
        if key in said:
            _put(metadata, key, said[key])
        elif metadata is not None and key in metadata:
            del metadata[key]
    if metadata is not None and not metadata:
        del variant["metadata"]


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, 1_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.add_representer(type(None), lambda representer, _: representer.represent_scalar("tag:yaml.org,2002:null", "null"))
    return yaml


def load(file: bytes) -> Any:
    """A file as it is written, comments and all. Raises ContentError."""
    try:
        loaded = _yaml().load(file or HEAD)
    except (YAMLError, UnicodeDecodeError):
        raise ContentError("the file cannot be read as it is", hint="take the file of the release before") from None
    if not isinstance(loaded, CommentedMap):
        raise ContentError("the file has not the form of a file of this kind", hint="take the file of the release before")
    return loaded


def dump(loaded: Any) -> bytes:
    """What `load` read, as it was written."""
    out = BytesIO()
    _yaml().dump(loaded, out)
    return out.getvalue()


def _intent(loaded: Any, intent: str) -> Any:
    return next((item for item in loaded.get("nlu") or () if item.get("intent") == intent), None)


def _variant(loaded: Any, response: str, language: str) -> Any:
    variants = (loaded.get("responses") or {}).get(response) or ()
    return next((variant for variant in variants if language_of(variant) == language), None)


def _append(variants: Any, variant: CommentedMap) -> None:
    """After the last one; the empty line that followed it moves behind the new one."""
    last = variants[-1] if variants else None
    variants.append(variant)
    if last is None:
        return
    comment = last.ca.items.pop(list(last)[-1], None)
    if comment is not None:
        variant.ca.items["text"] = comment


def _put(mapping: Any, key: str, words: str) -> None:
    """Sets words, and leaves a value that is the same as it was written."""
    if mapping.get(key) != words:
        mapping[key] = DoubleQuotedScalarString(words)


def _is_phrase(line: str) -> bool:
    return line.strip().startswith("- ")


def _phrase(text: str) -> str:
    cleaned = " ".join(text.split())
    if not cleaned or not text.isprintable() or len(cleaned) > LONGEST_PHRASE or "${" in cleaned or cleaned.startswith(("- ", "#")):
        raise ContentError("this is no phrase that somebody says", hint=f"one line of words, at most {LONGEST_PHRASE} characters")
    return cleaned


def _words(text: str) -> str:
    cleaned = " ".join(text.split())
    if not cleaned or len(cleaned) > LONGEST_TEXT or not cleaned.isprintable() or "${" in cleaned:
        raise ContentError("these are no words that can be shown and said", hint=f"one paragraph, at most {LONGEST_TEXT} characters")
    return cleaned
