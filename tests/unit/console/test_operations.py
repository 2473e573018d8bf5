"""What acts at once: lifts out of order and notices, through the console's calls, down to what the kiosk answers."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import OperationalError
from sqlalchemy.sql import ClauseElement, TextClause

from assistant.accounts import audit
from assistant.accounts.models import Role
from assistant.answers.desk import Desk
from assistant.errors import Unavailable
from assistant.knowledge.models import Outage, Source
from tests.fixtures.accounts import Door
from tests.unit.console.conftest import Browser

NOW, LATER, EVENING = "2026-11-24T08:00:00+00:00", "2026-11-24T09:00:00+00:00", "2026-11-24T20:00:00+00:00"
SAID = {"en": "Platform 2 works this weekend.", "ko": "이번 주말 2번 승강장 공사"}
WORKS = {"kind": "disruption", "texts": SAID, "since": NOW, "until": EVENING}


@pytest.fixture(autouse=True)
def undisturbed(desk: Desk) -> Iterator[None]:
    """Nothing is out of order before and after."""
    yield
    knowledge = desk.context("en").knowledge
    for one in knowledge.outages.listed():
        knowledge.outages.remove(one.id)
    knowledge.notices.become([])


def lines(door: Door) -> list[tuple[str, str]]:
    """What the audit log has of this test, the newest first."""
    with door.database.reading() as session:
        return [(entry.change.action, entry.change.object) for entry in audit.listed(session, limit=50)]


def step_free_way(desk: Desk, goal: str) -> list[str]:
    """The modes of the way that the kiosk answers with; none where it tells that there is no way."""
    cards = [reply.card for reply in desk.answer("wayfinding_step_free", {"place": goal}, "en").replies if reply.card]
    return [step.mode for card in cards for step in getattr(card, "steps", [])]


def told(desk: Desk, language: str = "en") -> str:
    return " ".join(reply.text for reply in desk.answer("timetable_disruptions", {}, language).replies)


def test_a_lift_is_closed_and_the_next_answer_leads_around_it(as_role: Callable[[Role], Browser], desk: Desk, door: Door) -> None:
    editor = as_role("editor")
    seen = editor.ask("GET", "/outages").json()
    kinds = [one["kind"] for one in seen["things"]]
    assert kinds[0] == "lift"
    assert {"escalator", "stairs", "entrance", "fare_gate", "platform"} <= set(kinds)
    lift = next(one for one in seen["things"] if one["id"] == "lift-78")
    assert (lift["start"], lift["goal"], lift["goal_level"]) == ("East passage", "Platforms 7 and 8", "Platform level")
    assert "lift" in step_free_way(desk, "hc7")
    why = {"en": "The door is repaired.", "ko": " "}
    made = editor.ask("POST", "/outages", json={"targets": ["lift-78"], "reasons": why, "until": EVENING})
    assert made.status_code == 201
    assert step_free_way(desk, "hc7") == []
    card = desk.answer("wayfinding_outages", {}, "en").replies[0].card
    assert card is not None
    assert "The door is repaired." in getattr(card, "lines", [])
    assert "The door is repaired." not in getattr(desk.answer("wayfinding_outages", {}, "ko").replies[0].card, "lines", [])
    listed = editor.ask("GET", "/outages").json()["outages"]
    assert [(one["targets"], one["origin"], one["reasons"], one["active"]) for one in listed] == [
        (["lift-78"], "api", {"en": "The door is repaired."}, True)
    ]
    assert editor.ask("DELETE", f"/outages/{made.json()['id']}").status_code == 204
    assert "lift" in step_free_way(desk, "hc7")
    assert lines(door)[:2] == [("outage.ended", f"outage:{made.json()['id']}"), ("outage.told", f"outage:{made.json()['id']}")]
    assert editor.ask("DELETE", f"/outages/{made.json()['id']}").status_code == 404


def test_what_another_source_told_is_shown_and_not_ended_here(as_role: Callable[[Role], Browser], desk: Desk) -> None:
    context = desk.context("en")
    source = Source(kind="realtime", table="alerts", key="a1", as_of=NOW)
    context.knowledge.outages.replace("realtime", [
        Outage(id="realtime-a1", targets=("lift-12",), reason="", since=context.now, until=None, origin="realtime", source=source)
    ])  # fmt: skip
    editor = as_role("editor")
    assert [one["origin"] for one in editor.ask("GET", "/outages").json()["outages"]] == ["realtime"]
    refused = editor.ask("DELETE", "/outages/realtime-a1")
    assert (refused.status_code, refused.json()["code"]) == (409, "outage-of-another-source")
    context.knowledge.outages.replace("realtime", [])


@pytest.mark.parametrize(("body", "code"), [
    ({"targets": ["CANARY7"]}, "unknown-target"), ({"targets": []}, "invalid-input"),
    ({"targets": ["lift-78"], "until": NOW}, "outage-invalid"), ({"targets": ["lift-78"], "reasons": {"fr": "panne"}}, "unknown-language"),
    ({"targets": ["lift-78"], "reasons": {"en": "x" * 201}}, "invalid-input"),
    ({"targets": ["lift-78"], "since": "9999-12-31T23:00:00-12:00"}, "outage-invalid"),
])  # fmt: skip
def test_what_cannot_be_is_refused_without_a_line_in_the_log(
    as_role: Callable[[Role], Browser], desk: Desk, door: Door, body: dict[str, Any], code: str
) -> None:
    refused = as_role("editor").ask("POST", "/outages", json=body)
    assert refused.json()["code"] == code, refused.text
    assert "CANARY7" not in refused.text
    assert desk.context("en").knowledge.outages.listed() == []
    assert "outage.told" not in [action for action, _ in lines(door)]


def test_a_notice_is_told_in_every_way_while_it_is_in_force(as_role: Callable[[Role], Browser], desk: Desk, door: Door) -> None:
    editor = as_role("editor")
    made = editor.ask("POST", "/notices", json=WORKS)
    assert made.status_code == 201, made.text
    notice = made.json()
    assert (notice["state"], notice["missing"], notice["version"]) == ("now", ["zh"], 1)
    assert "Platform 2 works this weekend." in told(desk)
    assert "이번 주말" in told(desk, "ko")
    alerts = editor.client.get("/v1/service-alerts", params={"language": "ko"}).json()["alerts"]
    assert [(alert["header"], alert["source"]["table"]) for alert in alerts] == [("이번 주말 2번 승강장 공사", "notices")]
    changed = editor.ask("PUT", f"/notices/{notice['id']}", json=WORKS | {"since": LATER, "version": 1})
    assert (changed.status_code, changed.json()["state"], changed.json()["version"]) == (200, "planned", 2)
    assert "Platform 2" not in told(desk)
    stale = editor.ask("PUT", f"/notices/{notice['id']}", json=WORKS | {"version": 1})
    assert (stale.status_code, stale.json()["code"]) == (412, "notice-changed")
    editor.ask("PUT", f"/notices/{notice['id']}", json=WORKS | {"version": 2})
    assert "Platform 2" in told(desk)
    assert editor.ask("DELETE", f"/notices/{notice['id']}").status_code == 204
    assert "Platform 2" not in told(desk)
    assert editor.ask("GET", "/notices").json()["notices"] == []
    assert [action for action, _ in lines(door)][:4] == ["notice.erased", "notice.changed", "notice.changed", "notice.made"]


def test_a_notice_disappears_by_itself(as_role: Callable[[Role], Browser], desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = as_role("editor")
    editor.ask("POST", "/notices", json=WORKS)
    began = desk._clock.now()
    monkeypatch.setattr(desk, "_clock", _At(began + timedelta(hours=12)))
    assert "Platform 2" not in told(desk)
    assert editor.client.get("/v1/service-alerts").json() == {"alerts": []}
    assert [one["state"] for one in editor.ask("GET", "/notices").json()["notices"]] == ["past"]


class _At:
    """A clock that stands."""

    def __init__(self, at: Any) -> None:
        self._at = at

    def now(self) -> Any:
        return self._at

    def trusted(self) -> bool:
        return True


def test_a_notice_about_a_line_is_told_to_who_asks_of_it(as_role: Callable[[Role], Browser], desk: Desk) -> None:
    editor = as_role("editor")
    seen = editor.ask("GET", "/notices").json()
    one, other = seen["lines"][:2]
    made = editor.ask("POST", "/notices", json=WORKS | {"lines": [one["id"]]})
    assert made.status_code == 201

    def of(line: str) -> int:
        return len(editor.client.get("/v1/service-alerts", params={"line": line}).json()["alerts"])

    assert (of(one["id"]), of(other["id"])) == (1, 0)
    board = desk.answer("timetable_next_departures", {"line": one["id"]}, "en")
    assert "Platform 2 works" in " ".join(reply.text for reply in board.replies)
    elsewhere = editor.ask("POST", "/notices", json=WORKS | {"stops": [seen["stops"][0]["id"]]}).json()
    ids = [alert["id"] for alert in editor.client.get("/v1/service-alerts").json()["alerts"]]
    assert f"notice-{elsewhere['id']}" not in ids, "it is about another station"


@pytest.mark.parametrize(("change", "code"), [
    ({"texts": {}}, "notice-empty"), ({"texts": {"en": "  "}}, "notice-empty"), ({"texts": {"fr": "Travaux"}}, "unknown-language"),
    ({"texts": {"en": "x" * 201}}, "invalid-input"), ({"texts": {"en": "a " * 99}}, "notice-too-long"),
    ({"until": NOW}, "notice-times"), ({"until": "2026-11-24T07:00:00"}, "notice-times"), ({"lines": ["CANARY7"]}, "unknown-target"),
    ({"stops": ["CANARY7"]}, "unknown-target"), ({"kind": "alarm"}, "invalid-input"), ({"texts": {"en": "one\ntwo"}}, "invalid-input"),
])  # fmt: skip
def test_a_notice_that_cannot_be_told_is_refused(as_role: Callable[[Role], Browser], desk: Desk, change: dict[str, Any], code: str) -> None:
    refused = as_role("editor").ask("POST", "/notices", json=WORKS | change)
    assert refused.json()["code"] == code, refused.text
    assert "CANARY7" not in refused.text
    assert "Platform 2" not in told(desk)


def test_a_database_that_is_away_leaves_the_kiosk_its_notices(
    as_role: Callable[[Role], Browser], desk: Desk, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = as_role("editor")
    editor.ask("POST", "/notices", json=WORKS)
    board = desk.context("en").knowledge.notices

    def away() -> Any:
        raise Unavailable("the database cannot be read or written now")

    assert board.refresh(away) is False
    assert "Platform 2 works" in told(desk)

    def broken(*_: object, **__: object) -> Any:
        raise OperationalError("SELECT", {}, Exception("away"))

    monkeypatch.setattr(door.database, "migrate", broken)
    assert editor.client.get("/v1/service-alerts").json()["alerts"], "the kiosk asks no database"


def test_every_statement_of_notices_compiles_for_postgresql(as_role: Callable[[Role], Browser], door: Door) -> None:
    seen: dict[str, ClauseElement] = {}
    for engine in (door.database._engine, door.database._reading):
        event.listen(engine, "before_execute", lambda connection, clause, *rest: seen.setdefault(str(clause), clause))
    editor = as_role("editor")
    made = editor.ask("POST", "/notices", json=WORKS).json()
    editor.ask("PUT", f"/notices/{made['id']}", json=WORKS | {"version": 1})
    editor.ask("DELETE", f"/notices/{made['id']}")
    ours = [clause for sql, clause in seen.items() if "notices" in sql]
    assert len(ours) >= 6
    for clause in ours:
        assert not isinstance(clause, TextClause), f"written by hand: {clause}"
        assert str(clause.compile(dialect=postgresql.dialect()))
