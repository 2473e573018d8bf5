"""pyttsx3 with espeak-ng, in a process of its own that is killed and started again when it hangs."""

import asyncio
import contextlib
import io
import json
import os
import sys
import wave
from collections.abc import Mapping

from assistant import log
from assistant.errors import Unavailable
from assistant.process import LAUNCHER
from assistant.speech.models import Pace, Sound

OTHERS = {
    "gmw": ("de", "nl"), "roa": ("ca", "es", "fr", "it", "pt", "ro"), "zlw": ("cs", "pl", "sk"), "zls": ("bg", "hr", "sl", "sr"),
    "zle": ("ru", "uk"), "gmq": ("da", "is", "nb", "sv"), "urj": ("et", "fi", "hu"), "bat": ("lt", "lv"), "cel": ("cy", "ga"),
    "grk": ("el",), "trk": ("tr",), "poz": ("id", "ms"), "sem": ("ar", "he"), "inc": ("bn", "hi", "ur"), "dra": ("ta",), "aav": ("vi",),
    "jpx": ("ja",), "tai": ("th",), "ira": ("fa",), "sit": ("yue",),
}  # fmt: skip
"""Languages that a station may add, by espeak-ng's families. Nobody has listened to these voices for this program."""
VOICES = {code: f"{family}/{code}" for family, codes in OTHERS.items() for code in codes} | {
    "en": "gmw/en-us", "zh": "sit/cmn-Latn-pinyin+f2", "ko": "ko",
}  # fmt: skip
"""Language → voice. Debian 12's `sit/cmn` spells Chinese out in English letters and digits; the pinyin voice reads it, and of its
variants and speeds Whisper understands this one best: 48 % of characters wrong, 71 % without (12 sentences)."""
USUAL = 165
WORDS_A_MINUTE = {"en": USUAL, "zh": 130, "ko": USUAL}
PACES: dict[Pace, float] = {"slow": 0.73, "normal": 1.0, "fast": 1.4}
START_S = 10.0
JOB_S = 5.0


class EspeakSynthesizer:
    """One job at a time; 10 ms a sentence."""

    name = "pyttsx3"
    slow = False

    def __init__(
        self,
        argv: tuple[str, ...] = (sys.executable, "-m", "assistant.speech.synthesizers.espeak_process"),
        speeds: Mapping[str, float] | None = None,
    ) -> None:
        self._argv, self._speeds = argv, speeds or {}
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()

    async def start(self) -> bool:
        """Starts the engine's process and waits until it has spoken once; False where it cannot be."""
        try:
            async with self._turn:
                await self._started()
        except Unavailable as error:
            log.failure("voice_failed", error)
            return False
        return True

    async def speak(self, text: str, language: str, *, pace: Pace = "normal") -> Sound:
        """Speech for one sentence. A process that does not answer is replaced, and asked once more."""
        rate = round(WORDS_A_MINUTE.get(language, USUAL) * PACES[pace] * self._speeds.get(language, 1.0))
        job = json.dumps({"text": text, "voice": VOICES[language], "rate": rate}).encode() + b"\n"
        async with self._turn:
            try:
                body = await self._ask(job)
            except Unavailable:
                body = await self._ask(job)
        if not body:
            raise Unavailable("the voice of this language failed", code="voice-failed")
        with wave.open(io.BytesIO(body)) as sound:
            return Sound(rate=sound.getframerate(), pcm=sound.readframes(sound.getnframes()))

    async def close(self) -> None:
        """Ends the process."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
            self._process = None

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            # espeak-ng greets PulseAudio, which would leave folders at home.
            env = {**os.environ, "HOME": os.devnull}
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-I", "-S", LAUNCHER, str(os.getpid()), *self._argv,
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, env=env,
            )  # fmt: skip
            await self._answer(self._process, START_S)
        return self._process

    async def _ask(self, job: bytes) -> bytes:
        process = await self._started()
        if process.stdin is None:
            raise Unavailable("the voice has no way in", code="voice-failed")
        with contextlib.suppress(OSError):  # a process that just died shows at its answer
            process.stdin.write(job)
            await process.stdin.drain()
        return await self._answer(process, JOB_S)

    async def _answer(self, process: asyncio.subprocess.Process, limit_s: float) -> bytes:
        try:
            async with asyncio.timeout(limit_s):
                if process.stdout is None:
                    raise EOFError
                size = int.from_bytes(await process.stdout.readexactly(4), "big")
                return await process.stdout.readexactly(size)
        except (TimeoutError, EOFError) as error:
            await self.close()
            raise Unavailable("the voice does not answer", code="voice-failed") from error
        except asyncio.CancelledError:
            await self.close()  # its answer would be taken for that of the next job
            raise
