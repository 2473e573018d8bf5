"""The straight path with every real part: microphone, touch or keyboard in the page, answer in the page."""

import re
import struct
import subprocess
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import open_page
from tests.browser.test_accessible import check
from tests.conftest import Running, start_assistant, until

pytestmark = pytest.mark.timeout(300)  # the first start of all may train the dialogues
ANSWER_LIMIT_MS = 20_000


@pytest.fixture
def kiosk(chromium: Browser, assistant: Running) -> Iterator[Page]:
    """The page of the real assistant, idle."""
    page = open_page(chromium, assistant.url)
    page.locator("talk-button button[aria-disabled=false]").wait_for()
    yield page
    page.context.close()


def read(source: Path) -> tuple[int, bytes]:
    """Rate and 16-bit sound of a mono wav, of whole numbers or of floats."""
    body = source.read_bytes()
    kind, rate = struct.unpack_from("<H2xI", body, 20)
    start = body.index(b"data")
    sound = body[start + 8 : start + 8 + struct.unpack_from("<I", body, start + 4)[0]]
    if kind == 3:
        sound = (np.frombuffer(sound, "<f4").clip(-1, 1) * 32767).astype("<i2").tobytes()
    return rate, sound


def speak(page: Page, microphone: Path, source: Path) -> None:
    """Plays a recording into the microphone while the talk button is held, as a person would."""
    rate, frames = read(source)
    with wave.open(str(microphone), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(bytes(rate) + frames + bytes(rate * 2))
    page.locator("talk-button button").hover()
    page.mouse.down()
    page.locator("body[data-phase=listening]").wait_for()
    page.wait_for_timeout(1000 * len(frames) / 2 / rate + 1000)
    page.mouse.up()
    page.locator("body[data-phase=answer]").wait_for(timeout=ANSWER_LIMIT_MS)


def ask(page: Page, text: str) -> str:
    """Types a question; the answer's text."""
    page.locator("button.type").click()
    page.locator("text-entry input").fill(text)
    page.keyboard.press("Enter")
    page.locator("body[data-phase=answer]").wait_for(timeout=ANSWER_LIMIT_MS)
    return page.locator(".answer").inner_text()


def choose(page: Page, language: str) -> None:
    """Touches a language and waits for the page to be in it."""
    page.locator(f"[data-language={language}]").click()
    page.locator(f"html:lang({language})").wait_for()


def test_the_idle_screen_shows_the_station(kiosk: Page) -> None:
    expect(kiosk.locator("departures-board tbody tr")).to_have_count(6)
    expect(kiosk.locator("air-quality .index")).to_be_visible()
    assert kiosk.locator("suggestion-tiles button").count() >= 6
    check(kiosk, "idle")


def test_a_question_spoken_in_english(kiosk: Page, microphone: Path, tmp_path: Path) -> None:
    speak(kiosk, microphone, said(tmp_path, "When is the next train to the airport?"))
    expect(kiosk.locator(".question")).to_contain_text("train to the airport")
    expect(kiosk.locator(".answer")).to_contain_text("AX")
    expect(kiosk.locator("departures-board.card .line-badge").first).to_have_text("AX")
    expect(kiosk.locator(".stage")).to_have_text("A computer speaks. Touch anywhere for silence")


def put(microphone: Path, source: Path | None, before_s: float, after_s: float) -> None:
    """What the microphone hears when it is opened next."""
    rate, frames = read(source) if source else (16000, b"")
    with wave.open(str(microphone), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(bytes(2 * int(rate * before_s)) + frames + bytes(2 * int(rate * after_s)))


def said(tmp_path: Path, text: str) -> Path:
    """A text spoken by a machine."""
    path = tmp_path / "said.wav"
    subprocess.run(["espeak-ng", "-v", "en-us", "-s", "140", "-w", path, text], check=True)
    return path


def test_a_tapped_question_is_answered_by_itself_and_the_voice_gives_way_to_the_next(kiosk: Page, microphone: Path, tmp_path: Path) -> None:
    put(microphone, said(tmp_path, "When is the next train to the airport?"), 0.5, 12)
    kiosk.locator("talk-button button").click()
    kiosk.locator("body[data-phase=answer]").wait_for(timeout=ANSWER_LIMIT_MS)
    expect(kiosk.locator(".answer")).to_contain_text("AX")
    expect(kiosk.locator(".stage")).to_have_text("A computer speaks. Touch anywhere for silence")
    put(microphone, said(tmp_path, "Where are the toilets?"), 0.5, 12)
    kiosk.wait_for_timeout(1000)  # a tap right after the automatic end is taken for a late one
    kiosk.locator("talk-button button").click()
    expect(kiosk.locator(".stage")).not_to_have_text("A computer speaks. Touch anywhere for silence")
    expect(kiosk.locator(".question")).to_contain_text(re.compile("toilet", re.IGNORECASE), timeout=ANSWER_LIMIT_MS)
    kiosk.locator("body[data-phase=answer]").wait_for(timeout=ANSWER_LIMIT_MS)


def test_who_taps_and_stays_silent_is_told_so(kiosk: Page, microphone: Path) -> None:
    put(microphone, None, 0, 20)
    kiosk.locator("talk-button button").click()
    kiosk.locator("body[data-phase=answer]").wait_for(timeout=ANSWER_LIMIT_MS)
    expect(kiosk.locator(".answer")).to_contain_text("did not hear")
    expect(kiosk.locator("station-header .light")).to_be_hidden()


def test_who_talks_for_too_long_is_answered_nevertheless(kiosk: Page, microphone: Path, tmp_path: Path) -> None:
    story = "I came here this morning from my sister and we had such a lovely breakfast with eggs and toast and then we walked "
    put(microphone, said(tmp_path, story * 4), 0.3, 1)
    kiosk.locator("talk-button button").click()
    kiosk.locator("body[data-phase=listening]").wait_for()
    expect(kiosk.locator("station-header .light")).to_be_hidden(timeout=12_000)
    kiosk.locator("body[data-phase=answer]").wait_for(timeout=ANSWER_LIMIT_MS)
    expect(kiosk.locator(".question")).to_contain_text("my sister")
    expect(kiosk.locator(".answer")).not_to_be_empty()


@pytest.mark.parametrize(
    ("language", "recording", "heard", "letters"),
    [
        ("zh", "zh-mixed/transcribecpp_zh.wav", "开放时间", r"[一-鿿]"),
        ("ko", "ko-permissive/leopard_test_ko.wav", "걸어갔다", r"[가-힣]"),
    ],
)
def test_a_person_speaks_chinese_or_korean(
    kiosk: Page, microphone: Path, shared_data: Path, language: str, recording: str, heard: str, letters: str
) -> None:
    choose(kiosk, language)
    speak(kiosk, microphone, shared_data / "speech" / recording)
    expect(kiosk.locator(".question")).to_contain_text(heard)
    expect(kiosk.locator(".answer")).to_have_text(re.compile(letters))


@pytest.mark.parametrize(
    ("language", "question", "said", "card"),
    [
        ("en", "When is the next train to the airport?", "AX", "departures-board.card"),
        ("zh", "去机场的下一班车几点？", "AX", "departures-board.card"),
        ("ko", "공항 가는 다음 열차 언제예요?", "AX", "departures-board.card"),
        ("zh", "厕所在哪里？", "洗手间", "place-card"),
        ("ko", "여기 공기 어때요?", "PM2.5", "air-quality.card"),
        ("en", "What do you record?", "camera", "text-card"),
    ],
)
def test_a_typed_question(kiosk: Page, language: str, question: str, said: str, card: str) -> None:
    if language != "en":
        choose(kiosk, language)
    assert said in ask(kiosk, question)
    expect(kiosk.locator(card)).to_be_visible()
    check(kiosk, question)


def test_a_missing_destination_is_asked_for_and_touched(kiosk: Page) -> None:
    ask(kiosk, "When is the next train?")
    choice = kiosk.locator("choices-card button").first
    name = choice.inner_text()
    choice.click()
    expect(kiosk.locator(".answer")).to_contain_text(name)
    expect(kiosk.locator("departures-board.card")).to_be_visible()


def test_a_tile(kiosk: Page) -> None:
    kiosk.get_by_role("button", name="Toilets").click()
    expect(kiosk.locator("place-card")).to_be_visible(timeout=ANSWER_LIMIT_MS)


def test_the_way_to_a_place_is_shown_on_a_map(kiosk: Page) -> None:
    kiosk.get_by_role("button", name="Toilets").click()
    kiosk.get_by_role("button", name="Show me the way").click()
    expect(kiosk.locator("route-card .steps li").first).to_be_visible(timeout=ANSWER_LIMIT_MS)
    assert until(lambda: kiosk.locator("route-card img").evaluate("image => image.complete && image.naturalWidth > 0"))
    expect(kiosk.locator("route-card img")).to_have_attribute("alt", re.compile("you are here"))
    check(kiosk, "the way")


def test_asked_to_speak_korean_the_page_does(kiosk: Page) -> None:
    ask(kiosk, "Please speak Korean")
    expect(kiosk.locator("html")).to_have_attribute("lang", "ko")
    assert "AX" in ask(kiosk, "공항 가는 다음 열차")


def test_idle_time_wipes_page_and_conversation(chromium: Browser, tmp_path: Path) -> None:
    touch = {"ASSISTANT_DIALOGUE__ENGINE": "direct", "ASSISTANT_SPEECH__ADDRESS": "tcp://127.0.0.1:9"}
    with start_assistant(tmp_path / "data", ASSISTANT_KIOSK__IDLE_S="4", **touch) as running:
        page = open_page(chromium, running.url)
        messages: list[str] = []
        page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: messages.append(str(frame))))
        page.reload()
        page.locator("body[data-phase=idle]").wait_for()
        page.get_by_role("button", name="Toilets").click()
        place = page.locator("place-card h2").inner_text()
        assert place in page.locator("body").inner_text()
        page.locator("dialog[open]").wait_for()
        page.locator("body[data-phase=idle]").wait_for()
        # Asking the page for anything lets Playwright tell of the messages meanwhile.
        assert until(lambda: page.evaluate("1") and sum('"welcome"' in message for message in messages) == 2)
        assert place not in page.evaluate("document.documentElement.outerHTML")
        page.context.close()
