"""Releases: what is live, what differs, and the way back."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query

from assistant.accounts.models import Change, Visitor
from assistant.console.door import Door
from assistant.console.drafts import RELEASE, ReleaseKey, names
from assistant.content import tree
from assistant.content.models import SHIPPED, Release
from assistant.content.studio import Studio
from assistant.conversation.models import Wire
from assistant.errors import Conflict


class ReleaseView(Wire):
    """One state of the content."""

    id: str
    who: str
    """Id of an account, or a name of the command line."""
    name: str | None
    """None once the account is erased."""
    why: str
    at: datetime | None
    rasa: str
    model: str
    parent: str | None
    broken: Sequence[str]
    active: bool
    trained: bool
    """It can be made live at once."""


class Releases(Wire):
    """What is live, and every release, the newest first; `shipped` is what came with the product."""

    active: str
    before: str | None
    """What a roll-back would make live."""
    running: str
    """What the kiosk answers with at this moment."""
    problem: str | None
    """Why it does not follow `active`."""
    releases: Sequence[ReleaseView]


class DifferenceView(Wire):
    """One file that differs."""

    path: str
    kind: Literal["added", "removed", "changed"]
    lines: Sequence[str]
    """As a unified diff."""


class Difference(Wire):
    """What differs between two contents."""

    old: str
    new: str
    files: Sequence[DifferenceView]


def router(door: Door, studio: Studio[Any]) -> APIRouter:
    """The routes of `/releases` and `/rollback`."""
    routes, access, releases = APIRouter(tags=["releases"]), door.access, studio.releases
    viewer, publisher = Depends(door.viewer), Depends(door.publisher)

    def seen() -> Releases:
        named, active, live = names(access), releases.active(), studio.live()
        shown = [release_view(studio, release, active, named) for release in releases.all()]
        return Releases(
            active=active, before=releases.before(), running=live.release, problem=live.problem,
            releases=[*shown, _shipped(studio, active)],
        )  # fmt: skip

    @routes.get("/releases", dependencies=[viewer])
    def listed() -> Releases:
        """Every release, and what is live."""
        return seen()

    @routes.get("/releases/{release_id}", dependencies=[viewer])
    def one(release_id: ReleaseKey) -> ReleaseView:
        """One release."""
        active = releases.active()
        return _shipped(studio, active) if release_id == SHIPPED else release_view(studio, releases.read(release_id), active, names(access))

    @routes.get("/releases/{release_id}/difference", dependencies=[viewer])
    def difference(release_id: ReleaseKey, from_: Annotated[str, Query(alias="from", pattern=RELEASE)]) -> Difference:
        """Files and lines that differ between `from` and this one."""
        return compared(from_, release_id, releases.files(from_), releases.files(release_id))

    @routes.post("/releases/{release_id}/activation")
    def activate(release_id: ReleaseKey, by: Annotated[Visitor, publisher]) -> Releases:
        """Makes a release live; the kiosk follows within seconds."""
        if release_id != SHIPPED:
            releases.read(release_id)
        line = Change(
            actor=by.account.id, action="release.activated", object=f"release:{release_id}", before=releases.active(), after=release_id,
        )  # fmt: skip
        with access.recorded(line):
            releases.activate(release_id, who=by.account.id, at=access.now())
        return seen()

    @routes.post("/rollback")
    def roll_back(by: Annotated[Visitor, publisher]) -> Releases:
        """Makes live again what was so before."""
        active, before = releases.active(), releases.before()
        if before is None:
            raise Conflict("nothing was live before", code="nothing-before")
        line = Change(actor=by.account.id, action="release.rolled_back", object=f"release:{before}", before=active, after=before)
        with access.recorded(line):
            releases.roll_back(who=by.account.id, at=access.now())
        return seen()

    return routes


def compared(old: str, new: str, before: tree.Files, after: tree.Files) -> Difference:
    """Files and lines that differ."""
    found = [{"path": each.path, "kind": each.kind, "lines": each.lines} for each in tree.differences(before, after)]
    return Difference.model_validate({"old": old, "new": new, "files": found})


def release_view(studio: Studio[Any], release: Release, active: str, named: Callable[[str], str | None]) -> ReleaseView:
    """A release, with the name of whoever made it."""
    return ReleaseView(
        id=release.id, who=release.who, name=named(release.who), why=release.why, at=release.at, rasa=release.rasa, model=release.model,
        parent=release.parent, broken=release.broken, active=release.id == active, trained=studio.releases.model(release.id).is_file(),
    )  # fmt: skip


def _shipped(studio: Studio[Any], active: str) -> ReleaseView:
    model = studio.releases.model(SHIPPED)
    return ReleaseView(
        id=SHIPPED, who=SHIPPED, name=SHIPPED, why="", at=None, rasa="", model=model.name.partition(".")[0], parent=None, broken=(),
        active=active == SHIPPED, trained=model.is_file(),
    )  # fmt: skip
