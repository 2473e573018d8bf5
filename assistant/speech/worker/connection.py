"""One connection of the worker: Wyoming events in, Wyoming events out.

Fields of ours: `transcript` also carries `confidence`, `engine` and `alternatives`; `caption` holds the text so far, which
may still change (Wyoming's own `transcript-chunk` may not); `voice-stopped` carries the `sign` by which the utterance is over
(`endpointing.Sign`); `synthesize` may ask for another `pace`: "slow" or "fast"; `prepare` names texts that will be asked for again.
"""

import asyncio
from dataclasses import dataclass, field

from wyoming.asr import Transcribe, Transcript, TranscriptChunk, TranscriptStart, TranscriptStop
from wyoming.audio import AudioChunk, AudioChunkConverter, AudioStart, AudioStop
from wyoming.error import Error
from wyoming.event import Event, async_read_event, async_write_event
from wyoming.info import Describe
from wyoming.ping import Ping, Pong
from wyoming.tts import Synthesize
from wyoming.vad import VoiceStarted, VoiceStopped

from assistant import log
from assistant.errors import AssistantError, Busy, TooLarge, UnknownLanguage
from assistant.speech.endpointing import FINAL, Limits, Sign
from assistant.speech.models import RATE, Alternative, Pace, Sound
from assistant.speech.synthesizers.sentences import split
from assistant.speech.wav import at_volume
from assistant.speech.worker.engines import Engines
from assistant.speech.worker.info import describe
from assistant.speech.worker.pool import Pool
from assistant.speech.worker.prepared import Prepared
from assistant.speech.worker.session import Session

LONGEST_TEXT = 4000
CHUNK_BYTES = 16_384
LOOK_S = 0.05
"""Seconds between two looks whether a client still waits for a voice."""


@dataclass(slots=True, kw_only=True)
class Shared:
    """What all connections share, and their bounds."""

    engines: Engines
    prepared: Prepared
    pool: Pool
    longest_s: float
    limits: Limits
    most_utterances: int
    utterances: set[Session] = field(default_factory=set)


class Connection:
    """Reads events until the client goes; then everything of the connection is dropped."""

    def __init__(self, shared: Shared, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._shared = shared
        self._reader = reader
        self._writer = writer
        self._request = Transcribe()
        self._session: Session | None = None
        self._converter = AudioChunkConverter(rate=RATE, width=2, channels=1)

    async def run(self) -> None:
        """Serves the connection to its end."""
        try:
            while (event := await async_read_event(self._reader)) is not None:
                await self._guarded(event)
        except (OSError, EOFError, KeyError, TypeError, AttributeError):
            pass  # the client is gone, or does not speak Wyoming
        finally:
            self._drop()
            self._writer.close()

    async def _guarded(self, event: Event) -> None:
        try:
            await self._handle(event)
        except AssistantError as error:
            self._drop()
            await self._write(Error(text=error.message, code=error.code).event())
        except OSError:
            raise
        except Exception as error:  # whatever an engine or a malformed event raises ends this request only
            log.failure("speech_request_failed", error)
            self._drop()
            await self._write(Error(text="the speech engine failed", code="engine-failed").event())

    async def _handle(self, event: Event) -> None:
        if AudioChunk.is_type(event.type):
            if self._session is not None:
                self._session.feed(self._converter.convert(AudioChunk.from_event(event)).audio)
        elif Transcribe.is_type(event.type):
            self._request = Transcribe.from_event(event)
        elif AudioStart.is_type(event.type):
            self._open()
        elif AudioStop.is_type(event.type):
            await self._finish()
        else:
            await self._handle_other(event)

    async def _handle_other(self, event: Event) -> None:
        """Everything that is not about an utterance."""
        if Synthesize.is_type(event.type):
            await self._synthesize(Synthesize.from_event(event), _pace(event.data.get("pace")))
        elif event.type == "prepare":
            self._shared.prepared.prepare([str(text) for text in event.data["texts"]], str(event.data["language"]))
        elif Describe.is_type(event.type):
            await self._write(describe(self._shared.engines).event())
        elif Ping.is_type(event.type) and not self._shared.pool.hung():
            await self._write(Pong(text=Ping.from_event(event).text).event())

    def _open(self) -> None:
        self._drop()
        shared, language = self._shared, self._request.language or ""
        recognizer = shared.engines.recognizers.get(language)
        if recognizer is None:
            raise UnknownLanguage("no engine hears this language")
        if len(shared.utterances) >= shared.most_utterances:
            raise Busy("too many utterances at once")
        vocabulary = (self._request.transcript_names or []) + (self._request.transcript_terms or [])
        utterance = recognizer.open(language, vocabulary)
        self._session = Session(utterance, shared.pool, shared.longest_s, shared.limits, self._caption, self._notice)
        shared.utterances.add(self._session)

    async def _finish(self) -> None:
        if self._session is None:
            return
        language = self._request.language or ""
        engine = self._shared.engines.recognizers[language].name
        found = await self._session.finish()
        self._drop()
        best = found[0] if found else Alternative(text="", confidence=0.0)
        transcript = Transcript(text=best.text, language=language).event()
        transcript.data |= {
            "confidence": best.confidence, "engine": engine,
            "alternatives": [{"text": item.text, "confidence": item.confidence} for item in found[1:]],
        }  # fmt: skip
        for event in (TranscriptStart(language=language).event(), TranscriptChunk(text=best.text).event(), transcript):
            await self._write(event)
        await self._write(TranscriptStop().event())

    async def _synthesize(self, request: Synthesize, pace: Pace) -> None:
        if len(request.text) > LONGEST_TEXT:
            raise TooLarge(f"the text is longer than {LONGEST_TEXT} characters")
        language = (request.voice.language if request.voice else None) or ""
        if language not in self._shared.engines.synthesizers:
            raise UnknownLanguage("no engine speaks this language")
        started, volume = False, self._shared.engines.volumes.get(language, 1.0)
        for sentence in split(request.text):
            sound = await self._spoken(sentence, language, pace)
            pcm = at_volume(sound.pcm, volume)
            if not started:
                await self._write(AudioStart(rate=sound.rate, width=2, channels=1).event())
                started = True
            for at in range(0, len(pcm), CHUNK_BYTES):
                await self._write(AudioChunk(sound.rate, 2, 1, pcm[at : at + CHUNK_BYTES]).event())
        await self._write(AudioStop().event())

    async def _spoken(self, sentence: str, language: str, pace: Pace) -> Sound:
        """A sentence for a client that is there. Who leaves while a slow voice is busy gives up its place in the queue."""
        look_s = LOOK_S if self._shared.engines.synthesizers[language].slow else None
        speaking = asyncio.create_task(self._shared.prepared.speak(sentence, language, pace))
        try:
            while not (await asyncio.wait({speaking}, timeout=look_s))[0]:
                self._still_there()
        finally:
            speaking.cancel()
        self._still_there()
        return speaking.result()

    def _still_there(self) -> None:
        if self._reader.at_eof() or self._reader.exception() is not None:
            raise ConnectionResetError

    async def _notice(self, sign: Sign) -> None:
        if sign is Sign.START:
            await self._write(VoiceStarted().event())
        elif sign in FINAL:
            event = VoiceStopped().event()
            event.data["sign"] = sign.value
            await self._write(event)

    async def _caption(self, text: str) -> None:
        await self._write(Event(type="caption", data={"text": text}))

    async def _write(self, event: Event) -> None:
        await async_write_event(event, self._writer)

    def _drop(self) -> None:
        if self._session is not None:
            self._shared.utterances.discard(self._session)
            self._session.drop()
            self._session = None


def _pace(asked: object) -> Pace:
    """The pace asked for; the normal one for everything else."""
    return "slow" if asked == "slow" else "fast" if asked == "fast" else "normal"
