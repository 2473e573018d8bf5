"""What is asked: Rasa's intent classifier of this project, around `opinions`."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components import model_files
from components.danger import heard
from components.masking import masked
from components.opinions import Floats, Opinions
from components.sentence_encoder import encoder

_RANKING = 10
"""Intents that are told, the likeliest first."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class Intents(GraphComponent, IntentClassifier):
    """Understands by meaning, by wording and by the nearest known phrases; names of stops do not count."""

    @staticmethod
    def required_packages() -> list[str]:
        """None: Rasa would take the import's name for the distribution's."""
        return []

    def __init__(self, model_storage: ModelStorage, resource: Resource, opinions: Opinions | None = None) -> None:
        self._storage, self._resource, self._opinions = model_storage, resource, opinions
        encoder()  # the weights are loaded now, not during somebody's first question

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> Intents:
        """As Rasa's graph makes it, untaught."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> Intents:
        """As it was taught."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, Opinions.of(*model_files.read(folder)))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns all phrases that have an intent."""
        taught = [example for example in training_data.intent_examples if example.get(INTENT) and example.get(TEXT)]
        texts = [plain(example) for example in taught]
        self._opinions = Opinions.fit(texts, encoder().vectors, [example.get(INTENT) for example in taught])
        with self._storage.write_to(self._resource) as folder:
            model_files.write(folder, self._opinions.numbers(), self._opinions.lists())
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the intent and its ranking."""
        if self._opinions is None:
            return messages
        for message in messages:
            confidences = self._heard(message)
            best = confidences.argsort()[::-1][:_RANKING]
            ranking = [{"name": self._opinions.intents[at], "confidence": float(confidences[at])} for at in best]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def _heard(self, message: Message) -> Floats:
        texts = [plain(message)]
        if any(entity.get("entity") == "stop" and not entity.get("ids") for entity in message.get(ENTITIES, [])):
            texts.append(message.get(TEXT))
        confidences = self._opinions.confidences(texts, encoder().vectors(texts))
        return heard(self._opinions.intents, *confidences)


def plain(message: Message) -> str:
    """The text that is understood: names of stops replaced by a stand-in."""
    return masked(message.get(TEXT), message.get(ENTITIES, []))
