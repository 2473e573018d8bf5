"""Content that nobody meets yet, beside what is live: a second Rasa, words and conversations of its own, reports to nobody.

For a chat that tries a draft, and for its proof. The clock stands still, so that two contents can be compared.
"""

import asyncio
import secrets
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.actions.server import create_app as create_actions_app
from assistant.answers.desk import Desk
from assistant.answers.renderer import Response, Responses
from assistant.clock import Clock
from assistant.conversation.models import Ask
from assistant.conversation.store import ConversationStore
from assistant.conversation.turn import Turns
from assistant.dialogue.likeness import same_course
from assistant.dialogue.rasa import RasaDialogue
from assistant.dialogue.supervisor import DIALOGUES, Sidecar, free_port
from assistant.environment.monitor import Monitor
from assistant.errors import StationError, Unavailable
from assistant.knowledge import Knowledge
from assistant.process import ProcessChild
from assistant.server import listen, serve
from assistant.settings import Settings
from assistant.settings.released import FILE, differing, merged, read_file

START_LIMIT_S = 120.0
LOOK_S = 0.1
NICENESS = 15


class StandingClock:
    """One moment that lasts, for comparisons; `trusted` as the clock that it was taken from."""

    def __init__(self, clock: Clock) -> None:
        self._now, self._trusted = clock.now(), clock.trusted()

    def now(self) -> datetime:
        """That moment."""
        return self._now

    def trusted(self) -> bool:
        """As it was then."""
        return self._trusted


class Rehearsal:
    """Conversations with a draft; what `content.ports.Teller` asks for."""

    def __init__(self, turns: Turns, rasa: RasaDialogue, responses: "Noted", languages: Sequence[str]) -> None:
        self.turns, self._rasa, self._responses, self._languages = turns, rasa, responses, languages

    async def open(self, language: str) -> str:
        """A new conversation's id. A language that this content does not have is answered in its first, as at the kiosk."""
        return self.turns.open(language if language in self._languages else self._languages[0]).id

    async def turn(self, conversation: str, said: str | dict[str, Any]) -> dict[str, Any]:
        """The turn's JSON, as the API gives it."""
        opened = self.turns.store.get(conversation)
        turn = await (self.turns.say(opened, said) if isinstance(said, str) else self.turns.ask(opened, Ask.model_validate(said)))
        if turn.understood.intent == "dialogue_unavailable":
            raise Unavailable("the draft's dialogue engine does not answer", code="dialogue-unavailable")
        return turn.model_dump(mode="json")

    async def close(self, conversation: str) -> None:
        """Forgets it."""
        await self.turns.close(conversation)

    async def understood(self, texts: Sequence[str]) -> list[str]:
        """What each text is understood as, to compare."""
        return await self._rasa.parses(texts)

    def words_used(self) -> frozenset[str]:
        """Names of the replies that were worded since this was asked last."""
        return self._responses.taken()


class Noted(Responses):
    """Responses that note which are used."""

    def __init__(self, table: Mapping[str, Mapping[str, Response]]) -> None:
        super().__init__(table)
        self._used: set[str] = set()

    def get(self, name: str, language: str) -> Response:
        """As usual, and noted."""
        self._used.add(name)
        return super().get(name, language)

    def taken(self) -> frozenset[str]:
        """What was noted, which is forgotten then."""
        used, self._used = frozenset(self._used), set()
        return used


def changed_words(old: Path, new: Path) -> list[str] | None:
    """Names of the replies that two dialogues folders word otherwise; None where more differs than words and phrases."""
    if not same_course(old, new):
        return None
    shipped = Responses.load(DIALOGUES / "domain")
    before, after = (Responses.load(folder / "domain").over(shipped).table for folder in (old, new))
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def staged(settings: Settings, dialogues: Path) -> Settings:
    """The settings with the content of the station file beside `dialogues`; the same object where that changes nothing.

    Sensors and rules stay those that run. Raises StationError for a file that cannot be used here.
    """
    file = dialogues.parent / FILE
    if dialogues == DIALOGUES or not file.is_file():
        return settings
    try:
        made = Settings(**merged(read_file(settings.station / FILE), read_file(file)) | {"station": settings.station})
    except ValidationError as error:
        raise StationError(f"the draft's station file cannot be used here: {error.errors()[0]['msg']}", hint="look at its checks") from None
    wanted = [key for key in differing(settings, made) if key not in ("sensors", "rules")]
    return settings.model_copy(update={key: getattr(made, key) for key in wanted}) if wanted else settings


@asynccontextmanager
async def rehearsal(
    settings: Settings, knowledge: Knowledge, environment: Monitor, clock: Clock, dialogues: Path, model: Path
) -> AsyncIterator[Rehearsal]:
    """A draft that can be talked to. Raises Unavailable where its Rasa does not start."""
    secret = secrets.token_urlsafe(32)
    own = await asyncio.to_thread(staged, settings, dialogues)
    shipped = Responses.load(DIALOGUES / "domain")
    responses = Noted((await asyncio.to_thread(Responses.load, dialogues / "domain")).over(shipped).table)
    async with AsyncExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rehearsal-")))
        names = settings.data / "station" / "gazetteer.json"
        if own is not settings:
            names = home / "gazetteer.json"
            knowledge = await asyncio.to_thread(knowledge.beside, own, names)
        desk = Desk(own, knowledge, environment, clock, responses)
        listener = listen("127.0.0.1", 0)
        rasa = RasaDialogue(secret, 4 * settings.dialogue.turn_limit_s)
        stack.push_async_callback(rasa.close)
        turns = Turns(desk, ConversationStore(clock, settings.dialogue.expiry_s), rasa, own.languages)
        stack.push_async_callback(await serve(create_actions_app(desk, secret, turns.store.memory), listener))
        rasa.port = free_port()
        spec = Sidecar(
            model=model, port=rasa.port, secret=secret, actions_port=listener.getsockname()[1],
            gazetteer=names, home=home, expiry_s=settings.dialogue.expiry_s,
            niceness=NICENESS,
        ).spec()  # fmt: skip
        child = await ProcessChild.spawn(spec)
        stack.push_async_callback(child.end, 0)
        await _ready(rasa, child)
        yield Rehearsal(turns, rasa, responses, own.languages)


async def _ready(rasa: RasaDialogue, child: ProcessChild) -> None:
    gone = asyncio.create_task(child.wait())
    try:
        async with asyncio.timeout(START_LIMIT_S):
            while not await rasa.ready():
                if gone.done():
                    raise Unavailable("the draft's dialogue engine ended", hint="train it again")
                await asyncio.sleep(LOOK_S)
    except TimeoutError:
        raise Unavailable(f"the draft's dialogue engine was not ready within {START_LIMIT_S:.0f} s") from None
    finally:
        gone.cancel()
