"""A draft by topics: what people say and what is replied, language by language, and changes of it that overwrite nobody's."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from assistant.content import checks, editing, tree
from assistant.content.drafts import Drafts, Edit
from assistant.content.reader import Reader
from assistant.content.reading import Content, Wording
from assistant.errors import ContentError, NotFound, Stale


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A reply in one language."""

    text: str
    speech: str | None = None
    """What is said instead of `text`."""
    say: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """A topic in the list."""

    topic: str
    intents: int
    replies: int
    phrases: dict[str, int]
    """By language."""
    missing: dict[str, int]
    """Replies and questions without words in a language."""
    last: Edit | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """All that is taught and said about one thing."""

    topic: str
    tag: str
    """Names this state of it; an edit says which state it was made of."""
    languages: tuple[str, ...]
    intents: dict[str, dict[str, list[str]]]
    """Intent → language → phrases."""
    replies: dict[str, dict[str, Words]]
    """Reply → language → words."""
    placeholders: dict[str, list[str]]
    """Reply → what it may have in braces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to be otherwise; what is not named stays."""

    phrases: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)


class Topics:
    """The topics of drafts; `shipped` tells which placeholders are filled, `languages` what the station serves."""

    def __init__(self, drafts: Drafts, shipped: Path, languages: Sequence[str], reader: Reader | None = None) -> None:
        self.drafts, self._shipped, self._languages = drafts, shipped, tuple(languages)
        self._reader = reader or Reader()

    def languages(self, draft: str) -> tuple[str, ...]:
        """Those that the draft's station file lists, else the running station's."""
        try:
            loaded = YAML(typ="safe").load((self.drafts.folder(draft) / tree.STATION).read_bytes())
            found = tuple(map(str, loaded["languages"]))
        except (OSError, YAMLError, UnicodeDecodeError, KeyError, TypeError):
            return self._languages
        return found or self._languages

    def content(self, draft: str) -> Content:
        """Everything of a draft that can be read."""
        return self._reader.read(self.drafts.dialogues(draft))

    def check(self, draft: str) -> list[checks.Finding]:
        """What is wrong with a draft, without Rasa's own validation."""
        return checks.check(self.content(draft), self._reader.read(self._shipped), self.languages(draft))

    def listed(self, draft: str) -> list[Counts]:
        """Every topic, by name."""
        content, languages, replies = self.content(draft), self.languages(draft), self.content(draft).replies()
        taught = Counter((phrase.intent, phrase.language) for phrase in content.phrases)
        said = {response: next(iter(wordings.values())).topic for response, wordings in replies.items()}
        last = {edit.topic: edit for edit in self.drafts.edits(draft)}
        found = []
        for topic in sorted({*content.intents.values(), *said.values()}):
            intents = [intent for intent, of in content.intents.items() if of == topic]
            told = [replies[response] for response, of in said.items() if of == topic]
            missing = {}
            for language in languages:
                unsaid = sum(language not in wordings and "" not in wordings for wordings in told)
                unheard = sum(not taught[intent, language] and any(taught[intent, other] for other in languages) for intent in intents)
                missing[language] = unsaid + unheard
            phrases = {language: sum(taught[intent, language] for intent in intents) for language in languages}
            found.append(Counts(
                topic=topic, intents=len(intents), replies=len(told), phrases=phrases, missing=missing, last=last.get(topic),
            ))  # fmt: skip
        return found

    def read(self, draft: str, topic: str) -> Topic:
        """One topic. Raises NotFound, and ContentError for one whose file cannot be read."""
        with self.drafts.lock:
            return self._read(draft, topic)

    def _read(self, draft: str, topic: str) -> Topic:
        content, files = self.content(draft), self._files(draft, topic)
        for broken in content.unreadable:
            if f"{tree.DIALOGUES}/{broken.file}" in files:
                raise ContentError(f"{broken.file}, line {broken.line}, cannot be read: {broken.problem}", hint="mend the file first")
        intents: dict[str, dict[str, list[str]]] = {intent: {} for intent, of in content.intents.items() if of == topic}
        for phrase in content.phrases:
            if phrase.topic == topic:
                intents.setdefault(phrase.intent, {}).setdefault(phrase.language, []).append(phrase.text)
        replies: dict[str, dict[str, Words]] = {}
        for each in content.wordings:
            if each.topic == topic:
                replies.setdefault(each.response, {})[each.language] = Words(text=each.text, speech=each.speech, say=each.say)
        known, own = self._reader.read(self._shipped).replies(), content.replies()
        placeholders = {response: sorted(_placeholders(known.get(response) or own[response])) for response in replies}
        return Topic(
            topic=topic, tag=_tag(files), languages=self.languages(draft), intents=intents, replies=replies, placeholders=placeholders,
        )  # fmt: skip

    def edits(self, draft: str, topic: str, since: str | None = None) -> list[Edit]:
        """Who changed a topic, the oldest first; only what followed the state `since`, where that is known."""
        found = [edit for edit in self.drafts.edits(draft) if edit.topic == topic]
        at = next((number for number, edit in reversed(list(enumerate(found))) if edit.before == since), None)
        return found[at:] if at is not None else found

    def write(self, draft: str, topic: str, change: Change, tag: str, *, by: str, at: datetime) -> Topic:
        """Changes a topic that is still as `tag` says. Raises Stale where it is not, NotFound, ContentError for what are no words."""
        with self.drafts.lock:
            now = self._read(draft, topic)
            if now.tag != tag:
                raise Stale("somebody has changed this topic since you opened it; nothing was overwritten")
            files, what = self._files(draft, topic), []
            new = dict(files)
            for intent, by_language in change.phrases.items():
                _known(intent, now.intents)
                for language, wanted in by_language.items():
                    self._known_language(draft, language)
                    if list(wanted) != now.intents[intent].get(language, []):
                        name = f"{tree.DIALOGUES}/data/nlu/{topic}.{language}.yml"
                        new[name] = editing.with_phrases(new.get(name, b""), intent, wanted)
                        what.append(f"{intent}:{language}")
            name = f"{tree.DIALOGUES}/domain/{topic}.yml"
            new[name], worded = self._worded(draft, new[name], now, change)
            what += worded
            if changed := {name: content for name, content in new.items() if files.get(name) != content}:
                edit = Edit(at=at, by=by, topic=topic, before=tag, after=_tag(new), what=tuple(what))
                self.drafts.write(draft, changed, edit)
            return self._read(draft, topic)

    def _worded(self, draft: str, file: bytes, now: Topic, change: Change) -> tuple[bytes, list[str]]:
        """The domain's file with other words, and whose; the file itself where there are none."""
        loaded, what = None, []
        for reply, by_language in change.words.items():
            _known(reply, now.replies)
            for language, words in by_language.items():
                self._known_language(draft, language)
                if words != now.replies[reply].get(language):
                    loaded = loaded or editing.load(file)
                    editing.word(loaded, reply, language, words.text, speech=words.speech, say=words.say)
                    what.append(f"{reply}:{language}")
        return (editing.dump(loaded) if what else file), what

    def _known_language(self, draft: str, language: str) -> None:
        if language not in self.languages(draft):
            raise NotFound("this station does not serve that language", code="unknown-language", hint="add it to the station file first")

    def _files(self, draft: str, topic: str) -> tree.Files:
        """The files of a topic. Raises NotFound."""
        dialogues = self.drafts.dialogues(draft)
        if topic not in {path.stem for path in dialogues.glob("domain/*.yml")}:  # a name of the list, never a path
            raise NotFound("there is no such topic in this draft", code="topic-not-found")
        paths = [dialogues / "domain" / f"{topic}.yml", *sorted(dialogues.glob(f"data/nlu/{topic}.*.yml"))]
        return {f"{tree.DIALOGUES}/{path.relative_to(dialogues).as_posix()}": path.read_bytes() for path in paths}


def _placeholders(wordings: Mapping[str, Wording]) -> set[str]:
    try:
        return checks.placeholders(wordings)
    except ValueError:  # braces that do not fit together; the checks tell
        return set()


def _known(name: str, names: Mapping[str, object]) -> None:
    if name not in names:
        raise NotFound("this topic has no such question or reply", code="subject-not-found", hint="reload the page")


def _tag(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode())
        digest.update(files[name])
    return digest.hexdigest()[:16]
