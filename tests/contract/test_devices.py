"""One suite over every device: serial ones on a pseudo terminal, chips on a bus behind their makers' drivers, the scripted one."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from assistant.environment.devices import bosch, nova, plantower, sensirion
from assistant.environment.devices.i2c import I2cDevice
from assistant.environment.devices.models import UNITS
from assistant.environment.devices.ports import Bus, Device
from assistant.environment.devices.scripted import ScriptedDevice
from assistant.environment.devices.serial_port import SerialDevice, SerialModel
from assistant.environment.devices.source import MEASURES
from assistant.errors import Unavailable
from tests.unit.environment.devices import peers
from tests.unit.environment.devices.peers import NOON, FakeBus, FixedClock, Ticks, Wire

LIMIT_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rig:
    """A device, and what can happen to it."""

    kind: str
    device: Device
    speak: Callable[[], None]
    """Has the sensor send what it measures."""
    mute: Callable[[], None]
    """The sensor stays there and says nothing usable any more."""
    plug: Callable[[], None]
    unplug: Callable[[], None]


def serial_rig(kind: str, model: Callable[[], SerialModel], frame: bytes, wire: Wire) -> Rig:
    device = SerialDevice(kind, str(wire.path), lambda: replace(model(), settle_s=0.0), FixedClock(), limit_s=LIMIT_S)
    return Rig(
        kind=kind, device=device, speak=lambda: wire.send(frame), mute=lambda: wire.send(frame[:-1]), plug=wire.plug, unplug=wire.unplug
    )


def bus_rig(kind: str, start: Callable[[Bus], object], chip: peers.SensirionChip | peers.BoschChip, address: int) -> Rig:
    bus, ticks = FakeBus({address: chip}), Ticks(tick=0.05)
    device = I2cDevice(
        kind, "/dev/i2c-1", start, FixedClock(), open_bus=bus.open, monotonic=ticks, sleep=ticks.sleep  # type: ignore[arg-type]
    )  # fmt: skip

    def mute() -> None:
        if isinstance(chip, peers.SensirionChip):
            chip.answers[0x0202] = chip.answers[0xE4B8] = lambda: bytes(2)
        else:
            chip.measuring = 10**9
            chip.registers[0x1D] = 0

    return Rig(
        kind=kind, device=device, speak=lambda: None, mute=mute, plug=lambda: setattr(bus, "plugged", True),
        unplug=lambda: setattr(bus, "plugged", False),
    )  # fmt: skip


def scripted_rig() -> Rig:
    device = ScriptedDevice("scripted", [{"co2": 700.0}], FixedClock())
    return Rig(
        kind="scripted", device=device, speak=lambda: None, mute=lambda: device._script.clear(),
        plug=lambda: setattr(device, "plugged", True), unplug=lambda: setattr(device, "plugged", False),
    )  # fmt: skip


@pytest.fixture(params=["scripted", *MEASURES])
def rig(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    kind: str = request.param
    wire = Wire(tmp_path / "tty") if kind in ("pms5003", "sds011") else None
    if wire is None:  # the drivers wait between command and answer; these chips need no time
        monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    match kind:
        case "pms5003":
            one = serial_rig(kind, plantower.pms5003, peers.plantower(3, 8, 13), wire)  # type: ignore[arg-type]
        case "sds011":
            one = serial_rig(kind, nova.sds011, peers.nova(140, 148), wire)  # type: ignore[arg-type]
        case "sps30":
            one = bus_rig(kind, sensirion.Sps30, peers.sps30([float(number) for number in range(1, 11)]), 0x69)
        case "scd4x":
            one = bus_rig(kind, sensirion.Scd4x, peers.scd4x(bytes.fromhex("01F466675EB9")), 0x62)
        case "bme280":
            one = bus_rig(kind, lambda bus: bosch.Bme280(bus, 0x76), peers.bme280(), 0x76)
        case "bme680":
            one = bus_rig(kind, lambda bus: bosch.Bme680(bus, 0x77), peers.bme680(), 0x77)
        case _:
            one = scripted_rig()
    yield one
    one.device.close()
    if wire is not None:
        wire.close()


def quantities(rig: Rig) -> tuple[str, ...]:
    return MEASURES.get(rig.kind, ("co2",))


def test_values_have_their_quantity_unit_and_time(rig: Rig) -> None:
    rig.device.open()
    rig.speak()
    found = rig.device.read()
    assert {item.quantity for item in found} == set(quantities(rig))
    assert len(found) == len(quantities(rig))
    assert all(item.unit == UNITS[item.quantity] and item.at == NOON for item in found)
    assert all(0 < item.value < 2000 or item.quantity == "voc" for item in found)
    assert rig.device.rejected().total == 0


def test_what_is_not_open_cannot_be_read(rig: Rig) -> None:
    with pytest.raises(Unavailable, match="is not open"):
        rig.device.read()
    rig.device.close()
    rig.device.open()
    rig.device.close()
    rig.device.close()
    with pytest.raises(Unavailable, match="is not open"):
        rig.device.read()


def test_it_can_be_opened_anew(rig: Rig) -> None:
    rig.device.open()
    rig.device.open()
    rig.speak()
    assert rig.device.read()
    rig.device.close()
    rig.device.open()
    rig.speak()
    assert rig.device.read()


def test_silence_is_an_error_after_the_limit(rig: Rig) -> None:
    rig.device.open()
    rig.mute()
    with pytest.raises(Unavailable) as raised:
        rig.device.read()
    assert raised.value.hint


def test_what_is_not_plugged_in_cannot_be_opened(rig: Rig) -> None:
    rig.unplug()
    with pytest.raises(Unavailable) as raised:
        rig.device.open()
    assert rig.kind in str(raised.value)
    assert raised.value.hint
    with pytest.raises(Unavailable):
        rig.device.read()


def test_it_can_be_pulled_out_and_put_back(rig: Rig) -> None:
    rig.device.open()
    rig.speak()
    assert rig.device.read()
    for _ in range(2):
        rig.unplug()
        with pytest.raises(Unavailable):
            rig.device.read()
        rig.device.close()
        with pytest.raises(Unavailable):
            rig.device.open()
        rig.plug()
        rig.device.open()
        rig.speak()
        assert rig.device.read()


def test_it_can_be_used_from_another_thread_than_it_was_made_on(rig: Rig) -> None:
    found = list[object]()

    def work() -> None:
        rig.device.open()
        rig.speak()
        found.extend(rig.device.read())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(20)
    assert found
