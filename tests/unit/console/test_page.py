"""The console's page as it is served: beside the kiosk's, with a policy of its own."""

from collections.abc import Callable

from assistant.api.access import CONSOLE_HEADERS, DENIED
from tests.unit.console.conftest import Browser


def test_the_page_is_served_without_an_account_and_compressed(open_browser: Callable[[], Browser]) -> None:
    client = open_browser().client
    assert client.get("/console", follow_redirects=False).headers["location"] == "/console/"
    answer = client.get("/console", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-type"].startswith("text/html")
    assert 'src="main.js"' in answer.text
    assert client.get("/console/main.js").headers["content-type"].startswith("text/javascript")
    assert client.get("/console/locales/en.json", headers={"Accept-Encoding": "gzip"}).headers["content-encoding"] == "gzip"


def test_what_it_shares_with_the_kiosk_stands_beside_it(open_browser: Callable[[], Browser]) -> None:
    client = open_browser().client
    page = client.get("/console/").text
    for shared in ("styles/tokens.css", "styles/themes.css", "icon.svg"):
        assert f'href="../kiosk_ui/{shared}"' in page
        assert client.get(f"/kiosk_ui/{shared}").content == client.get(f"/{shared}").content


def test_the_page_may_less_than_the_kiosks(open_browser: Callable[[], Browser]) -> None:
    client = open_browser().client
    headers = client.get("/console/").headers
    assert {name: headers[name] for name in CONSOLE_HEADERS} == CONSOLE_HEADERS
    policy = dict(feature.split("=") for feature in headers["permissions-policy"].split(", "))
    assert policy.keys() == {*DENIED, "microphone"}
    assert {name for name, allowed in policy.items() if allowed != "()"} == {"clipboard-write"}
    directives = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == directives["connect-src"] == "'self'"
    assert "media-src" not in directives
    assert "microphone=(self)" in client.get("/").headers["permissions-policy"], "the kiosk keeps its own"


def test_its_calls_have_the_same_policy_and_its_files_no_way_out(open_browser: Callable[[], Browser]) -> None:
    client = open_browser().client
    assert client.get("/console/api/start").headers["content-security-policy"] == CONSOLE_HEADERS["Content-Security-Policy"]
    for path in ("/console/..%2fpyproject.toml", "/console/%2e%2e/pyproject.toml", "/kiosk_ui/..%2fpyproject.toml", "/console/CANARY7"):
        assert client.get(path).status_code == 404, path
