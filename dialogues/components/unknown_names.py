"""Names that no gazetteer knows, found where the words around demand a name: "next train to Munich", "去慕尼黑的车", "뮌헨 가는 열차".

Rather none than a wrong one: what is tagged here, the assistant says it does not know.
"""

import re
from pathlib import Path
from typing import Literal

from components.words import fold

Role = Literal["origin", "destination"]
Span = tuple[int, int]

MOST_LETTERS = 30
EVERYDAY = frozenset(Path(__file__).with_name("everyday_words.txt").read_text(encoding="utf-8").split())
"""Words of what travellers say, none of them a name by itself."""

_EN_WORD = r"[a-z][\w'’.-]*"
_EN_NAME = rf"{_EN_WORD}(?:\s+{_EN_WORD}){{0,4}}"
_EN_TRAVEL = (
    r"trains?|metros?|subways?|trams?|bus(?:es)?|ferry|ferries|services?|express|tickets?|fares?|single|return|ride|trip|journey|route"
    r"|way|connections?"
    r"|departures?|timetable|schedule|ones?|next|last|first|go|going|goes|went|get|gets|getting|travel|travell?ing|heading|headed|head"
    r"|bound|leaves?"
    r"|leaving|departs?|departing|runs?|running|direct|directly|straight|through|change|changing|far|fast|fastest|quickest|cheapest"
    r"|costs?|much|long|back"
    r"|over|down|up|out|all the way|non-?stop|come|coming|came|arriv(?:es?|ing)|take|takes|platform|line|delays?|anything|something|it"
    r"|and|or|no|not"
    r"|please|trying|here|today|tonight|tomorrow|now|me|us|continue|itinerary|prices?|pounds|euros|dollars|root|rides?|tours?|stops?"
    r"|stopping|calls?|calling|get(?:ting)? off|arrivals?"
)
_ENGLISH = re.compile(
    rf"(?:^\W*(?:(?:um+|uh+|er|hi|hello|and|so|ok|okay|please|no|yes|just|well)\W+)*|\b(?:{_EN_TRAVEL})\s+)"
    rf"(?P<word>to|towards?|for|from|via|at|in)\s+(?=(?P<name>{_EN_NAME}))",
    re.IGNORECASE,
)
_EN_FROM_TO = re.compile(rf"\bfrom\s+(?P<from>{_EN_WORD}(?:\s+{_EN_WORD}){{0,3}}?)\s+to\s+(?=(?P<name>{_EN_NAME}))", re.IGNORECASE)
_EN_REACH = re.compile(rf"\b(?P<word>reach(?:es|ing)?|be (?:in|at)|change for|via)\s+(?=(?P<name>{_EN_NAME}))", re.IGNORECASE)
_EN_BEFORE = {
    "for": r"trains?|bus(?:es)?|trams?|metro|ferry|leav(?:es?|ing)|depart(?:s|ing|ures?)?|bound|head(?:ed|ing)|timetable|schedule",
    "in": r"arriv(?:es?|ing|als?)", "at": r"arriv(?:es?|ing|als?)|stop(?:s|ping)?|call(?:s|ing)?|get(?:ting)? off",
}  # fmt: skip
"""What must stand before a word that leads to much else than names."""
_EN_PART = frozenset("north south east west new old upper lower great saint st san santa los las el la le port mount mt fort lake".split())
"""Words that a name begins with, though none by themselves."""
_EN_MORE = _EN_PART | frozenset(
    "street road avenue square park city town hill hills bay point airport center centre bridge beach central junction valley heights"
    " island falls springs river forest field fields market green gardens harbour international plaza village grove"
    " de del of the on upon".split()
)
_EN_JOINTS = frozenset("de del of the on upon".split())
"""Words that stand inside names and not at their ends."""
_EN_INSIDE = frozenset(
    "platform platforms exit gate toilet toilets lift lifts office entrance track hall counter desk shop machine floor level".split()
)
"""Words that make what stands before them a place inside the station."""

_ZH_HARD = "的了吗呢吧啊呀嘛要去到往从至换转坐乘不最该几怎咋有没这那哪谁么啥请给把被让我你您他她它车票班趟站得很贵过着买找看走"
"""Characters that no name is read across."""
_ZH_SOFT = (
    "来的|先|下车|下来|下一|总共|一共|谢谢|多|花|用|打|全程|什么|今[天晚早]|明[天晚早]|后天|现在|需要|应该|可以|能|行程|路线|线路|方案"
    "|方向|时刻|直达|直接|火车|列车"
    "|高铁|地铁|之前|以前|前|晚点|早点|早上|上午|下午|晚上|下一|往返|来回|单程|周[一二三四五六日末]|星期|在[哪几]|怎|免费|打折|学生|成人"
    "|开|住|附近|那边|这边|方面|快|近|远|还|也|都(?!江|匀)|加起来|是|需"
)
_ZH_END = rf"(?=[{_ZH_HARD}\s\d，。？！、；…,.?!;]|$|{_ZH_SOFT})"
# 给 is a hard one, but where it writes a foreign sound: 桑给巴尔, 蒙给尔.
_ZH_NAME = rf"(?:[^\W\d_a-zA-Z{_ZH_HARD}]|(?<!去)给(?=[巴尔])){{2,6}}?|[A-Za-z][A-Za-z'’.-]*(?: [A-Za-z][A-Za-z'’.-]*){{0,3}}"
_CHINESE = re.compile(
    rf"(?:(?:(?<![过出回进上下失])|(?<=一下)|(?<=[早晚马]上))去|(?:开|前|去|驶|飞)往|(?:(?<=^)"
    rf"|(?<=[\s\d，。？！、,我想要车票班趟前点分半坐乘换能可么该人次站再赶须路张])|(?<=这[里儿])"
    rf"|(?<=开)|(?<=之后))(?:到|往(?!返))|抵达|目的地是?)"
    rf"了?(?P<name>{_ZH_NAME}){_ZH_END}|(?:(?<![自])从|来自)(?P<origin>{_ZH_NAME}){_ZH_END}(?:站"
    rf"|火车站)?(?:[到去往至](?P<then>{_ZH_NAME}){_ZH_END})?"
)
_ZH_NO_NAME = re.compile(
    r"^(?:所有|现在|目前|此|一|两|二|三|四|五|六|七|八|九|十|每|各|某|别|另|其|哎|嗯|呃|最|刚|什|多少|都(?![江匀])|训练|零开|新开|外地"
    r"|国外|全国|附近|周围|本|头|今|明|昨|早|晚|上(?![海饶虞])|下(?!关)"
    r"|里[面边头]|外[面边头国]|前[面边方后台]|后[面边方]?"
    r"|地[铁下面上]|处|左|右|旁|对面|中间|半路|心|底|高处|远处|死|付|卖|退|取|存|放|走|拿|吃|喝|等|接|送|哭|爬|跳|抽|借|充|修|领|报|办|查"
    r"|玩|逛|睡|洗|扔|拍|喊|叫|追|躲|跑|救|撞|摔|掉|起|关|始|听|问|说|使"
    r"|搭|参|旅|打|做)"
    r"|(?:[家车包卡店手箱柜站城区屋房院校园库网心夜这]里|上|里面|上面|下面|内|外|旁|口|处|室|厅|台|梯|间|所|点|号|层|楼|边|面|方|家|店|院"
    r"|行|局|司|校|厂|馆子|餐|饭|菜|水|包|卡|机|钟|分|时|天|月|年|日|周|元|块"
    r"|岁|度|级|次|种|线|路|热线|网|端"
    r"|钥匙|护照|手机|行李|书|证|证明|物品|东西|外套|电脑|味|声|语|文|字|版|妈妈|爸爸|孩子|人|员|客|朋友|老师|医生|为止|步|头|尾|底|部"
    r"|家里|公司)$"
    r"|[车大房]门|楼梯|感应|厕所|洗手|卫生|出口|入口|电梯|柜台|窗口|大厅|候车|检票|售票|闸机|服务|失物|寄存|医院|药|警|商店|超市|咖啡"
    r"|银行|停|公交|出租|机场|轨道|终点|起点|市[区中]|景点|酒店|宾馆|学校|时间|时候|小时|自动"
)

_KO_NAME = r"[가-힣]{2,7}?|[A-Za-z][A-Za-z'’.-]*(?: [A-Za-z][A-Za-z'’.-]*){0,3}"
_KO_GOES = r"(?:가(?=[요는려고야나죠지기]|$)(?!지[고러]|려[도서]|고\s*나)|갈(?!아)|간다|갑니|가[면서]|가는|가려|도착|닿)"
_KO_TRAIN = (
    r"(?:열차|기차|전철|지하철|버스|급행|특급|완행|고속|표|승차권|막차|첫차|차편|노선|길|경로|방법|법|교통|환승|다음"
    r"|직통|직행|거|건|것|데|분|KTX)"
)
_KO_ASKS = (
    rf"(?:얼마|몇|어떻게|어느|무슨|뭐|요금|표|승차권|{_KO_TRAIN}|빨리|제일|가장|언제|한\s*장|두\s*장|왕복|편도|걸리|시간|계단|무장애"
    rf"|휠체어|유모차|경로|여정|갈아|어떤|어디서|뭐|뭘|비싸|운임|차비|돈이|환승"
    rf"|직통|장애인|요\s*[?.!]?$|[?.!]|$)"
)
_KOREAN = re.compile(
    rf"(?<![가-힣\w])(?:(?P<name>{_KO_NAME})역?"
    rf"(?:행(?=\s*(?:{_KO_TRAIN}|은|이|을|의|으로|[?.,!]|$|언제|몇|어디|있|타))|까지\s*(?={_KO_ASKS}|{_KO_GOES})|\s?방면|\s방향|(?:에"
    rf"|으로|로)\s*(?={_KO_GOES}"
    rf"|어떻게 가|가려|[가-힣 ]{{1,8}}시까지 도착|[가-힣]{{1,3}} 시에? 도착)"
    rf"|\s+(?=가는\s*{_KO_TRAIN}|가는\s*(?:가장|제일|휠체어)|가려면|가려고|가려는|가야|가고 싶|갈\s*(?:열차|기차|거|건|수|때|건데)"
    rf"|어떻게 가|가요|도착))"
    rf"|(?P<origin>{_KO_NAME})역?(?:에서|부터)\s*(?=출발|오는|온|떠나|(?P<then>[가-힣]{{2,6}}?)역?(?:까지|으로|로|행)(?:\s|$)))"
)
_KO_NO_NAME = re.compile(
    r"(?:[은는을를의와과]|에서?|까지|으로|(?<!시카)(?<!티아)(?<!에이)고|[앉받찾]아|[한은]데|[려러]고?|면서?|는데|니까|[어아여해]서|게|요|다|쯤|마다|대로|처럼"
    r"|보다|부터|때|쪽|실|층|번|호선|호차|분|시|개|명|장|곳|방|문|출구|입구|창구"
    r"|찰구|소|기계|센터|쪽으|카운터|데스크"
    r"|자리|라인|노선|정거장|지연|때문|김에|채로|상태|사람|분들)$"
    r"|^(?:구글|네이버|클라우드|서버|본사|외부|해외|이제|서서|서점|길로|어디|어떡|어떻|여기|거기|저기|이곳|그곳|저곳|저쪽|이쪽|그쪽|언제"
    r"|누구|누가|얼마|어느|무슨|무엇|뭐|몇|왜|다음|지금|오늘|내일|모레|어제|아침|점심"
    r"|저녁|새벽|오전|오후|주말|평일|처음|마지막|매일|매주|자주|빨리"
    r"|천천히|조심|바로|직접|직행|같이|함께|혼자|먼저|나중|다시|계속|그냥|제일|가장|너무|많이|조금|잠깐|잠시|모든|아무|딱히|정말|혹시"
    r"|그리로|이리|저리|우리|저희|당신|친구|엄마|아빠|아이|아들|남편|아내|할머|할아|손님|승객"
    r"|직원|의사|경찰|역무|열차|기차|전철|지하철|버스|택시|비행|급행|완행|특급|승강|플랫폼|출구|입구|화장|엘리|에스컬|계단|매표|승차|개찰"
    r"|대합|대기|라커|보관|물품|가방|유실|분실|안내|카페|식당|편의|약국|병원|은행|가게"
    r"|매점|주차|정류|정거|도심|시내|호텔|회사|관광|여행|운행|진행|통행|보행|유행|동행|끝까|종점|목적|출발|도착|환승|갈아|위층|아래|지상"
    r"|지하|오른|왼쪽|중간|선로|하루|연기|공기|냄새|소리|현금|카드|카트|캐리|카메|전화|휴대"
    r"|휠체|유모|자전|전거|강아|고양|아기|어린|어른|단체|음식|기저|볼륨|장소|없이|이어|통로|그럼|그리|위로|저는|나는|제가|내가|놓고|잃어"
    r"|찾|보고|사고|타고|들고|먹고|자고|걸어|뛰어|물어|나가|들어|올라|내려|돌아"
    r"|데려|가지|만나|끝나|죽으|기다|그만|그전|그대|아까|며칠|어데|어떠|어케|데로|번째|막차|반대|가서|저세상|신혼|집|고향)"
    r"|^(?:[일이삼사오육칠팔구십백한두세네]|다섯|여섯|일곱|여덟|아홉|열)+(?:번|호|층|시|분|개|명|장|시간|시간반)?$"
)
_SAID = re.compile(r"[^\W_]")


def unknown_spans(text: str, taken: list[Span]) -> list[tuple[int, int, Role]]:
    """Start, end and role of each unknown name outside the spans already taken, at most one of a role."""
    found: dict[Role, Span] = {}
    for start, end, role in (*_english(text, taken), *_chinese(text), *_korean(text)):
        free = all(end <= first or last <= start for first, last in taken)
        if free and role not in found and 1 < end - start <= MOST_LETTERS and _SAID.search(fold(text[start:end])[0]):
            found[role] = (start, end)
    return sorted((start, end, role) for role, (start, end) in found.items())


def _english(text: str, taken: list[Span]) -> list[tuple[int, int, Role]]:
    if not re.search(r"[A-Za-z]{3}", text):
        return []
    found: list[tuple[int, int, Role]] = []
    for match in (*_ENGLISH.finditer(text), *_EN_REACH.finditer(text)):
        word = match["word"].casefold()
        before = _EN_BEFORE.get(word)
        if before and not re.search(rf"(?:{before})\s+$", text[: match.start("word")], re.IGNORECASE):
            continue
        if end := _en_end(text, match.start("name"), match.end("name"), taken):
            found.append((match.start("name"), end, "origin" if word == "from" else "destination"))
    for match in _EN_FROM_TO.finditer(text):
        for group, role in (("from", "origin"), ("name", "destination")):
            if end := _en_end(text, match.start(group), match.end(group), taken):
                found.append((match.start(group), end, role))  # type: ignore[arg-type]
    return found


def _en_end(text: str, start: int, end: int, taken: list[Span]) -> int | None:
    """Where the name that begins at `start` ends; None where no name begins there."""
    stop = min([first for first, _ in taken if first >= start] + [end])
    last = None
    named = False
    for match in re.finditer(_EN_WORD, text[start:stop], re.IGNORECASE):
        word = re.sub(r"['’]s$", "", match[0].casefold()).strip(".'’-")
        if _everyday(word) and word not in (_EN_MORE if last else _EN_PART):
            if word in _EN_INSIDE:
                return None
            break
        known = word in _EN_MORE
        named = named or not known
        if word not in _EN_JOINTS:
            last = start + match.end() - (match[0][-1] in ".-'’")
        if not known and match[0][-1] == ".":
            break
    return last if named else None


def _everyday(word: str) -> bool:
    return all(part in EVERYDAY for part in word.split("-") if part)


def _chinese(text: str) -> list[tuple[int, int, Role]]:
    return _cjk(text, _CHINESE, _ZH_NO_NAME)


def _korean(text: str) -> list[tuple[int, int, Role]]:
    return _cjk(text, _KOREAN, _KO_NO_NAME)


def _cjk(text: str, pattern: re.Pattern[str], no_name: re.Pattern[str]) -> list[tuple[int, int, Role]]:
    found: list[tuple[int, int, Role]] = []
    groups: tuple[tuple[str, Role], ...] = (("origin", "origin"), ("name", "destination"), ("then", "destination"))
    for match in pattern.finditer(text):
        for group, role in groups:
            name = match[group]
            if name and not no_name.search(name) and not (name.isascii() and _everyday(name.casefold())):
                found.append((*match.span(group), role))
    return found
