"""Edits leave everything else byte for byte."""

import difflib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from assistant.content import editing, tree
from assistant.errors import ContentError
from tests.conftest import EXAMPLE, ROOT

FILES = tree.read_parts(ROOT / "dialogues", EXAMPLE / "station.yaml")
NLU = FILES["dialogues/data/nlu/robot.en.yml"]
DOMAIN = FILES["dialogues/domain/smalltalk.yml"]
CHARACTERS = st.characters(exclude_categories=("C", "Z")) | st.sampled_from(" :#'\"[]{}&*!|>%@`,?-\\<>")
COMMENTED = b"""version: "3.1"
# Above.
responses:
  utter_x:  # beside
    - condition: [{type: slot, name: language, value: en}]
      text: "Old."  # said at night too
      metadata: {speech: "Old, spoken."}
    - condition: [{type: slot, name: language, value: zh}]
      text: "\xe6\x97\xa7"

  # Between.
  utter_y:
    - text: plain
      channel: null
"""


def changed(old: bytes, new: bytes) -> list[str]:
    return [line for line in difflib.ndiff(old.decode().splitlines(), new.decode().splitlines()) if line[0] in "+-"]


@pytest.mark.parametrize("name", [name for name in FILES if "/domain/" in name or "/rules/" in name or name.endswith(".ko.yml")])
def test_a_file_that_is_not_changed_stays_byte_for_byte(name: str) -> None:
    if "/nlu/" in name:
        intent = next(iter(YAML(typ="safe").load(FILES[name])["nlu"]))["intent"]
        assert editing.with_phrases(FILES[name], intent, editing.phrases(FILES[name], intent)) == FILES[name]
    else:
        assert editing.dump(editing.load(FILES[name])) == FILES[name]


def test_a_phrase_comes_and_goes() -> None:
    old = editing.phrases(NLU, "robot_capabilities")
    new = editing.with_phrases(NLU, "robot_capabilities", [*old[1:], "so what now"])
    assert changed(NLU, new) == [f"-       - {old[0]}", "+       - so what now"]
    assert editing.phrases(new, "robot_capabilities") == [*old[1:], "so what now"]


def test_a_new_language_is_a_new_file() -> None:
    new = editing.with_phrases(b"", "robot_capabilities", ["que sais-tu faire", "à quoi sers-tu"])
    assert editing.phrases(new, "robot_capabilities") == ["que sais-tu faire", "à quoi sers-tu"]
    more = editing.with_phrases(new, "robot_identity", ["qui es-tu"])
    assert more.startswith(new.rstrip())
    assert YAML(typ="safe").load(more)["nlu"][1] == {"intent": "robot_identity", "examples": "- qui es-tu\n"}


def test_words_change_and_comments_stay() -> None:
    new = editing.with_wording(COMMENTED, "utter_x", "en", "New: {when}.", speech="New, spoken.")
    assert changed(COMMENTED, new) == [
        '-       text: "Old."  # said at night too', '+       text: "New: {when}." # said at night too',
        '-       metadata: {speech: "Old, spoken."}', '+       metadata: {speech: "New, spoken."}',
    ]  # fmt: skip
    silent = editing.with_wording(COMMENTED, "utter_x", "en", "Old.")
    assert changed(COMMENTED, silent) == ['-       metadata: {speech: "Old, spoken."}']


def test_a_translation_is_added_below_the_others() -> None:
    new = editing.with_wording(DOMAIN, "utter_smalltalk_greet", "fr", "Bonjour.", speech="Bonjour à vous.")
    assert changed(DOMAIN, new) == [
        "+     - condition: [{type: slot, name: language, value: fr}]", '+       text: "Bonjour."',
        '+       metadata: {speech: "Bonjour à vous."}',
    ]  # fmt: skip
    assert editing.wording(new, "utter_smalltalk_greet", "fr") == {"text": "Bonjour.", "speech": "Bonjour à vous."}
    assert editing.wording(new, "utter_smalltalk_greet", "de") is None
    between = editing.with_wording(COMMENTED, "utter_x", "fr", "Neuf.")
    assert YAML(typ="safe").load(between)["responses"].keys() == {"utter_x", "utter_y"}
    assert b"# Between." in between


@pytest.mark.parametrize(
    "text", ["", "  ", "a\nb", "a\n  - intent: x", "- x", "# x", "x" * 201, "${HOME}", "a\x00", "a\u2028b", "\u202eabc"]
)
def test_what_is_no_phrase_is_refused(text: str) -> None:
    with pytest.raises(ContentError):
        editing.with_phrases(NLU, "robot_capabilities", [text])


@pytest.mark.parametrize("text", ["", " ", "x" * 1001, "${ASSISTANT_SECRET}", "a\x00", "\u202eabc"])
def test_what_are_no_words_is_refused(text: str) -> None:
    with pytest.raises(ContentError):
        editing.with_wording(DOMAIN, "utter_smalltalk_greet", "en", text)


@pytest.mark.parametrize("file", [b"- a", b"a: [", b"\xff", b"!!python/object/apply:os.system [ls]", b"a"])
def test_a_file_of_another_form_is_refused(file: bytes) -> None:
    with pytest.raises(ContentError):
        editing.phrases(file, "x")


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=CHARACTERS, min_size=1, max_size=60))
def test_no_text_becomes_anything_but_text(text: str) -> None:
    try:
        new = editing.with_wording(COMMENTED, "utter_x", "en", text)
        taught = editing.with_phrases(b"", "x", [text])
    except ContentError:
        return
    words = " ".join(text.split())
    assert editing.wording(new, "utter_x", "en") == {"text": words}
    assert YAML(typ="safe").load(new)["responses"]["utter_y"] == [{"text": "plain", "channel": None}]
    assert editing.phrases(taught, "x") == [words]
