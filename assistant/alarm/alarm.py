"""The alarm of one kiosk: from what rules, sensors and senders tell to what the screen shows, the voice says and other kiosks learn."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, get_args
from zoneinfo import ZoneInfo

from assistant import log
from assistant.alarm import raising
from assistant.alarm.announcer import Announcement, Announcer, Page
from assistant.alarm.book import PROGRAM, Book, id_of
from assistant.alarm.evacuation import unsafe, way_out
from assistant.alarm.inlets import Folder
from assistant.alarm.models import Alert, Standing
from assistant.alarm.sharing import Sharing
from assistant.alarm.view import by_rank, view
from assistant.alarm.views import AlertView, WayOut
from assistant.answers.renderer import Renderer, Responses
from assistant.clock import Clock
from assistant.environment.fire import Detector, Locator
from assistant.environment.fire.models import Kind
from assistant.environment.quality import Kind as TroubleKind
from assistant.environment.quality import Trouble
from assistant.environment.rules import Change
from assistant.environment.sensing import Sensing
from assistant.knowledge import Knowledge
from assistant.knowledge.indoor.zones import Zones
from assistant.settings import Settings

TICK_S: Final = 1.0
SCAN_S: Final = 2.0
WAYS_FOR: Final = timedelta(seconds=20)
"""So long a way out is taken as it is, unless what is known of the fire changes."""
SETTLING_S: Final = 120.0
"""After a start: so long the alerts of before are left at least, also where their sensors have spoken again."""
RECENT: Final = timedelta(minutes=30)
"""Detectors that began to sound longer ago tell nothing of where it burns now; their zones are kept clear all the same."""
FIRE_KINDS: Final[tuple[Kind, ...]] = ("smoke", "heat_alarm", "co_alarm", "call_point")
EVERY: Final = 1000
DISK: Final = "readings"

type Ways = tuple[WayOut | None, WayOut | None]
"""The way out, and the one without stairs."""


class Alarm:
    """Meets `board.Board` and `answers.ports.Warnings`. What tells of danger may come on any thread; the rest is done on one of its own."""

    def __init__(
        self, settings: Settings, clock: Clock, zone: ZoneInfo, knowledge: Knowledge, responses: Responses, book: Book,
        announcer: Announcer, ring: Callable[[], None],
    ) -> None:  # fmt: skip
        self._settings, self._clock, self._zone, self._knowledge, self._responses = settings, clock, zone, knowledge, responses
        self.book, self._announcer, self._ring = book, announcer, ring
        self._sender = sender_of(settings)
        self._rules = {rule.id: rule for rule in settings.rules}
        self._loop = asyncio.get_running_loop()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="alarm")
        self._sensing: Sensing | None = None
        self._views: tuple[AlertView, ...] = ()
        self._said: tuple[Announcement, ...] = ()
        self._ways: tuple[tuple[frozenset[str], datetime], Ways] | None = None
        self._locator: tuple[object, Locator] | None = None
        self._ids = {self._id(f"rule:{rule.id}"): rule.id for rule in settings.rules}
        """Alert → rule."""
        self._inherited: set[str] = set()
        """Alerts of rules and sensors that stood before this start, until they are confirmed or ended."""
        self._began = time.monotonic()
        self._tasks: list[asyncio.Task[None]] = []
        self.disclaimer = {language: self._in(language).text("utter_emergency_disclaimer") for language in settings.languages}

    def start(self, sensing: Sensing, sharing: Sharing | None, folder: Folder | None) -> None:
        """Begins: what stood before a restart stands again at once."""
        self._sensing = sensing
        self._inherited = {one.id for one in self.book.standing() if one.source in ("rule", "sensor")}
        self._refresh()
        self.book.listen(self._changed)
        self._tasks = [asyncio.create_task(self._run(sharing))]
        if folder is not None:
            self._tasks.append(asyncio.create_task(_scan(folder)))

    async def stop(self) -> None:
        """Ends, in silence; what stands is kept."""
        for task in self._tasks:
            task.cancel()
        await asyncio.to_thread(self._worker.shutdown)
        await self._announcer.stop()
        await asyncio.to_thread(self.book.close)

    def happened(self, changes: Sequence[Change], troubles: Sequence[Trouble]) -> None:
        """What rules and watches have found."""
        for change in changes:
            self._of_rule(change)
        for trouble in troubles:
            self._of_trouble(trouble)
        if changes:
            self._submit(self._refresh)

    def end(self, alert_id: str, by: str) -> bool:
        """Staff end an alert, and the rule that raised it with it; False where none stands."""
        ended = self.book.clear(alert_id, by, operator=True)
        if ended and self._sensing is not None and alert_id in self._ids:
            self._sensing.end(self._ids[alert_id])
        return ended

    def standing(self) -> Sequence[AlertView]:
        """The warnings for travellers, the most severe first."""
        return self._views

    def page(self, play: Page) -> contextlib.AbstractContextManager[None]:
        """A page that plays announcements where the machine has no loudspeaker of its own, while this is open."""
        return self._announcer.page(play)

    def view(self, one: Standing) -> AlertView:
        """A standing alert with the ways out that the map knows; what is for staff only, too."""
        known = next((known for known in self._views if known.id == one.id), None)
        return known or view(one, self._settings)

    def sentences(self) -> list[tuple[str, str]]:
        """(language, sentence): all that may have to be said in an alarm of this station, for the voice to make ahead."""
        found = []
        for language in self._settings.languages:
            renderer = self._in(language)
            found += [(language, renderer.speech(name)) for name in ("utter_emergency_attention_general", "utter_emergency_no_lifts")]
            found.append((language, unsafe(language)))
            for rule in self._settings.rules:
                if rule.alert.life_safety:
                    stands = view(_standing(raising.of_rule(self._settings, rule, _raised(rule.id), self._sender, None)), self._settings)
                    found += [(language, said) for said in self._sentences(stands, language)]
            for place in self._knowledge.places(category="exit", at=self._now(), language=language, limit=EVERY):
                found.append((language, renderer.speech("utter_emergency_exit_named", name=place.name)))
        return list(dict.fromkeys(found))

    def _of_rule(self, change: Change) -> None:
        rule = self._rules.get(change.rule_id)
        key = f"rule:{change.rule_id}"
        alert_id = self._id(key)
        if change.kind == "cleared" or rule is None:
            self.book.clear(alert_id, PROGRAM, final=False)
            return
        old = self.book.find(alert_id)
        if old is None and change.kind == "updated":
            return  # staff have ended it
        alert = raising.of_rule(self._settings, rule, change, self._sender, old.alert if old else None)
        self.book.stand(alert, source="rule", life_safety=rule.alert.life_safety, latched=rule.latch, key=key)

    def _of_trouble(self, trouble: Trouble) -> None:
        sensor = next((sensor for sensor in self._settings.sensors if sensor.id == trouble.sensor), None)
        if sensor is None:
            return
        alert = raising.of_trouble(self._settings, self._responses, sensor, trouble, self._sender, self._clock.now())
        self._staff(f"sensor:{trouble.sensor}:{trouble.kind}", alert, stands=not trouble.over)

    def _staff(self, key: str, alert: Alert, *, stands: bool) -> None:
        alert_id = self._id(key)
        if not stands:
            self.book.clear(alert_id, PROGRAM, final=False)
        elif self.book.find(alert_id) is None:
            self.book.stand(alert, source="sensor", key=key)

    async def _run(self, sharing: Sharing | None) -> None:
        """What time alone changes. Nothing may end it."""
        disk = self.book.find(self._id(DISK)) is not None
        while True:
            await asyncio.sleep(TICK_S)
            try:
                now = self._clock.now()
                self.book.tick(now)
                if sharing is not None:
                    sharing.tick(now)
                disk = self._look_at_disk(disk, now)
                self._reconcile()
                if any(shown.response == "Evacuate" for shown in self._views):
                    self._submit(self._refresh)
            except Exception as error:
                log.failure("alarm_failed", error)

    def _look_at_disk(self, before: bool, now: datetime) -> bool:
        """Tells staff where readings cannot be written."""
        failing = self._sensing is not None and self._sensing.history.trouble is not None
        if failing != before:
            self._staff(DISK, raising.of_disk(self._settings, self._responses, self._sender, now), stands=failing)
        return failing

    def _reconcile(self) -> None:
        """Ends what stood before a restart and holds no more, once every sensor that it is about has spoken again."""
        if self._sensing is None or not self._inherited or time.monotonic() - self._began < SETTLING_S:
            return
        spoken, raised = self._sensing.spoken(), self._sensing.raised()
        wrong = {self._id(f"sensor:{trouble.sensor}:{trouble.kind}") for trouble in self._sensing.troubles()}
        about = {self._id(f"sensor:{sensor.id}:{kind}"): sensor.id for sensor in self._settings.sensors for kind in get_args(TroubleKind)}
        for one in [one for one in self.book.standing() if one.id in self._inherited]:
            if one.source == "rule":
                rule = self._rules.get(self._ids.get(one.id, ""))
                over = rule is None or (rule.id not in raised and not one.latched and spoken.issuperset(rule.sensors))
            else:
                over = one.id not in wrong and one.id != self._id(DISK) and about.get(one.id) in {*spoken, None}
            if over:
                self.book.clear(one.id, PROGRAM, final=False)
        self._inherited &= {one.id for one in self.book.standing()}

    def _changed(self) -> None:
        """The book has changed; on any thread."""
        self._submit(self._refresh)

    def _submit(self, work: Callable[[], None]) -> None:
        with contextlib.suppress(RuntimeError):  # the machine is just being stopped
            self._worker.submit(work)

    def _refresh(self) -> None:
        """Shows at once what stands, with the ways out that are known already; then with those of now."""
        try:
            self._show()
            if any(one.response == "Evacuate" for one in self._views) and self._look_for_ways():
                self._show()
        except Exception as error:
            log.failure("alarm_not_refreshed", error)

    def _show(self) -> None:
        public = [one for one in by_rank(self.book.standing()) if one.alert.scope == "Public"]
        plain = _once([view(one, self._settings) for one in public])
        out, step_free = self._ways[1] if self._ways else (None, None)
        views = tuple(
            each.model_copy(update={"way_out": out, "way_out_step_free": step_free}) if each.response == "Evacuate" else each
            for each in plain
        )  # fmt: skip
        if views == self._views:
            return
        self._views = views
        self._said = tuple(self._announcement(one) for one in views if one.life_safety)
        with contextlib.suppress(RuntimeError):  # the loop is just being closed
            self._loop.call_soon_threadsafe(self._tell)

    def _announcement(self, one: AlertView) -> Announcement:
        """What is said of an alert; nothing of its own where its words cannot be had: the general sentence is said then."""
        said = {}
        for language in self._settings.languages:
            try:
                said[language] = self._sentences(one, language)
            except Exception as error:  # words that operators edit must not silence an alarm
                log.failure("announcement_not_worded", error)
                said[language] = ()
        return Announcement(alert_id=one.id, sentences=said)

    def _tell(self) -> None:
        self._ring()
        self._announcer.say(self._said)

    def _look_for_ways(self) -> bool:
        """Finds the ways out around where it may burn; False where they are those of before."""
        now, avoid = self._now(), self._avoid()
        if self._ways is not None and self._ways[0][0] == avoid and now - self._ways[0][1] < WAYS_FOR:
            return False
        found = tuple(
            way_out(self._knowledge.pinned(), self._settings, self._responses, at=now, avoid=avoid, step_free=step_free)
            for step_free in (False, True)
        )  # fmt: skip
        self._ways = (avoid, now), (found[0], found[1])
        return True

    def _avoid(self) -> frozenset[str]:
        """The zones where a fire may be: by the detectors, and those that fire alerts of others name."""
        named = {
            zone for one in self.book.standing() if one.life_safety and one.source != "rule"
            for info in one.alert.infos if "Fire" in info.categories and info.urgency != "Past"
            for area in info.areas for zone in area.zones
        }  # fmt: skip
        return frozenset(named | self._burning())

    def _burning(self) -> set[str]:
        """Where it may burn: the zones that hold most of the probability, those of every detector that sounds, and where none is known
        to sound, those that the standing alert names."""
        if self._sensing is None:
            return set()
        zones, now = self._knowledge.zones(), self._clock.now()
        sounding = {key: min(since, now) for key, since in self._sensing.sounding().items()}
        hang = {sensor.id: sensor.zone for sensor in self._settings.sensors if sensor.zone and sensor.id in sounding}
        found = {zone for zone in hang.values() if zones.zone(zone)}
        found |= set(self._locate(zones, {key: since for key, since in sounding.items() if now - since <= RECENT} or sounding))
        if not found:
            fires = [one for one in self.book.standing() if one.source == "rule" and one.life_safety]
            found = {zone for one in fires for info in one.alert.infos for area in info.areas for zone in area.zones}
        return found

    def _locate(self, zones: Zones, sounding: Mapping[str, datetime]) -> Sequence[str]:
        if self._sensing is None:
            return ()
        if self._locator is None or self._locator[0] is not zones:
            detectors = [
                Detector(id=sensor.id, zone=zone, kind=sensor.quantity)
                for sensor in self._settings.sensors
                if sensor.quantity in FIRE_KINDS and sensor.zone is not None and (zone := zones.zone(sensor.zone)) is not None
            ]
            self._locator = zones, Locator(zones, detectors)
        silent = {trouble.sensor for trouble in self._sensing.troubles() if trouble.kind in ("silent", "unavailable")}
        located = self._locator[1].locate(sounding, at=self._clock.now(), silent=silent)
        return located.zones if located else ()

    def _sentences(self, one: AlertView, language: str) -> tuple[str, ...]:
        """What is said of an alert, the sentence that counts first."""
        renderer = self._in(language)
        said = [renderer.speech("utter_emergency_attention", headline=one.headline[language] or one.event[language])]
        if instruction := one.instruction[language]:
            said.append(instruction)
        if one.way_out is not None and not one.way_out.safe:
            said.append(unsafe(language))
        elif one.way_out is not None:
            said.append(renderer.speech("utter_emergency_exit_named", name=one.way_out.name[language]))
        if one.response == "Evacuate":
            said.append(renderer.speech("utter_emergency_no_lifts"))
        return tuple(said)

    def _id(self, key: str) -> str:
        return id_of(_empty(self._sender, self._clock.now()), key)

    def _now(self) -> datetime:
        return self._clock.now().astimezone(self._zone)

    def _in(self, language: str) -> Renderer:
        return Renderer(self._responses, language, self._now())


async def _scan(folder: Folder) -> None:
    """Looks for files, by itself: a folder on a dead disk or network must not stop the clock of the alarm."""
    while True:
        await asyncio.sleep(SCAN_S)
        await asyncio.to_thread(folder.scan)


def _once(views: Sequence[AlertView]) -> list[AlertView]:
    """The same warning of several kiosks is shown once: every kiosk hears the same detectors."""
    found: dict[str, AlertView] = {}
    for one in views:
        found.setdefault(one.model_dump_json(exclude={"id", "since", "way_out", "way_out_step_free"}), one)
    return list(found.values())


def general(responses: Responses, settings: Settings, now: datetime) -> Mapping[str, str]:
    """Language → what is said of an alert whose own words cannot be had as sound."""
    return {
        language: Renderer(responses, language, now).speech("utter_emergency_attention_general") for language in settings.languages
    }


def sender_of(settings: Settings) -> str:
    """The `sender` of this kiosk's own messages."""
    return settings.alerts.sender or "".join(char if char.isalnum() or char in "._-" else "_" for char in settings.kiosk.id)


def folder_of(settings: Settings) -> Path | None:
    """The folder of CAP files, below the station's where it is relative."""
    return settings.station / settings.alerts.folder if settings.alerts.folder else None


def _raised(rule_id: str) -> Change:
    return Change(rule_id=rule_id, kind="raised", at=datetime.fromtimestamp(0, ZoneInfo("UTC")), sensors=())


def _standing(alert: Alert) -> Standing:
    return Standing(id="", alert=alert, since=alert.sent, life_safety=True, source="rule")


def _empty(sender: str, now: datetime) -> Alert:
    return Alert(identifier="", sender=sender, sent=now, status="Actual", message_type="Alert")
