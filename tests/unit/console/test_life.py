"""The life of a change by the console's calls alone: draft, edit, checks, training, trial, proof, publication, roll-back."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import httpx
import pytest

from assistant.accounts import audit
from assistant.accounts.models import Role
from assistant.api import problems
from assistant.console.surface import Workshop, create_console
from assistant.content.models import SHIPPED
from tests.fixtures.accounts import GOOD, Door
from tests.fixtures.studio import Around, studio

URL = "http://127.0.0.1:8080"
GREET = "utter_smalltalk_greet"
XSS = "<img src=x onerror=alert(1)>"


class Caller:
    """Somebody at the console."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client, self.csrf = client, ""

    async def ask(self, method: str, path: str, status: int = 200, /, headers: dict[str, str] | None = None, **body: Any) -> Any:
        """The answer's JSON; its status has to be as said."""
        more = {"json": body} if method != "GET" else {}
        sent = {"Origin": URL, "X-CSRF-Token": self.csrf, **(headers or {})}
        answer = await self.client.request(method, path, headers=sent, **more)  # type: ignore[arg-type]
        assert answer.status_code == status, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    async def settled(self, path: str) -> Any:
        """What is shown of a work once it has ended."""
        seen = await self.ask("GET", path)
        while seen.get("work", seen.get("rules"))["state"] in ("waiting", "running"):
            await asyncio.sleep(0.01)
            seen = await self.ask("GET", path)
        return seen


@pytest.fixture
def around(tmp_path: Path) -> Around:
    return studio(tmp_path)


@pytest.fixture
async def callers(door: Door, around: Around) -> AsyncIterator[dict[str, Caller]]:
    """One of each role, and ada, the admin."""
    door.admin()
    admin = door.enter("ada").visitor
    absent: Any = None
    app = create_console(Workshop(
        access=door, health=absent, desk=absent, alerts=absent, reports=absent, model=absent, tokens=(), studio=around.studio,
        unanswered=absent, feeds=Mock(), record=absent, restart=absent,
    ))  # fmt: skip
    problems.install(app)
    made = {}
    roles: tuple[Role, ...] = ("viewer", "editor", "publisher", "admin")
    for role in roles:
        name = "ada" if role == "admin" else f"a-{role}"
        if role != "admin":
            door.person(admin, name, role)
        made[role] = Caller(httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=URL))
        signed = await made[role].ask("POST", "/session", 201, name=name, password=GOOD)
        made[role].csrf = signed["csrf"]
        made[role].client.cookies = httpx.Cookies(
            {cookie.name: cookie.value or "" for cookie in made[role].client.cookies.jar}
        )  # the path of the mounted console is not that of this application
    yield made
    await around.studio.stop()
    for caller in made.values():
        await caller.client.aclose()


async def edit(caller: Caller, draft: str, tag: str, text: str, status: int = 200) -> Any:
    replies = {GREET: {"en": {"text": text}}, "utter_smalltalk_thanks": {"ko": {"text": "천만에요."}}}
    return await caller.ask(
        "PUT", f"/drafts/{draft}/topics/smalltalk", status, headers={"If-Match": f'"{tag}"'},
        replies=replies, intents={"smalltalk_thanks": {"ko": ["감사합니다"]}},
    )  # fmt: skip


async def test_the_life_of_a_change(callers: dict[str, Caller], around: Around, door: Door) -> None:
    editor, publisher, viewer = callers["editor"], callers["publisher"], callers["viewer"]
    draft = (await editor.ask("POST", "/drafts", 201, name="Warmer words"))["id"]
    shown = (await viewer.ask("GET", "/drafts"))["drafts"]
    assert [(one["name"], one["made_by_name"], one["behind"]) for one in shown] == [("Warmer words", "a-editor", False)]
    listed = await viewer.ask("GET", f"/drafts/{draft}/topics")
    assert [(one["topic"], one["missing"]["ko"]) for one in listed["topics"]] == [("lifts", 1), ("smalltalk", 2)]
    topic = await editor.ask("GET", f"/drafts/{draft}/topics/smalltalk")
    assert topic["placeholders"][GREET] == ["station"]
    assert (await viewer.ask("GET", f"/drafts/{draft}/checks"))["wrong"] == 1, "Korean thanks are not answered"
    edited = await edit(editor, draft, topic["tag"], "Welcome to {station}.")
    assert edited["replies"][GREET]["en"]["text"] == "Welcome to {station}."
    assert [(one["name"], one["what"][0]) for one in edited["edits"]] == [("a-editor", "smalltalk_thanks:ko")]
    assert (await viewer.ask("GET", f"/drafts/{draft}/checks"))["wrong"] == 0

    await editor.ask("POST", f"/drafts/{draft}/turns", 409, text="hello", language="en")
    await editor.ask("POST", f"/drafts/{draft}/training", 202)
    assert (await editor.settled(f"/drafts/{draft}/training"))["trained"] is True
    tried = await editor.ask("POST", f"/drafts/{draft}/turns", text="hello", language="en")
    while tried["state"] == "starting":
        await asyncio.sleep(0.01)
        tried = await editor.ask("POST", f"/drafts/{draft}/turns", text="hello", language="en")
    assert (tried["draft"]["text"], tried["live"]["text"], tried["differs"]) == (
        ["Welcome to {station}."], ["Hello from {station}."], ["answer", "speech"],
    )  # fmt: skip

    await publisher.ask("POST", f"/drafts/{draft}/publication", 409, why="warmer")
    await editor.ask("POST", f"/drafts/{draft}/proof", 202)
    proof = await editor.settled(f"/drafts/{draft}/proof")
    assert (proof["live"], proof["conversations"], proof["broken"]) == (SHIPPED, 1, ["smalltalk: Polite (en)"])
    assert [(one["before"]["text"], one["after"]["text"]) for one in proof["changes"]] == [
        ("Hello from {station}.", "Welcome to {station}."),
    ]  # fmt: skip
    refused = await publisher.ask("POST", f"/drafts/{draft}/publication", 409, why="warmer")
    assert refused["code"] == "reason-missing"
    await editor.ask("POST", f"/drafts/{draft}/publication", 403, why="warmer", reason="we want other words")
    made = await publisher.ask("POST", f"/drafts/{draft}/publication", 201, why="warmer", reason="we want other words")
    assert made["why"] == "warmer — although 1 conversations break: we want other words"
    assert (made["name"], made["active"], made["broken"]) == ("a-publisher", True, ["smalltalk: Polite (en)"])
    await viewer.ask("GET", f"/drafts/{draft}", 404)

    releases = await viewer.ask("GET", "/releases")
    assert (releases["active"], releases["before"], [one["id"] for one in releases["releases"]]) == (
        made["id"], SHIPPED, [made["id"], SHIPPED],
    )  # fmt: skip
    differs = await viewer.ask("GET", f"/releases/{made['id']}/difference?from={SHIPPED}")
    assert [one["path"] for one in differs["files"]] == ["dialogues/data/nlu/smalltalk.ko.yml", "dialogues/domain/smalltalk.yml"]
    assert (await publisher.ask("POST", "/rollback"))["active"] == SHIPPED
    assert (await publisher.ask("POST", f"/releases/{made['id']}/activation"))["active"] == made["id"]
    await editor.ask("POST", "/rollback", 403)

    with door.database.reading() as session:
        done = [entry.change.action for entry in reversed(audit.listed(session, limit=100)) if "." in entry.change.action]
        assert audit.broken(session) is None
    assert [one for one in done if one.split(".")[0] in ("draft", "topic", "training", "proof", "release")] == [
        "draft.made", "topic.changed", "training.begun", "proof.begun", "release.published", "release.rolled_back", "release.activated",
    ], "what was refused left no line"  # fmt: skip


async def test_two_editors_of_a_topic(callers: dict[str, Caller], around: Around) -> None:
    ann, ben = callers["editor"], callers["publisher"]
    draft = (await ann.ask("POST", "/drafts", 201, name="Both"))["id"]
    tag = (await ben.ask("GET", f"/drafts/{draft}/topics/smalltalk"))["tag"]
    await edit(ann, draft, tag, "Ann's words.")
    told = await edit(ben, draft, tag, "Ben's words.", 412)
    assert told["code"] == "changed-meanwhile"
    assert [(one["name"], f"{GREET}:en" in one["what"]) for one in told["edits"]] == [("a-editor", True)]
    now = await ben.ask("GET", f"/drafts/{draft}/topics/smalltalk")
    assert now["replies"][GREET]["en"]["text"] == "Ann's words."
    await ben.ask("PUT", f"/drafts/{draft}/topics/smalltalk", 422, replies={})  # without a tag nothing is changed
    await edit(ben, draft, now["tag"], "Ben's words.")


async def test_names_are_said_otherwise_and_two_people_lose_nothing(callers: dict[str, Caller], around: Around) -> None:
    ann, ben = callers["editor"], callers["publisher"]
    draft = (await ann.ask("POST", "/drafts", 201, name="Names"))["id"]
    path = f"/drafts/{draft}/pronunciations"
    read = await ben.ask("GET", path)
    assert (read["names"], read["languages"]) == ({}, ["en", "ko"])
    tag = {"If-Match": f'"{read["tag"]}"'}
    said = {"Colma": {"en": "Coal-ma", "": "Colma"}}
    assert (await ann.ask("PUT", path, headers=tag, names=said))["names"] == said
    told = await ben.ask("PUT", path, 412, headers=tag, names={})
    assert [(edit["name"], edit["what"]) for edit in told["edits"]] == [("a-editor", ["pronunciations"])]
    assert (await ben.ask("GET", path))["names"] == said
    tag = {"If-Match": f'"{(await ben.ask("GET", path))["tag"]}"'}
    await ben.ask("PUT", path, 422, headers=tag, names={"Colma": {"../en": "x"}})
    await ben.ask("PUT", path, 422, headers=tag, names={"Col\nma": {"en": "x\u0007"}})


async def test_what_is_typed_stays_text_and_names_no_file(callers: dict[str, Caller], around: Around) -> None:
    editor = callers["editor"]
    draft = (await editor.ask("POST", "/drafts", 201, name=XSS))["id"]
    topic = await editor.ask("GET", f"/drafts/{draft}/topics/smalltalk")
    assert (await edit(editor, draft, topic["tag"], XSS))["replies"][GREET]["en"]["text"] == XSS
    for path, status in (("..%2F..%2Fetc", 404), ("%2e%2e", 422), ("Smalltalk", 422), ("a" * 80, 422)):
        await editor.ask("GET", f"/drafts/{draft}/topics/{path}", status)
    for base in ("../shipped", "shipped\n", "0" * 15):
        await editor.ask("POST", "/drafts", 422, name="x", base=base)
    await editor.ask("POST", "/drafts", 422, name="two\nlines")
    for language in ("../en", "en.yml", ""):
        tag = (await editor.ask("GET", f"/drafts/{draft}/topics/smalltalk"))["tag"]
        body = {"intents": {"smalltalk_greet": {language: ["x"]}}}
        await editor.ask("PUT", f"/drafts/{draft}/topics/smalltalk", 422, headers={"If-Match": f'"{tag}"'}, **body)
    assert not [path for path in around.studio.releases.root.rglob("*") if "etc" in path.name]


async def test_work_is_looked_at_and_ended(callers: dict[str, Caller], around: Around) -> None:
    editor = callers["editor"]
    around.trainings.hold = True
    draft = (await editor.ask("POST", "/drafts", 201, name="Slow"))["id"]
    assert (await editor.ask("GET", f"/drafts/{draft}/training"))["trained"] is True, "it says what is live"
    await edit(editor, draft, (await editor.ask("GET", f"/drafts/{draft}/topics/smalltalk"))["tag"], "Other words.")
    begun = await editor.ask("POST", f"/drafts/{draft}/training", 202)
    assert (begun["work"]["state"] in ("waiting", "running"), begun["trained"]) == (True, False)
    assert (await editor.ask("POST", f"/drafts/{draft}/turns", 409, text="hello", language="en"))["code"] == "not-trained"
    assert (await editor.ask("POST", f"/drafts/{draft}/training", 409))["code"] == "work-running"
    await editor.ask("DELETE", f"/drafts/{draft}/training", 204)
    assert (await editor.ask("GET", f"/drafts/{draft}/training"))["work"]["state"] == "cancelled"
    await editor.ask("POST", f"/drafts/{draft}/checks", 202)
    assert (await editor.settled(f"/drafts/{draft}/checks"))["rules"]["current"] is True
    await editor.ask("POST", f"/drafts/{draft}/proof", 202)
    await editor.ask("DELETE", f"/drafts/{draft}", 204)
    assert json.dumps(await editor.ask("GET", "/drafts")) == '{"drafts": []}'
    assert around.stages == 0
