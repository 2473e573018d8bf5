"""The station file of a draft, section by section: places, alert rules, sensors, facts and languages."""

from collections.abc import Callable
from typing import Annotated, Any, Literal, get_args

from fastapi import APIRouter, Body, Depends, Path, Response
from fastapi.responses import JSONResponse
from pydantic import Field

from assistant.accounts.models import Change, Visitor
from assistant.answers.desk import Desk
from assistant.console.door import Door, Key
from assistant.console.drafts import names
from assistant.console.topics import StaleProblem, Tag, edit_view
from assistant.content.pronunciations import TOPIC
from assistant.content.station import MOST, Station, StationFile, Terms
from assistant.content.studio import Studio
from assistant.conversation.models import Problem, Wire
from assistant.environment.rules.schedule import is_hours
from assistant.errors import Stale, StationWrong
from assistant.knowledge.categories import categories
from assistant.knowledge.facts import SUBJECTS, TOPICS
from assistant.settings.sensing import Quantity

type Section = Literal["places", "rules", "sensors"]
EntryId = Annotated[str, Path(min_length=1, max_length=100)]
Code = Annotated[str, Field(max_length=100)]
Entry = Annotated[dict[str, Any], Body()]


class LevelChoice(Wire):
    """A level that something can be on."""

    id: str
    name: dict[str, str]


class Choices(Wire):
    """What can be chosen in the fields of entries."""

    categories: list[str]
    levels: list[LevelChoice]
    """Of the draft, and of the timetable in use."""
    subjects: list[str]
    """Of facts; every category is one too."""
    quantities: list[str]


class StationView(Wire):
    """What of a draft's station file can be edited; entries by the keys of docs/reference/station-file.md."""

    tag: str
    """What `ETag` says too; an edit shows it as `If-Match`."""
    languages: list[str]
    places: list[dict[str, Any]]
    rules: list[dict[str, Any]]
    sensors: list[dict[str, Any]]
    facts: dict[str, dict[str, str]]
    choices: Choices


class SaidFacts(Wire):
    """Subject → language ("" for any) → what is said."""

    facts: Annotated[dict[Code, dict[Code, str]], Field(max_length=MOST)]


class SpokenLanguages(Wire):
    """The languages of the kiosk, its own first."""

    languages: Annotated[list[Code], Field(max_length=100)]


class WrongProblem(Problem):
    """An entry cannot be so."""

    field: str | None = None
    """The place in the entry, as `alert.headline.en`."""


REFUSALS: dict[int | str, dict[str, Any]] = {412: {"model": StaleProblem}, 422: {"model": WrongProblem}}


def router(door: Door, studio: Studio[Any], desk: Desk) -> APIRouter:
    """The routes of `/drafts/{id}/station`."""
    routes, access, drafts = APIRouter(prefix="/drafts/{draft_id}/station", tags=["drafts"]), door.access, studio.drafts
    file = StationFile(drafts, Terms(categories=categories(), subjects=TOPICS, is_hours=is_hours))
    editor = Depends(door.editor)

    @routes.get("", dependencies=[Depends(door.viewer)])
    def read(draft_id: Key, response: Response) -> StationView:
        """Places, alert rules, sensors, facts and languages of a draft; its `ETag` is what an edit has to show."""
        return shown(file.read(draft_id), response)

    @routes.put("/facts", response_model=StationView, responses=REFUSALS)
    def facts(draft_id: Key, by: Annotated[Visitor, editor], to: Annotated[SaidFacts, Body()], tag: Tag, response: Response) -> Any:
        """Exactly these facts from now on, where the station file is still as it was read."""
        return changed(draft_id, "facts", by, tag, response, lambda tag: file.put_facts(
            draft_id, to.facts, tag, by=by.account.id, at=access.now()
        ))  # fmt: skip

    @routes.put("/languages", response_model=StationView, responses=REFUSALS)
    def languages(
        draft_id: Key, by: Annotated[Visitor, editor], to: Annotated[SpokenLanguages, Body()], tag: Tag, response: Response
    ) -> Any:
        """The languages of the kiosk, where the station file is still as it was read."""
        return changed(draft_id, "languages", by, tag, response, lambda tag: file.put_languages(
            draft_id, to.languages, tag, by=by.account.id, at=access.now()
        ))  # fmt: skip

    @routes.put("/{section}/{entry_id}", response_model=StationView, responses=REFUSALS)
    def put(
        draft_id: Key, section: Section, entry_id: EntryId, by: Annotated[Visitor, editor], to: Entry, tag: Tag, response: Response
    ) -> Any:
        """Makes an entry, or puts it in the place of the one of this id, where the station file is still as it was read."""
        return changed(draft_id, section, by, tag, response, lambda tag: file.put(
            draft_id, section, entry_id, to, tag, by=by.account.id, at=access.now()
        ))  # fmt: skip

    @routes.delete("/{section}/{entry_id}", response_model=StationView, responses=REFUSALS)
    def remove(
        draft_id: Key, section: Section, entry_id: EntryId, by: Annotated[Visitor, editor], tag: Tag, response: Response
    ) -> Any:
        """Takes an entry out, where the station file is still as it was read."""
        return changed(draft_id, section, by, tag, response, lambda tag: file.remove(
            draft_id, section, entry_id, tag, by=by.account.id, at=access.now()
        ))  # fmt: skip

    def changed(draft: str, what: str, by: Visitor, tag: str, response: Response, does: Callable[[str], Station]) -> Any:
        before = tag.strip('"')
        drafts.folder(draft)
        line = Change(actor=by.account.id, action="station.changed", object=f"draft:{draft}:{what}", before=before)
        try:
            with access.recorded(line):
                station = does(before)
        except Stale as error:
            named = names(access)
            edits = [edit_view(edit, named) for edit in studio.topics.edits(draft, TOPIC, before)]
            return _refused(StaleProblem(
                title="Changed meanwhile", status=error.status, code=error.code, detail=error.message, edits=edits,
            ))  # fmt: skip
        except StationWrong as error:
            detail = f"{error.message} ({error.hint})" if error.hint else error.message
            return _refused(WrongProblem(title="Cannot be used", status=error.status, code=error.code, detail=detail, field=error.field))
        return shown(station, response)

    def shown(station: Station, response: Response) -> StationView:
        response.headers["ETag"] = f'"{station.tag}"'
        return StationView.model_construct(
            tag=station.tag, languages=list(station.languages), facts=station.facts, choices=_choices(station, desk),
            places=station.entries["places"], rules=station.entries["rules"], sensors=station.entries["sensors"],
        )  # fmt: skip

    return routes


def _refused(document: Problem) -> JSONResponse:
    return JSONResponse(document.model_dump(mode="json"), document.status, media_type="application/problem+json")


def _choices(station: Station, desk: Desk) -> Choices:
    levels = {level.id: dict(level.name) for level in station.levels}
    knowledge = desk.context(desk.languages[0]).knowledge
    for level in knowledge.levels():
        named = {language: knowledge.level_plan(level, language).name or level for language in desk.languages}
        levels.setdefault(level, named)
    return Choices(
        categories=list(categories()), levels=[LevelChoice(id=level, name=name) for level, name in levels.items()],
        subjects=sorted({*SUBJECTS, *categories()}), quantities=list(get_args(Quantity)),
    )  # fmt: skip
