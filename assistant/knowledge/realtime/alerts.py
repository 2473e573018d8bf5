"""Which alerts concern whom, in which words, and which of them put a lift, a gate or an entrance out of order."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime

from assistant.knowledge.models import Outage, ServiceAlert, Source
from assistant.knowledge.realtime.models import Alert, Period, Selector, Texts
from assistant.knowledge.store.live import LiveStop
from assistant.text import plain

LONGEST_REASON = 200
NOT_PLAIN = re.compile(r"[^A-Za-z0-9_.:-]")
NODES = frozenset({2, 3, 4})
"""`location_type` of entrances, nodes and boarding areas: what an alert on accessibility can shut."""
SHUTS: Mapping[str, frozenset[int]] = {"ACCESSIBILITY_ISSUE": NODES, "OTHER_EFFECT": NODES, "NO_SERVICE": NODES | {0}}
"""Effect → kinds of stops that are out of order by it. A platform that is only not accessible is still one to walk to."""


def on(periods: Collection[Period], moment: float) -> bool:
    """Whether an alert with these periods is on; one without any is, for as long as the feed has it."""
    return not periods or any(period.holds(moment) for period in periods)


def concerns(alert: Alert, *, routes: Collection[str] | None, stops: Collection[str] | None, trip_id: str | None = None) -> bool:
    """Whether an alert is about one of the routes (None: any) and of the stops (None: any): what it names has to fit all of it."""
    return any(_fits(selector, routes, stops, trip_id) for selector in alert.selectors)


def _fits(selector: Selector, routes: Collection[str] | None, stops: Collection[str] | None, trip_id: str | None) -> bool:
    if selector == Selector():
        return False
    if selector.trip_id is not None and selector.trip_id != trip_id:
        return False
    if selector.route_id is not None and routes is not None and selector.route_id not in routes:
        return False
    return selector.stop_id is None or stops is None or selector.stop_id in stops


def words(texts: Texts, language: str) -> str:
    """The text in a language, else of a region of it, else the one without a language, else English, else the first; "" for none."""
    for wanted in ((language, True), (language, False), ("", True), ("en", False)):
        for tag, text in texts:
            if wanted in ((tag, True), (tag.split("-")[0], False)):
                return text
    return texts[0][1] if texts else ""


def service_alert(alert: Alert, language: str, as_of: str, notices: str | None = None) -> ServiceAlert:
    """An alert in the words of a language; `notices` is the table of those that did not come by GTFS-Realtime."""
    named = alert.selectors
    header, description = words(alert.header, language), words(alert.description, language)
    return ServiceAlert(
        id=alert.id, header=header, description="" if description == header else description, effect=alert.effect,
        routes=tuple(dict.fromkeys(selector.route_id for selector in named if selector.route_id)),
        stops=tuple(dict.fromkeys(selector.stop_id for selector in named if selector.stop_id)),
        trips=tuple(dict.fromkeys(selector.trip_id for selector in named if selector.trip_id)),
        source=Source(kind="record" if notices else "realtime", table=notices or "alerts", key=alert.id, as_of=as_of),
    )  # fmt: skip


def outages(alerts: Iterable[Alert], stops: Mapping[str, LiveStop], pathways: Collection[str], now: datetime, as_of: str) -> list[Outage]:
    """What the alerts of this moment put out of order; an alert that names a line or a train shuts nothing."""
    found: list[Outage] = []
    moment = now.timestamp()
    for alert in alerts:
        kinds = SHUTS.get(alert.effect)
        if kinds is None or not on(alert.holds, moment):
            continue
        targets = dict.fromkeys(
            selector.stop_id for selector in alert.selectors if selector.stop_id and not (selector.route_id or selector.trip_id)
        )
        shut = tuple(stop for stop in targets if stop in pathways or (stop in stops and stops[stop].kind in kinds))
        if shut:
            found.append(_outage(alert, shut, now, as_of))
    return found


def _outage(alert: Alert, targets: tuple[str, ...], now: datetime, as_of: str) -> Outage:
    period = next((period for period in alert.holds if period.holds(now.timestamp())), Period(None, None))
    return Outage(
        id=f"realtime-{NOT_PLAIN.sub('-', alert.id)}"[:100], targets=targets[:200], reason=plain(words(alert.header, "en"), LONGEST_REASON),
        since=_at(period.start) or now, until=_at(period.end), origin="realtime",
        source=Source(kind="realtime", table="alerts", key=alert.id, as_of=as_of),
    )  # fmt: skip


def _at(moment: int | None) -> datetime | None:
    try:
        return None if moment is None else datetime.fromtimestamp(moment, UTC)
    except (ValueError, OverflowError, OSError):
        return None
