"""Lines and ways down to the metro that no gazetteer names: "the S7", "IC9停哪些站", "how do I get to the metro".

Only where the words around are about trains or ways: "an MP3 player" and "A4 paper" are none.
"""

import re
from itertools import chain, islice

Span = tuple[int, int]

TRIED = 4
"""Words looked at: a message that names more lines is no question."""
NEAR = 20
"""Characters before a word that may say what it is."""

_NO_LINE = (
    "mp|pm|co|nox?|so|usb|hdmi|pdf|jpe?g|gps|sim|id|pin|atm|aed|tv|pc|ps|wc|qr|wi|fi|ac|dc|cm|mm|km|kg|ml|am|on|off|no|nr|ok|hi|um|uh"
    "|dvd|cd|mw|kw|aa|aaa|gate|step|part|page|at|by|to|in|of|and|the|for|bei|vol|sub|x"
)
"""Letters before a number that are no line's: formats, gases, measures, small words."""
_NO_LINE_WHOLE = "a[0-6]|b1?[0-2]|c4|f1|g[78]|g20|h2o|p[1-3]|t[1-5]|u2|r2d2|y2k|v[68]|c3po"
"""Paper, vitamins, floors, terminals, bands."""
_WORD = re.compile(
    rf"(?<![^\W_가-힣㐀-鿿])(?<![-./:'’+#@])(?!(?:{_NO_LINE})[ -]?\d)(?!(?:{_NO_LINE_WHOLE})(?!\d))"
    r"[a-z]{1,3}-?\d{1,4}(?![a-z\d]|[-.:/]\d)",
    re.IGNORECASE | re.ASCII,
)
_SPACED = re.compile(rf"(?<![^\W_가-힣㐀-鿿])(?!(?:{_NO_LINE}) )[A-Z]{{2,3}} \d{{1,2}}(?!\w|[-.:/]\d)")
_LOWER = re.compile(r"[a-z]")
_OTHER_BEFORE = re.compile(
    r"(?:\b(?:exit|gate|entrance|room|seat|row|car|coach|carriage|wagon|level|floor|stand|terminal|zone|locker|door|form|code|number|size"
    r"|class|flight|highway|motorway|road|platform|track|bay|quay|iphone|galaxy|model|visa|vitamin|battery|stop|version|type|per)"
    r"|출구|좌석|층|건물|여권|비타민)\s+$",
    re.IGNORECASE,
)
_OTHER_AFTER = re.compile(
    r"\s*(?:paper|batter|player|virus|vaccine|vitamin|flu\b|exit|gate|room|seat|visa|highway|motorway|concert|race|file|format|network"
    r"|phone|plug|号?(?:出|入)?口|出口|层|楼|座|室|房|号门|纸|电池|病毒|流感|航班|播放|网络|手机|格式|签证|维生素"
    r"|번?\s*(?:출구|출입구|좌석|석|호차|게이트|건전지|용지|바이러스|독감)|층|실|용지|플레이어|파일|네트워크|폰|비자)",
    re.IGNORECASE,
)
_ABOUT_TRAINS = re.compile(
    r"\b(?:trains?|lines?|stops?|stopping|calls? at|runs?|running|leav\w+|depart\w*|arriv\w+|platforms?|tracks?|next|last|first|direct"
    r"|delay\w*|late|on time|cancel\w*|timetable|schedule\w*|service|when(?:'s)?|often|go(?:es|ing)?|get(?:s|ting)? (?:in|to|there)|reach"
    r"|terminat\w+|catch|ride|board|change|take|stations?|tickets?|is there)\b"
    r"|停|站|开|发车|几点|班|车|线|晚点|准点|取消|到达?|直达|换|坐|乘|运行|经过|月台"
    r"|서나|서요|섭니|서는|설까|정차|멈추|출발|도착|몇\s*시|언제|승강장|타나|타요|타는|타야|탈|다니|다녀|다닙|운행|지연|취소|열차|기차|전철|노선"
    r"|첫차|막차|역|환승|갈아|가나요|가요|갑니까",
    re.IGNORECASE,
)
_SMALL = re.compile(
    r"\b(?:the|and|or|to|for|what|how|about|please|um+|uh+|no|not|i|mean|meant|line|train|ok|okay|so|then|but|on|with|by)\b"
    r"|[呢吗吧啊的那和]|那么|怎么样|은요?|는요?|이요|요|그럼|말고|선|도",
    re.IGNORECASE,
)
_METRO = re.compile(
    r"(?<=\bto )(?:the )?(?:metro|subway|underground)(?= *(?:station|platforms?|trains?)?(?: (?:from here|please|without\b|with (?:a|my)\b"
    r"|in a\b|now|then|and)|[?.!,]|$))"
    r"|(?<=[去到往坐乘])地铁(?=站?(?:站台|月台)?(?:，|,|\s)*(?:怎么|如何|的?路|往哪|要怎|该怎|从哪|走哪|不走|有?没有))|地铁(?=站?(?:站台|月台)?怎么(?:走|去))"
    r"|(?:지하철|전철)(?=\s*(?:역|승강장)?(?:을|를|까지|로|으로|은|는|에)?\s*(?:타러|타려면|타는\s*(?:곳|데))?(?:까지|은|는|으로|에)?\s*(?:가려면\s*)?"
    r"(?:어떻게|어디로)\s*(?:가|내려|해))",
    re.IGNORECASE,
)


def unknown_line(text: str, taken: list[Span]) -> Span | None:
    """Start and end of the first word that looks like a line's name, outside the spans already taken."""
    found = chain(_WORD.finditer(text), _SPACED.finditer(text) if _LOWER.search(text) or not text.isascii() else ())
    free = (match.span() for match in found if all(match.end() <= first or last <= match.start() for first, last in taken))
    for start, end in islice(free, TRIED):
        if _OTHER_BEFORE.search(text[max(0, start - NEAR) : start]) or _OTHER_AFTER.match(text, end):
            continue
        rest = f"{text[:start]} {text[end:]}"
        if _ABOUT_TRAINS.search(rest) or not re.search(r"\w", _SMALL.sub("", rest)):
            return start, end
    return None


def metro_span(text: str, taken: list[Span]) -> Span | None:
    """Start and end of the metro as a goal inside the station: what one walks to, not what one rides."""
    found = (match.span() for match in _METRO.finditer(text))
    return next((span for span in found if all(span[1] <= first or last <= span[0] for first, last in taken)), None)
