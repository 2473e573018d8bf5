"""The composition root: builds every room, starts and supervises the two other processes, and serves the surfaces."""

import asyncio
import contextlib
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial
from pathlib import Path

from assistant import log
from assistant.accounts.access import Access
from assistant.accounts.opening import access_of
from assistant.accounts.tokens import KnownTokens
from assistant.actions.server import create_app as create_actions_app
from assistant.alarm.service import AlarmService
from assistant.answers.desk import Desk
from assistant.answers.renderer import Responses
from assistant.api.access import Gate
from assistant.clock import clock_of
from assistant.console.feed import UPLOAD, Feeds
from assistant.console.surface import Workshop
from assistant.content import pronunciations
from assistant.content.following import Follower, Live
from assistant.content.models import SHIPPED
from assistant.content.releases import Releases
from assistant.content.studio import Studio
from assistant.content.tree import STATION
from assistant.content.workbench import Means
from assistant.conversation.between import Pauses
from assistant.conversation.health import Component, Health
from assistant.conversation.store import ConversationStore
from assistant.conversation.turn import Turns
from assistant.dialogue import trainer
from assistant.dialogue.direct import DirectDialogue
from assistant.dialogue.ports import Dialogue
from assistant.dialogue.rasa import RasaDialogue
from assistant.dialogue.recycling import Recycler, resident_mb
from assistant.dialogue.supervisor import DIALOGUES, Sidecar, free_port
from assistant.dialogue.training import Job, Training
from assistant.dialogue.validating import RasaValidator
from assistant.errors import AssistantError
from assistant.events import Changes
from assistant.judging import judge
from assistant.knowledge import Knowledge
from assistant.knowledge.notices import Notice
from assistant.knowledge.notices import store as notices
from assistant.knowledge.realtime.keeper import Keeper
from assistant.knowledge.refresh import Refresher
from assistant.mqtt import Broker, Message
from assistant.privacy.record import Model, TransparencyRecord, record
from assistant.process import ChildSpec, State, Supervisor
from assistant.rehearsal import StandingClock, changed_words, rehearsal
from assistant.reports.acknowledging import acknowledge
from assistant.reports.reports import Reports
from assistant.reports.store import ReportStore
from assistant.restarting import Around, Restart
from assistant.server import Listener, check_host, listen, serve
from assistant.settings import Settings
from assistant.speech.client import SpeechClient
from assistant.speech.lexicon import Lexicon
from assistant.speech.models import LanguageSpeech
from assistant.speech.worker_spec import worker_spec
from assistant.surfaces import Surfaces, create_api
from assistant.unanswered.counter import Counter
from assistant.unanswered.models import Limits

SWEEP_S = 10.0
NOTICES_S = 30.0
"""Between looks at the notices: the console tells its own at once, another kiosk of the same database does not."""
READY_LIMIT_S = 150.0
COMPONENT: dict[State, Component] = {
    State.READY: "ready", State.SLOW: "degraded", State.STARTING: "down", State.HUNG: "down", State.DEAD: "down",
}  # fmt: skip


class Assistant:
    """One kiosk's assistant: its rooms, its processes, its surfaces."""

    def __init__(
        self, settings: Settings, progress: Callable[[str], None], *, listener: Listener | None = None, restart: Restart | None = None
    ) -> None:
        check_host(settings.http.host)
        self.settings, self._progress, self._listener = settings, progress, listener
        self.restart = restart or Restart(settings)
        self.clock = clock_of(settings)
        self._shipped = Responses.load(DIALOGUES / "domain")
        self.responses = Responses({}).over(self._shipped)
        self.url = ""
        self.changes = Changes()
        self._secret = secrets.token_urlsafe(32)
        self._run = Path(tempfile.mkdtemp(prefix="station-assistant-"))
        """A folder of this start with mode 0700, for the socket of the speech worker."""
        self._abilities: dict[str, LanguageSpeech] = {}
        self._stack = AsyncExitStack()
        self._actions = listen("127.0.0.1", 0)
        self._broker = Broker(settings.mqtt, self.changes.ring)
        self._acknowledging = ThreadPoolExecutor(max_workers=1, thread_name_prefix="acknowledging")
        rasa = RasaDialogue(self._secret, settings.dialogue.turn_limit_s)
        self.dialogue: Dialogue = rasa if settings.dialogue.engine == "rasa" else DirectDialogue()
        self._lexicon = lexicon = Lexicon(settings.pronunciations, lambda: self.knowledge.spoken_names())
        self.speech = SpeechClient(settings.speech.address or f"unix://{self._run / 'speech.sock'}", settings.languages, lexicon.spoken)
        self._rasa = Supervisor(lambda: self._rasa_spec(rasa), rasa.ready, self._rasa_changed)
        self._worker = Supervisor(lambda: worker_spec(settings, self._run), self.speech.ping, self._worker_changed)
        shelf = trainer.ModelShelf(settings.models)
        self.releases = Releases(settings.data / "content", DIALOGUES, settings.station / "station.yaml", shelf)
        self._training: asyncio.Task[bool] | None = None
        self._recycler = Recycler()
        self._warming: asyncio.Task[None] | None = None
        self._warmed: int | None = None
        self._preparing: asyncio.Task[None] | None = None
        self._prepared: int | None = None
        self._named: str | None = None
        """Version of the station's names that announcements were made of."""
        self._sweeper: asyncio.Task[None] | None = None
        self._follower: asyncio.Task[None] | None = None
        self._refreshing: asyncio.Task[None] | None = None
        self._restarting: asyncio.Task[None] | None = None
        self._noticing: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Starts everything that can be started; what cannot is told and retried."""
        settings = self.settings
        listener = self._listener or listen(settings.http.host, settings.http.port)
        if settings.source.problem:
            self._progress(f"the live release's station file cannot be used, the station folder's own stands in: {settings.source.problem}")
        self._between = between = Pauses()
        engine = self.dialogue if isinstance(self.dialogue, RasaDialogue) else None
        self.following = Follower(self.releases, self._words, between, engine, after=self._released)
        await asyncio.to_thread(self.following.begin)
        if settings.speech.address is None:
            await self._worker.start()
        if settings.dialogue.engine == "rasa":
            self._training = asyncio.create_task(self._start_dialogue())
        self.knowledge = await asyncio.to_thread(Knowledge.open, settings, self.clock, self._progress)
        self._stack.callback(self.knowledge.close)
        await asyncio.to_thread(self.knowledge.load_ways)
        await self._start_watching()
        await self._open_desk()
        access = await asyncio.to_thread(self._open_access)
        conversations = ConversationStore(self.clock, settings.dialogue.expiry_s)
        self.turns = Turns(self.desk, conversations, self.dialogue, settings.languages, between, self._unanswered.count)
        self._stack.push_async_callback(await serve(create_actions_app(self.desk, self._secret, self.turns.store.memory), self._actions))
        surfaces = Surfaces(
            desk=self.desk, turns=self.turns, speech=self.speech, settings=settings, health=self.health,
            vocabulary=self.vocabulary, record=self.record, changes=self.changes, reports=self.reports,
            board=self.alarm.alarm, book=self.alarm.book, intake=self.alarm.intake, view=self.alarm.alarm.view, end=self.alarm.alarm.end,
            tokens=KnownTokens(settings.tokens, access.database, access.now), console=self._workshop(access),
        )  # fmt: skip
        larger = {UPLOAD: int(settings.feed.limit_mb * 1_000_000)}
        gate = Gate(create_api(surfaces), int(settings.http.body_limit_mb * 1_000_000), larger)
        self._stack.push_async_callback(await serve(gate, listener))
        host, port = listener.getsockname()[:2]
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
        self._prepare_soon()
        self._noticing = asyncio.create_task(self._follow_notices(notices.reader(access.database)))
        self._follower = asyncio.create_task(self.following.run())
        self._sweeper = asyncio.create_task(self._sweep())
        self._realtime.start()
        self._broker.start()
        self._refreshing = asyncio.create_task(self._refresher.run())
        self.restart.around = self._around
        self._restarting = asyncio.create_task(self._watch_content())

    async def _start_watching(self) -> None:
        """Realtime at rest; sensors, rules and alerts at work."""
        settings = self.settings
        self._realtime = Keeper(settings, self.clock, self.knowledge.realtime, self.knowledge.outages, self._broker, self.changes.ring)
        self._stack.push_async_callback(self._realtime.stop)
        self.alarm = await AlarmService.open(
            settings, self.clock, self.knowledge, self.responses, self._broker, self.speech.synthesise, self.changes.ring
        )
        for problem in self.alarm.problems:
            self._progress(f"sensors and rules: {problem}")
        self._stack.push_async_callback(self.alarm.stop)
        self._stack.push_async_callback(self._broker.stop)
        await self.alarm.start()
        self.environment = self.alarm.sensing.monitor

    async def _open_desk(self) -> None:
        """Reports to staff, and whoever answers questions."""
        settings = self.settings
        self.reports = await asyncio.to_thread(self._open_reports)
        self._stack.push_async_callback(asyncio.to_thread, self.reports.close)
        self._stack.push_async_callback(asyncio.to_thread, self._acknowledging.shutdown)
        if topic := settings.mqtt.acknowledgements:
            self._broker.subscribe(topic, self._acknowledged)
        self.desk = Desk(settings, self.knowledge, self.environment, self.clock, self.responses, self.reports, self.alarm.alarm)
        for language in settings.languages:  # what is loaded on first use is loaded before a traveller waits for it
            await asyncio.to_thread(self.desk.answer, "robot_capabilities", {}, language)
        self._refresher = Refresher(settings, self.clock, self.knowledge, self.changes.ring)

    async def wait_ready(self) -> Health:
        """Waits until every part works or has had its time; returns what works."""
        waits = []
        if self._training is not None and await self._training:
            waits.append(self._rasa.wait_ready(READY_LIMIT_S))
        if self.settings.speech.address is None:
            waits.append(self._worker.wait_ready(READY_LIMIT_S))
        await asyncio.gather(*waits)
        await self._look_at_speech()
        return self.health()

    async def stop(self) -> None:
        """Ends every process and server; nothing is left."""
        background = (self._sweeper, self._follower, self._refreshing, self._restarting, self._noticing, self._training, self._warming)
        for task in (*background, self._preparing):
            if task is not None:
                task.cancel()
        await asyncio.gather(self._rasa.stop(), self._worker.stop())
        await self._stack.aclose()
        await self.dialogue.close()
        shutil.rmtree(self._run, ignore_errors=True)

    def health(self) -> Health:
        """What works now."""
        fresh = self.clock.trusted() and self.knowledge.expired(self.clock.now()) == "valid"
        fresh = fresh and all(source.fresh and source.failure is None for source in self._realtime.states())
        speech: Component = COMPONENT[self._worker.state] if self.settings.speech.address is None else "ready"
        if not self._abilities:
            speech = "down"
        elif speech == "ready" and not all(can.hear and can.speak for can in self._abilities.values()):
            speech = "degraded"
        return Health(
            components={
                "dialogue": COMPONENT[self._rasa.state],
                "speech": speech,
                "knowledge": "ready" if fresh else "degraded",
                "environment": "ready" if self.alarm.well() else "degraded",
            },
            speech=self._abilities if speech != "down" else {},
        )

    def vocabulary(self, language: str) -> list[str]:
        """Names that a traveller here may say, the likeliest first."""
        stops = self.knowledge.popular_destinations(language, 40)
        places = self.knowledge.places(at=self.clock.now(), language=language, limit=20)
        return [stop.name for stop in stops] + [place.name for place in places]

    def record(self) -> TransparencyRecord:
        """The transparency record of this machine."""
        able = self._abilities.items()
        hear = [Model(language=language, task="hear", engine=can.hear) for language, can in able if can.hear]
        speak = [Model(language=language, task="speak", engine=can.speak) for language, can in able if can.speak]
        return record(self.settings, hear + speak)

    def _open_reports(self) -> Reports:
        settings, topic = self.settings, self.settings.mqtt.reports
        return Reports(
            ReportStore.open(settings.data / "reports.sqlite"), self.clock,
            lambda report: topic is not None and self._broker.publish(topic, report),
            kiosk=settings.kiosk.id, place=settings.kiosk.place,
        )  # fmt: skip

    def _open_access(self) -> Access:
        """The console's door."""
        access = access_of(self.settings)
        self._stack.callback(access.database.close)
        console = self.settings.console
        self._unanswered = Counter(access, Limits(conversations=console.unanswered_k, hours=console.unanswered_h))
        self._stack.push_async_callback(asyncio.to_thread, self._unanswered.write)
        try:
            if not access.ready():
                self._progress("console: nobody can sign in yet (mend: station-assistant accounts recover)")
        except AssistantError as error:  # the kiosk does without
            self._progress(f"console: {error.message}" + (f" (mend: {error.hint})" if error.hint else ""))
        return access

    def _workshop(self, access: Access) -> Workshop:
        """What the console shows and changes."""
        view, book = self.alarm.alarm.view, self.alarm.book
        return Workshop(
            access=access, health=self.health, desk=self.desk, alerts=lambda: [view(one) for one in book.standing()],
            reports=self.reports, model=self._model_in_use, tokens=self.settings.tokens, studio=self._studio(access.now),
            unanswered=self._unanswered, restart=self.restart, feeds=Feeds.of(self.settings, self._refresher), record=self.record,
        )  # fmt: skip

    def _studio(self, now: Callable[[], datetime]) -> Studio[Job]:
        """Where drafts are edited, trained, tried and proved. What runs there ends before anything that it needs."""
        settings, home = self.settings, self.settings.data / "rasa"
        training = Training(settings.models, home)
        means = Means(
            models=trainer.ModelShelf(settings.models), trainings=training, validate=RasaValidator(home), now=now,
            stage=lambda: partial(rehearsal, settings, self.knowledge, self.environment, StandingClock(self.clock)),
            changed_words=changed_words, judge=judge(settings),
        )  # fmt: skip
        studio = Studio(self.releases, means, settings.languages, lambda: self.following.live)
        studio.bench.restore()
        self._stack.push_async_callback(training.stop)
        self._stack.push_async_callback(studio.stop)
        return studio

    async def _follow_notices(self, read: Callable[[], Sequence[Notice]]) -> None:
        """Keeps the notices as the database has them; while it is away, those that were known stay."""
        while True:
            await asyncio.to_thread(self.knowledge.notices.refresh, read)
            await asyncio.sleep(NOTICES_S)

    def _model_in_use(self) -> str | None:
        return self.following.live.model if self._rasa.state is State.READY else None

    def _acknowledged(self, message: Message) -> None:
        self._acknowledging.submit(acknowledge, self.reports, message.payload)

    async def _start_dialogue(self) -> bool:
        """Trains where needed and starts Rasa; False where that cannot be, and touch has to do."""
        try:
            await trainer.train(self.settings.models, self.settings.data / "rasa", self._progress, self.following.dialogues)
        except AssistantError as error:
            self._progress(f"no dialogues, touch only: {error.message}" + (f" (mend: {error.hint})" if error.hint else ""))
            return False
        await self._rasa.start()
        return True

    def _rasa_spec(self, rasa: RasaDialogue) -> ChildSpec:
        """A start of Rasa, on a port that is free now."""
        data, rasa.port = self.settings.data, free_port()
        return Sidecar(
            model=self.following.model, port=rasa.port, secret=self._secret, actions_port=self._actions.getsockname()[1],
            gazetteer=data / "station" / "gazetteer.json", home=data / "rasa", expiry_s=self.settings.dialogue.expiry_s,
        ).spec()  # fmt: skip

    def _words(self, dialogues: Path) -> Callable[[], None]:
        """The words of a release and how names are said in it, ready to be taken up by everybody who shows or says them."""
        shipped = dialogues == DIALOGUES
        loaded = self._shipped if shipped else Responses.load(dialogues / "domain").over(self._shipped)
        if shipped and self.settings.source.release is None:
            names = self.settings.pronunciations
        else:
            names = pronunciations.of((self.settings.station if shipped else dialogues.parent).joinpath(STATION).read_bytes())

        def take_up() -> None:
            self.responses.become(loaded)
            self._lexicon.become(names)

        return take_up

    async def _released(self, live: Live) -> None:
        """Another release is live: what is said in fixed words is made anew, and a Rasa that was just starting starts with its model."""
        if self._rasa.state is State.STARTING:
            await self._rasa.stop()
            await self._rasa.start()
        self._prepare_soon()
        await self.restart.look()
        self.changes.ring()

    async def _watch_content(self) -> None:
        """Starts anew in place, in a good moment, once content is live that only a start takes up."""
        if self.following.live.release != (self.settings.source.release or SHIPPED):  # it became live just now
            await self.restart.look()
        await self.restart.run()

    def _around(self) -> Around:
        """What happens at the kiosk now."""
        store, danger = self.turns.store, any(one.life_safety for one in self.alarm.book.standing())
        return Around(conversations=len(store), turns=self._between.running, still_s=store.still_s(), life_safety=danger)

    async def _recycle(self) -> None:
        """Starts Rasa anew where it has grown and nobody talks: swaps of its model leave some memory behind."""
        pid = self._rasa.pid if self._rasa.state is State.READY else None
        if self._recycler.due(pid, resident_mb(pid), len(self.turns.store), time.monotonic()):
            log.event("rasa_recycled")
            await self._rasa.stop()
            await self._rasa.start()

    async def _look_at_speech(self) -> None:
        with contextlib.suppress(AssistantError):
            self._abilities = await self.speech.languages()

    def _rasa_changed(self, state: State) -> None:
        self._changed(state)
        if state is State.READY and self._warmed != self._rasa.pid:
            self._warmed = self._rasa.pid
            self._warming = asyncio.create_task(self._warm())

    def _worker_changed(self, state: State) -> None:
        self._changed(state)
        if state is State.READY and self._prepared != self._worker.pid:
            self._prepare_soon()

    def _prepare_soon(self) -> None:
        """Once both the worker and the station's names are there, whichever comes last."""
        if self.url and self._worker.state is State.READY:
            self._prepared, self._named = self._worker.pid, self.knowledge.validity().version
            self._preparing = asyncio.create_task(self._prepare())

    async def _prepare(self) -> None:
        """What is always said in the same words is made ahead; what may have to be said in an alarm first."""
        await self.alarm.prepare()
        with contextlib.suppress(AssistantError):
            for language in self.settings.languages:
                await self.speech.prepare(self.responses.fixed(language), language)

    async def _warm(self) -> None:
        """A turn that nobody sees: the first one of a Rasa process is many times slower than the rest."""
        with contextlib.suppress(AssistantError):
            await self.dialogue.respond("warm", "hello", self.settings.languages[0])
            await self.dialogue.forget("warm")

    def _changed(self, state: State) -> None:
        self.changes.ring()

    async def _sweep(self) -> None:
        """Forgets what has expired, keeps today's journeys ready and an eye on what the worker can do. Nothing may end it."""
        while True:
            try:
                before = self._abilities
                await self._look_at_speech()
                if self._abilities != before:
                    self.changes.ring()
                await self.turns.sweep()
                await asyncio.to_thread(self._unanswered.write)
                if self.url and self._named != self.knowledge.validity().version:  # exits may have other names now
                    self._prepare_soon()
                await asyncio.to_thread(self.knowledge.load_journeys)
                await self._recycle()
            except Exception as error:
                log.failure("sweep_failed", error)
            await asyncio.sleep(SWEEP_S)
