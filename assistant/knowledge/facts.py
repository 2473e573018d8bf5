"""What a station may say in its own words, besides its places: the keys of `facts` in the station file."""

from assistant.knowledge.categories import categories

SUBJECTS = {
    "assembly_point": "where people gather after they have left the station in an alarm",
    "assistance": "help with getting on and off, and other help for people who need some",
    "complaints": "how and where to complain, give feedback or praise",
    "contact": "customer service: e-mail, address, hours",
    "defects": "whom to tell of what is dirty, broken or leaking",
    "delays": "compensation, and what to do when a delay made somebody miss a train",
    "discounts": "reduced fares, and who gets them",
    "gates": "what to do at a gate that does not open, or when a machine keeps card or money",
    "hearing": "induction loops, sign language, written announcements",
    "luggage_allowance": "how much luggage may be on the train, and what may not",
    "passes": "day, week, month and tourist passes; travel cards",
    "payment": "how one can pay",
    "pets": "dogs and other animals, on trains and in the station",
    "porters": "who carries luggage, trolleys to borrow",
    "refunds": "money back for a ticket, changing it",
    "reservations": "reserved seats, first class",
    "sight": "tactile paths, braille, guide dogs, guidance",
    "ticket_validity": "how long and on which trains a ticket holds, peak times",
    "tickets": "how and until when to buy a ticket, which one is needed",
}
"""Subject → what is written there; a kind of place is a subject too."""

TOPICS = frozenset({*categories(), *SUBJECTS})
"""Every key that `facts` may have."""
