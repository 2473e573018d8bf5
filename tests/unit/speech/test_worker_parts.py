"""The parts of the worker that need no engine."""

import asyncio
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from assistant.errors import TooLarge
from assistant.speech import catalogue
from assistant.speech.catalogue import VOSK_KO_PACKAGE, VOSK_SMALL, WHISPER_BASE, WHISPER_TINY_EN, Model
from assistant.speech.endpointing import Limits, Sign
from assistant.speech.models import RATE, Alternative, Voice
from assistant.speech.recognizers.scripted import ScriptedRecognizer
from assistant.speech.recognizers.two_pass import TwoPassRecognizer
from assistant.speech.store import Installed
from assistant.speech.worker.engines import best, candidates, choose
from assistant.speech.worker.pool import Pool
from assistant.speech.worker.ports import Recognizer
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
        ("ko", "vosk+whisper", [WHISPER_BASE, VOSK_SMALL["ko"]], VOSK_SMALL["ko"]),
        ("en", "auto", [catalogue.PIPER_EN_JOE], None),
    ],
)
def test_the_engine_of_a_language(language: str, engine: str, models: list[Model], chosen: Model | None) -> None:
    found = choose(language, engine, present(*models))
    assert (found.model if found else None) == chosen


def measured(model: Model, success: float) -> Model:
    return replace(model, success={"en": success})


@pytest.mark.parametrize(
    ("vosk", "whisper", "first"),
    [(0.9, 0.8, "vosk"), (0.8, 0.9, "whisper"), (0.9, 0.9, "vosk"), (None, 0.9, "vosk"), (0.5, None, "vosk")],
)
def test_the_better_one_by_the_figures_comes_first_and_vosk_on_a_tie(vosk: float | None, whisper: float | None, first: str) -> None:
    models = [VOSK_SMALL["en"] if vosk is None else measured(VOSK_SMALL["en"], vosk)]
    models.append(replace(WHISPER_BASE, success={}) if whisper is None else measured(WHISPER_BASE, whisper))
    found = candidates("en", "auto", [Installed(model=model, path=Path(model.name), source="local") for model in models])
    assert [item.model.engine for item in found] == [first, "whisper" if first == "vosk" else "vosk"]


class Engine(ScriptedRecognizer):
    """A recogniser of a speed."""

    def __init__(self, name: str, decode_s: float) -> None:
        super().__init__([name])
        self.name, self.decode_s = name, decode_s


@pytest.mark.parametrize(
    ("speeds", "chosen"),
    [((0.3, 0.1), "whisper-base"), ((2.0, 0.5), "whisper-tiny.en"), ((2.0, 1.5), "whisper-base"), ((None, 0.5), "whisper-tiny.en")],
    ids=["quick machine", "slow machine", "very slow machine", "one does not load"],
)
async def test_a_model_that_is_too_slow_here_gives_way(speeds: tuple[float | None, float], chosen: str) -> None:
    engines = {WHISPER_BASE.name: speeds[0], WHISPER_TINY_EN.name: speeds[1]}

    async def load(item: Installed) -> Recognizer | None:
        speed = engines[item.model.name]
        return None if speed is None else Engine(item.model.name, speed)

    found = await best(present(WHISPER_BASE, WHISPER_TINY_EN), load, both=False)
    assert found is not None
    assert found.name == chosen


async def test_both_engines_on_one_utterance_or_the_one_there_is() -> None:
    async def load(item: Installed) -> Recognizer | None:
        return Engine(item.model.engine, 0.0)

    both = await best(present(WHISPER_BASE, VOSK_SMALL["en"]), load, both=True)
    alone = await best(present(WHISPER_BASE), load, both=True)
    assert both is not None
    assert both.name == "vosk+whisper"
    assert alone is not None
    assert alone.name == "whisper"
    utterance = both.open("en", [])
    assert utterance.accept(b"\1\1", Voice()) == "whisper"
    assert [item.text for item in utterance.finish()] == ["whisper", "vosk"]
    noise = TwoPassRecognizer(Engine("vosk", 0.0), ScriptedRecognizer([""])).open("en", [])
    noise.accept(b"\1\1", Voice())
    assert noise.finish() == [], "the thorough one has the last word, also where it heard nothing"


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


async def unheeded(sign: Sign) -> None:
    """Nobody waits for the end here."""


async def test_sound_arrives_whole_and_in_order_and_captions_only_when_they_change() -> None:
    captions: list[str] = []

    async def note(text: str) -> None:
        captions.append(text)

    pool, utterance = Pool(2), Recording()
    session = Session(utterance, pool, 5.0, Limits(), note, unheeded)
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
    session = Session(Recording(), pool, 1.0, Limits(), lambda text: asyncio.sleep(0), unheeded)
    session.feed(bytes(2 * RATE))
    with pytest.raises(TooLarge, match="1 s"):
        session.feed(b"\0\0")
    session.drop()
    pool.close()


async def test_a_decoder_that_breaks_shows_at_the_end() -> None:
    pool = Pool(1)
    session = Session(Recording(fails=True), pool, 1.0, Limits(), lambda text: asyncio.sleep(0), unheeded)
    session.feed(b"\0\0")
    with pytest.raises(RuntimeError, match="broke"):
        await session.finish()
    session.drop()
    pool.close()
