"""Leaves out what Rasa does for nothing here.

TensorFlow: nothing in config.yml uses it, yet Rasa imports it for components that are not used here. It would cost seconds at
the start and hundreds of megabytes. What stands in for it can be imported, named in annotations and inherited from; whatever
tries to compute with it gets an error.

Schemas of schemas: Rasa checks its own constant schemas at every answer of an action, which took four fifths of a turn's time.
The answers themselves are still checked.
"""

from __future__ import annotations

import ctypes
import importlib.machinery
import os
import platform
import resource
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

_USUAL_NICENESS = 5
"""Of a training that a kiosk without a model waits for."""
_ABSENT = ("tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras")


class _AbsentType(type):
    """Attributes of what is absent are absent too."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent


class Absent(metaclass=_AbsentType):
    """Stands for any class or function of the packages left out."""

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        """Passes through what it decorates; anything else would be a computation."""
        if cls is Absent and len(args) <= 1 and (not args or callable(args[0])):
            return args[0] if args else Absent
        raise RuntimeError("TensorFlow is left out of this process; config.yml must not use components that need it.")


class _AbsentModule(ModuleType):
    __path__: Sequence[str] = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent


class _Finder:
    @staticmethod
    def find_spec(name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if name.split(".")[0] not in _ABSENT:
            return None
        return importlib.machinery.ModuleSpec(name, _Finder, is_package=True)

    @staticmethod
    def create_module(spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _AbsentModule(spec.name)

    @staticmethod
    def exec_module(module: ModuleType) -> None:
        """There is nothing to run."""


def leave_out_tensorflow() -> None:
    """To be called before anything of Rasa is imported."""
    sys.meta_path.insert(0, _Finder)


def validate(instance: Any, schema: dict[str, Any]) -> None:
    """Checks an instance by a schema that is known to be sound; raises jsonschema's ValidationError."""
    from jsonschema.exceptions import best_match
    from jsonschema.validators import validator_for

    error = best_match(validator_for(schema)(schema).iter_errors(instance))
    if error is not None:
        raise error


def read_yaml_lightly() -> None:
    """Mends the YAML reader, which adds to its own table of patterns with every scalar that it reads.

    The more files a process has read, the slower it reads the next, and the memory is never given back: after ten models that were
    swapped in, a model took three times as long to load.
    """
    from ruamel.yaml.nodes import ScalarNode
    from ruamel.yaml.resolver import VersionedResolver

    usual = VersionedResolver.resolve

    def resolve(self: Any, kind: Any, value: Any, implicit: Any) -> Any:
        if kind is not ScalarNode or not implicit[0]:
            return usual(self, kind, value, implicit)
        table = self.versioned_resolver
        for patterns in (table.get(value[:1], ()), table.get(None, ())):
            for tag, pattern in patterns:
                if pattern.match(value):
                    return tag
        return usual(self, kind, value, (False, implicit[1]))

    VersionedResolver.resolve = resolve


def load_lightly() -> None:
    """Reads the domain of a model once instead of four times, and does not hold it against the schema: training made it.

    Takes effect for every later load.
    """
    from rasa.shared.core.domain import Domain
    from rasa.shared.utils import io, validation

    def from_path(cls: type[Domain], path: Any) -> Domain:
        file = Path(path) / "domain.yml" if Path(path).is_dir() else Path(path)
        return cls.from_dict(io.read_yaml(io.read_file(file)))

    validation.validate_yaml_schema = _unchecked
    Domain.from_path = classmethod(from_path)


def train_lightly() -> None:
    """Leaves out what takes half of the time of training where there are tens of thousands of phrases, and changes nothing of the model.

    - Files are not checked by their schemas line by line: `rasa data validate` does that, before.
    - Phrases are not copied whenever lists of them are joined, and are told apart by text and intent: no component of ours changes them.
    - The model's numbers are packed quickly: packing them hard makes the file hardly smaller.
    """
    import tarfile

    from rasa.shared.nlu.constants import INTENT, TEXT
    from rasa.shared.nlu.training_data.message import Message
    from rasa.shared.utils import validation

    validation.validate_yaml_schema = _unchecked
    Message.__deepcopy__ = lambda message, memo: message
    Message.__hash__ = lambda message: hash((message.get(TEXT), message.get(INTENT)))
    tarfile.TarFile.gzopen.__func__.__defaults__ = ("r", None, 1)


def tell_steps() -> None:
    """Prints "step 3 of 11" before each step of a training."""
    from rasa.engine.graph import GraphNode
    from rasa.engine.runner.dask import DaskGraphRunner

    usual_call, usual_start, count = GraphNode.__call__, DaskGraphRunner.__init__, [0, 0]

    def start(self: Any, *args: Any, **kwargs: Any) -> None:
        usual_start(self, *args, **kwargs)
        count[:] = [0, len(self._instantiated_nodes)]

    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        count[0] += 1
        print(f"step {count[0]} of {count[1]}", flush=True)
        return usual_call(self, *args, **kwargs)

    DaskGraphRunner.__init__, GraphNode.__call__ = start, call


def stand_back(niceness: int, limit_mb: int) -> None:
    """Takes only what others leave of processor and disk, and no more memory of its own than `limit_mb` (0: as it needs)."""
    os.nice(niceness)
    with suppress(OSError):  # where the kernel shares the processor among sessions first, niceness counts for the session's group
        Path("/proc/self/autogroup").write_text(str(niceness), encoding="ascii")
    with suppress(OSError):  # ioprio_set(this process, idle); a kernel without it has no such classes
        numbers = {"x86_64": 251, "aarch64": 30}
        if niceness > _USUAL_NICENESS and platform.machine() in numbers:
            ctypes.CDLL(None).syscall(numbers[platform.machine()], 1, 0, 3 << 13)
    if limit_mb:
        resource.setrlimit(resource.RLIMIT_DATA, (limit_mb * 1_000_000, limit_mb * 1_000_000))


def _unchecked(*args: Any, **kwargs: Any) -> None:
    """Finds nothing wrong."""


def leave_out_schema_checks() -> None:
    """Takes effect for every later call, because Rasa looks `validate` up when it needs it."""
    import jsonschema

    jsonschema.validate = validate
