"""Real CAP messages: the good ones come back as they were, the bad ones are refused for what is wrong, and no damage does more harm."""

import contextlib
import random
import re
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
import xmlschema

from assistant.alarm.book import Book
from assistant.alarm.cap.read import Remark, read
from assistant.alarm.cap.write import write
from assistant.alarm.intake import MOST_STANDING, Intake, Refusal, Refused, Via
from assistant.alarm.store import AlertStore
from assistant.errors import AssistantError
from assistant.settings.sensing import Alerts, Sender
from tests.unit.alarm.messages import Hands

GOOD = {
    "43b080713727.cap": (), "KAR0-0306112239-SW.cap": (Remark.old_version,), "australia.cap": (), "canada.cap": (), "canada_signed.cap": (),
    "earthquake-iso8859-1.cap": (), "earthquake.cap": (Remark.old_version,), "earthquake_signed.cap": (Remark.old_version,),
    "no_optional_fields.cap": (Remark.old_version,), "thunderstorm.cap": (), "wcatwc-warning.cap": (), "weather.cap": (Remark.old_version,),
    "cap_amber_alert_example.xml": (),
}  # fmt: skip
BAD = {
    "canada_errors.cap": ("cap-invalid", "<references> is needed in msgType Update"), "invalid.cap": ("cap-invalid", "<scope> is missing"),
    "noaa_errors.cap": ("cap-invalid", "<urgency> is missing or empty in the <info> of line 14"), "xee.cap": ("cap-forbidden-xml", ""),
}  # fmt: skip
STRANGE = [b"\x00", b"<", b">", b"&x;", b"&#0;", b"]]>", b"<![CDATA[", b"<?xml?>", b"\xff\xfe", b"<!DOCTYPE a>", b"9" * 400]
VALUES = [b"", b" ", b"Actual", b"2026-02-30T00:00:00+00:00", b"1,2 3,4", b"NaN", b"-0", b"a,b,c", b"\xc3\xa4", b"x" * 9000]
CODES = {"cap-not-xml", "cap-forbidden-xml", "cap-invalid"}


@pytest.fixture(scope="session")
def messages(shared_data: Path) -> dict[str, bytes]:
    files = [*(shared_data / "env" / "cap-alerts").glob("*.cap"), *(shared_data / "env" / "cap-alerts-ibm").glob("cap*.xml")]
    return {path.name: path.read_bytes() for path in files}


@pytest.fixture(scope="session")
def schema(shared_data: Path) -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(shared_data / "schemas" / "cap" / "CAP-v1.2.xsd")


def test_every_real_message_is_accounted_for(messages: dict[str, bytes]) -> None:
    assert set(messages) == {*GOOD, *BAD}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_one_comes_back_by_way_of_the_schema(name: str, messages: dict[str, bytes], schema: xmlschema.XMLSchema) -> None:
    received = read(messages[name])
    assert received.remarks == set(GOOD[name])
    data = write(received.alert)
    schema.validate(BytesIO(data))
    again = read(data)
    assert (again.alert, again.remarks) == (received.alert, frozenset())


def test_what_they_say_is_what_they_say(messages: dict[str, bytes]) -> None:
    canada = read(messages["canada_signed.cap"]).alert
    assert (canada.sender, canada.message_type, len(canada.references)) == ("cap-pac@ec.gc.ca", "Update", 9)
    assert [info.language for info in canada.infos] == ["en-CA", "fr-CA"]
    storm = read(messages["thunderstorm.cap"]).alert.infos[0]
    assert (storm.responses, storm.severity, storm.areas[0].polygons[0][0]) == (("Shelter",), "Severe", (38.47, -120.14))
    assert read(messages["cap_amber_alert_example.xml"]).alert.infos[1].event == "Abducción de Niño"
    assert len(read(messages["australia.cap"]).alert.infos[0].areas[0].circles) == 1


@pytest.mark.parametrize("name", BAD)
def test_a_bad_one_is_refused_for_what_is_wrong(name: str, messages: dict[str, bytes]) -> None:
    code, said = BAD[name]
    with pytest.raises(AssistantError) as caught:
        read(messages[name])
    assert caught.value.code == code
    assert said in caught.value.message


def damaged(data: bytes, dice: random.Random) -> bytes:
    """A message as bad lines, bad disks and bad people make them."""
    changed, kind = bytearray(data), dice.randrange(9)
    at = dice.randrange(len(changed))
    if kind == 0:
        for _ in range(dice.randrange(1, 6)):
            changed[dice.randrange(len(changed))] = dice.randrange(256)
    elif kind == 1:
        del changed[at:]
    elif kind == 2:
        del changed[at : at + dice.randrange(1, 60)]
    elif kind == 3:
        changed[at:at] = dice.choice(STRANGE)
    elif kind == 4:
        changed[at:at] = changed[at : at + dice.randrange(1, 400)]
    elif kind == 5:
        words = data.split(b">")
        first, second = dice.randrange(len(words)), dice.randrange(len(words))
        words[first], words[second] = words[second], words[first]
        return b">".join(words)
    elif kind >= 7:
        parts = re.split(rb"(?<=>)([^<>]*)(?=</)", data)
        parts[dice.randrange(1, len(parts), 2)] = dice.choice(VALUES + parts[1::2])
        return b"".join(parts)
    else:
        other = dice.randrange(len(changed))
        changed[at], changed[other] = changed[other], changed[at]
    return bytes(changed)


def swept(messages: dict[str, bytes], schema: xmlschema.XMLSchema, count: int) -> Counter[str]:
    dice, sources, seen = random.Random(20), sorted(messages.values()), Counter[str]()  # noqa: S311
    for number in range(count):
        try:
            received = read(damaged(dice.choice(sources), dice))
        except AssistantError as error:
            seen[error.code] += 1
            continue
        seen["read"] += 1
        data = write(received.alert)
        assert read(data).alert == received.alert
        if number % 20 == 0:
            schema.validate(BytesIO(data))
    return seen


def test_damage_is_refused_and_what_is_still_read_can_be_written(messages: dict[str, bytes], schema: xmlschema.XMLSchema) -> None:
    seen = swept(messages, schema, 800)
    assert set(seen) == {*CODES, "read"}
    assert sum(seen.values()) == 800


@pytest.mark.long
def test_ten_thousand_damaged_messages_are_written_or_refused(messages: dict[str, bytes], schema: xmlschema.XMLSchema) -> None:
    seen = swept(messages, schema, 10_000)
    assert set(seen) == {*CODES, "read"}
    assert sum(seen.values()) == 10_000


@pytest.mark.long
def test_ten_thousand_damaged_messages_are_counted(messages: dict[str, bytes], tmp_path: Path) -> None:
    names = {read(messages[name]).alert.sender for name in GOOD}
    settings = Alerts(senders=[Sender(sender=name, name={"": name}, folder=True, life_safety=True) for name in names])
    book = Book(AlertStore.open(tmp_path / "alerts.sqlite"), Hands(vouched=False))
    intake, dice, sources = Intake(settings, book, Hands(vouched=False)), random.Random(21), sorted(messages.values())  # noqa: S311
    for _ in range(10_000):
        with contextlib.suppress(Refused):
            intake.take(damaged(dice.choice(sources), dice), Via(kind="folder"))
    assert intake.taken + sum(intake.refused.values()) == 10_000
    assert {Refusal.malformed, Refusal.forbidden_xml, Refusal.unknown_sender, Refusal.replay} <= set(intake.refused)
    assert len(book.standing()) <= 2 * MOST_STANDING * len(names)
    assert book.flush(60)
    book.close()
