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


_NEGATED_BEFORE = re.compile(
    r"(?:(?<!why )(?<!it )(?<!this )(?<!that )\b(?:not|instead of|rather than|didn['’]t (?:say|mean)|don['’]t (?:want|mean)"
    r"|never said)\s+"
    r"(?:(?:going|go|on|at|in|to|for|from|the)\s+)*"
    r"|(?:(?<!是)不是|(?<!去)不去|(?<!到)不到|(?<!想)不想去|不要去?|别去|没说|没想|并非)(?:说|去|到|从|在|往)?\s*)$",
    re.IGNORECASE,
)
_NEGATED_AFTER = re.compile(
    r"\s*(?:역|站)?\s*(?:(?:까지|행|으로|로|에서?)\s*)?(?:(?:이|가|은|는)?\s*(?:말고|아니고|아니라|아닌|아니에요|아니예요|아닙니다|아니야"
    r"|빼고)|(?:안|못)\s*가고)"
)
_CORRECTED = re.compile(
    r"\bno(?=\W*[,.]|\W*$)|\b(?:sorry|i mean|i meant|rather|actually|correction|oops|wait|i said)\b"
    r"|不对|(?<!是)不是|不不|我是说|我说的是|说错|应该是"
    r"|是说|아니(?!면)"
    r"|말고|제\s*말은",
    re.IGNORECASE,
)


def negated(text: str, start: int, end: int) -> bool:
    """Whether what is named at `text[start:end]` is said not to be meant: "not Oakland but Fremont"."""
    return bool(_NEGATED_BEFORE.search(text[:start]) or _NEGATED_AFTER.match(text[end:]))


def meant(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans that are meant: those said not to be are left out, and so is what a later one corrects ("two, no, three")."""
    kept = [span for span in spans if not negated(text, *span)]
    for index in range(len(kept) - 1, 0, -1):
        if _CORRECTED.search(text[kept[index - 1][1] : kept[index][0]]):
            return kept[index:]
    return kept


def roles(text: str, spans: list[tuple[int, int]]) -> list[Role | None]:
    """The role of each stop; in "A to B" A is the origin though no word before it says so."""
    found = [role_of(text, start, end) for start, end in spans]
    for index in range(len(spans) - 1):
        gap = text[spans[index][1] : spans[index + 1][0]]
        if found[index] is None and found[index + 1] == "destination" and _BETWEEN.fullmatch(gap):
            found[index] = "origin"
    return found
