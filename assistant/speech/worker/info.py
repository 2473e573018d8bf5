"""What the worker can do, as Wyoming's `info`."""

from wyoming.info import AsrModel, AsrProgram, Attribution, Info, TtsProgram, TtsVoice

from assistant.speech.worker.engines import Engines

OURS = Attribution(name="station-assistant", url="")


def describe(engines: Engines) -> Info:
    """One program for each recogniser and synthesiser in use, with its languages."""
    heard: dict[int, list[str]] = {}
    for language, recognizer in engines.recognizers.items():
        heard.setdefault(id(recognizer), []).append(language)
    spoken: dict[int, list[str]] = {}
    for language, synthesizer in engines.synthesizers.items():
        spoken.setdefault(id(synthesizer), []).append(language)
    asr = [
        AsrProgram(
            name=recognizer.name, attribution=OURS, installed=True, description=None, version=None,
            models=[
                AsrModel(
                    name=recognizer.name, attribution=OURS, installed=True, description=None, version=None, languages=heard[key]
                )
            ],
            supports_transcript_streaming=recognizer.captions,
        )
        for key, recognizer in {id(engine): engine for engine in engines.recognizers.values()}.items()
    ]  # fmt: skip
    tts = [
        TtsProgram(
            name=synthesizer.name, attribution=OURS, installed=True, description=None, version=None,
            voices=[
                TtsVoice(
                    name=f"{synthesizer.name}-{language}", attribution=OURS, installed=True, description=None, version=None,
                    languages=[language],
                )
                for language in spoken[key]
            ],
        )
        for key, synthesizer in {id(engine): engine for engine in engines.synthesizers.values()}.items()
    ]  # fmt: skip
    return Info(asr=asr, tts=tts)
