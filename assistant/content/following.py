"""The running assistant follows the pointer to the live release: words and model change together, between two turns."""

import asyncio
import contextlib
import json
import os
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from assistant import log
from assistant.content.models import SHIPPED
from assistant.content.ports import Between, Engine
from assistant.content.releases import Releases
from assistant.errors import AssistantError

LOOK_S = 0.5
PAUSE_LIMIT_S = 2.0
"""Longest that turns are held back while others end."""
AGAIN_S = 10.0
"""Seconds until something that failed is tried again."""
WORDS_KEPT = 4
STATE = "running.json"

type Words = Callable[[Path], Callable[[], None]]
"""Reads the words of a dialogues folder (and may fail); what it returns puts them in the place of those in use (and may not)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """What the running assistant answers with."""

    release: str
    model: str | None
    """File name of the model; None while nobody understands sentences."""
    problem: str | None = None
    """Why the release that was made live is not followed."""


class Follower:
    """Looks at the pointer and exchanges what answers. `engine` is None for a kiosk that understands touch only."""

    def __init__(
        self, releases: Releases, words: Words, between: Between, engine: Engine | None, *,
        after: Callable[[Live], Awaitable[None]] | None = None, monotonic: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._releases, self._words, self._between, self._engine = releases, words, between, engine
        self._after, self._monotonic = after, monotonic
        self.live = Live(release=SHIPPED, model=None)
        self._failed: tuple[str, float] | None = None
        self._model = releases.model(SHIPPED)
        self._kept: OrderedDict[str, Callable[[], None]] = OrderedDict()
        """Words that were read already: a release never changes, and a roll-back shall not wait for them."""

    def begin(self) -> Path:
        """At the start: takes up the words of the live release, or of the newest sound one before it; returns the model's place."""
        for release in dict.fromkeys([self._releases.active(), *(each.id for each in self._releases.all()), SHIPPED]):
            try:
                self._releases.verify(release)
                self._read(release)()
            except AssistantError as error:
                log.failure("release_unusable", error, release=log.Id(release))
                self._failed = self._failed or (release, self._monotonic())
                continue
            problem = None if release == self._releases.active() else "the release that was made live cannot be used"
            self.live, self._model = Live(release=release, model=None, problem=problem), self._releases.model(release)
            break
        return self._model

    @property
    def model(self) -> Path:
        """The model that Rasa has to be started with."""
        return self._model

    @property
    def dialogues(self) -> Path:
        """The dialogues in use."""
        return self._releases.dialogues(self.live.release)

    async def run(self) -> None:
        """Follows until cancelled."""
        self._tell()
        try:
            while True:
                try:
                    await self.look()
                except Exception as error:  # nothing may end it
                    log.failure("following_failed", error)
                await asyncio.sleep(LOOK_S)
        finally:
            (self._releases.root / STATE).unlink(missing_ok=True)

    async def look(self) -> None:
        """Exchanges what answers where the pointer names another release, or Rasa was started with another model."""
        wanted = self._releases.active()
        if self._failed and self._failed[0] == wanted and self._monotonic() - self._failed[1] < AGAIN_S:
            return
        serving = await self._engine.serving() if self._engine else None
        if wanted == self.live.release and serving in (None, self._model.name):
            if serving != self.live.model:
                self._set(Live(release=wanted, model=serving))
            return
        try:
            await self._exchange(wanted, serving)
        except AssistantError as error:
            self._failed = (wanted, self._monotonic())
            log.failure("release_not_followed", error, release=log.Id(wanted))
            self._set(Live(release=self.live.release, model=serving, problem=error.message))

    async def _exchange(self, wanted: str, serving: str | None) -> None:
        began = self._monotonic()
        await asyncio.to_thread(self._releases.verify, wanted)
        take_up = await asyncio.to_thread(self._read, wanted)
        model = await asyncio.to_thread(self._releases.model, wanted)
        engine = self._engine if serving not in (None, model.name) else None
        if engine is not None:
            await engine.load(model)
        async with self._between.turns(PAUSE_LIMIT_S):
            if engine is not None:
                await _switched(engine, model)
            take_up()
            self._model = model
        self._failed = None
        log.event("release_live", release=log.Id(wanted), seconds=round(self._monotonic() - began, 2))
        self._set(Live(release=wanted, model=None if serving is None else model.name))
        if self._after is not None:
            await self._after(self.live)

    def _read(self, release: str) -> Callable[[], None]:
        """The words of a release that was verified."""
        take_up = self._kept.pop(release, None) or self._words(self._releases.dialogues(release))
        self._kept[release] = take_up
        while len(self._kept) > WORDS_KEPT:
            self._kept.popitem(last=False)
        return take_up

    def _set(self, live: Live) -> None:
        self.live = live
        self._tell()

    def _tell(self) -> None:
        """Leaves word for the commands of this machine, which cannot ask: whoever reads it checks `pid`."""
        content = {"release": self.live.release, "model": self.live.model, "problem": self.live.problem, "pid": os.getpid()}
        path = self._releases.root / STATE
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            new = path.with_name(f".{STATE}.new")
            new.write_text(json.dumps(content), encoding="utf-8")
            new.replace(path)


async def _switched(engine: Engine, model: Path) -> None:
    """Switches. Where no answer comes, it is looked up what became of it: words follow the model, in the same pause.

    An engine that died is started again with the new model. Raises AssistantError where it goes on with the old one.
    """
    try:
        await engine.switch()
    except AssistantError:
        if await engine.serving() not in (None, model.name):
            raise


def running(root: Path) -> Live | None:
    """What the assistant that runs over this state folder answers with; None where none runs."""
    try:
        content = json.loads((root / STATE).read_text(encoding="utf-8"))
        os.kill(int(content.pop("pid")), 0)
        return Live(**content)
    except (OSError, ValueError, KeyError, TypeError):
        return None
