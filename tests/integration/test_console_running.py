"""The console of a running assistant: the first admin's way in, a backup while it runs, and the same people after a restore."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from assistant.cli.main import main
from tests.conftest import EXAMPLE, Running, start_assistant

PASSWORD = "violet kettle moon tram"  # noqa: S105
TOUCH = {"ASSISTANT_DIALOGUE__ENGINE": "direct", "ASSISTANT_SPEECH__ADDRESS": "tcp://127.0.0.1:9"}


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the example station, which a restore may replace; commands of this process mean it."""
    copy = Path(shutil.copytree(EXAMPLE, tmp_path / "station"))
    monkeypatch.setenv("ASSISTANT_STATION", str(copy))
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path / "data"))
    mask = os.umask(0o022)
    yield copy
    os.umask(mask)


def asked(client: httpx.Client, method: str, path: str, csrf: str = "", **more: object) -> httpx.Response:
    """What the console's page would ask."""
    headers = {"Origin": str(client.base_url).rstrip("/"), "X-CSRF-Token": csrf}
    return client.request(method, f"/console/api{path}", headers=headers, **more)  # type: ignore[arg-type]


def sign_in(client: httpx.Client) -> str:
    answer = asked(client, "POST", "/session", json={"name": "ada", "password": PASSWORD})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["csrf"])


def first_admin(running: Running, capsys: pytest.CaptureFixture[str]) -> None:
    """By a code that is printed on the machine while the assistant runs."""
    assert main(["accounts", "recover"]) == 0
    code = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){4}", capsys.readouterr().out)
    assert code
    with running.client() as client:
        assert asked(client, "GET", "/start").json() == {"ready": False}
        body = {"code": code[0], "name": "ada", "password": PASSWORD}
        assert asked(client, "POST", "/codes", json=body).status_code == 204
        assert asked(client, "GET", "/overview").status_code == 401


@pytest.mark.long
@pytest.mark.timeout(300)
def test_people_and_reports_come_back_with_a_backup_of_a_running_assistant(
    station: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, saved = tmp_path / "data", tmp_path / "saved.tar"
    with start_assistant(data, ASSISTANT_STATION=str(station), **TOUCH) as running, running.client() as client:
        first_admin(running, capsys)
        csrf = sign_in(client)
        overview = asked(client, "GET", "/overview").json()
        assert (overview["timetable"]["state"], overview["model"]) == ("valid", None)
        made = asked(client, "POST", "/tokens", csrf, json={"name": "lift-watch", "scopes": ["operate"]}).json()
        bearer = {"Authorization": f"Bearer {made['secret']}"}
        report = client.post("/v1/reports", json={"kind": "spill"}, headers=bearer).json()
        assert main(["backup", str(saved)]) == 0
        assert main(["restore", str(saved)]) == 1
        assert "running" in capsys.readouterr().err
        assert asked(client, "GET", "/session").status_code == 200, "it goes on as if nothing had been"
        client.post("/v1/reports", json={"kind": "defect"}, headers=bearer)
        cookie = client.cookies["console"]
    shutil.rmtree(data)
    (station / "station.yaml").write_text("stop: nowhere")
    assert main(["restore", str(saved)]) == 0
    assert (station / "station.yaml").read_bytes() == (EXAMPLE / "station.yaml").read_bytes()
    with start_assistant(data, ASSISTANT_STATION=str(station), **TOUCH) as running, running.client() as client:
        client.cookies.set("console", cookie, path="/console")
        assert asked(client, "GET", "/session").status_code == 401, "a session does not come back"
        client.cookies.clear()
        csrf = sign_in(client)
        assert [one["id"] for one in asked(client, "GET", "/reports").json()["reports"]] == [report["id"]]
        assert client.get("/v1/reports", headers=bearer).status_code == 200
        taken = asked(client, "POST", f"/reports/{report['id']}/acknowledgement", csrf)
        assert taken.json()["acknowledged_by"] == "ada"
        actions = [entry["action"] for entry in asked(client, "GET", "/audit").json()["entries"]]
        assert actions[:4] == ["report.acknowledged", "session.begun", "backup.restored", "token.made"]
        assert asked(client, "GET", "/audit/check").json() == {"broken_at": None}
