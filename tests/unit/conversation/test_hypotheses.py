"""What a recogniser is not sure of: the hypothesis that makes sense is taken, a doubtful one is asked about."""

import pytest

from assistant.answers.desk import Desk
from assistant.clock import StartedClock
from assistant.conversation import hypotheses
from assistant.conversation.models import Ask, ChoicesCard, Turn
from assistant.conversation.store import ConversationStore
from assistant.conversation.turn import Turns
from assistant.dialogue.models import Reading
from assistant.speech.models import Alternative, Heard
from tests.fixtures.fakes import DeskDialogue

TRAIN = "next train to the airport"
NONSENSE = "necks drain to the air port"


def heard(*texts: str, confidence: float = 0.8) -> Heard:
    first, *others = texts
    alternatives = [Alternative(text=text, confidence=0.1) for text in others]
    return Heard(text=first, confidence=confidence, engine="vosk", language="en", alternatives=alternatives)


def reading(text: str, intent: str = "timetable_next_departures", confidence: float = 0.9, *, strange: bool = False) -> Reading:
    return Reading(text=text, intent=intent, confidence=confidence, strange_names=strange)


def test_one_hypothesis_heard_well_is_not_looked_at_twice() -> None:
    assert hypotheses.texts(heard(TRAIN)) == []
    assert hypotheses.texts(heard(TRAIN, TRAIN, " ")) == []
    assert hypotheses.texts(heard(TRAIN, confidence=0.2)) == [TRAIN]
    assert hypotheses.texts(heard(*"abcdefgh")) == ["a", "b", "c", "d"]


@pytest.mark.parametrize("intent", ["nlu_fallback", "fallback_out_of_scope"])
def test_the_second_is_taken_where_the_first_makes_no_sense(intent: str) -> None:
    assert hypotheses.said([reading(NONSENSE, intent), reading(TRAIN)]).text == TRAIN
    assert hypotheses.said([reading("a", intent), reading("b", intent)]).text == "a"


def test_a_name_that_is_known_here_makes_more_sense() -> None:
    assert hypotheses.said([reading("a train to mill berry", strange=True), reading("a train to Millbrae")]).text == "a train to Millbrae"
    assert hypotheses.said([reading("a train to Munich", strange=True), reading("a", "nlu_fallback")]).text == "a train to Munich"


def test_the_first_of_two_that_make_sense_is_taken() -> None:
    assert hypotheses.said([reading("a", confidence=0.5), reading("b", confidence=0.99)]).text == "a"


def test_what_is_heard_and_understood_badly_is_asked_about_but_an_emergency_never() -> None:
    badly = heard(TRAIN, confidence=0.3)
    assert hypotheses.doubtful(reading(TRAIN, confidence=0.5), badly)
    assert not hypotheses.doubtful(reading(TRAIN, confidence=0.9), badly)
    assert not hypotheses.doubtful(reading(TRAIN, confidence=0.5), heard(TRAIN))
    assert not hypotheses.doubtful(reading("fire", "emergency_fire", 0.5), badly)
    assert not hypotheses.doubtful(reading(NONSENSE, "nlu_fallback", 0.5), badly)


class Kiosk:
    def __init__(self, desk: Desk, clock: StartedClock) -> None:
        self.dialogue = DeskDialogue(desk)
        self.turns = Turns(desk, ConversationStore(clock, 60), self.dialogue, ("en", "zh", "ko"))
        self.conversation = self.turns.open("en")

    async def hear(self, said: Heard) -> Turn:
        return await self.turns.say(self.conversation, said.text, said)


@pytest.fixture
def kiosk(desk: Desk, clock: StartedClock) -> Kiosk:
    return Kiosk(desk, clock)


async def test_a_turn_goes_on_with_what_makes_sense_and_shows_it(kiosk: Kiosk) -> None:
    kiosk.dialogue.readings = {NONSENSE: reading(NONSENSE, "nlu_fallback")}
    turn = await kiosk.hear(heard(NONSENSE, TRAIN))
    assert kiosk.dialogue.heard == [(TRAIN, "en")]
    assert turn.heard is not None
    assert turn.heard.text == TRAIN


@pytest.mark.parametrize("language", ["en", "zh", "ko"])
async def test_a_doubtful_turn_offers_tiles_of_what_was_heard_and_asks_nobody_else(kiosk: Kiosk, language: str) -> None:
    kiosk.conversation.language = language
    kiosk.dialogue.readings = {text: reading(text, confidence=0.5) for text in ("a train", "the rain")}
    kiosk.dialogue.readings["brain"] = reading("brain", "nlu_fallback")
    turn = await kiosk.hear(heard("a train", "brain", "the rain", confidence=0.3))
    assert kiosk.dialogue.heard == []
    card = turn.replies[0].card
    assert isinstance(card, ChoicesCard)
    assert [(choice.label, choice.say) for choice in card.choices] == [("a train", "a train"), ("the rain", "the rain")]
    assert all(choice.ask is None for choice in card.choices)
    assert turn.replies[0].text
    typed = await kiosk.turns.say(kiosk.conversation, card.choices[1].say)
    assert kiosk.dialogue.heard == [("the rain", language)]
    assert typed.understood.intent == "timetable_next_departures"


async def test_a_doubtful_turn_leaves_what_was_asked_before(kiosk: Kiosk) -> None:
    before = await kiosk.turns.ask(kiosk.conversation, Ask(intent="timetable_next_departures", slots={"destination": "ap"}))
    assert before.understood.slots
    asked, known = kiosk.conversation.memory.asked, dict(kiosk.conversation.known)
    for _ in range(2):
        kiosk.dialogue.readings = {"the one after": reading("the one after", confidence=0.5)}
        turn = await kiosk.hear(heard("the one after", confidence=0.3))
        assert len(turn.replies) == 1
    assert kiosk.conversation.memory.asked == asked
    assert kiosk.conversation.known == known


async def test_a_turn_without_readings_goes_on_with_what_was_heard(kiosk: Kiosk) -> None:
    kiosk.dialogue.down = True
    turn = await kiosk.hear(heard(NONSENSE, TRAIN, confidence=0.2))
    assert turn.understood.intent == "dialogue_unavailable"
    assert turn.heard is not None
    assert turn.heard.text == NONSENSE
