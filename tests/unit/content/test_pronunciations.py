"""Pronunciations of a draft: nothing else of the station file changes."""

import difflib

import pytest

from assistant.content import pronunciations
from assistant.errors import ContentError
from tests.conftest import EXAMPLE

STATION = b"""# Ours.
name: Here
languages: [en, ko]  # two

pronunciations:
  Embarcadero: {en: Em-bark-a-dairo}  # ask Ann
  Colma: Coal-ma
places:
- id: cafe
  hours: 06:00-22:00
"""


def changed(old: bytes, new: bytes) -> list[str]:
    return [line for line in difflib.ndiff(old.decode().splitlines(), new.decode().splitlines()) if line[0] in "+-"]


def test_they_are_read_in_both_forms() -> None:
    assert pronunciations.of(STATION) == {"Embarcadero": {"en": "Em-bark-a-dairo"}, "Colma": {"": "Coal-ma"}}
    assert pronunciations.of(b"name: x\n") == {}


def test_only_what_changes_is_written_anew() -> None:
    names = pronunciations.of(STATION) | {"Millbrae": {"ko": "밀브레이", "en": " "}}
    assert pronunciations.put(STATION, pronunciations.of(STATION)) == STATION
    assert [line for line in changed(STATION, pronunciations.put(STATION, names)) if "Mill" in line] == ["+   Millbrae: {ko: 밀브레이}"]
    gone = pronunciations.put(STATION, {"Colma": {"": "Coal-ma"}})
    assert pronunciations.of(gone) == {"Colma": {"": "Coal-ma"}}
    assert b"# Ours." in gone
    assert b"# two" in gone


def test_the_example_station_keeps_every_other_line() -> None:
    station = (EXAMPLE / "station.yaml").read_bytes()
    names = pronunciations.of(station) | {"Quayside": {"en": "Key-side"}}
    new = pronunciations.put(station, names)
    assert pronunciations.of(new) == names
    assert not [line for line in changed(station, new) if line.startswith("-")]


@pytest.mark.parametrize("names", [{"": {"en": "x"}}, {"x": {"en": "a\x07"}}, {"x" * 200: {"en": "x"}}, {"x": {"en": "y" * 200}}])
def test_what_nobody_can_say_is_refused(names: dict[str, dict[str, str]]) -> None:
    with pytest.raises(ContentError):
        pronunciations.put(STATION, names)


def test_a_station_file_that_cannot_be_read_is_told() -> None:
    with pytest.raises(ContentError, match="cannot be read"):
        pronunciations.of(b"names: [")
