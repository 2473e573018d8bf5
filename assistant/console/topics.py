"""Topics of a draft: what people say and what is replied, language by language."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Header, Path, Response
from fastapi.responses import JSONResponse
from pydantic import Field

from assistant.accounts.models import Change, Visitor
from assistant.console.door import Door, Key
from assistant.console.drafts import names
from assistant.content import editing
from assistant.content import topics as content
from assistant.content.drafts import Edit
from assistant.content.studio import Studio
from assistant.conversation.models import Problem, Wire
from assistant.errors import AssistantError, Stale

TopicName = Annotated[str, Path(pattern=r"^_?[a-z][a-z0-9_]{0,63}$")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,95}$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$")]
Tag = Annotated[str, Header(alias="If-Match", pattern=r'^"[0-9a-f]{16}"$')]
Text = Annotated[str, Field(max_length=editing.LONGEST_TEXT)]
PhraseText = Annotated[str, Field(max_length=editing.LONGEST_PHRASE)]


class EditView(Wire):
    """Who changed a topic, and what of it."""

    at: datetime
    by: str
    name: str | None
    what: Sequence[str]
    """Questions and replies with their languages, as `smalltalk_greet:en`."""


class CountsView(Wire):
    """A topic in the list."""

    topic: str
    intents: int
    replies: int
    phrases: dict[str, int]
    missing: dict[str, int]
    """Replies and questions without words, by language."""
    last: EditView | None


class TopicList(Wire):
    """Every topic, by name."""

    languages: Sequence[str]
    topics: Sequence[CountsView]


class WordsView(Wire):
    """A reply in one language."""

    text: Annotated[Text, Field(min_length=1)]
    speech: Text | None = None
    """What is said instead of `text`."""
    say: Text | None = None


class TopicView(Wire):
    """One topic, its languages side by side."""

    topic: str
    tag: str
    """What `ETag` says too; an edit shows it as `If-Match`."""
    languages: Sequence[str]
    intents: dict[str, dict[str, list[str]]]
    """Question → language → phrases."""
    replies: dict[str, dict[str, WordsView]]
    placeholders: dict[str, list[str]]
    edits: Sequence[EditView]
    """The newest last."""


class ChangedTopic(Wire):
    """What is to be otherwise; what is left out stays."""

    intents: dict[Name, dict[Language, Annotated[list[PhraseText], Field(max_length=editing.MOST_PHRASES)]]] = Field(
        default_factory=dict, max_length=200
    )
    replies: dict[Name, dict[Language, WordsView]] = Field(default_factory=dict, max_length=400)


class StaleProblem(Problem):
    """Who has changed what since; the topic is to be read again."""

    edits: list[EditView]


def router(door: Door, studio: Studio[Any]) -> APIRouter:
    """The routes of `/drafts/{id}/topics`."""
    routes, access, topics = APIRouter(prefix="/drafts/{draft_id}/topics", tags=["drafts"]), door.access, studio.topics

    @routes.get("", dependencies=[Depends(door.viewer)])
    def listed(draft_id: Key) -> TopicList:
        """Every topic, with what is missing."""
        named = names(access)
        return TopicList(languages=topics.languages(draft_id), topics=[_counts(each, named) for each in topics.listed(draft_id)])

    @routes.get("/{topic}", dependencies=[Depends(door.viewer)])
    def one(draft_id: Key, topic: TopicName, response: Response) -> TopicView:
        """One topic; its `ETag` is what an edit has to show."""
        return shown(draft_id, topics.read(draft_id, topic), response)

    @routes.put("/{topic}", response_model=TopicView, responses={412: {"model": StaleProblem}})
    def change(
        draft_id: Key, topic: TopicName, by: Annotated[Visitor, Depends(door.editor)], to: Annotated[ChangedTopic, Body()], tag: Tag,
        response: Response,
    ) -> Any:  # fmt: skip
        """Changes a topic that is still as it was read; else says who changed what, and overwrites nothing."""
        wanted = content.Change(phrases=to.intents, words={
            reply: {language: _words(words) for language, words in by_language.items()} for reply, by_language in to.replies.items()
        })  # fmt: skip
        before = tag.strip('"')
        try:
            now = topics.read(draft_id, topic)
            line = Change(actor=by.account.id, action="topic.changed", object=f"draft:{draft_id}:{topic}", before=before)
            with access.recorded(line):
                now = topics.write(draft_id, topic, wanted, before, by=by.account.id, at=access.now())
        except Stale as error:
            return stale(draft_id, topic, before, error)
        return shown(draft_id, now, response)

    def shown(draft: str, topic: content.Topic, response: Response) -> TopicView:
        response.headers["ETag"] = f'"{topic.tag}"'
        named = names(access)
        replies = {reply: {language: _words_view(words) for language, words in of.items()} for reply, of in topic.replies.items()}
        return TopicView(
            topic=topic.topic, tag=topic.tag, languages=topic.languages, intents=topic.intents, replies=replies,
            placeholders=topic.placeholders, edits=[edit_view(edit, named) for edit in topics.edits(draft, topic.topic)[-10:]],
        )  # fmt: skip

    def stale(draft: str, topic: str, since: str, error: AssistantError) -> JSONResponse:
        named = names(access)
        edits = [edit_view(edit, named) for edit in topics.edits(draft, topic, since)]
        document = StaleProblem(title="Changed meanwhile", status=error.status, code=error.code, detail=error.message, edits=edits)
        return JSONResponse(document.model_dump(mode="json"), error.status, media_type="application/problem+json")

    return routes


def edit_view(edit: Edit, named: Callable[[str], str | None]) -> EditView:
    """An edit, with the name of whoever made it."""
    return EditView(at=edit.at, by=edit.by, name=named(edit.by), what=edit.what)


def _counts(counts: content.Counts, named: Callable[[str], str | None]) -> CountsView:
    return CountsView(
        topic=counts.topic, intents=counts.intents, replies=counts.replies, phrases=counts.phrases, missing=counts.missing,
        last=edit_view(counts.last, named) if counts.last else None,
    )  # fmt: skip


def _words(words: WordsView) -> content.Words:
    return content.Words(text=words.text, speech=words.speech or None, say=words.say or None)


def _words_view(words: content.Words) -> WordsView:
    return WordsView.model_construct(text=words.text, speech=words.speech, say=words.say)  # a file may hold what no edit may bring
