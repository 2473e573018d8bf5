import io
import itertools
import math
import struct
import wave

import pytest

from assistant.errors import UnusableAudio
from assistant.speech.wav import at_volume, decode, encode, marked_synthetic


def tone(rate: int, channels: int, width: int, seconds: float = 0.5, hertz: float = 440.0) -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(width)
        sound.setframerate(rate)
        for index in range(int(rate * seconds)):
            value = 0.5 * math.sin(2 * math.pi * hertz * index / rate)
            whole = round(value * (2 ** (8 * width - 1) - 1))
            frame = bytes([whole + 128]) if width == 1 else whole.to_bytes(width, "little", signed=True)
            sound.writeframesraw(frame * channels)
    return target.getvalue()


def crossings(pcm: bytes) -> int:
    samples = struct.unpack(f"<{len(pcm) // 2}h", pcm)
    return sum(a < 0 <= b for a, b in itertools.pairwise(samples))


@pytest.mark.parametrize("rate", [8000, 16000, 22050, 44100, 48000])
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_any_pcm_wav_becomes_16_khz_mono(rate: int, channels: int, width: int) -> None:
    pcm = decode(tone(rate, channels, width), longest_s=20)
    assert abs(len(pcm) // 2 - 8000) <= 2
    assert abs(crossings(pcm) - 220) <= 3, "half a second of 440 Hz"
    peak = max(abs(value) for value in struct.unpack(f"<{len(pcm) // 2}h", pcm))
    assert 0.4 < peak / 32767 < 0.6


def test_what_lies_above_the_new_limit_does_not_fold_down() -> None:
    pcm = decode(tone(48000, 1, 2, hertz=11_000), longest_s=20)
    peak = max(abs(value) for value in struct.unpack(f"<{len(pcm) // 2}h", pcm)[200:-200])
    assert peak / 32767 < 0.02


@pytest.mark.parametrize(
    "body", [b"", b"RIFF", b"\0" * 100, "文字".encode(), b"RIFF\xff\xff\xff\xffWAVEfmt ", b"OggS" + b"\1" * 500, tone(16000, 1, 2)[:30]]
)
def test_what_is_no_wav_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(UnusableAudio):
        decode(body, longest_s=20)


@pytest.mark.parametrize("stated", [0xFFFFFFFF, 0x7FFFFFFE])
def test_a_wav_is_as_long_as_its_sound_whatever_its_header_says(stated: int) -> None:
    short, long = bytearray(tone(16000, 1, 2)), bytearray(tone(16000, 1, 2, seconds=2))
    for body in (short, long):
        body[40:44] = struct.pack("<I", stated)
    assert len(decode(bytes(short), longest_s=1)) == 16000
    with pytest.raises(UnusableAudio) as error:
        decode(bytes(long), longest_s=1)
    assert error.value.code == "audio-too-long"


def test_too_long_and_empty_sound_have_codes_of_their_own() -> None:
    with pytest.raises(UnusableAudio) as long:
        decode(tone(8000, 1, 1, seconds=2), longest_s=1)
    assert long.value.code == "audio-too-long"
    with pytest.raises(UnusableAudio) as empty:
        decode(encode(b"", 16000), longest_s=1)
    assert empty.value.code == "nothing-heard"


def test_an_odd_byte_at_the_end_is_dropped() -> None:
    whole = bytearray(tone(16000, 2, 2))
    assert decode(bytes(whole[:-1]), longest_s=20)


def test_synthetic_speech_says_so_in_itself_and_is_the_same_sound() -> None:
    pcm = bytes(range(200))
    body = marked_synthetic(encode(pcm, 22050))
    assert body.endswith(b"ICMT\x11\0\0\0synthetic speech\0\0")
    assert struct.unpack_from("<I", body, 4)[0] == len(body) - 8
    with wave.open(io.BytesIO(body)) as sound:
        assert (sound.getframerate(), sound.readframes(sound.getnframes())) == (22050, pcm)


def test_a_voice_can_be_turned_down() -> None:
    loud = struct.pack("<3h", 1000, -32768, 3)
    assert at_volume(loud, 1) is loud
    assert struct.unpack("<3h", at_volume(loud, 0.5)) == (500, -16384, 1)
    assert at_volume(loud, 0) == bytes(6)
