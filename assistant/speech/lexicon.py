"""How names and abbreviations are said: what stands in a text is replaced by what the voice can read."""

import re
from collections.abc import Callable, Iterable, Mapping

from assistant.speech.numbers import spelt

ABBREVIATIONS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "Ave": "Avenue", "Blvd": "Boulevard", "Rd": "Road", "Sq": "Square", "Pl": "Place", "Pkwy": "Parkway", "Hwy": "Highway",
        "Stn": "Station", "Ctr": "Center", "Intl": "International", "Mt": "Mount", "Ft": "Fort", "Jct": "Junction", "Univ": "University",
        "PM2.5": "P M 2.5", "PM10": "P M 10", "CO2": "C O 2", "µg/m³": "micrograms per cubic metre", "ppm": "parts per million",
        "km": "kilometres", "°C": "degrees",
    },
    "zh": {
        "PM2.5": "P M 二点五", "PM10": "P M 十", "CO2": "二氧化碳", "µg/m³": "微克每立方米", "ppm": "百万分之一", "km": "公里",
        "°C": "摄氏度",
    },
    "ko": {
        "PM2.5": "피엠 이 점 오", "PM10": "피엠 십", "CO2": "이산화탄소", "µg/m³": "세제곱미터당 마이크로그램", "ppm": "피피엠",
        "km": "킬로미터", "°C": "도",
    },
}  # fmt: skip
"""Abbreviations that stand in names of stops and in readings, per language. A station may say otherwise (`pronunciations`)."""
STREET = re.compile(r"(?<=\w )St\b\.?(?! [A-Z])")
SAINT = re.compile(r"\bSt\b\.?(?= [A-Z])")
"""In English "St" is a street after a name and a saint before one."""
type Names = Iterable[tuple[str, str, str]]
"""Language ("" for any), as it is written, as it is said."""


class Lexicon:
    """Pronunciations of a station: its own, then its feed's, then the abbreviations."""

    def __init__(self, own: Mapping[str, Mapping[str, str]], feed: Callable[[], Names]) -> None:
        """`own` is written name → language → said; `feed` gives the same object as long as the feed is the same."""
        self._own = [(language, written, said) for written, by_language in own.items() for language, said in by_language.items()]
        self._feed = feed
        self._known: dict[str, tuple[Names, dict[str, str], re.Pattern[str]]] = {}

    def spoken(self, text: str, language: str) -> str:
        """`text` as it is said; words of Latin letters are replaced whole, longer names before shorter ones."""
        names = self._feed()
        if language not in self._known or self._known[language][0] is not names:
            self._known[language] = (names, *self._prepared(names, language))
        _, said, pattern = self._known[language]
        text = pattern.sub(lambda match: said[match[0].casefold()], text)
        return SAINT.sub("Saint", STREET.sub("Street", text)) if language == "en" else spelt(text, language)

    def _prepared(self, names: Names, language: str) -> tuple[dict[str, str], re.Pattern[str]]:
        abbreviated = [("", short, long) for short, long in ABBREVIATIONS.get(language, {}).items()]
        said: dict[str, str] = {}
        for source in (abbreviated, names, self._own):
            for wanted in ("", language):
                said |= {written.casefold(): spoken for of, written, spoken in source if of == wanted and written.strip()}
        longest = sorted(said, key=len, reverse=True)
        return said, re.compile("|".join(_whole(written) for written in longest) or r"(?!)", re.IGNORECASE)


def _whole(written: str) -> str:
    """A pattern for a name that is not part of a longer word; Chinese and Korean have no such ends."""
    start = r"(?<![A-Za-z0-9])" if written[0].isascii() and written[0].isalnum() else ""
    end = r"(?![A-Za-z0-9])" if written[-1].isascii() and written[-1].isalnum() else ""
    return f"{start}{re.escape(written)}{end}"
