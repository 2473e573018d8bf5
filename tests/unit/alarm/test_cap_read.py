"""Reading CAP: what is taken, what is forgiven, and why the rest is refused. No quotation of a message gets out."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from assistant.alarm.cap.read import LIMIT, Remark, read
from assistant.alarm.models import Reference
from assistant.errors import AssistantError, BadRequest, TooLarge

CANARY = "CANARY7"
INFO = """<info><category>Fire</category><event>Fire</event><urgency>Immediate</urgency><severity>Severe</severity>
<certainty>Observed</certainty>{}<area><areaDesc>Hall</areaDesc>{}</area></info>"""


def message(
    *, sent: str = "2026-11-24T12:00:00+00:00", head: str = "", info: str = "", area: str = "", kind: str = "Alert", version: str = "1.2",
    identifier: str = "a1",
) -> bytes:  # fmt: skip
    text = f"""<?xml version="1.0"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:{version}"><identifier>{identifier}</identifier><sender>s@x</sender><sent>{sent}</sent>
<status>Actual</status><msgType>{kind}</msgType><scope>Public</scope>{head}{INFO.format(info, area)}</alert>"""
    return text.encode()


def refusal(data: bytes) -> AssistantError:
    with pytest.raises(AssistantError) as caught:
        read(data)
    assert CANARY not in caught.value.message
    return caught.value


@pytest.mark.parametrize(("sent", "at", "remarks"), [
    ("2026-11-24T12:00:00-00:00", datetime(2026, 11, 24, 12, tzinfo=UTC), set()),
    ("2026-11-24T12:00:00+09:00", datetime(2026, 11, 24, 12, tzinfo=timezone(timedelta(hours=9))), set()),
    ("2026-11-24T12:00:00-03:30", datetime(2026, 11, 24, 15, 30, tzinfo=UTC), set()),
    ("2026-11-24T12:00:00Z", datetime(2026, 11, 24, 12, tzinfo=UTC), {Remark.zulu}),
    ("2026-11-24T12:00:00.999+00:00", datetime(2026, 11, 24, 12, tzinfo=UTC), {Remark.fraction}),
])  # fmt: skip
def test_times_are_read(sent: str, at: datetime, remarks: set[Remark]) -> None:
    received = read(message(sent=sent))
    assert received.alert.sent == at
    assert received.remarks == remarks


@pytest.mark.parametrize("sent", [
    "2026-11-24T12:00:00", "2026-11-24 12:00:00+00:00", "2026-02-30T12:00:00+00:00", "2026-11-24T12:00:60+00:00",
    "2026-11-24T24:00:00+00:00",
    "2026-11-24T12:00:00+15:00", "2026-11-24T12:00:00+00:60", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
    "٢٠٢٦-11-24T12:00:00Z", CANARY,
])  # fmt: skip
def test_what_is_no_time_is_refused(sent: str) -> None:
    error = refusal(message(sent=sent))
    assert (error.code, "<sent> in line 2" in error.message) == ("cap-invalid", True)


def test_the_older_version_is_read_and_told() -> None:
    received = read(message(version="1.1"))
    assert received.remarks == {Remark.old_version}
    assert received.alert == read(message()).alert


@pytest.mark.parametrize("element", [
    "identifier", "sender", "sent", "status", "msgType", "scope", "category", "event", "urgency", "severity", "certainty", "areaDesc",
])  # fmt: skip
def test_each_needed_element_is_needed(element: str) -> None:
    data = message().decode()
    begin, end = data.index(f"<{element}>"), data.index(f"</{element}>") + len(element) + 3
    for changed in (data[:begin] + data[end:], data[:begin] + f"<{element}> </{element}>" + data[end:]):
        error = refusal(changed.encode())
        assert error.code == "cap-invalid"
        assert f"<{element}>" in error.message
        assert "line " in error.message
    if element != "category":
        twice = refusal((data[:end] + data[begin:]).encode())
        assert "stands twice" in twice.message


@pytest.mark.parametrize("element", ["status", "msgType", "scope", "category", "urgency", "severity", "certainty"])
def test_words_of_a_list_are_checked(element: str) -> None:
    data = message().decode()
    begin, end = data.index(f"<{element}>") + len(element) + 2, data.index(f"</{element}>")
    error = refusal((data[:begin] + CANARY + data[end:]).encode())
    assert f"<{element}> in line" in error.message
    assert "is not one of" in error.message


@pytest.mark.parametrize(("more", "said"), [
    ({"info": "<responseType>Run</responseType>"}, "<responseType>"), ({"info": "<language>e n</language>"}, "<language>"),
    ({"info": "<expires>soon</expires>"}, "<expires>"), ({"info": "<effective>now</effective>"}, "<effective>"),
    ({"info": f"<{CANARY}>x</{CANARY}>"}, "<info> holds an element that CAP does not know"),
    ({"head": "<expire>x</expire>"}, "<alert> holds"),
    ({"info": "<parameter><value>x</value></parameter>"}, "<valueName>"), ({"info": "<resource><uri>x</uri></resource>"}, "<resourceDesc>"),
    ({"area": "<polygon>1,2 3,4 5,6</polygon>"}, "<polygon>"), ({"area": "<polygon>1,2 3,4 5,6 1,2.1</polygon>"}, "<polygon>"),
    ({"area": "<polygon>91,2 3,4 5,6 91,2</polygon>"}, "<polygon>"), ({"area": "<polygon>1,nan 3,4 5,6 1,nan</polygon>"}, "<polygon>"),
    ({"area": "<circle>1,2</circle>"}, "<circle>"), ({"area": "<circle>1,2 -3</circle>"}, "<circle>"),
    ({"area": "<circle>1,181 3</circle>"}, "<circle>"),
    ({"head": "<references>a,b</references>"}, "<references>"), ({"head": "<references>a,b,c</references>"}, "<references>"),
    ({"head": "<references>s@x,a1,2026-11-24T12:00:00Z</references>"}, "names the message itself"),
    ({"head": "<references>s@x,a0,2026-11-24T12:00:01Z</references>"}, "sent later"),
    ({"kind": "Update"}, "<references> is needed"), ({"kind": "Cancel", "head": "<references/>"}, "<references> is needed"),
    ({"identifier": "a b"}, "<identifier>"), ({"identifier": "a,b"}, "<identifier>"), ({"identifier": "a&lt;b"}, "<identifier>"),
    ({"identifier": "x" * 201}, "<identifier>"),
])  # fmt: skip
def test_what_is_against_the_rules_is_refused_by_its_name(more: dict[str, str], said: str) -> None:
    error = refusal(message(**more))  # type: ignore[arg-type]
    assert error.code == "cap-invalid"
    assert said in error.message


def test_what_may_be_is_read() -> None:
    alert = read(message(
        kind="Update", head="<references>s@x,a0,2026-11-24T11:59:59.5Z other,b,2026-11-24T13:00:00+02:00</references><note>n\r\nm</note>",
        info="<parameter><valueName>p</valueName><value/></parameter><eventCode><valueName>v</valueName><value>w</value></eventCode>",
        area="<polygon>1,2 3,4 5,6.5 +1.0,2.00</polygon><circle>0,-0.5 1.5</circle>"
        "<geocode><valueName>zone</valueName><value>z</value></geocode>",
    )).alert  # fmt: skip
    assert alert.references == (
        Reference(sender="s@x", identifier="a0", sent=datetime(2026, 11, 24, 11, 59, 59, tzinfo=UTC)),
        Reference(sender="other", identifier="b", sent=datetime(2026, 11, 24, 11, tzinfo=UTC)),
    )  # fmt: skip
    assert alert.note == "n\nm"
    assert alert.infos[0].language == "en-US"
    assert alert.infos[0].parameters == (("p", ""),)
    area = alert.infos[0].areas[0]
    assert (area.polygons, area.circles, area.zones) == ((((1, 2), (3, 4), (5, 6.5), (1, 2)),), ((0, -0.5, 1.5),), ("z",))


def test_another_namespace_is_passed_over() -> None:
    extra = f'<x:status xmlns:x="urn:x"><sender xmlns="urn:oasis:names:tc:emergency:cap:1.2">{CANARY}</sender></x:status>'
    assert read(message(head=extra)) == read(message())


@pytest.mark.parametrize(("data", "code"), [
    (b"", "cap-not-xml"), (b"<alert", "cap-not-xml"), (b"\x00\xff\xfe", "cap-not-xml"), (message()[:-3], "cap-not-xml"),
    (message() + b"<more/>", "cap-not-xml"), (message(info="<headline>&bomb;</headline>"), "cap-not-xml"),
    (b'<?xml version="1.0" encoding="no-such"?>' + message()[22:], "cap-not-xml"),
    (b'<?xml version="1.0" encoding="utf-7"?>' + message()[22:], "cap-not-xml"),
    (message().replace(b"cap:1.2", b"cap:1.0"), "cap-invalid"), (b"<alert/>", "cap-invalid"), (b"<html/>", "cap-invalid"),
    (b"<!DOCTYPE alert>" + message()[22:], "cap-forbidden-xml"),
    (b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + message()[22:], "cap-forbidden-xml"),
    (b'<!DOCTYPE a SYSTEM "file:///etc/passwd">' + message()[22:], "cap-forbidden-xml"),
    (b"<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'>" + b"<info>" * 100, "cap-invalid"),
    (b"<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'>" + b"<info/>" * 28_000, "cap-invalid"),
])  # fmt: skip
def test_what_is_no_cap_is_refused(data: bytes, code: str) -> None:
    error = refusal(data)
    assert isinstance(error, BadRequest)
    assert error.code == code


def test_a_message_has_a_limit() -> None:
    with pytest.raises(TooLarge) as caught:
        read(b" " * (LIMIT + 1))
    assert caught.value.code == "cap-too-large"
    assert read(message() + b" " * (LIMIT - len(message()))).alert.identifier == "a1"


def test_other_encodings_are_read() -> None:
    text = message(info="<headline>Grün</headline>").decode()
    for encoding in ("utf-8", "iso-8859-1", "utf-16"):
        data = text.replace('<?xml version="1.0"?>', f'<?xml version="1.0" encoding="{encoding}"?>').encode(encoding)
        assert read(data).alert.infos[0].headline == "Grün"
