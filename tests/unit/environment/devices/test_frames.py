"""Frames cut out of streams: as captured, split, damaged, mixed with noise, and 10,000 times at random."""

import random
import struct
from collections.abc import Callable, Iterable, Iterator
from csv import DictReader
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.environment.devices.frames import Framer
from assistant.environment.devices.models import Rejected, Values
from assistant.environment.devices.nova import sds011
from assistant.environment.devices.plantower import pms5003
from assistant.environment.devices.serial_port import SerialModel
from tests.unit.environment.devices.peers import nova, plantower

MODELS: dict[str, Callable[[], SerialModel]] = {"pms5003": pms5003, "sds011": sds011}
PMS_ANSWER = bytes.fromhex("424d0004e1010175")
"""A PMS5003's answer to "send by yourself"."""
SDS_ANSWER = bytes.fromhex("aac502010000a16004ab")


def framer(kind: str = "pms5003") -> Framer:
    return Framer(MODELS[kind]().layouts)


def told(pm1: float, pm2_5: float, pm10: float) -> Values:
    return {"pm1": pm1, "pm2_5": pm2_5, "pm10": pm10}


def captured(folder: Path, sensor: str) -> list[tuple[bytes, dict[str, float]]]:
    """Every captured frame with the values recorded beside it."""
    with (folder / "data.csv").open() as file:
        frames = [bytes.fromhex(row["hex"]) for row in DictReader(file) if row["sensor"] == sensor]
    with (folder / f"{sensor}.csv").open() as file:
        rows = [{key: float(value) for key, value in row.items()} for row in DictReader(file, skipinitialspace=True)]
    return list(zip(frames, rows, strict=True))


def test_captured_frames_of_a_pms5003_say_what_was_recorded(shared_data: Path) -> None:
    taken = captured(shared_data / "env/pm-sensor-frames", "PMSx003")
    assert len(taken) == 10
    for frame, row in taken:
        assert framer().feed(frame) == [told(row["pm01"], row["pm25"], row["pm10"])]


def test_captured_frames_of_an_sds011_say_what_was_recorded(shared_data: Path) -> None:
    taken = captured(shared_data / "env/pm-sensor-frames", "SDS01x")
    assert len(taken) == 10
    for frame, row in taken:
        assert framer("sds011").feed(frame) == [{"pm2_5": row["pm25"], "pm10": row["pm10"]}]


def test_frames_of_the_protocols_own_example() -> None:
    assert framer("sds011").feed(bytes.fromhex("AAC08C009400BCF9D5AB")) == [{"pm2_5": 14.0, "pm10": 14.8}]


def test_the_values_of_the_air_count_not_those_of_the_factory() -> None:
    assert framer().feed(plantower(5, 8, 13, factory=(70, 80, 90))) == [told(5, 8, 13)]


def test_a_frame_may_come_byte_by_byte() -> None:
    one = framer()
    found = [values for byte in plantower(1, 2, 3) + plantower(4, 5, 6) for values in one.feed(bytes([byte]))]
    assert found == [told(1, 2, 3), told(4, 5, 6)]
    assert one.rejected == Rejected()


def test_a_wrong_checksum_costs_one_frame() -> None:
    bad = bytearray(plantower(1, 2, 3))
    bad[13] ^= 0x40
    one = framer()
    assert one.feed(bytes(bad) + plantower(4, 5, 6)) == [told(4, 5, 6)]
    assert one.rejected == Rejected(checksum=1)


def test_half_a_frame_does_not_take_the_next_with_it() -> None:
    one = framer()
    assert one.feed(plantower(1, 2, 3)[:17] + plantower(4, 5, 6)) == [told(4, 5, 6)]
    assert one.rejected == Rejected(short=1)


def test_a_frame_that_is_cut_off_at_the_end_is_counted() -> None:
    one = framer()
    assert one.feed(plantower(1, 2, 3)[:17]) == []
    one.drop()
    assert one.feed(plantower(4, 5, 6)) == [told(4, 5, 6)]
    assert one.rejected == Rejected(short=1)


def test_noise_between_frames_is_counted_by_the_run() -> None:
    one = framer()
    assert one.feed(b"\x00\xff\x42" + plantower(1, 2, 3) + b"BM\x00\x00" + plantower(4, 5, 6)) == [told(1, 2, 3), told(4, 5, 6)]
    assert one.rejected == Rejected(noise=2)


def test_a_long_noise_is_one_run_and_is_not_kept() -> None:
    one = framer()
    for _ in range(100):
        assert one.feed(b"\x55" * 1000) == []
    assert one.rejected == Rejected(noise=1)
    assert len(one._waiting) < 32


@pytest.mark.parametrize(("kind", "answer"), [("pms5003", PMS_ANSWER), ("sds011", SDS_ANSWER)])
def test_the_answer_to_a_command_is_neither_value_nor_noise(kind: str, answer: bytes) -> None:
    one = framer(kind)
    assert one.feed(answer) == []
    assert one.rejected == Rejected()
    one.feed(answer[:-2] + b"\x00\x00")
    assert one.rejected.total == 1


def test_values_that_contradict_each_other_are_counted() -> None:
    """No particle above 0.3 µm, and yet a mass of them: pypms knows such frames."""
    one = framer()
    assert one.feed(plantower(1, 2, 3, counts=0)) == []
    assert one.rejected == Rejected(nonsense=1)


@pytest.mark.parametrize(("kind", "frame"), [("pms5003", b"BM\x00\x1c" + bytes(26) + b"\x00\xab"), ("sds011", nova(0, 0))])
def test_a_frame_of_nothing_but_zeros_is_a_sensor_that_warms_up(kind: str, frame: bytes) -> None:
    one = framer(kind)
    assert one.feed(frame) == [{}]
    assert one.rejected == Rejected()


@settings(deadline=None)
@given(values=st.lists(st.tuples(*[st.integers(0, 1000)] * 3), max_size=5), cuts=st.lists(st.integers(0, 160)))
def test_it_does_not_matter_how_the_stream_is_cut(values: list[tuple[int, int, int]], cuts: list[int]) -> None:
    stream = b"".join(plantower(*three) for three in values)
    one = framer()
    edges = sorted({0, *[cut for cut in cuts if cut < len(stream)], len(stream)})
    found = [value for begin, end in pairwise(edges) for value in one.feed(stream[begin:end])]
    assert found == [told(*three) for three in values]


@settings(deadline=None)
@given(st.lists(st.binary(max_size=80)))
def test_no_bytes_harm(pieces: list[bytes]) -> None:
    for kind in MODELS:
        one = framer(kind)
        for piece in pieces:
            one.feed(piece)


def whole_frames(kind: str, stream: bytes) -> Iterator[tuple[int, Values]]:
    """Place and values of everything in the stream that is a frame with a right checksum, wherever it begins; written anew."""
    length, header = (32, b"BM\x00\x1c") if kind == "pms5003" else (10, b"\xaa\xc0")
    for at in range(len(stream) - length + 1):
        frame = stream[at : at + length]
        if not frame.startswith(header):
            continue
        if kind == "pms5003" and sum(frame[:30]) == struct.unpack(">H", frame[30:])[0]:
            yield at, told(*struct.unpack(">3H", frame[10:16]))
        elif kind == "sds011" and frame[9] == 0xAB and sum(frame[2:8]) % 256 == frame[8]:
            pm2_5, pm10 = struct.unpack("<HH", frame[2:6])
            yield at, {"pm2_5": pm2_5 / 10, "pm10": pm10 / 10}


def damaged(chance: random.Random, frame: bytes) -> bytes:
    """The frame as a bad line brings it."""
    piece = bytearray(frame)
    match chance.randrange(6):
        case 0:
            del piece[chance.randrange(len(piece)) :]
        case 1:
            del piece[: chance.randrange(len(piece))]
        case 2:
            piece[chance.randrange(len(piece))] ^= 1 << chance.randrange(8)
        case 3:
            piece.insert(chance.randrange(len(piece)), chance.randrange(256))
        case 4:
            piece[:0] = chance.randbytes(chance.randrange(40))
        case 5:
            piece = bytearray(frame[: chance.randrange(5)] * chance.randrange(9))
    return bytes(piece)


def in_order(part: Iterable[Values], whole: Iterable[Values]) -> bool:
    """True where `part` is `whole` with some left out."""
    rest = iter(whole)
    return all(any(value == other for other in rest) for value in part)


@pytest.mark.parametrize("kind", MODELS)
def test_ten_thousand_frames_from_a_bad_line(kind: str) -> None:
    """Nothing but what a frame with a right checksum says comes out; every sound frame does; the rest is counted."""
    chance = random.Random(7)  # noqa: S311  damage, not a secret
    one, stream, sound, found = framer(kind), bytearray(), list[Values](), list[Values]()
    for _ in range(10_000):
        low, high = chance.randrange(1, 65536), chance.randrange(65536)
        frame = plantower(low, high, high) if kind == "pms5003" else nova(low, high)
        if chance.random() < 0.5:
            frame = damaged(chance, frame)
        else:
            sound.append(told(low, high, high) if kind == "pms5003" else {"pm2_5": low / 10, "pm10": high / 10})
        stream += frame
        found += one.feed(frame[: len(frame) // 2])
        found += one.feed(frame[len(frame) // 2 :])
    possible = [values for _, values in whole_frames(kind, bytes(stream))]
    assert in_order(found, possible)
    assert in_order(sound, found)
    assert len(sound) > 4900
    assert min(one.rejected.checksum, one.rejected.short, one.rejected.noise) > 500, one.rejected
    assert one.rejected.total <= 3 * (10_000 - len(sound))
