"""Calling staff to the kiosk: that they come is said only where somebody takes the call."""

from dataclasses import replace

import pytest

from assistant.answers import staff_help
from assistant.answers.context import Context
from assistant.answers.desk import Desk
from assistant.answers.models import Answer
from assistant.answers.ports import Reporter
from assistant.conversation.models import PlaceCard
from assistant.settings import Contacts
from tests.unit.answers.test_emergency import Scribe, Withheld

COME = {"en": "come to this kiosk", "zh": "他们会到这台机器来", "ko": "이 기기로 옵니다"}


def called(desk: Desk, reporter: Reporter, language: str = "en") -> Answer:
    context = replace(desk.context(language, "c1"), reporter=reporter)
    return staff_help.call(context, {})


@pytest.mark.parametrize("language", COME)
def test_who_called_is_told_the_number_and_that_staff_come(desk: Desk, language: str) -> None:
    scribe = Scribe(told=True)
    answer = called(desk, scribe, language)
    assert COME[language] in answer.replies[0].text
    assert "41" in answer.replies[0].text
    assert (scribe.filed, scribe.places) == ([("help", "c1")], [None]), "from here, in this conversation"


@pytest.mark.parametrize("language", COME)
@pytest.mark.parametrize("reporter", [Scribe(told=False), Withheld(told=False)])
def test_where_nobody_takes_the_call_nobody_is_left_waiting(desk: Desk, language: str, reporter: Scribe) -> None:
    answer = called(desk, reporter, language)
    text = answer.replies[0].text
    assert COME[language] not in text
    assert ("41" in text) == (type(reporter) is Scribe)
    assert "+44 1632 960111" in text
    assert isinstance(answer.replies[0].card, PlaceCard)
    assert answer.replies[0].card.name in text
    assert answer.sources


@pytest.mark.parametrize("intent", ["staff_help_request", "staff_help_contact", "emergency_lost_person"])
def test_every_answer_names_the_same_number(desk: Desk, intent: str) -> None:
    said = desk.answer(intent, {}, "en").replies[0].text
    assert ("+44 1632 960111" in said, "+44 1632 960112" in said) == (True, False)


def test_whom_to_reach_without_any_number_or_place(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(context: Context, categories: tuple[str, ...]) -> None:
        return None

    monkeypatch.setattr(staff_help, "first_place", nobody)
    context = desk.context("en")
    context = replace(context, settings=context.settings.model_copy(update={"contacts": Contacts()}))
    assert staff_help.reached(context) == (None, ["Please speak to any member of staff."])
