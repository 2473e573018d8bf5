"""The assistant's client of a Wyoming speech service: our own worker, or any other."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from urllib.parse import urlsplit

from wyoming.asr import Transcribe, Transcript, TranscriptChunk
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.error import Error
from wyoming.event import Event, async_read_event, async_write_event
from wyoming.info import Describe, Info
from wyoming.ping import Ping, Pong
from wyoming.tts import Synthesize, SynthesizeVoice
from wyoming.vad import VoiceStopped

from assistant.errors import AssistantError, Busy, TooLarge, Unavailable, UnknownLanguage
from assistant.speech.endpointing import Sign
from assistant.speech.models import RATE, Alternative, Caption, Heard, LanguageSpeech, Pace, Sound

CONNECT_S = 1.0
ANSWER_S = 2.0
"""Longest wait for an answer that needs no engine."""
FINISH_S = 10.0
"""Longest wait for the text of an utterance."""
SPEAK_S = 12.0
"""Longest wait for the next piece of speech."""
UNSENT_BYTES = 256_000
"""Sound the service may be behind by, 8 s, before it is waited for."""
CATCH_UP_S = 2.0
"""Longest wait for a service that is so far behind, before it counts as busy."""


class SpeechClient:
    """Meets `ports.Speech`. Every request has a connection of its own; none waits without a limit."""

    def __init__(self, address: str, languages: Sequence[str], spoken: Callable[[str, str], str] = lambda text, language: text) -> None:
        """`spoken` turns a text into what the voice of a language can read (`lexicon.Lexicon`)."""
        self._address = urlsplit(address)
        self._languages = tuple(languages)
        self._spoken = spoken

    @asynccontextmanager
    async def listen(self, language: str, vocabulary: list[str]) -> AsyncIterator["Hearing"]:
        """Opens an utterance; leaving the context drops all its sound."""
        async with self._connection() as connection:
            await connection.send(Transcribe(language=language, transcript_names=vocabulary).event())
            await connection.send(AudioStart(rate=RATE, width=2, channels=1).event())
            hearing = Hearing(connection, language)
            try:
                yield hearing
            finally:
                await hearing.close()

    async def synthesise(self, text: str, language: str, *, pace: Pace = "normal") -> AsyncGenerator[Sound]:
        """Speech for `text`, piece by piece as it is made. A service that knows no pace speaks at its own."""
        request = Synthesize(text=self._spoken(text, language), voice=SynthesizeVoice(language=language)).event()
        if pace != "normal":
            request.data["pace"] = pace
        async with self._connection() as connection:
            await connection.send(request)
            while not AudioStop.is_type((event := await connection.read(SPEAK_S)).type):
                if AudioChunk.is_type(event.type):
                    with _mapped():
                        chunk = AudioChunk.from_event(event)
                    yield Sound(rate=chunk.rate, pcm=chunk.audio)

    async def prepare(self, texts: Sequence[str], language: str) -> None:
        """Names texts that will be said again and again; ours makes them ahead where its voice is slow, others pay no heed."""
        async with self._connection() as connection:
            said = [self._spoken(text, language) for text in texts]
            await connection.send(Event(type="prepare", data={"language": language, "texts": said}))

    async def languages(self) -> dict[str, LanguageSpeech]:
        """What each language of the station can do now; empty while the service is down."""
        try:
            async with self._connection() as connection:
                await connection.send(Describe().event())
                while not Info.is_type((event := await connection.read(ANSWER_S)).type):
                    pass
            with _mapped():
                info = Info.from_event(event)
        except Unavailable:
            return {}
        return {language: _abilities(info, language) for language in self._languages}

    async def ping(self) -> bool:
        """True where the service answers and none of its engines hangs."""
        try:
            async with self._connection() as connection:
                await connection.send(Ping().event())
                while not Pong.is_type((await connection.read(ANSWER_S)).type):
                    pass
        except Unavailable:
            return False
        return True

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator["_Connection"]:
        if self._address.scheme == "unix":
            opening = asyncio.open_unix_connection(self._address.path)
        else:
            opening = asyncio.open_connection(self._address.hostname, self._address.port)
        with _mapped():
            reader, writer = await asyncio.wait_for(opening, CONNECT_S)
        writer.transport.set_write_buffer_limits(high=2 * UNSENT_BYTES)
        try:
            yield _Connection(reader, writer)
        finally:
            writer.transport.abort()


class _Connection:
    """One connection; foreign errors become ours here."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @property
    def behind(self) -> int:
        """Bytes the service has not taken yet."""
        return self._writer.transport.get_write_buffer_size()

    async def send(self, event: Event) -> None:
        """Sends an event. Raises Unavailable."""
        with _mapped():
            await asyncio.wait_for(async_write_event(event, self._writer), ANSWER_S)

    async def read(self, limit_s: float | None) -> Event:
        """The next event; an error event is raised. Raises Unavailable where none comes within `limit_s`."""
        with _mapped():
            event = await asyncio.wait_for(async_read_event(self._reader), limit_s)
            if event is None:
                raise EOFError
            if not Error.is_type(event.type):
                return event
            code = Error.from_event(event).code
        raise _error(code)


@contextmanager
def _mapped() -> Iterator[None]:
    """What connections and other people's events raise becomes Unavailable."""
    try:
        yield
    except TimeoutError as error:
        raise Unavailable("the speech service does not answer") from error
    except (OSError, EOFError) as error:
        raise Unavailable("the speech service is down") from error
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise Unavailable("the speech service speaks another protocol") from error


class Hearing:
    """One utterance being heard; meets `ports.Listening`."""

    def __init__(self, connection: _Connection, language: str) -> None:
        self._connection = connection
        self._language = language
        self._captions: asyncio.Queue[Caption | None] = asyncio.Queue()
        self._over: asyncio.Future[Sign] = asyncio.get_running_loop().create_future()
        self._reading = asyncio.create_task(self._read())

    async def feed(self, pcm: bytes) -> None:
        """Takes s16le mono 16 kHz. Raises Busy where the service is far behind, and what the service says went wrong."""
        if self._reading.done():
            self._reading.result()
        await self._caught_up()
        await self._connection.send(AudioChunk(RATE, 2, 1, pcm).event())

    async def _caught_up(self) -> None:
        """Waits a little for a service that is far behind: a whole recording comes faster than it can be listened through."""
        began = asyncio.get_running_loop().time()
        while self._connection.behind > UNSENT_BYTES:
            if asyncio.get_running_loop().time() - began > CATCH_UP_S:
                raise Busy("the speech service is far behind")
            await asyncio.sleep(0.01)

    async def finish(self) -> Heard:
        """No more sound comes; waits for the final text. Raises Unavailable."""
        with contextlib.suppress(Unavailable):  # the reader knows more precisely what is wrong
            await self._connection.send(AudioStop().event())
        try:
            return await asyncio.wait_for(asyncio.shield(self._reading), FINISH_S)
        except TimeoutError as error:
            raise Unavailable("the speech service does not answer") from error

    async def captions(self) -> AsyncIterator[Caption]:
        """Captions while speaking; ends when the utterance does."""
        while (caption := await self._captions.get()) is not None:
            yield caption

    async def over(self) -> Sign:
        """Waits until the traveller is done speaking, or until nobody spoke. What goes wrong is raised by `finish`."""
        return await asyncio.shield(self._over)

    async def close(self) -> None:
        """Ends the reading."""
        self._over.cancel()
        self._reading.cancel()
        await asyncio.wait({self._reading})
        if not self._reading.cancelled():
            self._reading.exception()  # it was raised to who waited; nobody else has to hear of it

    async def _read(self) -> Heard:
        text = ""
        try:
            while not Transcript.is_type((event := await self._connection.read(None)).type):
                with _mapped():
                    if event.type == "caption":
                        self._captions.put_nowait(Caption(text=str(event.data["text"])))
                    elif VoiceStopped.is_type(event.type) and not self._over.done():
                        self._over.set_result(Sign(event.data.get("sign", Sign.END)))
                    elif TranscriptChunk.is_type(event.type):
                        text += TranscriptChunk.from_event(event).text
                        self._captions.put_nowait(Caption(text=text))
            with _mapped():
                return _heard(event, self._language)
        finally:
            self._captions.put_nowait(None)


def _heard(event: Event, language: str) -> Heard:
    data: dict[str, Any] = event.data
    text = str(data["text"]).strip()
    return Heard(
        text=text,
        confidence=float(data.get("confidence", 1.0 if text else 0.0)),
        engine=str(data.get("engine", "wyoming")),
        language=language,
        alternatives=[Alternative(text=str(item["text"]), confidence=float(item["confidence"])) for item in data.get("alternatives", [])],
    )


def _abilities(info: Info, language: str) -> LanguageSpeech:
    asr = next((program for program in info.asr if any(_speaks(model.languages, language) for model in program.models)), None)
    tts = next((program for program in info.tts if any(_speaks(voice.languages, language) for voice in program.voices)), None)
    return LanguageSpeech(
        hear=asr.name if asr else None,
        speak=tts.name if tts else None,
        captions=bool(asr and asr.supports_transcript_streaming),
    )


def _speaks(languages: Sequence[str], language: str) -> bool:
    return any(tag.replace("_", "-").split("-")[0] == language for tag in languages)


def _error(code: str | None) -> AssistantError:
    """The error of ours for an error of the service; its text is left out, for it may quote what was said."""
    match code:
        case "busy":
            return Busy("too many people are being heard at once")
        case "audio-too-long":
            return TooLarge("the utterance is too long", code="audio-too-long")
        case "unknown-language":
            return UnknownLanguage("the speech service does not know this language")
        case "voice-failed":
            return Unavailable("the voice of this language failed", code="voice-failed")
        case _:
            return Unavailable("the speech service failed")
