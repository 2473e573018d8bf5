"""The real worker process with real engines, spoken to by the real client."""

import asyncio
import contextlib
import os
import re
import signal
import sys
import wave
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
import pytest

from assistant.errors import Busy, TooLarge, Unavailable, UnknownLanguage
from assistant.speech.client import SpeechClient
from assistant.speech.endpointing import Sign
from assistant.speech.models import RATE, Heard, LanguageSpeech
from tests.conftest import MODELS

ROOT = Path(__file__).resolve().parent.parent.parent
START_S = 60
PIECE = RATE // 10 * 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    process: asyncio.subprocess.Process
    client: SpeechClient
    folder: Path
    log: Path


@asynccontextmanager
async def worker(folder: Path, *arguments: str, models: Path = MODELS) -> AsyncIterator[Worker]:
    """A worker whose home and temporary folder are `folder`."""
    socket, log = folder / "speech.sock", folder.parent / f"{folder.name}.log"
    command = [sys.executable, "-m", "assistant.speech.worker", "--socket", str(socket), "--models", str(models)]
    env = {"PATH": os.defpath, "HOME": str(folder), "TMPDIR": str(folder), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *command, "--languages", "en,zh,ko", *arguments, cwd=folder, env=env, stdout=output, stderr=output
        )
    client = SpeechClient(f"unix://{socket}", ["en", "zh", "ko"])
    try:
        async with asyncio.timeout(START_S):
            while not await client.ping():
                assert process.returncode is None, log.read_text()
                await asyncio.sleep(0.05)
        yield Worker(process=process, client=client, folder=folder, log=log)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Short enough a path for a Unix socket, and closed to others."""
    path = tmp_path / "w"
    path.mkdir(mode=0o700)
    return path


def recording(shared_data: Path, name: str) -> bytes:
    with wave.open(str(shared_data / "speech" / name)) as sound:
        return sound.readframes(sound.getnframes())


async def hear(client: SpeechClient, language: str, pcm: bytes) -> tuple[Heard, list[str]]:
    async with client.listen(language, ["Riverside"]) as hearing:
        for at in range(0, len(pcm), PIECE):
            await hearing.feed(pcm[at : at + PIECE])
        heard = await hearing.finish()
        return heard, [caption.text async for caption in hearing.captions()]


async def test_three_languages_by_whisper(folder: Path, shared_data: Path) -> None:
    async with worker(folder, *(f"--engine={language}=whisper" for language in ("en", "zh", "ko"))) as running:
        client = running.client
        assert await client.languages() == {
            language: LanguageSpeech(hear="whisper", speak="pyttsx3", captions=True) for language in ("en", "zh", "ko")
        }
        clips = {
            "en": ("en-mixed/azure_whatstheweatherlike.wav", "what's the weather like"),
            "zh": ("zh-mixed/firered_BAC009S0764W0121.wav", "甚至出现"),
            "ko": ("ko-permissive/koreanfa_fv01_t01_s02.wav", "라디오도 영화도 몰랐다"),
        }
        jobs = [hear(client, language, recording(shared_data, name)) for language, (name, _) in clips.items()]
        for (language, (_, words)), (heard, captions) in zip(clips.items(), await asyncio.gather(*jobs), strict=True):
            assert words in heard.text.lower()
            assert (heard.language, heard.engine) == (language, "whisper")
            assert heard.confidence > 0.5
            assert captions
        for language, text in (("en", "Platform 3. Mind the gap."), ("zh", "三号站台。"), ("ko", "삼 번 승강장입니다.")):
            sounds = [sound async for sound in client.synthesise(text, language)]
            assert sum(len(sound.pcm) / 2 / sound.rate for sound in sounds) > 0.5
        slow, normal, fast = [
            sum([len(sound.pcm) async for sound in client.synthesise("Mind the gap.", "en", pace=pace)])
            for pace in ("slow", "normal", "fast")
        ]
        assert slow > 1.2 * normal > 1.4 * fast
        assert [sound async for sound in client.synthesise("...", "en")] == []
        nothing, _ = await hear(client, "en", bytes(2 * RATE * 2))
        assert (nothing.text, nothing.confidence) == ("", 0.0)
    assert_kept_to_itself(running, ["weather", "甚至", "라디오", "gap", "站台", "승강장", "Riverside"])


def assert_kept_to_itself(running: Worker, words: list[str]) -> None:
    """No file of the worker's but its socket, and none of the words in its log."""
    assert {path.name for path in running.folder.rglob("*")} <= {"speech.sock"}
    log = running.log.read_text()
    assert "speech_language" in log
    assert not re.search("|".join(words), log, re.IGNORECASE)


async def test_korean_by_vosk(folder: Path, shared_data: Path) -> None:
    async with worker(folder, "--engine", "ko=vosk", "--engine", "en=none", "--engine", "zh=none") as running:
        languages = await running.client.languages()
        assert languages["ko"] == LanguageSpeech(hear="vosk", speak="pyttsx3", captions=True)
        assert languages["en"].hear is None
        heard, captions = await hear(running.client, "ko", recording(shared_data, "ko-permissive/koreanfa_fv01_t01_s01.wav"))
        assert (heard.engine, heard.language) == ("vosk", "ko")
        assert heard.text.startswith("기차")
        assert heard.text.endswith("없었다"), "the words between differ from run to run"
        assert any(caption.startswith("기차") for caption in captions)
        assert heard.alternatives
    assert_kept_to_itself(running, ["기차", "없었다"])


SCRIPTED = ("--engine", "en=scripted", "--engine", "zh=none", "--engine", "ko=none", "--voice", "en=silent", "--voice", "ko=none")
SCRIPTED = (*SCRIPTED, "--voice", "zh=none", "--scripted", "when is the next train", "--longest-s", "5")


async def test_the_bounds_of_the_worker(folder: Path) -> None:
    async with worker(folder, *SCRIPTED) as running, AsyncExitStack() as stack:
        client = running.client
        assert await client.languages() == {
            "en": LanguageSpeech(hear="scripted", speak="silent", captions=True),
            "zh": LanguageSpeech(hear=None, speak=None, captions=False),
            "ko": LanguageSpeech(hear=None, speak=None, captions=False),
        }
        for language in ("zh", "xx"):
            with pytest.raises(UnknownLanguage):
                await hear(client, language, b"\1" * PIECE)
        with pytest.raises(TooLarge):
            await hear(client, "en", b"\1" * (2 * RATE * 6))
        assert (await hear(client, "en", b"\1" * PIECE))[0].text == "when is the next train"
        with pytest.raises(Unavailable):
            [sound async for sound in client.synthesise("x" * 5000, "en")]

        held = [await stack.enter_async_context(client.listen("en", [])) for _ in range(4)]
        for hearing in held:
            await hearing.feed(b"\1" * PIECE)
        with pytest.raises(Busy):
            await hear(client, "en", b"\1" * PIECE)
        assert await client.ping()
        assert [(await hearing.finish()).text for hearing in held] == ["when is the next train"] * 4
        # Those who leave without a word give their place back, too.
        for _ in range(6):
            with contextlib.suppress(ZeroDivisionError):
                async with client.listen("en", []) as hearing:
                    await hearing.feed(b"\1" * PIECE)
                    raise ZeroDivisionError
        async with asyncio.timeout(10):
            while not await heard_anything(client):  # noqa: ASYNC110  nobody tells when a place is free
                await asyncio.sleep(0.05)


async def heard_anything(client: SpeechClient) -> bool:
    try:
        return bool((await hear(client, "en", b"\1" * PIECE))[0].text)
    except Busy:
        return False


@pytest.mark.parametrize(
    "nonsense",
    [
        b"\xff\xfe\n", b"{}\n", b"[]\n", b"GET / HTTP/1.1\r\n\r\n", b'{"type": "transcribe", "data_length": 5}\nnope!',
        b'{"type": "audio-chunk", "data": {"rate": 0, "width": 9, "channels": 3}, "payload_length": 3}\nabc',
        b'{"type": "audio-start"}\n{"type": "audio-chunk"}\n', b'{"type": "synthesize", "data": {}}\n', b"x" * 200_000,
    ],
)  # fmt: skip
async def test_nonsense_does_no_harm(nonsense: bytes, folder: Path) -> None:
    async with worker(folder, *SCRIPTED) as running:
        reader, writer = await asyncio.open_unix_connection(folder / "speech.sock")
        writer.write(nonsense)
        with contextlib.suppress(OSError):
            writer.write_eof()
            await asyncio.wait_for(reader.read(), 5)
        writer.close()
        assert (await hear(running.client, "en", b"\1" * PIECE))[0].text == "when is the next train"


async def test_it_ends_when_told_to(folder: Path) -> None:
    async with worker(folder) as running:
        async with running.client.listen("en", []) as hearing:
            await hearing.feed(b"\1" * PIECE)
            running.process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(running.process.wait(), 10) == 0
            with pytest.raises(Unavailable):
                await hearing.finish()
        assert not await running.client.ping()
        assert os.listdir(folder) == []


async def test_its_voice_does_not_outlive_it(folder: Path) -> None:
    async with worker(folder) as running:
        voices = children(running.process.pid)
        assert voices
        running.process.kill()
        await running.process.wait()
        async with asyncio.timeout(10):
            while any(os.access(f"/proc/{pid}", os.F_OK) for pid in voices):  # noqa: ASYNC110  nobody tells of its end
                await asyncio.sleep(0.02)


def children(pid: int) -> list[int]:
    return [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]


async def test_without_models_it_says_so_and_still_speaks(folder: Path, tmp_path: Path) -> None:
    async with worker(folder, models=tmp_path / "nothing") as running:
        languages = await running.client.languages()
        assert {language: can.hear for language, can in languages.items()} == {"en": None, "zh": None, "ko": None}
        assert [sound async for sound in running.client.synthesise("hello", "en")]


async def test_a_damaged_model_takes_nothing_else_down(folder: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    for name in ("whisper-base", "vosk-ko-package"):
        (models / "speech" / name).mkdir(parents=True)
        (models / "speech" / name / "model.json").write_text("{}")
        (models / "speech" / name / "model.bin").write_bytes(b"no model")
    async with worker(folder, "--engine", "ko=vosk", models=models) as running:
        assert {can.hear for can in (await running.client.languages()).values()} == {None}
        assert [sound async for sound in running.client.synthesise("안녕하세요", "ko")]


async def test_the_end_of_a_question_is_noticed_in_a_crowd(folder: Path, shared_data: Path) -> None:
    """A person, and behind them a crowd at a tenth of their power that goes on: 10 s of it, and the end is told within the first."""
    said = np.frombuffer(recording(shared_data, "en-mixed/azure_whatstheweatherlike.wav"), "<i2").astype(np.float32)
    with wave.open(str(shared_data / "noise" / "crowd-soundbible" / "party-crowd-daniel_simon.wav")) as sound:
        assert (sound.getframerate(), sound.getnchannels()) == (RATE, 1)
        crowd = np.frombuffer(sound.readframes(RATE * 12 + len(said)), "<i2").astype(np.float32)
    mixed = crowd * np.sqrt(np.mean(said**2) / np.mean(crowd**2) / 10)
    mixed[RATE : RATE + len(said)] += said
    pcm = mixed.clip(-32768, 32767).astype("<i2").tobytes()
    async with worker(folder, "--engine=en=scripted", "--scripted=hello") as running, running.client.listen("en", []) as hearing:
        over = asyncio.create_task(hearing.over())
        fed = 0
        while not over.done() and fed < len(pcm):
            await hearing.feed(pcm[fed : fed + PIECE])
            fed += PIECE
            await asyncio.sleep(0.02)  # five times as fast as speech, and slow enough to be listened through at once
        assert await over is Sign.END
        end_s = 1 + len(said) / RATE
        assert end_s - 0.3 <= fed / 2 / RATE <= end_s + 1.5
        async with running.client.listen("en", []) as silence:
            for _ in range(70):
                await silence.feed(bytes(PIECE))
            assert await silence.over() is Sign.NEVER_STARTED
            assert (await silence.finish()).text == ""


async def test_a_long_recording_may_come_at_once(folder: Path) -> None:
    """As a client of the API sends it: nineteen seconds, faster than anybody speaks."""
    async with worker(folder, "--engine=en=scripted", "--scripted=hello") as running:
        heard, _ = await hear(running.client, "en", bytes([1, 1]) * 19 * RATE)
        assert heard.text == "hello"


@pytest.mark.long
@pytest.mark.timeout(1800)
async def test_ten_minutes_of_noise_leave_no_growth(folder: Path) -> None:
    """Forty utterances of fifteen seconds of random noise, through both engines; the first ten are for what is made once."""
    random = np.random.default_rng(5)
    async with worker(folder, "--engine=en=whisper", "--engine=ko=vosk", "--engine=zh=none") as running:
        sizes = []
        for number in range(40):
            pcm = (random.standard_normal(15 * RATE) * 3000).clip(-32768, 32767).astype("<i2").tobytes()
            await hear(running.client, ("en", "ko")[number % 2], pcm)
            sizes.append(psutil.Process(running.process.pid).memory_full_info().pss / 1e6)
    assert max(sizes[30:]) - max(sizes[5:15]) < 20, f"MB: {[round(size) for size in sizes]}"
