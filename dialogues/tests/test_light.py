import jsonschema
import pytest
from light import Absent, read_yaml_lightly, validate

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


def test_reading_yaml_adds_to_no_table() -> None:
    from rasa.shared.utils.io import read_yaml
    from ruamel.yaml import YAML
    from ruamel.yaml.nodes import ScalarNode
    from ruamel.yaml.resolver import VersionedResolver

    text = "a: ['yes', yes, 1, 1.5, ~, text, 2026-11-24]\nb: {c: true}\nd: ${HOME}x"
    before, usual = read_yaml(text), VersionedResolver.resolve
    try:
        read_yaml_lightly()
        assert read_yaml(text) == before
        resolver = YAML(typ="safe", pure=True).resolver
        table = resolver.versioned_resolver
        sizes = {first: len(patterns) for first, patterns in table.items()}
        assert None in sizes
        tags = [resolver.resolve(ScalarNode, value, (True, False)) for value in ("1", "text", "true", "${HOME}")]
        assert [tag.rpartition(":")[2] for tag in tags] == ["int", "str", "bool", "!env_var"]
        assert {first: len(patterns) for first, patterns in table.items()} == sizes
    finally:
        VersionedResolver.resolve = usual
