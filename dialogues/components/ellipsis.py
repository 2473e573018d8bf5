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
    r"\b(?:to|for|from|at|on|by|the|a|an|and|or|but|then|so|please|um+|uh+|er|hmm|oh|ah|yes|yeah|no|nope|ok|okay|well|station|line"
    r"|i mean|i meant|i said|i say"
    r"|it is|it's|that's|what about|what if|how about|how's about|and what about|and how about|actually|rather|instead|sorry|pardon"
    r"|excuse me|my bad|oops|wait"
    r"|hang on|hold on|not|wrong|that is wrong|thanks|thank you|make it|make that|let's say|say|just|only|maybe|perhaps|again|if"
    r"|same for|the same for|one|that one|also|towards?|(?:i'm|i am) (?:going|travell?ing)|my destination is)\b"
    r"|号线|我去|坐(?=\s)|我说的是|我是说|我的意思是|我说|说错了|错了|应该是|其实|还是|换成|改成|改到|改去|如果|要是|的话|不对|不不|不是"
    r"|而是|不好意思|对不起|抱歉|等等|麻烦|目的地|另外|还有"
    r"|[去到往从从在请吧呢啊呀嘛嗯哦哎是的要站那就也再和不]|车站|谢谢|怎么样|如何"
    r"|(?<![가-힣])(?:이라니까|라니까|이라고|라고|했어요|했는데|했잖아요|말했어요|말이에요|말이죠|말고|아니라|아니고|아니요|아니에요"
    r"|아니야|아뇨|제|내|말은|얘기는|죄송해요|죄송합니다|미안해요|미안|잠깐만요|잠깐|그러면"
    r"|그런데|혹시|다시|대신|정정할게요|으로|에서|까지|부터|이요|요|역|행|에|로|은|는|도|을|를|이|가|만|랑|이랑|하고|음|어|아|네|예|그럼"
    r"|호선|번|쪽|방향|방면|이에요|예요|입니다|인데|인데요|이야|야|가는|거|것|건|거요"
    r"|건요|어때요|아니|목적지는|부탁해요|부탁합니다|부탁드려요|부탁드립니다)+(?![가-힣])",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"\bnot\s+(?:\S+\s+){1,5}?but\b|^\W*(?:no\W+)?not\s+[^\s,]+(?:\s+[^\s,]+)?\s*,|[,;]\s*not\s+(?:\S+\s*){1,4}$"
    r"|不是[^，,。\s]{1,10}[，,]?\s*而?是|[，,]\s*(?:而?不是|不去)[^，,。\s]{1,10}$"
    r"|(?:^|(?<=\s))\S{1,12}?(?:[이가])?\s*(?:말고요?|아니고요?|아니라|빼고)(?=\s|$|,)",
    re.IGNORECASE,
)
"""What is said not to be meant, beside what is."""
_TICKETS = re.compile(r"ticket|single|return|seat|[张票]|표|권|장|편도|왕복", re.IGNORECASE)
DANGER = 0.5
"""From this confidence on an emergency is one."""
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
            if name and not in_danger(message):
                intent = {"name": name, "confidence": 1.0}
                others = [other for other in message.get("intent_ranking", []) if other["name"] != name]
                message.set(INTENT, intent, add_to_output=True)
                message.set("intent_ranking", [intent, *others], add_to_output=True)
        return messages


def in_danger(message: Message) -> bool:
    """Whether the classifier heard an emergency: "doctor!" is the name of a place, and no question where it is."""
    intent = message.get(INTENT) or {}
    return str(intent.get("name")).startswith("emergency_") and float(intent.get("confidence", 0)) >= DANGER


def elliptic_intent(text: str, entities: list[dict[str, Any]]) -> str | None:
    """The intent of a message that holds entities and small words only, or no word at all; None for any other."""
    if not _CONTENT.search(text):
        return DEFAULT_NLU_FALLBACK_INTENT_NAME
    known = [entity for entity in entities if entity["entity"] in _INTENTS]
    if not known:
        return None
    rest = list(text)
    for entity in entities:
        if entity not in known and not _is_party(entity):
            continue
        rest[entity["start"] : entity["end"]] = " " * (entity["end"] - entity["start"])
    left = _INSTEAD.sub(" ", "".join(rest))
    if _CONTENT.search(_FILLERS.sub(" ", left)):
        return None
    return min((_INTENTS[entity["entity"]] for entity in known), key=_ORDER.index)


def _is_party(entity: dict[str, Any]) -> bool:
    """Whether the entity says how many travel and no more: "for two", and not "two tickets"."""
    return entity["entity"] == "count" and not _TICKETS.search(entity["said"])
