"""The station file of a draft, section by section: entries by their ids, facts by subject, the languages.

What is written is valid by itself; what does not fit together (a rule that watches a sensor which is gone) is for the checks.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from assistant.content import sections, tree
from assistant.content.drafts import Drafts, Edit
from assistant.content.entries import NEW_ID, SECTIONS, as_json, cleaned, entry_of, language, told, words
from assistant.content.pronunciations import TOPIC
from assistant.errors import ContentError, NotFound, Stale, StationWrong
from assistant.settings import Level

MOST, MOST_LANGUAGES = 2000, 20
type Facts = dict[str, dict[str, str]]
"""Subject → language ("" for any) → what is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the rooms that use the file know: kinds of places, subjects of facts, and whether opening hours can be read."""

    categories: Collection[str]
    subjects: Collection[str]
    is_hours: Callable[[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """What of a station file can be edited."""

    tag: str
    """Names this state of the file; an edit says which state it was made of."""
    languages: tuple[str, ...]
    entries: dict[str, list[dict[str, Any]]]
    """Section → entries, as JSON by the keys of the file."""
    facts: Facts
    levels: tuple[Level, ...]


class StationFile:
    """Reads and changes the station files of drafts."""

    def __init__(self, drafts: Drafts, terms: Terms) -> None:
        self._drafts, self._terms = drafts, terms

    def read(self, draft: str) -> Station:
        """That of a draft. Raises NotFound, and StationWrong for a file that does not hold what it should."""
        return _station(self._bytes(draft))

    def put(self, draft: str, section: str, entry: str, body: Mapping[str, Any], tag: str, *, by: str, at: datetime) -> Station:
        """Makes an entry, or puts it in the place of the one of this id. Raises Stale, NotFound, StationWrong."""

        def change(file: bytes) -> bytes:
            entries = sections.listed(file, section)
            before = next((each for each in entries if isinstance(each, dict) and each.get("id") == entry), None)
            if body.get("id", entry) != entry:
                raise StationWrong("an entry keeps its id: others may name it", "id", hint="make a new entry, and remove this one")
            if before is None and not NEW_ID.fullmatch(entry):
                raise StationWrong("this is no id", "id", hint="use letters, digits, - and _, at most 64")
            if before is None and len(entries) >= MOST:
                raise StationWrong(f"there are {MOST} entries already", hint="remove what is no longer there")
            full, lean = entry_of(section, {**body, "id": entry}, before)
            self._fits(full, before or {})
            return sections.put_entry(file, section, entry, full, lean)

        return self._changed(draft, f"{section}.{entry}", change, tag, by=by, at=at)

    def remove(self, draft: str, section: str, entry: str, tag: str, *, by: str, at: datetime) -> Station:
        """Takes an entry out. Raises Stale, NotFound, ContentError."""

        def change(file: bytes) -> bytes:
            if entry not in [each.get("id") for each in sections.listed(file, section) if isinstance(each, dict)]:
                raise NotFound("there is no such entry", code="entry-not-found", hint="reload the page: somebody may have removed it")
            return sections.remove_entry(file, section, entry)

        return self._changed(draft, f"{section}.{entry}", change, tag, by=by, at=at)

    def put_facts(self, draft: str, facts: Mapping[str, Mapping[str, str]], tag: str, *, by: str, at: datetime) -> Station:
        """Exactly these facts from now on. Raises Stale, NotFound, StationWrong."""

        def change(file: bytes) -> bytes:
            before = _facts(sections.plain(file))
            wanted: Facts = {}
            for subject, texts in facts.items():
                if subject not in self._terms.subjects and subject not in before:
                    raise StationWrong("nothing is said of such a subject", "facts", hint="choose one of those offered")
                if told := cleaned(texts, f"facts.{subject}", before.get(subject, {}).values()):
                    wanted[subject] = told
            return file if wanted == before else sections.put(file, "facts", wanted)

        return self._changed(draft, "facts", change, tag, by=by, at=at)

    def put_languages(self, draft: str, languages: Sequence[str], tag: str, *, by: str, at: datetime) -> Station:
        """The languages of the kiosk, its own first. Raises Stale, NotFound, StationWrong."""

        def change(file: bytes) -> bytes:
            if not 1 <= len(languages) <= MOST_LANGUAGES or len(set(languages)) < len(languages):
                raise StationWrong("a kiosk speaks at least one language, and each once", "languages", hint="add one, or leave one out")
            for each in languages:
                language(each, "languages")
            return file if _languages(sections.plain(file)) == tuple(languages) else sections.put(file, "languages", list(languages))

        return self._changed(draft, "languages", change, tag, by=by, at=at)

    def _changed(self, draft: str, what: str, change: Callable[[bytes], bytes], tag: str, *, by: str, at: datetime) -> Station:
        with self._drafts.lock:
            file = self._bytes(draft)
            if _tag(file) != tag:
                raise Stale("somebody has changed the station file since you opened it; nothing was overwritten")
            new = change(file)
            station = _station(new)
            if new != file:
                self._drafts.write(draft, {tree.STATION: new}, Edit(at=at, by=by, topic=TOPIC, before=tag, after=station.tag, what=(what,)))
            return station

    def _bytes(self, draft: str) -> bytes:
        return (self._drafts.folder(draft) / tree.STATION).read_bytes()

    def _fits(self, full: Mapping[str, Any], before: Mapping[str, Any]) -> None:
        """What only the rooms know. Raises StationWrong."""
        category, hours = full.get("category"), full.get("hours")
        if isinstance(category, str) and category != before.get("category") and category not in self._terms.categories:
            raise StationWrong("there is no such kind of place", "category", hint="choose one of those offered")
        if hours is not None and hours != before.get("hours") and not self._terms.is_hours(hours):
            raise StationWrong("these opening hours cannot be read", "hours", hint="write them as Mo-Fr 06:00-22:00; Sa 08:00-20:00")


def _station(file: bytes) -> Station:
    content = sections.plain(file)
    return Station(
        tag=_tag(file), languages=_languages(content), facts=_facts(content), levels=tuple(_levels(content)),
        entries={section: _entries(file, section) for section in SECTIONS},
    )  # fmt: skip


def _entries(file: bytes, section: str) -> list[dict[str, Any]]:
    found = []
    for number, entry in enumerate(sections.listed(file, section), 1):
        try:
            found.append(as_json(SECTIONS[section].model_validate(entry)))
        except ValidationError as error:
            field, why, _ = told(error)
            raise StationWrong(f"{section}, entry {number}: {field}: {why}", hint="mend it with an editor: dialogues export") from None
    return found


def _facts(content: Mapping[str, Any]) -> Facts:
    found = content.get("facts") or {}
    if not isinstance(found, dict):
        raise StationWrong("facts is no list of subjects in the station file", "facts", hint="take the file of the release before")
    return {str(subject): words(texts) for subject, texts in found.items()}


def _languages(content: Mapping[str, Any]) -> tuple[str, ...]:
    found = content.get("languages") or ()
    return tuple(map(str, found)) if isinstance(found, list | tuple) else ()


def _levels(content: Mapping[str, Any]) -> list[Level]:
    try:
        return [Level.model_validate(level) for level in content.get("levels") or ()]
    except (ValidationError, TypeError):
        raise ContentError("the levels of the station file cannot be read", hint="take the file of the release before") from None


def _tag(file: bytes) -> str:
    return hashlib.sha256(file).hexdigest()[:16]
