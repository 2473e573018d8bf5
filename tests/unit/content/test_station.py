"""The station file of a draft, section by section: nothing but what is meant changes, and nothing but text gets in."""

import difflib
from collections.abc import Callable
from typing import Any

import pytest

from assistant.content import sections, tree
from assistant.content.drafts import Drafts
from assistant.content.entries import SECTIONS, as_json, entry_of
from assistant.content.station import StationFile, Terms
from assistant.errors import NotFound, Stale, StationWrong
from tests.conftest import EXAMPLE
from tests.fixtures.studio import studio
from tests.unit.content.folders import NOON

STATION = """# Ours.
name: Here
stop: A
languages: [en, ko]  # two

facts:
  pets: Dogs may ride.  # all of them
  # Ask Ann before you change this.
  refunds:
    en: At the office.
    ko: 사무실에서.

# Everything that is open.
places:
  - id: cafe  # the old one
    name: Café
    category: cafe
    # from May on
    hours: 06:00-22:00
    aliases:
      - coffee
      - bar

  # The lift's neighbour.
  - id: toilet
    name: {en: Toilet, ko: 화장실}
    category: toilet
    step_free: true
  # The last one.
  - {id: kiosk, name: Kiosk, category: shop}

# Detectors.
sensors:
- id: co2
  name: CO2
  quantity: co2
  unit: ppm
  area: Hall
  silent_s: 900
  source: push:co2  # from the box
rules: []
"""
WORDS = "0123456789ab"


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> tuple[Drafts, str]:
    """A draft, and those that it is among."""
    drafts = studio(tmp_path_factory.mktemp("studio")).studio.drafts
    return drafts, drafts.make("try", "shipped", by=WORDS, at=NOON).id


@pytest.fixture
def file(draft: tuple[Drafts, str]) -> tuple[StationFile, str, Callable[[], str]]:
    """A draft with this station file, and what it says now."""
    drafts, name = draft
    path = drafts.folder(name) / tree.STATION
    path.write_text(STATION, encoding="utf-8")
    terms = Terms(categories={"cafe", "toilet", "shop"}, subjects={"pets", "refunds", "wifi"}, is_hours=lambda text: text[0].isdigit())
    return StationFile(drafts, terms), name, lambda: path.read_text(encoding="utf-8")


def changed(old: str, new: str) -> list[str]:
    return [line for line in difflib.ndiff(old.splitlines(), new.splitlines()) if line[0] in "+-"]


def put(file: tuple[StationFile, str, Callable[[], str]], section: str, entry: str, **fields: object) -> list[str]:
    """What one edit of an entry changes: the entry as it is shown, with other fields."""
    station, draft, text = file
    before, now = text(), station.read(draft)
    shown = next((each for each in now.entries[section] if each["id"] == entry), {"id": entry})
    body = {key: value for key, value in {**shown, **fields}.items() if value is not None}
    station.put(draft, section, entry, body, now.tag, by=WORDS, at=NOON)
    return changed(before, text())


def test_what_is_shown_has_the_keys_of_the_file_and_what_is_as_by_default(file: tuple[StationFile, str, Callable[[], str]]) -> None:
    station, draft, _ = file
    shown = station.read(draft)
    assert shown.languages == ("en", "ko")
    assert shown.facts["pets"] == {"": "Dogs may ride."}
    assert shown.entries["places"][0]["name"] == {"": "Café"}
    assert shown.entries["sensors"][0]["calibration"] == {"factor": 1.0, "offset": 0.0}
    assert "level" not in shown.entries["places"][0]


@pytest.mark.parametrize(("section", "entry"), [("places", "cafe"), ("places", "toilet"), ("places", "kiosk"), ("sensors", "co2")])
def test_an_entry_that_is_saved_as_it_was_shown_changes_nothing(
    file: tuple[StationFile, str, Callable[[], str]], section: str, entry: str
) -> None:
    assert put(file, section, entry) == []


def test_only_the_lines_that_are_meant_change(file: tuple[StationFile, str, Callable[[], str]]) -> None:
    assert put(file, "places", "cafe", hours="08:00-20:00") == ["-     hours: 06:00-22:00", "+     hours: 08:00-20:00"]
    assert put(file, "places", "toilet", note={"en": "Ask for the key."}) == ["+     note: {en: Ask for the key.}"]
    assert put(file, "sensors", "co2", silent_s=60) == ["-   silent_s: 900", "+   silent_s: 60.0"]
    assert put(file, "sensors", "co2", silent_s=900.0) == ["-   silent_s: 60.0"]
    gone = put(file, "places", "cafe", hours=None, aliases=[])
    assert gone == ["-     hours: 08:00-20:00", "-     aliases:", "-       - coffee", "-       - bar"]


def test_a_new_entry_follows_the_last_one(file: tuple[StationFile, str, Callable[[], str]]) -> None:
    new = put(file, "places", "wc-2", name={"": "WC"}, category="toilet")
    assert new == ["+   - id: wc-2", "+     name: {'': WC}", "+     category: toilet"]
    alert = {"category": "Safety", "event": {"en": "Bad air"}, "headline": {"en": "The air is bad."}}
    assert put(file, "rules", "stuffy", sensors=["co2"], above=1500, alert=alert)[0] == "- rules: []"
    assert put(file, "sensors", "co2-2", name={"": "b"}, quantity="co2", unit="ppm", area={"": "b"}, source="push:b")[0] == "+ - id: co2-2"


@pytest.mark.parametrize("entry", ["cafe", "toilet", "kiosk"])
def test_an_entry_goes_alone(file: tuple[StationFile, str, Callable[[], str]], entry: str) -> None:
    station, draft, text = file
    before = text()
    now = station.remove(draft, "places", entry, station.read(draft).tag, by=WORDS, at=NOON)
    assert entry not in [each["id"] for each in now.entries["places"]]
    lost = changed(before, text())
    assert not [line for line in lost if line.startswith("+")]
    assert all(line.strip() != "" and "# The" not in line and "# Every" not in line and "# Det" not in line for line in lost)


def test_the_last_entry_leaves_an_empty_list(file: tuple[StationFile, str, Callable[[], str]]) -> None:
    station, draft, text = file
    now = station.remove(draft, "sensors", "co2", station.read(draft).tag, by=WORDS, at=NOON)
    assert now.entries["sensors"] == []
    assert "sensors: []" in text()
    with pytest.raises(NotFound):
        station.remove(draft, "sensors", "co2", now.tag, by=WORDS, at=NOON)


def test_facts_and_languages(file: tuple[StationFile, str, Callable[[], str]]) -> None:
    station, draft, text = file
    before, now = text(), station.read(draft)
    facts = {**now.facts, "wifi": {"en": "Free: ask nobody.", "ko": " "}}
    now = station.put_facts(draft, facts, now.tag, by=WORDS, at=NOON)
    assert changed(before, text()) == ["+   wifi: {en: 'Free: ask nobody.'}"]
    before = text()
    now = station.put_languages(draft, ["en", "ko", "fr"], now.tag, by=WORDS, at=NOON)
    assert changed(before, text()) == ["- languages: [en, ko]  # two", "+ languages: [en, ko, fr] # two"]
    assert now.languages == ("en", "ko", "fr")
    for wrong in ([], ["en", "en"], ["EN"], ["x" * 9], ["e: n"]):
        with pytest.raises(StationWrong):
            station.put_languages(draft, wrong, now.tag, by=WORDS, at=NOON)
    with pytest.raises(StationWrong, match="such a subject"):
        station.put_facts(draft, {"gossip": {"en": "x"}}, now.tag, by=WORDS, at=NOON)


def test_nothing_is_overwritten(file: tuple[StationFile, str, Callable[[], str]]) -> None:
    station, draft, text = file
    old = station.read(draft).tag
    put(file, "places", "cafe", hours="08:00-20:00")
    after = text()
    with pytest.raises(Stale):
        station.put_facts(draft, {}, old, by=WORDS, at=NOON)
    with pytest.raises(Stale):
        station.remove(draft, "places", "cafe", old, by=WORDS, at=NOON)
    assert text() == after


@pytest.mark.parametrize(("section", "entry", "fields", "field"), [
    ("places", "cafe", {"hours": "never"}, "hours"),
    ("places", "cafe", {"category": "gossip"}, "category"),
    ("places", "cafe", {"latitude": 91}, "latitude"),
    ("places", "cafe", {"latitude": float("nan")}, "latitude"),
    ("places", "cafe", {"name": {}}, "name"),
    ("places", "cafe", {"name": {"en": " "}}, "name"),
    ("places", "cafe", {"name": {"e:n": "x"}}, "name"),
    ("places", "cafe", {"name": {"en": ["x"]}}, "name.en"),
    ("places", "cafe", {"gossip": "x"}, None),
    ("places", "cafe", {"id": "other"}, "id"),
    ("places", "a b", {"name": {"en": "x"}, "category": "cafe"}, "id"),
    ("places", "cafe", {"note": {"en": "x" * 1001}}, "note.en"),
    ("places", "cafe", {"note": {"en": "a\x07b"}}, "note.en"),
    ("sensors", "co2", {"quantity": "gossip"}, "quantity"),
    ("sensors", "co2", {"silent_s": 0}, "silent_s"),
    ("sensors", "co2", {"silent_s": "soon"}, "silent_s"),
    ("rules", "r", {"sensors": ["co2"], "above": 1, "alert": {"category": "Safety", "event": {"en": "x"}}}, "alert.headline"),
    ("rules", "r", {"sensors": [], "above": 1}, "sensors"),
])  # fmt: skip
def test_what_cannot_be_names_its_field_and_changes_nothing(
    file: tuple[StationFile, str, Callable[[], str]], section: str, entry: str, fields: dict[str, Any], field: str | None
) -> None:
    _, _, text = file
    with pytest.raises(StationWrong) as told:
        put(file, section, entry, **fields)
    assert told.value.field == field
    assert told.value.hint
    assert "gossip" not in told.value.message
    assert text() == STATION


INJECTED = [
    "x\nrules: []", "x\n  - id: y", "!!python/object:os.system x", "!!binary aGk=", "&a x", "*a", "<<: *a", "{{ 7*7 }}", "{x", "[x", "- x",
    "# x", "x # y", "x: y", "'", '"', "\\", "%TAG ! x", "---", "...", "? x", "| x", "> x", "@x", "`x`", "null", "true", "1e3", "0x10", "~",
    "${HOME}", "<script>alert(1)</script>", "x" * 1000, "2027-01-01", "=", "x\u2028y: z", "x\r\ny: z", "\tx", "yes", "012",
]  # fmt: skip


@pytest.mark.parametrize("text", INJECTED)
def test_whatever_is_written_stays_text(file: tuple[StationFile, str, Callable[[], str]], text: str) -> None:
    station, draft, said = file
    before = said()
    told = " ".join(text.split())
    put(file, "places", "toilet", name={"en": text, "ko": text}, aliases=[text, "x"])
    now = station.read(draft)
    entry = next(each for each in now.entries["places"] if each["id"] == "toilet")
    assert (entry["name"], entry["aliases"][0]) == ({"en": told, "ko": told}, told)
    assert not [line for line in changed(before, said()) if line.startswith("-") and "name: {en: Toilet" not in line]
    facts = station.put_facts(draft, {**now.facts, "wifi": {"": text}, "refunds": {"en": text}}, now.tag, by=WORDS, at=NOON).facts
    assert (facts["wifi"], facts["refunds"]) == ({"": told}, {"en": told})
    assert "# Ask Ann before you change this." in said()
    assert [each["id"] for each in station.read(draft).entries["places"]] == ["cafe", "toilet", "kiosk"]


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "\ud800", "a\u202eb", "x" * 5000, "\x85x\u0007"])
def test_signs_that_nobody_can_read_are_refused(file: tuple[StationFile, str, Callable[[], str]], text: str) -> None:
    _, _, said = file
    with pytest.raises(StationWrong):
        put(file, "places", "toilet", name={"en": text})
    assert said() == STATION


@pytest.mark.parametrize("station", [
    "places: [{id: a, name: A, category: cafe}, {id: b, name: B, category: cafe}]\n",
    "x: &x {category: cafe}\nplaces:\n  - {<<: *x, id: a, name: A}\n  - id: b\n    <<: *x\n    name: B\n# end\n",
    "places:\n  -\n    id: a\n    name: A\n    category: cafe\n  -   id: b\n      category: cafe\n      name: |\n        B\n        # no\n",
    "places:\r\n- id: a\r\n  name: A\r\n  category: cafe\r\n- id: b\r\n  name: B # bee\r\n  category: cafe\r\n",
    "places:\n- id: b\n  name: B\n  category: cafe\n- id: a\n  name: A\n  category: cafe",
])  # fmt: skip
def test_other_ways_to_write_the_same(station: str) -> None:
    file = station.encode()
    full, lean = entry_of("places", {"id": "b", "name": {"en": "New"}, "category": "toilet"}, None)
    new = sections.put_entry(file, "places", "b", full, lean)
    entries = sections.listed(new, "places")
    assert next(each for each in entries if each["id"] == "b")["name"] == {"en": "New"}
    assert next(each for each in entries if each["id"] == "a") == next(e for e in sections.listed(file, "places") if e["id"] == "a")
    assert [each["id"] for each in sections.listed(sections.remove_entry(new, "places", "b"), "places")] == ["a"]
    assert (b"\r\n" in new) == ("\r\n" in station)


@pytest.mark.parametrize("one_in", [100, pytest.param(1, marks=pytest.mark.long)])
def test_every_entry_of_the_example_can_be_saved_and_removed(one_in: int) -> None:
    station = (EXAMPLE / "station.yaml").read_bytes()
    for section, kind in SECTIONS.items():
        for entry in sections.listed(station, section)[::one_in]:
            full, lean = entry_of(section, as_json(kind.model_validate(entry)), entry)
            assert sections.put_entry(station, section, entry["id"], full, lean) == station
            gone = sections.remove_entry(station, section, entry["id"]).decode()
            assert not [line for line in changed(station.decode(), gone) if line[0] == "+"]
