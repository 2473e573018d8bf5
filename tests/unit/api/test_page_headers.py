"""What stands in front of every answer."""

from assistant.api.access import DENIED, HEARTBEAT, LEFT, PAGE_HEADERS, page_headers


def test_only_the_heartbeat_may_be_waited_for_by_a_page_of_the_disk() -> None:
    resource = {
        path: page_headers(path, "application/json")["Cross-Origin-Resource-Policy"] for path in (HEARTBEAT, "/readyz", "/v1/places", "/")
    }
    assert resource == {HEARTBEAT: "cross-origin", "/readyz": "same-origin", "/v1/places": "same-origin", "/": "same-origin"}


def test_a_page_is_left_its_microphone() -> None:
    policy = dict(feature.split("=") for feature in page_headers("/", "text/html; charset=utf-8")["Permissions-Policy"].split(", "))
    assert policy["microphone"] == "(self)"
    assert {name for name, allowed in policy.items() if allowed != "()"} == set(LEFT)
    assert {"camera", "geolocation", "display-capture", "usb", "serial", "hid", "local-fonts"} <= set(DENIED)
    assert not set(DENIED) & set(LEFT)


def test_the_long_list_stands_only_in_front_of_pages() -> None:
    assert page_headers("/main.js", "text/javascript").keys() == PAGE_HEADERS.keys() - {"Permissions-Policy"}
