"""Fixed sentences, made ahead where a voice is slow: found again by what is said, never by who said it.

Only what the assistant names beforehand is kept; replies that hold anything a traveller said are made anew each time.
"""

import asyncio
from collections.abc import Mapping, Sequence

from assistant import log
from assistant.errors import Unavailable
from assistant.speech.models import Pace, Sound
from assistant.speech.synthesizers.sentences import split
from assistant.speech.worker.ports import Synthesizer

LIMIT_BYTES = 32_000_000
"""Room for what is kept: some ten minutes of speech."""
BETWEEN_S = 0.05
"""Rest between two sentences, so that a traveller's reply comes first."""


class Prepared:
    """Sound of fixed sentences by language and text, at the normal pace."""

    def __init__(self, synthesizers: Mapping[str, Synthesizer], limit_bytes: int = LIMIT_BYTES) -> None:
        self._synthesizers, self._room = synthesizers, limit_bytes
        self._sounds: dict[tuple[str, str], Sound] = {}
        self._work: set[asyncio.Task[None]] = set()

    def prepare(self, texts: Sequence[str], language: str) -> None:
        """Makes the sentences of `texts` in the background, as many as there is room for."""
        synthesizer = self._synthesizers.get(language)
        if synthesizer is None or not synthesizer.slow:
            return
        task = asyncio.create_task(self._make(synthesizer, [sentence for text in texts for sentence in split(text)], language))
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    async def speak(self, sentence: str, language: str, pace: Pace) -> Sound:
        """The sound of a sentence: the one made ahead, or a new one. Raises KeyError for a language without a voice."""
        kept = self._sounds.get((language, sentence)) if pace == "normal" else None
        return kept or await self._synthesizers[language].speak(sentence, language, pace=pace)

    def close(self) -> None:
        """Makes no more."""
        for task in self._work:
            task.cancel()

    async def _make(self, synthesizer: Synthesizer, sentences: Sequence[str], language: str) -> None:
        for sentence in sentences:
            if (language, sentence) in self._sounds:
                continue
            try:
                sound = await synthesizer.speak(sentence, language)
            except Unavailable as error:
                log.failure("prepare_failed", error)
                return
            if len(sound.pcm) > self._room:
                return
            self._room -= len(sound.pcm)
            self._sounds[language, sentence] = sound
            await asyncio.sleep(BETWEEN_S)
