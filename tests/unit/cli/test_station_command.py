"""`station import|check|show`, on the example station and on broken copies of it."""

import shutil
from pathlib import Path

import pytest

from assistant.cli.main import main

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "examples" / "harbour-central"


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ASSISTANT_CLOCK__START", "2026-11-24T08:00:00+00:00")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "copy"))


def test_import_reports_and_does_nothing_the_second_time(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["station", "import", str(EXAMPLE)]) == 0
    assert capsys.readouterr().out.startswith("imported in")
    assert main(["station", "import", str(EXAMPLE)]) == 0
    assert capsys.readouterr().out.startswith("in service already")


def test_show_names_lines_times_and_places(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["station", "show", str(EXAMPLE)]) == 0
    shown = capsys.readouterr().out
    assert "timetable holds: 2026-11-01 to" in shown
    station = ("places:", "ticket_office", "\nlevels: ", "  Market Street Exit  with steps\n", "  wifi  Choose the network")
    for words in ("Airport Express", *station):
        assert words in shown


def test_check_of_a_good_station_finds_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["station", "check", str(EXAMPLE)]) == 0
    assert capsys.readouterr().out == "0 errors, 0 warnings\n"
    assert not (tmp_path / "data").exists()


def test_check_lists_every_finding_with_its_place(capsys: pytest.CaptureFixture[str], copy: Path) -> None:
    routes = copy / "gtfs" / "routes.txt"
    rows = routes.read_text(encoding="utf-8")
    routes.write_text(rows + rows.splitlines()[1] + "\n", encoding="utf-8")
    station = copy / "station.yaml"
    station.write_text(station.read_text(encoding="utf-8").replace("category: atm", "category: bank"), encoding="utf-8")
    assert main(["station", "check", str(copy)]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("✗ station.yaml: places: atm: category is none of")
    assert out[1].startswith(f"! routes.txt:{len(rows.splitlines()) + 1}: ")
    assert out[-1] == "1 errors, 1 warnings"


def test_check_warns_where_nobody_can_be_called(capsys: pytest.CaptureFixture[str], copy: Path) -> None:
    station = copy / "station.yaml"
    station.write_text(station.read_text(encoding="utf-8").replace('  emergency: "112"\n', ""), encoding="utf-8")
    assert main(["station", "check", str(copy)]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("! station.yaml: contacts.emergency is not set")
    assert out[-1] == "0 errors, 1 warnings"


def test_a_contact_that_nobody_knows_is_an_error(capsys: pytest.CaptureFixture[str], copy: Path) -> None:
    station = copy / "station.yaml"
    station.write_text(station.read_text(encoding="utf-8").replace("  emergency:", "  emergancy:"), encoding="utf-8")
    assert main(["station", "check", str(copy)]) == 1
    assert "contacts.emergancy" in capsys.readouterr().err


def test_an_unusable_folder_is_one_line_and_its_mend(capsys: pytest.CaptureFixture[str], copy: Path) -> None:
    (copy / "gtfs" / "stops.txt").unlink()
    assert main(["station", "import", str(copy)]) == 1
    assert capsys.readouterr().err.startswith("station-assistant: stops.txt is missing in gtfs\n  ")
    assert main(["station", "check", str(copy)]) == 1
    assert "stops.txt is missing in gtfs" in capsys.readouterr().out


def test_refresh_takes_a_file_and_says_so(capsys: pytest.CaptureFixture[str], copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_STATION", str(copy))
    lines = (copy / "gtfs" / "feed_info.txt").read_text(encoding="utf-8")
    shutil.copytree(copy / "gtfs", copy / "newer")
    (copy / "newer" / "feed_info.txt").write_text(lines + "\n", encoding="utf-8")
    newer = shutil.make_archive(str(copy / "newer"), "zip", copy / "newer")
    assert main(["station", "refresh", newer]) == 0
    assert capsys.readouterr().out.startswith("in service: version ")
    assert main(["station", "refresh", newer]) == 0
    assert capsys.readouterr().out == "nothing new\n"
    assert main(["station", "refresh"]) == 1
    assert capsys.readouterr().err.startswith("station-assistant: feed.url is not set\n")
    assert main(["station", "refresh", str(copy / "station.yaml")]) == 1
    assert "is no zip" in capsys.readouterr().err


def test_an_address_that_is_none_is_refused_at_once(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    station = copy / "station.yaml"
    station.write_text("feed: {url: ftp://example.org/gtfs.zip}\n" + station.read_text(encoding="utf-8"), encoding="utf-8")
    assert main(["station", "check", str(copy)]) == 1
    assert "feed.url: Value error, write http://" in capsys.readouterr().err
