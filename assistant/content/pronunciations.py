"""How names are said: the `pronunciations` of a draft's station file, edited with its comments and order kept."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError

from assistant.content import editing, tree
from assistant.content.drafts import Drafts, Edit
from assistant.errors import ContentError, Stale

KEY = "pronunciations"
TOPIC = "station"
"""What edits of the station file are noted under."""
MOST, LONGEST = 500, 120
type Names = dict[str, dict[str, str]]
"""Name as it is written → language ("" for any) → how it is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """All pronunciations of a draft."""

    names: Names
    tag: str
    """Names this state of the station file; an edit says which state it was made of."""


def of(station: bytes) -> Names:
    """The pronunciations of a station file. Raises ContentError for one that cannot be read."""
    try:
        loaded = YAML(typ="safe").load(station)
        found = (loaded or {}).get(KEY) or {}
        return {str(name): {"": said} if isinstance(said, str) else _texts(said) for name, said in found.items()}
    except (YAMLError, UnicodeDecodeError, AttributeError):
        raise ContentError("the station file cannot be read as it is", hint="take the file of the release before") from None


def put(station: bytes, wanted: Mapping[str, Mapping[str, str]]) -> bytes:
    """The station file with exactly these pronunciations. Raises ContentError for what nobody can say."""
    if len(wanted) > MOST:
        raise ContentError(f"more than {MOST} pronunciations", hint="keep those that the voice gets wrong")
    clean = {_words(name): {language: _words(said) for language, said in by.items() if said.strip()} for name, by in wanted.items()}
    clean = {name: by for name, by in clean.items() if by}
    before = of(station)
    if clean == before:
        return station
    loaded = editing.load(station)
    section = loaded.get(KEY)
    if section is None:
        section = loaded[KEY] = CommentedMap()
    for name in [name for name in section if str(name) not in clean]:
        del section[name]
    for name, by in clean.items():
        if before.get(name) != by:
            section[name] = _inline(by)
    return editing.dump(loaded)


def read(drafts: Drafts, draft: str) -> Said:
    """Those of a draft. Raises NotFound, ContentError."""
    station = (drafts.folder(draft) / tree.STATION).read_bytes()
    return Said(names=of(station), tag=_tag(station))


def write(drafts: Drafts, draft: str, wanted: Mapping[str, Mapping[str, str]], tag: str, *, by: str, at: datetime) -> Said:
    """Changes those of a draft whose station file is still as `tag` says. Raises Stale, NotFound, ContentError."""
    with drafts.lock:
        station = (drafts.folder(draft) / tree.STATION).read_bytes()
        if _tag(station) != tag:
            raise Stale("somebody has changed the station file since you opened it; nothing was overwritten")
        new = put(station, wanted)
        if new != station:
            drafts.write(draft, {tree.STATION: new}, Edit(at=at, by=by, topic=TOPIC, before=tag, after=_tag(new), what=(KEY,)))
        return Said(names=of(new), tag=_tag(new))


def _texts(said: Mapping[object, object]) -> dict[str, str]:
    return {str(language): str(text) for language, text in said.items()}


def _inline(by: Mapping[str, str]) -> CommentedMap:
    made = CommentedMap(by)
    made.fa.set_flow_style()
    return made


def _words(text: str) -> str:
    cleaned = " ".join(text.split())
    if not cleaned or not cleaned.isprintable() or len(cleaned) > LONGEST:
        raise ContentError("this is no name that somebody says", hint=f"one line of words, at most {LONGEST} characters")
    return cleaned


def _tag(station: bytes) -> str:
    return hashlib.sha256(station).hexdigest()[:16]
