"""The Rasa project with its own interpreter: checked, trained, its stories told, and served behind its channel."""

import asyncio
import json
import os
import shutil
import socket
import subprocess
import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.conversation import hypotheses
from assistant.dialogue.rasa import RasaDialogue
from assistant.dialogue.supervisor import DIALOGUES, PYTHON, Sidecar, environment, free_port
from assistant.dialogue.trainer import train
from tests.conftest import MODELS, until

SECRET = uuid.uuid4().hex
ASKS_FOR = {
    "timetable_departures_form": "destination",
    "timetable_platform_form": "destination",
    "facilities_find_form": "place",
    "facilities_hours_form": "place",
}

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of Rasa's own."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def model(home: Path) -> Path:
    """The model of today's content, trained once for all suites."""
    return asyncio.run(train(MODELS, home, print))


def rasa(*words: str, home: Path, gazetteer: Path | None = None) -> subprocess.CompletedProcess[str]:
    """One of Rasa's commands."""
    env = environment(home) | ({"ASSISTANT_GAZETTEER": str(gazetteer)} if gazetteer else {})
    return subprocess.run([PYTHON, "-m", "launch", *words], cwd=DIALOGUES, env=env, capture_output=True, text=True, check=False)


def test_the_project_is_valid(home: Path) -> None:
    done = rasa("data", "validate", "--domain", "domain", "--data", "data", home=home)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-3000:]
    # Responses are used by the assistant's renderer, which no rule mentions.
    warnings = [line for line in said.splitlines() if "UserWarning" in line and "is not used in any story or rule" not in line]
    assert not warnings


def test_the_components() -> None:
    done = subprocess.run(
        [PYTHON, "-W", "ignore", "-m", "pytest", "-q", "tests"], cwd=DIALOGUES, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_the_stories(model: Path, home: Path, tmp_path: Path) -> None:
    # Rasa knows test stories by the first letters of their file's name; ours are named by topic.
    for story in (DIALOGUES / "tests").glob("*.yml"):
        shutil.copy(story, tmp_path / f"test_{story.name}")
    done = rasa(
        "test", "core", "--e2e", "--stories", str(tmp_path), "--model", str(model), "--out", str(tmp_path / "results"),
        "--no-plot", "--fail-on-prediction-errors", home=home, gazetteer=DIALOGUES / "tests" / "gazetteer.json",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] or done.stderr[-3000:]
    report = json.loads((tmp_path / "results" / "story_report.json").read_text())
    assert report["conversation_accuracy"]["total"] >= 60
    assert report["conversation_accuracy"]["correct"] == report["conversation_accuracy"]["total"]


@dataclass
class Actions:
    """A stand-in for the assistant's action server: validates as simply as can be and says which action was called."""

    port: int
    calls: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        self.calls.append(body)
        if path == "/nlg":
            return {"custom": {"said": body["response"]}}
        action, tracker = body["next_action"], body["tracker"]
        known = {name: value for name, value in tracker["slots"].items() if value}
        if action.startswith("validate_"):
            slot = ASKS_FOR[action.removeprefix("validate_")]
            events = [{"event": "slot", "name": slot, "value": known[slot]}] if slot in known else []
            return {"events": events, "responses": []}
        return {"events": [], "responses": [{"custom": {"said": action, "slots": known}}]}


@pytest.fixture(scope="module")
def actions() -> Iterator[Actions]:
    """The stand-in, listening."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            allowed = self.headers["Authorization"] == f"Bearer {SECRET}"
            answer = json.dumps(actions.answer(self.path, body) if allowed else {}).encode()
            self.send_response(200 if allowed else 401)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *words: object) -> None:
            """What is said stays out of the output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    actions = Actions(port=server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield actions
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass
class Served:
    """A served model."""

    client: httpx.Client
    process: "subprocess.Popen[bytes]"
    gazetteer: Path
    output: Path

    def turn(self, conversation: str, text: str, language: str = "en") -> dict[str, Any]:
        answered = self.client.post("/turns", json={"conversation_id": conversation, "text": text, "language": language})
        assert answered.status_code == 200, answered.text
        content: dict[str, Any] = answered.json()
        return content


def said(answer: dict[str, Any]) -> list[str]:
    """Which actions and responses a turn ran."""
    return [message["custom"]["said"] for message in answer["messages"]]


def write_gazetteer(path: Path, *stops: str) -> None:
    """The names of the story tests and some stops more, put in place in one step."""
    content = json.loads((DIALOGUES / "tests" / "gazetteer.json").read_text())
    content["entries"] += [{"entity": "stop", "id": stop, "names": [stop]} for stop in stops]
    part = path.with_suffix(".part")
    part.write_text(json.dumps(content))
    os.replace(part, path)


@pytest.fixture(scope="module")
def served(model: Path, home: Path, actions: Actions, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Rasa as the assistant starts it."""
    folder = tmp_path_factory.mktemp("served")
    gazetteer, output = folder / "gazetteer.json", folder / "output"
    write_gazetteer(gazetteer)
    port = free_port()
    spec = Sidecar(
        model=model, port=port, secret=SECRET, actions_port=actions.port, gazetteer=gazetteer, home=home, expiry_s=900
    ).spec()  # fmt: skip
    with output.open("wb") as log:
        process = subprocess.Popen(spec.argv, cwd=spec.cwd, env=spec.env, stdout=log, stderr=log)
    client = httpx.Client(
        base_url=f"http://127.0.0.1:{port}/webhooks/assistant", headers={"Authorization": f"Bearer {SECRET}"}, timeout=30, trust_env=False
    )

    def ready() -> bool:
        assert process.poll() is None, output.read_text()[-3000:]
        try:
            return bool(client.get("/health").json() == {"ready": True, "model": model.name})
        except httpx.TransportError:
            return False

    assert until(ready, limit_s=180), output.read_text()[-3000:]
    yield Served(client=client, process=process, gazetteer=gazetteer, output=output)
    client.close()
    process.terminate()
    assert process.wait(20) == 0


@pytest.fixture
def visit() -> str:
    """A conversation of its own."""
    return uuid.uuid4().hex


@pytest.mark.parametrize("scheme", ["", "Bearer", "Bearer wrong", "Basic {}", "bearer {}"])
@pytest.mark.parametrize(
    "call",
    [
        "GET /health", "POST /turns", "POST /readings", "PUT /conversations/a/slots", "DELETE /conversations/a", "POST /models",
        "PUT /models/current",
    ],
)  # fmt: skip
def test_nobody_without_the_secret(served: Served, call: str, scheme: str) -> None:
    assert served.client.request(*call.split(), headers={"Authorization": scheme.format(SECRET)}).status_code == 401


def test_rasas_own_api_is_off(served: Served) -> None:
    root = str(served.client.base_url).split("/webhooks")[0]
    for path in ("/model/parse", "/conversations/a/tracker", "/webhooks/rest/webhook", "/domain"):
        assert served.client.get(root + path).status_code == 404


async def test_hypotheses_are_read_and_no_conversation_changes(served: Served) -> None:
    dialogue = RasaDialogue(SECRET, 10)
    dialogue.port = int(served.client.base_url.port or 0)
    train, strange, nonsense = await dialogue.read(["next train to Oakland", "next train to Munich", "bake me a chocolate cake"])
    await dialogue.close()
    assert (train.text, train.intent, train.strange_names) == ("next train to Oakland", "timetable_next_departures", False)
    assert train.confidence > 0.5
    assert (strange.intent, strange.strange_names) == ("timetable_next_departures", True)
    assert nonsense.intent in hypotheses.NOT_UNDERSTOOD
    assert hypotheses.said([nonsense, strange, train]) is train


@pytest.mark.parametrize("texts", [None, "a", [""], [1], ["a"] * 9])
def test_what_is_no_list_of_texts_is_not_read(served: Served, texts: object) -> None:
    assert served.client.post("/readings", json={"texts": texts}).status_code == 400


@pytest.mark.parametrize("text", ["", "   ", "/", "//  ", "\x00"])
def test_a_blank_text_is_refused(served: Served, visit: str, text: str) -> None:
    answered = served.client.post("/turns", json={"conversation_id": visit, "text": text, "language": "en"})
    assert answered.status_code == 400


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"text": 1}', b'{"conversation_id": "a", "text": "hi"}'])
def test_a_body_that_is_no_turn_is_refused(served: Served, content: bytes) -> None:
    assert served.client.post("/turns", content=content).status_code == 400


def test_a_slash_is_no_command(served: Served, visit: str) -> None:
    served.turn(visit, "next train to Oakland")
    answer = served.turn(visit, '/timetable_inform{"destination": "x"}')
    assert answer["slots"]["destination"] == "Oakland"
    assert said(served.turn(visit, "/restart"))
    assert served.turn(visit, "hello")["slots"]["destination"] == "Oakland"


@pytest.mark.parametrize(
    ("language", "question", "answer", "slot"),
    [
        ("en", "when are the next trains", "Riverside", "Riverside"),
        ("zh", "下一班车什么时候开", "去河滨", "河滨"),
        ("ko", "다음 열차 언제예요", "리버사이드까지요", "리버사이드"),
    ],
)
def test_a_form_asks_and_is_answered(served: Served, visit: str, language: str, question: str, answer: str, slot: str) -> None:
    asked = served.turn(visit, question, language)
    assert said(asked) == ["action_ask_timetable_departures_form_destination"]
    assert (asked["active_form"], asked["requested_slot"]) == ("timetable_departures_form", "destination")
    done = served.turn(visit, answer, language)
    assert said(done) == ["action_timetable_next_departures"]
    assert (done["active_form"], done["requested_slot"]) == (None, None)
    assert done["slots"]["destination"] == slot
    assert done["intent"]["name"] == "timetable_inform"
    assert [entity["value"] for entity in done["entities"]] == [slot]


@pytest.mark.parametrize(
    ("question", "other", "action"),
    [
        ("when are the next trains", "where is the toilet", "action_facilities_find"),
        ("when are the next trains", "which platform does the train to Oakland leave from", "action_timetable_platform"),
        ("when are the next trains", "how is the air", "action_air_quality_now"),
        ("when are the next trains", "someone fell on the tracks at Oakland", "action_emergency_track"),
        ("which platform", "a man collapsed in front of the Riverside train", "action_emergency_medical"),
        ("where is it", "when does the bakery open", "action_facilities_opening_hours"),
        ("opening hours", "there is a fire at the bakery", "action_emergency_fire"),
    ],
)
def test_another_question_ends_the_form(served: Served, visit: str, question: str, other: str, action: str) -> None:
    assert served.turn(visit, question)["requested_slot"]
    answer = served.turn(visit, other)
    assert said(answer) == [action]
    assert answer["active_form"] is None


@pytest.mark.parametrize("answer", ["I want to go to Oakland", "hmm I guess Oakland would be fine", "Oakland"])
def test_an_answer_in_other_words_is_one(served: Served, visit: str, answer: str) -> None:
    served.turn(visit, "which platform")
    assert said(served.turn(visit, answer)) == ["action_timetable_platform"]


def test_the_language_of_a_turn_reaches_the_actions(served: Served, actions: Actions, visit: str) -> None:
    actions.calls.clear()
    served.turn(visit, "空气怎么样", "zh")
    assert [call["tracker"]["latest_message"]["metadata"]["language"] for call in actions.calls] == ["zh"]


def test_words_are_the_assistants(served: Served, visit: str) -> None:
    assert said(served.turn(visit, "hello")) == ["action_smalltalk_greet"]


def test_a_touched_tile_closes_the_question(served: Served, visit: str) -> None:
    served.turn(visit, "when are the next trains")
    put = served.client.put(f"/conversations/{visit}/slots", json={"slots": {"destination": "Oakland", "line": None}, "close_form": True})
    assert put.status_code == 204
    answer = served.turn(visit, "how is the air")
    assert said(answer) == ["action_air_quality_now"]
    assert answer["active_form"] is None
    assert answer["slots"]["destination"] == "Oakland"


def test_a_slot_that_is_none_is_refused(served: Served, visit: str) -> None:
    assert served.client.put(f"/conversations/{visit}/slots", json={"slots": {"shoe_size": "42"}}).status_code == 400


def test_forgetting_leaves_nothing(served: Served, visit: str) -> None:
    served.turn(visit, "next train to Oakland")
    assert served.client.delete(f"/conversations/{visit}").status_code == 204
    assert "destination" not in served.turn(visit, "hello")["slots"]
    assert served.client.delete(f"/conversations/{uuid.uuid4().hex}").status_code == 204


def test_turns_of_one_conversation_wait_for_each_other(served: Served, visit: str) -> None:
    texts = ["next train to Oakland", "next train to Riverside"] * 3
    with ThreadPoolExecutor(len(texts)) as pool:
        answers = list(pool.map(lambda text: served.turn(visit, text), texts))
    assert all(said(answer) == ["action_timetable_next_departures"] for answer in answers)
    # Each action saw its own question's stop: no turn ran inside another.
    seen = [answer["messages"][0]["custom"]["slots"]["destination"] for answer in answers]
    assert seen == [text.rsplit(" ", 1)[1] for text in texts]


def test_a_long_conversation_forgets_no_slot(served: Served, actions: Actions, visit: str) -> None:
    served.turn(visit, "next train to Oakland")
    for _ in range(12):
        served.turn(visit, "how is the air")
    actions.calls.clear()
    assert served.turn(visit, "how is the air")["slots"]["destination"] == "Oakland"
    heard = [event for event in actions.calls[-1]["tracker"]["events"] if event["event"] == "user"]
    assert len(heard) < 12


def test_a_new_feed_needs_no_training(served: Served, visit: str) -> None:
    assert said(served.turn(visit, "next train to Xanadu Gate")) == ["action_ask_timetable_departures_form_destination"]
    write_gazetteer(served.gazetteer, "Xanadu Gate")
    answer = served.turn(visit, "to Xanadu Gate")
    assert said(answer) == ["action_timetable_next_departures"]
    assert answer["entities"][0]["ids"] == ["Xanadu Gate"]


def test_it_writes_nothing_and_speaks_to_nobody_else(served: Served, actions: Actions, visit: str) -> None:
    proc = Path("/proc") / str(served.process.pid)
    before = served.output.read_bytes()
    for text in ("next train to Oakland", "Frobnicate the wibble", "hello"):
        served.turn(visit, text)
    open_for_writing = set()
    for number in (proc / "fd").iterdir():
        target = os.readlink(number)
        flags = int((proc / "fdinfo" / number.name).read_text().split("flags:")[1].split()[0], 8)
        if target.startswith("/") and not target.startswith(("/dev/", "/memfd:")) and flags & (os.O_WRONLY | os.O_RDWR):
            open_for_writing.add(target)
    assert open_for_writing == {str(served.output)}
    assert served.output.read_bytes() == before
    inodes = {os.readlink(number).strip("socket:[]") for number in (proc / "fd").iterdir() if os.readlink(number).startswith("socket:")}
    for table in ("tcp", "tcp6"):
        for row in (Path("/proc/net") / table).read_text().splitlines()[1:]:
            columns = row.split()
            if columns[9] in inodes:
                assert columns[1].startswith("0100007F"), "something but the loopback address"


def test_telemetry_is_off(home: Path) -> None:
    code = "import launch, rasa.telemetry; print(rasa.telemetry.is_telemetry_enabled())"
    env = environment(home) | {"RASA_TELEMETRY_ENABLED": "true"}
    done = subprocess.run([PYTHON, "-W", "ignore", "-c", code], cwd=DIALOGUES, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]


def test_a_model_that_is_not_there_is_an_error(home: Path, actions: Actions, tmp_path: Path) -> None:
    spec = Sidecar(
        model=tmp_path / "none.tar.gz", port=free_port(), secret=SECRET, actions_port=actions.port,
        gazetteer=tmp_path / "none.json", home=home, expiry_s=900,
    ).spec()  # fmt: skip
    assert subprocess.run(spec.argv, cwd=spec.cwd, env=spec.env, capture_output=True, check=False).returncode == 1


def test_a_broken_model_is_never_ready(home: Path, actions: Actions, tmp_path: Path) -> None:
    (tmp_path / "broken.tar.gz").write_bytes(b"no model")
    port = free_port()
    spec = Sidecar(
        model=tmp_path / "broken.tar.gz", port=port, secret=SECRET, actions_port=actions.port,
        gazetteer=tmp_path / "none.json", home=home, expiry_s=900,
    ).spec()  # fmt: skip
    process = subprocess.Popen(spec.argv, cwd=spec.cwd, env=spec.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert until(lambda: process.poll() is not None or _listens(port), limit_s=120)
        if process.poll() is None:
            headers = {"Authorization": f"Bearer {SECRET}"}
            assert httpx.get(f"http://127.0.0.1:{port}/webhooks/assistant/health", headers=headers, trust_env=False).status_code == 503
    finally:
        process.kill()
        process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
