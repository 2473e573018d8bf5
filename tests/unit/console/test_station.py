"""The calls for the sections of a draft's station file."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from assistant.accounts.models import Role
from assistant.restarting import NOBODY, Restart
from tests.fixtures.studio import Around
from tests.unit.console.conftest import Browser
from tests.unit.content.folders import NOON

PLACE = {"id": "cafe", "name": {"en": "Café"}, "category": "cafe", "hours": "Mo-Fr 06:00-22:00"}


@pytest.fixture
def draft(around: Around) -> Iterator[str]:
    made = around.studio.drafts.make("try", "shipped", by="0123456789ab", at=NOON).id
    yield f"/drafts/{made}/station"
    around.studio.drafts.remove(made)


def test_an_editor_changes_every_section(as_role: Callable[[Role], Browser], draft: str) -> None:
    editor = as_role("editor")
    seen = editor.ask("GET", draft)
    assert seen.headers["ETag"] == f'"{seen.json()["tag"]}"'
    assert (seen.json()["languages"], seen.json()["places"]) == (["en", "ko"], [])
    choices = seen.json()["choices"]
    assert "cafe" in choices["categories"]
    assert {"refunds", "cafe"} <= set(choices["subjects"])
    assert "co2" in choices["quantities"]
    assert next(level["name"]["en"] for level in choices["levels"] if level["id"] == "street")
    steps: list[tuple[str, str, object]] = [
        ("PUT", "/places/cafe", PLACE),
        ("PUT", "/sensors/co2", {"name": {"": "a"}, "quantity": "co2", "unit": "ppm", "area": {"": "b"}, "source": "push:a"}),
        ("PUT", "/facts", {"facts": {"pets": {"en": "Dogs ride."}}}),
        ("PUT", "/languages", {"languages": ["en", "ko", "fr"]}),
    ]
    for method, path, body in steps:
        before = seen
        seen = editor.ask(method, draft + path, {"If-Match": before.headers["ETag"]}, json=body)
        assert seen.status_code == 200, seen.text
        assert editor.ask(method, draft + path, {"If-Match": before.headers["ETag"]}, json=body).status_code == 412
    assert seen.json()["places"] == [{**PLACE, "where": {}, "aliases": [], "note": {}}]
    assert seen.json()["facts"] == {"pets": {"en": "Dogs ride."}}
    assert seen.json()["languages"] == ["en", "ko", "fr"]
    gone = editor.ask("DELETE", f"{draft}/places/cafe", {"If-Match": seen.headers["ETag"]})
    assert gone.json()["places"] == []
    assert editor.ask("DELETE", f"{draft}/places/cafe", {"If-Match": gone.headers["ETag"]}).status_code == 404


def test_two_at_once_are_told_who_changed_what(as_role: Callable[[Role], Browser], draft: str) -> None:
    first, second = as_role("admin"), as_role("editor")
    old = first.ask("GET", draft).headers["ETag"]
    assert first.ask("PUT", f"{draft}/places/cafe", {"If-Match": old}, json=PLACE).status_code == 200
    stale = second.ask("PUT", f"{draft}/facts", {"If-Match": old}, json={"facts": {}})
    assert (stale.status_code, stale.json()["code"]) == (412, "changed-meanwhile")
    assert [(edit["name"], edit["what"]) for edit in stale.json()["edits"]] == [("ada", ["places.cafe"])]


def test_what_cannot_be_names_its_field(as_role: Callable[[Role], Browser], draft: str) -> None:
    editor = as_role("editor")
    tag = editor.ask("GET", draft).headers["ETag"]
    refused = editor.ask("PUT", f"{draft}/places/cafe", {"If-Match": tag}, json={**PLACE, "hours": "CANARY7"})
    assert (refused.status_code, refused.json()["code"], refused.json()["field"]) == (422, "station-wrong", "hours")
    assert "CANARY7" not in refused.text
    assert editor.ask("PUT", f"{draft}/tokens/x", {"If-Match": tag}, json={}).status_code == 422
    assert editor.ask("GET", draft).headers["ETag"] == tag


def test_an_edit_is_in_the_audit_log(as_role: Callable[[Role], Browser], draft: str) -> None:
    admin = as_role("admin")
    tag = admin.ask("GET", draft).headers["ETag"]
    admin.ask("PUT", f"{draft}/places/cafe", {"If-Match": tag}, json=PLACE)
    line = admin.ask("GET", "/audit").json()["entries"][0]
    assert (line["action"], line["object"].split(":")[2]) == ("station.changed", "places")
    admin.ask("PUT", f"{draft}/places/cafe", {"If-Match": tag}, json=PLACE)
    assert admin.ask("GET", "/audit").json()["entries"][0]["number"] == line["number"]


def test_a_start_that_is_due_is_told_and_can_be_asked_for(as_role: Callable[[Role], Browser], restart: Restart) -> None:
    editor, publisher = as_role("editor"), as_role("publisher")
    assert editor.ask("GET", "/overview").json()["restart_due"] is False
    refused = publisher.ask("POST", "/restart")
    assert (refused.status_code, refused.json()["code"]) == (409, "restart-not-due")
    asyncio.run(restart.look())
    assert editor.ask("GET", "/overview").json()["restart_due"] is True
    assert editor.ask("POST", "/restart").status_code == 403
    restart.around = lambda: replace(NOBODY, life_safety=True)
    assert publisher.ask("POST", "/restart").json()["code"] == "alert-stands"
    restart.around = lambda: replace(NOBODY, conversations=1, still_s=0)
    assert not restart.moment()
    assert publisher.ask("POST", "/restart").json() == {"restart_due": True}
    assert restart.moment()
