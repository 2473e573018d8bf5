"""Who cannot or would rather not take stairs: a wheelchair, a pram, crutches, heavy luggage, "no stairs"."""

import re

_NEEDS = re.compile(
    r"\b(?:(?:in|with|using|use|on|pushing|push|have|has|got|bring|bringing)\s+)?(?:(?:a|an|my|his|her|our|the|two|electric|double"
    r"|manual|lots of|a lot of|too much|very|so much)\s+){0,3}"
    r"(?:wheel ?chairs?|prams?|push ?chairs?|strollers?|baby buggy|buggy|rollators?|baby carriage|walkers?(?=\s*(?:$|[,.?!]|to|and"
    r"|please|which|what|on))|walking frame|zimmer frame|crutches|mobility scooter"
    r"|(?:heavy|big|large|huge|bulky)\s+(?:luggage|suitcases?|bags?|cases?|trunk))\b(?:\s+users?\b)?"
    r"|\b(?:no|without(?:\s+(?:any|the|taking|using|climbing))*|avoid(?:ing)?(?:\s+the)?|not use|don't want|instead of)\s+(?:stairs"
    r"|steps|staircases?)\b"
    r"|\b(?:lifts?|elevators?) only\b|\bonly (?:by|with|the|take the|use the)?\s*(?:lift|elevator)s?\b|\baccessible (?:route|way|trip"
    r"|connection|journey|exit|path)\b|\bdisabled access\b|\blevel access\b"
    r"|\bstep[- ]?free\b|\bbarrier[- ]free\b|\bno[- ]steps\b|\bstairs?\s+free\b"
    r"|\b(?:can't|cannot|can not|couldn't|unable to|not able to|hard to|hardly)\s+(?:\w+\s+)?(?:climb|use|do|manage|take|walk|go"
    r"|get)(?:\s+(?:up|down|any|the|up and down))*\s+(?:stairs|steps)\b"
    r"|轮椅|代步车|残疾人(?!厕|卫|洗|停|证|票|优|车位)|全程(?:都要?有?)?直?电梯|只(?:能|想|要)?[坐乘走](?:直梯|电梯|升降梯)|輪椅|婴儿车"
    r"|童车|宝宝车|拐杖|拄拐|拄着拐|助行器|(?:行动|腿脚|腿)(?:很|有点"
    r"|有些)?不(?:方便|便|好|太好)|无障碍(?!厕所|卫生间|洗手间|停车|设施|座|电梯)|(?:不|不想|不要|不能|不用|不需要|不必|没法|无法"
    r"|别)(?:走|爬|上下|上|下|用|有)?(?:楼梯|台阶)"
    r"|(?:没有|避开|绕开)(?:楼梯|台阶)|(?:走|爬|上)不了(?:楼梯|台阶)|(?:大件|很重的|好重的|沉重的|很多|好多|这么多)行李|行李(?:很|太|好"
    r"|比较|特别)[重多大沉]"
    r"|(?:전동\s*|수동\s*)?휠체어|유모차|목발|보행기|보행\s*보조기|무거운\s*(?:짐|가방|캐리어)|짐이\s*(?:너무\s*|아주\s*|좀\s*)?(?:많"
    r"|무거)|큰\s*(?:짐|캐리어)|(?:다리|무릎|거동"
    r"|몸)[이가은는]?\s*(?:좀\s*|많이\s*)?(?:불편|안\s*좋)"
    r"|계단[을은이도]?\s*(?:없이|없는|말고|못|안\s|피해|오르기\s*(?:힘|어려)|이용\s*(?:못|안)|오를\s*수\s*없)|무장애|교통\s*약자"
    r"|장애인\s*(?:이동\s*)?경로|엘리베이터(?:로만|만)|배리어\s*프리"
    r"|(?:턱|단차)(?:이|가)?\s*없",
    re.IGNORECASE,
)
_ABOUT_THE_THING = re.compile(
    r"\b(?:borrow|rent|rental|hire|lend|loan|buy|lost|lose|losing|forgot|forgotten|found|stole|stolen|missing|storage|store|storing"
    r"|locker|lockers|leave (?:my|our|the|a)|left (?:my|our|the|a|in|on)"
    r"|keep (?:my|our)|deposit|allowed|permitted|forbidden|porter|carry|carries|trolley|do you (?:have|lend|offer|provide)"
    r"|is there a (?:wheelchair|pram|stroller)(?! (?:access|route|way|friendly|user))|are there (?:any )?(?:wheelchairs|prams|strollers)"
    r"|where can i (?:get|find)|where (?:is|are) the (?:wheelchair|pram|stroller)s?|which size|how many bags|repair|reserved?|space"
    r"|leave it|baggage|as luggage|discount|free\?|cheaper|rolled|tracks?(?! \d)|alone|suspicious|unattended)\b"
    r"|借|租|出租|丢|弄丢|落在|落下|忘在|忘了拿|捡到|寄存|存放|寄放|允许|能不能带|可以带|能带|有轮椅(?:吗|可)|有没有轮椅|提供轮椅"
    r"|哪[里儿]有(?:轮椅|婴儿车)|被偷|搬运|没人|轨|滑下|冲下|行李手推车|拿不动|优惠|减免|收费"
    r"|免费|折叠|预[订留]|算.{0,4}行李"
    r"|빌리|빌릴|빌려|대여|렌트|잃어|두고|놓고|분실|주웠|주운|도난|보관|맡기|맡길|맡겨|(?:가지고|들고)\s*타도|허용|(?:휠체어"
    r"|유모차)[가는이]?\s*(?:있나요|있어요|있습니까)\W*$|들어\s*주|선로|굴러|도와\s*주"
    r"|못\s*들|예약|옮겨|수상",
    re.IGNORECASE,
)


def step_free_span(text: str) -> tuple[int, int] | None:
    """Where a message says so; None where it does not, or asks about the thing itself: "where can I borrow a wheelchair"."""
    found = _NEEDS.search(text)
    return None if found is None or _ABOUT_THE_THING.search(text) else found.span()
