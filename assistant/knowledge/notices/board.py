"""The notices that are known now, as alerts beside those of GTFS-Realtime. Asks no database: what was known last stays."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from assistant import log
from assistant.errors import Unavailable
from assistant.knowledge.models import ServiceAlert
from assistant.knowledge.notices.models import TABLE, Notice
from assistant.knowledge.realtime import alerts as words
from assistant.knowledge.realtime.models import Alert, Period, Selector

EFFECTS = {"information": "NO_EFFECT", "disruption": "OTHER_EFFECT"}
"""Kind → GTFS-Realtime `Effect`: what exactly is disrupted stands in the text."""


class NoticeBoard:
    """Safe from every thread: what is read is never changed, only replaced."""

    def __init__(self) -> None:
        self._alerts: tuple[tuple[Alert, str], ...] = ()
        self._known: tuple[Notice, ...] = ()

    def become(self, notices: Iterable[Notice]) -> bool:
        """All notices there are, planned ones too; False where they were known."""
        known = tuple(notices)
        if known == self._known:
            return False
        alerts = [(_alert(one), one.changed_at.isoformat(timespec="seconds")) for one in known]
        self._known, self._alerts = known, tuple(alerts)
        return True

    def refresh(self, load: Callable[[], Sequence[Notice]]) -> bool:
        """Reads them anew; where that cannot be, those known stay. True where they changed."""
        try:
            return self.become(load())
        except Unavailable as error:
            log.failure("notices_unread", error)
            return False

    def alerts(
        self, at: datetime, *, routes: Iterable[str] | None, stops: Iterable[str] | None, here: Iterable[str], language: str
    ) -> list[ServiceAlert]:
        """Those in force about one of the routes and stops (None: any), disruptions first; one that names nothing is about `here`."""
        wanted_routes, wanted_stops = (None if one is None else frozenset(one) for one in (routes, stops))
        station = tuple(Selector(stop_id=stop) for stop in here)
        found = []
        for alert, as_of in self._alerts:
            whom = alert if alert.selectors else _about(alert, station)
            if words.on(alert.shown, at.timestamp()) and words.concerns(whom, routes=wanted_routes, stops=wanted_stops):
                found.append(words.service_alert(alert, language, as_of, TABLE))
        return sorted(found, key=lambda alert: alert.effect != EFFECTS["disruption"])


def is_notice(alert: ServiceAlert) -> bool:
    """Whether an alert is a notice of the station."""
    return alert.source.kind == "record" and alert.source.table == TABLE


def _alert(notice: Notice) -> Alert:
    selectors = [Selector(route_id=line) for line in notice.lines] + [Selector(stop_id=stop) for stop in notice.stops]
    return Alert(
        id=f"notice-{notice.id}", effect=EFFECTS[notice.kind], header=tuple(notice.texts.items()), description=(),
        selectors=tuple(selectors), shown=(Period(int(notice.since.timestamp()), int(notice.until.timestamp())),),
    )  # fmt: skip


def _about(alert: Alert, selectors: tuple[Selector, ...]) -> Alert:
    return Alert(id=alert.id, effect=alert.effect, header=alert.header, description=(), selectors=selectors)
