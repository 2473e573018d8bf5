"""The parts of the worker that need no engine."""

import asyncio
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assistant.errors import TooLarge
from assistant.speech import catalogue
from assistant.speech.catalogue import VOSK_KO_PACKAGE, VOSK_SMALL, WHISPER_BASE, WHISPER_TINY_EN, Model
from assistant.speech.endpointing import Limits
from assistant.speech.models import RATE, Alternative, Voice
from assistant.speech.store import Installed
from assistant.speech.worker.engines import choose
from assistant.speech.worker.pool import Pool
from assistant.speech.worker.session import Session


def present(*models: Model) -> list[Installed]:
    """As `store.installed` gives them: in the catalogue's order."""
    return [Installed(model=model, path=Path(model.name), source="local") for model in catalogue.MODELS if model in models]


@pytest.mark.parametrize(
    ("language", "engine", "models", "chosen"),
    [
        ("en", "auto", [WHISPER_BASE, VOSK_SMALL["en"]], VOSK_SMALL["en"]),
        ("zh", "auto", [WHISPER_BASE, VOSK_SMALL["en"]], WHISPER_BASE),
        ("ko", "auto", [VOSK_KO_PACKAGE, WHISPER_BASE], WHISPER_BASE),
        ("ko", "auto", [VOSK_KO_PACKAGE], VOSK_KO_PACKAGE),
        ("en", "auto", [WHISPER_TINY_EN, WHISPER_BASE], WHISPER_BASE),
        ("en", "auto", [WHISPER_TINY_EN], WHISPER_TINY_EN),
        ("ko", "auto", [WHISPER_TINY_EN], None),
        ("ko", "vosk", [VOSK_KO_PACKAGE, WHISPER_BASE], VOSK_KO_PACKAGE),
        ("ko", "vosk", [VOSK_KO_PACKAGE, VOSK_SMALL["ko"]], VOSK_SMALL["ko"]),
        ("en", "whisper", [WHISPER_BASE, VOSK_SMALL["en"]], WHISPER_BASE),
        ("en", "none", [WHISPER_BASE], None),
        ("en", "auto", [catalogue.PIPER_EN_JOE], None),
    ],
)
def test_the_engine_of_a_language(language: str, engine: str, models: list[Model], chosen: Model | None) -> None:
    found = choose(language, engine, present(*models))
    assert (found.model if found else None) == chosen


async def test_an_engine_that_hangs_is_known_and_one_that_works_is_not() -> None:
    pool, release = Pool(1, hung_s=0.0), threading.Event()
    assert await pool.run(int, "7") == 7
    assert not pool.hung()
    job = asyncio.create_task(pool.run(release.wait, 30))
    async with asyncio.timeout(10):
        while not pool.hung():  # noqa: ASYNC110  the thread starts when it starts
            await asyncio.sleep(0.001)
    release.set()
    await job
    assert not pool.hung()
    pool.close()


@dataclass
class Recording:
    """An utterance that notes what it is given, and whether two calls ever met."""

    heard: bytearray = field(default_factory=bytearray)
    calls: int = 0
    busy: threading.Lock = field(default_factory=threading.Lock)
    fails: bool = False

    def accept(self, pcm: bytes, voice: Voice) -> str | None:
        assert self.busy.acquire(blocking=False)
        if self.fails:
            raise RuntimeError("the decoder broke")
        self.heard += pcm
        self.calls += 1
        self.busy.release()
        return f"{len(self.heard) // 1000}"

    def finish(self) -> list[Alternative]:
        assert self.busy.acquire(blocking=False)
        return [Alternative(text="all", confidence=1.0)]


async def test_sound_arrives_whole_and_in_order_and_captions_only_when_they_change() -> None:
    captions: list[str] = []

    async def note(text: str) -> None:
        captions.append(text)

    pool, utterance = Pool(2), Recording()
    session = Session(utterance, pool, 5.0, Limits(), note)
    for number in range(100):
        session.feed(bytes([number]) * 50)
        if number % 7 == 0:
            await asyncio.sleep(0.001)
    assert (await session.finish())[0].text == "all"
    assert utterance.heard == b"".join(bytes([number]) * 50 for number in range(100))
    assert utterance.calls < 100
    assert len(captions) == len(set(captions))
    pool.close()


async def test_an_utterance_has_an_end() -> None:
    pool = Pool(1)
    session = Session(Recording(), pool, 1.0, Limits(), lambda text: asyncio.sleep(0))
    session.feed(bytes(2 * RATE))
    with pytest.raises(TooLarge, match="1 s"):
        session.feed(b"\0\0")
    session.drop()
    pool.close()


async def test_a_decoder_that_breaks_shows_at_the_end() -> None:
    pool = Pool(1)
    session = Session(Recording(fails=True), pool, 1.0, Limits(), lambda text: asyncio.sleep(0))
    session.feed(b"\0\0")
    with pytest.raises(RuntimeError, match="broke"):
        await session.finish()
    session.drop()
    pool.close()
