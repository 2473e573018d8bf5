"""Telling staff what a traveller reports: what kind of thing, where and when; never a word of who said it."""

from assistant.answers.context import Context, Slots, resolve
from assistant.answers.platforms import platform_code
from assistant.answers.renderer import Phrase
from assistant.reports.models import ReportKind


def told(context: Context, kind: ReportKind, slots: Slots) -> list[Phrase]:
    """Files a report and says its number; that staff are being told is said only where somebody takes it."""
    receipt = context.reporter.file(kind, context.conversation, _place(context, slots))
    if receipt.number is None:
        return []
    return [("utter_emergency_told" if receipt.told else "utter_emergency_noted", {"number": receipt.number})]


def _place(context: Context, slots: Slots) -> str | None:
    """Id of the place or platform that was named; None, which means here, where none is clear."""
    if code := platform_code(slots.get("platform", "")):
        platforms = context.knowledge.platforms(code, context.language)
        return platforms[0].id if len(platforms) == 1 else None
    match = resolve(context, slots["place"], {"place"}).match if slots.get("place") else None
    return match.id if match and match.kind == "place" else None
