"""What a turn without an answer is counted under, and that no word of a person gets there."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.actions.models import ActionCall
from assistant.actions.server import create_app, run
from assistant.answers.desk import ANSWERS, Desk
from assistant.answers.models import Answer, Missed
from assistant.clock import StartedClock
from assistant.conversation.memory import SLOTS
from assistant.conversation.missed import key_of, topic_of
from assistant.conversation.models import Ask
from assistant.conversation.store import ConversationStore
from assistant.conversation.turn import Turns
from assistant.dialogue.models import Understanding
from assistant.errors import AssistantError
from assistant.unanswered.counter import Counter
from assistant.unanswered.models import Key, Kind, Limits, Name, NameKind, PublicId, Topic
from tests.conftest import ROOT
from tests.fixtures.accounts import Door, Hands
from tests.fixtures.accounts import database as database
from tests.fixtures.accounts import door as door
from tests.fixtures.accounts import empty as empty
from tests.fixtures.accounts import hands as hands
from tests.fixtures.fakes import DeskDialogue

CANARY = "Quixotzebra"
ASKED = sorted(SLOTS - {"until", "arrive_by", "date"})
NONE: tuple[Kind, Topic, str, str | None] = (Kind.NOT_UNDERSTOOD, Topic.LUGGAGE, "en", None)


class Lost(DeskDialogue):
    """Understands nothing, and says what is nearest."""

    nearest: str | None = "luggage_storage"
    texts: Callable[[str, str], list[Answer]] | None = None

    async def respond(self, conversation_id: str, text: str, language: str) -> Understanding:
        answers = self.texts(text, language) if self.texts else [self.desk.answer("fallback_out_of_scope", {}, language)]
        messages = [answer.model_dump(mode="json") for answer in answers]
        return Understanding(intent="nlu_fallback", confidence=0.2, messages=messages, nearest=self.nearest)


def told(key: Key) -> tuple[Kind, Topic, str, str | None]:
    return key.kind, key.topic, key.language, key.name and key.name.id


@pytest.fixture
def counted() -> list[Key]:
    return []


@pytest.fixture
def dialogue(desk: Desk) -> Lost:
    return Lost(desk)


@pytest.fixture
def turns(desk: Desk, clock: StartedClock, dialogue: Lost, counted: list[Key]) -> Turns:
    return Turns(desk, ConversationStore(clock, 60), dialogue, ("en", "zh", "ko"), count=counted.append)


async def test_what_is_not_understood_counts_under_the_nearest_topic_once_in_a_conversation(turns: Turns, counted: list[Key]) -> None:
    first, second = turns.open("en"), turns.open("ko")
    for conversation in (first, first, second):
        await turns.say(conversation, CANARY)
    assert [told(key) for key in counted] == [NONE, (Kind.NOT_UNDERSTOOD, Topic.LUGGAGE, "ko", None)]
    assert first.missed == {counted[0]}


async def test_what_was_counted_is_forgotten_with_the_visit(turns: Turns, counted: list[Key]) -> None:
    conversation = turns.open("en")
    await turns.say(conversation, CANARY)
    await turns.ask(conversation, Ask(intent="robot_start_over"))
    assert not conversation.missed
    await turns.say(conversation, CANARY)
    assert [told(key) for key in counted] == [NONE, NONE]


async def test_without_a_nearest_topic_nothing_is_counted(turns: Turns, dialogue: Lost, counted: list[Key]) -> None:
    for dialogue.nearest in (None, "nlu_fallback", "fallback_out_of_scope", CANARY, f"{CANARY}_x"):
        await turns.say(turns.open("en"), "what")
    assert counted == []


@pytest.mark.parametrize(
    ("intent", "slots", "key"),
    [
        ("luggage_help", {}, (Kind.NOT_TOLD, Topic.LUGGAGE, "en", "porters")),
        ("facilities_find", {"place": CANARY}, (Kind.UNKNOWN_NAME, Topic.FACILITIES, "en", None)),
        ("wayfinding_route", {"place": CANARY}, (Kind.UNKNOWN_NAME, Topic.WAYFINDING, "en", None)),
        ("wayfinding_route", {"platform": "97"}, (Kind.UNKNOWN_NAME, Topic.WAYFINDING, "en", None)),
        ("timetable_next_departures", {"destination": CANARY}, (Kind.UNKNOWN_NAME, Topic.TIMETABLE, "en", None)),
        ("languages_switch", {"language": CANARY}, (Kind.UNKNOWN_NAME, Topic.LANGUAGES, "en", None)),
        ("facilities_find", {"place": "refuge"}, (Kind.NOT_HERE, Topic.FACILITIES, "en", "refuge")),
    ],
)
async def test_names_that_nobody_knows_and_facts_that_nobody_wrote_are_counted(
    turns: Turns, counted: list[Key], intent: str, slots: dict[str, str], key: object
) -> None:
    await turns.ask(turns.open("en"), Ask(intent=intent, slots=slots))
    assert [told(each) for each in counted] == [key]


@pytest.mark.parametrize("ask", [
    Ask(intent="timetable_next_departures"), Ask(intent="facilities_find", slots={"place": "toilet"}), Ask(intent="robot_capabilities"),
    Ask(intent="facilities_find"), Ask(intent="smalltalk_thanks"),
])  # fmt: skip
async def test_what_is_answered_or_asked_back_is_not(turns: Turns, counted: list[Key], ask: Ask) -> None:
    await turns.ask(turns.open("en"), ask)
    assert counted == []


@pytest.mark.parametrize("of", NameKind)
def test_a_name_that_the_station_does_not_have_is_left_out(desk: Desk, of: NameKind) -> None:
    context = desk.context("en")
    for said in (CANARY, CANARY * 20, "", "'; DROP TABLE unanswered; --"):
        answer = Answer(replies=[], missed=Missed(kind=Kind.NOT_HERE, of=of, id=said))
        key = key_of(answer, "facilities_find", None, "en", ("en",), context.knowledge, context.now)
        assert key is not None
        assert key.name is None


def test_a_language_that_is_not_served_is_not_counted(desk: Desk) -> None:
    context, answer = desk.context("en"), Answer(replies=[], missed=Missed(kind=Kind.NOT_TOLD))
    assert key_of(answer, "luggage_help", None, "xx", ("en",), context.knowledge, context.now) is None


def test_every_topic_is_one_of_the_dialogues() -> None:
    taught = {path.name.split(".")[0] for path in (ROOT / "dialogues" / "data" / "nlu").glob("*.yml")}
    assert {*Topic} == taught - {"fallback"}
    assert {topic_of(intent) for intent in ANSWERS} == {*Topic, None}


def test_only_one_function_makes_public_ids() -> None:
    makers = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "assistant").rglob("*.py")
        if "PublicId(" in path.read_text(encoding="utf-8")
    }
    assert makers == {"assistant/conversation/missed.py", "assistant/unanswered/store.py"}, "the store reads back what the other wrote"
    assert str not in {*Key.__annotations__.values(), *Name.__annotations__.values()}


def routes(desk: Desk) -> Callable[[str, str], list[Answer]]:
    """Every text route of the action server: each action and each form, with the words as text, as every entity and as every slot."""
    tagged = [{"entity": name, "value": CANARY, "role": role} for name in ASKED for role in (None, "destination", "origin", name)]
    actions = [f"action_{intent}" for intent in ANSWERS]
    actions += ["action_default_fallback", "action_ask_facilities_find_form_place", "action_ask_timetable_departures_form_destination"]

    def answers(text: str, language: str) -> list[Answer]:
        found = []
        for action in actions:
            for slots in ({}, dict.fromkeys(ASKED, CANARY)):
                message = {"text": text, "entities": tagged, "intent": {"name": "nlu_fallback"}, "metadata": {"language": language}}
                call = ActionCall.model_validate({"next_action": action, "tracker": {"slots": slots, "latest_message": message}})
                found += [Answer.model_validate(each["custom"]) for each in run(desk, call.next_action, call.tracker).responses]
        return found

    return answers


def on_disk(folder: Path) -> bytes:
    """The database with its log and its free pages."""
    files = sorted(folder.glob("console.sqlite*"))
    assert any(path.name.endswith("-wal") for path in files)
    return b"".join(path.read_bytes() for path in files)


async def test_no_word_of_a_person_reaches_the_disk(
    desk: Desk, clock: StartedClock, dialogue: Lost, door: Door, hands: Hands, tmp_path: Path
) -> None:
    counter = Counter(door, Limits(conversations=3, hours=2))
    turns = Turns(desk, ConversationStore(clock, 60), dialogue, ("en", "zh", "ko"), count=counter.count)
    every = [answer for answer in routes(desk)(f"is there a {CANARY} here?", "en") if answer.missed]
    assert len(every) > 20
    every += [Answer(replies=[], missed=Missed(kind=Kind.NOT_HERE, of=of, id=CANARY)) for of in NameKind]  # as if one had slipped in
    for language in ("en", "ko"):
        for answer in every:
            dialogue.texts = lambda text, language, answer=answer: [answer]  # type: ignore[misc]
            for dialogue.nearest in ("luggage_storage", f"luggage_{CANARY}"):
                await turns.say(turns.open(language), f"is there a {CANARY} here?")
        for intent in ANSWERS:
            try:
                await turns.ask(turns.open(language), Ask(intent=intent, slots=dict.fromkeys(ASKED, CANARY)))
            except AssistantError:
                continue
    counts = sum(counter._held.values())
    assert counts > 50
    counter.write()
    hands.turn(days=100)
    counter.count(Key(kind=Kind.NOT_TOLD, topic=Topic.LUGGAGE, language=PublicId("en")))
    counter.write()  # what was before is in free pages now
    content = on_disk(tmp_path)
    assert b"not_told" in content
    assert not re.search(rb"quixot|zebra", content, re.IGNORECASE)


def test_the_nlg_route_counts_nothing_of_a_text(desk: Desk) -> None:
    client = TestClient(create_app(desk, "s"), headers={"Authorization": "Bearer s"})
    message = {"text": CANARY, "entities": [], "intent": {"name": "nlu_fallback"}, "metadata": {"language": "en"}}
    answered = client.post("/nlg", json={"response": "utter_default", "tracker": {"latest_message": message}, "channel": {}}).json()
    assert Answer.model_validate(answered["custom"]).missed == Missed(kind=Kind.NOT_UNDERSTOOD)
