"""Honest answers where nothing fits."""

from collections.abc import Sequence

from assistant.answers.context import Context, Slots
from assistant.answers.models import Answer, Missed
from assistant.answers.robot import tiles
from assistant.conversation.models import ChoicesCard, Suggestion
from assistant.unanswered.models import Kind


def unknown(context: Context, slots: Slots) -> Answer:
    """What was asked is not known here; what is known is offered."""
    return _offer(context, "utter_fallback_unknown").model_copy(update={"missed": Missed(kind=Kind.NOT_UNDERSTOOD)})


def dialogue_down(context: Context) -> Answer:
    """Sentences cannot be understood at the moment; touch works."""
    return _offer(context, "utter_dialogue_down")


def _offer(context: Context, response: str) -> Answer:
    offered = tiles(context)
    card = ChoicesCard(title=context.renderer.text("utter_fallback_title"), choices=offered)
    return Answer(replies=[context.renderer.reply((response, {}), card=card)], suggestions=offered)


def unsure(context: Context, texts: Sequence[str]) -> Answer:
    """What was perhaps said, to be touched."""
    heard = [Suggestion(label=text, say=text) for text in texts]
    card = ChoicesCard(title=context.renderer.text("utter_fallback_unsure_title"), choices=heard)
    return Answer(replies=[context.renderer.reply(("utter_fallback_unsure", {}), card=card)], suggestions=[*heard, *tiles(context)])
