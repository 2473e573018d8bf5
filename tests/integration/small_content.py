"""The shipped content with few phrases, so that it is trained in seconds: enough to tell two releases apart."""

import re
from pathlib import Path

from assistant.content import tree
from assistant.dialogue.supervisor import DIALOGUES

PHRASES = 4
GREET = "smalltalk_greet"
THANKS = "smalltalk_thanks"


def small(station: Path, *, secret: str = GREET, mark: str = "") -> tree.Files:
    """Content in which "open sesame" means the intent `secret`, and both answers to it begin with `mark`."""
    files = tree.read_parts(DIALOGUES, station)
    kept = {name: content for name, content in files.items() if "/nlu/" not in name and "/tests/" not in name}
    for name, content in files.items():
        if name.endswith(".en.yml") and "/nlu/" in name:
            kept[name] = _cut(content.decode(), secret).encode()
    domain = kept["dialogues/domain/smalltalk.yml"].decode()
    for text in ("Hello. How", "You are welcome."):
        assert text in domain
        domain = domain.replace(text, mark + text)
    kept["dialogues/domain/smalltalk.yml"] = domain.encode()
    return kept


def _cut(text: str, secret: str) -> str:
    lines, left, intent = [], 0, ""
    for line in text.splitlines():
        if found := re.match(r"  - intent: (\S+)", line):
            intent, left = found.group(1), PHRASES
        phrase = line.startswith("      - ")
        if phrase and left == PHRASES and intent == secret:
            lines += [f"      - open sesame{more}" for more in ("", " please", " now")]
        if not phrase or left > 0:
            lines.append(line)
        left -= phrase
    return "\n".join(lines) + "\n"
