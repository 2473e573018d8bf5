"""WAV bodies to the recognisers' sound, and back. In memory only."""

import io
import struct
import wave

from assistant.errors import UnusableAudio
from assistant.speech.models import RATE

LOWEST_RATE, HIGHEST_RATE = 4_000, 192_000


def decode(body: bytes, longest_s: float) -> bytes:
    """PCM WAV of any rate, mono or stereo, 8 to 32 bits, as s16le mono 16 kHz. Raises UnusableAudio."""
    try:
        with wave.open(io.BytesIO(body)) as sound:
            channels, width, rate, count = sound.getnchannels(), sound.getsampwidth(), sound.getframerate(), sound.getnframes()
            if channels not in (1, 2) or width not in (1, 2, 3, 4) or not LOWEST_RATE <= rate <= HIGHEST_RATE:
                raise UnusableAudio("the wav has to be mono or stereo PCM of 8 to 32 bits at 4 to 192 kHz")
            count = min(count, len(body) // (width * channels))  # who streams a wav does not know its length when writing the header
            if count > longest_s * rate:
                raise UnusableAudio(f"the wav is longer than {longest_s:g} s", code="audio-too-long")
            frames = sound.readframes(count)
    except (wave.Error, EOFError, struct.error, ValueError, RuntimeError):
        raise UnusableAudio("the body is not a PCM wav", hint="send RIFF/WAVE, PCM, as audio/wav") from None
    usable = len(frames) - len(frames) % (width * channels)
    if not usable:
        raise UnusableAudio("the wav holds no sound", code="nothing-heard")
    return _converted(frames[:usable], channels, width, rate)


def _converted(frames: bytes, channels: int, width: int, rate: int) -> bytes:
    import numpy as np  # Only who sends a wav pays for it.

    if width == 1:
        samples = (np.frombuffer(frames, np.uint8).astype(np.float32) - 128) / 128
    elif width == 3:
        padded = np.zeros((len(frames) // 3, 4), np.uint8)
        padded[:, 1:] = np.frombuffer(frames, np.uint8).reshape(-1, 3)
        samples = padded.view("<i4").reshape(-1).astype(np.float32) / 2**31
    else:
        samples = np.frombuffer(frames, f"<i{width}").astype(np.float32) / 2 ** (8 * width - 1)
    mono = samples.reshape(-1, channels).mean(axis=1)
    if rate != RATE:
        if rate > RATE:  # A windowed sinc below the new Nyquist rate keeps high sounds from folding down.
            half = 16 * rate // RATE
            at = np.arange(-half, half + 1)
            kernel = np.sinc(at * RATE * 0.9 / rate) * np.hamming(2 * half + 1)
            mono = np.convolve(mono, kernel / kernel.sum(), mode="same")
        count = max(1, round(len(mono) * RATE / rate))
        mono = np.interp(np.arange(count) * rate / RATE, np.arange(len(mono)), mono)
    return bytes((np.clip(mono, -1, 1) * 32767).astype("<i2").tobytes())


def marked_synthetic(body: bytes) -> bytes:
    """A wav that says in itself that a machine speaks: a RIFF `LIST INFO` chunk with `ISFT` and `ICMT`, after the sound.

    Synthetic speech has to be marked so that a machine can tell (Regulation (EU) 2024/1689, Article 50(2)).
    """
    texts = {b"ISFT": b"station-assistant\0", b"ICMT": b"synthetic speech\0"}
    items = b"".join(name + struct.pack("<I", len(text)) + text + bytes(len(text) % 2) for name, text in texts.items())
    chunk = b"LIST" + struct.pack("<I", len(items) + 4) + b"INFO" + items
    return body[:4] + struct.pack("<I", len(body) + len(chunk) - 8) + body[8:] + chunk


def at_volume(pcm: bytes, volume: float) -> bytes:
    """s16le sound at a share of its loudness, 0 to 1."""
    if volume == 1:
        return pcm
    import numpy as np

    return bytes((np.frombuffer(pcm, "<i2") * np.float32(volume)).astype("<i2").tobytes())


def encode(pcm: bytes, rate: int) -> bytes:
    """s16le mono PCM as a wav."""
    target = io.BytesIO()
    with wave.open(target, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(pcm)
    return target.getvalue()
