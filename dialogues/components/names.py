"""Finds the station's names in a message: stops, lines, places. Which of several is meant is the assistant's to say."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from components.words import fold, is_han, is_hangul, is_latin

_PARTICLES = (
    "까지|으로|로|행|에서|부터|에|은|는|이|가|을|를|과|와|랑|이랑|도|만|의|요|이요|쪽|방면|방향|이나|나|역|은요|는요|"
    "이에요|예요|이야|인데|인데요|입니다|가는|라고|이라고|라고요|이라고요|라니까|말고|말고요|아니고|아니라|으로는|로는|에는|에서는|까지는|까지요|까지가|까지라고|까지라|발|표|도요|에서도|으로요|로요|행은|행이|에도|역에서|역에"
)
_ALSO_VERBS = frozenset("가야 서면 하면 타면 오면 가면 보면 서고 가고 타고 가서 와서 타서 가지 사야 타야 서야".split())
"""Forms of everyday verbs, each of which may be the name of a stop too: "가야 해요" is no stop."""
_PLACE_TAIL = re.compile(r"(?:역|까지|에서|에|으로|로|행|쪽|방면|방향)| ?(?:역|방면|방향|[가갈](?=[ 는려요]|$))|$|[?!.,]")
"""What shows that such a name is a stop: a particle of place, a way to go there, or the end."""
_SHORT_TAIL = re.compile(rf"(?:역)?(?:{_PARTICLES})?")
_HANGUL_RUN = re.compile(r"[\uac00-\ud7a3]+")
_LINE_BEFORE = re.compile(r"(?:lines?|routes?|trains?|bus(?:es)?|trams?|metro|number|no|ferry|service) $")
_LINE_AFTER = re.compile(r" ?(?:lines?\b|trains?\b|bus\b|buses\b|tram\b|express\b|号线|號線|号|线|路|호선|번|라인)")
_LETTER_AND_DIGIT = re.compile(r"[a-z]\d|\d[a-z]")
_RANK = {"line": 0, "stop": 1, "place": 2}


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the gazetteer and what it can stand for."""

    entity: str
    folded: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a message, and where."""

    name: Name
    start: int
    end: int


class Names:
    """All names, ready to be looked for."""

    def __init__(self, entries: Iterable[dict]) -> None:
        ids: dict[tuple[str, str], list[str]] = defaultdict(list)
        for entry in entries:
            for text in entry["names"]:
                folded, _ = fold(text)
                known = ids[(folded, entry["entity"])]
                if folded and entry["id"] not in known:
                    known.append(entry["id"])
        self._by_head: dict[str, list[Name]] = defaultdict(list)
        for (folded, entity), known in ids.items():
            if not known:
                continue
            self._by_head[folded[:2]].append(Name(entity, folded, tuple(known)))
        for names in self._by_head.values():
            names.sort(key=lambda name: (-len(name.folded), _RANK.get(name.entity, 9)))

    def find(self, text: str, taken: Iterable[tuple[int, int]] = ()) -> list[Found]:
        """The names outside the spans already taken, in the order of the text; of two that overlap the longer, else the earlier."""
        message = _Message(text)
        busy = {index for start, end in taken for index in range(start, end)}
        matches = [(at, name, end) for at in range(len(message.folded)) for name, end in self._names_at(message, at)]
        found: list[Found] = []
        for at, name, end in sorted(matches, key=lambda match: (match[0] - match[2], match[0])):
            start_in_text, end_in_text = message.origins[at], message.origins[end - 1] + 1
            if busy.isdisjoint(range(start_in_text, end_in_text)):
                busy.update(range(start_in_text, end_in_text))
                found.append(Found(name, start_in_text, end_in_text))
        return sorted(found, key=lambda item: item.start)

    def _names_at(self, message: "_Message", at: int) -> Iterator[tuple[Name, int]]:
        for length in (2, 1):
            for name in self._by_head.get(message.folded[at : at + length], ()):
                if message.folded.startswith(name.folded, at) and (end := message.end(at, name)) is not None:
                    yield name, end


class _Message:
    """A message as it was written and as names are compared."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded, self.origins = fold(text)

    def end(self, at: int, name: Name) -> int | None:
        """Where the name ends in the folded text if it really stands at `at`, else None."""
        folded = self.folded
        end: int | None = at + len(name.folded)
        if is_latin(folded[at]) and at and is_latin(folded[at - 1]):
            return None
        if is_latin(folded[end - 1]) and end < len(folded) and is_latin(folded[end]):
            end = _plural_end(folded, end, name)
        if end is None or len(name.folded) > 2:
            return end
        if name.entity == "line":
            if _LETTER_AND_DIGIT.search(name.folded):
                return end
            return end if _LINE_BEFORE.search(folded[:at]) or _LINE_AFTER.match(folded[end:]) else None
        if is_han(folded[at]) and len(name.folded) == 1 and len(folded) > 1:
            return None
        if is_hangul(folded[at]) and not self._stands_alone(at, end):
            return None
        return end

    def _stands_alone(self, at: int, end: int) -> bool:
        """Whether a short Korean name is a word, with a particle at most, and no part of another word."""
        first, after = self.origins[at], self.origins[end - 1] + 1
        if first and is_hangul(self.text[first - 1]):
            return False
        if self.folded[at:end] in _ALSO_VERBS and not _PLACE_TAIL.match(self.text, after):
            return False
        rest = _HANGUL_RUN.match(self.text, after)
        return rest is None or _SHORT_TAIL.fullmatch(rest.group()) is not None


def _plural_end(folded: str, end: int, name: Name) -> int | None:
    if name.entity == "place":
        for suffix in ("s", "es"):
            stop = end + len(suffix)
            if folded.startswith(suffix, end) and not (stop < len(folded) and is_latin(folded[stop])):
                return stop
    return None
