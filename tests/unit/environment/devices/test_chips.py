"""Chips on an I²C bus, through their makers' drivers: worked examples, checksums, settings, and chips that never get ready."""

import math
import random
import struct
import time
from collections.abc import Callable
from csv import DictReader
from pathlib import Path
from typing import Any

import pytest

from assistant.environment.devices import bosch, i2c, sensirion
from assistant.environment.devices.i2c import I2cDevice
from assistant.environment.devices.models import Rejected
from assistant.environment.devices.ports import Bus
from assistant.errors import Unavailable
from tests.unit.environment.devices import peers
from tests.unit.environment.devices.peers import FakeBus, FixedClock, Ticks

EXAMPLE = bytes.fromhex("01F466675EB9")
"""500 ppm, 25 °C, 37 %: the example of the SCD4x datasheet, 3.6.2."""


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The drivers wait between command and answer; these chips need no time."""
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)


def device(bus: FakeBus, start: Callable[[Bus], Any], ticks: Ticks | None = None, settle_s: float = 0.0) -> I2cDevice:
    ticks = ticks or Ticks()
    return I2cDevice("chip", "/dev/i2c-1", start, FixedClock(), settle_s=settle_s, open_bus=bus.open, monotonic=ticks, sleep=ticks.sleep)


def opened(chip: Any, address: int, start: Callable[[Bus], Any], ticks: Ticks | None = None) -> I2cDevice:
    one = device(FakeBus({address: chip}), start, ticks)
    one.open()
    return one


def values(one: I2cDevice) -> dict[str, float]:
    return {item.quantity: item.value for item in one.read()}


def bme280(bus: Bus) -> bosch.Bme280:
    return bosch.Bme280(bus, 0x76)


def bme680(bus: Bus) -> bosch.Bme680:
    return bosch.Bme680(bus, 0x77)


def test_the_checksum_is_the_datasheets() -> None:
    assert peers.crc(bytes.fromhex("BEEF")) == 0x92
    assert peers.with_crc(EXAMPLE) == bytes.fromhex("01F4336667A25EB93C")


def test_the_scd4x_example() -> None:
    found = values(opened(peers.scd4x(EXAMPLE), 0x62, sensirion.Scd4x))
    assert found == {"co2": 500, "temperature": pytest.approx(25.0, abs=0.01), "humidity": pytest.approx(37.0, abs=0.01)}


@pytest.mark.parametrize(("word", "celsius", "percent"), [(0x0000, -45.0, 0.0), (0xFFFF, 130.0, 100.0), (0x8000, 42.501, 50.001)])
def test_the_ends_of_the_scd4x_scales(word: int, celsius: float, percent: float) -> None:
    found = values(opened(peers.scd4x(struct.pack(">3H", 400, word, word)), 0x62, sensirion.Scd4x))
    assert found == {"co2": 400, "temperature": pytest.approx(celsius, abs=0.001), "humidity": pytest.approx(percent, abs=0.001)}


def test_the_scd4x_is_stopped_told_not_to_calibrate_itself_and_started() -> None:
    chip = peers.scd4x(EXAMPLE)
    opened(chip, 0x62, sensirion.Scd4x)
    assert chip.log == [bytes.fromhex(word) for word in ("36F6", "3F86", "24160000", "21B1")]


def test_the_sps30_is_stopped_and_started_in_floats() -> None:
    chip = peers.sps30([0.0] * 10)
    opened(chip, 0x69, sensirion.Sps30)
    assert chip.log == [bytes.fromhex(word) for word in ("0104", "00100300")]


@pytest.mark.parametrize(("start", "chip", "refused"), [
    (sensirion.Sps30, peers.sps30([1.0] * 10), 0x0104), (sensirion.Scd4x, peers.scd4x(EXAMPLE), 0x3F86),
])  # fmt: skip
def test_a_chip_that_has_nothing_to_stop_is_started(start: Callable[[Bus], Any], chip: peers.SensirionChip, refused: int) -> None:
    chip.silent = chip.silent | {refused}
    address = 0x69 if start is sensirion.Sps30 else 0x62
    assert values(opened(chip, address, start))


def unstuffed(frame: bytes) -> bytes:
    """The data of a frame of the SPS30's serial protocol (datasheet, 5.2): start, address, command, state, length, data, check, stop."""
    plain, rest = bytearray(), iter(frame)
    for byte in rest:
        plain.append(next(rest) ^ 0x20 if byte == 0x7D else byte)
    assert plain[1:5] == b"\x00\x03\x00\x28"
    assert ~sum(plain[1:-2]) & 0xFF == plain[-2]
    return bytes(plain[5:-2])


def test_captured_values_of_an_sps30_say_what_was_recorded(shared_data: Path) -> None:
    """The ten floats are the same over serial and I²C; the frames were captured from a serial line."""
    folder = shared_data / "env/pm-sensor-frames"
    with (folder / "data.csv").open() as file:
        frames = [unstuffed(bytes.fromhex(row["hex"])) for row in DictReader(file) if row["sensor"] == "SPS30"]
    with (folder / "SPS30.csv").open() as file:
        rows = list(DictReader(file, skipinitialspace=True))
    assert len(frames) == 10
    for data, row in zip(frames, rows, strict=True):
        found = values(opened(peers.sps30(list(struct.unpack(">10f", data))), 0x69, sensirion.Sps30))
        assert {key: f"{value:.1f}" for key, value in found.items()} == {"pm1": row["pm01"], "pm2_5": row["pm25"], "pm10": row["pm10"]}


def test_values_of_an_sps30_that_are_no_numbers_are_counted() -> None:
    one = opened(peers.sps30([1.0, math.nan, *[1.0] * 8]), 0x69, sensirion.Sps30)
    with pytest.raises(Unavailable):
        one.read()
    assert one.rejected().nonsense > 1


@pytest.mark.parametrize(("start", "chip", "address"), [
    (sensirion.Sps30, peers.sps30([1.0] * 10), 0x69), (sensirion.Scd4x, peers.scd4x(EXAMPLE), 0x62),
])  # fmt: skip
def test_a_wrong_checksum_is_counted_and_asked_again(start: Callable[[Bus], Any], chip: peers.SensirionChip, address: int) -> None:
    one = opened(chip, address, start)
    chip.damage = True
    with pytest.raises(Unavailable, match="chip brought no value within 10 s"):
        one.read()
    assert one.rejected() == Rejected(checksum=one.rejected().total)
    assert one.rejected().checksum > 10
    chip.damage = False
    assert values(one)


@pytest.mark.parametrize(("start", "chip", "address", "ready"), [
    (sensirion.Sps30, peers.sps30([1.0] * 10), 0x69, 0x0202), (sensirion.Scd4x, peers.scd4x(EXAMPLE), 0x62, 0xE4B8),
])  # fmt: skip
def test_old_values_are_not_read_again(start: Callable[[Bus], Any], chip: peers.SensirionChip, address: int, ready: int) -> None:
    one = opened(chip, address, start)
    answers = iter([b"\x00\x00", b"\x00\x00", b"\x00\x01"])
    chip.answers[ready] = lambda: next(answers)
    chip.log.clear()
    assert values(one)
    assert [int.from_bytes(word) for word in chip.log[:3]] == [ready] * 3
    assert len(chip.log) == 4


def test_the_first_half_minute_of_an_sps30_does_not_count() -> None:
    ticks = Ticks()
    one = device(FakeBus({0x69: peers.sps30([1.0] * 10)}), sensirion.Sps30, ticks, settle_s=sensirion.SPS30_SETTLE_S)
    one.open()
    ticks.sleep(29.9)
    assert one.read() == []
    ticks.sleep(0.2)
    assert one.read()


def humidity_by_the_datasheet(t_fine: int, raw: int, h1: int, h2: int, h3: int, h4: int, h5: int, h6: int) -> float:
    """%, by the integers of the BME280 datasheet, 4.2.3 (`bme280_compensate_H_int32`)."""
    value = t_fine - 76800
    value = (((raw << 14) - (h4 << 20) - (h5 * value) + 16384) >> 15) * (
        ((((((value * h6) >> 10) * (((value * h3) >> 11) + 32768)) >> 10) + 2097152) * h2 + 8192) >> 14
    )
    value -= ((((value >> 15) * (value >> 15)) >> 7) * h1) >> 4
    return min(max(value, 0), 419430400) / 4096 / 1024


def test_the_worked_example_of_the_bme280() -> None:
    found = values(opened(peers.bme280(), 0x76, bme280))
    assert found["temperature"] == pytest.approx(25.08, abs=0.005)
    assert found["pressure"] == pytest.approx(1006.5327, abs=0.0005)
    assert found["humidity"] == pytest.approx(humidity_by_the_datasheet(128422, 30000, 75, 366, 0, 311, 50, 30), abs=0.05)


@pytest.mark.parametrize("raw", [27000, 32000, 36000])
def test_humidity_of_the_bme280_follows_the_datasheet(raw: int) -> None:
    found = values(opened(peers.bme280(humidity=raw), 0x76, bme280))
    assert found["humidity"] == pytest.approx(humidity_by_the_datasheet(128422, raw, 75, 366, 0, 311, 50, 30), abs=0.05)
    assert 0 < found["humidity"] < 100


def test_a_bmp280_is_told_from_a_bme280() -> None:
    one = device(FakeBus({0x76: peers.bme280(chip=0x58)}), bme280)
    with pytest.raises(Unavailable, match="is no BME280: its id is 0x58"):
        one.open()


def bme680_by_the_datasheet(t_raw: int, p_raw: int, h_raw: int) -> tuple[float, float, float]:
    """°C, hPa, % by the floats of the BME680 datasheet, 3.3, with the coefficients of the fake."""
    t1, t2, t3 = 26029, 26375, 3
    p1, p2, p3, p4, p5, p6, p7, p8, p9, p10 = 36120, -10344, 88, 6899, -124, 30, 33, -2500, -2000, 30
    h1, h2, h3, h4, h5, h6, h7 = 789, 1010, 0, 45, 20, 120, -100
    fine = (t_raw / 16384 - t1 / 1024) * t2 + (t_raw / 131072 - t1 / 8192) ** 2 * t3 * 16
    celsius = fine / 5120
    var1 = fine / 2 - 64000
    var2 = var1 * var1 * p6 / 131072 + var1 * p5 * 2
    var2 = var2 / 4 + p4 * 65536
    var1 = (1 + (p3 * var1 * var1 / 16384 + p2 * var1) / 524288 / 32768) * p1
    pascal = (1048576 - p_raw - var2 / 4096) * 6250 / var1
    pascal += (p9 * pascal * pascal / 2147483648 + pascal * p8 / 32768 + (pascal / 256) ** 3 * p10 / 131072 + p7 * 128) / 16
    var1 = h_raw - (h1 * 16 + h3 / 2 * celsius)
    var2 = var1 * h2 / 262144 * (1 + h4 / 16384 * celsius + h5 / 1048576 * celsius * celsius)
    return celsius, pascal / 100, var2 + (h6 / 16384 + h7 / 2097152 * celsius) * var2 * var2


def gas_by_the_datasheet(raw: int, span: int) -> float:
    """Ω, by the BME680 datasheet, 3.4.1, for a range_switching_error of 1; const_array1 is 1 and const_array2 8,000,000 / 2^range."""
    assert span == 4
    return 1 / ((1 + 0.0) * 0.000000125 * 2**span * ((raw - 512) / (1340 + 5 * 1) + 1))


def test_the_bme680_follows_the_datasheet() -> None:
    found = values(opened(peers.bme680(), 0x77, bme680))
    celsius, hectopascal, percent = bme680_by_the_datasheet(490000, 350000, 21000)
    assert found["temperature"] == pytest.approx(celsius, abs=0.01)
    assert found["pressure"] == pytest.approx(hectopascal, abs=0.1)
    assert found["humidity"] == pytest.approx(percent, abs=0.01)
    assert found["voc"] == pytest.approx(gas_by_the_datasheet(500, 4), rel=0.001)


def test_vapours_are_told_only_where_the_hot_plate_was_hot() -> None:
    assert set(values(opened(peers.bme680(gas_counts=False), 0x77, bme680))) == {"temperature", "humidity", "pressure"}


def test_a_chip_that_measures_for_ever_is_given_up() -> None:
    """The driver asks the BME280 without end whether it has finished."""
    chip = peers.bme280()
    one = opened(chip, 0x76, bme280, Ticks(tick=0.01))
    chip.measuring = 10**9
    with pytest.raises(Unavailable, match="cannot be used"):
        one.read()
    assert chip.measuring > 10**9 - 3000


def test_two_thousand_random_answers_of_an_scd4x() -> None:
    """What has a right checksum is read; everything else is counted and raises nothing else."""
    chance = random.Random(11)  # noqa: S311  damage, not a secret
    chip = peers.scd4x(EXAMPLE)
    driver = sensirion.Scd4x(FakeBus({0x62: chip}))
    read = 0
    for _ in range(2000):
        words, errors = chance.randbytes(6), chance.randbytes(9)
        good = chance.random() < 0.3
        sent = peers.with_crc(words) if good else errors
        chip._answer = b""
        chip.read = lambda size, sent=sent: sent if size == 9 else peers.with_crc(b"\x00\x01")  # type: ignore[method-assign]
        decoded = driver.sample()
        if sent == peers.with_crc(sent[0:2] + sent[3:5] + sent[6:8]):
            co2, celsius, percent = struct.unpack(">3H", sent[0:2] + sent[3:5] + sent[6:8])
            assert decoded == {"co2": co2, "temperature": -45 + 175 * celsius / 65535, "humidity": 100 * percent / 65535}
            read += 1
        else:
            assert decoded == "garbled"
    assert 500 < read < 700


def test_a_bus_of_the_kernel_names_the_chip_before_each_transfer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no bus here: a file takes what is written, and the ioctl is looked at."""
    named = list[tuple[int, int]]()
    monkeypatch.setattr(i2c, "ioctl", lambda _file, request, address: named.append((request, address)))
    path = tmp_path / "i2c-1"
    path.write_bytes(b"..answer")
    bus = i2c.LinuxBus(str(path))
    bus.write(0x62, b"ab")
    assert bus.read(0x69, 6) == b"answer"
    assert named == [(0x0703, 0x62), (0x0703, 0x69)]
    bus.close()
    assert path.read_bytes() == b"abanswer"


def test_a_bus_that_is_none_is_told(tmp_path: Path) -> None:
    path = tmp_path / "i2c-1"
    path.write_bytes(b"")
    one = I2cDevice("chip", str(path), bme280, FixedClock())
    with pytest.raises(Unavailable, match="chip cannot be used: Inappropriate ioctl"):
        one.open()
    one.close()
