"""Honest answers where nothing fits."""

from assistant.answers.context import Context, Slots
from assistant.answers.models import Answer
from assistant.answers.robot import tiles
from assistant.conversation.models import ChoicesCard


def unknown(context: Context, slots: Slots) -> Answer:
    """What was asked is not known here; what is known is offered."""
    return _offer(context, "utter_fallback_unknown")


def dialogue_down(context: Context) -> Answer:
    """Sentences cannot be understood at the moment; touch works."""
    return _offer(context, "utter_dialogue_down")


def _offer(context: Context, response: str) -> Answer:
    offered = tiles(context)
    card = ChoicesCard(title=context.renderer.text("utter_fallback_title"), choices=offered)
    return Answer(replies=[context.renderer.reply((response, {}), card=card)], suggestions=offered)
