"""How times are said in English, Chinese and Korean: patterns that find the expressions. What they mean is the assistant's."""

import re

_EN_HOUR = "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1[0-9]|2[0-3]|0?[0-9])"
_EN_TENS = "(?:twenty|thirty|forty|fifty)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?"
_EN_HOUR_24 = "(?:thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty(?:[ -](?:one|two|three))?)"
_EN_TEENS = "(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_EN_MINUTE = rf"(?:{_EN_TENS}|{_EN_TEENS}|o(?:h|')? ?(?:one|two|three|four|five|six|seven|eight|nine))"
_EN_NUMBER = rf"(?:{_EN_TENS}|{_EN_TEENS}|one|two|three|four|five|six|seven|eight|nine|an?|half an?|a couple of|a few|\d{{1,3}})"
_EN_HALF = r"(?:[ap]\.?\s?m\b\.?)"
_EN_LENGTH = (
    rf"(?:{_EN_NUMBER}\s*hours?\s+(?:and\s+)?{_EN_NUMBER}\s*min(?:ute)?s?|(?:three quarters|a quarter|half) of an hour"
    rf"|{_EN_NUMBER}(?:\s+and a half)?\s*(?:minutes?|mins?|hours?|days?|weeks?)(?:\s+and a half)?)"
)
_EN_DAY = "(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_EN_MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_EN_AT = r"(?:(?:at|by|before|after|around|about|until|till|past)\s+)"
_EN_ORDINAL = (
    r"(?:\d{1,2}(?:st|nd|rd|th)|(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth)"
)
_EN_NO_RANGE = "(?<!line )(?<!lines )(?<!exit )(?<!gate )(?<!age )(?<!platform )(?<!track )"
"""After these "1 to 4" is no time."""
_EN_CLOCK = (
    rf"\d{{1,2}}[:.]\d{{2}}(?:\s*{_EN_HALF})?",
    rf"{_EN_NO_RANGE}(?!one (?:after|before))(?:half|(?:a )?quarter|{_EN_NUMBER}(?: minutes?)?)"
    rf" (?:past|to|before|after) {_EN_HOUR}\b(?:\s*{_EN_HALF})?",
    r"half (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:[ -]?ish)?\b",
    rf"{_EN_HOUR}(?:\s+{_EN_MINUTE})?\s*(?:{_EN_HALF}|o'? ?clock|-?ish)",
    rf"{_EN_NO_RANGE}{_EN_HOUR}(?:\s+{_EN_MINUTE})?(?= (?:in the (?:morning|afternoon|evening)|at night)\b)",
    rf"(?:{_EN_HOUR}|{_EN_HOUR_24}) hundred(?: hours)?",
    rf"(?:{_EN_HOUR}|{_EN_HOUR_24})\s+{_EN_MINUTE}\b(?!\s*(?:minutes?|mins?))",
    r"(?:noon|midday|midnight)",
)
_EN_TIME = rf"(?:{'|'.join(_EN_CLOCK)}|{_EN_HOUR}\b(?![:.]?\d))"
_ENGLISH = (
    rf"(?:between|from)\s+(?:now|{_EN_TIME})\s+(?:and|to|until|till)\s+{_EN_TIME}(?:\s*{_EN_HALF})?",
    rf"{_EN_AT}?(?:the\s+)?(?:{'|'.join(_EN_CLOCK)})",
    rf"(?:{_EN_AT}|the\s+)(?:[01]?\d|2[0-3])\s[0-5]\d\b(?!\s*\d)|{_EN_AT}(?:[01]\d|2[0-3])[0-5]\d\b",
    rf"{_EN_AT}{_EN_HOUR}\b(?![:.]?\d)(?!\s*(?:minutes?|mins?|hours?|days?|weeks?))",
    rf"(?:in|within)\s+(?:the next\s+)?(?:about\s+)?{_EN_LENGTH}(?:['’]?s? time)?",
    rf"{_EN_LENGTH}\s+from\s+(?:now|today)",
    r"the day after tomorrow|day after tomorrow|today|tonight|tomorrow(?:\s+(?:morning|afternoon|evening|night))?",
    r"this\s+(?:morning|afternoon|evening|weekend)|(?:in the|early|late)\s+(?:morning|afternoon|evening)|at night",
    rf"(?:(?:on|next|this|by)\s+)?{_EN_DAY}s?\b(?:\s+(?:morning|afternoon|evening|night))?",
    rf"(?:on\s+)?(?:the\s+)?(?:{_EN_ORDINAL}(?:\s+of)?|\d{{1,2}})\s+{_EN_MONTH}",
    rf"(?:on\s+)?{_EN_MONTH}\s+(?:the\s+)?(?:{_EN_ORDINAL}|\d{{1,2}})",
    rf"on\s+the\s+{_EN_ORDINAL}",
    r"(?:right\s+)?now|straight away",
)

_ZH_NUMBER = "[零〇一二两三四五六七八九十廿\\d]{1,3}"
_ZH_PART = "(?:凌晨|清晨|清早|早上|早晨|早间|上午|中午|正午|下午|午后|傍晚|晚上|晚间|夜里|夜间|深夜|半夜|午夜)"
_ZH_APART = (
    "(?:(?<![快慢早晚多少大小近远便宜好有第高低贵轻静暖凉])"
    "|(?<=最[早晚])|(?<=[今明后傍当夜]晚)|(?<=[今明清]早))(?!一点[不都也没儿])"
)
_ZH_CLOCK = (
    rf"(?:\d{{1,2}}[:：]\d{{2}}|差(?:{_ZH_NUMBER}分钟?|一刻钟?)到?{_ZH_NUMBER}[点點时]钟?"
    rf"|{_ZH_APART}(?:{_ZH_NUMBER})[点點时](?:钟|鐘|整|半|差?[一三]刻|[差过零〇]?{_ZH_NUMBER}(?![个位张人名口两三四五六七八九十])分?)?)"
)
_ZH_LENGTH = (
    rf"(?:半个?小时|半个?钟头|{_ZH_NUMBER}个?(?:小时|钟头)[零又]?{_ZH_NUMBER}分钟?|{_ZH_NUMBER}分钟|{_ZH_NUMBER}刻钟"
    rf"|{_ZH_NUMBER}个?半?(?:小时|钟头)|{_ZH_NUMBER}(?:天|周|个?(?:星期|礼拜)))"
)
_CHINESE = (
    rf"从?{_ZH_PART}?{_ZH_CLOCK}(?:到|至|和){_ZH_PART}?{_ZH_CLOCK}(?:之间)?",
    rf"(?:大后天|后天|今天|今日|明天|明日|今晚|明晚|今早|明早|今夜)(?:的|{_ZH_PART})?",
    r"(?<!上)(?<!上个)(?:这|本|下下|下)?个?(?:周|星期|礼拜)[一二三四五六日天末]",
    rf"{_ZH_NUMBER}月{_ZH_NUMBER}[号日]|{_ZH_NUMBER}[号日](?![线線站月楼口出门台入票券]|车厢)",
    rf"{_ZH_PART}(?!好)",
    rf"{_ZH_CLOCK}(?:以前|之前|前|以后|之后|后|左右)?",
    rf"(?:过|再过)?{_ZH_LENGTH}(?:以后|之后|后|以内|之内|内)(?!面)",
    rf"(?:过|再过){_ZH_LENGTH}",
    r"现在|目前|此刻",
)

_KO_SINO = "(?:[일이삼사오육칠팔구십백]{1,4}|\\d{1,3})"
_KO_APART = "(?:(?<![가-힣])|(?<=오전)|(?<=오후)|(?<=아침)|(?<=저녁)|(?<=새벽)|(?<=낮)|(?<=밤))"
_KO_HOUR = (
    rf"{_KO_APART}(?:열(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉)?|스물(?:한|두|세|네)?|한|두|세|네|다섯|여섯|일곱|여덟|아홉"
    r"|십[일이삼사오육칠팔구]?(?=\s*시)|이십[일이삼사]?(?=\s*시)|\d{1,2})"
)
_KO_LENGTH = (
    rf"(?:{_KO_APART}(?:{_KO_SINO}\s*분|{_KO_SINO}\s*주일?|{_KO_SINO}\s*일|하루|이틀|사흘|나흘|닷새|엿새|열흘|보름)"
    rf"|{_KO_HOUR}\s*시간(?:\s*반|\s*{_KO_SINO}\s*분)?)"
)
_KO_AFTER = r"(?:\s*(?:이전|이후|전|후|쯤|경|정도|까지|넘어서|부터))?"
_KO_CLOCK = rf"(?:{_KO_HOUR}\s*시(?!청|장|간|민|내|외|설|계|티|작|즌|스)(?:\s*(?:반|{_KO_SINO}\s*분))?|\d{{1,2}}:\d{{2}})"
_KO_PART = "(?:새벽|아침|오전|정오|오후|저녁|밤)"
_KO_DAY = "[월화수목금토일]요일"
_KOREAN = (
    rf"(?:{_KO_PART}\s*)?{_KO_CLOCK}\s*(?:에서|부터|와|과)\s*(?:{_KO_PART}\s*)?{_KO_CLOCK}(?:\s*사이|까지)?",
    r"(?<![가-힣])(?:오늘|내일모레|내일|모레|글피)(?:\s*(?:밤|저녁|아침|새벽|오전|오후))?",
    rf"(?:(?:이번|다다음|다음)\s*주\s*)?{_KO_DAY}|(?:이번|다음)\s*주말|주말(?!권)",
    rf"(?:{_KO_SINO}|[유시])월\s*{_KO_SINO}일|(?<!\d)\d{{1,2}}일(?![가-힣]*[선권])",
    r"(?<![가-힣])(?<!좋은 )(?:새벽|아침|오전|정오|오후|저녁|자정|한밤중|밤)(?![가-힣]*(?:식당|바다)|밥|\s*(?:먹|식사))",
    rf"(?<![가-힣])(?:낮|점심)(?=\s*{_KO_CLOCK})",
    rf"{_KO_CLOCK}{_KO_AFTER}",
    rf"{_KO_LENGTH}\s*(?:후|뒤|이내|안|있다가?|이따가?)",
    r"(?<![가-힣])(?:지금|방금|이따가?)",
)

_LATIN = re.compile("|".join(rf"(?P<en{kind}>\b(?:{pattern})(?!\w))" for kind, pattern in enumerate(_ENGLISH)), re.IGNORECASE)
_CJK = re.compile("|".join(f"(?P<cjk{kind}>{pattern})" for kind, pattern in enumerate(_CHINESE + _KOREAN)))
_JOINT = re.compile(r"\s*(?:at|on|in|the|of|的|에|날)?\s*", re.IGNORECASE)


def time_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each time expression; neighbours that belong together are one, but not two of a kind."""
    pieces = sorted((*match.span(), match.lastgroup) for pattern in (_LATIN, _CJK) for match in pattern.finditer(text))
    joined: list[tuple[int, int]] = []
    before: str | None = None
    for start, end, kind in pieces:
        last = joined[-1][1] if joined else -1
        if start < last or (last >= 0 and kind != before and _JOINT.fullmatch(text[last:start])):
            joined[-1] = (joined[-1][0], max(end, last))
        else:
            joined.append((start, end))
        before = kind
    return joined


_AROUND = re.compile(
    r"^(?:(?:at|on|in|by|before|after|around|about|until|till|past|the)\s+)+|^从|(?:以前|之前|前|以后|之后|后|左右|的)$"
    r"|\s*(?:이전|이후|전|후|쯤|경|정도|까지|넘어서|부터|에)$|(?<=day)s$",
    re.IGNORECASE,
)
_NOW = re.compile(r"(?:right\s+)?now|straight away|现在|目前|此刻|지금|방금", re.IGNORECASE)


def said_once(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans without what says nothing new: of two that name the same time the fuller one, and no "now" beside another."""
    kept: dict[str, tuple[int, int]] = {}
    for start, end in spans:
        core = _AROUND.sub("", text[start:end].casefold())
        known = kept.get(core)
        if known is None or end - start > known[1] - known[0]:
            kept[core] = (start, end)
    timed = [span for span in kept.values() if not _NOW.fullmatch(text[slice(*span)])]
    return sorted(timed or kept.values())
