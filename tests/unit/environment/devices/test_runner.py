"""The runner over a scripted device: errors, waits, what is counted and what is logged."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pytest

from assistant.environment.devices.models import Rejected, Values
from assistant.environment.devices.runner import Runner
from assistant.environment.devices.scripted import ScriptedDevice
from assistant.environment.models import Measurement
from assistant.errors import Unavailable
from tests.conftest import until
from tests.unit.environment.devices.peers import NOON, FixedClock, Ticks

FIVE: Values = {"pm2_5": 5.0, "pm10": 9.0}
LOST = OSError("gone")


class Waits(threading.Event):
    """An event for whose set nobody waits in earnest: it notes how long they would have, and sets itself after `most` waits."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.seconds, self._most = list[float](), most

    def wait(self, timeout: float | None = None) -> bool:
        self.seconds.append(timeout or 0.0)
        if len(self.seconds) > self._most:
            self.set()
        return self.is_set()


def play(
    script: Sequence[Values | Exception], waits: int, *, take: Callable[[Sequence[Measurement]], None] = lambda _: None,
    ticks: Ticks | None = None, every_s: float = 5.0,
) -> tuple[Runner, list[float]]:
    """The runner after so many waits, and their lengths."""
    runner = Runner(ScriptedDevice("d", script, FixedClock()), take, name="d", every_s=every_s, monotonic=ticks or Ticks())
    stopping = Waits(waits)
    runner._stopping = stopping
    runner._run()
    return runner, stopping.seconds


@contextmanager
def running(runner: Runner) -> Iterator[Runner]:
    runner.start()
    try:
        yield runner
    finally:
        assert runner.stop(20)


def test_values_are_handed_over_as_they_are_read() -> None:
    taken = list[Measurement]()
    runner, _ = play([FIVE, {"pm10": 1.0}], 2, take=taken.extend)
    assert [(item.quantity, item.value, item.unit, item.at) for item in taken] == [
        ("pm2_5", 5.0, "µg/m³", NOON), ("pm10", 9.0, "µg/m³", NOON), ("pm10", 1.0, "µg/m³", NOON),
    ]  # fmt: skip
    assert (runner.counts.read, runner.counts.failed, runner.counts.reopened, runner.counts.rejected) == (2, 0, 0, Rejected())
    assert runner.problem is None


def test_reads_keep_their_distance() -> None:
    _, waits = play([FIVE], 4, every_s=5.0)
    assert waits[:4] == [0.0, 5.0, 5.0, 5.0]


def test_a_slow_read_shortens_the_wait_but_never_to_nothing() -> None:
    _, waits = play([FIVE], 3, every_s=5.0, ticks=Ticks(tick=2.0))
    assert waits[1] == 3.0
    _, waits = play([FIVE], 3, every_s=0.0)
    assert min(waits[1:]) > 0


def test_waits_double_to_a_minute() -> None:
    runner, waits = play([LOST], 9)
    assert waits[:9] == [0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]
    assert runner.counts.failed == 9
    assert runner.counts.reopened == 8
    assert isinstance(runner.problem, Unavailable)


def test_after_a_steady_minute_the_first_wait_is_short_again() -> None:
    _, waits = play([LOST, LOST, LOST, *[FIVE] * 20, LOST], 25, ticks=Ticks(tick=2.0))
    assert waits[:4] == [0.0, 1.0, 2.0, 4.0]
    assert waits[24] == 1.0


def test_a_flapping_device_is_not_opened_every_second() -> None:
    _, waits = play([FIVE, LOST], 12)
    assert [wait for wait in waits if wait != 5.0] == [0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0]


def test_one_outage_is_two_lines_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="assistant"):
        runner, _ = play([FIVE, LOST, LOST, LOST, FIVE, FIVE], 6)
    assert [record.msg for record in caplog.records] == ["device_lost", "device_found"]
    assert caplog.records[0].__dict__["fields"]["device"] == "d"
    assert "gone" not in str(caplog.records[0].__dict__["fields"])
    assert runner.problem is None


def test_a_device_that_has_nothing_to_say_yet_works() -> None:
    taken = list[Sequence[Measurement]]()
    runner, waits = play([{}], 3, take=taken.append)
    assert (taken, runner.problem, runner.counts.read) == ([], None, 0)
    assert min(waits[1:]) > 0


def test_who_cannot_take_the_values_does_not_harm_the_device(caplog: pytest.LogCaptureFixture) -> None:
    calls = list[int]()

    def refuse(_values: Sequence[Measurement]) -> None:
        calls.append(1)
        if len(calls) != 4:
            raise OSError("disk full")

    with caplog.at_level("INFO", logger="assistant"):
        runner, _ = play([FIVE], 6, take=refuse)
    assert len(calls) == 6
    assert [record.msg for record in caplog.records] == ["readings_refused", "readings_refused"], "once before the fourth, once after"
    assert (runner.counts.failed, runner.counts.reopened) == (0, 0)


def test_any_error_of_a_driver_is_survived() -> None:
    class Odd(ScriptedDevice):
        def read(self) -> list[Measurement]:
            raise ZeroDivisionError

        def close(self) -> None:
            if self.plugged and self._next is not None:
                raise LookupError

    runner = Runner(Odd("odd", [FIVE], FixedClock()), lambda _: None, name="odd", monotonic=Ticks())
    runner._stopping = Waits(3)
    runner._run()
    assert isinstance(runner.problem, Exception)
    assert runner.counts.failed == 3


def test_a_device_that_goes_and_comes_is_read_again() -> None:
    taken = list[Sequence[Measurement]]()
    device = ScriptedDevice("d", [FIVE], FixedClock())
    runner = Runner(device, taken.append, name="d", every_s=0.01, first_wait_s=0.01, longest_wait_s=0.02)
    with running(runner):
        assert until(lambda: len(taken) > 2, every_s=0.01)
        device.plugged = False
        assert until(lambda: runner.problem is not None and runner.counts.failed > 2, every_s=0.01)
        so_far = len(taken)
        device.plugged = True
        assert until(lambda: len(taken) > so_far and runner.problem is None, every_s=0.01)
    assert runner.counts.reopened == 1


def test_it_stops_at_once_while_it_waits() -> None:
    runner = Runner(ScriptedDevice("d", [LOST], FixedClock()), lambda _: None, name="d", first_wait_s=3600)
    with running(runner):
        assert until(lambda: runner.problem is not None, every_s=0.01)
    assert not runner._thread.is_alive()
    assert Runner(ScriptedDevice("d", [LOST], FixedClock()), lambda _: None, name="d").stop(), "also one that never began"


def test_the_thread_does_not_keep_the_process_alive() -> None:
    assert Runner(ScriptedDevice("d", [], FixedClock()), lambda _: None, name="d")._thread.daemon
