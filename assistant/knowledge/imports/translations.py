"""`translations.txt` in both its forms: by table, field and record or value; and the older by text alone."""

import json

from assistant.knowledge.imports.feed import Feed
from assistant.knowledge.imports.notices import Notices

FIELDS = {
    ("stops", "stop_name"), ("routes", "route_short_name"), ("routes", "route_long_name"),
    ("trips", "trip_headsign"), ("stop_times", "stop_headsign"), ("levels", "level_name"),
    ("pathways", "signposted_as"), ("pathways", "reversed_signposted_as"),
}


class Translations:
    """Names of one thing in every language the feed has."""

    def __init__(self, feed: Feed, notices: Notices) -> None:
        self._by_record: dict[tuple[str, str, str], dict[str, str]] = {}
        self._by_value: dict[tuple[str, str, str], dict[str, str]] = {}
        self._by_text: dict[str, dict[str, str]] = {}
        for line, row in feed.records("translations"):
            language, text = (row.get("language") or row.get("lang") or "").lower(), row.get("translation", "")
            if not language or not text:
                notices.warning("translation-empty", "a translation lacks its language or text", file="translations.txt", line=line)
            elif "trans_id" in row:
                self._by_text.setdefault(row["trans_id"], {})[language] = text
            else:
                self._add(row, language, text)

    def names(self, table: str, field: str, record: str, text: str) -> str:
        """JSON of language → name; the key "" holds the feed's own text."""
        found = {"": text}
        found |= self._by_text.get(text, {})
        found |= self._by_value.get((table, field, text), {})
        found |= self._by_record.get((table, field, record), {})
        return json.dumps(found, ensure_ascii=False, sort_keys=True)

    def _add(self, row: dict[str, str], language: str, text: str) -> None:
        table, field = row.get("table_name", ""), row.get("field_name", "")
        if (table, field) not in FIELDS:
            return
        if record := row.get("record_id"):
            self._by_record.setdefault((table, field, record), {})[language] = text
        elif value := row.get("field_value"):
            self._by_value.setdefault((table, field, value), {})[language] = text
