"""All that drafts and releases are worked on with, put together."""

import hashlib
from collections.abc import Callable, Sequence

from assistant.content.drafts import Drafts
from assistant.content.following import Live
from assistant.content.models import SHIPPED
from assistant.content.ports import TrainingJob
from assistant.content.publishing import Publisher
from assistant.content.releases import Releases
from assistant.content.topics import Topics
from assistant.content.tree import STATION
from assistant.content.trial import Pair, Trial
from assistant.content.workbench import Means, Workbench
from assistant.errors import Conflict


class Studio[Job: TrainingJob]:
    """The rooms of the workshop over one shelf of releases; `live` is what the running assistant answers with."""

    def __init__(self, releases: Releases, means: Means[Job], languages: Sequence[str], live: Callable[[], Live]) -> None:
        self.releases, self.live, self._means = releases, live, means
        self.drafts = Drafts(releases)
        self.topics = Topics(self.drafts, releases.dialogues(SHIPPED), languages)
        self.bench = Workbench(self.drafts, releases, means, self.topics.languages)
        self.publisher = Publisher(self.drafts, releases, self.topics, self.bench, means.judge)
        self.trial = Trial(means.stage)

    def pair(self, draft: str) -> Pair:
        """A draft and what is live, to be tried. Raises NotFound, and Conflict where the draft is not trained."""
        live = self.releases.active()
        model = self.bench.model(draft)
        if not model.is_file():
            raise Conflict("the draft as it is now is not trained yet", code="not-trained", hint="train it first")
        dialogues = self.drafts.dialogues(draft)
        of_live = self.releases.dialogues(live), self.releases.model(live)
        return Pair(draft=(dialogues, model), live=of_live, names=(f"{model} {self._station(draft)}", live))

    def _station(self, draft: str) -> str:
        """Names the draft's station file as it is now."""
        return hashlib.sha256((self.drafts.folder(draft) / STATION).read_bytes()).hexdigest()[:16]

    async def stop(self) -> None:
        """Ends what runs; it is interrupted."""
        await self.trial.close()
        await self.bench.stop()


