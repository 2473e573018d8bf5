"""What acts at once, on the page: a lift is closed and the kiosk's way avoids it, a notice comes and goes."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from assistant.accounts.models import Role
from assistant.answers.desk import Desk
from assistant.console.feed import Feeds
from tests.console.conftest import Desktop, go
from tests.console.test_pages import rows, told
from tests.unit.console.test_feed import zipped


@pytest.fixture(autouse=True)
def undisturbed(desk: Desk) -> Iterator[None]:
    """Nothing is out of order, and nothing is told, after a test."""
    yield
    knowledge = desk.context("en").knowledge
    for one in knowledge.outages.listed():
        knowledge.outages.remove(one.id)
    knowledge.notices.become([])


def way(desk: Desk, goal: str) -> list[str]:
    """The ids of the ways that the kiosk leads along without stairs; none where it tells that there is no way."""
    found = desk.context("en").knowledge.route(goal=goal, step_free=True)
    return [step.source.key for step in found.steps] if found else []


def told_by_kiosk(desk: Desk, language: str = "en") -> str:
    return " ".join(reply.text for reply in desk.answer("timetable_disruptions", {}, language).replies)


def test_a_lift_is_closed_and_the_kiosks_way_avoids_it(desktop: Desktop, desk: Desk, people: Callable[[Role], str]) -> None:
    assert "lift-78" in way(desk, "hc7")
    page, other = desktop.signed_in(people("editor"), "#/outages"), desktop.signed_in(people("viewer"), "#/outages")
    assert ["Lift, East passage – Platforms 7 and 8", "Street level – Platform level", "In order"] in [
        row[:3] for row in rows(page, "All lifts, ways and doors")
    ]
    expect(page.get_by_text("Nothing is out of order.")).to_be_visible()
    page.get_by_role("button", name="Out of order: Lift, East passage – Platforms 7 and 8").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Why, in English").fill("The door is repaired.")
    dialog.get_by_label("Until").fill("2026-11-24T07:00")
    dialog.get_by_role("button", name="Say that it is out of order").click()
    expect(dialog.locator(".summary:focus")).to_contain_text("an outage ends after it began, and later than now")
    dialog.get_by_label("Until").fill("2026-11-24T18:30")
    dialog.get_by_role("button", name="Say that it is out of order").click()
    told(page, "Lift, East passage – Platforms 7 and 8 is out of order from the next answer on.")
    assert way(desk, "hc7") == []
    [(_, why, since, until, whose, *_)] = rows(page, "Out of order", 1)
    assert (why, until, whose) == ("The door is repaired.", "24 Nov 2026, 18:30", "The station")
    assert since.startswith("24 Nov 2026, 08:0"), "the clock runs"
    other.reload()
    expect(other.get_by_role("table", name="Out of order")).to_contain_text("The door is repaired.")
    expect(other.locator("main").get_by_role("button")).to_have_count(0)
    page.get_by_role("button", name="Works again: Lift, East passage – Platforms 7 and 8").click()
    told(page, "Lift, East passage – Platforms 7 and 8 works again from the next answer on.")
    assert "lift-78" in way(desk, "hc7")
    page.get_by_label("Show").select_option("Entrances and platforms")
    assert "Platform 2" in [row[0] for row in rows(page, "All lifts, ways and doors")]


def test_a_notice_appears_is_changed_and_ends(desktop: Desktop, desk: Desk, people: Callable[[Role], str]) -> None:
    page = desktop.signed_in(people("editor"), "#/notices")
    page.get_by_role("button", name="Tell it to travellers").click()
    expect(page.locator(".summary:focus")).to_contain_text("Write the notice in at least one language.")
    page.get_by_label("Text in English").fill("Platform 2 works\nthis weekend. <b>No</b> trains.")
    page.get_by_label("Disruption").check()
    page.get_by_role("button", name="Tell it to travellers").click()
    told(page, "The notice is told from now on.")
    assert "Platform 2 works this weekend. <b>No</b> trains." in told_by_kiosk(desk)
    assert [row[:3] + row[5:7] for row in rows(page, "Notices", 1)] == [
        ["Platform 2 works this weekend. <b>No</b> trains.", "In force", "Disruption", "This station", "Missing: Chinese, Korean"]
    ]
    page.get_by_role("button", name="Change: Platform 2 works").click()
    dialog = page.get_by_role("dialog", name="Change a notice")
    dialog.get_by_label("Text in Korean").fill("이번 주말 2번 승강장 공사")
    dialog.get_by_label("From").fill("2026-11-24T09:00")
    dialog.get_by_role("button", name="Save").click()
    told(page, "Saved.")
    assert [row[1] for row in rows(page, "Notices", 1)] == ["Planned"]
    assert "Platform 2" not in told_by_kiosk(desk)
    page.get_by_role("button", name="Take away: Platform 2 works").click()
    page.get_by_role("dialog").get_by_role("button", name="Take away", exact=True).click()
    told(page, "The notice is taken away.")
    expect(page.get_by_text("There is no notice.")).to_be_visible()
    go(page, "Lifts and closures")


@pytest.mark.long
def test_two_who_change_one_notice_lose_nothing(desktop: Desktop, desk: Desk, people: Callable[[Role], str]) -> None:
    page = desktop.signed_in(people("editor"), "#/notices")
    page.get_by_label("Text in English").fill("The lift is cleaned.")
    page.get_by_role("button", name="Tell it to travellers").click()
    told(page, "The notice is told from now on.")
    other = desktop.signed_in(people("admin"), "#/notices")
    dialogs = []
    for one in (page, other):
        one.get_by_role("button", name="Change: The lift is cleaned.").click()
        dialogs.append(one.get_by_role("dialog"))
    dialogs[0].get_by_label("Text in English").fill("The lift is cleaned until noon.")
    dialogs[0].get_by_role("button", name="Save").click()
    told(page, "Saved.")
    dialogs[1].get_by_label("Text in English").fill("The lift is closed.")
    dialogs[1].get_by_role("button", name="Save").click()
    expect(dialogs[1].locator(".summary:focus")).to_contain_text("Somebody else has changed this notice meanwhile.")
    expect(dialogs[1].get_by_label("Text in English")).to_have_value("The lift is closed.")
    assert "until noon" in told_by_kiosk(desk)


@pytest.fixture
def working(feeds: Feeds) -> Iterator[Feeds]:
    """The refresher works, as it does beside a running assistant."""
    stop = threading.Event()

    async def until_stopped() -> None:
        task = asyncio.create_task(feeds.refresher.run())
        await asyncio.to_thread(stop.wait)
        task.cancel()

    thread = threading.Thread(target=lambda: asyncio.run(until_stopped()), daemon=True)
    thread.start()
    yield feeds
    stop.set()
    thread.join(10)


@pytest.mark.long
@pytest.mark.timeout(60)
def test_a_bad_zip_is_refused_in_plain_words_and_a_good_one_goes_into_service(
    desktop: Desktop, working: Feeds, people: Callable[[Role], str], tmp_path: Path
) -> None:
    bad, good = tmp_path / "bad.zip", tmp_path / "good.zip"
    bad.write_bytes(zipped(without="stop_times"))
    good.write_bytes(zipped())
    page, other = desktop.signed_in(people("publisher"), "#/feed"), desktop.signed_in(people("editor"), "#/feed")
    expect(other.get_by_role("heading", name="Upload a timetable")).to_have_count(0)
    expect(page.locator(".facts")).to_contain_text("The station folder")
    page.get_by_role("button", name="Upload and check").click()
    expect(page.locator(".summary:focus")).to_contain_text("Choose the zip.")
    page.get_by_label("The zip of GTFS files").set_input_files(bad)
    page.get_by_role("button", name="Upload and check").click()
    told(page, "The timetable was refused. What is wrong stands on this page.")
    expect(page.get_by_text("The timetable was refused; the old one stays in service")).to_be_visible()
    expect(page.locator("main")).to_contain_text("stop_times.txt")
    expect(page.locator(".facts")).to_contain_text("The station folder")
    page.get_by_label("The zip of GTFS files").set_input_files(good)
    page.get_by_role("button", name="Upload and check").click()
    told(page, "The newer timetable is in service.")
    expect(page.locator(".facts")).to_contain_text("An upload")
    assert [row[1] for row in rows(page, "Timetables at hand", 2) if "In service" in row] == ["An upload"]
    page.get_by_role("button", name="Go back to").click()
    page.get_by_role("dialog").get_by_role("button", name="Go back to it").click()
    told(page, "The newer timetable is in service.")
    expect(page.locator(".facts")).to_contain_text("The station folder")


def test_the_privacy_record_is_read_and_printed(desktop: Desktop, people: Callable[[Role], str]) -> None:
    page = desktop.signed_in(people("viewer"), "#/privacy")
    assert "Microphone" in [row[0] for row in rows(page, "Devices")]
    expect(page.get_by_role("list").filter(has_text="Face recognition")).to_be_visible()
    about = {row[0]: row[1] for row in rows(page, "What stays on the disk")}
    assert next(what for what, of in about.items() if of == "About staff, never about travellers").startswith("Staff who sign in")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.get_by_role("heading", name="Privacy record")).to_be_visible()
