"""A real station works like the example: its feed, the smallest station file, the same trained model."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import MODELS, start_assistant
from tests.integration.test_first_answer import intent, opened, slots, text, turn

pytestmark = pytest.mark.timeout(300)
STATIONS = [
    ("wmata-rail-2026-oneday", "STN_A01_C01", "2026-05-01T08:00:00-04:00", "When is the next train to Shady Grove?", "Shady Grove"),
    pytest.param(
        "caltrain-2023-rt", "sj_diridon", "2023-11-08T08:00:00-08:00", "next train to Palo Alto please", "Palo Alto",
        marks=pytest.mark.long,
    ),
]


@pytest.mark.parametrize(("feed", "stop", "start", "question", "destination"), STATIONS)
def test_a_real_station_answers_without_training(
    tmp_path: Path, shared_data: Path, feed: str, stop: str, start: str, question: str, destination: str
) -> None:
    folder = tmp_path / "station"
    folder.mkdir()
    shutil.copy(shared_data / "gtfs" / feed / "gtfs.zip", folder)
    (folder / "station.yaml").write_text(f"name: A real station\nstop: {stop}\nlanguages: [en]\n", encoding="utf-8")
    models = sorted((MODELS / "dialogues").iterdir())
    environment = {"ASSISTANT_STATION": str(folder), "ASSISTANT_CLOCK__START": start}
    with start_assistant(tmp_path / "data", **environment) as running, running.client() as client:
        assert sorted((MODELS / "dialogues").iterdir()) == models, "a new feed must not need training"
        answer = turn(client, opened(client, "en"), text=question)
        assert intent(answer) == "timetable_next_departures"
        assert destination in text(answer)
        assert slots(answer)["destination"]
        board = client.get("/v1/departures", params={"to": destination, "limit": 5}).json()["departures"]
        assert board[0]["scheduled"][11:16] in text(answer), "what is said is the first row of the board"
        assert client.post("/v1/conversations", json={"language": "ko"}).status_code == 400


def test_an_expired_feed_names_no_times(tmp_path: Path, shared_data: Path) -> None:
    folder = tmp_path / "station"
    folder.mkdir()
    shutil.copy(shared_data / "gtfs" / "caltrain-2023-rt" / "gtfs.zip", folder)
    (folder / "station.yaml").write_text("name: Past\nstop: sj_diridon\nlanguages: [en]\n", encoding="utf-8")
    with start_assistant(tmp_path / "data", ASSISTANT_STATION=str(folder)) as running, running.client() as client:
        answer = turn(client, opened(client, "en"), text="next train to Palo Alto please")
        assert "My timetable ended on" in text(answer)
        assert client.get("/v1/departures").json()["code"] == "no-valid-timetable"
        assert client.get("/readyz").json()["components"]["knowledge"] == "degraded"
