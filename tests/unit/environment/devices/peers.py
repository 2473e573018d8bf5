"""The other end of the wire: serial sensors on a pseudo terminal, chips on a bus."""

import errno
import os
import select
import struct
import tty
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class FixedClock:
    """Always noon."""

    def now(self) -> datetime:
        return NOON

    def trusted(self) -> bool:
        return True


class Ticks:
    """A monotonic clock that moves when it is told to; `tick` moves it at every look."""

    def __init__(self, tick: float = 0.0) -> None:
        self.time, self._tick = 1000.0, tick

    def __call__(self) -> float:
        self.time += self._tick
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += seconds


class Wire:
    """A serial port at `path` whose other end is ours: `send` plays the sensor. It can be pulled out and put back."""

    def __init__(self, path: Path) -> None:
        self.path, self._master = path, -1
        self.plug()

    def plug(self) -> None:
        self._master, slave = os.openpty()
        tty.setraw(slave)
        os.set_blocking(self._master, False)
        fresh = self.path.with_suffix(".new")
        fresh.symlink_to(os.ttyname(slave))
        fresh.rename(self.path)
        os.close(slave)

    def unplug(self) -> None:
        os.close(self._master)
        self._master = -1
        self.path.unlink()

    def send(self, data: bytes) -> None:
        os.write(self._master, data)

    def received(self, limit_s: float = 0.0) -> bytes:
        """What the other end wrote, as far as it comes within the limit."""
        return os.read(self._master, 4096) if select.select([self._master], [], [], limit_s)[0] else b""

    def close(self) -> None:
        if self._master >= 0:
            self.unplug()


def plantower(pm1: int, pm2_5: int, pm10: int, *, factory: tuple[int, int, int] = (901, 902, 903), counts: int = 100) -> bytes:
    """A frame of a PMS5003, by its data manual."""
    body = b"\x42\x4d\x00\x1c" + struct.pack(">13H", *factory, pm1, pm2_5, pm10, *[counts] * 6, 0x9700)
    return body + struct.pack(">H", sum(body))


def nova(pm2_5: int, pm10: int) -> bytes:
    """A frame of an SDS011, in tenths, by its protocol V1.3."""
    body = struct.pack("<HH", pm2_5, pm10) + b"\xa1\x60"
    return b"\xaa\xc0" + body + bytes([sum(body) % 256, 0xAB])


def crc(word: bytes) -> int:
    """Sensirion's CRC-8: polynomial 0x31, initial value 0xFF, written out bit by bit as in the SCD4x datasheet, 3.12."""
    value = 0xFF
    for byte in word:
        value ^= byte
        for _ in range(8):
            value = (value << 1) ^ 0x31 if value & 0x80 else value << 1
            value &= 0xFF
    return value


def with_crc(data: bytes) -> bytes:
    return b"".join(data[at : at + 2] + bytes([crc(data[at : at + 2])]) for at in range(0, len(data), 2))


class FakeBus:
    """A bus with chips on it. `plugged` False: nobody answers."""

    def __init__(self, chips: dict[int, "SensirionChip | BoschChip"]) -> None:
        self.chips, self.plugged, self.open_now = chips, True, 0

    def open(self, path: str) -> "FakeBus":
        if not self.plugged:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        self.open_now += 1
        return self

    def write(self, address: int, data: bytes) -> None:
        self._chip(address).write(data)

    def read(self, address: int, size: int) -> bytes:
        return self._chip(address).read(size)

    def close(self) -> None:
        self.open_now -= 1

    def _chip(self, address: int) -> "SensirionChip | BoschChip":
        if not self.plugged or address not in self.chips:
            raise OSError(errno.ENXIO, os.strerror(errno.ENXIO))
        return self.chips[address]


class SensirionChip:
    """Answers commands with words and their CRCs. `log` holds what was asked: the command, then its arguments without CRC."""

    def __init__(self, answers: dict[int, Callable[[], bytes]], silent: set[int] = frozenset()) -> None:  # type: ignore[assignment]
        self.answers, self.silent, self.log, self.damage, self._answer = answers, silent, list[bytes](), False, b""

    def write(self, data: bytes) -> None:
        arguments = data[2:]
        assert with_crc(b"".join(arguments[at : at + 2] for at in range(0, len(arguments), 3))) == arguments, "the driver's CRC is wrong"
        self.log.append(data[:2] + b"".join(arguments[at : at + 2] for at in range(0, len(arguments), 3)))
        command = int.from_bytes(data[:2])
        if command in self.silent:
            raise OSError(errno.ENXIO, os.strerror(errno.ENXIO))
        self._answer = with_crc(self.answers[command]()) if command in self.answers else b""

    def read(self, size: int) -> bytes:
        assert size == len(self._answer)
        answer = bytearray(self._answer)
        if self.damage:
            answer[-1] ^= 1
        return bytes(answer)


def sps30(values: list[float]) -> SensirionChip:
    """An SPS30 that measures these ten values."""
    return SensirionChip({0x0202: lambda: b"\x00\x01", 0x0300: lambda: struct.pack(">10f", *values)})


def scd4x(words: bytes) -> SensirionChip:
    """An SCD4x that measures these three words; it confirms everything but waking."""
    return SensirionChip({0xE4B8: lambda: b"\x80\x06", 0xEC05: lambda: words}, silent={0x36F6})


class BoschChip:
    """Registers; a write is pairs of register and value, or one register to read from."""

    def __init__(self, registers: dict[int, bytes], measuring: int = 0) -> None:
        self.registers, self._at, self.measuring = bytearray(256), 0, measuring
        for at, data in registers.items():
            self.registers[at : at + len(data)] = data

    def write(self, data: bytes) -> None:
        if len(data) == 1:
            self._at = data[0]
        for register, value in zip(data[::2], data[1::2], strict=False):
            self.registers[register] = value

    def read(self, size: int) -> bytes:
        if self._at == 0xF3:
            self.registers[0xF3] = 8 if self.measuring else 0
            self.measuring -= self.measuring > 0
        return bytes(self.registers[self._at : self._at + size])


def bme280(*, temperature: int = 519888, pressure: int = 415148, humidity: int = 30000, chip: int = 0x60, measuring: int = 3) -> BoschChip:
    """A BME280 with the raw values and coefficients of the worked example in the BMP280 datasheet, 3.12: 25.08 °C, 1006.53 hPa.

    Its own datasheet has no example; the humidity's coefficients are H1 75, H2 366, H3 0, H4 311, H5 50, H6 30.
    """
    coefficients = struct.pack("<Hhh9h", 27504, 26435, -1000, 36477 - 65536, -10685, 3024, 2855, 140, -7, 15500, -14600, 6000)
    h4, h5 = 311, 50
    more = struct.pack("<hBBBBb", 366, 0, h4 >> 4, (h4 & 15) | (h5 & 15) << 4, h5 >> 4, 30)
    raw = (pressure << 4).to_bytes(3) + (temperature << 4).to_bytes(3) + humidity.to_bytes(2)
    return BoschChip({0xD0: bytes([chip]), 0x88: coefficients, 0xA1: b"\x4b", 0xE1: more, 0xF7: raw}, measuring)


def bme680(*, gas_counts: bool = True) -> BoschChip:
    """A BME680 with coefficients and raw values of an ordinary room."""
    first, second = bytearray(25), bytearray(16)
    # Offsets by Bosch's BME68x API, bme68x_defs.h: coefficients from 0x8A and 0xE1.
    struct.pack_into("<hb", first, 1, 26375, 3)  # T2, T3
    struct.pack_into("<Hhb", first, 5, 36120, -10344, 88)  # P1, P2, P3
    struct.pack_into("<hhbb", first, 11, 6899, -124, 33, 30)  # P4, P5, P7, P6
    struct.pack_into("<hhB", first, 19, -2500, -2000, 30)  # P8, P9, P10
    h1, h2 = 789, 1010
    second[0:3] = bytes([h2 >> 4, (h2 & 15) << 4 | h1 & 15, h1 >> 4])
    struct.pack_into("<bbbBb", second, 3, 0, 45, 20, 120, -100)  # H3 to H7
    struct.pack_into("<H", second, 8, 26029)  # T1
    struct.pack_into("<hbb", second, 10, -12000, -54, 18)  # G2, G1, G3
    adc = (350000 << 4).to_bytes(3) + (490000 << 4).to_bytes(3) + (21000).to_bytes(2)
    gas = (500 << 6 | (0b110000 if gas_counts else 0b010000) | 4).to_bytes(2)
    status = b"\x80\x00" + adc + b"\x00\x00\x00" + gas + b"\x00\x00"
    return BoschChip({
        0xD0: b"\x61", 0xF0: b"\x00", 0x89: bytes(first), 0xE1: bytes(second), 0x1D: status, 0x00: b"\x2b\x00\x10\x00\x00",
    })  # fmt: skip
