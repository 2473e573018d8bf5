"""What a ride costs, by the fares of the feed; all else about tickets in the station's own words."""

import re
from dataclasses import dataclass

from assistant.answers.context import Context, Slots, ask, choices, slots_of
from assistant.answers.facilities import SALES, price_tile
from assistant.answers.facts import Subject
from assistant.answers.models import Answer, Missed, row
from assistant.answers.money import Money
from assistant.answers.renderer import Phrase
from assistant.answers.staff_help import HELPERS
from assistant.answers.timetable import already_here, destination_tiles, subjects
from assistant.conversation.models import SlotValue, Suggestion, TextCard
from assistant.knowledge.models import Fare, Match
from assistant.unanswered.models import Kind, NameKind

NAMED = 3
"""Most prices that are said; the card has all."""


def price(context: Context, slots: Slots) -> Answer:
    """The price of a ride to a place, by line where it differs."""
    meant = subjects(context, slots, "tickets_fares_price")
    if isinstance(meant, Answer):
        return meant
    to = meant.get("destination")
    if to is None:
        return choices(context, "utter_tickets_fares_ask", destination_tiles(context, slots, "tickets_fares_price"), "destination")
    if here := already_here(context, meant):
        return here
    ids = {kind: match.id for kind, match in meant.items()}
    fares = context.knowledge.fares(origin=ids.get("origin"), destination=to.id, line=ids.get("line"))
    party = _party(slots)
    known = [*slots_of(meant), *([SlotValue(type="count", value=str(party.travellers), id=slots["count"])] if party else [])]
    if not fares or context.knowledge.expired(context.now) == "expired":
        reply = context.renderer.reply(("utter_tickets_fares_unknown", {"destination": to.name}))
        missed = None if fares else Missed(kind=Kind.NOT_TOLD, of=NameKind.STOP, id=to.id)
        return Answer(replies=[reply], suggestions=_office(context), slots=known, missed=missed)
    card = TextCard(
        title=context.renderer.text("utter_tickets_fares_title", destination=to.name), lines=[_line(context, fare) for fare in fares]
    )
    return Answer(
        replies=[context.renderer.reply(*_say(context, fares, to), *_say_party(context, fares, party), card=card)], slots=known,
        sources=[row(fare.source) for fare in fares],
        suggestions=[
            context.renderer.suggestion("utter_suggest_departures", ask("timetable_next_departures", destination=to.id)), *_office(context),
        ],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Party:
    """Who travels."""

    adults: int
    children: int

    @property
    def travellers(self) -> int:
        """All together."""
        return self.adults + self.children


def _party(slots: Slots) -> Party | None:
    """How many travel, where that was said: "2+1" are two adults and a child."""
    match = re.fullmatch(r"(\d{1,2})\+(\d{1,2})", slots.get("count", ""))
    return Party(int(match[1]), int(match[2])) if match else None


def _say_party(context: Context, fares: list[Fare], party: Party | None) -> list[Phrase]:
    """The price for several, where there is one price; and that the feed knows no reduced fares, where a child travels."""
    if party is None or party.travellers < 2:
        return []
    phrases: list[Phrase] = []
    if len({_money(fare) for fare in fares}) == 1:
        total = Money(fares[0].price * party.travellers, fares[0].currency)
        phrases.append(("utter_tickets_fares_party", {"count": party.travellers, "price": total}))
    if party.children:
        told = context.knowledge.fact("discounts", context.language)
        phrases.append(("utter_facilities_fact", {"text": told.text}) if told else ("utter_tickets_fares_no_child", {}))
    return phrases


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


buy = Subject(facts=("tickets",), unknown="utter_tickets_fares_buy_unknown", places=SALES, place_answers=True,
    tiles=lambda context: [price_tile(context)],
).tell
"""How to buy a ticket, and where the nearest office or machine is."""
payment = Subject(facts=("payment",), unknown="utter_tickets_fares_payment_unknown").tell
"""How one can pay."""
discounts = Subject(facts=("discounts",), unknown="utter_tickets_fares_discounts_unknown").tell
"""Reduced fares."""
passes = Subject(facts=("passes",), unknown="utter_tickets_fares_passes_unknown").tell
"""Passes and travel cards."""
refund = Subject(facts=("refunds",), unknown="utter_tickets_fares_refund_unknown").tell
"""Money back for a ticket, or another one for it."""
validity = Subject(facts=("ticket_validity",), unknown="utter_tickets_fares_validity_unknown").tell
"""How long and on which trains a ticket holds."""
gate = Subject(
    facts=("gates",), unknown="utter_tickets_fares_gate_unknown", opening="utter_tickets_fares_gate_sorry",
    places=HELPERS,
).tell  # fmt: skip
"""A gate or machine that does not do what it should: who helps, and where they are."""
reservation = Subject(facts=("reservations",), unknown="utter_tickets_fares_reservation_unknown").tell
"""Reserved seats and first class."""
