"""Greetings, thanks, and what people say to a machine besides questions."""

from assistant.answers.context import Context, Slots
from assistant.answers.models import Answer
from assistant.answers.robot import tiles


def greet(context: Context, slots: Slots) -> Answer:
    """A greeting, with what can be asked."""
    return _said(context, "utter_smalltalk_greet")


def thanks(context: Context, slots: Slots) -> Answer:
    """An answer to thanks."""
    return Answer(replies=[context.renderer.reply(("utter_smalltalk_thanks", {}))])


def goodbye(context: Context, slots: Slots) -> Answer:
    """A goodbye."""
    return Answer(replies=[context.renderer.reply(("utter_smalltalk_goodbye", {}))], ends=True)


def how_are_you(context: Context, slots: Slots) -> Answer:
    """Thanks for asking, without feelings that a machine has not."""
    return _said(context, "utter_smalltalk_how_are_you")


def compliment(context: Context, slots: Slots) -> Answer:
    """Thanks for praise."""
    return _said(context, "utter_smalltalk_compliment")


def harassment(context: Context, slots: Slots) -> Answer:
    """A calm word, and an offer to help."""
    return _said(context, "utter_smalltalk_harassment")


def affirm(context: Context, slots: Slots) -> Answer:
    """A "yes" to no question."""
    return _said(context, "utter_smalltalk_affirm")


def deny(context: Context, slots: Slots) -> Answer:
    """A "no" that does not say what is meant."""
    return _said(context, "utter_smalltalk_deny")


def _said(context: Context, response: str) -> Answer:
    """A sentence, with what can be asked."""
    return Answer(replies=[context.renderer.reply((response, {}))], suggestions=tiles(context))
