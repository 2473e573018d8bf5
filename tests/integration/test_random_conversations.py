"""Random conversations: in whatever order things are said, no answer is empty, in another language, or about another question."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from tests.reference.conversations import Json, unfit

STOPS = {
    "ap": {"en": "the airport", "zh": "机场", "ko": "공항"}, "un": {"en": "the university", "zh": "大学", "ko": "대학교"},
    "ot": {"en": "Old Town", "zh": "老城", "ko": "올드타운"}, "zo": {"en": "the zoo", "zh": "动物园", "ko": "동물원"},
    "ho": {"en": "the hospital", "zh": "医院", "ko": "병원"}, "sl": {"en": "Silver Lake", "zh": "银湖", "ko": "실버레이크"},
}  # fmt: skip
PLACES = {
    "toilet": {"en": "the toilets", "zh": "厕所", "ko": "화장실"}, "pharmacy": {"en": "the pharmacy", "zh": "药店", "ko": "약국"},
    "cafe": {"en": "a cafe", "zh": "咖啡店", "ko": "카페"},
    "lost_property": {"en": "lost property", "zh": "失物招领处", "ko": "유실물 센터"},
}  # fmt: skip
ABOUT_TRAINS = {
    "timetable_next_departures": {"en": "when is the next train to {}", "zh": "下一班去{}的车几点", "ko": "{} 가는 다음 열차 언제예요"},
    "timetable_platform": {"en": "which platform for the train to {}", "zh": "去{}的车在几号站台", "ko": "{} 가는 열차 몇 번 승강장이에요"},
    "tickets_fares_price": {"en": "how much is a ticket to {}", "zh": "去{}的票多少钱", "ko": "{}까지 표 얼마예요"},
    "trains_last_departure": {"en": "when is the last train to {}", "zh": "去{}的末班车几点", "ko": "{} 가는 막차 몇 시예요"},
    "trains_direct": {"en": "is there a direct train to {}", "zh": "有直达{}的车吗", "ko": "{}까지 직통 열차 있어요"},
}  # fmt: skip
ABOUT_PLACES = {
    "facilities_find": {"en": "where is {}", "zh": "{}在哪里", "ko": "{} 어디예요"},
    "facilities_opening_hours": {"en": "when does {} open", "zh": "{}几点开门", "ko": "{} 몇 시에 열어요"},
}
PLAIN = {
    "air_quality_now": {"en": "how is the air in here", "zh": "这里空气怎么样", "ko": "여기 공기 어때요"},
    "privacy_record": {"en": "what do you record", "zh": "你会录音吗", "ko": "녹음하나요"},
    "emergency_fire": {"en": "there is a fire", "zh": "着火了", "ko": "불이 났어요"},
    "emergency_medical": {"en": "someone has collapsed", "zh": "有人晕倒了", "ko": "사람이 쓰러졌어요"},
    "smalltalk_thanks": {"en": "thank you", "zh": "谢谢", "ko": "고마워요"},
    "smalltalk_greet": {"en": "hello", "zh": "你好", "ko": "안녕하세요"},
    "facilities_wifi": {"en": "what is the wifi password", "zh": "无线网密码是多少", "ko": "와이파이 비밀번호가 뭐예요"},
    "luggage_bicycle": {"en": "can I take my bike on the train", "zh": "自行车能带上车吗", "ko": "자전거 가지고 탈 수 있어요"},
    "timetable_clock": {"en": "what time is it", "zh": "现在几点", "ko": "지금 몇 시예요"},
}  # fmt: skip
FOLLOWING = {
    "en": [
        "and the one after?", "how do I get there", "repeat", "what about Sunday", "no", "yes please", "slower please", "which platform?",
        "start over",
    ],
    "zh": ["再下一班呢", "怎么去那里", "再说一遍", "那周日呢", "不是", "好的", "请说慢一点", "几号站台", "重新开始"],
    "ko": [
        "그 다음은요", "거기 어떻게 가요", "다시 말해 주세요", "일요일은요", "아니요", "네", "천천히 말해 주세요", "몇 번 승강장이에요",
        "처음부터 다시",
    ],
}  # fmt: skip
NOISE = [
    "?", "/restart", "asdf qwer", "123", "{destination}", "<b>hi</b>", "null", "🚆🚆", "....a....", "ㅋㅋㅋㅋ", "嗯嗯嗯", "the the the",
    "x" * 400,
]  # fmt: skip
SWITCH = {
    "en": {"zh": "speak Chinese please", "ko": "in Korean please"}, "zh": {"en": "请说英语", "ko": "请用韩语说"},
    "ko": {"en": "영어로 말해 주세요", "zh": "중국어로 말해 주세요"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """Something said, and what an answer to it has to be about."""

    text: str
    intent: str | None = None
    stop: str | None = None
    place: str | None = None
    switches: str | None = None


def saying(chance: random.Random, language: str) -> Said:
    """The next thing that somebody says."""
    kind = chance.choices(("trains", "places", "plain", "following", "noise", "switch"), (34, 16, 22, 18, 7, 3))[0]
    if kind == "trains":
        intent, stop = chance.choice(sorted(ABOUT_TRAINS)), chance.choice(sorted(STOPS))
        return Said(ABOUT_TRAINS[intent][language].format(STOPS[stop][language]), intent, stop=stop)
    if kind == "places":
        intent, place = chance.choice(sorted(ABOUT_PLACES)), chance.choice(sorted(PLACES))
        return Said(ABOUT_PLACES[intent][language].format(PLACES[place][language]), intent, place=place)
    if kind == "plain":
        intent = chance.choice(sorted(PLAIN))
        return Said(PLAIN[intent][language], intent)
    if kind == "switch":
        other = chance.choice(sorted(SWITCH[language]))
        return Said(SWITCH[language][other], "languages_switch", switches=other)
    return Said(chance.choice(FOLLOWING[language] if kind == "following" else NOISE))


def wrong(said: Said, language: str, answer: Json) -> Iterator[str]:
    """What is wrong with the answer to something said."""
    yield from unfit(answer, language)
    if answer["language"] != language:
        yield f"answered in {answer['language']}"
    if said.intent and answer["understood"]["intent"] != said.intent:
        yield f"understood as {answer['understood']['intent']}"
    known = {slot["type"]: slot["id"] for slot in answer["understood"]["slots"]}
    if said.stop and known.get("destination") != said.stop:
        yield f"about {known.get('destination')} instead of {said.stop}"
    cards = [reply["card"]["type"] for reply in answer["replies"] if reply["card"]]
    if said.place and (cards[:1] != ["place"] or not re.search(said.place, answer["replies"][0]["card"]["category"])):
        yield f"{cards} instead of a {said.place}"
    if said.intent and said.intent.startswith("emergency_") and "112" not in answer["replies"][0]["text"]:
        yield "an emergency without its number first"


def talk(client: httpx.Client, turns: int, seed: int) -> list[str]:
    """What went wrong in so many turns, a new visitor every few."""
    chance, faults, taken = random.Random(seed), [], 0  # noqa: S311  the same conversations in every run
    while taken < turns:
        language = chance.choice(("en", "zh", "ko"))
        conversation = client.post("/v1/conversations", json={"language": language}).json()["id"]
        said_before = []
        for _ in range(chance.randint(2, 9)):
            said = saying(chance, language)
            answered = client.post(f"/v1/conversations/{conversation}/turns", json={"text": said.text})
            said_before.append(said.text)
            taken += 1
            language = said.switches or language
            if answered.status_code != 200:
                faults.append(f"{said_before}: HTTP {answered.status_code}")
                break
            answer = answered.json()
            text = " ".join(reply["text"] for reply in answer["replies"])
            faults += [f"{said_before}: {fault}\n    -> {text}" for fault in wrong(said, language, answer)]
        client.delete(f"/v1/conversations/{conversation}")
    return faults


def test_two_hundred_turns(client: httpx.Client) -> None:
    faults = talk(client, 200, seed=5)
    assert not faults, "\n".join(faults[:20])


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_ten_thousand_turns(client: httpx.Client) -> None:
    faults = talk(client, 10_000, seed=50)
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults[:20])


def test_a_wrong_answer_is_seen() -> None:
    card = {"type": "place", "category": "cafe"}
    reply = {"text": "nlu_fallback", "speech": "nlu_fallback", "card": card}
    understood = {"intent": "smalltalk_greet", "slots": [{"type": "destination", "id": "zo", "value": "Zoo"}]}
    answer = {"understood": understood, "replies": [reply], "language": "en"}
    assert len(list(wrong(Said("x", "timetable_platform", stop="ap"), "ko", answer))) >= 7
    assert list(wrong(Said("x", "smalltalk_greet", place="toilet"), "en", answer))
    right = answer | {"replies": [reply | {"text": "hi", "speech": "hi"}]}
    assert list(wrong(Said("x", "smalltalk_greet", place="cafe"), "en", right)) == []
