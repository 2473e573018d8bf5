"""Luggage: storing it, taking it along, having it carried; bicycles and animals on trains."""

from assistant.answers.facts import Subject

storage = Subject(facts=("luggage",), unknown="utter_luggage_storage_unknown", places=("luggage",), hours=True).tell
"""Prices, sizes and rules of lockers, and where they are."""
allowance = Subject(facts=("luggage_allowance",), unknown="utter_luggage_allowance_unknown").tell
"""What may be taken along."""
bicycle = Subject(facts=("bike",), unknown="utter_luggage_bicycle_unknown", places=("bike",)).tell
"""Bicycles on trains, and where they can be left."""
pets = Subject(facts=("pets",), unknown="utter_luggage_pets_unknown").tell
"""Animals on trains and in the station."""
carrying = Subject(facts=("porters",), unknown="utter_luggage_help_unknown").tell
"""Somebody to carry luggage, or something to put it on."""
