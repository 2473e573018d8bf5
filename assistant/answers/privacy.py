"""What this machine records: nothing of people."""

from assistant.answers.context import Context, Slots
from assistant.answers.models import Answer
from assistant.conversation.models import SourceRow, TextCard

LINES = ("microphone", "camera", "network", "forget")


def record(context: Context, slots: Slots) -> Answer:
    """The spoken form of the transparency record."""
    renderer = context.renderer
    lines = [renderer.text(f"utter_privacy_line_{line}") for line in LINES]
    card = TextCard(title=renderer.text("utter_privacy_title"), lines=lines)
    source = SourceRow(kind="record", table="transparency", key="record", as_of=context.now.date().isoformat())
    return Answer(replies=[renderer.reply(("utter_privacy_record", {}), card=card)], sources=[source])
