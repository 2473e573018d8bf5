"""`doctor`'s trial of hearing and speaking: the real worker speaks a sentence of each language and hears itself."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from assistant.cli.findings import Finding, advice, ok, wrong
from assistant.errors import AssistantError
from assistant.process import Supervisor
from assistant.settings import Settings
from assistant.speech.client import SpeechClient
from assistant.speech.models import RATE
from assistant.speech.wav import decode, encode
from assistant.speech.worker_spec import worker_spec

SENTENCES = {
    "en": "When does the next train to the airport leave?",
    "zh": "下一班去机场的火车几点开？",
    "ko": "공항으로 가는 다음 열차는 언제 있나요?",
}
LONGEST_S = 15.0
FRAME_S = 0.1
SLOW_MS = 600
START_LIMIT_S = 60.0


def hearing(settings: Settings) -> Iterator[Finding]:
    """Starts the speech worker, and tries every language that has a sentence."""
    if settings.speech.address is not None:
        yield ok("speech", f"left to {settings.speech.address}")
        return
    yield from asyncio.run(_try(settings))


async def _try(settings: Settings) -> list[Finding]:
    with tempfile.TemporaryDirectory(prefix="station-assistant-") as folder:
        path = Path(folder) / "speech.sock"
        client = SpeechClient(f"unix://{path}", settings.languages)
        worker = Supervisor(lambda: worker_spec(settings, path.parent), client.ping)
        await worker.start()
        try:
            if not await worker.wait_ready(START_LIMIT_S):
                last = worker.start_output.strip().splitlines()[-1:] or ["it does not answer"]
                return [wrong("speech", f"the worker does not start: {last[0]}", "make setup")]
            abilities = await client.languages()
            return [
                await _language(client, language)
                for language, can in abilities.items()
                if language in SENTENCES and can.hear and can.speak
            ]
        finally:
            await worker.stop()


async def _language(client: SpeechClient, language: str) -> Finding:
    area = f"speech {language}"
    try:
        pieces = [piece async for piece in client.synthesise(SENTENCES[language], language)]
        pcm = decode(encode(b"".join(piece.pcm for piece in pieces), pieces[0].rate), LONGEST_S)
        async with client.listen(language, []) as listening:
            size = int(RATE * FRAME_S) * 2
            for start in range(0, len(pcm), size):
                await listening.feed(pcm[start : start + size])
                await asyncio.sleep(FRAME_S)
            began = time.monotonic()
            heard = await listening.finish()
    except AssistantError as error:
        return wrong(area, error.message, "station-assistant models verify")
    milliseconds = (time.monotonic() - began) * 1000
    if not heard.text:
        return advice(area, "it does not hear its own voice", "station-assistant models verify")
    text = f"{heard.engine} takes {milliseconds:.0f} ms after the last word"
    if milliseconds > SLOW_MS:
        return advice(area, f"{text}: too slow", "install the small Vosk model of the language: station-assistant models list")
    return ok(area, text)
