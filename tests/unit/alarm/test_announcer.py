"""An alarm is said in every language, over and over, with or without the speech worker, a loudspeaker, a page."""

import asyncio
import os
from collections.abc import AsyncGenerator, Callable
from pathlib import Path

import pytest

from assistant.alarm import announcer as module
from assistant.alarm.announcer import Announcement, Announcer
from assistant.alarm.sounds import Sounds
from assistant.errors import Unavailable
from assistant.speech.models import Sound

GENERAL = {"en": "Warning.", "ko": "경고."}
FIRE = Announcement(alert_id="a1", sentences={"en": ("Fire.", "Leave."), "ko": ("불.", "나가세요.")})


class Voice:
    """A speech worker that is there or not; its sound is the text itself, at a rate that makes it short."""

    def __init__(self) -> None:
        self.up, self.asked = True, list[str]()

    async def speak(self, text: str, language: str) -> AsyncGenerator[Sound]:
        self.asked.append(text)
        if not self.up:
            raise Unavailable("the worker is down")
        yield Sound(rate=16_000, pcm=text.encode("utf-16-le"))


class Ears:
    """What is heard: from a loudspeaker that is there or not, and from a page."""

    def __init__(self, *, loud: bool) -> None:
        self.loud, self.heard, self.paged = loud, list[str](), list[tuple[str, str, str]]()

    async def play(self, sound: Sound) -> bool:
        if self.loud:
            self.heard.append(_text(sound))
            await asyncio.sleep(0)
        return self.loud

    async def page(self, alert_id: str, language: str, sound: Sound) -> None:
        self.paged.append((alert_id, language, _text(sound)))


def _text(sound: Sound) -> str:
    return sound.pcm.decode("utf-16-le")


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GAP_S", 0.0)
    monkeypatch.setattr(module, "ROUND_S", 0.0)


@pytest.fixture
def voice() -> Voice:
    return Voice()


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.001)


async def test_every_language_in_turn_and_again(voice: Voice, tmp_path: Path) -> None:
    ears = Ears(loud=True)
    said = Announcer(Sounds(tmp_path, voice.speak), ears, GENERAL)
    said.say([FIRE])
    await until(lambda: len(ears.heard) >= 8)
    await said.stop()
    assert ears.heard[:8] == ["Fire.", "Leave.", "불.", "나가세요."] * 2
    count = len(ears.heard)
    await asyncio.sleep(0.02)
    assert len(ears.heard) == count, "after the end there is silence"


async def test_what_changes_is_said_at_once_and_what_is_the_same_goes_on(voice: Voice, tmp_path: Path) -> None:
    ears = Ears(loud=True)
    said = Announcer(Sounds(tmp_path, voice.speak), ears, GENERAL)
    said.say([FIRE])
    await until(lambda: ears.heard)
    task = said._task
    said.say([FIRE])
    assert said._task is task
    said.say([Announcement(alert_id="a2", sentences={"en": ("Gas.",)})])
    await until(lambda: "Gas." in ears.heard)
    heard = len(ears.heard)
    await until(lambda: len(ears.heard) > heard + 3)
    assert set(ears.heard[heard:]) == {"Gas."}
    said.say([])
    assert said._task is None


async def test_without_a_loudspeaker_every_page_plays_it(voice: Voice, tmp_path: Path) -> None:
    ears, broken = Ears(loud=False), Ears(loud=False)

    async def fails(alert_id: str, language: str, sound: Sound) -> None:
        broken.paged.append((alert_id, language, ""))
        raise ConnectionError

    said = Announcer(Sounds(tmp_path, voice.speak), ears, GENERAL)
    with said.page(fails), said.page(ears.page):
        said.say([FIRE])
        await until(lambda: len(ears.paged) >= 4)
    await said.stop()
    assert ears.paged[:4] == [("a1", "en", "Fire."), ("a1", "en", "Leave."), ("a1", "ko", "불."), ("a1", "ko", "나가세요.")]
    assert broken.paged, "a page that is gone ends nothing"


async def test_what_was_made_ahead_is_said_without_the_worker(voice: Voice, tmp_path: Path) -> None:
    sounds = Sounds(tmp_path, voice.speak)
    assert await sounds.prepare([("en", "Fire."), ("en", "Warning."), ("ko", "경고.")])
    voice.up = False
    again = Sounds(tmp_path, voice.speak)
    again.load()
    for made in (sounds, again):  # this start, and the next one from the disk
        ears = Ears(loud=True)
        said = Announcer(made, ears, GENERAL)
        said.say([FIRE])
        await until(lambda ears=ears: len(ears.heard) >= 2)
        await said.stop()
        assert ears.heard[:2] == ["Fire.", "경고."], "what nobody foresaw is left out, and the general warning stands for it"


async def test_what_is_not_needed_any_more_goes_from_the_disk(voice: Voice, tmp_path: Path) -> None:
    sounds = Sounds(tmp_path, voice.speak)
    await sounds.prepare([("en", "Fire."), ("en", "Old.")])
    await sounds.prepare([("en", "Fire.")])
    assert len(os.listdir(tmp_path)) == 1
    voice.up = False
    assert not await sounds.prepare([("en", "Fire."), ("en", "New.")])
    assert _text(await sounds.of("en", "Fire.") or Sound(rate=1, pcm=b"")) == "Fire."
    assert await sounds.of("en", "New.") is None


async def test_a_folder_that_takes_nothing_ends_no_alarm(voice: Voice, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, no folder")
    sounds = Sounds(tmp_path / "taken", voice.speak)
    assert await sounds.prepare([("en", "Fire.")])
    voice.up = False
    assert await sounds.of("en", "Fire.") is not None
