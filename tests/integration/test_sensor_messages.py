"""Sensors through a real mosquitto with TLS, passwords and the access list of `docs/how-to/connect-sensors.md`.

What devices say comes in, what a stranger says does not, and nobody of the list may more than what is theirs.
"""

import asyncio
import json
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import paho.mqtt.client as paho
import pytest
from paho.mqtt.enums import CallbackAPIVersion
from ruamel.yaml import YAML

from assistant.alarm.sharing import name_of
from assistant.clock import StartedClock
from assistant.environment.messages import discovery
from assistant.environment.messages.sources import MqttSources
from assistant.environment.messages.telling import Telling
from assistant.environment.models import Measurement, Reading
from assistant.mqtt import Broker
from assistant.reports.acknowledging import acknowledge
from assistant.reports.reports import Reports, Send
from assistant.reports.store import ReportStore
from assistant.settings import Mqtt, Sensor, Settings
from tests.conftest import ROOT
from tests.fixtures.broker import Mosquitto, mosquitto

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
PAGE = (ROOT / "docs/how-to/connect-sensors.md").read_text(encoding="utf-8")
SECTION = PAGE[PAGE.index("## Who may say what") :]
ACCESS = "".join(re.findall(r"```acl\n(.*?)```", SECTION, re.DOTALL))
SHOWN = YAML(typ="safe").load("".join(re.findall(r"```yaml\n(.*?)```", SECTION, re.DOTALL)))
LISTED = re.findall(r"^user (\w+)$", ACCESS, re.MULTILINE)
USERS = {name: f"{name}-quokkaword" for name in (*LISTED, "stranger", "ear", "mouth")}
"""Those of the page, one who has a password and is not in it, and two that only these tests have: one hears, one says everything."""
TESTS_OWN = "\nuser ear\ntopic read #\n\nuser mouth\ntopic write #\n"
HALL = "zigbee2mqtt/hall smoke"


def run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An authority of our own, a certificate of 127.0.0.1 signed by it, and a second authority that signed nothing."""
    folder, tool = tmp_path_factory.mktemp("tls"), shutil.which("openssl")
    assert tool is not None, "openssl is not installed"
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")
    for name in ("ca", "other"):
        run(tool, "req", "-x509", *curve, "-keyout", f"{folder}/{name}.key", "-out", f"{folder}/{name}.pem", "-subj", f"/CN={name}")
    run(tool, "req", *curve[:-2], "-keyout", f"{folder}/server.key", "-out", f"{folder}/server.csr", "-subj", "/CN=broker")
    (folder / "names").write_text("subjectAltName=IP:127.0.0.1\n")
    run(
        tool, "x509", "-req", "-in", f"{folder}/server.csr", "-CA", f"{folder}/ca.pem", "-CAkey", f"{folder}/ca.key", "-CAcreateserial",
        "-days", "2", "-extfile", f"{folder}/names", "-out", f"{folder}/server.pem",
    )  # fmt: skip
    return folder


@pytest.fixture
def guarded(tmp_path: Path, certificates: Path) -> Iterator[Mosquitto]:
    """A broker with TLS, passwords and an access list."""
    tool = shutil.which("mosquitto_passwd")
    assert tool is not None, "mosquitto_passwd is not installed: make setup-tests"
    users, access = tmp_path / "users", tmp_path / "access"
    users.touch()
    for name, secret in USERS.items():
        run(tool, "-b", str(users), name, secret)
    access.write_text(ACCESS + TESTS_OWN)
    lines = [
        "allow_anonymous false", f"password_file {users}", f"acl_file {access}", f"cafile {certificates}/ca.pem",
        f"certfile {certificates}/server.pem", f"keyfile {certificates}/server.key", "user root",
    ]  # fmt: skip
    with mosquitto(tmp_path, *lines) as server:
        yield server


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


def chosen(server: Mosquitto, certificates: Path, who: str = "hall", **more: object) -> Mqtt:
    known = {"host": "127.0.0.1", "port": server.port, "username": who, "password": USERS[who], "tls": True, "ca": certificates / "ca.pem"}
    return Mqtt.model_validate({**known, **more})


@asynccontextmanager
async def started(broker: Broker) -> AsyncIterator[Broker]:
    broker.start()
    try:
        yield broker
    finally:
        await broker.stop()


async def say(server: Mosquitto, certificates: Path, who: str, topic: str, body: object, *, retain: bool = False) -> None:
    """Publishes as somebody, and waits for the broker's word."""

    def spoken() -> None:
        client = paho.Client(CallbackAPIVersion.VERSION2)
        client.username_pw_set(who, USERS[who])
        client.tls_set(str(certificates / "ca.pem"))
        client.connect("127.0.0.1", server.port)
        client.loop_start()
        payload = body if isinstance(body, str) else json.dumps(body)
        client.publish(topic, payload, qos=1, retain=retain).wait_for_publish(20)
        client.disconnect()
        client.loop_stop()

    await asyncio.to_thread(spoken)


def sensor(id_: str, quantity: str, unit: str, source: str) -> Sensor:
    return Sensor.model_validate({"id": id_, "name": id_, "quantity": quantity, "unit": unit, "area": "Hall", "source": source})


SENSORS = [
    sensor("smoke", "smoke", "state", f"mqtt:{HALL}"), sensor("warmth", "temperature", "°C", f"mqtt:{HALL}"),
    sensor("voc", "voc", "ppb", "mqtt:zigbee2mqtt/air#voc"),
]  # fmt: skip


@dataclass
class Heard:
    values: list[tuple[str, float, datetime]] = field(default_factory=list)
    online: list[tuple[str, bool]] = field(default_factory=list)

    def record(self, id_: str, measured: Measurement) -> None:
        self.values.append((id_, measured.value, measured.at))

    def available(self, id_: str, online: bool) -> None:
        self.online.append((id_, online))


@asynccontextmanager
async def listening(server: Mosquitto, certificates: Path) -> AsyncIterator[tuple[Heard, MqttSources]]:
    broker, heard = Broker(chosen(server, certificates), first_wait_s=0.05), Heard()
    sources = MqttSources(SENSORS, StartedClock(NOW), heard.record, heard.available)
    sources.listen(broker)
    async with started(broker):
        await until(lambda: broker.connected)
        yield heard, sources


async def test_what_a_bridge_says_comes_in_and_what_a_stranger_says_does_not(guarded: Mosquitto, certificates: Path) -> None:
    async with listening(guarded, certificates) as (heard, _):
        await say(guarded, certificates, "stranger", HALL, {"smoke": True})
        await say(guarded, certificates, "bridge", HALL, {"smoke": False, "temperature": 21.5, "battery_low": False})
        await say(guarded, certificates, "bridge", "zigbee2mqtt/air", {"voc": 150})
        await until(lambda: len(heard.values) >= 3)
    assert [(id_, value) for id_, value, _ in heard.values] == [("smoke", 0), ("warmth", 21.5), ("voc", 150)]


async def test_availability_comes_in_both_forms_and_at_once_for_who_comes_later(guarded: Mosquitto, certificates: Path) -> None:
    await say(guarded, certificates, "bridge", f"{HALL}/availability", {"state": "offline"}, retain=True)
    async with listening(guarded, certificates) as (heard, _):
        await until(lambda: heard.online == [("smoke", False), ("warmth", False)])
        await say(guarded, certificates, "bridge", f"{HALL}/availability", "online", retain=True)
        await until(lambda: heard.online[2:] == [("smoke", True), ("warmth", True)])


async def test_what_the_broker_kept_is_as_old_as_it_says(guarded: Mosquitto, certificates: Path) -> None:
    await say(guarded, certificates, "bridge", HALL, {"smoke": True, "temperature": 22}, retain=True)
    await say(guarded, certificates, "bridge", "zigbee2mqtt/air", {"voc": 7, "last_seen": "2026-11-24T07:00:00Z"}, retain=True)
    async with listening(guarded, certificates) as (heard, sources):
        await until(lambda: len(heard.values) == 2 and bool(sources.rejected))
        await say(guarded, certificates, "bridge", HALL, {"temperature": 23})
        await until(lambda: len(heard.values) == 3)
    told = {id_: (value, at) for id_, value, at in heard.values}
    assert told["voc"] == (7, datetime(2026, 11, 24, 7, tzinfo=UTC))
    assert told["smoke"][0] == 1
    assert told["smoke"][1] >= NOW, "a detector that sounds is believed at once"
    assert told["warmth"][0] == 23, "the kept temperature is of nobody knows when"
    assert sources.rejected == {"age-unknown": 1}


async def test_a_wrong_password_is_told_once_and_tried_again(
    guarded: Mosquitto, certificates: Path, caplog: pytest.LogCaptureFixture
) -> None:
    tries = 0

    class Counted(Broker):
        def _client(self, host: str):  # type: ignore[no-untyped-def]
            nonlocal tries
            tries += 1
            return super()._client(host)

    broker = Counted(chosen(guarded, certificates, password="wombatword"), first_wait_s=0.02)  # noqa: S106
    broker.publishing_wanted()
    with caplog.at_level("INFO", logger="assistant"):
        async with started(broker):
            await until(lambda: tries >= 4)
            assert not broker.connected
    assert [record.msg for record in caplog.records] == ["mqtt_lost"]
    assert "wombatword" not in str([vars(record) for record in caplog.records])


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # paho leaves a socket without a handshake unclosed
@pytest.mark.parametrize("ca", ["other.pem", "missing.pem", "server.key", None])
async def test_a_broker_that_nobody_vouches_for_is_told_no_password(
    guarded: Mosquitto, certificates: Path, caplog: pytest.LogCaptureFixture, ca: str | None
) -> None:
    broker = Broker(chosen(guarded, certificates, ca=certificates / ca if ca else None), first_wait_s=0.05)
    broker.publishing_wanted()
    with caplog.at_level("INFO", logger="assistant"):
        async with started(broker):
            await until(lambda: any(record.msg == "mqtt_lost" for record in caplog.records))
            assert not broker.connected


def station(server: Mosquitto, certificates: Path) -> Settings:
    return Settings(
        name={"en": "Harbour Central"}, stop="hc", sensors=SENSORS, mqtt=chosen(server, certificates), kiosk={"id": "hall"},  # type: ignore[arg-type]
        environment={"topic": "station/air", "discovery": "homeassistant"},  # type: ignore[arg-type]
    )  # fmt: skip


async def test_others_find_our_sensors_hear_their_values_and_see_the_kiosk_go(guarded: Mosquitto, certificates: Path) -> None:
    settings = station(guarded, certificates)
    ears, heard = Broker(chosen(guarded, certificates, "staff"), first_wait_s=0.05), list[tuple[str, bytes, bool]]()
    for topic in ("homeassistant/#", "station/air/#"):
        ears.subscribe(topic, lambda message: heard.append((message.topic, message.payload, message.retained)))
    broker = Broker(settings.mqtt, first_wait_s=0.05)
    telling = Telling(settings, broker)
    telling.prepare()
    async with started(ears):
        await until(lambda: ears.connected)
        async with started(broker):
            await until(lambda: len(heard) == 2)
            telling.tell(Reading(sensor="warmth", quantity="temperature", value=21.5, unit="°C", at=NOW))
            await until(lambda: len(heard) == 3)
        await until(lambda: len(heard) == 4)
    assert [topic for topic, _, _ in heard] == [
        "homeassistant/device/hall/config", "station/air/hall/availability", "station/air/warmth", "station/air/hall/availability",
    ]  # fmt: skip
    components = json.loads(heard[0][1])["cmps"]
    assert components["warmth"]["stat_t"] == "station/air/warmth"
    assert json.loads(heard[2][1]) == {
        "value": 21.5, "unit": "°C", "quantity": "temperature", "at": "2026-11-24T08:00:00+00:00", "quality": "good",
    }  # fmt: skip
    assert (heard[1][1], heard[3][1]) == (b"online", b"offline")
    kept, late = list[tuple[str, bytes]](), Broker(chosen(guarded, certificates, "staff"), first_wait_s=0.05)
    late.subscribe("#", lambda message: kept.append((message.topic, message.payload)))
    async with started(late):
        await until(lambda: len(kept) == 2)
        await asyncio.sleep(0.2)
    assert dict(kept) == {"homeassistant/device/hall/config": heard[0][1], "station/air/hall/availability": b"offline"}


def spread(server: Mosquitto, certificates: Path, who: str, topics: list[str]) -> None:
    """Somebody publishes their own name on every topic, and waits for the broker's word."""
    client = paho.Client(CallbackAPIVersion.VERSION2)
    client.username_pw_set(who, USERS[who])
    client.tls_set(str(certificates / "ca.pem"))
    client.connect("127.0.0.1", server.port)
    client.loop_start()
    for topic in topics:
        client.publish(topic, who, qos=1).wait_for_publish(20)
    client.disconnect()
    client.loop_stop()


def matters(settings: Settings) -> dict[str, tuple[set[str], set[str]]]:
    """Every topic that this station's machines use, as the settings of the page name them: who may publish there, and who may hear it."""
    mqtt, air, shared, prefix = settings.mqtt, settings.environment.topic, settings.alerts.topic, settings.environment.discovery
    assert mqtt.reports
    assert mqtt.acknowledgements
    assert mqtt.outages
    assert air
    kiosks = {"hall", "north"}
    detector = settings.sensors[0].source.removeprefix("mqtt:")
    found: dict[str, tuple[set[str], set[str]]] = {
        detector: ({"bridge"}, kiosks | {"bridge"}), f"{detector}/availability": ({"bridge"}, kiosks | {"bridge"}),
        f"{detector}/set": ({"bridge"}, kiosks | {"bridge"}),
        settings.alerts.senders[0].topic or "": ({"control"}, kiosks),
        mqtt.outages.replace("#", "lift-metro"): ({"staff"}, kiosks),
        mqtt.reports: (kiosks, {"staff"}), mqtt.acknowledgements: ({"staff"}, kiosks),
        discovery.state_topic(air, settings.sensors[0].id): (kiosks, {"staff"}),
        "public/whatever": (set(), set()),
    }  # fmt: skip
    for kiosk in kiosks:
        found[f"{shared}/{name_of(kiosk)}/5f0c3a9e21d40b77"] = ({kiosk}, kiosks)
        found[f"{prefix}/device/{kiosk}/config"] = ({kiosk}, {"staff"})
        found[f"{air}/{kiosk}/availability"] = ({kiosk}, {"staff"})
    return found


@pytest.fixture
def shown(guarded: Mosquitto, certificates: Path) -> Settings:
    """The station file beside the list on the page."""
    assert LISTED == ["hall", "north", "bridge", "staff", "control"]
    return Settings(**{"name": {"en": "Harbour Central"}, "stop": "hc", **SHOWN, "mqtt": {**SHOWN["mqtt"], "host": "127.0.0.1"}})


@asynccontextmanager
async def hearing(server: Mosquitto, certificates: Path, who: str, topics: list[str]) -> AsyncIterator[set[tuple[str, str]]]:
    """What somebody hears who asks for these topics one by one."""
    heard, ears = set[tuple[str, str]](), Broker(chosen(server, certificates, who), first_wait_s=0.05)
    for topic in topics:
        ears.subscribe(topic, lambda message: heard.add((message.topic, message.payload.decode())))
    async with started(ears):
        await until(lambda: ears.connected)
        yield heard


async def test_nobody_says_more_than_the_list_on_the_page_lets_them(guarded: Mosquitto, certificates: Path, shown: Settings) -> None:
    wanted = {topic: writers for topic, (writers, _) in matters(shown).items()}
    async with hearing(guarded, certificates, "ear", ["#"]) as heard:
        for who in (*LISTED, "stranger"):
            await asyncio.to_thread(spread, guarded, certificates, who, [*wanted])
        await asyncio.to_thread(spread, guarded, certificates, "mouth", ["end"])
        await until(lambda: ("end", "mouth") in heard)
    said = {(topic, who) for topic, who in heard if topic != "end"}
    assert said == {(topic, who) for topic, writers in wanted.items() for who in writers}


@pytest.mark.parametrize("who", [*LISTED, "stranger"])
async def test_nobody_hears_more_than_the_list_on_the_page_lets_them(
    guarded: Mosquitto, certificates: Path, shown: Settings, who: str
) -> None:
    topics = [*matters(shown)]
    allowed = {topic for topic, (_, readers) in matters(shown).items() if who in readers}
    asked = [*topics, "#", "+/#", "station/+", "station/alerts/#", "zigbee2mqtt/#", "homeassistant/#"]
    async with hearing(guarded, certificates, who, asked) as heard, hearing(guarded, certificates, "ear", ["#"]) as everything:
        await asyncio.to_thread(spread, guarded, certificates, "mouth", topics)
        await until(lambda: len(everything) == len(topics) and {topic for topic, _ in heard} >= allowed)
        await asyncio.sleep(0.1)
    assert {topic for topic, _ in heard} == allowed


async def test_a_detector_is_heard_and_staff_acknowledge_by_the_list_on_the_page(
    guarded: Mosquitto, certificates: Path, shown: Settings, tmp_path: Path
) -> None:
    acknowledged, detected = list[bool](), Heard()
    mqtt = chosen(guarded, certificates, **{key: value for key, value in SHOWN["mqtt"].items() if key in ("reports", "acknowledgements")})
    broker = Broker(mqtt, first_wait_s=0.05)
    assert mqtt.reports
    assert mqtt.acknowledgements
    send: Send = lambda message: broker.publish(mqtt.reports or "", message)  # noqa: E731
    reports = Reports(ReportStore.open(tmp_path / "reports.sqlite"), StartedClock(NOW), send, kiosk="hall")
    broker.subscribe(mqtt.acknowledgements, lambda message: acknowledged.append(acknowledge(reports, message.payload)))
    MqttSources(shown.sensors, StartedClock(NOW), detected.record, detected.available).listen(broker)
    async with hearing(guarded, certificates, "staff", [mqtt.reports]) as heard, started(broker):
        await until(lambda: broker.connected)
        number = reports.add("smoke", "staff").number
        await until(lambda: len(heard) == 1)
        for who in ("stranger", "north", "bridge", "control"):
            await say(guarded, certificates, who, mqtt.acknowledgements, {"number": number, "by": who})
        await say(guarded, certificates, "staff", mqtt.acknowledgements, {"number": number, "by": "Control room"})
        await say(guarded, certificates, "bridge", shown.sensors[0].source.removeprefix("mqtt:"), {"smoke": True})
        await until(lambda: len(acknowledged) == 1 and len(detected.values) == 1)
    assert json.loads(next(iter(heard))[1])["number"] == number
    assert [report.acknowledged_by for report in reports.listed(limit=9)] == ["Control room"]
    assert detected.values[0][:2] == ("hall-smoke", 1)
    reports.close()


KIOSK = """
import asyncio, sys
from assistant.environment.messages.telling import Telling
from assistant.mqtt import Broker
from assistant.settings import Settings

async def main():
    settings = Settings.model_validate_json(sys.argv[1])
    broker = Broker(settings.mqtt)
    Telling(settings, broker).prepare()
    broker.start()
    await asyncio.sleep(60)

asyncio.run(main())
"""


async def test_a_kiosk_that_is_killed_is_missed(guarded: Mosquitto, certificates: Path) -> None:
    heard = list[bytes]()
    ears = Broker(chosen(guarded, certificates, "staff"), first_wait_s=0.05)
    ears.subscribe("station/air/hall/availability", lambda message: heard.append(message.payload))
    async with started(ears):
        settings = station(guarded, certificates).model_dump_json(by_alias=True)
        kiosk = await asyncio.create_subprocess_exec(sys.executable, "-c", KIOSK, settings, cwd=ROOT)
        try:
            await until(lambda: heard[-1:] == [b"online"])
        finally:
            kiosk.kill()
            await kiosk.wait()
        await until(lambda: heard[-1:] == [b"offline"])
