"""Sound for the measurements: recordings read, noise and rooms added, and where speech begins and ends by its envelope."""

import random
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import av
import numpy as np

from assistant.speech.models import RATE
from benchmarks.running import ROOT

SHARED = ROOT.parent / "shared" / "data"
HOP = RATE // 100
"""Samples of a step of the envelope, 10 ms."""
FALL_DB = 25.0
"""Speech is what lies no farther below its loud parts, and in the upper half between those and the background."""
LEAST_STEPS = 6
"""A shorter sound is a click."""
BAND_HZ = (150, 5000)
type Samples = np.ndarray[tuple[int], np.dtype[np.float32]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """Where somebody speaks in a recording, in seconds."""

    start_s: float
    end_s: float
    longest_pause_s: float


def read(path: Path) -> Samples:
    """A recording of any kind as numbers from -1 to 1, mono, 16 kHz."""
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    parts: list[np.ndarray] = []
    with av.open(str(path)) as container:
        for frame in [*container.decode(audio=0), None]:
            parts += [part.to_ndarray()[0] for part in resampler.resample(frame)]
    return np.concatenate(parts).astype(np.float32) / np.float32(32768)


def to_pcm(samples: Samples) -> bytes:
    """s16le, turned down where it would clip."""
    loudest = float(np.abs(samples).max(initial=0.0))
    return bytes((samples / max(1.0, loudest) * 32767).astype("<i2").tobytes())


def from_pcm(pcm: bytes) -> Samples:
    """Numbers from -1 to 1."""
    return np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(32768)


def spoken(samples: Samples) -> Speech:
    """Where somebody speaks, by the envelope between 150 Hz and 5 kHz, independent of any voice-activity model."""
    spectrum, hertz = np.fft.rfft(samples), np.fft.rfftfreq(len(samples), 1 / RATE)
    spectrum[(hertz < BAND_HZ[0]) | (hertz > BAND_HZ[1])] = 0
    band = np.fft.irfft(spectrum, len(samples))
    power = (band[: len(band) // HOP * HOP].reshape(-1, HOP) ** 2).mean(axis=1)
    level = 10 * np.log10(np.convolve(power, np.ones(3) / 3, "same") + 1e-10)
    loud, background = np.percentile(level, 95), np.percentile(level, 10)
    runs = _runs(level > max(loud - FALL_DB, (loud + background) / 2))
    runs = [(start, end) for start, end in runs if end - start >= LEAST_STEPS]
    pauses = [later[0] - earlier[1] for earlier, later in pairwise(runs)]
    return Speech(start_s=runs[0][0] / 100, end_s=runs[-1][1] / 100, longest_pause_s=max(pauses, default=0) / 100)


def _runs(on: np.ndarray) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], on.astype(np.int8), [0]])))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def speech_power(samples: Samples) -> float:
    """Mean square of the speech: of the steps within 20 dB of the loud ones."""
    power = (samples[: len(samples) // HOP * HOP].reshape(-1, HOP) ** 2).mean(axis=1)
    return float(power[power >= np.percentile(power, 95) / 100].mean())


def in_room(samples: Samples, response: Samples) -> Samples:
    """As heard in a room: convolved with its impulse response, as loud as before, not later than before."""
    response = response[int(np.abs(response).argmax()) :]
    size = len(samples) + len(response) - 1
    wet = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(response, size), size)[: len(samples)].astype(np.float32)
    return wet * np.float32(np.sqrt(speech_power(samples) / speech_power(wet)))


def in_noise(samples: Samples, noise: Samples | None, snr_db: float, *, lead_s: float, tail_s: float, seed: int) -> Samples:
    """Silence or noise before, during and after; the noise is `snr_db` below the speech."""
    lead, tail = int(lead_s * RATE), int(tail_s * RATE)
    mixed = np.zeros(lead + len(samples) + tail, np.float32)
    mixed[lead : lead + len(samples)] = samples
    if noise is not None:
        start = random.Random(seed).randrange(len(noise))  # noqa: S311  the same noise in every run
        piece = np.resize(np.roll(noise, -start), len(mixed))
        mixed += piece * np.float32(np.sqrt(speech_power(samples) / 10 ** (snr_db / 10) / np.mean(piece**2)))
    return mixed
