"""The ten: who they are, and five tasks each from what travellers ask most."""

from dataclasses import dataclass

from tests.people.person import Person
from tests.people.persona import Ability, Persona, Stuck
from tests.people.tasks import Act, Path, Task, by_keys, touches, touching, typing
from tests.people.voices import Voice

HUMAN = Voice()
"""Piper's voice, which a recogniser hears as it hears a person."""
CHILD = Voice(pitch=1.25)
HASTY = Voice(slowness=0.85)
ACCENT = Voice(piper=False, espeak=("-v", "fr", "-s", "130"))
"""English read with the sounds of French."""
KOREAN = Voice(piper=False, espeak=("-v", "ko", "-s", "130"))
TICKETS = ("ticket-office", "ticket-machines-hall")
FOOD = ("bakery", "cafe", "restaurant", "supermarket", "shop")
SEES = {Ability.SEE, Ability.TOUCH, Ability.SCROLL}
SEES_AND_HEARS = SEES | {Ability.HEAR}


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A person and what they came for."""

    persona: Persona
    tasks: tuple[Task, ...]


def _plugs_in(person: Person) -> None:
    person.plug_in()


BLIND = Story(
    persona=Persona(name="blind", can=frozenset({Ability.HEAR, Ability.SPEAK, Ability.KEYPAD}), voice=HUMAN, patience_s=60),
    tasks=tuple(
        Task(name=name, wanted=wanted, spoken=spoken, paths=(by_keys(*keys),), before=(_plugs_in,))
        for name, wanted, spoken, keys in (
            ("next train to the airport", lambda facts: facts.next_train("ap"),
             ("When is the next train to the airport?", "Next train to the airport"), ("Next trains",)),
            ("where the toilets are", lambda facts: facts.place("toilets-north"), ("Where are the toilets?", "Toilets, please"),
             ("Toilets",)),
            ("help from staff", lambda facts: facts.place("staff-office"), ("I need help from staff.", "Staff, please"),
             ("Help from staff",)),
            ("the air", lambda facts: facts.air(), ("How is the air here?", "What is the air quality?"), ("Air quality",)),
            ("a ticket", lambda facts: facts.one_of(*TICKETS), ("Where can I buy a ticket?", "Tickets, please"), ("Tickets",)),
        )
    ),
)  # fmt: skip


def _sets(name: str) -> Act:
    """Opens the settings, touches one, and closes them with the button that opened them, which everybody reaches."""

    def act(person: Person) -> None:
        for word in ("settings", name, "settings"):
            person.touch(person.word(word))

    return act


DEAF = Story(
    persona=Persona(name="deaf", can=frozenset(SEES | {Ability.TYPE})),
    tasks=(
        Task(name="next train to the airport", wanted=lambda facts: facts.next_train("ap"),
             paths=(touching("Next trains"), typing("next train to airport"))),
        Task(name="platform to Old Town", wanted=lambda facts: facts.platform("ot"), paths=(typing("which platform to old town"),)),
        Task(name="a lost bag", wanted=lambda facts: facts.place("lost-property"), paths=(typing("i lost my bag"),)),
        Task(name="what a ticket to the airport costs", wanted=lambda facts: facts.fare("express"),
             paths=(touching("Tickets", "What does it cost?", "Airport"), typing("ticket price to airport"))),
        Task(name="what the voice says, as captions", wanted=lambda facts: facts.place("toilets-north"), each=(_sets("captions"),),
             paths=(touching("Toilets"),), after=(lambda person: _captioned(person),)),
    ),
)  # fmt: skip


def _captioned(person: Person) -> None:
    """What is said is on the screen a second time, in words, while it sounds."""
    if not person.captioned():
        raise Stuck("no captions of what the voice says")


WHEELCHAIR = Story(
    persona=Persona(name="wheelchair", can=frozenset(SEES_AND_HEARS | {Ability.SPEAK, Ability.TYPE}), voice=HUMAN, reach=0.5),
    tasks=(
        Task(name="buttons low down, way to platform 5 without stairs", wanted=lambda facts: facts.way("hc-p5"), each=(_sets("low_reach"),),
             spoken=("How do I get to platform 5 without stairs?", "Step-free way to platform 5"),
             paths=(typing("platform 5 without stairs"),)),
        Task(name="step-free, set once", wanted=lambda facts: facts.way("hc-p5"), each=(_sets("step_free_always"),),
             spoken=("How do I get to platform 5?", "The way to platform 5"), paths=(typing("way to platform 5"),)),
        Task(name="the accessible toilet", wanted=lambda facts: facts.place("accessible-toilet"),
             spoken=("Where is the accessible toilet?", "Is there a toilet for wheelchair users?"), paths=(typing("accessible toilet"),)),
        Task(name="the lift", wanted=lambda facts: facts.place("lift-metro"), spoken=("Where is the lift?", "Is there a lift?"),
             paths=(typing("where is the lift"),)),
        Task(name="help with boarding", wanted=lambda facts: (*facts.name("staff-office"), "20 minutes"),
             spoken=("I use a wheelchair. Can somebody help me onto the train?", "I need help with boarding."),
             paths=(typing("help with boarding in a wheelchair"),)),
    ),
)  # fmt: skip


def _speaks_korean(person: Person) -> None:
    person.touch("한국어")


TOURIST = Story(
    persona=Persona(
        name="Korean tourist", language="ko", can=frozenset(SEES | {Ability.SPEAK, Ability.TYPE}), voice=KOREAN, understandable=False
    ),
    tasks=tuple(
        Task(name=name, wanted=wanted, spoken=spoken, paths=paths, each=(_speaks_korean,))
        for name, wanted, spoken, paths in (
            ("next train to the airport", lambda facts: facts.next_train("ap"), ("공항 가는 다음 열차 언제예요?",),
             (typing("공항 가는 열차"), touching("다음 열차"))),
            ("where the toilets are", lambda facts: facts.place("toilets-north"), ("화장실 어디예요?",), (touching("화장실"),)),
            ("a ticket", lambda facts: facts.one_of(*TICKETS), ("승차권은 어디서 사요?",),
             (typing("승차권은 어디서 사요?"), touching("승차권"))),
            ("where to change money", lambda facts: facts.place("currency-exchange"), ("환전소 어디예요?",), (typing("환전소"),)),
            ("the network", lambda facts: facts.told("wifi"), ("와이파이 있어요?",), (typing("와이파이"),)),
        )
    ),
)  # fmt: skip

CHILD_STORY = Story(
    persona=Persona(name="child", can=frozenset(SEES_AND_HEARS | {Ability.SPEAK}), voice=CHILD, reach=0.35, target_px=60, words=5),
    tasks=(
        Task(name="where the toilets are", wanted=lambda facts: facts.place("toilets-north"),
             spoken=("Where is the toilet?", "I need a wee."), paths=(touching("Toilets"),)),
        Task(name="something to eat", wanted=lambda facts: facts.open_now(*FOOD),
             spoken=("I am hungry.", "Where can I get something to eat?"), paths=(touching("Food and coffee"),)),
        Task(name="next train to the airport", wanted=lambda facts: facts.next_train("ap")[:2],
             spoken=("When is the train to the airport?", "Train to the airport"), paths=(touching("Next trains"),)),
        Task(name="lost the mother", wanted=lambda facts: facts.place("staff-office"), spoken=("I am lost.", "I can't find my mum."),
             paths=(touching("Help from staff"),)),
        Task(name="something to drink", wanted=lambda facts: facts.place("water-fountain"),
             spoken=("I am thirsty.", "Where can I drink some water?"), paths=(touching("Food and coffee"),)),
    ),
)  # fmt: skip

HURRIED = Story(
    persona=Persona(
        name="hurried commuter", can=frozenset(SEES_AND_HEARS | {Ability.SPEAK, Ability.TYPE}), voice=HASTY, size=(1280, 800), patience_s=20
    ),
    tasks=(
        Task(name="next train to University", wanted=lambda facts: facts.next_train("un"),
             spoken=("Next train to University?", "University!"), paths=(typing("university"),)),
        Task(name="platform to Old Town", wanted=lambda facts: facts.platform("ot"),
             spoken=("Which platform to Old Town?", "Old Town, what platform?"),
             paths=(touching("Next trains", "Old Town", "Which platform?"),)),
        Task(name="last train to the airport", wanted=lambda facts: facts.last_train("ap"),
             spoken=("Last train to the airport?", "When does the last train to the airport leave?"),
             paths=(typing("last train to airport"),)),
        Task(name="a coffee", wanted=lambda facts: facts.place("cafe-compass"), spoken=("Coffee?", "Where can I get a coffee?"),
             paths=(touching("Food and coffee"),)),
        Task(name="what a ticket to the airport costs", wanted=lambda facts: facts.fare("express"),
             spoken=("How much is a ticket to the airport?", "Price of a ticket to the airport?"),
             paths=(touching("Tickets", "What does it cost?", "Airport"),)),
    ),
)  # fmt: skip


def _quietly(*names: str) -> Path:
    """One touch, and nothing until tiles come; then those."""
    return Path(
        name="waiting",
        acts=(
            lambda person: person.touch_anywhere(),
            lambda person: person.waits_for_tiles(),
            *(touches(name) for name in names),
        ),
    )


QUIET = Story(
    persona=Persona(name="quiet", can=frozenset(SEES), touches=1),
    tasks=(
        Task(name="where the toilets are", wanted=lambda facts: facts.place("toilets-north"), paths=(_quietly("Toilets"),)),
        Task(name="a ticket", wanted=lambda facts: facts.one_of(*TICKETS), paths=(_quietly("Tickets"),)),
        Task(name="help from staff", wanted=lambda facts: facts.place("staff-office"), paths=(_quietly("Help", "Where are staff?"),)),
        Task(name="where to leave luggage", wanted=lambda facts: facts.place("lockers"), paths=(_quietly("Luggage"),)),
        Task(name="next train to the airport", wanted=lambda facts: facts.next_train("ap"), paths=(_quietly("Next trains"),)),
    ),
)

NEWCOMER = Story(
    persona=Persona(name="second language", can=frozenset(SEES_AND_HEARS | {Ability.SPEAK, Ability.TYPE}), voice=ACCENT),
    tasks=(
        Task(name="next train to the airport", wanted=lambda facts: facts.next_train("ap"),
             spoken=("When train air port?", "Please, next train airport"),
             paths=(typing("when train air port"), touching("Next trains"))),
        Task(name="where the toilets are", wanted=lambda facts: facts.place("toilets-north"),
             spoken=("Toilet where is?", "Where toilet please"), paths=(typing("toilett where"), touching("Toilets"))),
        Task(name="a ticket", wanted=lambda facts: facts.one_of(*TICKETS), spoken=("I want buy ticket", "Where ticket buy please"),
             paths=(typing("where i can by tiket"), touching("Tickets"))),
        Task(name="where to leave luggage", wanted=lambda facts: facts.place("lockers"),
             spoken=("Where can I put bag?", "Please, where leave my luggage"), paths=(typing("where put my lugage"), touching("Luggage"))),
        Task(name="next train to the hospital", wanted=lambda facts: facts.next_train("ho")[:2],
             spoken=("Train for hospital, when?", "I must go to hospital, which train?"),
             paths=(typing("next trian hospitel"), touching("Next trains", "Hospital"))),
    ),
)  # fmt: skip


def _warned(person: Person) -> None:
    """The alarm was heard, too, in the person's language."""
    if not person.waits_to_hear_alarm():
        raise Stuck("the alarm was not announced")


FRIGHTENED = Story(
    persona=Persona(name="frightened by smoke", can=frozenset(SEES_AND_HEARS | {Ability.SPEAK}), voice=HUMAN),
    tasks=(
        Task(name="what to do about smoke",
             wanted=lambda facts: ("Leave the station", "lifts", *facts.contact("emergency"), *facts.name("exit-north")),
             spoken=("There is smoke!", "I can smell smoke, what should I do?"), paths=(touching("Help"),),
             after=(lambda person: _no_alarm(person),)),
        Task(name="the emergency number", wanted=lambda facts: facts.contact("emergency"),
             spoken=("What is the emergency number?", "Which number do I call in an emergency?"),
             paths=(touching("Help"),)),
        Task(name="the way out", wanted=lambda facts: facts.name("exit-north"),
             spoken=("How do I get out of here?", "Where is the nearest exit?"), paths=(touching("Help"),)),
        Task(name="a real alarm", wanted=lambda facts: facts.way_out(), paths=(Path(name="seeing it", acts=()),), after=(_warned,),
             alarm=True),
        Task(name="somebody to ask", wanted=lambda facts: facts.place("staff-office"),
             spoken=("Help me, please!", "Where is somebody who can help me?"),
             paths=(touching("Help from staff"),)),
    ),
)  # fmt: skip


def _no_alarm(person: Person) -> None:
    if person.in_alarm():
        raise Stuck("words of a traveller raised an alarm")


LONG = "why do you not answer me you useless box " * 20
SCRIPT = "<script>document.title='broken'</script><img src=x onerror=alert(1)>"
ATTACKS: dict[str, tuple[Act, str, str]] = {
    "insults": (lambda person: person.write("You stupid useless machine, go to hell"), "polite", "useless machine"),
    "nonsense": (lambda person: person.write("asdf qwer zxcv uiop"), "don't know|I can help", "zxcv"),
    "a very long text": (lambda person: person.write(LONG), "", "useless box"),
    "script in the text": (lambda person: person.write(SCRIPT), "don't know|I can help", "onerror=alert"),
    "hammering": (lambda person: person.hammer(), "", "broken"),
}
"""What is done, what is answered (a pattern), and what must be gone afterwards."""


def _attacked(attack: Act, answer: str) -> Act:
    def act(person: Person) -> None:
        attack(person)
        if answer and not person.learns((answer,)):
            raise Stuck(f"no decent answer: {person.perceived()[-200:]!r}")
        person.starts_over()

    return act


def _no_trace(text: str) -> Act:
    def act(person: Person) -> None:
        person.starts_over()
        if person.trace_of(text):
            raise Stuck(f"a trace of {text!r} is left on the page")

    return act


HOSTILE = Story(
    persona=Persona(
        name="hostile", can=frozenset(SEES_AND_HEARS | {Ability.SPEAK, Ability.KEYBOARD}), voice=Voice(slowness=0.95), size=(1920, 1080)
    ),
    tasks=tuple(
        Task(
            name=f"{name}, then the next train", wanted=lambda facts: facts.next_train("ap"), before=(_attacked(attack, answer),),
            spoken=("When is the next train to the airport?", "Next train to the airport"), paths=(touching("Next trains"),),
            after=(_no_trace(trace),),
        )
        for name, (attack, answer, trace) in ATTACKS.items()
    ),
)  # fmt: skip

TEN = (BLIND, DEAF, WHEELCHAIR, TOURIST, CHILD_STORY, HURRIED, QUIET, NEWCOMER, FRIGHTENED, HOSTILE)
