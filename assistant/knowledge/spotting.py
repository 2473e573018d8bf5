"""Parts of a message that may be names: words side by side, or characters where words are not written apart."""

import re
from collections.abc import Iterator

MOST_WORDS = 4
LETTERS = 5
"""Fewer letters than this sound like too many words."""
CHARS = range(2, 7)
_WORD = re.compile(r"[^\W_\u3400-\u9fff\uac00-\ud7a3]+(?:['’.][^\W\d_]+)*")
_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
_HANGUL = re.compile(r"[\uac00-\ud7a3]+")
_COMMON = frozenset(
    "a about after again air all also am an and another any anyone are arrive arrives as ask at away back bathroom be been before"
    " best better board bus but buy by can cannot cant center centre change cheap check city close coming could day delay delayed"
    " did direct direction do does dont down each east elevator english escalator every exit express far fare fast find first for"
    " free from get give go goes going gone good got had has have hello help her here hey hi him his hour hours how i if in into"
    " is it its just know korean last late later leave leaves left lets lift like line lines little long look lost luggage machine"
    " make many may me mean meant minute minutes money more morning most much must my name near nearest need never next night no"
    " north not now number of off office okay on one only open or other our out over park pass pay people platform please price"
    " question quick reach really right room round said same say seat seats see service she should show some someone something"
    " soon south speak staff stairs stand start station stay still stop stops street take talk tell than thank thanks that the"
    " their them then there these they thing think this those three through ticket tickets time times to today toilet toilets"
    " tomorrow tonight too track train trains travel trip two under until up us use very wait waiting want was water way we well"
    " went were west what when where which while who why will with without work would yes yesterday yet you your".split()
)
"""Words of a kiosk's everyday English: what is made of them alone is no name."""
_EDGE = frozenset(
    "a an and at by for from i in is it me my of on or please that the this to train trains you when what where how next".split()
)
_HAN_EDGE = frozenset("的吗呢吧啊呀了么请问我你他去到往从在坐乘几哪怎什要想想给和与是有没不这那下一班车站点个")


def windows(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every part that may be a name, in the order of the text."""
    yield from _latin([match.span() for match in _WORD.finditer(text)], text)
    for run in _HAN.finditer(text):
        yield from _chars(run.start(), run.end(), text)
    words = [match.span() for match in _HANGUL.finditer(text)]
    for index, (start, end) in enumerate(words):
        if end - start > 1:
            yield start, end
        if index + 1 < len(words) and text[end : words[index + 1][0]].isspace():
            yield start, words[index + 1][1]


def _latin(words: list[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    said = [text[start:end].casefold() for start, end in words]
    for first in range(len(words)):
        if said[first] in _EDGE:
            continue
        for last in range(first, min(first + MOST_WORDS, len(words))):
            start, end = words[first][0], words[last][1]
            if said[last] in _EDGE or all(word in _COMMON for word in said[first : last + 1]) or end - start < LETTERS:
                continue
            yield start, end


def _chars(start: int, end: int, text: str) -> Iterator[tuple[int, int]]:
    for first in range(start, end):
        if text[first] in _HAN_EDGE:
            continue
        for last in range(first + CHARS.start, min(first + CHARS.stop, end + 1)):
            if text[last - 1] not in _HAN_EDGE:
                yield first, last
