"""The panels: settings, languages, privacy, help; and what the dock, the tiles and the cards have of them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.conversation.models import AirHour
from assistant.kiosk import protocol as wire
from tests.browser import scripted
from tests.browser import scripted_alerts as alerts
from tests.browser.checks import check
from tests.browser.conftest import answer, open_page
from tests.browser.fake_assistant import FakeAssistant
from tests.conftest import until

OPENED_BY = {"settings": "kiosk-dock .settings", "help": "kiosk-dock .help", "privacy": "kiosk-dock .promise"}
ELEMENT = {"settings": "settings-panel", "help": "help-panel", "privacy": "privacy-panel", "languages": "language-panel"}
FONT = "() => parseFloat(getComputedStyle(document.body).fontSize)"
COLOUR = "() => getComputedStyle(document.body).backgroundColor"


def shown(page: Page, panel: str) -> None:
    """Exactly this panel is open, or with an empty name none."""
    expect(page.locator("body")).to_have_attribute("data-panel", panel)
    for name, element in ELEMENT.items():
        expect(page.locator(element)).to_be_visible(visible=name == panel)


def opened(page: Page, panel: str) -> None:
    """Opens a panel as a person does."""
    page.locator(OPENED_BY.get(panel, OPENED_BY["settings"])).click()
    if panel == "languages":
        page.locator("settings-panel .languages").click()
    shown(page, panel)


def chosen(page: Page, name: str, value: str) -> None:
    """Chooses one of a group by touch, and sees that it stands."""
    option = page.locator(f"settings-panel .{name} label").filter(has=page.locator(f"[value={value}]"))
    option.click()
    expect(option.locator("input")).to_be_checked()


def test_the_button_that_opens_a_panel_closes_it_and_has_the_focus_again(page: Page) -> None:
    for panel, opener in OPENED_BY.items():
        button = page.locator(opener)
        expect(button).to_have_attribute("aria-expanded", "false")
        opened(page, panel)
        expect(button).to_have_attribute("aria-expanded", "true")
        expect(page.locator(f"{ELEMENT[panel]} h2")).to_be_focused()
        expect(page.locator("suggestion-tiles")).to_be_hidden()
        button.click()
        shown(page, "")
        expect(page.locator("departures-board")).to_be_visible()
        opened(page, panel)
        page.locator(f"{ELEMENT[panel]} .close").click()
        shown(page, "")
        expect(button).to_be_focused()
        opened(page, panel)
        page.keyboard.press("Escape")
        shown(page, "")
        expect(button).to_be_focused()


def test_one_panel_takes_the_place_of_another_and_the_focus_goes_back_to_the_first_button(page: Page) -> None:
    opened(page, "languages")
    expect(page.locator("language-panel h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(OPENED_BY["settings"])).to_be_focused()
    opened(page, "help")
    opened(page, "privacy")


def test_there_are_three_sizes_of_letters_and_three_themes(page: Page) -> None:
    opened(page, "settings")
    sizes = [page.evaluate(FONT)]
    for size in ("large", "largest"):
        chosen(page, "text", size)
        expect(page.locator("html")).to_have_attribute("data-text", size)
        sizes.append(page.evaluate(FONT))
    assert sizes[0] < sizes[1] < sizes[2]
    chosen(page, "text", "normal")
    assert page.evaluate(FONT) == sizes[0]
    colours = {page.evaluate(COLOUR)}
    for theme in ("dark", "contrast"):
        chosen(page, "theme", theme)
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
        colours.add(page.evaluate(COLOUR))
    assert len(colours) == 3


def test_the_voice_has_three_speeds_and_says_how_it_sounds(page: Page, double: FakeAssistant) -> None:
    opened(page, "settings")
    chosen(page, "pace", "slow")
    chosen(page, "pace", "fast")
    assert until(lambda: double.preferred == [wire.Prefer(pace="slow", step_free=False), wire.Prefer(pace="fast", step_free=False)])
    assert until(lambda: double.read == ["This is how I speak now."] * 2)
    assert double.kinds()[-2:] == ["prefer", "read"]  # First how, then the sound of it.


def test_the_volume_goes_up_and_down_in_five_steps(page: Page) -> None:
    opened(page, "settings")
    step, quieter, louder = (page.locator(f"settings-panel .volume {part}") for part in (".word", ".less", ".more"))
    expect(step).to_have_text("3 of 5")
    for text in ("4 of 5", "5 of 5", "5 of 5"):
        louder.click(force=True)  # At the end it is told to be disabled, and stays where it is.
        expect(step).to_have_text(text)
    expect(louder).to_have_attribute("aria-disabled", "true")
    expect(page.locator("settings-panel .bars .full")).to_have_count(5)
    for text in ("4 of 5", "3 of 5", "2 of 5", "1 of 5", "1 of 5"):
        quieter.click(force=True)
        expect(step).to_have_text(text)
    expect(quieter).to_have_attribute("aria-disabled", "true")
    expect(quieter).to_be_focused()
    expect(page.locator("settings-panel .bars .full")).to_have_count(1)


def test_what_is_on_or_off_says_so(page: Page, double: FakeAssistant) -> None:
    opened(page, "settings")
    for name in ("low-reach", "step-free", "captions", "speech"):
        switch = page.locator(f"settings-panel .toggle.{name}")
        expect(switch).to_have_attribute("aria-checked", "false")
        switch.click()
        expect(switch).to_have_attribute("aria-checked", "true")
    expect(page.locator("html")).to_have_attribute("data-reach", "low")
    assert until(lambda: double.preferred == [wire.Prefer(pace="normal", step_free=True)])


def test_what_was_on_is_off_again(page: Page, double: FakeAssistant) -> None:
    opened(page, "settings")
    switch = page.locator("settings-panel .toggle.step-free")
    switch.click()
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "false")
    assert until(lambda: [message.step_free for message in double.preferred] == [True, False])


def change_everything(page: Page) -> None:
    """Sets everything that can be set otherwise than for everybody, but for what reads aloud."""
    opened(page, "settings")
    for name, value in (("text", "large"), ("theme", "contrast"), ("pace", "fast")):
        chosen(page, name, value)
    page.locator("settings-panel .more").click()
    for name in ("captions", "step-free", "low-reach"):
        page.locator(f"settings-panel .toggle.{name}").click()


def as_for_everybody(page: Page) -> None:
    """Nothing is set."""
    for name, value in (("data-text", "normal"), ("data-theme", "light"), ("data-reach", "all")):
        expect(page.locator("html")).to_have_attribute(name, value)
    opened(page, "settings")
    for name, value in (("text", "normal"), ("theme", "light"), ("pace", "normal")):
        expect(page.locator(f"settings-panel .{name} [value={value}]")).to_be_checked()
    expect(page.locator("settings-panel [aria-checked=true]")).to_have_count(0)
    expect(page.locator("settings-panel .volume .word")).to_have_text("3 of 5")
    expect(page.locator("settings-panel .defaults")).to_have_attribute("aria-disabled", "true")


def test_one_touch_sets_everything_back(page: Page, double: FakeAssistant) -> None:
    change_everything(page)
    page.locator("settings-panel .defaults").click()
    shown(page, "settings")
    assert until(lambda: double.preferred[-1] == wire.Prefer(pace="normal", step_free=False))
    page.locator("settings-panel .close").click()
    as_for_everybody(page)


def test_starting_over_sets_everything_back(page: Page, double: FakeAssistant) -> None:
    change_everything(page)
    page.locator("button.over").click()
    shown(page, "")
    assert until(lambda: double.kinds()[-1] == "reset")
    as_for_everybody(page)


def test_when_the_time_is_over_everything_is_set_back(page: Page, double: FakeAssistant) -> None:
    double.idle_s = 2
    double.push(double.welcome("en"))
    change_everything(page)
    page.locator("dialog[open]").wait_for()
    expect(page.locator("body")).to_have_attribute("data-panel", "")
    as_for_everybody(page)


def talk(page: Page, _: FakeAssistant) -> None:
    """The talk button is touched."""
    page.locator("talk-button button").click()
    page.locator("body[data-phase=listening]").wait_for()


def type_a_letter(page: Page, _: FakeAssistant) -> None:
    """Somebody types."""
    page.keyboard.press("w")
    expect(page.locator("text-entry input")).to_be_visible()


def ask(page: Page, _: FakeAssistant) -> None:
    """What stands in the panel is asked."""
    page.locator("help-panel .staff_help_call").click()
    page.locator("body[data-phase=answer]").wait_for()


def alarm(page: Page, double: FakeAssistant) -> None:
    """The alarm comes."""
    double.warn(alerts.fire())
    page.locator("body[data-phase=alarm]").wait_for()
    expect(page.locator("kiosk-dock")).to_be_hidden()


@pytest.mark.parametrize("deed", [talk, type_a_letter, ask, alarm])
def test_a_panel_gives_way(page: Page, double: FakeAssistant, deed: Callable[[Page, FakeAssistant], None]) -> None:
    opened(page, "help")
    deed(page, double)
    expect(page.locator("body")).to_have_attribute("data-panel", "")
    expect(page.locator("help-panel")).to_be_hidden()


NAME = """() => { const at = document.activeElement;
  return at.type === "radio" ? at.name : at.closest(".panel") ? at.className || at.localName : at.closest("kiosk-dock") ? "dock" : "" }"""


def test_the_settings_by_keyboard_alone(page: Page, double: FakeAssistant) -> None:
    page.locator(OPENED_BY["settings"]).focus()
    page.keyboard.press("Enter")
    shown(page, "settings")
    reached = [page.evaluate(NAME)]
    while reached[-1] != "dock" and len(reached) < 30:
        page.keyboard.press("Tab")
        reached.append(page.evaluate(NAME))
        match reached[-1]:
            case "text" | "theme" | "pace":
                page.keyboard.press("ArrowRight")
            case name if "toggle" in name and "speech" not in name:
                page.keyboard.press("Space")
            case "more":
                page.keyboard.press("Enter")
    toggles = [f"setting toggle {name}" for name in ("captions", "speech", "step-free", "low-reach")]
    assert reached == [
        "h2", "close", "text", "theme", *toggles[:2], "pace", "less", "more", *toggles[2:], "languages", "defaults", "dock",
    ]  # fmt: skip
    for name, value in (("data-text", "large"), ("data-theme", "dark"), ("data-reach", "low")):
        expect(page.locator("html")).to_have_attribute(name, value)
    assert until(lambda: double.preferred[-1] == wire.Prefer(pace="fast", step_free=True))
    expect(page.locator("settings-panel .volume .word")).to_have_text("4 of 5")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Escape")
    shown(page, "")
    expect(page.locator(OPENED_BY["settings"])).to_be_focused()


def test_every_control_of_the_other_panels_is_reached_by_keyboard(page: Page) -> None:
    for panel in ("languages", "help", "privacy"):
        opened(page, panel)
        controls = page.locator(f"{ELEMENT[panel]} button")
        for place in range(controls.count()):
            page.keyboard.press("Tab")
            expect(controls.nth(place)).to_be_focused()


def test_a_language_chosen_from_all_closes_the_panel(page: Page, double: FakeAssistant) -> None:
    opened(page, "languages")
    names = page.locator("language-panel li button")
    expect(names).to_have_text(["English", "中文", "한국어"])
    expect(names.first).to_have_attribute("aria-pressed", "true")
    expect(names.nth(2)).to_have_attribute("lang", "ko")
    names.nth(2).click()
    shown(page, "")
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    assert until(lambda: double.kinds()[-1] == "language")


def test_more_languages_than_three_stand_behind_one_button(chromium: Browser, url: str, double: FakeAssistant) -> None:
    double.languages = ["en", "zh", "ko", "fr"]
    page = open_page(chromium, url)
    button = page.locator("kiosk-dock .language")
    expect(page.locator("kiosk-dock language-switch")).to_be_hidden()
    expect(button).to_have_text("English")
    button.click()
    shown(page, "languages")
    expect(page.locator("language-panel li button")).to_have_count(4)
    page.locator("language-panel [data-choice=zh]").click()
    expect(button).to_have_text("中文")
    expect(button).to_be_focused()
    page.context.close()


def test_what_is_recorded_is_said_and_the_light_is_shown_without_being_on(page: Page, double: FakeAssistant) -> None:
    opened(page, "privacy")
    expect(page.locator("privacy-panel .sentences li")).to_have_text(scripted.PRIVACY["en"])
    expect(page.locator("privacy-panel .lamp-words")).to_contain_text("“Microphone on”")
    expect(page.locator("station-header .light")).to_be_hidden()
    page.locator("privacy-panel .ask").click()
    answer(page)
    asked = double.received[-1]
    assert isinstance(asked, wire.AskMessage)
    assert asked.ask.intent == "privacy_record"


def test_without_sentences_of_the_assistant_the_promise_stands(chromium: Browser, url: str, double: FakeAssistant) -> None:
    double.privacy = {"en": [], "zh": [], "ko": []}
    page = open_page(chromium, url)
    opened(page, "privacy")
    expect(page.locator("privacy-panel .sentences li")).to_have_text(["You are talking to a machine. No camera. Nothing you say is kept."])
    page.context.close()


def test_staff_are_called_and_found(page: Page, double: FakeAssistant) -> None:
    opened(page, "help")
    expect(page.locator("help-panel .danger")).to_contain_text(scripted.EMERGENCY)
    expect(page.locator("help-panel .staff")).to_contain_text(scripted.STAFF_PHONE)
    expect(page.locator("help-panel .staff")).to_contain_text(scripted.STAFF["en"])
    for intent in ("staff_help_call", "staff_help_request"):
        page.locator(f"help-panel .{intent}").click()
        answer(page)
        asked = double.received[-1]
        assert isinstance(asked, wire.AskMessage)
        assert asked.ask.intent == intent
        opened(page, "help")


def test_a_number_that_the_station_does_not_name_is_not_shown(chromium: Browser, url: str, double: FakeAssistant) -> None:
    double.help = {language: wire.Help(emergency=None, staff=None, where=[]) for language in scripted.STAFF}
    page = open_page(chromium, url)
    opened(page, "help")
    expect(page.locator("help-panel .danger")).to_have_text("In danger, tell the staff at once or use a help point.")
    expect(page.locator("help-panel :is(.number, .staff)")).to_have_count(0)
    page.context.close()


def test_offline_shows_the_emergency_number_that_was_known(page: Page, double: FakeAssistant) -> None:
    double.leave()
    page.locator("body[data-phase=offline]").wait_for()
    expect(page.locator("offline-screen .number")).to_have_text(scripted.EMERGENCY)
    double.back()
    page.locator("body[data-phase=idle]").wait_for()


def test_the_panels_are_accessible_and_whole(page: Page) -> None:
    for panel in ELEMENT:
        opened(page, panel)
        check(page, panel)


def test_the_level_stands_exactly_while_the_microphone_is_open(page: Page) -> None:
    meter = page.locator("conversation-screen .meter")
    expect(meter).to_be_hidden()
    page.locator("talk-button button").click()
    page.locator("body[data-phase=listening]").wait_for()
    expect(meter).to_be_visible()
    expect(meter).to_have_text("Microphone on")
    expect(meter.locator(".bars")).to_have_attribute("aria-hidden", "true")
    assert until(lambda: page.evaluate("parseFloat(document.querySelector('.meter .bars').style.getPropertyValue('--level')) > 0"))
    page.locator("talk-button button").click()
    expect(meter).to_be_hidden()


def test_the_level_is_gone_when_the_track_ends_by_itself(chromium: Browser, url: str) -> None:
    keep = "const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);"
    page = open_page(chromium, url, script=f"{keep} navigator.mediaDevices.getUserMedia = async (o) => (window.stream = await ask(o));")
    page.locator("talk-button button").click()
    expect(page.locator("conversation-screen .meter")).to_be_visible()
    page.evaluate("stream.getTracks().forEach((track) => track.stop())")
    expect(page.locator("conversation-screen .meter")).to_be_hidden()
    page.context.close()


def test_a_day_of_air_is_drawn_and_told(page: Page, double: FakeAssistant) -> None:
    page.get_by_role("button", name="How is the air?").click()
    answer(page)
    day = scripted.day()
    chart = page.locator("air-quality .day svg")
    known = [hour for hour in day if hour.value is not None]
    best, worst = (pick(known, key=lambda hour: hour.value or 0) for pick in (min, max))
    expect(chart).to_have_attribute(
        "aria-label",
        f"Over the last 24 hours: best {best.value:.0f} at {best.at:%H:%M}, worst {worst.value:.0f} at {worst.at:%H:%M}.",
    )
    expect(chart.locator("path")).to_have_count(len(day))
    assert page.evaluate("[...document.querySelectorAll('.day path')].map((bar) => (bar.getAttribute('d').match(/M/g) || []).length)") == [
        hour.band or 1 for hour in day
    ]
    expect(page.locator("air-quality .hours span:not(:empty)")).to_have_text(
        [f"{hour.at:%H:%M}" for hour in day if hour.at.hour % 6 == 0],
    )
    assert page.locator("idle-screen .day").count() == 0


@pytest.mark.parametrize("day", [[], [AirHour(at=scripted.NOW, value=value, band=None) for value in (None, 20.0)]])
def test_without_readings_there_is_no_chart(page: Page, double: FakeAssistant, day: list[AirHour]) -> None:
    double.silent = True
    page.get_by_role("button", name="How is the air?").click()
    assert until(lambda: double.kinds()[-1] == "ask")
    card = scripted.air("en").model_copy(update={"day": day})
    double.push(wire.TurnMessage(turn=scripted.turn("air", "en", card).model_copy(update={"id": "turn-1"})))
    expect(page.locator("air-quality.card .areas")).to_be_visible()
    expect(page.locator("air-quality .day")).to_have_count(0)


def test_who_stays_quiet_has_four_short_tiles_in_the_end(chromium: Browser, url: str, double: FakeAssistant) -> None:
    double.quiet_s = 0.5
    page = open_page(chromium, url)
    page.mouse.click(400, 20)
    tiles = page.locator("suggestion-tiles.few button")
    expect(tiles).to_have_text(["Next trains", "Toilets", "Lift", "Air"])
    expect(page.locator("choices-card")).to_have_count(0)
    heights = page.evaluate("[...document.querySelectorAll('suggestion-tiles button')].map((tile) => tile.offsetHeight)")
    assert min(heights) >= 120
    check(page, "few")
    tiles.nth(1).click()
    expect(page.locator("place-card")).to_be_visible()
    asked = double.received[-1]
    assert isinstance(asked, wire.AskMessage)
    assert asked.ask.slots == {"place": "category:toilet"}
    page.context.close()
