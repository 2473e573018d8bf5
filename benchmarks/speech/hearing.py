"""What the recognisers make of recordings and of names, and when speech is found to be over."""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence

from assistant.speech import store
from assistant.speech.activity import VoiceActivity
from assistant.speech.endpointing import FINAL, Endpointer, Limits
from assistant.speech.models import RATE, Alternative
from assistant.speech.recognizers.vosk import VoskRecognizer
from assistant.speech.recognizers.whisper import WhisperRecognizer
from assistant.speech.worker.ports import Recognizer
from benchmarks.figures import Figure, spread
from benchmarks.running import say
from benchmarks.speech import corpus, questions, sounds
from benchmarks.speech.questions import MODELS, Question
from benchmarks.speech.scores import error_rate, names_it
from benchmarks.speech.sounds import Samples

LEVELS = (20, 10, 5, 0)
"""Speech above noise, in decibels."""
PIECE = RATE // 10 * 2
EDGE_S = 0.5
TAIL_S = 9.5
"""Noise goes on for so long after the end, so that a missed end shows."""
OWN_PAUSE_S = 0.5
"""A recording with a longer pause inside is somebody who stopped: told apart."""
WITHIN_S = (0.5, 0.9)
"""Of the true end: 700 ms ± 200 ms."""
type Known = dict[str, tuple[Recognizer, tuple[str, ...]]]
"""Recognisers and their languages, by the model's name."""


def recognizers() -> Known:
    """Those at hand and their languages, by name."""
    known = {"vosk": VoskRecognizer, "whisper": WhisperRecognizer}
    able = [item for item in store.installed(MODELS) if item.model.engine in known]
    return {item.model.name: (known[item.model.engine](item.path), item.model.languages) for item in able}


def hear(recognizer: Recognizer, language: str, samples: Samples, vocabulary: Sequence[str] = ()) -> tuple[list[Alternative], float]:
    """The hypotheses for a whole recording, and the seconds they took."""
    pcm, activity = sounds.to_pcm(samples), VoiceActivity()
    activity.feed(pcm)
    began = time.perf_counter()
    utterance = recognizer.open(language, vocabulary, captions=False)
    utterance.accept(pcm, activity.voice)
    return utterance.finish(), time.perf_counter() - began


def conditions(kinds: Sequence[str]) -> Iterator[tuple[str, str | None, int]]:
    """Clean, then every kind of noise at every level: a name, the kind, the level."""
    yield "clean", None, 0
    for kind in kinds:
        for level in LEVELS:
            yield f"{kind} at {level} dB", kind, level


def errors(known: Known, kinds: Sequence[str]) -> list[Figure]:
    """Error rates on recordings of people, by engine, language and noise; and the real-time factor."""
    said, figures = corpus.transcripts(), []
    for name, (recognizer, languages) in known.items():
        for language in languages:
            rows = [row for row in corpus.rows("human") if row.language == language and row.file in said and "CANTONESE" not in row.file]
            if not rows:
                continue
            say(f"{name} hears {len(rows)} people, {language}")
            factors = []
            for condition, kind, level in conditions(kinds):
                pairs = []
                for number, row in enumerate(rows):
                    noise = corpus.noise(kind) if kind else None
                    mixed = sounds.in_noise(corpus.samples(row.file), noise, level, lead_s=EDGE_S, tail_s=EDGE_S, seed=number)
                    found, seconds = hear(recognizer, language, mixed)
                    pairs.append((said[row.file], found[0].text if found else ""))
                    factors.append(seconds / row.seconds)
                rate = "word" if language == "en" else "character"
                figures.append(
                    Figure(
                        name=f"{rate} error rate, people, {name}, {language}, {condition}",
                        unit="%",
                        value=error_rate(pairs, language),
                        n=len(pairs),
                    )
                )
            figures.append(spread(f"real-time factor, {name}, {language}", "", factors))
    return figures


def names(known: Known) -> list[Figure]:
    """How many names of the example station are heard wrongly, with and without its vocabulary (synthetic speech).

    By Whisper alone: the Korean Vosk of the tests understands no word of espeak-ng's Korean, so that nothing would be told by it.
    """
    figures = []
    for name, (recognizer, languages) in known.items():
        if not name.startswith("whisper"):
            continue
        for language in languages:
            asked, vocabulary = questions.naming(language), questions.stops(language)
            say(f"{name} hears {len(asked)} names, {language}")
            for condition, kind, level in (("clean", None, 0), ("crowd at 10 dB", "crowd", 10)):
                without, with_ = [_missed(recognizer, asked, words, kind, level) for words in ((), vocabulary)]
                figures.append(
                    Figure(
                        name=f"names heard wrongly with the station's vocabulary, synthetic, {name}, {language}, {condition}",
                        unit="%",
                        value=with_,
                        n=len(asked),
                        bar=without / 2,
                        peer={"name": "without", "value": without},
                    )
                )
    return figures


def _missed(recognizer: Recognizer, asked: Sequence[Question], vocabulary: Sequence[str], kind: str | None, level: int) -> float:
    wrong = 0
    for number, question in enumerate(asked):
        noise = corpus.noise(kind) if kind else None
        sound = questions.say(question.text, question.voice)
        mixed = sounds.in_noise(sound, noise, level, lead_s=EDGE_S, tail_s=EDGE_S, seed=number)
        # The likeliest names come first at a kiosk; here every name is as likely, so that its own is somewhere in the list.
        words = [*vocabulary[number % len(vocabulary) :], *vocabulary[: number % len(vocabulary)]][::-1] if vocabulary else []
        found, _ = hear(recognizer, question.language, mixed, words)
        wrong += not (found and question.name and names_it(found[0].text, question.name, question.language))
    return 100 * wrong / len(asked)


def ends(kinds: Sequence[str]) -> list[Figure]:
    """How long after the true end it is decided, by level; noise goes on behind."""
    delays: dict[str, list[tuple[float, float]]] = defaultdict(list)
    say("the ends of what people say")
    for number, row in enumerate(corpus.rows("human")):
        for level in (None, *LEVELS):
            noise = corpus.noise(kinds[number % len(kinds)]) if level is not None else None
            mixed = sounds.in_noise(corpus.samples(row.file), noise, level or 0, lead_s=EDGE_S, tail_s=TAIL_S, seed=number)
            found = decided(mixed)
            delays["clean" if level is None else f"{level} dB"].append((found - EDGE_S - row.end_s, row.longest_pause_s))
    figures = []
    for level_name, found_delays in delays.items():
        whole = [delay for delay, pause in found_delays if pause < OWN_PAUSE_S]
        within = sum(WITHIN_S[0] <= delay <= WITHIN_S[1] for delay in whole)
        early = sum(delay < WITHIN_S[0] for delay in whole)
        note = f"{early} sooner, {len(whole) - within - early} later; of all {len(found_delays)}, paused ones too: " + (
            f"{100 * sum(WITHIN_S[0] <= delay <= WITHIN_S[1] for delay, _ in found_delays) / len(found_delays):.0f} %"
        )
        figures.append(
            Figure(
                name=f"end of speech decided within 700 ± 200 ms, {level_name}",
                unit="%",
                value=100 * within / len(whole),
                n=len(whole),
                p50=sorted(whole)[len(whole) // 2],
                bar=95,
                higher=True,
                note=note,
            )
        )
    worst = max(delay for found_delays in delays.values() for delay, _ in found_delays)
    count = sum(len(found_delays) for found_delays in delays.values())
    figures.append(Figure(name="longest wait for an end, all levels", unit="s", value=worst, n=count, bar=8))
    return figures


def decided(samples: Samples) -> float:
    """Seconds into the sound at which its speech is found to be over; at its end where it is not found."""
    endpointer, now = Endpointer(Limits()), 0.0
    for frame in VoiceActivity().feed(sounds.to_pcm(samples)):
        now += frame.seconds
        sign = endpointer.take(frame.probability, frame.power, frame.seconds)
        if sign in FINAL:
            break
    return now
