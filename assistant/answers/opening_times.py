"""When a place is open on a day, or at a time, other than now."""

from datetime import datetime, timedelta

from assistant.answers.asked import Asked, when
from assistant.answers.context import Context, Slots
from assistant.answers.renderer import Phrase
from assistant.answers.times import NIGHT_ENDS
from assistant.answers.wording import OnDay, Until, When
from assistant.knowledge.models import FoundPlace

MOST_CHANGES = 12
"""Openings and closings of a day that are looked at."""
POINTS = ("noon", "midnight")
"""Parts of a day that are a moment."""

type Opening = tuple[datetime, datetime | None]
"""From when until when a place is open; None for good."""


def asked_about(context: Context, slots: Slots) -> Asked:
    """The time whose opening hours are asked for."""
    return when(context, {"time": slots.get("time", "")})


def is_now(context: Context, asked: Asked) -> bool:
    """Whether no other time than now is asked about: "today" is answered as of now."""
    return not asked.known or (asked.day == context.now.date() and not asked.clock and asked.part is None)


def open_first(context: Context, places: list[FoundPlace], asked: Asked) -> list[FoundPlace]:
    """The places with those open then first, otherwise in their order."""
    return sorted(places, key=lambda place: not _open_then(context, place, asked))


def at_time(context: Context, place: FoundPlace, asked: Asked) -> list[Phrase]:
    """Whether a place is open at the time that was named, or from when until when on the day."""
    if place.open_now is None:
        return [("utter_facilities_hours_unknown", {"name": place.name})]
    return _at_moment(context, place, asked.at) if _is_moment(asked) else _on_day(context, place, asked.at)


def _is_moment(asked: Asked) -> bool:
    return asked.clock or asked.part in POINTS


def _open_then(context: Context, place: FoundPlace, asked: Asked) -> bool:
    return _at(context, place, asked.at).open_now is True if _is_moment(asked) else bool(_openings(context, place, asked.at))


def _at(context: Context, place: FoundPlace, moment: datetime) -> FoundPlace:
    """The place as it is at a moment."""
    return context.knowledge.places(place_id=place.id, at=moment, language=context.language)[0]


def _at_moment(context: Context, place: FoundPlace, moment: datetime) -> list[Phrase]:
    then, named = _at(context, place, moment), {"name": place.name, "at": When(moment)}
    if then.open_now and then.closes_at is None:
        return [("utter_facilities_open_always", {"name": place.name})]
    if then.open_now:
        return [("utter_facilities_open_at", named | {"closes": _limit(then.closes_at, moment)})]
    return [("utter_facilities_closed_at", named), *_opens(then)]


def _on_day(context: Context, place: FoundPlace, moment: datetime) -> list[Phrase]:
    found, day = _openings(context, place, moment), OnDay(moment.date())
    begin = _midnight(moment)
    if not found:
        return [("utter_facilities_closed_on", {"name": place.name, "day": day}), *_opens(_at(context, place, begin))]
    (opens, closes), *others = found
    if closes is None:
        return [("utter_facilities_open_always", {"name": place.name})]
    if opens == begin and closes >= begin + timedelta(days=1):
        return [("utter_facilities_open_all_day", {"name": place.name, "day": day})]
    first: Phrase = ("utter_facilities_open_on", {"name": place.name, "day": day, "opens": opens, "closes": closes})
    return [first, *(("utter_facilities_open_again", {"opens": begins, "closes": ends}) for begins, ends in others)]


def _openings(context: Context, place: FoundPlace, moment: datetime) -> list[Opening]:
    """When a place opens and closes on a day; what is left of the night before is not of the day."""
    begin = _midnight(moment)
    end, at = begin + timedelta(days=1), begin
    found: list[Opening] = []
    for _ in range(MOST_CHANGES):
        then = _at(context, place, at)
        if then.open_now and not (at == begin and then.closes_at and then.closes_at <= begin + timedelta(hours=NIGHT_ENDS)):
            found.append((at, then.closes_at))
        following = then.closes_at if then.open_now else then.opens_at
        if following is None or following >= end:
            break
        at = following
    return found


def _opens(then: FoundPlace) -> list[Phrase]:
    return [("utter_facilities_opens", {"opens": When(then.opens_at)})] if then.opens_at else []


def _limit(closes: datetime | None, moment: datetime) -> datetime | Until | None:
    """A closing time, without its day where that is the day asked about."""
    return closes if closes is None or closes - _midnight(moment) <= timedelta(hours=24 + NIGHT_ENDS) else Until(closes)


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
