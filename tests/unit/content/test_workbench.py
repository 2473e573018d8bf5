"""Long work on drafts, and publication: queue, progress, cancel, restart, power cut."""

import asyncio
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.content.disk import Disk
from assistant.content.drafts import Drafts
from assistant.content.models import SHIPPED
from assistant.content.topics import Change, Words
from assistant.content.tree import STATION, answered_alike
from assistant.content.trial import differences
from assistant.content.workbench import Workbench
from assistant.errors import Busy, Conflict, NotFound, Unavailable
from tests.fixtures.studio import Around, studio
from tests.unit.content.folders import NOON, shelf

ANN = "0123456789ab"


@pytest.fixture
def around(tmp_path: Path) -> Around:
    return studio(tmp_path)


def begun(around: Around, text: str = "Good day from {station}.") -> str:
    """A draft that greets with other words, and says them in Korean too."""
    topics = around.studio.topics
    draft = around.studio.drafts.make("Greeting", SHIPPED, by=ANN, at=NOON).id
    words = {"utter_smalltalk_greet": {"en": Words(text=text)}, "utter_smalltalk_thanks": {"ko": Words(text="천만에요.")}}
    topics.write(draft, "smalltalk", Change(words=words), topics.read(draft, "smalltalk").tag, by=ANN, at=NOON)
    return draft


async def proved(around: Around, draft: str) -> None:
    await around.studio.bench.start(draft, "proof", ANN)
    assert await around.ended(draft, "proof") == "done"


async def test_a_proof_tells_each_answer_that_changes_and_what_breaks(around: Around) -> None:
    draft = begun(around)
    await proved(around, draft)
    work, kept = around.studio.bench.work(draft, "proof"), around.studio.drafts.noted(draft, "proof.json")
    assert work is not None
    assert (work.live, work.result["broken"]) == (SHIPPED, ["smalltalk: Polite (en)"])
    assert [(one["turn"], one["before"]["text"], one["after"]["text"]) for one in kept["changes"]] == [
        (1, "Hello from {station}.", "Good day from {station}."),
    ]  # fmt: skip
    assert around.studio.bench.trained(draft), "a proof trains what is not trained"
    assert around.stages == 0, "no engine is left"


async def test_one_runs_one_waits_a_third_is_refused_and_either_can_be_ended(around: Around) -> None:
    around.trainings.hold = True
    bench, drafts = around.studio.bench, [begun(around, f"Hello {number}.") for number in range(3)]
    await bench.start(drafts[0], "training", ANN)
    with pytest.raises(Conflict, match="runs already"):
        await bench.start(drafts[0], "training", ANN)
    await bench.start(drafts[1], "training", ANN)
    with pytest.raises(Busy):
        await bench.start(drafts[2], "training", ANN)
    while not around.trainings.held:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    states = [work.state for draft in drafts[:2] if (work := bench.work(draft, "training"))]
    assert states == ["running", "waiting"]
    await bench.cancel(drafts[1], "training")
    await bench.cancel(drafts[0], "training")
    assert [await around.ended(draft, "training") for draft in drafts[:2]] == ["cancelled", "cancelled"]
    assert around.trainings.cancelled == 1, "the one that waited had begun nothing"
    around.trainings.hold = False
    await bench.start(drafts[2], "training", ANN)
    assert await around.ended(drafts[2], "training") == "done"


async def test_what_ran_when_the_assistant_stopped_is_interrupted(around: Around) -> None:
    around.trainings.hold = True
    draft, waiting = begun(around), begun(around, "Another.")
    await around.studio.bench.start(draft, "training", ANN)
    await around.studio.bench.start(waiting, "proof", ANN)
    await around.studio.stop()
    again = Workbench(around.studio.drafts, around.studio.releases, around.studio._means, lambda draft: ("en",))
    again.restore()
    assert [work.state for work in (again.work(draft, "training"), again.work(waiting, "proof")) if work] == ["interrupted"] * 2


async def test_what_ran_when_the_power_went_is_interrupted(around: Around) -> None:
    draft = begun(around)
    around.studio.drafts.note(draft, "work.json", {"training": {
        "kind": "training", "content": "x", "by": ANN, "asked_at": NOON.isoformat(), "state": "running",
    }})  # fmt: skip
    around.studio.bench.restore()
    work = around.studio.bench.work(draft, "training")
    assert work is not None
    assert work.state == "interrupted"


async def test_everything_is_told_where_the_station_file_answers_otherwise(around: Around, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hours and names of places stand in answers, and no word of a reply tells which."""
    bench, drafts, draft = around.studio.bench, around.studio.drafts, begun(around)
    monkeypatch.setattr(bench, "_means", replace(bench._means, changed_words=lambda old, new: []))
    file = drafts.folder(draft) / STATION
    told = []
    for more in (b"", b"# A remark.\nsensors: []\n", b"facts: {pets: {en: Welcome.}}\n"):
        file.write_bytes(file.read_bytes() + more)
        await proved(around, draft)
        work = bench.work(draft, "proof")
        assert work is not None
        told.append(work.result["told"])
    assert told == [0, 0, 1]


@pytest.mark.parametrize(
    ("old", "new", "alike"),
    [
        (b"a: 1\nb: 2", b"# x\nb: 2\na: 1", True), (b"a: 1", b"a: 1\nrules: [x]\npronunciations: {A: B}", True), (b"a: 1", b"a: 2", False),
        (b"a: 1", b"", False), (b"a: [", b"a: [", True), (b"a: [", b"a: 1", False), (b"- a", b"- b", False),
    ],
)  # fmt: skip
def test_station_files_are_compared_by_what_answers_are_made_of(old: bytes, new: bytes, alike: bool) -> None:
    assert answered_alike(old, new) is alike


async def test_an_engine_that_does_not_start_fails_the_proof_and_says_why(around: Around) -> None:
    draft, around.broken_stage = begun(around), True
    await around.studio.bench.start(draft, "proof", ANN)
    assert await around.ended(draft, "proof") == "failed"
    work = around.studio.bench.work(draft, "proof")
    assert work is not None
    assert work.problem == "the draft's dialogue engine ended"


async def test_models_of_earlier_states_of_a_draft_go(around: Around) -> None:
    """None that a release or another draft needs."""
    bench, topics, draft = around.studio.bench, around.studio.topics, begun(around)
    shipped, folder = around.studio.releases.model(SHIPPED), around.studio.releases.model(SHIPPED).parent
    seen = []
    for words in ("One.", "Two.", "Three."):
        topic = topics.read(draft, "lifts")
        change = Change(words={"utter_lifts_where": {"en": Words(text=words)}})
        topics.write(draft, "lifts", change, topic.tag, by=ANN, at=NOON)
        await bench.start(draft, "training", ANN)
        assert await around.ended(draft, "training") == "done"
        seen.append(bench.model(draft))
        while bench.busy:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        assert sorted(folder.iterdir()) == sorted({shipped, seen[-1]})
    bench.tidy(draft, gone=True)
    assert list(folder.iterdir()) == [shipped]


async def test_rasas_findings_are_among_the_checks_of_the_same_state(around: Around) -> None:
    draft = begun(around)
    around.validated.append("UserWarning: The intent 'smalltalk_x' is not used in any story or rule.")
    await around.studio.bench.start(draft, "checks", ANN)
    await around.ended(draft, "checks")
    found, state = around.studio.publisher.findings(draft)
    assert (state, [each.code for each in found if each.level == "wrong"]) == ("good", ["no-answer"])
    topic = around.studio.topics.read(draft, "lifts")
    around.studio.topics.write(
        draft, "lifts", Change(words={"utter_lifts_where": {"en": Words(text="Right.")}}), topic.tag, by=ANN, at=NOON
    )
    found, state = around.studio.publisher.findings(draft)
    assert (state, [each.code for each in found if each.level == "wrong"]) == ("outdated", [])


async def test_publication_needs_checks_a_proof_and_a_reason_for_what_breaks(around: Around) -> None:
    publisher, topics, draft = around.studio.publisher, around.studio.topics, begun(around)
    with pytest.raises(Conflict, match="has not been proved"):
        publisher.check(draft, "")
    await proved(around, draft)
    with pytest.raises(Conflict, match="1 golden conversations break"):
        publisher.check(draft, "")
    now = publisher.check(draft, "the greeting is another one from now on")
    topic = topics.read(draft, "smalltalk")
    wrong = Change(words={"utter_smalltalk_greet": {"en": Words(text="Hello {nobody}.")}})
    topics.write(draft, "smalltalk", wrong, topic.tag, by=ANN, at=NOON)
    with pytest.raises(Conflict, match="1 findings have to be mended"):
        publisher.check(draft, "a long enough reason")
    with pytest.raises(Conflict, match="changed just now"):
        publisher.publish(draft, now, who=ANN, why="x", at=NOON)
    assert around.studio.releases.active() == SHIPPED
    empty = around.studio.drafts.make("Nothing", SHIPPED, by=ANN, at=NOON).id
    with pytest.raises(Conflict, match="says what is live already"):
        publisher.check(empty, "")


async def test_a_publication_is_live_and_is_taken_back(around: Around) -> None:
    draft = begun(around, "Hello and welcome to {station}.")
    await proved(around, draft)
    made = around.publish(draft, "warmer words")
    releases = around.studio.releases
    assert (releases.active(), releases.read(made).why) == (made, "warmer words")
    with pytest.raises(NotFound):
        around.studio.drafts.read(draft)
    assert releases.roll_back(who=ANN, at=NOON) == SHIPPED


class Cut(BaseException):
    """The power goes."""


class Failing(Disk):
    """A disk that stands still before its n-th step."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def _step(self) -> None:
        if self.left == 0:
            raise Cut
        self.left -= 1

    def write(self, path: Path, content: bytes) -> None:
        self._step()
        super().write(path, content)

    def sync(self, path: Path) -> None:
        self._step()
        super().sync(path)

    def rename(self, old: Path, new: Path) -> None:
        self._step()
        super().rename(old, new)

    def remove(self, path: Path) -> None:
        self._step()
        super().remove(path)


async def test_a_power_cut_at_any_step_of_a_publication_leaves_the_old_or_the_new_release(around: Around, tmp_path: Path) -> None:
    draft = begun(around, "Hello and welcome to {station}.")
    await proved(around, draft)
    studio, seen = around.studio, set[str]()
    now = studio.publisher.check(draft, "")
    new, root, saved = now.content[:16], studio.releases.root, tmp_path / "saved"
    shutil.copytree(root, saved)
    for steps in range(400):
        shutil.rmtree(root)
        shutil.copytree(saved, root)
        studio.releases._disk = studio.drafts._disk = Failing(steps)
        try:
            studio.publisher.publish(draft, now, who=ANN, why="x", at=NOON)
        except Cut:
            ended = False
        else:
            ended = True
        after = shelf(tmp_path)
        active, left = after.active(), Drafts(after)
        seen.add(active)
        assert active in (SHIPPED, new)
        after.verify(active)
        assert after.model(active).is_file()
        left.sweep()
        after.sweep()
        assert active == new or [each.id for each in left.all()] == [draft], "the work of the editor is not lost"
        if ended:
            break
    assert steps > 40
    assert seen == {SHIPPED, new}


async def test_a_draft_is_tried_beside_what_is_live(around: Around) -> None:
    draft = begun(around)
    with pytest.raises(Conflict, match="not trained"):
        around.studio.pair(draft)
    await around.studio.bench.start(draft, "training", ANN)
    await around.ended(draft, "training")
    pair, trial = around.studio.pair(draft), around.studio.trial
    found = await trial.turn(pair, "hello", "en", None)
    while found is None:
        await asyncio.sleep(0.01)
        found = await trial.turn(pair, "hello", "en", None)
    assert found.differs == ("answer", "speech")
    again = await trial.turn(pair, "thank you", "en", found.conversation)
    assert again is not None
    assert (again.conversation, again.differs) == (found.conversation, ())
    with pytest.raises(NotFound):
        await trial.turn(pair, "hello", "en", "ffffffffffff")
    assert around.stages == 2
    await trial.close()
    around.broken_stage = True
    assert await trial.turn(pair, "hello", "en", None) is None
    await asyncio.sleep(0.05)
    with pytest.raises(Unavailable):
        await trial.turn(pair, "hello", "en", None)
    around.broken_stage = False
    await asyncio.sleep(0)
    assert await trial.turn(pair, "hello", "en", None) is None, "it is tried again"
    await trial.close()


def test_what_differs_is_named() -> None:
    turn = {"understood": {"intent": "a", "slots": []}, "replies": [{"text": "x", "speech": "x", "card": None}], "suggestions": []}
    other = {**turn, "understood": {"intent": "b", "slots": []}, "replies": [{"text": "x", "speech": "y", "card": {"type": "text"}}]}
    assert differences(turn, other) == ["understood", "speech", "card"]
