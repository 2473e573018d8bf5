"""Platforms by number, trains by name or number, and the three languages by name."""

import re

_EN_NUMBER = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_ZH_NUMBER = "[一二三四五六七八九十\\d]{1,3}"
_KO_NUMBER = "[일이삼사오육칠팔구십]{1,3}|\\d{1,3}"
_PLATFORM = re.compile(
    rf"\b(?:platforms?|tracks?|quay|bay)\s+(?:number\s+|no\.?\s*)?(?:\d{{1,3}}[a-z]?|{_EN_NUMBER}|[b-hj-z])\b"
    rf"|第?{_ZH_NUMBER}号?(?:站台|月台|股道)|(?:站台|月台){_ZH_NUMBER}(?![点分])"
    rf"|(?:(?<![가-힣])(?:{_KO_NUMBER})\s*번?\s*(?:승강장|플랫폼|홈(?!페)|타는\s*곳)|(?:승강장|플랫폼)\s*(?:\d{{1,3}}"
    rf"|(?:{_KO_NUMBER})\s*번))",
    re.IGNORECASE,
)
_NO_NAME = (
    "at|by|the|to|in|on|for|from|bus|line|tram|gate|and|or|is|of|no|past|til|till|call|dial|ring|need|want|get|me|us|an|a|room|code|seat"
    "|car|pin|over|than|pay|has|have|only|just"
)
_TRAIN = re.compile(
    rf"\b(?:trains?|service)\s+(?:number\s+|no\.?\s*)?\d{{2,5}}\b(?![:.]\d)|\b(?!(?:{_NO_NAME})\b)[a-z]{{1,4}}[ -]?\d{{3,5}}(?!\d|[:.]\d)"
    r"|(?<!\d)\d{2,5}次(?:列车|车)?|(?<![\d:])\d{3,5}\s*(?:번\s*)?열차",
    re.IGNORECASE | re.ASCII,
)
"""Names such as "IC 101", and numbers that are said to be a train's."""
_LANGUAGES = {
    "en": re.compile(r"\benglish\b|英语|英文|영어|잉글리시", re.IGNORECASE),
    "zh": re.compile(r"\b(?:chinese|mandarin|putonghua)\b|中文|汉语|漢語|普通话|国语|华语|중국어|중국말", re.IGNORECASE),
    "ko": re.compile(r"\bkorean\b|韩语|韩文|韩国话|韩国语|朝鲜语|한국어|한국말|우리말|조선말", re.IGNORECASE),
}


def platform_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each platform said with its number or letter."""
    return [match.span() for match in _PLATFORM.finditer(text)]


def train_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each train said by its name or number."""
    return [match.span() for match in _TRAIN.finditer(text)]


def language_spans(text: str) -> list[tuple[int, int, str]]:
    """Start, end and code of each language named, in the order of the text."""
    return sorted((*match.span(), code) for code, pattern in _LANGUAGES.items() for match in pattern.finditer(text))
