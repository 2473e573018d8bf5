"""Other ways to write a stop's name: words in full and cut short, ordinals as words, initials."""

import re
from collections import Counter
from collections.abc import Iterable

_SHORT = {
    "street": ("st",), "avenue": ("ave", "av"), "square": ("sq",), "road": ("rd",), "boulevard": ("blvd",), "center": ("ctr", "cntr"),
    "centre": ("ctr",), "international": ("intl", "int'l"), "national": ("natl", "nat'l"), "university": ("univ",), "mount": ("mt",),
    "fort": ("ft",), "heights": ("hts",), "junction": ("jct", "jn"), "parkway": ("pkwy",), "drive": ("dr",), "saint": ("st",),
    "education": ("edu",), "place": ("pl",), "hospital": ("hosp",),
}  # fmt: skip
_FULL = {short: full for full, shorts in _SHORT.items() for short in shorts if full not in ("saint", "centre")}
_FIRST_ONLY = {"st": "saint", "mt": "mount", "ft": "fort"}
"""What these stand for at the head of a name; "ft" and "mt" stand for nothing elsewhere."""
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*\.?|\d+(?:st|nd|rd|th)\b", re.IGNORECASE)
_UNITS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
          "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth")  # fmt: skip
_TENS = ("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet")
_SMALL = frozenset({"of", "the", "and", "at", "on", "de", "del", "la", "el", "le", "des"})
_WORDS = frozenset(
    "ac ad ah am an as at ax bc be bi by cc cd cv dc do dr dj ed eh em en ev ex fm ft gm go gp ha he hi hm ho hr id if in is it jr kg km"
    " la le lg lo ma me mi mm mr ms mt my na ng no nr nt oh ok on op or ow ox pa pc ph pi pm po pp ps qr re rs so sr st ta tb tv uh uk um"
    " un up us vs wc we wifi wow ya ye yo cctv hmm mrs nth pls plz pst sms sos ssh thx tvs usb vip brb gps gym sky why try cry dry fly fry"
    " my ply pry shy sky sly spy sty try lcd led pdf php pvc rpm tbd ths xxl"
    " ic ec ir rb ktx srt itx gtx tgv brt lrt mrt nb sb eb wb".split()
)
"""What people say that is no stop, though a stop's initials spell it."""
_COMMON_ENDING = 4


def ways(name: str, ending: str = "") -> list[str]:
    """Other ways to write one name, the likeliest first; `ending` is what many names end in and nobody says."""
    plain = name[: -len(ending)].strip() if ending and name.casefold().endswith(ending) else name
    full = _WORD.sub(_in_full, plain)
    written = (plain, full, _WORD.sub(_ordinal, full), _WORD.sub(_cut, plain), _WORD.sub(_cut, full), _initials(full))
    return list(dict.fromkeys(way for way in written if way and way.casefold() != name.casefold()))


def common_ending(names: Iterable[str]) -> str:
    """The words before "station" that many of the names share, as in "San Bruno Caltrain Station"; empty for none."""
    endings = Counter(" ".join(name.casefold().split()[-2:]) for name in names if len(name.split()) > 2)
    stations = {ending: count for ending, count in endings.items() if ending.endswith(" station")}
    if not stations:
        return ""
    ending = max(stations, key=lambda key: stations[key])
    return f" {ending}" if stations[ending] >= _COMMON_ENDING else ""


def _bare(word: str) -> str:
    return word.casefold().replace("’", "'").rstrip(".")


def _in_full(match: re.Match[str]) -> str:
    word = _bare(match[0])
    if word in _FIRST_ONLY and (match.start() == 0 or word != "st"):
        full = _FIRST_ONLY[word] if match.start() == 0 else None
    else:
        full = _FULL.get(word)
    return full.capitalize() if full else match[0]


def _cut(match: re.Match[str]) -> str:
    shorts = _SHORT.get(_bare(match[0]))
    return shorts[0].capitalize() if shorts else match[0]


def _ordinal(match: re.Match[str]) -> str:
    if not match[0][0].isdigit():
        return match[0]
    number = int(match[0][:-2])
    if 1 <= number < 20:
        return _UNITS[number - 1].capitalize()
    if 20 <= number < 100:
        tens, unit = divmod(number, 10)
        return f"{_TENS[tens - 2]}y {_UNITS[unit - 1]}".capitalize() if unit else f"{_TENS[tens - 2]}ieth".capitalize()
    return match[0]


def _initials(name: str) -> str | None:
    """The initials of a name of several words of Latin letters, where nobody could take them for a word."""
    words = [word for word in name.split() if word.casefold() not in _SMALL and word.casefold() != "station"]
    if len(words) < 2 or not all(re.fullmatch(r"[A-Za-z][A-Za-z'’.]*", word) for word in words):
        return None
    initials = "".join(word[0] for word in words).upper()
    spoken = initials.casefold() in _WORDS or (len(initials) > 2 and re.search("[AEIOU]", initials[:-1]) and len(initials) < 5)
    return None if spoken else initials
