"""Filing reports: to the disk and to the broker, bounded so that nobody can flood the staff."""

import contextlib
import json
import secrets
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from assistant import log
from assistant.clock import Clock
from assistant.errors import AssistantError, NotFound
from assistant.reports.models import Receipt, Report, ReportKind, ReportSource
from assistant.reports.store import ReportStore

AGAIN_S = 300.0
"""A conversation files one report of a kind in so many seconds."""
HOUR_S = 3600.0
MOST_AN_HOUR = 30
"""Reports of a kind that all conversations together file in an hour."""

type Send = Callable[[bytes], bool]
"""Hands a message to the broker; True where one is connected and takes it."""


class Reports:
    """The station's reports. Safe from every thread."""

    def __init__(
        self, store: ReportStore, clock: Clock, send: Send = lambda _: False, *, kiosk: str, place: str | None = None,
        tick: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._store, self._clock, self._send, self._tick = store, clock, send, tick
        self._kiosk, self._place = kiosk, place
        self._lock = threading.Lock()
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reports")
        self._number = store.last_number()
        self._filed: dict[int, tuple[float, Receipt]] = {}
        """What conversations filed lately, by a number that leads back to none of them: when, and what they were told."""
        self._times: dict[ReportKind, deque[float]] = defaultdict(lambda: deque(maxlen=MOST_AN_HOUR))

    def file(self, kind: ReportKind, conversation: str = "", place: str | None = None) -> Receipt:
        """Files what a conversation needs staff for, where the kiosk stands unless `place` says where. Waits for no disk; never raises."""
        now, key = self._tick(), hash((conversation, kind))
        with self._lock:
            self._filed = {old: filed for old, filed in self._filed.items() if now - filed[0] < AGAIN_S}
            if key in self._filed:
                return self._filed[key][1]
            times = self._times[kind]
            if len(times) == MOST_AN_HOUR and now - times[0] < HOUR_S:
                log.event("report_withheld", kind=log.Id(kind))
                return Receipt(number=None, told=False)
            times.append(now)
            report = self._new(kind, "kiosk", place)
            receipt = Receipt(number=report.number, told=self._sent(report))
            self._filed[key] = now, receipt
        with contextlib.suppress(RuntimeError):  # the machine is just being stopped
            self._writer.submit(self._write, report)
        return receipt

    def add(self, kind: ReportKind, source: ReportSource, place: str | None = None) -> Report:
        """Files what somebody with a token reports: it is on the disk when this returns. Raises Unavailable."""
        with self._lock:
            report = self._new(kind, source, place)
        self._store.add(report)
        self._sent(report)
        return report

    def listed(self, *, limit: int, waiting: bool = False) -> list[Report]:
        """Reports, the newest first; with `waiting` those that nobody has acknowledged. Raises Unavailable."""
        return self._store.listed(limit=limit, waiting=waiting)

    def find(self, report_id: str) -> Report:
        """The report of an id. Raises NotFound or Unavailable."""
        found = self._store.find(report_id)
        if found is None:
            raise NotFound("no report has this id", code="report-not-found")
        return found

    def acknowledge(self, report: str | int, by: str) -> Report:
        """Notes that `by` has seen a report, known by id or number; the first one stays. Raises NotFound or Unavailable."""
        found = self._store.acknowledge(report, by, self._clock.now())
        if found is None:
            raise NotFound("no report has this id", code="report-not-found")
        return found

    def close(self) -> None:
        """Writes what waits, and lets go of the file."""
        self._writer.shutdown(wait=True)
        self._store.close()

    def _new(self, kind: ReportKind, source: ReportSource, place: str | None) -> Report:
        self._number += 1
        return Report(
            number=self._number, id=secrets.token_hex(6), kind=kind, kiosk=self._kiosk, place=place or self._place,
            at=self._clock.now(), source=source,
        )  # fmt: skip

    def _sent(self, report: Report) -> bool:
        try:
            return self._send(message(report))
        except Exception as error:  # whatever a broker does, the traveller is answered
            log.failure("report_not_sent", error)
            return False

    def _write(self, report: Report) -> None:
        try:
            self._store.add(report)
        except AssistantError as error:
            log.failure("report_not_written", error)


def message(report: Report) -> bytes:
    """A report as the broker gets it: JSON."""
    told = {
        "id": report.id, "number": report.number, "kind": report.kind, "kiosk": report.kiosk, "place": report.place,
        "at": report.at.isoformat(timespec="seconds"), "source": report.source,
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False).encode()
