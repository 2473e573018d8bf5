"""Where a redirect of `feed.url` may lead."""

from pathlib import Path

import httpx
import pytest

from assistant.errors import AssistantError, StationError, Unavailable
from assistant.knowledge.refresh.download import download
from assistant.knowledge.refresh.targets import pinned, public
from tests.unit.knowledge.test_refresh import Publisher, publisher

__all__ = ["publisher"]


@pytest.mark.parametrize("address", [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "::1", "::",  # noqa: S104
    "fe80::1", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1",
])  # fmt: skip
def test_no_address_of_the_machine_or_its_network_is_public(address: str) -> None:
    assert not public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "2606:4700::1111", "::ffff:1.1.1.1"])
def test_an_address_of_the_internet_is(address: str) -> None:
    assert public(address)


def test_a_name_is_asked_once_and_the_address_that_was_checked_is_used() -> None:
    answers = [["1.1.1.1"], ["127.0.0.1"]]
    at, host, names = pinned(httpx.URL("https://feeds.example:8443/gtfs.zip?key=1"), lambda *_: answers.pop(0))
    assert str(at) == "https://1.1.1.1:8443/gtfs.zip?key=1"
    assert (host, names) == ({"host": "feeds.example:8443"}, {"sni_hostname": "feeds.example"})
    with pytest.raises(StationError, match="private network"):
        pinned(httpx.URL("https://feeds.example/"), lambda *_: answers.pop(0))


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(StationError) as refused:
        pinned(httpx.URL("https://feeds.example/"), lambda *_: ["1.1.1.1", "10.0.0.1"])
    assert refused.value.code == "feed-redirect"
    with pytest.raises(Unavailable):
        pinned(httpx.URL("https://feeds.example/"), lambda *_: [])


@pytest.mark.parametrize("to", [
    "http://127.0.0.2/CANARY7", "https://127.0.0.2/CANARY7", "https://10.0.0.1/CANARY7", "https://169.254.169.254/CANARY7",
    "https://[::1]/CANARY7", "https://[::ffff:127.0.0.1]/CANARY7", "file:///etc/CANARY7", "ftp://127.0.0.1/CANARY7",
])  # fmt: skip
def test_a_redirect_elsewhere_is_refused_and_leaves_nothing(publisher: Publisher, tmp_path: Path, to: str) -> None:
    publisher.status, publisher.headers = 302, {"Location": to}
    target = tmp_path / "got"
    with pytest.raises(AssistantError) as refused:
        download(publisher.url, target, limit=1000)
    assert refused.value.code == "feed-redirect"
    assert "CANARY7" not in refused.value.message
    assert not target.exists()
    assert len(publisher.asked) == 1
