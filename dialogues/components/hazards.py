"""What a report to staff is about, where a message says so: smoke, or something wet that people slip on. It never decides the intent."""

import re

_SMOKE = re.compile(
    r"(?<!\bi )(?<!\bto )(?<!\bwe )(?<!\bnot )\bsmok(?:e|y)\b|\bburn(?:t|ing)\b|\bsmell(?:s|ing)?\b.{0,24}\b(?:burn\w*|fire|scorch\w*)"
    r"|[冒浓黑白]烟|烟[味雾]|焦[味臭糊]|[糊煳]味|烧焦"
    r"|연기|타는\s*냄새|탄\s*내|탄\s*냄새|그을",
    re.IGNORECASE,
)
_SPILL = re.compile(
    r"\b(?:spill(?:ed|age|s)?|spilt|puddles?|leak(?:s|y|ing|age)?|slippery|flood(?:ed|ing)?|vomit(?:ed)?|drip(?:s|ping)?|soaked)\b"
    r"|\bwet (?:floor|stairs|steps|patch)\b|\b(?:water|coffee|oil|milk|juice|something)\b.{0,30}\b(?:floor|ground|stairs|steps|platform)\b"
    r"|\b(?:floor|ground|stairs|steps|platform)\b.{0,20}\b(?:wet|water|under water)\b|\bsick (?:on|all over|in)\b"
    r"|积水|漏水|渗水|滴水|进水|洒了|[洒泼]了?一地|湿滑|地[上面]?(?:很|好|都是|有)?[一]?(?:滩|滑|湿|水)|一[滩摊]|呕吐"
    r"|물\S{0,3}\s*(?:쏟|흘|고여|고였|고인|새|샌|떨어)|쏟[아았어]|엎질|누수|미끄러|미끄럽|바닥\S{0,2}\s*(?:젖|물|미끄)|토사물|토(?:했|해)|웅덩이",
    re.IGNORECASE,
)


def hazard_span(text: str) -> tuple[int, int, str] | None:
    """Begin, end and kind (`smoke`, `spill`); smoke goes first. None where neither is named."""
    for kind, words in (("smoke", _SMOKE), ("spill", _SPILL)):
        if found := words.search(text):
            return (*found.span(), kind)
    return None
