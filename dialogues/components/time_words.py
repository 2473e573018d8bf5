"""How times are said in English, Chinese and Korean: patterns that find the expressions. What they mean is the assistant's."""

import re

_EN_HOUR = "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1[0-9]|2[0-3]|0?[0-9])"
_EN_TENS = "(?:twenty|thirty|forty|fifty)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?"
_EN_TEENS = "(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_EN_MINUTE = rf"(?:{_EN_TENS}|{_EN_TEENS}|o(?:h|')? ?(?:one|two|three|four|five|six|seven|eight|nine))"
_EN_NUMBER = rf"(?:{_EN_TENS}|{_EN_TEENS}|one|two|three|four|five|six|seven|eight|nine|an?|half an?|a couple of|a few|\d{{1,3}})"
_EN_HALF = r"(?:a\.?m\b\.?|p\.?m\b\.?)"
_EN_DAY = "(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_EN_MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_EN_AT = r"(?:(?:at|by|before|after|around|about|until|till|past)\s+)"
_EN_ORDINAL = r"(?:\d{1,2}(?:st|nd|rd|th))"
_EN_CLOCK = (
    rf"\d{{1,2}}[:.]\d{{2}}(?:\s*{_EN_HALF})?",
    rf"(?:half|(?:a )?quarter|{_EN_NUMBER}(?: minutes?)?) (?:past|to|before|after) {_EN_HOUR}\b(?:\s*{_EN_HALF})?",
    rf"{_EN_HOUR}(?:\s+{_EN_MINUTE})?\s*(?:{_EN_HALF}|o'? ?clock)",
    rf"{_EN_HOUR}\s+{_EN_MINUTE}\b(?!\s*minutes?)",
    r"(?:noon|midday|midnight)",
)
_EN_TIME = rf"(?:{'|'.join(_EN_CLOCK)}|{_EN_HOUR}\b(?![:.]?\d))"
_ENGLISH = (
    rf"(?:between|from)\s+{_EN_TIME}\s+(?:and|to|until|till)\s+{_EN_TIME}(?:\s*{_EN_HALF})?",
    rf"{_EN_AT}?(?:the\s+)?(?:{'|'.join(_EN_CLOCK)})",
    rf"{_EN_AT}{_EN_HOUR}\b(?![:.]?\d)(?!\s*(?:minutes?|mins?|hours?))",
    rf"(?:in|within)\s+(?:the next\s+)?(?:about\s+)?{_EN_NUMBER}\s*(?:minutes?|mins?|hours?)(?:\s+and a half)?(?:['’]?s? time)?",
    rf"{_EN_NUMBER}\s*(?:minutes?|mins?|hours?)\s+from now",
    r"the day after tomorrow|day after tomorrow|today|tonight|tomorrow(?:\s+(?:morning|afternoon|evening|night))?",
    r"this\s+(?:morning|afternoon|evening|weekend)|(?:in the|early|late)\s+(?:morning|afternoon|evening)|at night",
    rf"(?:(?:on|next|this|by)\s+)?{_EN_DAY}s?\b(?:\s+(?:morning|afternoon|evening|night))?",
    rf"(?:on\s+)?(?:the\s+)?(?:{_EN_ORDINAL}(?:\s+of)?|\d{{1,2}})\s+{_EN_MONTH}",
    rf"(?:on\s+)?{_EN_MONTH}\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?",
    rf"on\s+the\s+{_EN_ORDINAL}",
    r"(?:right\s+)?now|straight away",
)

_ZH_NUMBER = "[零〇一二两三四五六七八九十廿\\d]{1,3}"
_ZH_PART = "(?:凌晨|清晨|清早|早上|早晨|早间|上午|中午|正午|下午|午后|傍晚|晚上|晚间|夜里|夜间|深夜|半夜|午夜)"
_ZH_CLOCK = (
    rf"(?:\d{{1,2}}[:：]\d{{2}}|(?<![快慢早晚多少大小近远便好有第])(?:{_ZH_NUMBER})[点點时]"
    rf"(?:钟|鐘|整|半|[一三]刻|[零〇]?{_ZH_NUMBER}分?)?)"
)
_CHINESE = (
    rf"从?{_ZH_PART}?{_ZH_CLOCK}(?:到|至|和){_ZH_PART}?{_ZH_CLOCK}(?:之间)?",
    rf"(?:大后天|后天|今天|今日|明天|明日|今晚|明晚|今早|明早|今夜)(?:的|{_ZH_PART})?",
    r"(?:这|本|下)?个?(?:周|星期|礼拜)[一二三四五六日天末]",
    rf"{_ZH_NUMBER}月{_ZH_NUMBER}[号日]|{_ZH_NUMBER}[号日](?![线線站月楼口出门台入])",
    rf"{_ZH_PART}",
    rf"{_ZH_CLOCK}(?:以前|之前|前|以后|之后|后|左右)?",
    rf"(?:过|再过)?(?:半个?小时|半个?钟头|{_ZH_NUMBER}分钟|{_ZH_NUMBER}刻钟|{_ZH_NUMBER}个?半?小时|{_ZH_NUMBER}个半?钟头)(?:以后|之后|后|以内|之内|内)",
    rf"(?:过|再过)(?:半个?小时|{_ZH_NUMBER}分钟|{_ZH_NUMBER}个?半?小时)",
    r"现在|目前|此刻",
)

_KO_SINO = "(?:[일이삼사오육칠팔구십백]{1,4}|\\d{1,3})"
_KO_HOUR = (
    r"(?:(?<![가-힣])|(?<=오전)|(?<=오후)|(?<=아침)|(?<=저녁)|(?<=새벽))"
    r"(?:열두|열한|열|한|두|세|네|다섯|여섯|일곱|여덟|아홉|\d{1,2})"
)
_KO_AFTER = r"(?:\s*(?:이전|이후|전|후|쯤|경|정도|까지|넘어서|부터))?"
_KO_CLOCK = rf"(?:{_KO_HOUR}\s*시(?!청|장|간|민|내|외|설|계|티|작|즌|스)(?:\s*(?:반|{_KO_SINO}\s*분))?|\d{{1,2}}:\d{{2}})"
_KO_PART = "(?:새벽|아침|오전|정오|오후|저녁|밤)"
_KO_DAY = "[월화수목금토일]요일"
_KOREAN = (
    rf"(?:{_KO_PART}\s*)?{_KO_CLOCK}\s*(?:에서|부터|와|과)\s*(?:{_KO_PART}\s*)?{_KO_CLOCK}(?:\s*사이|까지)?",
    r"(?<![가-힣])(?:오늘|내일|모레|글피)(?:\s*(?:밤|저녁|아침|새벽|오전|오후))?",
    rf"(?:(?:이번|다음)\s*주\s*)?{_KO_DAY}|(?:이번|다음)\s*주말|주말",
    r"\d{1,2}월\s*\d{1,2}일|(?<!\d)\d{1,2}일(?![가-힣]*선)",
    r"(?<![가-힣])(?:새벽|아침|오전|정오|오후|저녁|자정|한밤중|밤)(?![가-힣]*(?:식당|바다))",
    rf"{_KO_CLOCK}{_KO_AFTER}",
    rf"(?:{_KO_SINO}\s*분|{_KO_HOUR}\s*시간(?:\s*반)?|\d+\s*시간(?:\s*{_KO_SINO}\s*분)?)\s*(?:후|뒤|이내|안)",
    r"(?<![가-힣])(?:지금|방금|이따가?)",
)

_LATIN = re.compile("|".join(rf"\b(?:{pattern})(?!\w)" for pattern in _ENGLISH), re.IGNORECASE)
_CJK = re.compile("|".join(f"(?:{pattern})" for pattern in _CHINESE + _KOREAN))
_JOINT = re.compile(r"[\s,，、]*(?:at|on|in|the|of|的|에|날)?[\s,，、]*", re.IGNORECASE)


def time_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each time expression; neighbours that belong together are one."""
    pieces = sorted(match.span() for pattern in (_LATIN, _CJK) for match in pattern.finditer(text))
    joined: list[tuple[int, int]] = []
    for start, end in pieces:
        if joined and _JOINT.fullmatch(text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
