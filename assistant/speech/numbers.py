"""Numbers as they are said, for the ear: what espeak-ng makes of digits in Chinese and Korean is often wrong.

Korean counts hours and things with native numerals up to twenty, everything else with Sino-Korean ones (National Institute of Korean
Language, Standard Korean grammar, numerals); Chinese says 两 before counters and hours, and 幺 for the 1 of a telephone number.
"""

import re
from collections.abc import Callable, Mapping

ZH = "零一二三四五六七八九"
KO = "영일이삼사오육칠팔구"
PHONE: Mapping[str, str] = {"zh": "零幺二三四五六七八九", "ko": "공일이삼사오육칠팔구"}
NATIVE = (
    "", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열",
    "열한", "열두", "열세", "열네", "열다섯", "열여섯", "열일곱", "열여덟", "열아홉", "스무",
)  # fmt: skip
LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "에이 비 시 디 이 에프 지 에이치 아이 제이 케이 엘 엠 엔 오 피 큐 아르 에스 티 유 브이 더블유 엑스 와이 제트".split(),
        strict=True,
    )
)
LONGEST = 8
"""Digits of a number that is said as one; a longer one, or one that begins with 0, is said digit by digit."""
GROUPS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
NUMBER = re.compile(r"(?<![\d.])(\d+)(?:\.(\d+))?(?![\d.]*\d)")
DIGITS = r"\+?\d(?:[ -]?\d){2,}"
DIALLED = re.compile(
    rf"(?<!\d)\d{{2,4}}(?:-\d{{3,4}})+(?!\d)|(?<=[Cc]all ){DIGITS}|(?<=拨打){DIGITS}|(?<=电话){DIGITS}|(?<=电话：){DIGITS}"
    rf"|(?<![\d.]){DIGITS}(?=번으로 전화)"
)
"""A telephone number, by what stands before or after it or by its hyphens."""
TWO_ZH = re.compile(r"(?<![\d.第])2(?=\s*(?:点|个|位|张|班|趟|小时|分钟|公里|米|站|层|元|天|次|人|条|部|台|辆|家|种|件|处)(?!号))")
HOUR_KO = re.compile(r"(?<![\d.:])(\d{1,2})\s*(?=시(?:\s|$|[^가-힣]|에|까지|부터|쯤|이|가|는|를|입|예|반|정각))")
COUNTER_KO = re.compile(
    r"(?<![\d.:])(\d{1,2})\s*(?=(?:개|명|장|곳|대|시간|가지)(?:가|는|도|를|의|에|이|은|을|로|마다|씩|만|입니다|예요)?(?![가-힣]))"
)
CODE_KO = re.compile(r"(?<![A-Za-z])([A-Z]{1,3})(?=\d|[가-힣\s.,]|$)")


def spelt(text: str, language: str) -> str:
    """`text` with its numbers as they are said; in languages whose voice reads digits well that changes telephone numbers alone."""
    text = GROUPS.sub("", DIALLED.sub(lambda match: _dialled(match[0], language), text))
    match language:
        case "zh":
            text = TWO_ZH.sub("两", text)
            return NUMBER.sub(lambda match: _number(match, ZH, "点", _chinese), text)
        case "ko":
            text = HOUR_KO.sub(lambda match: f"{_native(match[1], most=12)} ", text)
            text = COUNTER_KO.sub(lambda match: f"{_native(match[1], most=20)} ", text)
            text = CODE_KO.sub(lambda match: " ".join(LETTERS[letter] for letter in match[1]) + " ", text)
            text = NUMBER.sub(lambda match: _number(match, KO, " 점 ", _korean), text)
            return re.sub(r"  +", " ", text).strip()
        case _:
            return text


def _dialled(number: str, language: str) -> str:
    """Digit by digit, its groups apart."""
    groups = re.split(r"[ -]", number.removeprefix("+"))
    if language not in PHONE:
        return ", ".join(" ".join(group) for group in groups)
    return " ".join("".join(PHONE[language][int(char)] for char in group) for group in groups)


def _number(match: re.Match[str], digits: str, point: str, whole: Callable[[int], str]) -> str:
    integer, fraction = match[1], match[2]
    one_by_one = len(integer) > LONGEST or (integer[0] == "0" and len(integer) > 1)
    said = "".join(digits[int(digit)] for digit in integer) if one_by_one else whole(int(integer))
    return said + (point + "".join(digits[int(digit)] for digit in fraction) if fraction else "")


def _native(digits: str, *, most: int) -> str:
    number = int(digits)
    return NATIVE[number] if 1 <= number <= most else _korean(number)


def _korean(number: int) -> str:
    """Up to 99,999,999 in Sino-Korean: 일 is silent before 십, 백, 천, and before 만 at the start."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        return ("" if high == 1 else _korean(high)) + "만" + (_korean(low) if low else "")
    if number == 0:
        return KO[0]
    parts = [(number // size % 10, unit) for size, unit in ((1000, "천"), (100, "백"), (10, "십"), (1, ""))]
    return "".join(("" if digit == 1 and unit else KO[digit]) + unit for digit, unit in parts if digit)


def _chinese(number: int) -> str:
    """Up to 99,999,999: one 零 for the zeros inside, 十 without 一 at the start."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        return _chinese(high) + "万" + ((ZH[0] if low < 1000 else "") + _chinese(low) if low else "")
    if number == 0:
        return ZH[0]
    said, gap = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            said += (ZH[0] if gap and said else "") + ZH[digit] + unit
        gap = not digit
    return said.removeprefix("一") if 10 <= number < 20 else said
