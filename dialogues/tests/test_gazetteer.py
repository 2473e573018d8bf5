import json
import os
from pathlib import Path

import pytest
from components.gazetteer import GazetteerFile, tag
from components.names import Names

NAMES = Names(
    [
        {"entity": "stop", "id": "oak", "names": ["Oakland", "奥克兰站", "奥克兰", "오클랜드역", "오클랜드"]},
        {"entity": "stop", "id": "kgx", "names": ["King's Cross", "国王十字", "킹스크로스"]},
        {"entity": "stop", "id": "north", "names": ["Oakland North"]},
        {"entity": "stop", "id": "gang", "names": ["강남"]},
        {"entity": "stop", "id": "zrh", "names": ["Zürich Straße"]},
        {"entity": "line", "id": "L5", "names": ["5", "Line 5", "5号线", "5호선"]},
        {"entity": "line", "id": "R1", "names": ["R1"]},
        {"entity": "place", "id": "category:toilet", "names": ["toilet", "厕所", "화장실"]},
        {"entity": "place", "id": "category:water", "names": ["water", "水", "물"]},
        {"entity": "place", "id": "cafe-1", "names": ["Café Nord"]},
        {"entity": "place", "id": "cafe-2", "names": ["Cafe Nord"]},
    ]
)


def tags(text: str) -> list[tuple[str, str, str | None]]:
    """Entity, value and role of what is found."""
    return [(entity["entity"], entity["value"], entity.get("role")) for entity in tag(text, NAMES, [])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("next train to Oakland", [("stop", "Oakland", "destination")]),
        ("NEXT TRAIN TO OAKLAND NORTH", [("stop", "OAKLAND NORTH", "destination")]),
        ("from Oakland to kings cross", [("stop", "Oakland", "origin"), ("stop", "kings cross", "destination")]),
        ("Oakland to King's-Cross", [("stop", "Oakland", "origin"), ("stop", "King's-Cross", "destination")]),
        ("to zurich strasse", [("stop", "zurich strasse", "destination")]),
        ("Oakland", [("stop", "Oakland", None)]),
        ("Oaklands", []),
        ("the Oakland bound train", [("stop", "Oakland", "destination")]),
        ("to Oakland, no, to King's Cross", [("stop", "King's Cross", "destination")]),
        ("从奥克兰到国王 十字", [("stop", "奥克兰", "origin"), ("stop", "国王 十字", "destination")]),
        ("去奥克兰站的车", [("stop", "奥克兰站", "destination")]),
        ("国王十字方向", [("stop", "国王十字", "destination")]),
        ("오클랜드역까지 가는 열차", [("stop", "오클랜드역", "destination")]),
        ("오클랜드행", [("stop", "오클랜드", "destination")]),
        ("does it stop at Oakland", [("stop", "Oakland", "destination")]),
        ("I need to be at Oakland by ten", [("stop", "Oakland", "destination")]),
        ("十点前要在奥克兰", [("stop", "奥克兰", "destination")]),
        ("열 시까지 오클랜드에 있어야 해요", [("stop", "오클랜드", "destination")]),
        ("这班车在奥克兰停吗", [("stop", "奥克兰", "destination")]),
        ("이 열차 오클랜드에 서요", [("stop", "오클랜드", "destination")]),
        ("강남에서 킹스 크로스로", [("stop", "강남", "origin"), ("stop", "킹스 크로스", "destination")]),
        ("강남스타일", []),
        ("when does line 5 leave", [("line", "line 5", None)]),
        ("is there a 5 train", [("line", "5", None)]),
        ("in 5 minutes", []),
        ("R1 tomorrow", [("line", "R1", None)]),
        ("5号线", [("line", "5号线", None)]),
        ("5호선 언제", [("line", "5호선", None)]),
        ("where are the toilets", [("place", "toilets", None)]),
        ("toilet or water", [("place", "toilet", None)]),
        ("화장실이 어디예요", [("place", "화장실", None)]),
        ("물 어디 있어요", [("place", "물", None)]),
        ("선물 가게", []),
        ("水果店", []),
        ("水", [("place", "水", None)]),
    ],
)
def test_names_and_roles(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert tags(text) == expected


NESTED = Names(
    [
        {"entity": "stop", "id": "mk", "names": ["Market Square", "the market", "Market", "市场"]},
        {"entity": "stop", "id": "oh", "names": ["Opera House", "the opera", "Opera"]},
        {"entity": "stop", "id": "hc", "names": ["the station"]},
        {"entity": "stop", "id": "ab", "names": ["Alder Brook"]},
        {"entity": "place", "id": "exit-market", "names": ["Market Street Exit"]},
        {"entity": "place", "id": "police", "names": ["Station Police"]},
        {"entity": "place", "id": "category:police", "names": ["police", "police office"]},
        {"entity": "place", "id": "books", "names": ["Brook Side Books"]},
        {"entity": "stop", "id": "a", "names": ["Alder"]},
    ]
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("how do I get to the Market Street exit", [("place", "Market Street exit", ["exit-market"])]),
        ("to the market", [("stop", "the market", ["mk"])]),
        ("and to the Opera House", [("stop", "Opera House", ["oh"])]),
        ("which way is the station police office", [("place", "station police", ["police"])]),
        ("police at the station", [("place", "police", ["category:police"]), ("stop", "the station", ["hc"])]),
        ("alder brook side books", [("stop", "alder", ["a"]), ("place", "brook side books", ["books"])]),
    ],
)
def test_of_names_that_overlap_the_longest_counts(text: str, expected: list[tuple[str, str, list[str]]]) -> None:
    assert [(entity["entity"], entity["value"], entity["ids"]) for entity in tag(text, NESTED, [])] == expected


def test_a_name_of_several_things_carries_all_their_ids() -> None:
    assert tag("cafe nord", NAMES, [])[0]["ids"] == ["cafe-1", "cafe-2"]


def test_a_span_that_is_taken_stays_so() -> None:
    text = "line 5 to Oakland"
    assert [entity["entity"] for entity in tag(text, NAMES, [(0, 6)])] == ["stop"]


def test_offsets_are_those_of_the_message() -> None:
    text = "ﬁnd ß the Zürich Straße"
    (found,) = tag(text, NAMES, [])
    assert text[found["start"] : found["end"]] == "Zürich Straße"


def write(path: Path, name: str) -> None:
    """A gazetteer with one stop, put in place in one step."""
    part = path.with_suffix(".part")
    part.write_text(json.dumps({"version": 1, "hash": name, "entries": [{"entity": "stop", "id": "a", "names": [name]}]}))
    os.replace(part, path)


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.json"
    write(path, "Alpha")
    file = GazetteerFile(path)
    assert file.names().find("Alpha")
    write(path, "Omega")
    assert file.names().find("Omega")
    assert not file.names().find("Alpha")


def test_a_broken_or_missing_file_leaves_the_last_good_names(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.json"
    file = GazetteerFile(path)
    assert not file.names().find("Alpha")
    write(path, "Alpha")
    assert file.names().find("Alpha")
    for broken in ("{", "[]", '{"entries": [{"names": 1}]}', "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")):
        path.write_text(broken)
        assert file.names().find("Alpha")
    path.unlink()
    assert file.names().find("Alpha")
    write(path, "Omega")
    assert file.names().find("Omega")


def test_no_file_is_no_error() -> None:
    assert not GazetteerFile(None).names().find("Alpha")


VERBS = Names([{"entity": "stop", "id": "gaya", "names": ["가야"]}, {"entity": "stop", "id": "seomyeon", "names": ["서면"]}])


@pytest.mark.parametrize("text", ["어디로 가야 해요", "몇 시에 가야 되나요", "이 앞에 서면 찍히나요", "버스로 가야 하는데"])
def test_a_form_of_a_verb_is_no_stop(text: str) -> None:
    assert not VERBS.find(text)


@pytest.mark.parametrize("text", ["가야까지 얼마예요", "가야역 가는 열차", "가야 가요", "서면에서 갈아타요", "다음 열차 서면행", "가야"])
def test_a_stop_that_is_a_form_of_a_verb_is_known_by_what_follows(text: str) -> None:
    assert VERBS.find(text)
