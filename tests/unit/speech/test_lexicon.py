"""What the voice is given to read: names as locals say them, abbreviations in full."""

import pytest

from assistant.speech.lexicon import Lexicon

FEED = [
    ("", "Mtn View", "Mountain View"), ("ko", "Mtn View", "마운틴뷰"),
    ("", "Millbrae", "Mill bray"), ("", "Millbrae Ave", "Mill bray Avenue"),
]  # fmt: skip


@pytest.fixture
def lexicon() -> Lexicon:
    return Lexicon({"Embarcadero": {"en": "Em-bark-a-dairo", "": "Embarcadero"}, "Millbrae": {"zh": "米尔布雷"}}, lambda: FEED)


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "Trains to Mtn View, then Millbrae.", "Trains to Mountain View, then Mill bray."),
        ("ko", "Mtn View 방면", "마운틴뷰 방면"),
        ("zh", "去Millbrae的车", "去米尔布雷的车"),
        ("en", "EMBARCADERO", "Em-bark-a-dairo"),
        ("ko", "Embarcadero", "Embarcadero"),
        ("en", "Millbrae Ave and Millbraeton", "Mill bray Avenue and Millbraeton"),
        ("en", "5 Main St is at St Mary Rd.", "5 Main Street is at Saint Mary Road."),
        ("en", "PM2.5 is at 12 µg/m³", "P M 2.5 is at 12 micrograms per cubic metre"),
        ("zh", "PM2.5现在12 µg/m³", "P M 二点五现在十二 微克每立方米"),
        ("ko", "CO2 농도", "이산화탄소 농도"),
        ("en", "Wall St Station and Fulton St Exit B", "Wall Street Station and Fulton Street Exit B"),
        ("en", "St. Pancras is near. Walk to St Mary, then St.", "Saint Pancras is near. Walk to Saint Mary, then Street."),
        ("en", "5 ft and 12 sq m from Sunset Blvd. is far", "5 ft and 12 sq m from Sunset Boulevard is far"),
        ("en", "Take Sunset Blvd. Then walk.", "Take Sunset Boulevard. Then walk."),
        ("zh", "5km，20ppm", "五 公里，二十 百万分之一"),
        ("en", "Nothing here is on the list.", "Nothing here is on the list."),
    ],
)
def test_names_and_abbreviations_are_said_in_full(lexicon: Lexicon, language: str, text: str, said: str) -> None:
    assert lexicon.spoken(text, language) == said


def test_a_new_feed_has_names_of_its_own() -> None:
    feed = [("", "Gare", "Gahr")]
    lexicon = Lexicon({}, lambda: feed)
    assert lexicon.spoken("Gare", "en") == "Gahr"
    feed = [("", "Gare", "Garr")]
    assert lexicon.spoken("Gare", "en") == "Garr"


def test_without_names_nothing_changes() -> None:
    assert Lexicon({}, lambda: []).spoken("(.*) $1 \\1 St", "de") == "(.*) $1 \\1 St"


def test_a_release_brings_its_own_pronunciations() -> None:
    lexicon = Lexicon({"Colma": {"en": "Coal-ma"}}, lambda: FEED)
    assert lexicon.spoken("to Colma", "en") == "to Coal-ma"
    lexicon.become({"Colma": {"en": "Collma"}})
    assert lexicon.spoken("to Colma", "en") == "to Collma"
