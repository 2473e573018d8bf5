"""Numbers as Chinese and Korean say them."""

import pytest

from assistant.speech.numbers import spelt


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("8点零3分从10号站台", "八点零三分从十号站台"),
        ("2点15分", "两点十五分"),
        ("12点整", "十二点整"),
        ("22点2分", "二十二点二分"),
        ("还有1个，还有2个", "还有一个，还有两个"),
        ("第2个出口", "第二个出口"),
        ("105路、110路、1002次", "一百零五路、一百一十路、一千零二次"),
        ("2010", "二千零一十"),
        ("共1,200米", "共一千二百米"),
        ("2.5度", "二点五度"),
        ("电话010 12345", "电话零一零 一二三四五"),
        ("没有数字", "没有数字"),
    ],
)
def test_chinese(text: str, said: str) -> None:
    assert spelt(text, "zh") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("8시 3분에 10번 승강장", "여덟 시 삼분에 십번 승강장"),
        ("12시", "열두 시"),
        ("21시 40분", "이십일 시 사십분"),
        ("24시간 동안", "이십사 시간 동안"),
        ("2시간", "두 시간"),
        ("1개가 더 있습니다", "한 개가 더 있습니다"),
        ("20명", "스무 명"),
        ("110번, 1,002원", "백십번, 천이원"),
        ("2.5도", "이 점 오도"),
        ("M1은", "엠 일은"),
        ("RE2 열차", "아르 이 이 열차"),
        ("02 123456", "영이 일이삼사오육"),
        ("숫자 없음", "숫자 없음"),
    ],
)
def test_korean(text: str, said: str) -> None:
    assert spelt(text, "ko") == said


def test_english_voices_read_digits_well() -> None:
    assert spelt("At 8 03 from platform 1,200", "en") == "At 8 03 from platform 1200"
