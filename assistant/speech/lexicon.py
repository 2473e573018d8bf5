"""How names and abbreviations are said: what stands in a text is replaced by what the voice can read."""

import re
from collections.abc import Callable, Iterable, Mapping

from assistant.speech.numbers import spelt

ABBREVIATIONS: Mapping[str, str] = {
    "Ave": "Avenue", "Blvd": "Boulevard", "Rd": "Road", "Sq": "Square", "Pl": "Place", "Pkwy": "Parkway", "Hwy": "Highway",
    "Stn": "Station", "Ctr": "Center", "Intl": "International", "Mt": "Mount", "Ft": "Fort", "Jct": "Junction", "Univ": "University",
}  # fmt: skip
"""Abbreviations in English names of stops, as feeds write them. A station may say otherwise (`pronunciations`)."""
ABBREVIATED = re.compile(rf"(?<![A-Za-z0-9])({'|'.join(ABBREVIATIONS)})(?![A-Za-z0-9])(?:\.(?= [a-z]))?")
ST = re.compile(r"(^|\S+ )St\b(\.?)(?=( [A-Z])?)")
"""In English "St" is a saint at the start or after a plain word and before a name, and a street elsewhere."""
UNITS: Mapping[str, Mapping[str, str]] = {
    "en": {
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
"""What is measured, and in what, per language; they may follow on a digit."""
type Names = Iterable[tuple[str, str, str]]
"""Language ("" for any), as it is written, as it is said."""


class Lexicon:
    """Pronunciations of a station: its own, then its feed's, then the abbreviations and units."""

    def __init__(self, own: Mapping[str, Mapping[str, str]], feed: Callable[[], Names]) -> None:
        """`own` is written name → language → said; `feed` gives the same object as long as the feed is the same."""
        self._feed = feed
        self.become(own)

    def become(self, own: Mapping[str, Mapping[str, str]]) -> None:
        """Takes up other pronunciations of the station, from the next text on."""
        self._own = [(language, written, said) for written, by_language in own.items() for language, said in by_language.items()]
        self._known: dict[str, tuple[Names, dict[str, str]]] = {}

    def spoken(self, text: str, language: str) -> str:
        """`text` as it is said; words of Latin letters are replaced whole, longer names before shorter ones."""
        names = self._feed()
        if language not in self._known or self._known[language][0] is not names:
            self._known[language] = (names, self._said(names, language))
        text = _replaced(text, self._known[language][1])
        if language == "en":
            text = ST.sub(_saint_or_street, ABBREVIATED.sub(lambda match: ABBREVIATIONS[match[1]], text))
        for unit, said in UNITS.get(language, {}).items():
            text = re.sub(rf"(?<![A-Za-z]){re.escape(unit)}(?![A-Za-z0-9])", f" {said}" if unit[0] not in "PC" else said, text)
        return spelt(re.sub(r"  +", " ", text), language)

    def _said(self, names: Names, language: str) -> dict[str, str]:
        said: dict[str, str] = {}
        for source in (names, self._own):
            for wanted in ("", language):
                said |= {written.casefold(): spoken for of, written, spoken in source if of == wanted and written.strip()}
        return said


def _saint_or_street(match: re.Match[str]) -> str:
    before, dot, name = match.groups()
    word = before.strip()
    if name and (not word or word.islower() or word[-1] in ".,;:"):
        return f"{before}Saint"
    if not word:
        return match[0]
    ends = dot and (name or match.end() == len(match.string))
    return f"{before}Street{'.' if ends else ''}"


def _replaced(text: str, said: Mapping[str, str]) -> str:
    """Only names that stand in the text become a pattern: a feed may have tens of thousands."""
    folded = text.casefold()
    there = sorted((written for written in said if written in folded), key=len, reverse=True)
    if not there:
        return text
    pattern = re.compile("|".join(_whole(written) for written in there), re.IGNORECASE)
    return pattern.sub(lambda match: said.get(match[0].casefold(), match[0]), text)


def _whole(written: str) -> str:
    """A pattern for a name that is not part of a longer word; Chinese and Korean have no such ends."""
    start = r"(?<![A-Za-z0-9])" if written[0].isascii() and written[0].isalnum() else ""
    end = r"(?![A-Za-z0-9])" if written[-1].isascii() and written[-1].isalnum() else ""
    return f"{start}{re.escape(written)}{end}"
