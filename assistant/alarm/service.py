"""The whole of sensing and warning, put together: what is started before the first traveller, and ended after the last."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from zoneinfo import ZoneInfo

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
from assistant.environment.sensing import Sensing
from assistant.knowledge import Knowledge
from assistant.knowledge.places import country_of
from assistant.mqtt import Broker
from assistant.settings import Settings


class AlarmService:
    """Sensors, rules, alerts and the voice of one kiosk. It needs neither Rasa nor the speech worker nor a page."""

    def __init__(
        self, settings: Settings, alarm: Alarm, sensing: Sensing, intake: Intake, sounds: Sounds, sharing: Sharing | None,
        reader: ThreadPoolExecutor,
    ) -> None:  # fmt: skip
        self._settings, self._sounds, self._sharing, self._reader = settings, sounds, sharing, reader
        self.alarm, self.sensing, self.intake, self.book = alarm, sensing, intake, alarm.book

    @classmethod
    async def open(
        cls, settings: Settings, clock: Clock, knowledge: Knowledge, responses: Responses, broker: Broker, speak: Speak,
        ring: Callable[[], None],
    ) -> "AlarmService":  # fmt: skip
        """Everything, at rest; alerts that stood before are known. Raises nothing that a kiosk could not go on without."""
        zone = ZoneInfo(knowledge.validity().timezone)
        book = Book(await asyncio.to_thread(AlertStore.open, settings.data / "alerts.sqlite"), clock)
        sounds = Sounds(settings.data / "announcements", speak)
        loudspeaker = AlsaLoudspeaker(settings.alerts.device) if settings.alerts.loudspeaker == "auto" else NoLoudspeaker()
        announcer = Announcer(sounds, loudspeaker, general(responses, settings, clock.now().astimezone(zone)))
        alarm = Alarm(settings, clock, zone, knowledge, responses, book, announcer, ring)
        sensing = Sensing(settings, clock, zone, broker, alarm.happened, country_of(zone.key))
        topic, kiosk = settings.alerts.topic, settings.kiosk.id
        sharing = (
            Sharing(book, broker, clock, topic=topic, kiosk=kiosk, sender=sender_of(settings), believed=settings.alerts.kiosks)
            if topic else None
        )  # fmt: skip
        intake = Intake(settings.alerts, book, clock)
        reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="warnings")
        inlets.subscribe(settings.alerts, broker, intake, reader.submit)
        return cls(settings, alarm, sensing, intake, sounds, sharing, reader)

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
        await asyncio.to_thread(self._reader.shutdown)
        await self.sensing.stop()
        await self.alarm.stop()
