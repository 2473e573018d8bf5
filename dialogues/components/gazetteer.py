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

from components.names import Names
from components.roles import Role, negated, roles
from components.unknown_lines import metro_span, unknown_line
from components.unknown_names import unknown_spans

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
            # A wheelchair is a need, and may be part of a place's name all the same.
            taken = [(entity["start"], entity["end"]) for entity in old if entity["entity"] != "step_free"]
            new = tag(message.get(TEXT), self._file.names(), taken)
            message.set(ENTITIES, old + self.add_extractor_name(new), add_to_output=True)
        return messages


def tag(text: str, names: Names, taken: list[tuple[int, int]]) -> list[dict[str, Any]]:
    """The entities of a message, at most one of an entity and role: a slot holds one value.

    Of several stops the last counts ("to Oakland, no, to Richmond") and none that is said not to be meant; of several lines or
    places the first. What has no ids is a name that the gazetteer does not know, or the metro as a goal.
    """
    found = names.find(text, taken)
    stops = [item for item in found if item.name.entity == "stop"]
    told = dict(zip([item.start for item in stops], roles(text, [(item.start, item.end) for item in stops]), strict=True))
    dropped = {item.start for item in stops if negated(text, item.start, item.end)}
    kept: dict[tuple[str, str | None], dict[str, Any]] = {}
    for item in found:
        if item.start in dropped:
            continue
        role = told.get(item.start) or (_inherited(item.start, dropped, told) if item.start in told else None)
        key = (item.name.entity, role)
        if item.name.entity == "stop" or key not in kept:
            kept[key] = _entity(text, item.name.entity, item.start, item.end, item.name.ids, role)
    known = {role for entity, role in kept if entity == "stop"}
    busy = taken + [(item.start, item.end) for item in found]
    for entity, unnamed in (("line", unknown_line), ("place", metro_span)):
        if (entity, None) not in kept and (span := unnamed(text, busy)):
            kept[entity, None] = _entity(text, entity, *span, (), None)
            busy.append(span)
    for start, end, new in unknown_spans(text, busy):
        if new not in known and None not in known and not negated(text, start, end):
            kept[("stop", new)] = _entity(text, "stop", start, end, (), new)
    return sorted(kept.values(), key=lambda entity: entity["start"])


def _inherited(start: int, dropped: set[int], told: dict[int, Role | None]) -> Role | None:
    """The role of the nearest stop that this one is said instead of: "not from Oakland but Fremont" is about where from."""
    near = min((other for other in dropped if told[other]), key=lambda other: abs(other - start), default=None)
    return None if near is None else told[near]


def _entity(text: str, entity: str, start: int, end: int, ids: tuple[str, ...], role: str | None) -> dict[str, Any]:
    return {"entity": entity, "value": text[start:end], "start": start, "end": end, "ids": list(ids), **({"role": role} if role else {})}
