"""Voices for the microphone: recorded people ask nothing of a station, so these are a machine's.

Piper sounds nearly human. eSpeak does not, but has accents: it reads English with the sounds of another language.
"""

import functools
import io
import subprocess
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tests.conftest import MODELS

PIPER = MODELS / "speech" / "piper-en-joe" / "voice.onnx"
BEFORE_S, AFTER_S = 0.5, 14.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How somebody sounds."""

    espeak: tuple[str, ...] = ("-v", "en-us", "-s", "140")
    piper: bool = True
    """Piper where it is here, eSpeak else."""
    pitch: float = 1.0
    """Of Piper's: a child's is higher."""
    slowness: float = 1.0

    def say(self, text: str) -> tuple[int, bytes]:
        """Rate and 16-bit mono sound of a sentence."""
        return _piper(self, text) if self.piper and PIPER.exists() else _espeak(self, text)


def into(microphone: Path, voice: Voice, text: str) -> float:
    """Lets the microphone hear a sentence when it is opened next, then silence; seconds of the sentence."""
    rate, sound = voice.say(text)
    with wave.open(str(microphone), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(bytes(2 * int(rate * BEFORE_S)) + sound + bytes(2 * int(rate * AFTER_S)))
    return len(sound) / 2 / rate


@functools.cache
def _loaded() -> Any:
    from piper import PiperVoice

    return PiperVoice.load(PIPER)


@functools.cache
def _piper(voice: Voice, text: str) -> tuple[int, bytes]:
    from piper import SynthesisConfig

    pieces = list(_loaded().synthesize(text, SynthesisConfig(length_scale=voice.slowness * voice.pitch)))
    rate: int = pieces[0].sample_rate
    sound = np.frombuffer(b"".join(piece.audio_int16_bytes for piece in pieces), "<i2")
    if voice.pitch != 1.0:  # played faster: higher, and as fast as before thanks to the slowness
        places = np.arange(0, len(sound) - 1, voice.pitch)
        sound = np.interp(places, np.arange(len(sound)), sound).astype("<i2")
    return rate, sound.tobytes()


@functools.cache
def _espeak(voice: Voice, text: str) -> tuple[int, bytes]:
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        subprocess.run(["espeak-ng", *voice.espeak, "-w", file.name, text], check=True)
        body = Path(file.name).read_bytes()
    with wave.open(io.BytesIO(body)) as sound:
        return sound.getframerate(), sound.readframes(sound.getnframes())
