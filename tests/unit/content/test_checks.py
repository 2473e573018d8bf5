"""Checks say what is wrong, where, in the operator's words."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.content import checks, rasa_findings, reading
from assistant.content.checks import Finding
from assistant.content.reading import Content
from tests.conftest import ROOT
from tests.unit.content.folders import written

LANGUAGES = ("en", "zh", "ko")
REPLY = """responses:
  utter_when:
    - condition: [{{type: slot, name: language, value: en}}]
      text: "{en}"
    - condition: [{{type: slot, name: language, value: zh}}]
      text: "{{when}}开。"
    - condition: [{{type: slot, name: language, value: ko}}]
      text: "{{when}}에 떠납니다."
"""
NLU = """nlu:
  - intent: {intent}
    examples: |
      - when does it leave
      - {phrase}
"""
SHIPPED_REPLY = "It leaves {when}."


@pytest.fixture(scope="module")
def shipped() -> Content:
    return reading.read(ROOT / "dialogues")


def draft(folder: Path, *, en: str = SHIPPED_REPLY, phrase: str = "how long", reply: str = REPLY) -> Content:
    return reading.read(
        written(
            folder,
            {
                "domain/times.yml": b"intents: [times_when, times_how]\nentities: [stop]\n" + reply.format(en=en).encode(),
                "data/nlu/times.en.yml": NLU.format(intent="times_when", phrase="how long is it").encode(),
                "data/nlu/other.en.yml": NLU.format(intent="times_how", phrase=phrase).replace("when does it leave", "how").encode(),
            },
        )
    )


def found(draft: Content, shipped: Content, code: str) -> list[Finding]:
    return [each for each in checks.check(draft, shipped, LANGUAGES) if each.code == code]


@pytest.fixture
def plain(tmp_path: Path) -> Content:
    return draft(tmp_path / "plain")


def test_what_was_shipped_is_well(shipped: Content) -> None:
    assert len(shipped.phrases) > 30_000
    assert len(shipped.wordings) > 1400
    wrong = [each for each in checks.check(shipped, shipped, LANGUAGES) if each.code != "shared-phrase"]
    assert wrong == []


def test_places_are_lines(shipped: Content) -> None:
    for each in [*shipped.phrases[::997], *shipped.wordings[::97]]:
        line = (ROOT / "dialogues" / each.file).read_text(encoding="utf-8").splitlines()[each.line - 1]
        assert each.text in line if isinstance(each, reading.Phrase) else "- " in line


def test_a_phrase_that_two_topics_share(tmp_path: Path, plain: Content) -> None:
    assert not found(plain, plain, "shared-phrase")
    [finding] = found(draft(tmp_path, phrase="When does it leave?"), plain, "shared-phrase")
    assert (finding.level, finding.topic, finding.language, finding.subject) == ("wrong", "times", "en", "times_when")
    assert finding.file == "data/nlu/times.en.yml"
    assert finding.line == 4
    assert "times_how" in finding.message
    assert "data/nlu/other.en.yml, line 5" in finding.message


@pytest.mark.parametrize("phrase", ["go to [Oakland](stop)", "go to [Oakland]"])
def test_marks(tmp_path: Path, plain: Content, phrase: str) -> None:
    assert bool(found(draft(tmp_path, phrase=phrase), plain, "mark")) != ("(stop)" in phrase)
    assert found(draft(tmp_path / "b", phrase="to [x](nothing)"), plain, "mark")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("It leaves {time}.", "placeholder"), ("It leaves {when.year}.", "braces"), ("It leaves {when[0]}.", "braces"),
        ("It leaves {when!r}.", "braces"), ("It leaves {0}.", "braces"), ("It leaves {}.", "braces"), ("It leaves {when.", "braces"),
        ("It leaves {when:>9999999}.", "braces"), ("It leaves ${{HOME}}.", "signs"), ("", "empty"), ("word " * 38 + "{when}", "too-long"),
    ],
)  # fmt: skip
def test_a_reply(tmp_path: Path, plain: Content, text: str, code: str) -> None:
    seen = found(draft(tmp_path, en=text), plain, code)
    assert seen, checks.check(draft(tmp_path, en=text), plain, LANGUAGES)
    assert (seen[0].language, seen[0].subject, seen[0].file, seen[0].line) == ("en", "utter_when", "domain/times.yml", 5)
    assert not found(plain, plain, code)


def test_what_a_reply_may_hold_is_said(tmp_path: Path, plain: Content) -> None:
    [finding] = found(draft(tmp_path, en="{time}"), plain, "placeholder")
    assert finding.message == "Nothing fills {time} in this reply."
    assert "{when}" in finding.mend


def test_particles_and_plurals_are_no_faults(tmp_path: Path, plain: Content) -> None:
    good = draft(tmp_path, en="{when:one|many} {when:은/는}")
    assert not found(good, plain, "braces") + found(good, plain, "placeholder")


def test_a_translation_that_is_missing(tmp_path: Path, plain: Content) -> None:
    lost = REPLY.partition("    - condition: [{{type: slot, name: language, value: ko}}]")[0]
    [finding] = found(draft(tmp_path, reply=lost), plain, "no-translation")
    assert (finding.level, finding.language, finding.subject) == ("wrong", "ko", "utter_when")
    assert SHIPPED_REPLY in finding.mend
    [french] = [each for each in checks.check(plain, plain, ("en", "fr")) if each.code == "no-translation"]
    assert (french.level, french.language) == ("advice", "fr")


def test_few_phrases(plain: Content) -> None:
    few = {(each.subject, each.language): each.message for each in found(plain, plain, "few-phrases")}
    assert len(few) == 6
    assert "2 phrases" in few["times_when", "en"]
    assert "0 phrases" in few["times_when", "ko"]


def test_a_file_that_cannot_be_read(tmp_path: Path, plain: Content) -> None:
    written(tmp_path, {"domain/x.yml": b"responses:\n  utter_x:\n  - text: [\n", "domain/y.yml": b"responses: 3\n"})
    broken = reading.read(tmp_path)
    seen = {each.file: each.line > 0 for each in found(broken, plain, "unreadable-file")}
    assert seen == {"domain/x.yml": True, "domain/y.yml": False}


def test_a_new_reply_needs_every_language(tmp_path: Path, plain: Content) -> None:
    more = REPLY + "  utter_new:\n    - condition: [{{type: slot, name: language, value: en}}]\n      text: New.\n"
    assert {(each.subject, each.language, each.level) for each in found(draft(tmp_path, reply=more), plain, "no-translation")} == {
        ("utter_new", "zh", "wrong"), ("utter_new", "ko", "wrong"),
    }  # fmt: skip


def test_seconds() -> None:
    assert checks.seconds("one two three four five", "en") == 2
    assert checks.seconds("{a} {b:one|two}", "en") == pytest.approx(0.8)
    assert checks.seconds("一二三四", "zh") == 1
    assert checks.seconds("가나다라마", "ko") == 1


SAID = [
    ("UserWarning: The intent 'a_b' is listed in the domain file, but is not found in the NLU training data.", "no-phrases", "a_b"),
    ("UserWarning: The utterance 'utter_x' is not used in any story or rule.", None, ""),
    ("UserWarning: The intent 'a_b' is not used in any story or rule.", "no-answer", "a_b"),
    ("UserWarning: Something that nobody has seen.", "rasa", ""),
    ("DeprecationWarning: pkg_resources is deprecated", None, ""),
    ("INFO rasa.validator - Validating intents...", None, ""),
]


@pytest.mark.parametrize(("line", "code", "subject"), SAID)
def test_what_rasa_says_is_translated(line: str, code: str | None, subject: str) -> None:
    translated = list(rasa_findings.findings([f"\x1b[93m/x/io.py:100: {line}"] * 2))
    assert [(each.code, each.subject) for each in translated] == ([(code, subject)] if code else [])
    assert replace(translated[0], level="wrong").level == "wrong" if translated else True
