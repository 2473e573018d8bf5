"""One entry of a section of the station file: what may stand in it, as JSON by the keys of the file; and why it may not."""

import re
from collections.abc import Collection, Iterator, Mapping
from math import isfinite
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from assistant.content.editing import LONGEST_TEXT
from assistant.errors import StationWrong
from assistant.settings import Place, Sensor
from assistant.settings.sensing import Rule

SECTIONS: Final[Mapping[str, type[BaseModel]]] = {"places": Place, "rules": Rule, "sensors": Sensor}
NEW_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}")
LANGUAGE = re.compile(r"[a-z]{2,3}")
FIELD = re.compile(r"[a-z][a-z0-9_]{0,31}")
WHY = {
    "missing": ("it is missing", "fill it in"),
    "extra_forbidden": ("there is no such field", "leave it out"),
    "literal_error": ("it is none of those there are", "choose one of those offered"),
    "string_type": ("it has to be words", "write it as text"),
    "too_short": ("nothing is chosen", "choose at least one"),
    "dict_type": ("it has to be words by language", "write it for each language"),
    "greater_than": ("it is too small", "write a larger number"),
    "greater_than_equal": ("it is too small", "write a larger number"),
    "less_than": ("it is too large", "write a smaller number"),
    "less_than_equal": ("it is too large", "write a smaller number"),
    "float_parsing": ("it is no number", "write digits"),
    "float_type": ("it is no number", "write digits"),
    "int_parsing": ("it is no whole number", "write digits"),
    "int_from_float": ("it is no whole number", "write digits"),
    "finite_number": ("it is no number", "write digits"),
    "bool_parsing": ("it is neither yes nor no", "choose one of them"),
    "string_pattern_mismatch": ("it holds signs that it may not", "use small letters, digits, - and _"),
    "string_too_long": ("it is too long", "write less"),
    "string_too_short": ("it is empty", "fill it in"),
    "date_from_datetime_parsing": ("it is no day", "write it as 2027-01-31"),
}
"""Pydantic's kind of mistake → what it is and how it is mended, in an operator's words."""


def as_json(entry: BaseModel) -> dict[str, Any]:
    """An entry as the console shows it: with what is as by default, without what is not set."""
    return entry.model_dump(mode="json", by_alias=True, exclude_none=True)


def entry_of(section: str, body: Mapping[str, Any], before: Mapping[str, Any] | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """An entry with and without what is as by default. Texts that stand in the entry `before` stay as they are. Raises StationWrong."""
    kind = SECTIONS[section]
    kept = set(_texts(before or {}))
    entry = _checked(kind, _clean(_checked(kind, body), "", kept))
    lean = entry.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    return as_json(entry), lean


def cleaned(texts: Mapping[str, str], field: str, kept: Collection[str] = ()) -> dict[str, str]:
    """Words by language, without languages that have none. Raises StationWrong."""
    found = {}
    for code, text in texts.items():
        if code:
            language(code, field)
        if one := _text(text, f"{field}.{code}", kept):
            found[code] = one
    return found


def language(code: str, field: str) -> None:
    """Raises StationWrong for what is no code of a language."""
    if not LANGUAGE.fullmatch(code):
        raise StationWrong("this is no code of a language", field, hint="write two or three small letters, as fr")


def words(texts: Any) -> dict[str, str]:
    """Words by language, as they stand in the file."""
    return {str(code): str(text) for code, text in texts.items()} if isinstance(texts, dict) else {"": str(texts)}


def told(error: ValidationError) -> tuple[str, str, str]:
    """Field, what is wrong and how it is mended, of the first mistake; nothing of what was written there."""
    first = error.errors()[0]
    parts = first["loc"][:-1] if first["type"] == "extra_forbidden" else first["loc"]
    field = ".".join(str(part) for part in parts if isinstance(part, int) or FIELD.fullmatch(part))
    if first["type"] == "value_error":
        why, mend = str(first["msg"]).removeprefix("Value error, "), "write it so"
    else:
        why, mend = WHY.get(first["type"], ("it cannot be so", "see docs/reference/station-file.md"))
    return field, why, mend


def _checked(kind: type[BaseModel], body: Mapping[str, Any]) -> BaseModel:
    try:
        return kind.model_validate(body)
    except ValidationError as error:
        field, why, mend = told(error)
        raise StationWrong(f"{field}: {why}" if field else why, field or None, hint=mend) from None


def _clean(entry: BaseModel, above: str, kept: Collection[str]) -> dict[str, Any]:
    """The entry as JSON, its texts on one line each. Raises StationWrong."""
    found: dict[str, Any] = {}
    for name, info in type(entry).model_fields.items():
        key, value = info.alias or name, getattr(entry, name)
        clean = _value(value, f"{above}{key}", kept)
        if clean in ("", {}, []) and info.is_required():
            raise StationWrong(f"{above}{key}: it has no words", f"{above}{key}", hint="fill it in")
        if value is not None and clean != "":
            found[key] = clean
    return found


def _value(value: Any, field: str, kept: Collection[str]) -> Any:
    if isinstance(value, BaseModel):
        return _clean(value, f"{field}.", kept)
    if isinstance(value, dict):
        return cleaned(value, field, kept)
    if isinstance(value, list):
        return [text for each in value if (text := _text(each, field, kept))]
    if isinstance(value, str):
        return _text(value, field, kept)
    if isinstance(value, float) and not isfinite(value):
        raise StationWrong(f"{field}: it is no number", field, hint="write digits")
    return value


def _text(text: str, field: str, kept: Collection[str]) -> str:
    if text in kept:
        return text
    one = " ".join(text.split())
    if len(one) > LONGEST_TEXT or not one.isprintable():
        hint = f"one paragraph, at most {LONGEST_TEXT} characters"
        raise StationWrong(f"{field}: these are no words that can be shown and said", field, hint=hint)
    return one


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
