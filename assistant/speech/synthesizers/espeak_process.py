"""The process in which pyttsx3 speaks, because its engine may hang: jobs come in on stdin, sound goes out on stdout.

A job is a line of JSON, `{"text", "voice", "rate"}`, the rate in words a minute; its answer is four bytes of length (big endian)
and as many bytes of a wav, none where the engine failed. Run by `espeak.py`, which kills it when an answer takes too long.
"""

import io
import json
import os
import sys
import time
from typing import Any, BinaryIO

POLL_S = 0.002


def main() -> None:
    """Answers jobs until stdin ends."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # pyttsx3 prints a line for every job
    voice = Voice()
    _answer(answers, voice.speak(" ", "gmw/en-us", 165))  # the first job may come out short: nobody shall hear it
    for line in sys.stdin.buffer:
        job = json.loads(line)
        _answer(answers, voice.speak(job["text"], job["voice"], job["rate"]))


class Voice:
    """pyttsx3's espeak engine, handled so that it loses nothing: it is asynchronous, but says little about it."""

    def __init__(self) -> None:
        import pyttsx3  # type: ignore[import-untyped]
        from pyttsx3.drivers import _espeak  # type: ignore[import-untyped]

        self._playing = _espeak.IsPlaying
        self._engine: Any = pyttsx3.init("espeak")
        self._finished = self._failed = False
        self._engine.connect("finished-utterance", self._on_finished)
        self._engine.connect("error", self._on_error)

    def speak(self, text: str, voice: str, rate: int) -> bytes:
        """A wav of `text`; empty where the engine reports an error."""
        self._finished = self._failed = False
        self._set("voice", voice)
        self._set("rate", rate)
        wav = io.BytesIO()
        self._engine.save_to_file(text, wav)
        self._engine.runAndWait()  # may return before the sound is there
        while not (self._finished or self._failed):
            time.sleep(POLL_S)
        return b"" if self._failed else wav.getvalue()

    def _set(self, name: str, value: str | int) -> None:
        self._settle()  # what is set while espeak is still at work can get lost
        self._engine.setProperty(name, value)
        self._settle()

    def _settle(self) -> None:
        while self._playing():
            time.sleep(POLL_S)

    def _on_finished(self, name: str | None, completed: bool) -> None:
        self._finished = True

    def _on_error(self, name: str | None, exception: Exception) -> None:
        self._failed = True


def _answer(answers: BinaryIO, wav: bytes) -> None:
    answers.write(len(wav).to_bytes(4, "big") + wav)
    answers.flush()


if __name__ == "__main__":
    main()
