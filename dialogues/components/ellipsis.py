"""A message that is nothing but a name or a time is an answer, or a question cut short: no classifier can know a name it never saw.

And a message without a word is nothing: a classifier would give it to some small class."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

_INTENTS = {
    "stop": "timetable_inform", "line": "timetable_inform", "time": "timetable_inform", "place": "facilities_inform",
    "train": "trains_stops", "platform": "wayfinding_route",
}
_ORDER = ("timetable_inform", "facilities_inform", "trains_stops", "wayfinding_route")
"""Of several names the first of these counts: "airport platform 3" is about trains."""
_FILLERS = re.compile(
    r"\b(?:to|for|from|at|the|a|an|and|please|um+|uh+|er|hmm|oh|yes|no|ok|okay|well|station|line|i mean|it is|it's|what about|how about)\b"
    r"|号线|[去到往从从在请吧呢啊呀嗯哦是的要站那就]|车站|谢谢|怎么样"
    r"|(?<![가-힣])(?:으로|에서|까지|부터|이요|요|역|행|에|로|은|는|음|어|아|네|예|그럼|호선|번|쪽|방향|방면|이에요|예요|입니다|가는|거|것)+(?![가-힣])",
    re.IGNORECASE,
)
_CONTENT = re.compile(r"\w")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Ellipsis(GraphComponent, IntentClassifier):
    """Puts the intent `timetable_inform` or `facilities_inform` first where entities and small words are all there is."""

    @staticmethod
    def required_packages() -> list[str]:
        """None beyond Rasa's."""
        return []

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> Ellipsis:
        """As Rasa's graph makes it."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Changes the intent of elliptic messages."""
        for message in messages:
            name = elliptic_intent(message.get(TEXT), message.get(ENTITIES, []))
            if name:
                intent = {"name": name, "confidence": 1.0}
                others = [other for other in message.get("intent_ranking", []) if other["name"] != name]
                message.set(INTENT, intent, add_to_output=True)
                message.set("intent_ranking", [intent, *others], add_to_output=True)
        return messages


def elliptic_intent(text: str, entities: list[dict[str, Any]]) -> str | None:
    """The intent of a message that holds entities and small words only, or no word at all; None for any other."""
    if not _CONTENT.search(text):
        return DEFAULT_NLU_FALLBACK_INTENT_NAME
    known = [entity for entity in entities if entity["entity"] in _INTENTS]
    if not known:
        return None
    rest = list(text)
    for entity in known:
        rest[entity["start"] : entity["end"]] = " " * (entity["end"] - entity["start"])
    if _CONTENT.search(_FILLERS.sub(" ", "".join(rest))):
        return None
    return min((_INTENTS[entity["entity"]] for entity in known), key=_ORDER.index)
