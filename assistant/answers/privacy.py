"""What this machine records, sees and passes on: nothing of people."""

from assistant.answers.context import Context, Slots, ask
from assistant.answers.models import Answer
from assistant.answers.renderer import Phrase
from assistant.answers.robot import transparency
from assistant.conversation.models import TextCard

LINES = ("microphone", "camera", "network", "forget")


def record(context: Context, slots: Slots) -> Answer:
    """The spoken form of the transparency record."""
    renderer = context.renderer
    card = TextCard(title=renderer.text("utter_privacy_title"), lines=lines(context))
    return Answer(replies=[renderer.reply(("utter_privacy_record", {}), card=card)], sources=[transparency(context)])


def lines(context: Context) -> list[str]:
    """What is recorded, seen and passed on, a sentence each."""
    return [context.renderer.text(f"utter_privacy_line_{line}") for line in LINES]


def camera(context: Context, slots: Slots) -> Answer:
    """That there is none in this machine; of the station's own cameras nothing is known here."""
    tiles = [
        context.renderer.suggestion("utter_suggest_privacy", ask("privacy_record")),
        context.renderer.suggestion("utter_suggest_staff", ask("staff_help_request")),
    ]
    return Answer(replies=[context.renderer.reply(("utter_privacy_camera", {}))], suggestions=tiles, sources=[transparency(context)])


def delete(context: Context, slots: Slots) -> Answer:
    """Wipes the conversation and says so."""
    return Answer(replies=[context.renderer.reply(("utter_privacy_delete", {}))], ends=True)


def sharing(context: Context, slots: Slots) -> Answer:
    """That nobody gets what is said, and what this machine is connected to."""
    renderer = context.renderer
    things = [renderer.text(f"utter_privacy_peer_{peer}") for peer in _peers(context)]
    connected: Phrase = ("utter_privacy_connected", {"things": things}) if things else ("utter_privacy_unconnected", {})
    phrases: list[Phrase] = [("utter_privacy_sharing", {}), connected]
    if context.settings.mqtt.reports is not None:
        phrases.append(("utter_privacy_reports", {}))
    tiles = [renderer.suggestion("utter_suggest_privacy", ask("privacy_record"))]
    return Answer(replies=[renderer.reply(*phrases)], suggestions=tiles, sources=[transparency(context)])


def _peers(context: Context) -> list[str]:
    """What comes over the network, as the station file sets it."""
    settings = context.settings
    live = (settings.realtime.trip_updates, settings.realtime.alerts)
    found = {
        "feed": settings.feed.url is not None,
        "realtime": any(source and source.startswith("http") for source in live),
        "broker": settings.mqtt.host is not None,
    }
    return [peer for peer, configured in found.items() if configured]
