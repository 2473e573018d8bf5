"""Which languages there are, and changing to one of them."""

from assistant.answers.context import Context, Slots, ask, choices
from assistant.answers.models import Answer, Missed
from assistant.conversation.models import SlotValue, Suggestion
from assistant.unanswered.models import Kind

OWN_NAMES = {
    "en": "English", "zh": "中文", "ko": "한국어", "ar": "العربية", "bg": "Български", "bn": "বাংলা", "ca": "Català", "cs": "Čeština",
    "cy": "Cymraeg", "da": "Dansk", "de": "Deutsch", "el": "Ελληνικά", "es": "Español", "et": "Eesti", "eu": "Euskara", "fa": "فارسی",
    "fi": "Suomi", "fil": "Filipino", "fr": "Français", "ga": "Gaeilge", "gl": "Galego", "he": "עברית", "hi": "हिन्दी", "hr": "Hrvatski",
    "hu": "Magyar", "id": "Bahasa Indonesia", "is": "Íslenska", "it": "Italiano", "ja": "日本語", "lt": "Lietuvių", "lv": "Latviešu",
    "ms": "Bahasa Melayu", "nb": "Norsk bokmål", "nl": "Nederlands", "no": "Norsk", "pl": "Polski", "pt": "Português", "ro": "Română",
    "ru": "Русский", "sk": "Slovenčina", "sl": "Slovenščina", "sq": "Shqip", "sr": "Српски", "sv": "Svenska", "ta": "தமிழ்",
    "th": "ไทย", "tl": "Tagalog", "tr": "Türkçe", "uk": "Українська", "ur": "اردو", "vi": "Tiếng Việt", "yue": "粵語",
}  # fmt: skip
"""What languages call themselves; of one that is not here its code is shown."""


def switch(context: Context, slots: Slots) -> Answer:
    """Goes on in the language named; asks where none, or one that this station does not speak, was named."""
    language = slots.get("language")
    if language not in context.settings.languages:
        asked = choices(context, "utter_languages_unknown", tiles(context))
        return asked.model_copy(update={"missed": Missed(kind=Kind.UNKNOWN_NAME)}) if language else asked
    renderer = context.in_language(language).renderer
    return Answer(
        replies=[renderer.reply(("utter_languages_switched", {}))],
        slots=[SlotValue(type="language", value=OWN_NAMES.get(language, language), id=language)],
        language=language,
    )


def offered(context: Context, slots: Slots) -> Answer:
    """The languages of this station."""
    names = [_name(context, code) for code in context.settings.languages]
    reply = context.renderer.reply(("utter_languages_offered", {"languages": names}))
    return Answer(replies=[reply], suggestions=tiles(context))


def _name(context: Context, code: str) -> str:
    """What a language is called in the language of the conversation; its own name where that is not taught."""
    name = f"utter_languages_name_{code}"
    return context.renderer.text(name) if name in context.renderer.responses else OWN_NAMES.get(code, code)


def tiles(context: Context) -> list[Suggestion]:
    """One tile a language, in its own name."""
    names = {code: OWN_NAMES.get(code, code) for code in context.settings.languages}
    return [Suggestion(label=name, say=name, language=code, ask=ask("languages_switch", language=code)) for code, name in names.items()]
