"""The one way from facts to words. Templates are the `responses` of `dialogues/domain/<topic>.yml`, per language, which operators edit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from assistant.answers.wording import Template, Voice
from assistant.conversation.models import Ask, Card, Reply, Suggestion
from assistant.errors import StationError

type Phrase = tuple[str, Mapping[str, object]]
"""A response's name, and what fills it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One template in one language."""

    text: str
    speech: str | None = None
    say: str | None = None


class Responses:
    """All templates: name → language → response. The language "" is the fallback for every language."""

    def __init__(self, table: Mapping[str, Mapping[str, Response]]) -> None:
        self.table = table

    @classmethod
    def load(cls, domain: Path) -> "Responses":
        """Reads every file of the dialogues' domain. Raises StationError naming the file."""
        table: dict[str, dict[str, Response]] = {}
        for path in sorted(domain.glob("*.yml")):
            try:
                content = YAML(typ="safe").load(path) or {}
            except (YAMLError, UnicodeDecodeError) as error:
                raise StationError(f"{path} is no YAML: {error}", hint="mend the line named") from None
            for name, variants in (content.get("responses") or {}).items():
                table.setdefault(name, {}).update({_language(variant): _response(variant) for variant in variants})
        return cls(table)

    def over(self, below: "Responses") -> "Responses":
        """These templates, and those of `below` where there is none in a language: an answer always has words."""
        names = self.table.keys() | below.table.keys()
        return Responses({name: {**below.table.get(name, {}), **self.table.get(name, {})} for name in names})

    def become(self, other: "Responses") -> None:
        """From now on everybody who holds this has the templates of `other`."""
        self.table = other.table

    def __contains__(self, name: object) -> bool:
        return name in self.table

    def names(self) -> list[str]:
        """The names of all responses."""
        return sorted(self.table)

    def fixed(self, language: str) -> list[str]:
        """What is said in the same words every time: the speech of templates without placeholders."""
        said = [response.speech or response.text for response in (self.get(name, language) for name in self.names())]
        return list(dict.fromkeys(text for text in said if text and "{" not in text))

    def get(self, name: str, language: str) -> Response:
        """The template in `language`, else in any, else in English. Raises KeyError for an unknown name."""
        variants = self.table[name]
        return variants.get(language) or variants.get("") or variants.get("en") or next(iter(variants.values()))

    def language_of(self, name: str, language: str) -> str:
        """The language that `get` finds words in. Raises KeyError for an unknown name."""
        variants = self.table[name]
        return language if variants.keys() & {language, ""} else "en" if "en" in variants else next(iter(variants))


def _language(variant: Mapping[str, Any]) -> str:
    for condition in variant.get("condition") or ():
        if condition.get("name") == "language":
            return str(condition["value"])
    return ""


def _response(variant: Mapping[str, Any]) -> Response:
    metadata = variant.get("metadata") or {}
    return Response(text=variant.get("text", ""), speech=metadata.get("speech"), say=metadata.get("say"))


@dataclass(frozen=True, slots=True)
class Named:
    """A value that is itself a response: its text for the eye, its speech for the ear."""

    response: str


@dataclass(frozen=True, slots=True)
class Renderer:
    """Words in one language at one moment."""

    responses: Responses
    language: str
    now: datetime

    def text(self, name: str, /, **values: object) -> str:
        """The sentence as shown."""
        return self._fill(name, self.responses.get(name, self.language).text, values, spoken=False)

    def spoken_in(self, name: str) -> str:
        """The language of a sentence: another than that of the conversation where it is not worded in that one."""
        return self.responses.language_of(name, self.language)

    def speech(self, name: str, /, **values: object) -> str:
        """The sentence as spoken."""
        response = self.responses.get(name, self.language)
        return self._fill(name, response.speech or response.text, values, spoken=True)

    def reply(self, *phrases: Phrase, card: Card | None = None) -> Reply:
        """Several phrases as one reply."""
        joiner = "" if self.language == "zh" else " "
        return Reply(
            text=joiner.join(self.text(name, **values) for name, values in phrases),
            speech=joiner.join(self.speech(name, **values) for name, values in phrases),
            card=card,
        )

    def suggestion(self, name: str, ask: Ask | None = None, /, **values: object) -> Suggestion:
        """A tile: its label, what touching it says, what it asks."""
        response = self.responses.get(name, self.language)
        label = self._fill(name, response.text, values, spoken=False)
        say = self._fill(name, response.say, values, spoken=False) if response.say else label
        return Suggestion(label=label, say=say, ask=ask)

    def _fill(self, name: str, template: str, values: Mapping[str, object], *, spoken: bool) -> str:
        """What stands in the braces is worded in the language of the sentence around it."""
        say = self.speech if spoken else self.text
        worded = {key: say(value.response) if isinstance(value, Named) else value for key, value in values.items()}
        return Template(Voice(self.spoken_in(name), self.now, spoken)).fill(template, worded)
