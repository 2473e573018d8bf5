"""Time expressions of English, Chinese and Korean in one plain form: digits and a few English words, which `times` reads."""

import re
from collections.abc import Callable

ONES = "one two three four five six seven eight nine".split()
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
NUMBERS = {word: value for value, word in enumerate(["zero", *ONES, *TEENS])} | TENS
ZH_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
KO_DIGITS = {char: value for value, char in enumerate("영일이삼사오육칠팔구")}
KO_HOURS = {
    "열두": 12, "열한": 11, "열": 10, "아홉": 9, "여덟": 8, "일곱": 7, "여섯": 6, "다섯": 5, "네": 4, "세": 3, "두": 2, "한": 1,
}  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = "january february march april may june july august september october november december".split()
ZH_WEEKS = {"下": "nextweek ", "这": "thisweek ", "本": "thisweek "}
KO_WEEKS = {"다음": "nextweek ", "이번": "thisweek "}

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


def _zh_clock(match: re.Match[str]) -> str:
    minute = {"半": "30", "一刻": "15", "1刻": "15", "三刻": "45", "3刻": "45"}.get(match[2] or "", match[3] or "0")
    return f" {match[1]}:{minute:0>2} "


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
    (r"\bo'? ?clock\b", " "),
    (r"\ba couple of (?=hour|min)", "2 "), (r"\ba few (?=hour|min)", "3 "),
    (rf"\b({'|'.join(TENS)})[ -]({'|'.join(ONES)})\b", lambda m: str(TENS[m[1]] + NUMBERS[m[2]])),
    (rf"\b({'|'.join(sorted(NUMBERS, key=len, reverse=True))})\b", lambda m: str(NUMBERS[m[1]])),
    (r"\bo[h']? ?(?=\d\b)", "0"), (r"\b0 (?=\d\b)", "0"), (r"\ban? (?=hour|min|quarter)", "1 "),
    (r"\b(\d{1,4}) and a half hours?\b|\b(\d{1,4}) hours? and a half\b", _hour_and),
    (r"\b(?:half 1|a half) hours?\b", "30 minutes"),
    (r"(?<![a-z])([ap])\.? ?m\b\.?", r" \1m "),
    (r"\b(?:right )?now\b|\bstraight away\b|现在|目前|此刻|지금|방금", " now "),
    (r"大后天|글피", " +3 "), (r"\b(?:the )?day after tomorrow\b|后天|모레", " +2 "), (r"\btomorrow\b|明天|明日|내일", " +1 "),
    (r"\btoday\b|今天|今日|오늘", " +0 "),
    (r"\bthis (?=morning|afternoon|evening)", " +0 "), (r"\btonight\b|今晚|今夜", " +0 evening "),
    (r"明晚", " +1 evening "), (r"今早", " +0 morning "), (r"明早", " +1 morning "),
    (r"\bmidday\b|正午|中午|정오|점심", " noon "), (r"半夜|午夜|자정", " midnight "), (r"凌晨|새벽", " dawn "),
    (r"上午", " forenoon "), (r"早上|早晨|早间|清晨|清早|아침", " morning "), (r"오전", " am "), (r"下午|午后|오후", " afternoon "),
    (r"晚上|晚间|傍晚|저녁", " evening "), (r"夜里|夜间|深夜|한밤중|밤", " night "),
    # Chinese
    (r"(下|这|本)?个?(?:周|星期|礼拜)([一二三四五六日天末])", _zh_week),
    (r"[零〇一二三四五六七八九十廿两]+(?= ?(?:[点點时時分月号號日刻]|个|半|小时|钟头|天))", _zh_number),
    (r"(?<=[点點时時])[零〇一二三四五六七八九十廿]+(?!刻)", _zh_number),
    (r"(\d{1,4}) ?个?半(?:小时|钟头)", _hour_and), (r"半个?(?:小时|钟头)", "30 minutes"),
    (r"(\d{1,4}) ?个?(?:小时|钟头)", r"\1 hours"),
    (r"(\d{1,4}) ?刻钟", lambda m: f"{int(m[1]) * 15} minutes"), (r"(\d{1,4}) ?分钟", r"\1 minutes"),
    (r"(?<!\d)(\d{1,2}) ?[点點时時](?:钟|鐘|整)?(?:([半]|[一三13]刻)|(\d{1,2}) ?分?)?", _zh_clock),
    (r"再?过 ?(\d+ (?:minutes|hours))", r"in \1"),
    # Korean
    (r"(?:(이번|다음) ?주? ?)?([월화수목금토일]요일|주말)", _ko_week),
    (rf"({'|'.join(KO_HOURS)})(?= ?시)", lambda m: str(KO_HOURS[m[1]])),
    (r"[일이삼사오육칠팔구십]+(?= ?[분시월일])", _ko_number),
    (r"(\d{1,4}) ?시간 ?반", _hour_and), (r"(\d{1,4}) ?시간 ?(\d{1,2}) ?분", _hour_and), (r"(\d{1,4}) ?시간", r"\1 hours"),
    (r"(?<!\d)(\d{1,2}) ?시 ?(?:(반)|(\d{1,2}) ?분)?", lambda m: f" {m[1]}:{'30' if m[2] else (m[3] or '0').zfill(2)} "),
    (r"(\d{1,4}) ?분", r"\1 minutes"),
    # Both
    (r"(\d{1,4}) ?(?:天|일) ?(?:以?后|之后|뒤|후|이후)", r" in \1 days "),
    (r"(\d+ (?:minutes|hours)) ?(?:以?内|之内|이내|안)", r" within \1 "),
    (r"(\d+ (?:minutes|hours)) ?(?:以?后|之后|뒤|이후|후)", r" in \1 "),
    (r"(?<!\d)(1[0-2]|0?[1-9]) ?[月월] ?(\d{1,2}) ?[号號日일]", lambda m: f" {m[2]} {MONTHS[int(m[1]) - 1]} "),
    (r"(?<!\d)(\d{1,2}) ?[号號日일]", r" the \1th "),
)  # fmt: skip
"""What is said → its plain form, in this order."""
