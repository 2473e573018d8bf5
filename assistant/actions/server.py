"""Rasa's action server and NLG server: a port of its own on loopback, open only to who knows the secret of this start."""

import hmac
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.actions.forms import FORMS, Form, names_the_unknown, said_or_heard, set_slot, stale, validate
from assistant.actions.models import ActionCall, ActionResult, NlgCall, Tracker
from assistant.answers.desk import ANSWERS, Desk
from assistant.answers.models import Answer
from assistant.conversation.followups import FOLLOW_UPS, Asking
from assistant.conversation.memory import NOTHING, Memory, question

REPORTED = ("emergency_", "complaints_defect")
"""Topics that staff are told of: only what the newest message names is about it."""
WITHOUT_FORM = ("trains_", "tickets_fares_price", "timetable_frequency")
"""Topics whose questions are answered with what the newest message names first."""


class Guard:
    """Lets in who knows the secret; of anybody else's request nothing but the headers is read."""

    def __init__(self, app: ASGIApp, secret: str) -> None:
        self._app, self._expected = app, f"Bearer {secret}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        given = Headers(scope=scope).get("authorization", "").encode()
        app = self._app if hmac.compare_digest(given, self._expected) else Response(status_code=401)
        await app(scope, receive, send)


def create_app(desk: Desk, secret: str, memory: Callable[[str], Memory] = lambda conversation: NOTHING) -> FastAPI:
    """The application that Rasa calls back; `memory` is what a conversation remembers, by its id."""

    app = FastAPI(openapi_url=None)
    app.add_middleware(Guard, secret=secret)

    @app.post("/webhook")
    async def webhook(call: ActionCall) -> ActionResult:
        """Runs a custom action."""
        return run(desk, call.next_action, call.tracker, memory(call.tracker.sender_id))

    @app.post("/nlg")
    async def nlg(call: NlgCall) -> dict[str, Any]:
        """Words a plain response; Rasa never fills a template itself."""
        tracker = call.tracker
        asking = Asking(desk, memory(tracker.sender_id), tracker.latest_message.language, tracker.sender_id)
        if call.response not in desk.responses or call.response == "utter_default":  # no rule knows how to go on
            answer = asking.waiting() or asking.unknown(tracker.latest_message.text)
        else:
            answer = asking.plain(lambda context: Answer(replies=[context.renderer.reply((call.response, {}))]))
        return {"custom": answer.model_dump(mode="json")}

    return app


def run(desk: Desk, action: str, tracker: Tracker, memory: Memory = NOTHING) -> ActionResult:
    """One custom action: a validation, a form's question, or an answer."""
    language = tracker.latest_message.language
    asking = Asking(desk, memory, language, tracker.sender_id)
    kind, _, name = action.partition("_")
    if kind == "validate" and name in FORMS:
        return ActionResult(events=validate(name, tracker, desk.context(language), memory))
    if form := _asked_by(action):
        known = tracker.known()
        slots = known | said_or_heard(form, desk.context(language), tracker)
        answer = desk.timed(form.not_here if names_the_unknown(form, slots, tracker) else form.question, slots, language)
        return _result(answer.model_copy(update={"asked": question(form.intent, known)}))
    if name.startswith(WITHOUT_FORM):
        old = stale(tracker)
        slots = {slot: said for slot, said in tracker.known().items() if slot not in old} | tracker.says("destination")
        result = _result(asking.answer(name, slots, tracker.said_now()))
        return ActionResult(events=[*(set_slot(slot, None) for slot in sorted(old)), *result.events], responses=result.responses)
    if name in ANSWERS or name in FOLLOW_UPS:
        return _result(asking.answer(name, _slots(name, tracker), tracker.said_now()))
    unsure = tracker.latest_message.intent.get("name") == "nlu_fallback"
    return _result(asking.unknown(tracker.latest_message.text if unsure else ""))


def _asked_by(action: str) -> Form | None:
    return next((form for name, form in FORMS.items() if action == f"action_ask_{name}_{form.slot}"), None)


def _slots(intent: str, tracker: Tracker) -> dict[str, str]:
    """What the answer may use: an elliptic question takes over only what it does not name itself."""
    known = tracker.known()
    if intent.startswith(REPORTED):
        return tracker.said_now()
    if intent == "timetable_anywhere":
        return {}
    if intent == "timetable_inform" and tracker.named_now() & {"stop", "destination"}:
        kept = {name: value for name, value in known.items() if name not in {"line", "origin"} or name in tracker.named_now()}
        return kept | tracker.says("destination")
    return known


def _result(answer: Answer) -> ActionResult:
    """An answer as Rasa's protocol carries it; a time that it did not use is forgotten, a place that it told of is known."""
    events = [set_slot("time", None)] if "depart_at" in answer.forgets else []
    events += [set_slot("place", value.id or value.value) for value in answer.slots if value.type == "place"]
    return ActionResult(events=events, responses=[{"custom": answer.model_dump(mode="json")}])
