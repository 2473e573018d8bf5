"""The times of a question about trains: from when, until when, on which day."""

from dataclasses import dataclass, field
from datetime import date, datetime

from assistant.answers import times
from assistant.answers.context import Context, Slots
from assistant.conversation.models import SlotValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The times of a question."""

    at: datetime
    until: datetime | None = None
    day: date | None = None
    """The day, where one was named."""
    clock: bool = False
    """True where a time of day was named."""
    part: str | None = None
    """The part of the day, where that is all that was named of a time."""
    known: list[SlotValue] = field(default_factory=list)
    """The slots that say so."""
    understood: bool = True
    """False where a time was said that is not understood."""


def when(context: Context, slots: Slots) -> Asked:
    """From which moment on, and until when, slots ask."""
    said = slots.get("depart_at") or slots.get("time")
    if not said:
        return Asked(at=context.now)
    until = _moment(context, slots.get("until"))
    if (named := _moment(context, said)) is not None:
        moment = times.Moment(named, day_named=True, time_named=True)
    elif window := times.window(said, context.now):
        moment, until = window
    else:
        parsed = times.parse(said, context.now)
        if parsed is None or not (parsed.day_named or parsed.time_named):
            return Asked(at=context.now, understood=parsed is not None)
        moment = parsed
    known = [SlotValue(type="depart_at", value=said, id=_local(moment.at))]
    if moment.day_named:
        known.append(SlotValue(type="date", value=said, id=moment.at.date().isoformat()))
    if until is not None:
        known.append(SlotValue(type="until", value=said, id=_local(until)))
    day = moment.at.date() if moment.day_named else None
    return Asked(at=moment.at, until=until, day=day, clock=moment.time_named and not moment.part, part=moment.part, known=known)


def _moment(context: Context, said: str | None) -> datetime | None:
    """The moment of an ISO date-time, in the station's zone where it names none."""
    try:
        named = datetime.fromisoformat(said or "").replace(year=min(max(int((said or "")[:4]), 1970), 2200))
    except ValueError:
        return None
    if named.tzinfo:
        return named
    here = named.replace(tzinfo=context.now.tzinfo)
    # The hour that the clocks show twice: what is gone the first time is meant the second time.
    return here if here.timestamp() >= context.now.timestamp() else here.replace(fold=1)


def _local(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")
