"""How names are said, in a draft."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Response
from fastapi.responses import JSONResponse
from pydantic import Field

from assistant.accounts.models import Change, Visitor
from assistant.console.door import Door, Key
from assistant.console.drafts import names
from assistant.console.topics import Language, StaleProblem, Tag, edit_view
from assistant.content import pronunciations
from assistant.content.studio import Studio
from assistant.conversation.models import Wire
from assistant.errors import Stale

Line = Annotated[str, Field(max_length=pronunciations.LONGEST)]
Of = Annotated[str, Field(pattern=r"^$")] | Language
"""A language; "" for any."""


class SaidNames(Wire):
    """Name as it is written → language ("" for any) → how it is said."""

    names: Annotated[dict[Line, dict[Of, Line]], Field(max_length=pronunciations.MOST)]


class SaidNamesView(SaidNames):
    """All of a draft."""

    tag: str
    languages: list[str]


def router(door: Door, studio: Studio[Any]) -> APIRouter:
    """The routes of `/drafts/{id}/pronunciations`."""
    routes, access, drafts = APIRouter(prefix="/drafts/{draft_id}/pronunciations", tags=["drafts"]), door.access, studio.drafts

    @routes.get("", dependencies=[Depends(door.viewer)])
    def read(draft_id: Key, response: Response) -> SaidNamesView:
        """Every name of the draft's own; its `ETag` is what an edit has to show."""
        return shown(draft_id, pronunciations.read(drafts, draft_id), response)

    @routes.put("", response_model=SaidNamesView, responses={412: {"model": StaleProblem}})
    def change(
        draft_id: Key, by: Annotated[Visitor, Depends(door.editor)], to: Annotated[SaidNames, Body()], tag: Tag, response: Response
    ) -> Any:
        """Exactly these names from now on, where the station file is still as it was read."""
        before = tag.strip('"')
        line = Change(actor=by.account.id, action="station.changed", object=f"draft:{draft_id}:pronunciations", before=before)
        drafts.folder(draft_id)
        try:
            with access.recorded(line):
                said = pronunciations.write(drafts, draft_id, to.names, before, by=by.account.id, at=access.now())
        except Stale as error:
            named = names(access)
            edits = [edit_view(edit, named) for edit in studio.topics.edits(draft_id, pronunciations.TOPIC, before)]
            document = StaleProblem(title="Changed meanwhile", status=error.status, code=error.code, detail=error.message, edits=edits)
            return JSONResponse(document.model_dump(mode="json"), error.status, media_type="application/problem+json")
        return shown(draft_id, said, response)

    def shown(draft: str, said: pronunciations.Said, response: Response) -> SaidNamesView:
        response.headers["ETag"] = f'"{said.tag}"'
        return SaidNamesView.model_construct(names=said.names, tag=said.tag, languages=list(studio.topics.languages(draft)))

    return routes
