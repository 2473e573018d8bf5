"""How many travel: "two adults and a child", "for three", 两个大人一个小孩, 어른 두 명 아이 한 명."""

import re
from dataclasses import dataclass

_EN = {word: number for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)}
_EN |= {"a": 1, "an": 1, "both": 2, "a couple of": 2, "half a dozen": 6, "a dozen": 12}
_ZH = {char: number for number, char in enumerate("一二三四五六七八九十", 1)} | {"两": 2, "俩": 2}
_KO = {word: number for number, word in enumerate("한 두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한 열두".split(), 1)}
_KO |= {"하나": 1, "둘": 2, "셋": 3, "넷": 4}
_MOST = 50

_EN_NUMBER = rf"(?P<n>{'|'.join(sorted(_EN, key=len, reverse=True))}|\d{{1,2}})"
_EN_CHILD = (
    r"child(?:ren)?|kids?|bab(?:y|ies)|infants?|toddlers?|little ones?|(?:\w+[- ]year[- ]olds?)|sons?|daughters?|grandchild(?:ren)?"
    r"|grandkids?"
)
_EN_ADULT = (
    r"adults?|grown[- ]?ups?|people|persons?|passengers?|travell?ers?|seniors?|students?|pensioners?|teenagers?|teens|friends?|men|women"
    r"|of us"
)
_EN_OTHER = r"tickets?|seats?|singles?|returns?"
_EN_GROUP = re.compile(
    rf"\b(?:{_EN_NUMBER}\s+(?:of\s+)?(?:more\s+|other\s+|full\s+|small\s+|young\s+|my\s+|one[- ]way\s+|single\s+|return\s+|day\s+)?"
    rf"(?:(?P<child>{_EN_CHILD})|(?P<adult>{_EN_ADULT})|(?P<other>{_EN_OTHER}))(?:\s+tickets?)?(?!\s+(?:carriage|seats?|cards?|passes"
    rf"|pass|buggy|discounts?))|(?P<me>me|myself)(?=\s*(?:,|and)\s+(?:my\s+)?(?:\d|\w+)\s+(?:{_EN_CHILD}))"
    rf"|my\s+(?P<my>one|two|three|four|five|six|\d)\s+(?:{_EN_CHILD}))\b",
    re.IGNORECASE,
)
_EN_WHOLE = re.compile(
    r"\bfor\s+(?P<n>two|three|four|five|six|seven|eight|nine|[2-9])(?=\s*(?:$|[,.!?]|please\b|to\b|from\b|and back\b|return\b|with\b))"
    r"|\b(?:we(?:'re| are)|there(?:'s| are|'re))\s+(?P<we>two|three|four|five|six|seven|eight|nine|ten|[2-9])(?=\s*(?:$|[,.!?]"
    r"|of us\b))(?:\s+of us)?"
    r"|\b(?:group|party|family)\s+of\s+(?P<of>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\b",
    re.IGNORECASE,
)
_EN_NOT_BEFORE = re.compile(
    r"\b(?:alarm|reminder|timer|up|table|trains?|bus|leav(?:e|es|ing)|time|appointment|meeting|open|clock|platform|tracks?)\s+$",
    re.IGNORECASE,
)
_EN_JOIN = re.compile(r"\s*(?:,|and|plus|with|&|\+)\s*(?:and\s+)?", re.IGNORECASE)
_EN_NOT_AFTER = re.compile(
    r"\s+(?:are|is|was|were|fell|fall\w*|jump\w*|slip\w*|collaps\w*|stand\w*|got|has|have|fight\w*|injured|hurt|lying|on the|can't|cannot"
    r"|who|that|left|missing|following|away|ahead|behind|ago)\b",
    re.IGNORECASE,
)
_EN_ARTICLE = re.compile(r"an?\s+(?!couple)", re.IGNORECASE)
_EN_ANY = re.compile(r"tickets?$|seats?$|singles?$|returns?$|passengers?$|persons?$", re.IGNORECASE)
_EN_FOR = re.compile(r"\b(?:for|we are|we're|with)\s+$", re.IGNORECASE)

_ZH_NUMBER = r"(?P<n>[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两俩三四五六七八九]|\d{1,2})"
_ZH_GROUP = re.compile(
    rf"(?<![第这那每某有哪另号几点同上\d十]){_ZH_NUMBER}(?:个|位|名)?(?:(?P<child>小孩子?|孩子|儿童|小朋友|婴儿|宝宝|娃娃?)"
    rf"|(?P<adult>大人|成年人|成人|老人|学生|乘客|朋友"
    rf"|人(?![民家行员工口才类])))"
    rf"|(?<!同){_ZH_NUMBER.replace('?P<n>', '?P<sheets>')}张(?P<kind>成人|儿童|学生|老人)?(?:单程|往返|全价|半价)?(?:车?票|去|到|单程"
    rf"|往返|成人票)"
    r"|(?P<big>[一两二三四五])大(?P<small>[一两二三四五])小"
)
_ZH_JOIN = re.compile(r"[\s、，,]*(?:和|加|带着?|还有|跟|外加|再加)?[\s、，,]*")
_ZH_NOT_AFTER = re.compile(r"[在都晕倒摔掉打受跳死被不也拿躺偷落吵困失走丢跟进出昏流动上过]|没")
_ZH_ALONE = re.compile(r"^一个?(?:人|孩子|小孩子?|老人|学生|乘客|朋友)$")

_KO_NATIVE = "|".join(sorted(_KO, key=len, reverse=True))
_KO_COUNT = rf"(?:{_KO_NATIVE}|\d{{1,2}})"
_KO_CHILD = "아이|아이들|어린이|소인|유아|아기|애|초등학생|꼬마"
_KO_ADULT = "어른|성인|대인|청소년|학생|노인|어르신|승객|일행|인원|사람|친구"
_KO_GROUP = re.compile(
    rf"(?<![가-힣])(?:(?:(?P<child>{_KO_CHILD})|(?P<adult>{_KO_ADULT})|표|승차권|티켓|편도|왕복)(?:이|은|는"
    rf"|표)?\s*)(?P<n>{_KO_COUNT})(?:\s*(?:명"
    rf"|분(?!\s*(?:후|뒤|동안|간))|사람|장|매|인)|(?=\s|$|[.,!?]|이[요서에면]|요|에|하고|이?랑|과|와|서))"
    rf"|(?<![가-힣\d])(?P<m>{_KO_COUNT})\s*(?:명|사람(?!당|마다|한테|에게)|장(?=\s|이|$|[.,!?]|요|주|만))"
    rf"|(?<![가-힣])(?P<native>{_KO_NATIVE})\s?분(?=이[서요에]|\s*(?:표|이에요|요)|$)"
    rf"|(?<![가-힣])(?P<those>둘|셋|넷|다섯)이서|(?<![\d가-힣])(?P<digits>\d{{1,2}})인(?=\s|이|$|[.,!?])"
)
_KO_JOIN = re.compile(r"(?:이랑|랑|하고|과|와|이|에)?[\s,、]*(?:그리고)?\s*")
_KO_NOT_AFTER = re.compile(r"(?:이|가|은|는)?\s*(?:쓰러|다쳤|다친|싸우|싸워|떨어|넘어|갇|위협|쫓|죽|없어|사라|도망|의심|칼)")


@dataclass(frozen=True, slots=True)
class Party:
    """How many travel, and where that is said. Whoever is not called a child counts as an adult."""

    start: int
    end: int
    adults: int
    children: int


def party(text: str, taken: list[tuple[int, int]]) -> Party | None:
    """The first party that a message names outside the spans already taken."""
    for find in (_english, _chinese, _korean):
        found = find(text)
        if found and 0 < found.adults + found.children <= _MOST and all(found.end <= start or end <= found.start for start, end in taken):
            return found
    return None


def _joined(text: str, groups: list[Party], join: re.Pattern[str]) -> Party | None:
    """The first run of groups that are said together."""
    if not groups:
        return None
    whole = groups[0]
    for group in groups[1:]:
        if not join.fullmatch(text[whole.end : group.start]):
            break
        whole = Party(whole.start, group.end, whole.adults + group.adults, whole.children + group.children)
    return whole


def _number(said: str, words: dict[str, int]) -> int:
    said = said.casefold()
    if said.isdecimal() or said in words:
        return int(said) if said.isdecimal() else words[said]
    tens, _, unit = said.partition("十")
    return words.get(tens, 1) * 10 + words.get(unit, 0)


def _english(text: str) -> Party | None:
    groups: list[Party] = []
    for match in _EN_GROUP.finditer(text):
        count = 1 if match["me"] else _number(match["n"] or match["my"], _EN)
        child = bool(match["child"] or match["my"])
        groups.append(Party(*match.span(), 0 if child else count, count if child else 0))
    whole = _joined(text, [group for group in groups if not _is_a_ticket(text[group.start : group.end])] or groups, _EN_JOIN)
    if whole and not _EN_NOT_AFTER.match(text[whole.end :]):
        said = text[whole.start : whole.end]
        alone = whole in groups and _EN_ARTICLE.match(said)
        if not alone or (_EN_FOR.search(text[: whole.start]) and not _EN_ANY.search(said)):
            return whole
    match = _EN_WHOLE.search(text)
    if match is None or _EN_NOT_BEFORE.search(text[: match.start()]):
        return None
    group = next(name for name in ("n", "we", "of") if match[name])
    start = match.start(group) if group == "n" else match.start()
    return Party(start, match.end(), _number(match[group], _EN), 0)


def _is_a_ticket(said: str) -> bool:
    """ "A ticket for two adults" is about two."""
    return bool(_EN_ARTICLE.match(said) and _EN_ANY.search(said))


def _chinese(text: str) -> Party | None:
    groups: list[Party] = []
    for match in _ZH_GROUP.finditer(text):
        if match["big"]:
            groups.append(Party(*match.span(), _number(match["big"], _ZH), _number(match["small"], _ZH)))
            continue
        count, child = _number(match["n"] or match["sheets"], _ZH), bool(match["child"]) or match["kind"] == "儿童"
        end = match.end() - (match[0][-1] in "去到" and bool(match["sheets"]))
        groups.append(Party(match.start(), end, 0 if child else count, count if child else 0))
    whole = _joined(text, groups, _ZH_JOIN)
    if whole is None or _ZH_NOT_AFTER.match(text[whole.end :]):
        return None
    said = text[whole.start : whole.end]
    return None if _ZH_ALONE.match(said) and not re.match(r"去|到|的?票|坐", text[whole.end :]) else whole


def _korean(text: str) -> Party | None:
    groups: list[Party] = []
    for match in _KO_GROUP.finditer(text):
        said = next(match[name] for name in ("n", "m", "native", "those", "digits") if match[name])
        count = _number(said, _KO)
        groups.append(Party(*match.span(), 0 if match["child"] else count, count if match["child"] else 0))
    whole = _joined(text, groups, _KO_JOIN)
    return None if whole is None or _KO_NOT_AFTER.match(text[whole.end :]) else whole
