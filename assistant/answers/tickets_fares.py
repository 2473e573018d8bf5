"""What a ride costs, by the fares of the feed."""

from assistant.answers.context import Context, Slots, ask, choices, slots_of
from assistant.answers.models import Answer, row
from assistant.answers.money import Money
from assistant.answers.renderer import Phrase
from assistant.answers.timetable import already_here, destination_tiles, subjects
from assistant.conversation.models import Suggestion, TextCard
from assistant.knowledge.models import Fare, Match

NAMED = 3
"""Most prices that are said; the card has all."""



def price(context: Context, slots: Slots) -> Answer:
    """The price of a ride to a place, by line where it differs."""
    meant = subjects(context, slots, "tickets_fares_price")
    if isinstance(meant, Answer):
        return meant
    to = meant.get("destination")
    if to is None:
        return choices(context, "utter_tickets_fares_ask", destination_tiles(context, slots, "tickets_fares_price"))
    if here := already_here(context, meant):
        return here
    ids = {kind: match.id for kind, match in meant.items()}
    fares = context.knowledge.fares(origin=ids.get("origin"), destination=to.id, line=ids.get("line"))
    known = slots_of(meant)
    if not fares or context.knowledge.expired(context.now) == "expired":
        reply = context.renderer.reply(("utter_tickets_fares_unknown", {"destination": to.name}))
        return Answer(replies=[reply], suggestions=_office(context), slots=known)
    card = TextCard(
        title=context.renderer.text("utter_tickets_fares_title", destination=to.name), lines=[_line(context, fare) for fare in fares]
    )
    return Answer(
        replies=[context.renderer.reply(*_say(context, fares, to), card=card)], slots=known, sources=[row(fare.source) for fare in fares],
        suggestions=[
            context.renderer.suggestion("utter_suggest_departures", ask("timetable_next_departures", destination=to.id)), *_office(context),
        ],
    )  # fmt: skip


def _say(context: Context, fares: list[Fare], to: Match) -> list[Phrase]:
    values: dict[str, object] = {"destination": to.name, "price": _money(fares[0])}
    if len({_money(fare) for fare in fares}) == 1:
        phrases: list[Phrase] = [("utter_tickets_fares_price", values)]
    elif all(_lines(context, fare) for fare in fares) and len(fares) <= NAMED and _apart(fares):
        phrases = [("utter_tickets_fares_by_line", values | {"lines": _lines(context, fares[0])})]
        phrases += [("utter_tickets_fares_other", {"price": _money(fare), "lines": _lines(context, fare)}) for fare in fares[1:]]
    else:
        phrases = [("utter_tickets_fares_from", values | {"most": _money(fares[-1])})]
    if len({fare.on_board for fare in fares}) == 1:
        phrases.append(("utter_tickets_fares_on_board" if fares[0].on_board else "utter_tickets_fares_before", {}))
    return phrases


def _line(context: Context, fare: Fare) -> str:
    name = "utter_tickets_fares_line" if fare.routes else "utter_tickets_fares_any"
    return context.renderer.text(name, price=_money(fare), lines=_lines(context, fare))


def _lines(context: Context, fare: Fare) -> list[str]:
    lines = (context.knowledge.line(route_id, context.language) for route_id in fare.routes)
    return list(dict.fromkeys(line.name for line in lines if line))


def _apart(fares: list[Fare]) -> bool:
    """Whether every line has one price."""
    routes = [route for fare in fares for route in fare.routes]
    return len(routes) == len(set(routes))


def _money(fare: Fare) -> Money:
    return Money(fare.price, fare.currency)


def _office(context: Context) -> list[Suggestion]:
    """Where tickets are sold, if the station says so."""
    if not context.knowledge.places(category="ticket_office", at=context.now, language=context.language, limit=1):
        return []
    return [context.renderer.suggestion("utter_suggest_tickets", ask("facilities_find", place="ticket_office"))]
