"""Places, facts, alert rules, sensors and languages of a draft, on the page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from ruamel.yaml import YAML

from assistant.accounts.models import Role
from assistant.content.models import SHIPPED
from tests.console.conftest import Desktop
from tests.console.test_accessible import CUT, axe, tab_to
from tests.console.test_pages import rows, told
from tests.console.test_safety import ATTACKS, WATCH, untouched
from tests.fixtures.studio import Around
from tests.unit.content.folders import NOON

CHANGEABLE = "input:not([readonly]):enabled, textarea:not([readonly]), select:enabled"
STATION = """# Of the whole station.
name: Here
stop: A
languages: [en, ko]
places:
  # Asked for most.
  - id: cafe
    name: {en: Coffee Bar, ko: 커피 바}
    category: cafe
    where: {en: in the main hall}
    hours: "Mo-Fr 06:00-20:00"  # since May
    stop: A
  - id: tickets
    name: {en: Ticket Office, ko: 매표소}
    category: ticket_office
    hours: "Mo-Fr 08:00-18:00; PH off"
sensors:
  - id: hall-co2
    name: {en: Hall carbon dioxide, ko: 홀 이산화탄소}
    quantity: co2
    unit: ppm
    area: {en: Main hall, ko: 중앙 홀}
    source: push:hall
rules:
  - id: stale-air
    sensors: [hall-co2]
    above: 1500
    hold_s: 600
    alert:
      category: Health
      severity: Minor
      event: {en: Stale air, ko: 탁한 공기}
      headline: {en: The air is stale., ko: 공기가 탁합니다.}
facts:
  pets: {en: Dogs on a lead.}
"""


@pytest.fixture
def draft(around: Around, people: Callable[[Role], str]) -> str:
    """A draft with a station in it."""
    made = around.studio.drafts.make("Other hours", SHIPPED, by="0123456789ab", at=NOON).id
    file(around, made).write_text(STATION)
    return made


def file(around: Around, draft: str) -> Path:
    return around.studio.drafts.folder(draft) / "station.yaml"


def kept(around: Around, draft: str) -> dict[str, object]:
    """What the draft's station file says."""
    found: dict[str, object] = YAML(typ="safe").load(file(around, draft))
    return found


def entry(around: Around, draft: str, section: str, name: str) -> dict[str, object]:
    listed: list[dict[str, object]] = kept(around, draft)[section]  # type: ignore[assignment]
    return next(one for one in listed if one["id"] == name)


def go(desktop: Desktop, page: Page, where: str) -> None:
    page.goto(f"{desktop.address}/console/#/{where}")
    page.locator("main :is(work-form, work-table)").first.wait_for()


def day(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name, exact=True)


def save(page: Page) -> None:
    """What was told before is gone, so that "Saved." is of this time."""
    page.evaluate("document.querySelector('.told').textContent = ''")
    page.get_by_role("button", name="Save", exact=True).click()


def test_opening_hours_are_changed_day_by_day(desktop: Desktop, around: Around, draft: str, people: Callable[[Role], str]) -> None:
    page = desktop.signed_in(people("editor"), f"#/draft/{draft}")
    page.get_by_role("list", name="What can be edited").get_by_role("link", name="Places").click()
    assert [row[:2] + row[3:] for row in rows(page, "Places and opening hours", 2)] == [
        ["Cafe", "Coffee Bar", "Mo–Fr 06:00–20:00", "Korean"],
        ["Ticket office", "Ticket Office", "Mo–Fr 08:00–18:00; PH off", "English, Korean"],
    ]  # fmt: skip
    page.get_by_label("Search by name").fill("커피")
    expect(page.get_by_text("1 place", exact=True)).to_be_visible()
    page.get_by_role("link", name="Coffee Bar").click()
    saturday = day(page, "Saturday")
    expect(saturday.get_by_role("combobox")).to_have_value("closed")
    saturday.get_by_role("combobox").select_option("With a break")
    save(page)
    expect(page.get_by_text("Saturday: give both times.").first).to_be_visible()
    expect(saturday.get_by_role("combobox")).to_be_focused()
    for label, time in (("from", "08:00"), ("to", "12:00"), ("again from", "13:00"), ("again to", "00:00")):
        saturday.get_by_label(f"Saturday {label}", exact=True).fill(time)
    page.get_by_role("group", name="Where to find it").get_by_label("Where to find it in Korean").fill("중앙 홀")
    page.get_by_role("navigation").get_by_role("link", name="Overview").click()
    page.get_by_role("dialog", name="Leave this page?").get_by_role("button", name="No, go back").click()
    save(page)
    told(page, "Saved.")
    expect(page.get_by_text("Missing in Korean")).to_have_count(0)
    cafe = entry(around, draft, "places", "cafe")
    assert cafe["hours"] == "Mo-Fr 06:00-20:00; Sa 08:00-12:00,13:00-24:00"
    assert (cafe["where"], cafe["stop"]) == ({"en": "in the main hall", "ko": "중앙 홀"}, "A"), "what no field shows stays"
    assert "# Asked for most." in file(around, draft).read_text()
    page.get_by_role("link", name="All places").click()
    page.get_by_role("link", name="Ticket Office").click()
    expect(page.get_by_label("As text").last).to_have_value("Mo-Fr 08:00-18:00; PH off")
    page.get_by_label("Telephone").fill("1234567")
    save(page)
    told(page, "Saved.")
    assert entry(around, draft, "places", "tickets")["hours"] == "Mo-Fr 08:00-18:00; PH off", "what a table cannot show is never lost"


@pytest.mark.long
def test_hours_are_changed_by_keyboard_alone(desktop: Desktop, around: Around, draft: str, people: Callable[[Role], str]) -> None:
    page = desktop.signed_in(people("editor"), f"#/place/{draft}/cafe")
    page.get_by_label("Name in English").wait_for()
    tab_to(page, "Monday")
    page.keyboard.type("With")
    for label, typed in (("from", "0730AM"), ("to", "0830AM"), ("again from", "0930AM"), ("again to", "1030AM")):
        page.keyboard.press("Tab")
        expect(page.get_by_label(f"Monday {label}", exact=True)).to_be_focused()
        page.keyboard.type(typed)
        page.keyboard.press("Tab")  # From the part that was typed last to the button of the clock.
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    told(page, "Saved.")
    assert entry(around, draft, "places", "cafe")["hours"] == "Mo 07:30-08:30,09:30-10:30; Tu-Fr 06:00-20:00"


def test_a_place_is_made_and_removed(desktop: Desktop, around: Around, draft: str, people: Callable[[Role], str]) -> None:
    page = desktop.signed_in(people("editor"), f"#/places/{draft}")
    page.get_by_role("link", name="New place").click()
    page.get_by_label("Name in English").fill("Flower Shop")
    page.get_by_label("Kind").select_option("Shop")
    page.get_by_label("As text").first.check()
    page.get_by_label("As text").last.fill("Mo-Fr whenever we like")
    save(page)
    expect(page.locator(".hours > .fault")).to_contain_text("these opening hours cannot be read")
    expect(page.get_by_label("As text").last).to_be_focused()
    page.get_by_label("Day by day").check()
    day(page, "Monday").get_by_role("combobox").select_option("Open all day")
    page.get_by_role("button", name="Every day as on Monday").click()
    save(page)
    page.get_by_role("heading", level=2, name="Flower Shop").wait_for()
    made = entry(around, draft, "places", "flower-shop")
    assert (made["category"], made["hours"]) == ("shop", "24/7")
    page.get_by_role("button", name="Remove", exact=True).click()
    page.get_by_role("dialog", name="Remove Flower Shop?").get_by_role("button", name="Remove").click()
    page.get_by_label("Search by name").wait_for()
    assert len(rows(page, "Places and opening hours", 2)) == 2


def test_a_rules_words_are_changed_and_danger_is_asked_about(
    desktop: Desktop, around: Around, draft: str, people: Callable[[Role], str]
) -> None:
    page = desktop.signed_in(people("editor"), f"#/rules/{draft}")
    assert rows(page, "Alert rules", 1)[0][1].startswith("Carbon dioxide above 1500 ppm for 10 minutes → Minor The air is stale.")
    page.get_by_role("link", name="Stale air").click()
    page.get_by_label("What is shown and said in English").fill("Please open a window.")
    page.get_by_label("What to do in Korean").fill("창문을 열어 주세요.")
    page.get_by_label("For at least", exact=True).fill("5")
    page.get_by_label("Amount").fill("many")
    save(page)
    expect(page.get_by_label("Amount")).to_be_focused()
    expect(page.locator(".field.wrong .fault")).to_have_text("Type a number.")
    page.get_by_label("Amount").fill("1200")
    life = page.get_by_label("For life and safety")
    life.click()
    page.get_by_role("dialog", name="Take over every screen?").get_by_role("button", name="No, go back").click()
    expect(life).not_to_be_checked()
    save(page)
    told(page, "Saved.")
    rule = entry(around, draft, "rules", "stale-air")
    assert (rule["above"], rule["hold_s"]) == (1200, 300)
    alert: dict[str, object] = rule["alert"]  # type: ignore[assignment]
    assert alert["headline"] == {"en": "Please open a window.", "ko": "공기가 탁합니다."}
    assert alert["instruction"] == {"ko": "창문을 열어 주세요."}
    assert not alert.get("life_safety"), "one click alone does not set it"
    life.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Yes, for life and safety").click()
    expect(life).to_be_checked()
    page.get_by_label("When the value").select_option("rises by")
    page.get_by_label("Within", exact=True).fill("90")
    save(page)
    told(page, "Saved.")
    rule = entry(around, draft, "rules", "stale-air")
    assert rule["rise"] == {"by": 1200, "within_s": 90}
    assert "above" not in rule
    assert rule["alert"]["life_safety"] is True  # type: ignore[index]


def test_a_sensor_is_added_and_a_wrong_value_shown_at_its_field(
    desktop: Desktop, around: Around, draft: str, people: Callable[[Role], str]
) -> None:
    page = desktop.signed_in(people("editor"), f"#/sensors/{draft}")
    assert rows(page, "Sensors of a draft", 1)[0][1:3] == ["Carbon dioxide", "Main hall"]
    page.get_by_role("link", name="New sensor").click()
    page.get_by_label("Measures").select_option("Smoke")
    expect(page.get_by_label("Unit", exact=True)).to_have_value("state")
    page.get_by_label("Name in English").fill("Hall smoke")
    page.get_by_label("Part of the station it stands for in English").fill("Main hall")
    page.get_by_label("Where its values come from").fill("push:smoke")
    page.get_by_label("Silent after", exact=True).fill("999")
    page.get_by_label("Silent after: unit of time").select_option("hours")
    save(page)
    expect(page.get_by_label("Silent after", exact=True)).to_be_focused()
    expect(page.locator(".field.wrong .fault")).to_be_visible()
    assert len(kept(around, draft)["sensors"]) == 1  # type: ignore[arg-type]
    page.get_by_label("Silent after", exact=True).fill("2")
    save(page)
    page.get_by_role("heading", level=2, name="Hall smoke").wait_for()
    made = entry(around, draft, "sensors", "hall-smoke")
    assert (made["quantity"], made["silent_s"], made["name"]) == ("smoke", 7200, {"en": "Hall smoke"})


def test_two_editors_lose_nothing(desktop: Desktop, around: Around, draft: str, people: Callable[[Role], str]) -> None:
    ann, ben = desktop.signed_in(people("editor"), f"#/place/{draft}/cafe"), desktop.signed_in(people("publisher"), f"#/place/{draft}/cafe")
    cid = desktop.signed_in("a-editor", f"#/facts/{draft}")
    for page in (ann, ben):
        page.get_by_label("Name in English").wait_for()
    cid.get_by_label("Pets in Korean").fill("줄에 매어 주세요.")
    ann.get_by_label("Name in English").fill("Ann's Bar")
    ann.get_by_label("Telephone").fill("111")
    save(ann)
    told(ann, "Saved.")
    ben.get_by_label("Name in English").fill("Ben's Bar")
    ben.get_by_label("Note in English").fill("Card only.")
    save(ben)
    expect(ben.get_by_role("heading", name="Somebody else has saved this meanwhile")).to_be_focused()
    expect(ben.locator(".conflict")).to_contain_text("a-editor")
    expect(ben.locator(".conflict")).to_contain_text("Places: cafe")
    assert ben.locator(".conflict .words").all_inner_texts() == ["Ben's Bar", "Ann's Bar"]
    assert entry(around, draft, "places", "cafe")["name"] == {"en": "Ann's Bar", "ko": "커피 바"}, "nothing was overwritten"
    expect(ben.get_by_label("Telephone")).to_have_value("111")
    assert axe(ben) + ben.evaluate(CUT) == []
    ben.get_by_label("What is saved now").check()
    expect(ben.get_by_label("Name in English")).to_have_value("Ann's Bar")
    ben.get_by_label("Mine").check()
    save(ben)
    told(ben, "Saved.")
    cafe = entry(around, draft, "places", "cafe")
    assert (cafe["name"], cafe["phone"], cafe["note"]) == ({"en": "Ben's Bar", "ko": "커피 바"}, "111", {"en": "Card only."})
    save(cid)
    told(cid, "Saved.")
    assert kept(around, draft)["facts"] == {"pets": {"en": "Dogs on a lead.", "ko": "줄에 매어 주세요."}}, "another part is no conflict"
    ann.get_by_role("button", name="Remove", exact=True).click()
    ann.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(ann.get_by_role("heading", name="Somebody else has saved this meanwhile")).to_be_focused()
    assert entry(around, draft, "places", "cafe"), "what somebody changed is looked at before it goes"


def test_facts_and_languages(desktop: Desktop, around: Around, draft: str, people: Callable[[Role], str]) -> None:
    page = desktop.signed_in(people("editor"), f"#/facts/{draft}")
    page.get_by_label("Another subject").select_option("Refunds")
    page.get_by_role("button", name="Say something of it").click()
    expect(page.get_by_label("Refunds in English")).to_be_focused()
    page.keyboard.type("At the ticket office.")
    page.get_by_label("Pets in English").fill("")
    save(page)
    told(page, "Saved.")
    assert kept(around, draft)["facts"] == {"refunds": {"en": "At the ticket office."}}
    page.get_by_role("link", name="Languages").click()
    page.get_by_label("Short name of the language").fill("French")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Short name of the language")).to_be_focused()
    page.get_by_label("Short name of the language").fill("fr")
    page.keyboard.press("Enter")
    told(page, "French is added. Now it needs words.")
    french = rows(page, "Languages", 3)[2]
    assert french[:2] == ["French (fr)", "3"]
    assert all(part in french[2] for part in ("2 places", "1 fact", "1 alert rule", "1 sensor", "questions and replies")), french[2]
    page.get_by_role("button", name="French further up").click()
    told(page, "Saved.")
    assert kept(around, draft)["languages"] == ["en", "fr", "ko"]
    page.get_by_role("button", name="Remove Korean").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    told(page, "Korean is removed.")
    assert kept(around, draft)["languages"] == ["en", "fr"]


@pytest.mark.long
def test_markup_in_every_field_stays_text(desktop: Desktop, around: Around, draft: str, people: Callable[[Role], str]) -> None:
    page = desktop.signed_in(people("editor"), f"#/places/{draft}", script=WATCH)
    attacked = iter(ATTACKS * 30)
    for where in (f"place/{draft}/cafe", f"rule/{draft}/stale-air", f"sensor/{draft}/hall-co2", f"facts/{draft}"):
        go(desktop, page, where)
        page.locator("main").evaluate("main => main.querySelectorAll('details').forEach((each) => (each.open = true))")
        for field in page.locator("main :is(textarea, input[type=text]):not([inputmode]):visible").all():
            field.fill(next(attacked))
        save(page)
        page.locator(".summary:not([hidden]), .told:not(:empty)").first.wait_for()
        untouched(page)
        page.goto("about:blank")
        page.goto(f"{desktop.address}/console/")
        page.get_by_role("navigation").wait_for()
    content = YAML(typ="safe").load(STATION)
    first, second = ATTACKS[:2]
    content["places"][0]["name"] = content["sensors"][0]["name"] = content["facts"]["pets"] = {"en": first, "ko": second}
    content["rules"][0]["alert"] |= {"event": {"en": first}, "headline": {"en": second}}
    with file(around, draft).open("w") as to:
        YAML(typ="safe").dump(content, to)
    for where in ("places", "rules", "sensors", "facts", "languages"):
        go(desktop, page, f"{where}/{draft}")
        untouched(page)
    expect(page.get_by_role("table")).to_contain_text("1 place")


def test_a_viewer_looks_and_changes_nothing(desktop: Desktop, draft: str, people: Callable[[Role], str]) -> None:
    page = desktop.signed_in(people("viewer"), f"#/places/{draft}")
    for where in ("places", "place/cafe", "facts", "rules", "rule/stale-air", "sensors", "sensor/hall-co2", "languages"):
        path, _, rest = where.partition("/")
        go(desktop, page, f"{path}/{draft}" + (f"/{rest}" if rest else ""))
        assert page.locator("main button:visible").count() == 0, where
        assert page.locator(f"main work-form :is({CHANGEABLE})").count() == 0, where
        assert page.get_by_role("link", name="New ").count() == 0, where
    page.goto(f"{desktop.address}/console/#/place/{draft}/nowhere")
    expect(page.get_by_role("alert")).to_contain_text("This is not in the draft any more.")


@pytest.mark.parametrize(("width", "height"), [
    pytest.param(1280, 800, id="laptop", marks=pytest.mark.long), pytest.param(800, 600, id="small", marks=pytest.mark.long),
    pytest.param(400, 300, id="zoomed"),
])  # fmt: skip
def test_the_pages_are_accessible_and_whole(
    desktop: Desktop, draft: str, people: Callable[[Role], str], width: int, height: int
) -> None:
    page, found = desktop.signed_in(people("editor"), f"#/places/{draft}", width=width, height=height), []
    for where in ("places", "place/cafe", "facts", "rules", "rule/stale-air", "sensors", "sensor/hall-co2", "languages"):
        path, _, rest = where.partition("/")
        go(desktop, page, f"{path}/{draft}" + (f"/{rest}" if rest else ""))
        if rest == "cafe":
            day(page, "Monday").get_by_role("combobox").select_option("With a break")
            save(page)
            page.locator(".field.wrong, .hours.wrong").first.wait_for()
        found += [f"{where}: {fault}" for fault in [*axe(page), *page.evaluate(CUT)]]
        if rest == "cafe":
            page.reload()
    assert not found, "\n".join(found)
