"""What people call stops, lines and places, and what a piece of text may mean."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from typing import Literal

from assistant.knowledge.models import Match
from assistant.knowledge.short_names import common_ending, ways
from assistant.knowledge.sounds import Near, Sounds
from assistant.knowledge.spotting import windows

Kind = Literal["stop", "line", "place", "category"]
CLEAR = 0.92
"""From this confidence on a name is taken as meant, unless another is as near."""
LEAD = 0.08
"""So much nearer than all others must a name be that is taken as meant."""
BEHIND = 0.2
"""What is so much farther than the nearest name is not offered beside it."""
SPOTTED = 0.8
"""From this confidence on a part of a message is worth asking about."""
KINDS: tuple[Kind, ...] = ("stop", "place", "category", "line")
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
HAN = re.compile(r"[\u3400-\u9fff]")
HANGUL = re.compile(r"[\uac00-\ud7a3]")
STOP_WORDS = (
    " railway station", " train station", " metro station", " subway station", " station", " stop",
    "火车站", "地铁站", "车站", "站", "駅", "기차역", "지하철역", "전철역", "역",
)
LINE_WORDS = (" line", "号线", "线", "호선", "선")
PARTICLES = ("에서", "까지", "으로", "행", "로", "에", "은", "는", "이", "가", "을", "를", "도")
NUMBERS = {
    "en": ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    "zh": ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十"),
    "ko": ("일", "이", "삼", "사", "오", "육", "칠", "팔", "구", "십"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A thing with its names: by language, and other ones people use."""

    kind: Kind
    id: str
    names: dict[str, str]
    aliases: tuple[str, ...] = ()

    def every_name(self) -> list[str]:
        """All names and aliases, each once, as written."""
        return list(dict.fromkeys(name for name in (*self.names.values(), *self.aliases) if name.strip()))


def normalise(text: str) -> str:
    """Text as it is compared: case folded, without accents, punctuation and, in Chinese and Korean, spaces."""
    plain_letters = unicodedata.normalize("NFKD", text)
    folded = unicodedata.normalize("NFKD", plain_letters.casefold().replace("&", " and "))
    plain = "".join(letter for letter in folded if not "\u0300" <= letter <= "\u036f" and letter not in "'’`.")
    composed = unicodedata.normalize("NFC", plain)
    words = re.sub(r"[\W_]+", " ", composed).strip()
    return words.replace(" ", "") if CJK.search(words) else words


def pick(names: dict[str, str], language: str) -> str:
    """The name in a language: as asked, else a script or region of it (zh-Hans before zh-Hant), else the feed's own."""
    if language in names:
        return names[language]
    regional = sorted(key for key in names if key.startswith(f"{language}-"))
    preferred = [key for key in regional if key.endswith(("-hans", "-cn"))] or regional
    return names[preferred[0]] if preferred else names.get("", "") or next(iter(names.values()), "")


@lru_cache(4096)
def worded(names: str, language: str) -> str:
    """The name in a language, of names in JSON as the database holds them."""
    return pick(json.loads(names), language)


def line_aliases(name: str, mode: str) -> tuple[str, ...]:
    """Ways to say a line's short name: metro line "M2" is M 2, M two, metro 2, line two, 2号线, 二号线, 2호선, 이호선."""
    found = [f"line {name}", f"{name} line"]
    parts = re.fullmatch(r"([A-Za-z]{0,3}) ?(\d{1,2})", name)
    if not parts:
        return tuple(found)
    letters, number = parts.group(1), int(parts.group(2))
    en, zh, ko = ([str(number), *words[number - 1 : number]] if number else [str(number)] for words in NUMBERS.values())
    found += [f"{letters} {word}" for word in en if letters]
    found += [f"line {letters} {word}".replace("  ", " ") for word in en]
    found += [f"{letters}{word}{end}" for word in zh for end in ("号线", "线")] + [f"{letters}{word}호선" for word in ko]
    if mode == "metro":
        found += [f"{start} {word}" for start in ("line", "metro", "metro line", "subway line") for word in en]
        found += [f"{start}{word}号线" for start in ("", "地铁") for word in zh]
        found += [f"{start}{word}호선" for start in ("", "지하철 ") for word in ko]
    return tuple(dict.fromkeys(found))


def with_short_names(things: Iterable[Named]) -> list[Named]:
    """The things, the stops with other ways to write their names, as far as each way means one stop and nothing else."""
    things = list(things)
    stops = [thing for thing in things if thing.kind == "stop"]
    ending = common_ending(name for stop in stops for name in stop.names.values())
    meant: dict[str, set[str]] = {}
    for thing in things:
        for name in thing.every_name():
            for key in _keys(name, thing.kind):
                meant.setdefault(key, set()).add(thing.id)
    found = {stop.id: [way for name in dict.fromkeys(stop.names.values()) for way in ways(name, ending)] for stop in stops}
    for stop in stops:
        for key in {key for way in found[stop.id] for key in _keys(way, "stop")}:
            meant.setdefault(key, set()).add(stop.id)
    own = {
        stop.id: tuple(way for way in found[stop.id] if all(meant[key] == {stop.id} for key in _keys(way, "stop"))) for stop in stops
    }  # fmt: skip
    return [replace(thing, aliases=(*thing.aliases, *own[thing.id])) if thing.kind == "stop" else thing for thing in things]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spotted:
    """A part of a message that may be a name: where it stands, and what it may mean."""

    start: int
    end: int
    matches: tuple[Match, ...]


class Names:
    """Every name of the station, ready to be compared with text."""

    def __init__(self, things: Iterable[Named]) -> None:
        self._exact: dict[str, list[Named]] = {}
        for thing in with_short_names(things):
            for key in dict.fromkeys(key for name in thing.every_name() for key in _keys(name, thing.kind)):
                self._exact.setdefault(key, []).append(thing)
        self._keys = {
            kind: [key for key, things in self._exact.items() if any(thing.kind == kind for thing in things)] for kind in KINDS
        }
        self._sounds = {kind: Sounds(keys) for kind, keys in self._keys.items()}
        self._by_word: dict[str, set[str]] = {}
        for key in self._exact:
            for word in key.split():
                self._by_word.setdefault(word, set()).add(key)

    def match(self, text: str, *, language: str, kinds: set[str] | None = None, limit: int = 4) -> list[Match]:
        """What `text` may mean, the best first; confidence 1.0 only for a name or alias letter by letter.

        From `CLEAR` on one name is near and no other; below it several are, or none is near enough to be taken for meant.
        """
        wanted = [kind for kind in KINDS if kinds is None or kind in kinds]
        query = normalise(text[:200])
        if not query:
            return []
        exact = {thing.id: (thing, 1.0) for key in _said(query) for thing in self._exact.get(key, ()) if thing.kind in wanted}
        best = sorted((exact or self._alike(_bare(query), wanted)).values(), key=lambda pair: -pair[1])[:limit]
        return [
            Match(kind=thing.kind, id=thing.id, name=pick(thing.names, language), confidence=round(confidence, 3))
            for thing, confidence in best
        ]

    def spot(self, text: str, *, language: str, kinds: set[str] | None = None, limit: int = 4) -> list[Spotted]:
        """The parts of a whole message that sound like names, the surest first; no two of them overlap."""
        found = []
        for start, end in windows(text[:200]):
            matches = self.match(text[start:end], language=language, kinds=kinds or {"stop", "place"}, limit=limit)
            if matches and matches[0].confidence >= SPOTTED:
                found.append(Spotted(start=start, end=end, matches=tuple(matches)))
        kept: list[Spotted] = []
        for spotted in sorted(found, key=lambda item: (-item.matches[0].confidence, item.start - item.end)):
            if all(spotted.end <= other.start or other.end <= spotted.start for other in kept):
                kept.append(spotted)
        return kept

    def _alike(self, query: str, wanted: list[Kind]) -> dict[str, tuple[Named, float]]:
        """Things whose names are near, by id."""
        nearest: dict[str, Near] = {}
        sayings = [query, *(_without(query, PARTICLES) if HANGUL.search(query) else ())]
        for kind, saying in product(wanted, sayings):
            for near in self._near(_without_kind(saying, kind), kind):
                if near.key not in nearest or near.score > nearest[near.key].score:
                    nearest[near.key] = near
        ranked = sorted(nearest.values(), key=lambda near: -near.score)
        clear = self._clear(ranked, wanted)
        found: dict[str, tuple[Named, float]] = {}
        for near in (near for near in ranked if near.score > ranked[0].score - BEHIND):
            for thing in self._exact[near.key]:
                if thing.kind in wanted and thing.id not in found:
                    found[thing.id] = (thing, max(near.score, CLEAR) if thing.id in clear else min(near.score, CLEAR - 0.01))
        return found

    def _clear(self, ranked: list[Near], wanted: list[Kind]) -> set[str]:
        """Ids of what the nearest name stands for, where it is certain and all others are far behind."""
        if not ranked or not ranked[0].certain:
            return set()
        best = {thing.id for thing in self._exact[ranked[0].key] if thing.kind in wanted}
        for near in ranked[1:]:
            if near.score <= ranked[0].score - LEAD:
                break
            if any(thing.kind in wanted and thing.id not in best for thing in self._exact[near.key]):
                return set()
        return best

    def _near(self, query: str, kind: Kind) -> Iterator[Near]:
        if f" {query}" in STOP_WORDS + LINE_WORDS:
            return
        yield from self._sounds[kind].near(query)
        if len(query) < (2 if CJK.search(query) else 4):
            return
        words = query.split()
        holding = (key for key in self._keys[kind] if query in key) if CJK.search(query) else self._having(words, kind)
        yield from (Near(key, 0.7 + 0.25 * len(query) / len(key), False) for key in holding)

    def _having(self, words: list[str], kind: Kind) -> Iterator[str]:
        """The names of a kind in which all these words are."""
        having = set.intersection(*(self._by_word.get(word, set()) for word in words))
        return (key for key in having if any(thing.kind == kind for thing in self._exact[key]))


def gazetteer(things: Iterable[Named], content_hash: str) -> dict[str, object]:
    """What the dialogues' entity extractor reads: every name of every thing, as it is said."""
    entries = [
        {"entity": "place" if thing.kind == "category" else thing.kind,
         "id": f"category:{thing.id}" if thing.kind == "category" else thing.id, "names": list(_spoken(thing))}
        for thing in with_short_names(things)
    ]
    return {"version": 1, "hash": content_hash, "entries": [entry for entry in entries if entry["names"]]}


def _spoken(thing: Named) -> Iterator[str]:
    for name in thing.every_name():
        # A lone letter or number is a line only beside the word: "R" or "2" alone would be tagged everywhere.
        if thing.kind != "line" or not re.fullmatch(r"\w|\d+", name):
            yield name
        if thing.kind == "stop" and name in thing.names.values():  # "the station" is an alias, and "the" is none
            yield from _with_station(name)


def _with_station(name: str) -> Iterator[str]:
    if HANGUL.search(name):
        yield name.removesuffix("역") if name.endswith("역") else f"{name}역"
    elif HAN.search(name):
        yield name.removesuffix("站") if name.endswith("站") else f"{name}站"
    elif name.casefold().endswith(" station"):
        yield name[: -len(" station")]
    else:
        yield f"{name} Station"


def _keys(name: str, kind: Kind) -> Iterator[str]:
    key = normalise(name)
    if key:
        yield key
        yield from _without(key, STOP_WORDS if kind == "stop" else LINE_WORDS if kind == "line" else ())


def _said(query: str) -> Iterator[str]:
    """Readings of what was said, the literal one first; the first that is a name counts with all others."""
    yield query
    for reading in dict.fromkeys((query, _bare(query), *_without(query, PARTICLES if HANGUL.search(query) else ()))):
        yield reading
        yield from _without(reading, STOP_WORDS)
        yield from _without(reading, LINE_WORDS)


def _bare(query: str) -> str:
    return query.removeprefix("to ").removeprefix("the ")


def _without_kind(query: str, kind: Kind) -> str:
    # Else every name that ends in "station" is near to every other.
    return next(_without(query, STOP_WORDS), query) if kind == "stop" else query


def _without(key: str, words: tuple[str, ...]) -> Iterator[str]:
    for word in words:
        if key.endswith(word) and len(key) > len(word):
            yield key.removesuffix(word).strip()
