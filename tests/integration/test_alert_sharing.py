"""Alerts through a real mosquitto: two kiosks and one that comes later, a sender's topic, and the broker's own list of who may what."""

import asyncio
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from assistant.alarm.book import Book
from assistant.alarm.inlets import subscribe
from assistant.alarm.intake import Intake
from assistant.alarm.models import Alert
from assistant.alarm.sharing import Sharing
from assistant.alarm.store import AlertStore
from assistant.clock import StartedClock
from assistant.mqtt import Broker
from assistant.settings import Mqtt
from assistant.settings.sensing import Alerts, Sender
from tests.conftest import ROOT
from tests.fixtures.broker import Mosquitto, mosquitto
from tests.unit.alarm.messages import FIRE, SENDER, WARNING, bytes_of, following

SETTINGS = Alerts(
    topic="station/alerts",
    senders=[Sender(sender=SENDER, name={"": "Control"}, topic="control/warnings", life_safety=True)],
)  # fmt: skip
PASSWORD = "quokkaword"  # noqa: S105
NOW = replace(WARNING, sent=datetime.now(UTC).replace(microsecond=0), infos=(replace(FIRE, expires=None),))


@dataclass
class Kiosk:
    book: Book
    broker: Broker
    sharing: Sharing
    intake: Intake

    def holds(self, *identifiers: str) -> Callable[[], bool]:
        return lambda: {one.alert.identifier for one in self.book.standing()} == set(identifiers)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


@asynccontextmanager
async def kiosk(server: Mosquitto, folder: Path, name: str, **login: str) -> AsyncIterator[Kiosk]:
    broker = Broker(Mqtt(host="127.0.0.1", port=server.port, **login), first_wait_s=0.05)  # type: ignore[arg-type]
    clock = StartedClock(datetime.now(UTC))
    book = Book(AlertStore.open(folder / f"{name}.sqlite"), clock)
    intake = Intake(SETTINGS, book, clock)
    subscribe(SETTINGS, broker, intake)
    sharing = Sharing(book, broker, clock, topic="station/alerts", kiosk=name, sender=name, believed=("hall", "north", "later"))
    sharing.start()
    broker.start()
    try:
        await until(lambda: broker.connected)
        yield Kiosk(book, broker, sharing, intake)
    finally:
        await broker.stop()
        book.close()


def raised(at: Kiosk, alert: Alert = NOW) -> str:
    return at.book.stand(alert, source="rule", life_safety=True).id


async def test_two_kiosks_and_one_that_comes_later(tmp_path: Path) -> None:
    with mosquitto(tmp_path) as server:
        async with kiosk(server, tmp_path, "hall") as hall, kiosk(server, tmp_path, "north") as north:
            key = raised(hall)
            await until(north.holds("a1"))
            async with kiosk(server, tmp_path, "later") as later:
                await until(later.holds("a1"))
                (there,) = later.book.standing()
                assert (there.id, there.life_safety, there.source) == (key, True, "kiosk")
                hall.book.update(key, following(NOW, "Update", "a2"))
                await until(later.holds("a2"))
            hall.book.clear(key, "rule")
            await until(north.holds())
        async with kiosk(server, tmp_path, "later") as later:
            await until(later.holds())


async def test_a_broker_that_was_away_and_forgot_is_told_again(tmp_path: Path) -> None:
    with mosquitto(tmp_path) as server:
        async with kiosk(server, tmp_path, "hall") as hall:
            server.stop()
            await until(lambda: not hall.broker.connected)
            raised(hall)
            server.start()
            await until(lambda: hall.broker.connected)
            async with kiosk(server, tmp_path, "north") as north:
                await until(north.holds("a1"))


async def test_a_senders_topic_raises_life_safety_at_every_kiosk(tmp_path: Path) -> None:
    with mosquitto(tmp_path) as server:
        async with kiosk(server, tmp_path, "hall") as hall, kiosk(server, tmp_path, "north") as north:
            await asyncio.to_thread(lambda: server.publish("control/warnings", bytes_of(NOW)))
            for each in (hall, north):
                await until(each.holds("a1"))
                assert [one.life_safety for one in each.book.standing()] == [True]
            await asyncio.to_thread(lambda: server.publish("control/warnings", bytes_of(following(NOW, "Cancel", "c"))))
            for each in (hall, north):
                await until(each.holds())


def access_list(folder: Path) -> tuple[str, ...]:
    """The list of the how-to, with a password for everybody in it."""
    program = shutil.which("mosquitto_passwd")
    assert program is not None, "mosquitto_passwd, which comes with mosquitto, is not installed: make setup-tests"
    page = (ROOT / "docs" / "how-to" / "connect-sensors.md").read_text(encoding="utf-8")
    rules = page.partition("```acl\n")[2].partition("```")[0]
    assert "user hall" in rules
    (folder / "acl").write_text(rules)
    (folder / "passwords").write_text("")
    for name in ("hall", "north", "control", "stranger"):
        subprocess.run([program, "-b", str(folder / "passwords"), name, PASSWORD], check=True, capture_output=True)
    for name in ("acl", "passwords"):
        (folder / name).chmod(0o644)
    return "allow_anonymous false", f"password_file {folder / 'passwords'}", f"acl_file {folder / 'acl'}", "user root"


async def test_by_the_access_list_of_the_how_to_nobody_speaks_for_another(tmp_path: Path) -> None:
    with mosquitto(tmp_path, *access_list(tmp_path)) as server:
        login = {"password": PASSWORD}
        async with (
            kiosk(server, tmp_path, "hall", username="hall", **login) as hall,
            kiosk(server, tmp_path, "north", username="north", **login) as north,
        ):
            for user in ("stranger", "north", "control"):
                topics = {"station/alerts/hall/x", "station/alerts/stranger/x", "control/warnings"}
                for topic in topics - ({"control/warnings"} if user == "control" else set()):
                    forged = bytes_of(NOW, identifier="forged")
                    await asyncio.to_thread(lambda to=topic, data=forged, by=user: server.publish(to, data, login=(by, PASSWORD)))
            raised(hall)
            await until(north.holds("a1"))
            await asyncio.to_thread(lambda: server.publish("control/warnings", bytes_of(NOW, identifier="b"), login=("control", PASSWORD)))
            await until(hall.holds("a1", "b"))
            await until(north.holds("a1", "b"))
            assert hall.intake.refused == {}

