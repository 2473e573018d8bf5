"""Time expressions of English, Chinese and Korean in one plain form: digits and a few English words, which `times` reads."""

import re
from collections.abc import Callable

ONES = "one two three four five six seven eight nine".split()
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
NUMBERS = {word: value for value, word in enumerate(["zero", *ONES, *TEENS])} | TENS
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
ORDINALS += [f"{teen}th" for teen in TEENS[3:]] + ["twentieth"]
ORDINAL = rf"\b(?:(twenty|thirty)[ -])?({'|'.join(ORDINALS)}|thirtieth)\b"
ZH_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
KO_DIGITS = {char: value for value, char in enumerate("영일이삼사오육칠팔구")}
KO_ONES = "한 두 세 네 다섯 여섯 일곱 여덟 아홉".split()
KO_TENS = {"스물": 20, "열": 10, "": 0}
KO_HOURS = {f"{ten}{one}": KO_TENS[ten] + value for ten in KO_TENS for value, one in enumerate(["", *KO_ONES]) if ten or one}
KO_DAYS = {"하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "열흘": 10, "보름": 15}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = "january february march april may june july august september october november december".split()
ZH_WEEKS = {"下下": "weekafter ", "下": "nextweek ", "这": "thisweek ", "本": "thisweek "}
KO_WEEKS = {"다다음": "weekafter ", "다음": "nextweek ", "이번": "thisweek "}

type Rule = tuple[str, str | Callable[[re.Match[str]], str]]


def plain(span: str) -> str:
    """`span` in the plain form; what has no place in it stays as it was."""
    text = span.casefold().replace("：", ":").replace("’", "'")
    for pattern, replacement in RULES:
        text = re.sub(pattern, replacement, text)
    return text


def _tenfold(text: str, digits: dict[str, int], ten: str) -> int:
    before, has_ten, after = text.partition(ten)
    if not has_ten:
        return int("".join(str(digits[char]) for char in text))
    return (digits.get(before[-1:], 1)) * 10 + digits.get(after[-1:], 0)


def _zh_number(match: re.Match[str]) -> str:
    return str(_tenfold(match[0].replace("廿", "二十"), ZH_DIGITS, "十"))


def _ko_number(match: re.Match[str]) -> str:
    return str(_tenfold(match[0], KO_DIGITS, "십"))


def _ordinal(match: re.Match[str]) -> str:
    ones = 30 if match[2] == "thirtieth" else ORDINALS.index(match[2]) + 1
    return f"{TENS.get(match[1] or '', 0) + ones}th"


def _weeks(match: re.Match[str]) -> str:
    return f"{int(match[1]) * 7} days"


def _zh_clock(match: re.Match[str]) -> str:
    minute = {"半": "30", "一刻": "15", "1刻": "15", "三刻": "45", "3刻": "45"}.get(match[2] or "", match[3] or "0")
    return f" {match[1]}:{minute:0>2} "


def _zh_about(match: re.Match[str]) -> str:
    """Of "seven or eight o'clock", which is said in two digits, the first."""
    return match[1] if ZH_DIGITS[match[2]] - ZH_DIGITS[match[1]] == 1 else match[0]


def _zh_week(match: re.Match[str]) -> str:
    day = "weekend" if match[2] == "末" else WEEKDAYS["一二三四五六日".index(match[2].replace("天", "日"))]
    return f" {ZH_WEEKS.get(match[1], '')}{day} "


def _ko_week(match: re.Match[str]) -> str:
    day = "weekend" if match[2] == "주말" else WEEKDAYS["월화수목금토일".index(match[2][0])]
    return f" {KO_WEEKS.get(match[1], '')}{day} "


def _hour_and(match: re.Match[str]) -> str:
    """Hours and a half, or hours and minutes."""
    hours, minutes = (*(group for group in match.groups() if group), "30")[:2]
    return f"{int(hours) * 60 + int(minutes)} minutes"


RULES: tuple[Rule, ...] = (
    # English
    (r"\bthree quarters of an hour\b", "45 minutes"), (r"\b(?:a )?quarter of an hour\b", "15 minutes"),
    (r"\bhalf of an hour\b", "30 minutes"), (r"\bfrom today\b", "from now"), (ORDINAL, _ordinal),
    (r"\bo'? ?clock\b", " "),
    (r"\ba couple of (?=hour|min)", "2 "), (r"\ba few (?=hour|min)", "3 "), (r"(?<=\w)[ -]?ish\b", ""),
    (rf"\b({'|'.join(TENS)})[ -]({'|'.join(ONES)})\b", lambda m: str(TENS[m[1]] + NUMBERS[m[2]])),
    (rf"\b({'|'.join(sorted(NUMBERS, key=len, reverse=True))})\b", lambda m: str(NUMBERS[m[1]])),
    (r"\b(\d{1,2}) hundred(?: hours)?\b", lambda m: f"{m[1]}:00"),
    (r"\bo[h']? ?(?=\d\b)", "0"), (r"\b0 (?=\d\b)", "0"), (r"\ban? (?=hour|min|quarter|day|week)", "1 "),
    (r"\b(\d{1,2}) weeks?\b", _weeks), (r"\b(\d{1,4}) hours? (?:and )?(\d{1,2}) min(?:ute)?s?\b", _hour_and),
    (r"\b(\d{1,4}) and a half hours?\b|\b(\d{1,4}) hours? and a half\b", _hour_and),
    (r"\b(?:half 1|a half) hours?\b", "30 minutes"),
    (r"(?<![a-z])([ap])\.? ?m\b\.?", r" \1m "),
    (r"\b(?:right )?now\b|\bstraight away\b|现在|目前|此刻|지금|방금", " now "),
    (r"大后天|글피", " +3 "), (r"\b(?:the )?day after tomorrow\b|后天|(?:내일)?모레", " +2 "), (r"\btomorrow\b|明天|明日|내일", " +1 "),
    (r"\btoday\b|今天|今日|오늘", " +0 "),
    (r"\bthis (?=morning|afternoon|evening)", " +0 "), (r"\btonight\b|今晚|今夜", " +0 tonight "),
    (r"明晚", " +1 evening "), (r"今早", " +0 morning "), (r"明早", " +1 morning "),
    (r"\bmidday\b|正午|中午|정오|점심", " noon "), (r"半夜|午夜|자정", " midnight "), (r"凌晨|새벽", " dawn "),
    (r"上午", " forenoon "), (r"早上|早晨|早间|清晨|清早|아침", " morning "), (r"오전", " am "), (r"下午|午后|오후", " afternoon "),
    (r"晚上|晚间|傍晚|저녁", " evening "), (r"夜里|夜间|深夜|한밤중|밤", " night "),
    (r"낮", " noon "),
    # Chinese
    (r"(下下|下|这|本)?个?(?:周|星期|礼拜)([一二三四五六日天末])", _zh_week),
    (r"(?<=[点點时時])过(?=[零〇一二三四五六七八九十\d])", ""), (r"([一二三四五六七])([二三四五六七八])(?=[点點])", _zh_about),
    (r"[零〇一二三四五六七八九十廿两]+(?= ?(?:[点點时時分月号號日刻]|个|半|小时|钟头|天|周))", _zh_number),
    (r"(?<=[点點时時])[零〇一二三四五六七八九十廿]+(?!刻)", _zh_number),
    (r"差(\d{1,2}) ?分钟?到?(\d{1,2})[点點时時]钟?", r" \1 to \2 "), (r"(\d{1,2})[点點时時]差(\d{1,2})(?!\d|刻) ?分?", r" \2 to \1 "),
    (r"差[一1]刻钟?到?(\d{1,2})[点點时時]钟?|(\d{1,2})[点點时時]差[一1]刻", lambda m: f" quarter to {m[1] or m[2]} "),
    (r"(\d{1,4}) ?个?(?:小时|钟头)[零又]?(\d{1,2}) ?分钟?", _hour_and),
    (r"(\d{1,4}) ?个?半(?:小时|钟头)", _hour_and), (r"半个?(?:小时|钟头)", "30 minutes"),
    (r"(\d{1,4}) ?个?(?:小时|钟头)", r"\1 hours"),
    (r"(\d{1,4}) ?刻钟", lambda m: f"{int(m[1]) * 15} minutes"), (r"(\d{1,4}) ?分钟", r"\1 minutes"),
    (r"(?<!\d)(\d{1,2}) ?[点點时時](?:钟|鐘|整)?(?:([半]|[一三13]刻)|(\d{1,2}) ?分?)?", _zh_clock),
    (r"(\d{1,3}) ?天", r"\1 days"), (r"(\d{1,2}) ?(?:周|个?(?:星期|礼拜))(?![一二三四五六日天末])", _weeks),
    (r"再?过 ?(\d+ (?:minutes|hours|days))", r"in \1"),
    # Korean
    (r"유월", "6월"), (r"시월", "10월"), (rf"{'|'.join(KO_DAYS)}", lambda m: f"{KO_DAYS[m[0]]}일"),
    (r"(?:(이번|다다음|다음) ?주? ?)?([월화수목금토일]요일|주말)", _ko_week),
    (rf"({'|'.join(sorted(KO_HOURS, key=len, reverse=True))})(?= ?시)", lambda m: str(KO_HOURS[m[1]])),
    (r"[일이삼사오육칠팔구십]+(?= ?[분시월일주])", _ko_number),
    (r"(\d{1,4}) ?시간 ?반", _hour_and), (r"(\d{1,4}) ?시간 ?(\d{1,2}) ?분", _hour_and), (r"(\d{1,4}) ?시간", r"\1 hours"),
    (r"(?<!\d)(\d{1,2}) ?시 ?(5|10) ?분 ?전", r" \2 before \1 "),
    (r"(\d{1,2}) ?주일?(?= ?(?:뒤|후|이후|이내|안|있다))", _weeks), (r"(\d{1,3}) ?일(?= ?(?:뒤|후|이후|이내|안|있다))", r"\1 days"),
    (r"(?<!\d)(\d{1,2}) ?시 ?(?:(반)|(\d{1,2}) ?분)?", lambda m: f" {m[1]}:{'30' if m[2] else (m[3] or '0').zfill(2)} "),
    (r"(\d{1,4}) ?분", r"\1 minutes"),
    # Both
    (r"(\d+ (?:minutes|hours|days)) ?(?:以?内|之内|이내|안)", r" within \1 "),
    (r"(\d+ (?:minutes|hours|days)) ?(?:以?后|之后|뒤|이후|후|있다가?|이따가?)", r" in \1 "), (r"이따가?", " "),
    (r"\bin (?:about )?(\d{1,3}) days?\b(?:'?s? time)?|\b(\d{1,3}) days? from +now\b", lambda m: f" +{m[1] or m[2]} "),
    (r"(?<!\d)(1[0-2]|0?[1-9]) ?[月월] ?(\d{1,2}) ?[号號日일]", lambda m: f" {m[2]} {MONTHS[int(m[1]) - 1]} "),
    (r"(?<!\d)(\d{1,2}) ?[号號日일]", r" the \1th "),
)  # fmt: skip
"""What is said → its plain form, in this order."""
