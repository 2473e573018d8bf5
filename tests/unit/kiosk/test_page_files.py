"""The page's files as they are sent."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.kiosk.socket import serve_page
from assistant.settings import ROOT


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    serve_page(app, ROOT / "kiosk_ui")
    return TestClient(app)


def test_they_come_compressed_and_are_not_sent_twice(client: TestClient) -> None:
    plain = (ROOT / "kiosk_ui" / "kiosk.js").read_bytes()
    answer = client.get("/kiosk.js")
    assert answer.content == plain
    assert int(answer.headers["content-length"]) < len(plain) / 2
    assert client.get("/kiosk.js", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304


def test_who_cannot_unpack_gets_them_as_they_are(client: TestClient) -> None:
    answer = client.get("/kiosk.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in answer.headers
    assert answer.content == (ROOT / "kiosk_ui" / "kiosk.js").read_bytes()
