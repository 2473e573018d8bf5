"""Drafts: copies that are edited side by side, never over somebody else's edit."""

from pathlib import Path

import pytest

from assistant.content import tree
from assistant.content.models import SHIPPED
from assistant.content.topics import Change, Words
from assistant.errors import Conflict, ContentError, NotFound, Stale
from tests.fixtures.studio import Around, studio
from tests.unit.content.folders import NOON

ANN, BEN = "0123456789ab", "ba9876543210"
DOMAIN = "dialogues/domain/smalltalk.yml"


@pytest.fixture
def around(tmp_path: Path) -> Around:
    return studio(tmp_path)


@pytest.fixture
def draft(around: Around) -> str:
    return around.studio.drafts.make("Thanks in Korean", SHIPPED, by=ANN, at=NOON).id


def say(text: str, language: str = "en") -> Change:
    return Change(words={"utter_smalltalk_greet": {language: Words(text=text)}})


def test_a_draft_is_a_copy_that_changes_nothing_else(around: Around, draft: str) -> None:
    drafts, releases = around.studio.drafts, around.studio.releases
    assert drafts.files(draft) == releases.files(SHIPPED)
    topic = around.studio.topics.read(draft, "smalltalk")
    around.studio.topics.write(draft, "smalltalk", say("Good day from {station}."), topic.tag, by=ANN, at=NOON)
    changed = list(tree.differences(releases.files(SHIPPED), drafts.files(draft)))
    assert [each.path for each in changed] == [DOMAIN]
    assert [line for line in changed[0].lines if line[0] in "+-"] == [
        '-      text: "Hello from {station}."', '+      text: "Good day from {station}."',
    ]  # fmt: skip
    assert [each.id for each in drafts.all()] == [draft]
    drafts.remove(draft)
    with pytest.raises(NotFound):
        drafts.files(draft)
    assert not [path for path in drafts.root.iterdir()], "nothing of it is left"  # noqa: C416


def test_topics_are_listed_with_what_is_missing(around: Around, draft: str) -> None:
    found = {each.topic: each for each in around.studio.topics.listed(draft)}
    assert (found["smalltalk"].intents, found["smalltalk"].replies, found["smalltalk"].phrases) == (2, 2, {"en": 3, "ko": 1})
    assert found["smalltalk"].missing == {"en": 0, "ko": 2}, "thanks are neither understood nor answered"
    assert found["lifts"].missing == {"en": 0, "ko": 1}


def test_a_missing_language_is_added(around: Around, draft: str) -> None:
    topics = around.studio.topics
    change = Change(
        phrases={"smalltalk_thanks": {"ko": ["감사합니다", "고마워요"]}},
        words={"utter_smalltalk_thanks": {"ko": Words(text="천만에요.", speech="천만에요")}},
    )  # fmt: skip
    written = topics.write(draft, "smalltalk", change, topics.read(draft, "smalltalk").tag, by=ANN, at=NOON)
    assert written.intents["smalltalk_thanks"]["ko"] == ["감사합니다", "고마워요"]
    assert written.replies["utter_smalltalk_thanks"]["ko"] == Words(text="천만에요.", speech="천만에요")
    assert topics.listed(draft)[1].missing == {"en": 0, "ko": 0}
    assert written == topics.read(draft, "smalltalk")


def test_two_editors_of_a_topic_are_told_and_nothing_is_overwritten(around: Around, draft: str) -> None:
    topics = around.studio.topics
    tag = topics.read(draft, "smalltalk").tag
    topics.write(draft, "smalltalk", say("Ann's words."), tag, by=ANN, at=NOON)
    lifts = topics.read(draft, "lifts").tag
    topics.write(draft, "lifts", Change(words={"utter_lifts_where": {"en": Words(text="Right.")}}), lifts, by=ANN, at=NOON)
    with pytest.raises(Stale, match="nothing was overwritten"):
        topics.write(draft, "smalltalk", say("Ben's words."), tag, by=BEN, at=NOON)
    assert topics.read(draft, "smalltalk").replies["utter_smalltalk_greet"]["en"].text == "Ann's words."
    assert [(edit.by, edit.what) for edit in topics.edits(draft, "smalltalk", tag)] == [(ANN, ("utter_smalltalk_greet:en",))]
    now = topics.read(draft, "smalltalk").tag
    topics.write(draft, "smalltalk", say("Ben's words."), now, by=BEN, at=NOON)
    assert [edit.by for edit in topics.edits(draft, "smalltalk", now)] == [BEN], "only what came after"


def test_what_changes_nothing_is_no_edit(around: Around, draft: str) -> None:
    topics = around.studio.topics
    topic = topics.read(draft, "smalltalk")
    change = Change(phrases=topic.intents, words=topic.replies)
    assert topics.write(draft, "smalltalk", change, topic.tag, by=ANN, at=NOON).tag == topic.tag
    assert topics.edits(draft, "smalltalk") == []


@pytest.mark.parametrize(("topic", "change", "error"), [
    ("../../../etc/passwd", Change(), NotFound),
    ("nothing", Change(), NotFound),
    ("smalltalk", Change(phrases={"lifts_where": {"en": ["x"]}}), NotFound),
    ("smalltalk", Change(phrases={"smalltalk_greet": {"../x": ["x"]}}), NotFound),
    ("smalltalk", Change(phrases={"smalltalk_greet": {"en": ["hello\n  - intent: other"]}}), ContentError),
    ("smalltalk", Change(phrases={"smalltalk_greet": {"en": []}}), ContentError),
    ("smalltalk", Change(words={"utter_other": {"en": Words(text="x")}}), NotFound),
    ("smalltalk", Change(words={"utter_smalltalk_greet": {"en": Words(text="${HOME}")}}), ContentError),
])  # fmt: skip
def test_what_is_no_edit_is_refused_and_changes_nothing(
    around: Around, draft: str, topic: str, change: Change, error: type[Exception]
) -> None:
    before = around.studio.drafts.files(draft)
    tag = around.studio.topics.read(draft, "smalltalk").tag
    with pytest.raises(error):
        around.studio.topics.write(draft, topic, change, tag, by=ANN, at=NOON)
    assert around.studio.drafts.files(draft) == before


def test_yaml_in_words_stays_words(around: Around, draft: str) -> None:
    topics, said = around.studio.topics, 'x"\n      intents: [evil] # {a: !!python/object:os.system} <script>'
    topic = topics.read(draft, "smalltalk")
    change = Change(words={"utter_smalltalk_greet": {"en": Words(text=said.replace("\n", " "))}}, phrases={
        "smalltalk_greet": {"en": ["hello", "yes: [no] & *alias", "<b>hi</b>"]},
    })  # fmt: skip
    written = topics.write(draft, "smalltalk", change, topic.tag, by=ANN, at=NOON)
    assert written.replies["utter_smalltalk_greet"]["en"].text == " ".join(said.split())
    assert written.intents["smalltalk_greet"]["en"] == ["hello", "yes: [no] & *alias", "<b>hi</b>"]
    assert set(written.intents) == {"smalltalk_greet", "smalltalk_thanks"}


def test_there_are_not_more_drafts_than_can_be_kept_in_mind(around: Around) -> None:
    for number in range(12):
        around.studio.drafts.make(f"No. {number}", SHIPPED, by=ANN, at=NOON)
    with pytest.raises(Conflict, match="12 drafts"):
        around.studio.drafts.make("One more", SHIPPED, by=ANN, at=NOON)


def released(around: Around, draft: str) -> str:
    """Made live at the command line."""
    releases = around.studio.releases
    made = releases.make(around.studio.drafts.files(draft), who="root", why="x", at=NOON).id
    around.trainings.start(releases.dialogues(made))
    releases.activate(made, who="root", at=NOON)
    return made


def test_a_draft_takes_over_what_was_published_since(around: Around, draft: str) -> None:
    studio = around.studio
    other = studio.drafts.make("Lifts", SHIPPED, by=BEN, at=NOON).id
    lifts = studio.topics.read(other, "lifts").tag
    studio.topics.write(other, "lifts", Change(words={"utter_lifts_where": {"en": Words(text="Right.")}}), lifts, by=BEN, at=NOON)
    studio.topics.write(draft, "smalltalk", say("Mine."), studio.topics.read(draft, "smalltalk").tag, by=ANN, at=NOON)
    live = released(around, other)
    with pytest.raises(Conflict, match="something else was published"):
        studio.publisher.check(draft, "")
    assert studio.drafts.catch_up(draft, None) == []
    assert studio.drafts.read(draft).base == live
    assert studio.topics.read(draft, "lifts").replies["utter_lifts_where"]["en"].text == "Right."
    assert studio.topics.read(draft, "smalltalk").replies["utter_smalltalk_greet"]["en"].text == "Mine."


@pytest.mark.parametrize(("keep", "said"), [("mine", "Mine."), ("live", "Theirs.")])
def test_a_file_that_both_changed_is_left_until_somebody_says(around: Around, draft: str, keep: str, said: str) -> None:
    studio = around.studio
    other = studio.drafts.make("Other", SHIPPED, by=BEN, at=NOON).id
    for name, words in ((other, "Theirs."), (draft, "Mine.")):
        studio.topics.write(name, "smalltalk", say(words), studio.topics.read(name, "smalltalk").tag, by=ANN, at=NOON)
    released(around, other)
    before = studio.drafts.files(draft)
    assert studio.drafts.catch_up(draft, None) == [DOMAIN]
    assert (studio.drafts.files(draft), studio.drafts.read(draft).base) == (before, SHIPPED)
    studio.drafts.catch_up(draft, keep)
    assert studio.topics.read(draft, "smalltalk").replies["utter_smalltalk_greet"]["en"].text == said
    assert studio.drafts.read(draft).base == studio.releases.active()
