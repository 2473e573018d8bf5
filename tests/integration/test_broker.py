"""Realtime and outages through a real mosquitto: what comes, what goes, what a lost broker does."""

import asyncio
import json
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.clock import StartedClock
from assistant.knowledge import outage_messages
from assistant.knowledge.outage_messages import OutageMessages
from assistant.knowledge.outages import Outages
from assistant.mqtt import MOST_UNSENT, Broker, Message
from assistant.settings import Mqtt
from tests.fixtures.broker import Mosquitto, mosquitto

SECRET = "quokkaword"  # noqa: S105
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Mosquitto]:
    with mosquitto(tmp_path) as running:
        yield running


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


@asynccontextmanager
async def listening(server: Mosquitto, *filters: str, **settings: object) -> AsyncIterator[tuple[Broker, list[Message]]]:
    broker, heard = Broker(Mqtt(host="127.0.0.1", port=server.port, **settings), first_wait_s=0.05), list[Message]()  # type: ignore[arg-type]
    for topic in filters:
        broker.subscribe(topic, heard.append)
    broker.start()
    try:
        yield broker, heard
    finally:
        await broker.stop()


async def publish(server: Mosquitto, topic: str, payload: bytes | str, **more: object) -> None:
    await asyncio.to_thread(lambda: server.publish(topic, payload, **more))  # type: ignore[arg-type]


async def test_messages_come_by_their_filter(server: Mosquitto) -> None:
    await publish(server, "station/a", "retained", retain=True)
    async with listening(server, "station/+", "other/#") as (broker, heard):
        await until(lambda: broker.connected)
        await publish(server, "other/b/c", b"\x00\xff")
        await publish(server, "nobody/d", "x")
        await publish(server, "station/a", "")
        await until(lambda: len(heard) == 3)
    assert heard == [
        Message(topic="station/a", payload=b"retained", retained=True), Message(topic="other/b/c", payload=b"\x00\xff"),
        Message(topic="station/a", payload=b""),
    ]  # fmt: skip


async def test_a_lost_broker_is_found_again(server: Mosquitto, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="assistant"):
        async with listening(server, "a") as (broker, heard):
            await until(lambda: broker.connected)
            await asyncio.to_thread(server.stop)
            await until(lambda: not broker.connected)
            await asyncio.sleep(0.3)
            await asyncio.to_thread(server.start)
            await until(lambda: broker.connected)
            await publish(server, "a", "again")
            await until(lambda: len(heard) == 1)
    assert [record.msg for record in caplog.records] == ["mqtt_connected", "mqtt_lost", "mqtt_connected"]


async def test_a_handler_that_fails_stops_nobody(server: Mosquitto) -> None:
    heard, failed = list[Message](), list[Message]()
    broker = Broker(Mqtt(host="127.0.0.1", port=server.port), first_wait_s=0.05)

    def fail(message: Message) -> None:
        failed.append(message)
        raise ZeroDivisionError

    broker.subscribe("a", fail)
    broker.subscribe("a", heard.append)
    broker.start()
    await until(lambda: broker.connected)
    await publish(server, "a", "1")
    await publish(server, "a", "2")
    await until(lambda: len(heard) == 2)
    await broker.stop()
    assert failed == heard


async def test_nobody_is_spoken_to_without_a_wish() -> None:
    unset, unwanted = Broker(Mqtt()), Broker(Mqtt(host="127.0.0.1", port=1))
    unset.subscribe("a", lambda _: None)
    for broker in (unset, unwanted):
        broker.start()
        assert broker._task is None
        await broker.stop()


async def test_a_secret_opens_and_stays_out_of_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    tool = shutil.which("mosquitto_passwd")
    assert tool is not None, "mosquitto_passwd is not installed: make setup-tests"
    users = tmp_path / "users"
    command = [tool, "-b", "-c", str(users), "kiosk", SECRET]
    await asyncio.to_thread(lambda: subprocess.run(command, check=True, capture_output=True))
    users.chmod(0o644)
    with mosquitto(tmp_path, "allow_anonymous false", f"password_file {users}", "user root") as server:
        async with listening(server, "a", username="kiosk", password=SECRET[::-1]) as (broker, _):
            await asyncio.sleep(0.5)
            assert not broker.connected
        async with listening(server, "a", username="kiosk", password=SECRET) as (broker, heard):
            await until(lambda: broker.connected)
            await publish(server, "a", "x", login=("kiosk", SECRET))
            await until(lambda: len(heard) == 1)
    assert SECRET not in caplog.text


@asynccontextmanager
async def giving(server: Mosquitto, first_wait_s: float = 0.05) -> AsyncIterator[Broker]:
    broker = Broker(Mqtt(host="127.0.0.1", port=server.port, reports="out"), first_wait_s=first_wait_s)
    broker.start()
    try:
        yield broker
    finally:
        await broker.stop()


async def test_what_is_published_is_heard_and_not_retained(server: Mosquitto) -> None:
    async with listening(server, "out") as (ears, heard), giving(server) as broker:
        await until(lambda: broker.connected and ears.connected)
        began = time.perf_counter()
        assert broker.publish("out", b"one")
        assert time.perf_counter() - began < 0.05, "nobody waits for the broker"
        assert await asyncio.to_thread(broker.publish, "out", b"two"), "from any thread"
        await until(lambda: len(heard) == 2)
    assert [message.payload for message in heard] == [b"one", b"two"]
    async with listening(server, "out") as (late, heard):
        await until(lambda: late.connected)
        await asyncio.sleep(0.3)
        assert heard == []


async def test_what_is_published_without_a_broker_waits_for_one_and_is_not_said_to_be_taken(server: Mosquitto) -> None:
    async with giving(server, first_wait_s=3.0) as broker:  # the ears are back first
        await until(lambda: broker.connected)
        await asyncio.to_thread(server.stop)
        await until(lambda: not broker.connected)
        assert not broker.publish("out", b"late")
        await asyncio.to_thread(server.start)
        async with listening(server, "out") as (ears, heard):
            await until(lambda: ears.connected)
            await until(lambda: [message.payload for message in heard] == [b"late"])
            await until(lambda: not broker._unsent)


async def test_of_what_waits_the_newest_are_kept_and_without_a_host_nothing_is() -> None:
    broker = Broker(Mqtt(host="127.0.0.1", port=1))
    for number in range(MOST_UNSENT + 5):
        assert not broker.publish("out", str(number).encode())
    assert broker._unsent[0].payload == b"5"
    assert len(broker._unsent) == MOST_UNSENT
    nowhere = Broker(Mqtt())
    assert not nowhere.publish("out", b"x")
    assert not nowhere._unsent


async def test_what_is_to_be_kept_is_heard_by_who_comes_later_and_can_be_taken_back(server: Mosquitto) -> None:
    async with giving(server) as broker:
        await until(lambda: broker.connected)
        for topic, payload in (("out/a", b"1"), ("out/b", b"2"), ("out/b", b"")):
            broker.publish(topic, payload, retain=True)
        await until(lambda: not broker._unsent)
    async with listening(server, "out/#") as (late, heard):
        await until(lambda: bool(heard))
        assert late.connected
        await asyncio.sleep(0.2)
    assert heard == [Message(topic="out/a", payload=b"1", retained=True)]


async def test_of_what_is_to_be_kept_only_the_newest_waits_and_it_is_dropped_last() -> None:
    broker = Broker(Mqtt(host="127.0.0.1", port=1))
    for number in range(3):
        broker.publish("alert", str(number).encode(), retain=True)
    broker.publish("other", b"x", retain=True)
    for number in range(MOST_UNSENT * 2):
        broker.publish("alert", str(number).encode())
    waiting = [(message.topic, message.payload) for message in broker._unsent if message.retained]
    assert waiting == [("alert", b"2"), ("other", b"x")]
    assert len(broker._unsent) == MOST_UNSENT
    assert broker._unsent[-1].payload == str(MOST_UNSENT * 2 - 1).encode()
    for number in range(MOST_UNSENT + 1):
        broker.publish(str(number), b"", retain=True)
    assert len(broker._unsent) == MOST_UNSENT
    assert broker._unsent[0].topic == "1"


async def test_many_threads_lose_nothing_that_there_is_room_for(server: Mosquitto) -> None:
    async with listening(server, "out") as (ears, heard), giving(server) as broker:
        await until(lambda: broker.connected and ears.connected)

        def give(thread: int) -> None:
            for number in range(20):
                broker.publish("out", f"{thread}.{number}".encode())

        await asyncio.gather(*(asyncio.to_thread(give, thread) for thread in range(4)))
        await until(lambda: len({message.payload for message in heard}) == 80)


async def test_who_only_gives_is_connected_too(server: Mosquitto) -> None:
    wanted, dying = (Broker(Mqtt(host="127.0.0.1", port=server.port), first_wait_s=0.05) for _ in range(2))
    wanted.publishing_wanted()
    dying.last_will("gone", b"yes")
    for broker in (wanted, dying):
        broker.start()
        await until(lambda broker=broker: broker.connected)  # type: ignore[misc]
        await broker.stop()
    async with listening(server, "gone") as (_, heard):
        await until(lambda: heard == [Message(topic="gone", payload=b"yes", retained=True)])


async def test_topics_that_the_broker_keeps_from_us_are_told(caplog: pytest.LogCaptureFixture) -> None:
    """mosquitto grants them and sends nothing; others answer with 128, as MQTT 3.1.1 has it."""

    class Refusing:
        async def subscribe(self, topics: list[tuple[str, int]]) -> tuple[int, ...]:
            assert topics == [("a/#", 1), ("b", 1)]
            return (1, 128)

    broker = Broker(Mqtt(host="127.0.0.1"))
    for topic in ("b", "a/#", "b", "a/#"):
        broker.subscribe(topic, lambda _: None)
    with caplog.at_level("INFO", logger="assistant"):
        await broker._ask(Refusing())  # type: ignore[arg-type]
    assert [(record.msg, vars(record)["fields"]) for record in caplog.records] == [("mqtt_topics_refused", {"topics": 1})]


@asynccontextmanager
async def outages_of(server: Mosquitto, settle_s: float = 60.0) -> AsyncIterator[tuple[Broker, Outages]]:
    clock = StartedClock(NOON)
    outages, broker = Outages(clock), Broker(Mqtt(host="127.0.0.1", port=server.port), first_wait_s=0.05)
    OutageMessages(outages, clock, settle_s).listen(broker, "station/outages/#")
    broker.start()
    await until(lambda: broker.connected)
    yield broker, outages
    await broker.stop()


async def test_an_outage_is_published_and_taken_back(server: Mosquitto) -> None:
    times = {"since": "2026-11-24T09:00:00+01:00", "until": "2026-11-30T00:00:00Z"}
    message = {"targets": ["lift-1", "lift-1-door"], "reason": "Motor"} | times
    await publish(server, "station/outages/lift-1", json.dumps(message), retain=True)
    async with outages_of(server) as (_, outages):
        await until(lambda: bool(outages.listed()))
        [outage] = outages.listed()
        assert (outage.id, outage.targets, outage.reason, outage.origin) == ("lift-1", ("lift-1", "lift-1-door"), "Motor", "mqtt")
        assert (outage.since, outage.until) == (NOON - timedelta(hours=4), datetime(2026, 11, 30, tzinfo=UTC))
        assert outages.closed() == {"lift-1", "lift-1-door"}
        await publish(server, "station/outages/lift-1", "", retain=True)
        await until(lambda: not outages.listed())
        await publish(server, "station/outages/gate", json.dumps({"id": "g.7", "targets": ["gate-7"]}))
        await until(lambda: [outage.id for outage in outages.listed()] == ["g.7"])
        await publish(server, "station/outages/gate", json.dumps({"targets": ["gate-7"], "out": False}))
        await until(lambda: not outages.listed())


@pytest.mark.parametrize(
    "payload",
    [
        b"{", b"\xff\xfe", b"[]", b'{"targets": "lift-2"}', b'{"targets": []}', b'{"targets": ["a"], "until": "soon"}',
        b'{"targets": ["' + b"x" * 20_000,
    ],
)  # fmt: skip
async def test_a_message_that_cannot_be_changes_nothing(server: Mosquitto, payload: bytes) -> None:
    async with outages_of(server) as (_, outages):
        await publish(server, "station/outages/lift-1", json.dumps({"targets": ["lift-1"]}))
        await until(lambda: bool(outages.listed()))
        await publish(server, "station/outages/lift-2", payload)
        await publish(server, "station/outages/lift-3", json.dumps({"targets": ["lift-3"]}))
        await until(lambda: "lift-3" in outages.closed())
        assert outages.closed() == {"lift-1", "lift-3"}


async def test_what_was_taken_back_while_the_broker_was_lost_is_over(server: Mosquitto) -> None:
    async with outages_of(server, settle_s=1.0) as (broker, outages):
        for lift in ("lift-1", "lift-2"):
            await publish(server, f"station/outages/{lift}", json.dumps({"targets": [lift]}), retain=True)
        await until(lambda: outages.closed() == {"lift-1", "lift-2"})
        await asyncio.to_thread(server.stop)
        await until(lambda: not broker.connected)
        assert outages.closed() == {"lift-1", "lift-2"}, "a lift stays broken when the broker does too"
        await asyncio.to_thread(server.start)
        await publish(server, "station/outages/lift-2", json.dumps({"targets": ["lift-2"]}), retain=True)
        await until(lambda: outages.closed() == {"lift-2"})


def test_there_is_room_for_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outage_messages, "MOST", 2)
    clock = StartedClock(NOON)
    outages = Outages(clock)
    messages = OutageMessages(outages, clock)
    for lift in ("a", "b", "c", "a"):
        messages.come(Message(topic=f"x/{lift}", payload=json.dumps({"targets": [lift]}).encode()))
    assert outages.closed() == {"a", "b"}
