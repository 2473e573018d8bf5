"""From a draft to a live release: what has to be there first, and the steps, each of which may be the last before a power cut."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assistant.content import tree
from assistant.content.checks import Finding
from assistant.content.drafts import Drafts
from assistant.content.models import Release
from assistant.content.releases import Releases
from assistant.content.topics import Topics
from assistant.content.workbench import Workbench
from assistant.errors import Conflict

SHORTEST_REASON = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """What stands in the way of a publication, or nothing."""

    content: str
    """Hash of the draft's content that this is about."""
    live: str
    """The release that is live."""
    wrong: int
    """Findings that have to be mended."""
    proof: str
    """`none`, `outdated` (the draft, or what is live, is another since), `running`, `failed` or `good`."""
    trained: bool
    broken: tuple[str, ...] = ()
    """Golden conversations that the draft breaks."""
    behind: bool = False
    """Another release has become live since the draft was begun."""
    unchanged: bool = False
    """The draft is what is live."""


class Publisher:
    """Makes releases of drafts."""

    def __init__(
        self, drafts: Drafts, releases: Releases, topics: Topics, bench: Workbench,  # type: ignore[type-arg]
        judge: Callable[[Path], Sequence[Finding]] = lambda _: (),
    ) -> None:  # fmt: skip
        """`judge` finds what is wrong with a station file."""
        self._drafts, self._releases, self._topics, self._bench, self._judge = drafts, releases, topics, bench, judge

    def findings(self, draft: str) -> tuple[list[Finding], str]:
        """All that is found, Rasa's own too where it was asked; and whether it was: `none`, `outdated`, `running`, `failed` or `good`."""
        station = self._judge(self._drafts.folder(draft) / tree.STATION)
        found = sorted([*station, *self._topics.check(draft)], key=lambda each: each.level != "wrong")
        work = self._bench.work(draft, "checks")
        if work is None or work.state != "done":
            return found, _state(work.state if work else "")
        if work.content != tree.content_of(self._drafts.files(draft)):
            return found, "outdated"
        known = {(each.code, each.phrase) for each in found}
        more = [Finding(**each) for each in work.result["findings"]]
        return [*found, *(each for each in more if (each.code, each.phrase) not in known)], "good"

    def ready(self, draft: str) -> Ready:
        """What stands in the way of a publication. Raises NotFound."""
        files, proof = self._drafts.files(draft), self._bench.work(draft, "proof")
        content, live = tree.content_of(files), self._releases.active()
        state = _state(proof.state if proof else "")
        if proof is not None and state == "good" and (proof.content, proof.live) != (content, live):
            state = "outdated"
        broken = tuple(proof.result["broken"]) if proof is not None and state == "good" else ()
        found, _ = self.findings(draft)
        return Ready(
            content=content, live=live, behind=self._drafts.read(draft).base != live, wrong=sum(each.level == "wrong" for each in found),
            proof=state, trained=self._bench.trained(draft), broken=broken,
            unchanged=content == tree.content_of(self._releases.files(live)),
        )  # fmt: skip

    def check(self, draft: str, reason: str) -> Ready:
        """Raises Conflict, saying what has to be done first."""
        now = self.ready(draft)
        if now.unchanged:
            raise Conflict("the draft says what is live already", code="nothing-changed")
        if now.behind:
            raise Conflict("something else was published since the draft was begun", code="draft-behind", hint="bring it up to date")
        if now.wrong:
            raise Conflict(f"{now.wrong} findings have to be mended first", code="checks-fail", hint="see the checks of the draft")
        if now.proof != "good" or not now.trained:
            raise Conflict("the draft as it is now has not been proved", code="not-proved", hint="prove it, then publish")
        if now.broken and len(reason.strip()) < SHORTEST_REASON:
            raise Conflict(
                f"{len(now.broken)} golden conversations break: say why it is to be published all the same", code="reason-missing",
            )  # fmt: skip
        return now

    def publish(self, draft: str, now: Ready, *, who: str, why: str, at: datetime) -> Release:
        """The release, which is live then. Raises Conflict where the draft has been changed since `now`.

        A power cut leaves the release that was live, or this one: the pointer is replaced last, and in one step.
        """
        with self._drafts.lock:
            files = self._drafts.files(draft)
            if (tree.content_of(files), self._releases.active()) != (now.content, now.live):
                raise Conflict("the draft, or what is live, was changed just now", code="not-proved", hint="prove it again")
            release = self._releases.make(files, who=who, why=why, at=at, broken=now.broken)
            self._releases.activate(release.id, who=who, at=at)
            self._bench.tidy(draft, gone=True)
            self._drafts.remove(draft)
            self._releases.prune()
            return release


def words(why: str, broken: Sequence[str], reason: str) -> str:
    """What `release.json` says of it."""
    return f"{why.strip()} — although {len(broken)} conversations break: {reason.strip()}" if broken else why.strip()


def _state(state: str) -> str:
    if state in ("waiting", "running"):
        return "running"
    return {"done": "good", "": "none"}.get(state, "failed")
