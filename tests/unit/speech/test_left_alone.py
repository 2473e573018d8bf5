"""A voice works for nobody who has left, and one sentence at a time."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from piper import PiperVoice, SynthesisConfig

from assistant.speech.client import SpeechClient
from assistant.speech.endpointing import Limits
from assistant.speech.models import RATE, Pace, Sound
from assistant.speech.synthesizers.piper import PiperSynthesizer
from assistant.speech.worker.connection import Connection, Shared
from assistant.speech.worker.engines import Engines
from assistant.speech.worker.pool import Pool
from assistant.speech.worker.prepared import Prepared


class Busy:
    """A slow voice that works when it is let."""

    name, slow = "busy", True

    def __init__(self) -> None:
        self.turn, self.free, self.asked, self.made = asyncio.Lock(), asyncio.Event(), 0, list[str]()

    async def asked_by(self, count: int) -> bool:
        """Waits until so many wait for it; False where they never do."""
        for _ in range(500):
            if self.asked == count:
                return True
            await asyncio.sleep(0.01)
        return False

    async def speak(self, text: str, language: str, *, pace: Pace = "normal") -> Sound:
        self.asked += 1
        try:
            async with self.turn:
                await self.free.wait()
                self.made.append(text)
                return Sound(rate=RATE, pcm=bytes(320))
        finally:
            self.asked -= 1

    async def close(self) -> None:
        """Nothing to end."""


async def test_who_leaves_while_a_voice_is_busy_is_not_spoken_to(tmp_path: Path) -> None:
    voice, pool = Busy(), Pool(1)
    engines = Engines(recognizers={}, synthesizers={"en": voice})
    shared = Shared(
        engines=engines, prepared=Prepared(engines.synthesizers), pool=pool, longest_s=15, limits=Limits(), most_utterances=1
    )  # fmt: skip
    server = await asyncio.start_unix_server(lambda reader, writer: Connection(shared, reader, writer).run(), tmp_path / "s")
    client = SpeechClient(f"unix://{tmp_path / 's'}", ["en"])

    async def read(text: str) -> int:
        return sum([len(sound.pcm) async for sound in client.synthesise(text, "en")])

    overtaken = [asyncio.create_task(read(f"Number {number}. And more.")) for number in range(5)]
    assert await voice.asked_by(5)
    for task in overtaken:
        task.cancel()
    await asyncio.wait(overtaken)
    assert await voice.asked_by(0)
    voice.free.set()
    assert await read("The last.") == 320
    assert voice.made == ["The last."]
    server.close()
    pool.close()


@dataclass
class Config:
    length_scale: float = 1.0
    sample_rate: int = RATE


@dataclass
class Native:
    """Stands for the engine: notes how many threads are in it at once."""

    config: Config = field(default_factory=Config)
    go: threading.Event = field(default_factory=threading.Event)
    began: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    inside: int = 0
    most: int = 0

    def synthesize(self, text: str, config: SynthesisConfig) -> Iterator[object]:
        self.inside += 1
        self.most = max(self.most, self.inside)
        self.began.release()
        self.go.wait(5)
        self.inside -= 1
        return iter(())


async def test_a_sentence_that_nobody_waits_for_is_ended_before_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    native = Native()
    monkeypatch.setattr(PiperVoice, "load", lambda *_, **__: native)
    voice = PiperSynthesizer(Path())
    left = asyncio.create_task(voice.speak("One.", "en"))
    assert await asyncio.to_thread(native.began.acquire, timeout=5)
    left.cancel()
    await asyncio.wait({left})
    assert left.cancelled()
    second = asyncio.create_task(voice.speak("Two.", "en"))
    assert not await asyncio.to_thread(native.began.acquire, timeout=0.2)
    native.go.set()
    assert (await second).pcm == b""
    assert native.most == 1
