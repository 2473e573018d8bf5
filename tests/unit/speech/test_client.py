"""The client against Wyoming services of every kind: foreign, failing, hanging, gone."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from wyoming.asr import Transcript, TranscriptChunk, TranscriptStart
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.error import Error
from wyoming.event import Event, async_read_event, async_write_event
from wyoming.info import AsrModel, AsrProgram, Attribution, Info
from wyoming.ping import Pong
from wyoming.vad import VoiceStopped

from assistant.errors import AssistantError, Busy, TooLarge, Unavailable, UnknownLanguage
from assistant.speech import client as client_module
from assistant.speech.client import Hearing, SpeechClient
from assistant.speech.endpointing import Sign
from assistant.speech.models import LanguageSpeech

type Answer = Callable[[Event], list[Event] | None]


@asynccontextmanager
async def service(folder: Path, answer: Answer) -> AsyncIterator[SpeechClient]:
    """A Wyoming service that answers each event with what `answer` says; None ends the connection."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while (event := await async_read_event(reader)) is not None:
                events = answer(event)
                if events is None:
                    break
                for item in events:
                    await async_write_event(item, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_unix_server(serve, folder / "s.sock")
    try:
        yield SpeechClient(f"unix://{folder / 's.sock'}", ["en", "ko"])
    finally:
        server.close()
        await server.wait_closed()


def at_stop(*events: Event) -> Answer:
    return lambda event: list(events) if event.type == "audio-stop" else []


async def hear(client: SpeechClient) -> str:
    async with client.listen("en", []) as hearing:
        await hearing.feed(bytes(3200))
        return (await hearing.finish()).text


async def test_a_service_without_our_fields_is_understood(tmp_path: Path) -> None:
    answer = at_stop(
        TranscriptStart().event(), TranscriptChunk(text="when is ").event(), TranscriptChunk(text="the train").event(),
        Transcript(text="when is the train").event(),
    )  # fmt: skip
    async with service(tmp_path, answer) as client, client.listen("en", []) as hearing:
        heard = await hearing.finish()
        captions = [caption.text async for caption in hearing.captions()]
    assert (heard.text, heard.confidence, heard.engine) == ("when is the train", 1.0, "wyoming")
    assert captions == ["when is ", "when is the train"]


async def test_a_slow_or_fast_voice_is_asked_for_and_a_normal_one_goes_without_saying(tmp_path: Path) -> None:
    asked: list[Event] = []

    def answer(event: Event) -> list[Event]:
        asked.append(event)
        return [AudioStart(16000, 2, 1).event(), AudioChunk(16000, 2, 1, b"ab").event(), AudioStop().event()]

    async with service(tmp_path, answer) as client:
        for pace in ("normal", "slow", "fast"):
            assert [sound.pcm async for sound in client.synthesise("hello", "en", pace=pace)] == [b"ab"]
    assert [event.data for event in asked] == [
        {"text": "hello", "voice": {"language": "en"}}, {"text": "hello", "voice": {"language": "en"}, "pace": "slow"},
        {"text": "hello", "voice": {"language": "en"}, "pace": "fast"},
    ]  # fmt: skip


async def test_languages_are_read_from_any_services_tags(tmp_path: Path) -> None:
    whose = Attribution(name="", url="")
    model = AsrModel(name="m", attribution=whose, installed=True, description=None, version=None, languages=["en_US", "fr"])
    program = AsrProgram(name="other", attribution=whose, installed=True, description=None, version=None, models=[model])
    async with service(tmp_path, lambda event: [Info(asr=[program]).event()]) as client:
        assert await client.languages() == {
            "en": LanguageSpeech(hear="other", speak=None, captions=False),
            "ko": LanguageSpeech(hear=None, speak=None, captions=False),
        }


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("busy", Busy), ("audio-too-long", TooLarge), ("unknown-language", UnknownLanguage),
        ("voice-failed", Unavailable), ("engine-failed", Unavailable), (None, Unavailable), ("news", Unavailable),
    ],
)  # fmt: skip
async def test_every_error_of_a_service_becomes_ours_and_loses_its_words(
    code: str | None, error: type[AssistantError], tmp_path: Path
) -> None:
    async with service(tmp_path, at_stop(Error(text="heard: my secret", code=code).event())) as client:
        with pytest.raises(error) as caught:
            await hear(client)
    assert type(caught.value) is error
    assert "secret" not in caught.value.message


async def test_a_service_that_goes_in_the_middle_is_unavailable(tmp_path: Path) -> None:
    async with service(tmp_path, lambda event: None if event.type == "audio-stop" else []) as client:
        with pytest.raises(Unavailable):
            await hear(client)


async def test_captions_end_when_the_service_goes(tmp_path: Path) -> None:
    answer: Answer = lambda event: None if event.type == "audio-chunk" else []  # noqa: E731
    async with service(tmp_path, answer) as client, client.listen("en", []) as hearing:
        await hearing.feed(bytes(320))
        assert [caption async for caption in hearing.captions()] == []


@pytest.mark.parametrize(
    "broken", [b"no json\n", b"{}\n", b'{"type": "transcript", "data": {}}\n', b'{"type": "pong", "data_length": 9}\nabc']
)
async def test_a_service_that_speaks_nonsense_is_unavailable(broken: bytes, tmp_path: Path) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(broken)
        await reader.read(100_000)
        writer.close()

    server = await asyncio.start_unix_server(serve, tmp_path / "s.sock")
    client = SpeechClient(f"unix://{tmp_path / 's.sock'}", ["en"])
    with pytest.raises(Unavailable):
        await hear(client)
    assert not await client.ping()
    assert await client.languages() == {}
    server.close()
    await server.wait_closed()


async def test_a_service_that_never_answers_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in ("ANSWER_S", "FINISH_S", "SPEAK_S"):
        monkeypatch.setattr(client_module, limit, 0.05)
    async with service(tmp_path, lambda event: []) as client:
        assert not await client.ping()
        assert await client.languages() == {}
        with pytest.raises(Unavailable):
            await hear(client)
        with pytest.raises(Unavailable):
            [sound async for sound in client.synthesise("hello", "en")]


async def test_a_service_that_takes_no_sound_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    release = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await release.wait()
        writer.close()

    server = await asyncio.start_unix_server(serve, tmp_path / "s.sock")
    client = SpeechClient(f"unix://{tmp_path / 's.sock'}", ["en"])
    async with client.listen("en", []) as hearing:
        with pytest.raises(Busy):
            await asyncio.wait_for(feed_for_ever(hearing), 30)
    release.set()
    server.close()
    await server.wait_closed()


async def test_nothing_listens_there(tmp_path: Path) -> None:
    client = SpeechClient(f"unix://{tmp_path / 'none.sock'}", ["en"])
    assert not await client.ping()
    assert await client.languages() == {}
    with pytest.raises(Unavailable):
        await hear(client)


async def test_other_events_in_between_do_no_harm(tmp_path: Path) -> None:
    odd = Event(type="zzz", data={"x": 1})
    speech = [odd, AudioStart(16000, 2, 1).event(), odd, AudioChunk(16000, 2, 1, b"abcd").event(), AudioStop().event()]
    answers = {"ping": [odd, Pong().event()], "synthesize": speech}
    async with service(tmp_path, lambda event: answers.get(event.type, [])) as client:
        assert await client.ping()
        assert [sound.pcm async for sound in client.synthesise("x", "en")] == [b"abcd"]


async def test_a_service_may_be_on_tcp(tmp_path: Path) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await async_read_event(reader)
        await async_write_event(Pong().event(), writer)
        writer.close()

    server: asyncio.Server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    assert await SpeechClient(f"tcp://127.0.0.1:{port}", ["en"]).ping()
    server.close()
    await server.wait_closed()


async def feed_for_ever(hearing: Hearing) -> None:
    while True:
        await hearing.feed(bytes(3200))


async def cancelled(work: Awaitable[object]) -> None:
    task = asyncio.ensure_future(work)
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_giving_up_leaves_no_task_behind(tmp_path: Path) -> None:
    async with service(tmp_path, lambda event: []) as client:
        before = asyncio.all_tasks()
        await cancelled(hear(client))
        await asyncio.sleep(0)
        assert {task for task in asyncio.all_tasks() - before if "hear" in repr(task.get_coro())} == set()


@pytest.mark.parametrize(("data", "sign"), [({"sign": "never-started"}, Sign.NEVER_STARTED), ({}, Sign.END)], ids=["ours", "any service's"])
async def test_the_end_of_speech_is_told_before_the_text(tmp_path: Path, data: dict[str, str], sign: Sign) -> None:
    stopped = VoiceStopped().event()
    stopped.data |= data

    def answer(event: Event) -> list[Event]:
        return {"audio-chunk": [stopped, stopped], "audio-stop": [Transcript(text="yes").event()]}.get(event.type, [])

    async with service(tmp_path, answer) as client, client.listen("en", []) as hearing:
        await hearing.feed(bytes(3200))
        assert await hearing.over() is sign
        assert (await hearing.finish()).text == "yes"


async def test_a_service_that_notices_no_end_is_waited_for_without_one(tmp_path: Path) -> None:
    async with service(tmp_path, lambda event: []) as client, client.listen("en", []) as hearing:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(hearing.over(), 0.1)
