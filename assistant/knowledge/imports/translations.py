"""`translations.txt` in both its forms: by table, field and record or value; and the older by text alone."""

import json
from functools import lru_cache

from assistant.knowledge.imports.feed import Feed
from assistant.knowledge.imports.notices import Notices
from assistant.text import plain

FILE = "translations.txt"
FIELDS = {
    ("stops", "stop_name"), ("stops", "tts_stop_name"), ("routes", "route_short_name"), ("routes", "route_long_name"),
    ("trips", "trip_headsign"), ("stop_times", "stop_headsign"), ("levels", "level_name"),
    ("pathways", "signposted_as"), ("pathways", "reversed_signposted_as"),
}
"""What travellers hear or read; translations of anything else are not kept."""
LONGEST = 200
"""Characters of a name; what is longer is not one, and would be read aloud for minutes."""
REMEMBERED = 20_000
SEVERAL = "mul"
Field = tuple[str, str]


class Translations:
    """Names of one thing in every language the feed has."""

    def __init__(self, feed: Feed, notices: Notices) -> None:
        self._by_record: dict[Field, dict[tuple[str, str], dict[str, str]]] = {}
        self._by_value: dict[tuple[str, str, str], dict[str, str]] = {}
        self._by_text: dict[str, dict[str, str]] = {}
        self._of_text = lru_cache(REMEMBERED)(self._names)
        self._own = _own_language(feed)
        for line, row in feed.records("translations"):
            language, text = (row.get("language") or row.get("lang") or "").lower(), row.get("translation", "")
            if not language or not text:
                notices.warning("translation-empty", "a translation without its language or text was left out", file=FILE, line=line)
            elif "trans_id" in row:
                self._by_text.setdefault(row["trans_id"], {})[language] = text
            else:
                self._add(row, language, text, line, notices)

    def names(self, table: str, field: str, record: str, text: str, sub: str = "") -> str:
        """JSON of language → name; the key "" holds the feed's own text. `sub` is the `stop_sequence` of a stop time."""
        records = self._by_record.get((table, field))
        own = records.get((record, sub)) if records else None
        return self._json(self._common(table, field, text) | own) if own else self._of_text(table, field, text)

    def by_record(self, table: str, field: str) -> bool:
        """Whether names of a field may differ between rows of one text."""
        return (table, field) in self._by_record

    def _names(self, table: str, field: str, text: str) -> str:
        return self._json(self._common(table, field, text))

    def _common(self, table: str, field: str, text: str) -> dict[str, str]:
        return {"": text} | self._by_text.get(text, {}) | self._by_value.get((table, field, text), {})

    def _add(self, row: dict[str, str], language: str, text: str, line: int, notices: Notices) -> None:
        table, field = row.get("table_name", ""), row.get("field_name", "")
        record, value = row.get("record_id", ""), row.get("field_value", "")
        if (table, field) not in FIELDS:
            return
        if record:
            key = (record, row.get("record_sub_id", "") if table == "stop_times" else "")
            self._by_record.setdefault((table, field), {}).setdefault(key, {})[language] = text
        elif value:
            self._by_value.setdefault((table, field, value), {})[language] = text
        else:
            notices.warning("translation-of-nothing", "a translation without record_id and field_value was left out", file=FILE, line=line)

    def _json(self, names: dict[str, str]) -> str:
        if self._own and len(names) > 1:  # else a script of the own language would be nearer to it than the own text
            names = {self._own: names[""]} | names
        names = {language: plain(name, LONGEST) for language, name in names.items()}
        return json.dumps(names, ensure_ascii=False, sort_keys=True)


def _own_language(feed: Feed) -> str:
    """The language that the feed's own texts are in; empty where they are in several or nobody says."""
    for table, column in (("feed_info", "feed_lang"), ("agency", "agency_lang")):
        languages = {row.get(column, "").lower() for _, row in feed.records(table)} - {""}
        if languages:
            return languages.pop() if len(languages) == 1 and languages != {SEVERAL} else ""
    return ""
