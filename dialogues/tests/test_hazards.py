"""What a report is about, in three languages, and what only sounds like it."""

import pytest
from components.hazards import hazard_span
from components.time_spans import tag

SMOKE = [
    "I smell smoke", "there is smoke on the platform", "something is burning in the toilets", "smells like burning rubber",
    "smells like fire", "这里有烟味", "站台上冒烟了", "有烧焦的味道",
    "闻到糊味", "연기가 나요", "타는 냄새가 나요", "3번 승강장에서 탄내가 나요",
]  # fmt: skip
SPILL = [
    "there is water on the floor", "I want to report a spill", "there's a puddle in front of the stairs", "the floor is wet",
    "somebody was sick on the floor", "somebody spilled coffee", "the stairs are slippery", "地上有一滩水", "地上都是水", "站台上有积水",
    "楼梯很滑，地面湿滑", "有人呕吐了", "바닥에 물이 쏟아졌어요",
    "바닥이 미끄러워요", "계단에 물이 고여 있어요", "누가 토했어요", "바닥이 젖었어요",
]  # fmt: skip
NEITHER = [
    "where can I smoke", "where is the smoking area", "when is the next train to Waterloo", "where can I buy water", "吸烟区在哪里",
    "哪里可以买水", "물 어디서 사요",
    "흡연 구역이 어디예요", "the ticket machine is broken", "is there a drinking fountain on this platform",
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), [*((text, "smoke") for text in SMOKE), *((text, "spill") for text in SPILL)])
def test_what_it_is_about(text: str, kind: str) -> None:
    assert [entity["value"] for entity in tag(text) if entity["entity"] == "hazard"] == [kind]


@pytest.mark.parametrize("text", NEITHER)
def test_what_only_sounds_like_it(text: str) -> None:
    assert hazard_span(text) is None


def test_smoke_goes_before_what_is_wet() -> None:
    assert hazard_span("water on the floor and smoke") == (23, 28, "smoke")
