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

from components.danger import DANGER

_INTENTS = {
    "stop": "timetable_inform", "line": "timetable_inform", "time": "timetable_inform", "place": "facilities_inform",
    "train": "trains_stops", "platform": "wayfinding_route", "count": "timetable_inform",
}
_ORDER = ("timetable_inform", "facilities_inform", "trains_stops", "wayfinding_route")
"""Of several names the first of these counts: "airport platform 3" is about trains."""
_FILLERS = re.compile(
    r"\b(?:to|for|from|at|on|by|the|a|an|and|or|but|then|so|please|um+|uh+|er|hmm|oh|ah|yes|yeah|no|nope|ok|okay|well|station|line"
    r"|i mean|i meant|i said|i say|i guess|i think|i'd say|would be|sounds|fine|good|great"
    r"|it is|it's|that's|what about|what if|how about|how's about|and what about|and how about|actually|rather|instead|sorry|pardon"
    r"|excuse me|my bad|oops|wait"
    r"|hang on|hold on|not|wrong|that is wrong|thanks|thank you|make it|make that|let's say|say|just|only|maybe|perhaps|again|if"
    r"|same for|the same for|one|that one|also|towards?|(?:i'm|i am) (?:going|travell?ing)|my destination is)\b"
    r"|号线|我去|坐(?=\s)|我说的是|我是说|我的意思是|我说|说错了|错了|应该是|其实|还是|换成|改成|改到|改去|如果|要是|的话|不对|不不|不是"
    r"|而是|不好意思|对不起|抱歉|等等|麻烦|目的地|另外|还有"
    r"|[去到往从从在请吧呢啊呀嘛嗯哦哎是的要站那就也再和不]|车站|谢谢|怎么样|如何",
    re.IGNORECASE,
)
_KOREAN_FILLERS = frozenset(
    (
        "부탁드립니다 부탁드려요 부탁합니다 정정할게요 죄송합니다 말이에요 말했어요 목적지는 미안해요 부탁해요 아니에요 "
        "이라니까 잠깐만요 죄송해요 했잖아요 그러면 그런데 라니까 말이죠 아니고 아니라 아니야 아니요 얘기는 어때요 "
        "이라고 이에요 인데요 입니다 했는데 했어요 가는 거요 건요 그럼 까지 다시 대신 라고 말고 말은 미안 방면 방향 "
        "부터 아뇨 아니 에서 예요 으로 이랑 이야 이요 인데 잠깐 하고 호선 혹시 가 거 건 것 내 네 는 도 랑 로 를 만 번 "
        "아 야 어 에 역 예 요 은 을 음 이 제 쪽 행 "
    ).split()
)
_LONGEST = max(len(word) for word in _KOREAN_FILLERS)
_KOREAN_RUN = re.compile(r"[가-힣]+")
_INSTEAD = re.compile(
    r"\bnot\s+(?:\S+\s+){1,5}?but\b|^\W*(?:no\W+)?not\s+[^\s,]+(?:\s+[^\s,]+)?\s*,|[,;]\s*not\s+(?:\S+\s*){1,4}$"
    r"|不是[^，,。\s]{1,10}[，,]?\s*而?是|[，,]\s*(?:而?不是|不去)[^，,。\s]{1,10}$"
    r"|(?:^|(?<=\s))\S{1,12}?(?:[이가])?\s*(?:말고요?|아니고요?|아니라|빼고)(?=\s|$|,)",
    re.IGNORECASE,
)
"""What is said not to be meant, beside what is."""
_TICKETS = re.compile(r"ticket|single|return|seat|[张票]|표|권|장|편도|왕복", re.IGNORECASE)
SURE = 0.5
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
    return str(intent.get("name")).startswith(DANGER) and float(intent.get("confidence", 0)) >= SURE


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
    left = _FILLERS.sub(" ", _INSTEAD.sub(" ", "".join(rest)))
    if _CONTENT.search(_KOREAN_RUN.sub(lambda run: " " if _small_words(run.group()) else run.group(), left)):
        return None
    return min((_INTENTS[entity["entity"]] for entity in known), key=_ORDER.index)


def _small_words(run: str) -> bool:
    """Whether a run of Hangul is made of small words only; each place in it is looked at once."""
    reached = {0}
    for start in range(len(run)):
        if start in reached:
            reached |= {start + size for size in range(1, _LONGEST + 1) if run[start : start + size] in _KOREAN_FILLERS}
    return len(run) in reached


def _is_party(entity: dict[str, Any]) -> bool:
    """Whether the entity says how many travel and no more: "for two", and not "two tickets"."""
    return entity["entity"] == "count" and not _TICKETS.search(entity["said"])
