"""Tags times, platforms, trains, languages and who travels: words of closed sets that need no training and no feed."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from components.fixed_words import language_spans, platform_spans, train_spans
from components.hazards import hazard_span
from components.parties import party
from components.roles import meant
from components.step_free import step_free_span
from components.time_words import said_once, time_spans


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class TimeSpans(GraphComponent, EntityExtractorMixin):
    """The entities `time`, `platform`, `train` and `count` (as they were said), `language` (en, zh, ko), `step_free` (true), `hazard`."""

    @staticmethod
    def required_packages() -> list[str]:
        """None beyond Rasa's."""
        return []

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> TimeSpans:
        """As Rasa's graph makes it."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities to each message."""
        for message in messages:
            new = self.add_extractor_name(tag(message.get(TEXT)))
            message.set(ENTITIES, message.get(ENTITIES, []) + new, add_to_output=True)
        return messages


def tag(text: str) -> list[dict[str, Any]]:
    """At most one entity of a kind, because a slot holds one value; a time said in two places is joined."""
    entities: list[dict[str, Any]] = []
    platforms = platform_spans(text)
    if named := meant(text, platforms):
        start, end = named[0]
        entities.append({"entity": "platform", "value": text[start:end], "start": start, "end": end})
    trains = train_spans(text)
    if named := meant(text, trains):
        start, end = named[0]
        entities.append({"entity": "train", "value": text[start:end], "start": start, "end": end})
    taken = platforms + trains
    times = [span for span in time_spans(text) if not any(span[0] < end and start < span[1] for start, end in taken)]
    if said := said_once(text, meant(text, times)):
        value = " ".join(text[start:end] for start, end in said)
        entities.append({"entity": "time", "value": value, "start": said[0][0], "end": said[0][1]})
    languages = language_spans(text)
    if languages:
        start, end, code = languages[-1]
        entities.append({"entity": "language", "value": code, "start": start, "end": end})
    if travellers := party(text, taken + times + [span[:2] for span in languages]):
        start, end = travellers.start, travellers.end
        told = f"{travellers.adults}+{travellers.children}"
        entities.append({"entity": "count", "value": told, "said": text[start:end], "start": start, "end": end})
    if span := step_free_span(text):
        entities.append({"entity": "step_free", "value": "true", "start": span[0], "end": span[1]})
    if hazard := hazard_span(text):
        entities.append({"entity": "hazard", "value": hazard[2], "start": hazard[0], "end": hazard[1]})
    return entities
