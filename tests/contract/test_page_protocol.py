"""The page's types name every message and every field of the assistant's protocol that the page is given."""

import re
from typing import get_args

import pytest
from pydantic import BaseModel

from assistant.alarm.views import AlertView, WayOut
from assistant.conversation import models
from assistant.kiosk import protocol as wire
from assistant.settings import ROOT

TEXT = (ROOT / "kiosk_ui" / "protocol.js").read_text()
SERVER = get_args(get_args(wire.ServerMessage)[0])
CLIENT = get_args(get_args(wire.ClientMessage)[0])
CARDS = get_args(get_args(models.Card)[0])
PARTS = (
    models.Suggestion, models.Ask, models.DepartureRow, models.LegRow, models.JourneyRow, models.StepRow, models.LevelMap, models.SensorRow,
    models.Reply, wire.SpeechAbility, AlertView, WayOut,
)  # fmt: skip
UNUSED = {"source", "sources", "live"}
"""Fields the page does not look at."""


def shape(name: str) -> str:
    """The typedef of a name."""
    found = re.search(rf"@typedef \{{(?P<body>[^@]*?)\}}\s*\*?\s*{name}\n", TEXT, re.DOTALL)
    assert found, f"protocol.js has no {name}"
    return found["body"]


@pytest.mark.parametrize("model", [*SERVER, *CARDS, *PARTS], ids=lambda model: model.__name__)
def test_a_type_has_every_field(model: type[BaseModel]) -> None:
    name = {"CaptionMessage": "Caption"}.get(model.__name__, model.__name__)
    body = shape(name)
    for field in model.model_fields.keys() - UNUSED:
        assert re.search(rf"\b{field}\??:", body), f"{name} lacks {field}"


@pytest.mark.parametrize("model", CLIENT, ids=lambda model: model.__name__)
def test_the_page_knows_every_message_it_may_send(model: type[BaseModel]) -> None:
    kind = model.model_fields["type"].default
    found = re.search(rf'\{{type: "{kind}"(?P<rest>[^|]*(?:\| null)?)\}}', shape("ClientMessage"))
    assert found, f"the page never sends {kind}"
    for field in model.model_fields.keys() - {"type"}:
        assert re.search(rf"\b{field}\??:", found["rest"]), f"{kind} lacks {field}"
