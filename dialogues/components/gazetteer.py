"""Tags stops, lines and places by the names of the imported station, so that a new feed needs no training."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from components.names import Found, Names
from components.roles import roles

logger = logging.getLogger(__name__)

GAZETTEER_ENV = "ASSISTANT_GAZETTEER"


class GazetteerFile:
    """The names in a file, read again when the file changes; the last good ones while it cannot be read."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._seen: tuple[int, int, int] | None = None
        self._names = Names([])
        self._readable = True

    def names(self) -> Names:
        """The names as the file holds them now. A missing or broken file raises nothing."""
        if self._path is None:
            return self._names
        try:
            stat = self._path.stat()
            seen = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            if seen != self._seen:
                self._seen = seen
                self._names = Names(json.loads(self._path.read_text(encoding="utf-8"))["entries"])
            self._readable = True
        except (OSError, ValueError, KeyError, TypeError) as error:
            if self._readable:
                logger.warning("The gazetteer cannot be read: %s", type(error).__name__)
            self._readable = False
        return self._names


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class Gazetteer(GraphComponent, EntityExtractorMixin):
    """The entities `stop` (with a role where the words around tell one), `line` and `place`."""

    @staticmethod
    def required_packages() -> list[str]:
        """None beyond Rasa's."""
        return []

    def __init__(self) -> None:
        path = os.environ.get(GAZETTEER_ENV)
        self._file = GazetteerFile(Path(path) if path else None)

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> Gazetteer:
        """As Rasa's graph makes it."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities to each message."""
        for message in messages:
            old = message.get(ENTITIES, [])
            new = tag(message.get(TEXT), self._file.names(), [(entity["start"], entity["end"]) for entity in old])
            message.set(ENTITIES, old + self.add_extractor_name(new), add_to_output=True)
        return messages


def tag(text: str, names: Names, taken: list[tuple[int, int]]) -> list[dict[str, Any]]:
    """The entities of a message, at most one of an entity and role: a slot holds one value.

    Of several stops the last counts ("to Oakland, no, to Richmond"), of several lines or places the first.
    """
    found = names.find(text, taken)
    stops = [item for item in found if item.name.entity == "stop"]
    told = dict(zip([item.start for item in stops], roles(text, [(item.start, item.end) for item in stops]), strict=True))
    kept: dict[tuple[str, str | None], Found] = {}
    for item in found:
        key = (item.name.entity, told.get(item.start))
        if item.name.entity == "stop" or key not in kept:
            kept[key] = item
    return [
        {
            "entity": entity,
            "value": text[item.start : item.end],
            "start": item.start,
            "end": item.end,
            "ids": list(item.name.ids),
            **({"role": role} if role else {}),
        }
        for (entity, role), item in sorted(kept.items(), key=lambda pair: pair[1].start)
    ]
