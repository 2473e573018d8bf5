"""What realtime adds to an answer about departures, one fact a sentence."""

from collections.abc import Iterable, Sequence

from assistant.answers.context import Context
from assistant.answers.models import row
from assistant.answers.renderer import Phrase
from assistant.answers.wording import Until, When
from assistant.conversation.models import SourceRow
from assistant.knowledge.models import Call, Departure, ServiceAlert
from assistant.knowledge.notices import is_notice

LOUD_EFFECTS = {"NO_SERVICE", "SIGNIFICANT_DELAYS", "DETOUR"}
"""Effects that belong into every answer about the line; others are told to who asks."""
MOST_CANCELLED = 2


def running(departures: Sequence[Departure]) -> list[Departure]:
    """Those that take people along."""
    return [departure for departure in departures if departure.status != "cancelled"]


def due(departure: Departure) -> Until:
    """The time to be there for, in a list of times."""
    late = departure.status == "delayed" and departure.expected is not None
    return Until(departure.expected if late and departure.expected else departure.scheduled)


def unplanned(departure: Departure) -> bool:
    """Whether a train is in no timetable: it has an expected time only."""
    return departure.source.kind == "realtime"


def changes(departure: Departure) -> list[Phrase]:
    """Delay and change of platform of a departure that has been named with its planned time."""
    phrases: list[Phrase] = []
    if departure.status == "delayed" and departure.expected is not None:
        phrases.append(("utter_timetable_expected", {"expected": When(departure.expected)}))
    elif departure.status == "on_time" and not unplanned(departure):
        phrases.append(("utter_timetable_on_time", {}))
    if departure.platform and departure.scheduled_platform:
        phrases.append(("utter_timetable_moved", {"platform": departure.platform, "scheduled_platform": departure.scheduled_platform}))
    return phrases


def cancelled_before(departures: Sequence[Departure]) -> list[Phrase]:
    """Trains that would have come before the first one that does."""
    phrases: list[Phrase] = []
    for departure in departures:
        if departure.status != "cancelled" or len(phrases) == MOST_CANCELLED:
            break
        name = "utter_timetable_does_not_stop" if departure.skipped else "utter_timetable_cancelled"
        phrases.append((name, {"line": departure.line, "when": When(departure.scheduled)}))
    return phrases


def alert_of(context: Context, departure: Departure, stop_id: str | None) -> ServiceAlert | None:
    """The operator's alert on this line at this stop (None: here) that whoever takes the train has to know of."""
    here = stop_id or context.settings.stop
    found = context.knowledge.alerts(
        context.now, route=departure.route_id, stop=here, trip=departure.trip_id, language=context.language
    )  # fmt: skip
    return next((alert for alert in found if alert.effect in LOUD_EFFECTS or _told_of_line(alert, departure)), None)


def _told_of_line(alert: ServiceAlert, departure: Departure) -> bool:
    """A disruption that the station itself wrote of about this very line."""
    return is_notice(alert) and alert.effect != "NO_EFFECT" and departure.route_id in alert.routes


def say_alert(alert: ServiceAlert) -> Phrase:
    """An alert as a sentence."""
    return "utter_timetable_alert", {"alert": alert.header}


def rows(departure: Departure) -> list[SourceRow]:
    """The rows behind a departure, realtime's too."""
    sources = (departure.source, *(onward.source for onward in departure.onward), departure.live, departure.arrival_source)
    return [row(source) for source in dict.fromkeys(sources) if source is not None]


def call_rows(calls: Iterable[Call]) -> list[SourceRow]:
    """The rows behind a train's calls."""
    sources = (source for call in calls for source in (call.source, call.live))
    return [row(source) for source in dict.fromkeys(sources) if source is not None]
