"""Writing CAP: the schema accepts it, and what is read again is what was written."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

import pytest
import xmlschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.alarm import models
from assistant.alarm.cap.followups import cancelled, updated
from assistant.alarm.cap.read import FIRST_YEAR, LAST_YEAR, read
from assistant.alarm.cap.rules import MOST_REFERENCES
from assistant.alarm.cap.write import time, write
from assistant.alarm.models import Alert, Area, Info, Reference
from tests.unit.alarm.messages import NOON, WARNING, following, reference


@pytest.fixture(scope="session")
def schema(shared_data: Path) -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(shared_data / "schemas" / "cap" / "CAP-v1.2.xsd")


@pytest.mark.parametrize(("at", "text"), [
    (NOON, "2026-11-24T12:00:00-00:00"),
    (NOON.replace(microsecond=999_999, tzinfo=timezone(timedelta(hours=5, minutes=45))), "2026-11-24T12:00:00+05:45"),
    (NOON.replace(tzinfo=timezone(timedelta(hours=-9))), "2026-11-24T12:00:00-09:00"),
])  # fmt: skip
def test_times_are_written_as_cap_wants_them(at: datetime, text: str) -> None:
    assert time(at) == text


@pytest.mark.parametrize("at", [NOON.replace(tzinfo=None), NOON.replace(tzinfo=timezone(timedelta(seconds=30)))])
def test_a_time_that_cap_cannot_say_is_an_error(at: datetime) -> None:
    with pytest.raises(ValueError, match="offset"):
        time(at)


def test_followups_name_every_message_before_them() -> None:
    second = updated(WARNING, identifier="a2", sent=NOON + timedelta(minutes=1), infos=WARNING.infos)
    third = cancelled(second, identifier="a3", sent=NOON)
    assert second.references == (reference(WARNING),)
    assert third.references == (reference(WARNING), reference(second))
    assert third.sent == second.sent, "never before what it cancels, whatever the clock says"
    assert (third.message_type, third.infos) == ("Cancel", ())
    for alert in (second, third):
        assert read(write(alert)).alert == alert


def test_the_chain_of_references_is_bounded() -> None:
    last = WARNING
    for number in range(MOST_REFERENCES + 5):
        last = updated(last, identifier=f"u{number}", sent=NOON, infos=WARNING.infos)
    assert len(last.references) == MOST_REFERENCES
    assert read(write(last)).alert == last


@pytest.mark.parametrize("wrong", [
    replace(WARNING, identifier="a b"), replace(WARNING, message_type="Update"), replace(WARNING, sender=""),
    replace(WARNING, references=(reference(WARNING),)), replace(WARNING, references=(reference(following(WARNING, "Alert", "later")),)),
])  # fmt: skip
def test_a_message_against_the_rules_is_not_written(wrong: Alert) -> None:
    with pytest.raises(ValueError, match="<"):
        write(wrong)


def test_what_xml_cannot_hold_is_left_out() -> None:
    info = replace(WARNING.infos[0], headline="a\x00b\x0b\ud800\ufffe<&\">c")
    assert read(write(replace(WARNING, infos=(info,)))).alert.infos[0].headline == "ab<&\">c"


def one_of(literal: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(literal))


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=40).map(str.strip)
SOME = TEXT.filter(bool)
NAME = st.text(st.characters(min_codepoint=33, exclude_characters=",<&", exclude_categories=("Cs", "Zs", "Zl", "Zp", "Cc")), min_size=1,
    max_size=40).filter(lambda text: not any(char.isspace() or char in "\ufffe\uffff" for char in text))  # fmt: skip
TIME = st.datetimes(
    datetime(FIRST_YEAR, 1, 2), datetime(LAST_YEAR, 12, 30),
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
).map(lambda at: at.replace(microsecond=0))  # fmt: skip
DEGREE = st.floats(-90, 90).map(lambda value: round(value, 7) + 0.0)
POINT = st.tuples(DEGREE, DEGREE)
RING = st.lists(POINT, min_size=3, max_size=5).map(lambda points: (*points, points[0]))
AREA = st.builds(
    Area, description=SOME, zones=st.lists(NAME, max_size=2).map(tuple), polygons=st.lists(RING, max_size=2).map(tuple),
    circles=st.lists(st.tuples(DEGREE, DEGREE, st.floats(0, 1000).map(lambda value: round(value, 7))), max_size=1).map(tuple),
)  # fmt: skip
INFO = st.builds(
    Info, language=st.sampled_from(["en", "en-US", "zh", "ko", "x-quokka"]), categories=st.lists(one_of(models.Category),
    min_size=1).map(tuple),
    event=SOME, responses=st.lists(one_of(models.Response)).map(tuple), urgency=one_of(models.Urgency), severity=one_of(models.Severity),
    certainty=one_of(models.Certainty), headline=TEXT, description=TEXT, instruction=TEXT, sender_name=TEXT, onset=st.none() | TIME,
    expires=st.none() | TIME, areas=st.lists(AREA, max_size=2).map(tuple), parameters=st.lists(st.tuples(SOME, TEXT),
    max_size=2).map(tuple),
)  # fmt: skip
ALERT = st.builds(
    Alert, identifier=NAME, sender=NAME, sent=TIME, status=one_of(models.Status), message_type=st.just("Update"),
    scope=one_of(models.Scope),
    references=st.lists(st.builds(Reference, sender=NAME, identifier=NAME, sent=st.just(datetime(FIRST_YEAR, 1, 1, 13, tzinfo=UTC))),
    min_size=1,
        max_size=2).map(tuple),
    infos=st.lists(INFO, max_size=2).map(tuple), note=TEXT,
)  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(alert=ALERT)
def test_any_alert_comes_back_as_it_was(alert: Alert, schema: xmlschema.XMLSchema) -> None:
    data = write(alert)
    schema.validate(BytesIO(data))
    received = read(data, limit=10_000_000)
    assert received.alert == alert
    assert received.remarks == frozenset()
