"""Spans of time expressions to moments, in English, Chinese and Korean, relative to the station's clock.

A clock time without a half of the day ("the 8:15") means the next moment it can mean; "at eight tomorrow" means the morning.
"Next Friday" is the first Friday after today; 下周五 and 다음 주 금요일 are next week's. "Half nine" is half past nine.
A span of which a part is not understood means nothing: no answer may rest on half of what was said.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from assistant.answers.time_words import MONTHS, WEEKDAYS, plain

PARTS = {
    "dawn": (0, 6), "morning": (6, 12), "forenoon": (6, 12), "noon": (12, 13), "afternoon": (12, 18),
    "evening": (18, 24), "tonight": (18, 24), "night": (20, 24), "midnight": (24, 24),
}  # fmt: skip
"""The hours of the parts of a day; midnight is the end of its day."""
HALVES = re.compile(r"\b[ap]\.?m\b\.?", re.IGNORECASE)
HALF_PARTS = {"a": "forenoon", "p": "afternoon"}
LATE = {"evening", "tonight", "night", "midnight"}
NIGHT_ENDS = 4
"""The hour until which the night goes on that began the day before."""
MONTH = rf"(?P<month>{'|'.join(MONTHS)}|(?:{'|'.join(month[:3] for month in MONTHS)}|sept)\b\.?)"
DATES = (
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? +{MONTH}\b",
    rf"\b{MONTH} +(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.])\b",
    r"\bthe +(?P<day>\d{1,2})(?:st|nd|rd|th)\b",
)
CLOCKS = (
    r"(?<![\d:.])(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?![\d:])",
    r"\b(?P<half>half)(?: past)? (?P<hour>\d{1,2})\b",
    r"\b(?:1 |a )?quarter (?P<side>past|after|to|before) (?P<hour>\d{1,2})\b",
    r"(?<!\d)(?P<minute>\d{1,2})(?: minutes?)? (?P<side>past|after|to|before) (?P<hour>\d{1,2})(?![\d:.])",
    r"(?<!\d)(?P<hour>\d{1,2}) (?P<minute>\d{2})(?!\d)",
    r"(?<!\d)(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?!\d)",
    r"(?<![\d:.])(?P<hour>\d{1,2})(?![\d:.])",
)
FILLERS = re.compile(
    r"\b(?:at|on|in|the|of|by|before|after|around|about|until|till|past|from|early|late|this|please)\b"
    r"|以前|之前|以后|之后|左右|[的前后在]|이전|이후|정도|까지|넘어서|부터|[에쯤경전후날]|[\s,，、.。']"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """What a span means: from when, and whether a day or a time of day was named."""

    at: datetime
    day_named: bool
    time_named: bool
    part: str | None = None
    """The part of the day, where that is all that was named of a time."""


WINDOWS = (
    r"^(?P<day>.*?)\b(?:between|from) +(?P<first>.+?) +(?:and|to|until|till) +(?P<last>.+)$",
    r"^(?P<day>.*?)从?(?P<first>[^从到至和]+?)(?:到|至|和)(?P<last>.+?)(?:之间)?$",
    r"^(?P<day>.*?)(?P<first>\S+(?: ?\d+분| ?반)?) ?(?:에서|부터|와|과) ?(?P<last>.+?)(?: ?사이| ?까지)?$",
)
"""From a time until another, as it is said."""


@dataclass(frozen=True, slots=True)
class _Clock:
    """A clock time as it was said; `exact` where it needs no half of a day."""

    hour: int
    minute: int
    exact: bool


class _Span:
    """What of a span is still to be read."""

    def __init__(self, text: str) -> None:
        self.text = text

    def take(self, pattern: str) -> re.Match[str] | None:
        """The first place that fits, which is then read."""
        if match := re.search(pattern, self.text):
            self.drop(match)
        return match

    def drop(self, match: re.Match[str]) -> None:
        self.text = f"{self.text[: match.start()]} {self.text[match.end() :]}"

    def drop_all(self, pattern: str) -> None:
        """Every place that fits counts as read."""
        self.text = re.sub(pattern, " ", self.text)

    def read(self) -> bool:
        """Whether nothing is left but words that say nothing of a time."""
        return not FILLERS.sub("", self.text)


def parse(span: str, now: datetime) -> Moment | None:
    """The moment that `span` means at `now` (aware, in the station's zone), or None where it names none."""
    words = _Span(plain(span))
    moment = _relative(words, now)
    at_once = words.take(r"\bnow\b")
    moment = moment or _named(words, now) or (Moment(now, day_named=False, time_named=False) if at_once else None)
    return moment if moment and words.read() else None


def window(span: str, now: datetime) -> tuple[Moment, datetime] | None:
    """From when until when "between 8 and 9" is at `now`, or None where `span` names no two times in their order."""
    for pattern in WINDOWS:
        if match := re.search(pattern, span.strip(), re.IGNORECASE):
            day, first, last = (match[name].strip() for name in ("day", "first", "last"))
            half = next((word for word in HALVES.findall(last) if not HALVES.search(first)), "")
            named = parse(last, now)
            since = _at(named.at.date(), 0, 0, now) if named and named.day_named and not day else now
            for said in dict.fromkeys((f"{day} {first} {half}", f"{day} {first}")):
                begin = parse(said, since)
                end = (parse(last, begin.at) if since is now else named) if begin and (begin.time_named or begin.at == now) else None
                if begin and end and end.time_named and timedelta() < end.at - begin.at < timedelta(hours=12):
                    return begin, end.at
    return None


def _relative(words: _Span, now: datetime) -> Moment | None:
    length = r"(\d{1,4}) ?(min(?:ute)?|hour|day)s?\b(?:'?s? time)?"
    if words.take(rf"\b(?:within|in the next)(?: about)? {length}"):
        return Moment(now, day_named=False, time_named=False)
    match = words.take(rf"\bin +(?:about )?{length}") or words.take(rf"\b{length} from +now\b")
    if match is None or match[2] == "day":
        return None
    delta = timedelta(hours=int(match[1])) if match[2] == "hour" else timedelta(minutes=int(match[1]))
    return Moment((now.astimezone(UTC) + delta).astimezone(now.tzinfo), day_named=False, time_named=True)


def _named(words: _Span, now: datetime) -> Moment | None:
    day, weekly = _day(words, now.date())
    part = _part(words)
    half = match[1] if (match := words.take(r"\b([ap])m\b")) else None
    clock = _clock(words)
    if clock is None and half:
        part = None if part else HALF_PARTS[half]
    if (clock is None and not (day or part)) or (day and day < now.date()):
        return None
    at = _whole(day, part, now) if clock is None else _timed(clock, _hours(clock, part, half, now, day), day, now, weekly=weekly)
    at = max(at, now, key=datetime.timestamp)
    return Moment(at, day_named=day is not None, time_named=bool(clock or part), part=None if clock else part)


def _whole(day: date | None, part: str | None, now: datetime) -> datetime:
    """When a day begins, or a part of it; a night that goes on has begun."""
    first = day or now.date()
    if part in ("tonight", "night") and first == now.date() and now.hour < NIGHT_ENDS:
        return now
    begin, end = PARTS[part] if part else (0, 24)
    over = day is None and now >= _at(first, end, 0, now)
    return _at(first + timedelta(days=over), begin, 0, now)


def _timed(clock: _Clock, hours: list[int], day: date | None, now: datetime, *, weekly: bool) -> datetime:
    """The next moment that a clock time can mean."""
    first = day or now.date()
    days = [first, first + timedelta(days=1 if day is None else 7 if weekly else 0)]
    moments = [_at(on, hour, clock.minute, now) for on in days for hour in hours]
    return next((moment for moment in moments if moment.timestamp() >= now.timestamp()), now)


def _at(day: date, hour: int, minute: int, now: datetime) -> datetime:
    """A moment of a day, whose hours go on after 24."""
    return datetime.combine(day + timedelta(days=hour // 24), time(hour % 24, minute), tzinfo=now.tzinfo)


def _hours(clock: _Clock, part: str | None, half: str | None, now: datetime, day: date | None) -> list[int]:
    """The hours, from the day's beginning, that a clock time can mean; both halves of today where nothing tells."""
    hour, today = clock.hour, day in (None, now.date())
    night = 24 if part in LATE and hour % 12 < 5 else 0
    if night and today and now.hour < NIGHT_ENDS:
        return [hour % 12, hour % 12 + night]
    if clock.exact:
        return [hour + night if hour < 5 else hour]
    if half:
        return [hour % 12 + (12 if half == "p" else night)]
    match part:
        case "dawn" | "morning":
            return [hour % 12]
        case "forenoon":
            return [hour]
        case "noon":
            return [hour if hour > 9 else hour + 12]
        case "afternoon":
            return [hour % 12 + 12]
        case "evening" | "tonight" | "night" | "midnight":
            return [hour % 12 + (night or 12)]
        case _:
            return [hour % 12, hour % 12 + 12] if today else [hour]


def _part(words: _Span) -> str | None:
    found = [part for part in PARTS if re.search(rf"\b{part}\b", words.text)]
    if len(found) == 1 or LATE.issuperset(found):
        for part in found:
            words.take(rf"\b{part}\b")
        return found[-1] if found else None
    return None


def _day(words: _Span, today: date) -> tuple[date | None, bool]:
    """The day named, and whether it is one that comes every week."""
    if match := words.take(r"\+(\d{1,3})"):
        ahead = today + timedelta(days=int(match[1]))
        words.drop_all(rf"\b{WEEKDAYS[ahead.weekday()]}\b")
        return ahead, False
    for pattern in DATES:
        match = re.search(pattern, words.text)
        if match and (day := _date(match.groupdict(), today)):
            words.drop(match)
            words.drop_all(rf"\b{WEEKDAYS[day.weekday()]}\b")
            return day, False
    for number, name in enumerate((*WEEKDAYS, "weekend")):
        if match := words.take(rf"\b(?:(weekafter|nextweek|thisweek|next) +)?(?:{name}s?|{name[:3]})\b"):
            return _weekday(match[1], number, today), match[1] is None and number < 7
    return None, False


def _weekday(which: str | None, number: int, today: date) -> date:
    weekend, number = number == 7, min(number, 5) if number == 7 else number
    monday = today - timedelta(days=today.weekday())
    if which == "weekafter":
        return monday + timedelta(days=14 + number)
    if which == "nextweek" or (which == "next" and weekend):
        return monday + timedelta(days=7 + number)
    if weekend and today.weekday() >= number:
        return today
    if which == "thisweek":
        return monday + timedelta(days=number)
    ahead = (number - today.weekday()) % 7
    return today + timedelta(days=ahead or (7 if which == "next" else 0))


def _date(named: dict[str, str | None], today: date) -> date | None:
    """The next day of that name, within a year."""
    day, month = int(named["day"] or 0), named.get("month")
    for ahead in range(13):
        years, index = divmod(today.month - 1 + ahead, 12)
        if month and not MONTHS[index].startswith(month[:3]):
            continue
        try:
            found = date(today.year + years, index + 1, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def _clock(words: _Span) -> _Clock | None:
    """The clock time named; one that no clock shows is left unread."""
    for pattern in CLOCKS:
        if match := re.search(pattern, words.text):
            found = {name: value for name, value in match.groupdict().items() if value is not None}
            hour, minute = int(found["hour"]), int(found.get("minute", 0))
            minute = 15 if "quarter" in match[0] else 30 if "half" in found else minute
            if found.get("side") in ("to", "before"):
                hour, minute = (hour - 1 if hour > 1 else hour + 11), 60 - minute
            if hour > 24 or not 0 <= minute < 60 or (hour == 24 and minute):
                return None
            words.drop(match)
            return _Clock(hour, minute, exact=hour > 12 or hour == 0 or (found["hour"][0] == "0" and "side" not in found))
    return None
