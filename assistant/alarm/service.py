"""The whole of sensing and warning, put together: what is started before the first traveller, and ended after the last."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final
from zoneinfo import ZoneInfo

from assistant import log
from assistant.alarm import inlets
from assistant.alarm.alarm import Alarm, folder_of, general, sender_of
from assistant.alarm.announcer import Announcer
from assistant.alarm.book import Book
from assistant.alarm.inlets import Folder
from assistant.alarm.intake import Intake
from assistant.alarm.loudspeaker import AlsaLoudspeaker, NoLoudspeaker
from assistant.alarm.sharing import Sharing
from assistant.alarm.sounds import Sounds, Speak
from assistant.alarm.store import AlertStore
from assistant.answers.renderer import Responses
from assistant.clock import Clock
from assistant.environment.rules.check import check
from assistant.environment.sensing import Sensing
from assistant.knowledge import Knowledge
from assistant.knowledge.places import country_of
from assistant.mqtt import Broker
from assistant.settings import Settings

MOST_WAITING: Final = 1000
"""Pieces of work that wait for a thread."""


class AlarmService:
    """Sensors, rules, alerts and the voice of one kiosk. It needs neither Rasa nor the speech worker nor a page."""

    def __init__(
        self, settings: Settings, alarm: Alarm, sensing: Sensing, intake: Intake, sounds: Sounds, sharing: Sharing | None,
        workers: Sequence[ThreadPoolExecutor],
    ) -> None:  # fmt: skip
        self._settings, self._sounds, self._sharing, self._workers = settings, sounds, sharing, workers
        self.alarm, self.sensing, self.intake, self.book = alarm, sensing, intake, alarm.book
        found = check(settings, settings.source.file)
        self.problems = [*map(str, sensing.problems), *(str(one) for one in found if one.severity == "error")]
        """What keeps a sensor or a rule from working, for operators."""

    @classmethod
    async def open(
        cls, settings: Settings, clock: Clock, knowledge: Knowledge, responses: Responses, broker: Broker, speak: Speak,
        ring: Callable[[], None],
    ) -> "AlarmService":  # fmt: skip
        """Everything, at rest; alerts that stood before are known. Raises nothing that a kiosk could not go on without."""
        zone = ZoneInfo(knowledge.validity().timezone)
        book = Book(await asyncio.to_thread(AlertStore.open, settings.data / "alerts.sqlite"), clock)
        sounds = Sounds(settings.data / "announcements", speak)
        await asyncio.to_thread(sounds.load)
        loudspeaker = AlsaLoudspeaker(settings.alerts.device) if settings.alerts.loudspeaker == "auto" else NoLoudspeaker()
        if isinstance(loudspeaker, AlsaLoudspeaker):
            await loudspeaker.probe()
        announcer = Announcer(sounds, loudspeaker, general(responses, settings, clock.now().astimezone(zone)))
        alarm = Alarm(settings, clock, zone, knowledge, responses, book, announcer, ring)
        sensing = Sensing(settings, clock, zone, broker, alarm.happened, country_of(zone.key))
        topic, kiosk = settings.alerts.topic, settings.kiosk.id
        reader, writer = (ThreadPoolExecutor(max_workers=1, thread_name_prefix=name) for name in ("warnings", "sharing"))
        sharing = (
            Sharing(
                book, broker, clock, topic=topic, kiosk=kiosk, sender=sender_of(settings), believed=settings.alerts.kiosks,
                run=_one_by_one(writer),
            ) if topic else None
        )  # fmt: skip
        intake = Intake(settings.alerts, book, clock)
        inlets.subscribe(settings.alerts, broker, intake, _one_by_one(reader))
        return cls(settings, alarm, sensing, intake, sounds, sharing, (reader, writer))

    def well(self) -> bool:
        """Whether every sensor speaks, every rule can work, and a restart would forget no alert."""
        return self.sensing.monitor.health() == "ready" and not self.problems and self.book.durable

    async def start(self) -> None:
        """Begins, before the broker's own start."""
        if self._sharing is not None:
            self._sharing.start()
        path = folder_of(self._settings)
        self.alarm.start(self.sensing, self._sharing, Folder(path, self.intake) if path else None)
        await self.sensing.start()

    async def prepare(self) -> bool:
        """Makes the sound of all that may have to be said, in today's voice; False where some could not be made."""
        return await self._sounds.prepare(await asyncio.to_thread(self.alarm.sentences))

    async def stop(self) -> None:
        """Ends, after the broker."""
        for worker in self._workers:
            await asyncio.to_thread(worker.shutdown)
        await self.sensing.stop()
        await self.alarm.stop()


def _one_by_one(worker: ThreadPoolExecutor) -> Callable[[Callable[[], None]], None]:
    """Hands work to a thread; what comes on top of `MOST_WAITING` is dropped, and told in the log."""

    room = threading.Semaphore(MOST_WAITING)

    def done(future: "Future[None]") -> None:
        room.release()
        if error := future.exception():
            log.failure("alert_work_failed", error)

    def run(work: Callable[[], None]) -> None:
        if not room.acquire(blocking=False):
            log.event("alert_work_dropped")
            return
        try:
            worker.submit(work).add_done_callback(done)
        except RuntimeError:  # the machine is just being stopped
            room.release()

    return run
