"""Greetings and thanks."""

from assistant.answers.context import Context, Slots
from assistant.answers.models import Answer
from assistant.answers.robot import tiles


def greet(context: Context, slots: Slots) -> Answer:
    """A greeting, with what can be asked."""
    return Answer(replies=[context.renderer.reply(("utter_smalltalk_greet", {}))], suggestions=tiles(context))


def thanks(context: Context, slots: Slots) -> Answer:
    """An answer to thanks."""
    return Answer(replies=[context.renderer.reply(("utter_smalltalk_thanks", {}))])


def goodbye(context: Context, slots: Slots) -> Answer:
    """A goodbye."""
    return Answer(replies=[context.renderer.reply(("utter_smalltalk_goodbye", {}))])
