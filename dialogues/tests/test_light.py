import jsonschema
import pytest
from light import Absent, validate

SCHEMA = {"type": "object", "properties": {"events": {"type": "array", "items": {"type": "object"}}}, "required": ["events"]}


def test_an_answer_is_still_checked() -> None:
    validate({"events": [{}]}, SCHEMA)
    for wrong in ({}, {"events": [1]}, []):
        with pytest.raises(jsonschema.ValidationError):
            validate(wrong, SCHEMA)


def test_what_stands_in_for_tensorflow_cannot_compute() -> None:
    import tensorflow as tf

    class Layer(tf.keras.layers.Layer):
        """As Rasa's own layers inherit."""

    with pytest.raises(RuntimeError, match="TensorFlow is left out"):
        Layer()
    with pytest.raises(RuntimeError, match="TensorFlow is left out"):
        tf.constant(1, 2)
    assert tf.Tensor is Absent


def test_what_it_decorates_passes_through() -> None:
    import tensorflow as tf

    @tf.function
    def one() -> int:
        return 1

    assert one() == 1
