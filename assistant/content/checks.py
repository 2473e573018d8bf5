"""What is wrong with a draft, in the operator's words, with the place: pure functions over content that was read."""

import re
import string
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.content.reading import MARK, Content, Phrase, Wording

FEWEST_PHRASES = 20
"""Phrases of an intent in a language with which it is understood well enough; what was shipped has 34 and more."""
LONGEST_S = 15.0
"""Longest reply: what is heard later is not remembered. The longest that was shipped takes 14 s in each language."""
WORDS_S, CHARACTERS_S = 2.5, {"zh": 4.0, "ko": 5.0, "ja": 6.0}
"""Words or characters a second of a calm announcer (150 words, 240 Chinese characters, 300 Korean syllables a minute). espeak-ng at its
usual speed, over the shipped replies: 3.0 words, 2.5 characters, 4.9 syllables."""
LONGEST_PHRASE = 200
FIELD = re.compile(r"[a-z][a-z0-9_]*")
FORM = re.compile(r"[^{}]+[/|][^{}]+|")
"""`place|places` and `은/는`, or nothing."""

type Level = Literal["wrong", "advice"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that an operator should look at; `wrong` stops a publication."""

    code: str
    level: Level
    message: str
    mend: str
    topic: str = ""
    language: str = ""
    subject: str = ""
    """The intent or reply."""
    phrase: str = ""
    """The operator's own text, where one is meant."""
    file: str = ""
    line: int = 0


def check(draft: Content, shipped: Content, languages: Sequence[str]) -> list[Finding]:
    """Everything that is found, what is wrong first."""
    found = [
        *_unreadable(draft), *_shared(draft), *_phrases(draft), *_few(draft, languages),
        *_wordings(draft, shipped), *_translations(draft, shipped, languages),
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.level != "wrong", each.topic, each.file, each.line))


def seconds(text: str, language: str) -> float:
    """How long it takes to say; a placeholder counts as one word."""
    plain = re.sub(r"\{[^{}]*\}", " x ", text)
    rate = CHARACTERS_S.get(language)
    return len(plain.split()) / WORDS_S if rate is None else sum(char.isalnum() for char in plain) / rate


def placeholders(wordings: Mapping[str, Wording]) -> set[str]:
    """Names that any language of a reply has in braces: the program fills all of them."""
    return {name for wording in wordings.values() for part in wording.parts for name, _ in _fields(part)}


def _fields(template: str) -> list[tuple[str, str]]:
    """Placeholder and form of each pair of braces. Raises ValueError for braces that do not fit together."""
    found = []
    for _, name, form, conversion in string.Formatter().parse(template):
        if name is not None:
            if conversion or not FIELD.fullmatch(name) or not FORM.fullmatch(form or ""):
                raise ValueError(name)
            found.append((name, form or ""))
    return found


def _unreadable(draft: Content) -> Iterator[Finding]:
    for each in draft.unreadable:
        yield Finding(
            code="unreadable-file", level="wrong", file=each.file, line=each.line, message=f"This file cannot be read: {each.problem}.",
            mend="Mend the line, or take the file of the release before.",
        )  # fmt: skip


def _shared(draft: Content) -> Iterator[Finding]:
    taught: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in draft.phrases:
        if phrase.key:
            taught[phrase.key].append(phrase)
    for same in taught.values():
        first = same[0]
        for other in same[1:]:
            if other.intent != first.intent:
                yield _of(
                    other, "shared-phrase", "wrong",
                    f"“{other.text}” is taught for “{other.intent}” and for “{first.intent}” ({first.file}, line {first.line}).",
                    "Keep it where it fits better. One phrase can lead to one answer only.",
                )  # fmt: skip
            elif other.text == first.text and other.language == first.language:
                yield _of(other, "twice", "advice", f"“{other.text}” is there twice.", "Remove one of the two.")


def _phrases(draft: Content) -> Iterator[Finding]:
    for phrase in draft.phrases:
        marks, rest = [mark["entity"] for mark in MARK.finditer(phrase.text) if mark["entity"]], MARK.sub("", phrase.text)
        if any(char in rest for char in "[]{}") or any(entity not in draft.entities for entity in marks):
            yield _of(
                phrase, "mark", "wrong", f"“{phrase.text}” has brackets that mean nothing.",
                "Write a stop as [its name](stop), and use no other brackets.",
            )  # fmt: skip
        elif "${" in phrase.text or not phrase.text.isprintable() or len(phrase.text) > LONGEST_PHRASE:
            yield _of(
                phrase, "phrase-form", "wrong", f"“{phrase.text[:60]}” is no phrase that somebody says.",
                f"Write words, at most {LONGEST_PHRASE} characters.",
            )  # fmt: skip


def _few(draft: Content, languages: Sequence[str]) -> Iterator[Finding]:
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for phrase in draft.phrases:
        counts[phrase.intent, phrase.language] += 1
    for intent, topic in draft.intents.items():
        if not any(counts[intent, language] for language in languages):
            continue  # an intent that is never said, as `nlu_fallback`; Rasa's validation tells of forgotten ones
        for language in languages:
            if (count := counts[intent, language]) < FEWEST_PHRASES:
                yield Finding(
                    code="few-phrases", level="advice", topic=topic, language=language, subject=intent,
                    message=f"“{intent}” has {count} {'phrase' if count == 1 else 'phrases'} in this language.",
                    mend=f"Teach {FEWEST_PHRASES} or more, as people say them, not translated word by word.",
                )  # fmt: skip


def _wordings(draft: Content, shipped: Content) -> Iterator[Finding]:
    known, replies = shipped.replies(), draft.replies()
    for response, wordings in replies.items():
        filled = placeholders(known[response]) if response in known else set()
        for wording in wordings.values():
            yield from _template(wording, filled)
            said = wording.speech or wording.text
            if (length := seconds(said, wording.language)) > LONGEST_S:
                yield _of(
                    wording, "too-long", "advice", f"This reply takes about {length:.0f} seconds to hear.",
                    f"Say what matters most in {LONGEST_S:.0f} seconds, and leave the rest to the screen.",
                )  # fmt: skip
            if not wording.text.strip():
                yield _of(wording, "empty", "wrong", "This reply has no words.", "Write what is to be said.")


def _template(wording: Wording, filled: set[str]) -> Iterator[Finding]:
    for part in wording.parts:
        try:
            named = _fields(part)
        except ValueError:
            yield _of(
                wording, "braces", "wrong", f"The braces in “{part[:80]}” do not fit together, or hold something that is no placeholder.",
                "Write {name}, {count:one|many} or {name:은/는}.",
            )  # fmt: skip
            continue
        for name in sorted({name for name, _ in named} - filled):
            may = ", ".join(f"{{{each}}}" for each in sorted(filled)) or "none"
            yield _of(
                wording, "placeholder", "wrong", f"Nothing fills {{{name}}} in this reply.", f"Placeholders that it can have: {may}."
            )
        if "${" in part or any(ord(char) < 32 for char in part.replace("\n", "")):
            yield _of(wording, "signs", "wrong", "This reply holds signs that nobody can hear.", "Write words.")


def _translations(draft: Content, shipped: Content, languages: Sequence[str]) -> Iterator[Finding]:
    """A language that is being made is advised; one that was there must not be lost, nor left out of a reply of the operator's own."""
    served, made = {wording.language for wording in shipped.wordings}, set(shipped.replies())
    for wordings in draft.replies().values():
        if "" in wordings:
            continue
        any_one = next(iter(wordings.values()))
        for language in languages:
            if language not in wordings:
                needed = language in served or any_one.response not in made
                yield Finding(
                    code="no-translation", level="wrong" if needed else "advice", topic=any_one.topic, language=language,
                    subject=any_one.response, file=any_one.file, line=any_one.line, message="This reply has no words in this language.",
                    mend=f"Write it; in {any_one.language} it is “{any_one.text[:80]}”.",
                )  # fmt: skip


def _of(place: Phrase | Wording, code: str, level: Level, message: str, mend: str) -> Finding:
    subject, phrase = (place.intent, place.text) if isinstance(place, Phrase) else (place.response, place.text)
    return Finding(
        code=code, level=level, message=message, mend=mend, topic=place.topic, language=place.language, subject=subject,
        phrase=phrase, file=place.file, line=place.line,
    )  # fmt: skip
