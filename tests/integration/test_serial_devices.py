"""Serial sensors played on pseudo terminals, from the bytes on the wire to the values in somebody's hands."""

import errno
import os
import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.environment.devices.nova import sds011
from assistant.environment.devices.plantower import pms5003
from assistant.environment.devices.runner import Runner
from assistant.environment.devices.serial_port import SerialDevice, SerialModel
from assistant.environment.devices.source import device_of, parse_source
from assistant.environment.models import Measurement
from assistant.errors import Unavailable
from tests.conftest import until
from tests.unit.environment.devices.peers import FixedClock, Ticks, Wire, nova, plantower

WAKE = bytes.fromhex("424DE400010174")
ACTIVE = bytes.fromhex("424DE100010171")


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    one = Wire(tmp_path / "ttySENSOR")
    yield one
    one.close()


def settled() -> SerialModel:
    return replace(pms5003(), settle_s=0.0)


@contextmanager
def opened(wire: Wire, *, limit_s: float = 5.0) -> Iterator[SerialDevice]:
    device = SerialDevice("pms5003", str(wire.path), settled, FixedClock(), limit_s=limit_s)
    device.open()
    try:
        yield device
    finally:
        device.close()


@contextmanager
def running(wire: Wire, taken: list[Sequence[Measurement]], limit_s: float = 10.0) -> Iterator[Runner]:
    device = SerialDevice("pms5003", str(wire.path), settled, FixedClock(), limit_s=limit_s)
    runner = Runner(device, taken.append, name="pms5003", every_s=0.01, first_wait_s=0.02, longest_wait_s=0.1)
    runner.start()
    try:
        yield runner
    finally:
        assert runner.stop(20)


def received(wire: Wire, size: int) -> bytes:
    """So many bytes that the device wrote; fewer where no more come."""
    data = b""
    while len(data) < size and (more := wire.received(limit_s=5.0)):
        data += more
    return data


def pm2_5(measured: Sequence[Measurement]) -> float:
    return next(item.value for item in measured if item.quantity == "pm2_5")


def test_the_sensor_is_woken_and_told_to_send(wire: Wire) -> None:
    with opened(wire):
        assert received(wire, 14) == WAKE + ACTIVE


def test_an_sds011_is_woken_and_told_to_send(wire: Wire) -> None:
    device = device_of(parse_source(f"sds011:{wire.path}"), FixedClock())
    device.open()
    sent = received(wire, 38)
    wire.send(nova(140, 148))
    assert [(item.quantity, item.value) for item in device.read()] == [("pm2_5", 14.0), ("pm10", 14.8)]
    device.close()
    # Protocol V1.3, sections 4 and 1: set to work, set to report by itself, to any device.
    for command, head in zip((sent[:19], sent[19:]), ("AAB4060101", "AAB4020100"), strict=True):
        assert command == bytes.fromhex(head) + bytes(10) + b"\xff\xff" + bytes([sum(command[2:17]) % 256, 0xAB])


def test_what_waited_before_the_port_was_opened_is_old(wire: Wire) -> None:
    keeper = os.open(wire.path, os.O_RDWR | os.O_NOCTTY)
    try:
        wire.send(plantower(1, 111, 1))
        with opened(wire, limit_s=0.3) as device:
            with pytest.raises(Unavailable):
                device.read()
            device._limit_s = 10.0
            wire.send(plantower(1, 222, 1))
            assert pm2_5(device.read()) == 222
    finally:
        os.close(keeper)


def test_a_frame_may_come_in_two_halves(wire: Wire) -> None:
    frame = plantower(3, 8, 13)
    with opened(wire) as device:
        wire.send(frame[:11])
        later = threading.Timer(0.2, wire.send, [frame[11:]])
        later.start()
        assert pm2_5(device.read()) == 8
        later.join()
        assert device.rejected().total == 0


def test_of_many_frames_the_newest_counts(wire: Wire) -> None:
    with opened(wire) as device:
        wire.send(b"".join(plantower(1, value, 1) for value in range(1, 11)))
        assert pm2_5(device.read()) == 10


def test_bad_frames_and_noise_are_passed_over(wire: Wire) -> None:
    bad = bytearray(plantower(1, 999, 1))
    bad[-1] ^= 1
    with opened(wire) as device:
        wire.send(b"\x00\x13noise" + bytes(bad) + plantower(1, 2, 3)[:20] + plantower(3, 8, 13) + b"BM")
        assert pm2_5(device.read()) == 8
        found = device.rejected()
        assert (found.noise, found.checksum, found.short) == (1, 1, 1)


def test_what_the_kernel_kept_too_long_is_thrown_away(wire: Wire) -> None:
    """It keeps the first 4,095 bytes and drops the newest."""
    with opened(wire) as device:
        for _ in range(70):
            wire.send(plantower(1, 111, 1))
        assert until(lambda: device._port is not None and device._port.in_waiting > 2048, every_s=0.01)
        later = threading.Thread(target=send_when_empty, args=(wire, device))
        later.start()
        assert pm2_5(device.read()) == 222
        later.join()


def send_when_empty(wire: Wire, device: SerialDevice) -> None:
    assert until(lambda: device._port is not None and not device._port.in_waiting, every_s=0.01)
    wire.send(plantower(1, 222, 1))


def test_a_line_that_babbles_is_given_up(wire: Wire) -> None:
    ended = threading.Event()

    def babble() -> None:
        while not ended.is_set():
            try:
                wire.send(b"\x55" * 100)
            except BlockingIOError:
                time.sleep(0.001)

    with opened(wire, limit_s=0.3) as device:
        thread = threading.Thread(target=babble)
        thread.start()
        try:
            with pytest.raises(Unavailable, match=re.escape("brought no value within 0.3 s")):
                device.read()
        finally:
            ended.set()
            thread.join()


def test_the_first_half_minute_after_waking_does_not_count(wire: Wire) -> None:
    ticks = Ticks()
    device = SerialDevice("pms5003", str(wire.path), pms5003, FixedClock(), monotonic=ticks)
    device.open()
    wire.send(plantower(3, 500, 13))
    ticks.sleep(29.9)
    assert device.read() == []
    wire.send(plantower(3, 8, 13))
    ticks.sleep(0.2)
    assert pm2_5(device.read()) == 8
    device.close()
    device.open()
    wire.send(plantower(3, 500, 13))
    assert device.read() == [], "woken anew"
    device.close()


def test_a_port_in_use_is_not_shared(wire: Wire) -> None:
    with opened(wire), pytest.raises(Unavailable) as raised, opened(wire):
        pass
    assert "pms5003 cannot be used" in str(raised.value)


def test_a_missing_port_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=os.strerror(errno.ENOENT)):
        SerialDevice("pms5003", str(tmp_path / "none"), settled, FixedClock()).open()


def test_a_sensor_that_is_pulled_out_and_put_back_is_read_again(wire: Wire, caplog: pytest.LogCaptureFixture) -> None:
    taken = list[Sequence[Measurement]]()
    with caplog.at_level("INFO", logger="assistant"), running(wire, taken) as runner:
        for value in (11, 22, 33):
            # The port is emptied as it is opened: what is sent before that is lost, as from a real sensor.
            assert until(lambda value=value: (wire.send(plantower(1, value, 1)), taken and pm2_5(taken[-1]) == value)[1], every_s=0.05)
            wire.unplug()
            assert until(lambda: runner.problem is not None, every_s=0.01)
            failed = runner.counts.failed
            assert until(lambda failed=failed: runner.counts.failed > failed, every_s=0.01), "it is tried again"
            wire.plug()
        assert until(lambda: (wire.send(plantower(1, 44, 1)), pm2_5(taken[-1]) == 44)[1], every_s=0.05)
        counts = runner.counts
    assert counts.reopened == 3
    assert [record.msg for record in caplog.records] == ["device_lost", "device_found"] * 3


def test_a_sensor_that_falls_silent_is_opened_and_woken_anew(wire: Wire) -> None:
    taken = list[Sequence[Measurement]]()
    with running(wire, taken, limit_s=1.0) as runner:
        assert until(lambda: (wire.send(plantower(1, 5, 1)), taken)[1], every_s=0.05)
        assert received(wire, 14) == WAKE + ACTIVE
        assert until(lambda: runner.counts.failed >= 1, every_s=0.01)
        assert until(lambda: runner.counts.reopened >= 1, every_s=0.01)
        assert received(wire, 14).startswith(WAKE + ACTIVE)
        assert until(lambda: (wire.send(plantower(1, 6, 1)), pm2_5(taken[-1]) == 6)[1], every_s=0.05)
        assert runner.counts.failed <= runner.counts.reopened


def test_an_sds011_has_no_half_minute() -> None:
    assert sds011().settle_s == 0
