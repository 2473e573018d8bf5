"""Whether a stop is where somebody comes from or where somebody goes, told by the words around its name."""

import re
from typing import Literal

Role = Literal["origin", "destination"]

_DESTINATION_BEFORE = re.compile(
    r"(?:\b(?:to|for|towards?|into|reach|via|direction(?: of)?|(?:arriv\w+|get|be) (?:at|in)"
    r"|(?:stop|call)(?:s|ping|ing)? (?:at|in)|destination)\s+(?:the\s+)?"
    r"|(?:开往|前往|抵达|到达|回到|去到|去往|去|到|往|至|回|[要得须该]在)了?\s*)$",
    re.IGNORECASE,
)
_ORIGIN_BEFORE = re.compile(
    r"(?:\b(?:from|leaving|departing|leaves|departs|at|out of)\s+(?:the\s+)?|(?:从|由|自|離開|离开|在)\s*)$", re.IGNORECASE
)
_DESTINATION_AFTER = re.compile(
    r"\s*(?:站|역)?\s*(?:方向|方面|까지|행|방면|방향|쪽|으로(?!부터)|로(?!부터)|에\s*(?:가|갈|도착|있어야|서[나요는]|정차)|停|가는|가려|갈)"
    r"|[ -](?:bound|direction)\b"
)
_ORIGIN_AFTER = re.compile(r"\s*(?:站|역)?\s*(?:出发|开出|发车|에서|부터|으로부터|로부터|출발)")
_BETWEEN = re.compile(r"\s*(?:站|station)?\s*(?:to|until|-|–|—|到|至|去|往|→)\s*(?:the\s+)?", re.IGNORECASE)


def role_of(text: str, start: int, end: int) -> Role | None:
    """The role of the stop named at `text[start:end]`; None where no word tells."""
    before, after = text[:start], text[end:]
    if _ORIGIN_AFTER.match(after):
        return "origin"
    if _DESTINATION_AFTER.match(after) or _DESTINATION_BEFORE.search(before):
        return "destination"
    return "origin" if _ORIGIN_BEFORE.search(before) else None


def roles(text: str, spans: list[tuple[int, int]]) -> list[Role | None]:
    """The role of each stop; in "A to B" A is the origin though no word before it says so."""
    found = [role_of(text, start, end) for start, end in spans]
    for index in range(len(spans) - 1):
        gap = text[spans[index][1] : spans[index + 1][0]]
        if found[index] is None and found[index + 1] == "destination" and _BETWEEN.fullmatch(gap):
            found[index] = "origin"
    return found
