"""What `rasa data validate` finds, in the operator's words. What is not known here is passed on as Rasa says it."""

import re
from collections.abc import Iterable, Iterator

from assistant.content.checks import Finding

SAID = re.compile(r"(?:UserWarning|FutureWarning|Error|Exception|InvalidRule): (?P<said>.+)")
NO_FAULT = re.compile(r"The utterance '[^']+' is not used in any story or rule")
"""Replies are used by the assistant's renderer, which no rule mentions."""

KNOWN = tuple(
    (re.compile(pattern), code, message, mend)
    for pattern, code, message, mend in (
        (
            r"The intent '(?P<name>[^']+)' is listed in the domain file, but is not found in the NLU training data",
            "no-phrases", "Nobody has taught what people say for “{name}”.", "Add phrases, or remove the question.",
        ),
        (
            r"There is a message in the training data labeled with intent '(?P<name>[^']+)'",
            "unknown-intent", "Phrases are taught for “{name}”, which is no question.",
            "Add the question to its topic, or remove the phrases.",
        ),
        (
            r"The example '(?P<phrase>.+?)' was found labeled with multiple different intents.*labeled with: (?P<name>[^.]+)",
            "shared-phrase", "“{phrase}” is taught for several questions: {name}.", "Keep it where it fits best.",
        ),
        (
            r"The intent '(?P<name>[^']+)' is used in your stories, but it is not listed",
            "unknown-intent", "A rule is about “{name}”, which is no question.", "Add the question to its topic, or remove the rule.",
        ),
        (
            r"The intent '(?P<name>[^']+)' is not used in any story or rule",
            "no-answer", "Nothing answers “{name}”.", "Write a rule that says which reply it leads to.",
        ),
        (
            r"The (?:action|form) '(?P<name>[^']+)' is used in .*(?:not a valid utterance action|not listed in the domain)",
            "no-reply", "A rule leads to “{name}”, which is not there.", "Write that reply, or mend the rule.",
        ),
        (
            r"(?:slot|Slot) '(?P<name>[^']+)'.*(?:not present|not listed)",
            "slots", "What is remembered as “{name}” does not fit the questions that ask for it.", "Take the domain of the release before.",
        ),
        (
            r"Contradicting rules|contradict",
            "contradiction", "Two rules say different things about the same question.", "Keep one of them.",
        ),
        (
            r"Failed to (?:read|load|validate)|not (?:a )?valid YAML|duplicate key|while (?:parsing|scanning)",
            "unreadable-file", "A file cannot be read.", "Mend it, or take the file of the release before.",
        ),
    )
)  # fmt: skip


def findings(lines: Iterable[str]) -> Iterator[Finding]:
    """Each finding once."""
    seen = set()
    for line in lines:
        found = SAID.search(line)
        if found is None or NO_FAULT.search(found["said"]):
            continue
        finding = _translated(found["said"].strip())
        if finding not in seen:
            seen.add(finding)
            yield finding


def _translated(said: str) -> Finding:
    for pattern, code, message, mend in KNOWN:
        if match := pattern.search(said):
            named = {"name": "", "phrase": ""} | {key: value for key, value in match.groupdict().items() if value}
            words = message.replace("{name}", named["name"]).replace("{phrase}", named["phrase"])
            return Finding(code=code, level="wrong", message=words, mend=mend, subject=named["name"], phrase=named["phrase"])
    return Finding(code="rasa", level="advice", message=f"Rasa says: {said[:300]}", mend="Ask who looks after the assistant.")
