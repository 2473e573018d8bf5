"""What was taught, as files of a model: numbers and lists only, so that loading runs nothing.

Written in training alone: no traveller's word comes here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

NUMBERS, LISTS = "opinions.npz", "opinions.json"


def write(folder: Path, numbers: Mapping[str, NDArray[Any]], lists: Mapping[str, list[str]]) -> None:
    """Two files in `folder`."""
    np.savez(folder / NUMBERS, **numbers)
    (folder / LISTS).write_text(json.dumps(lists, ensure_ascii=False), encoding="utf-8")


def read(folder: Path) -> tuple[dict[str, NDArray[Any]], dict[str, list[str]]]:
    """What `write` wrote. Raises OSError and ValueError where the files are not there or not whole."""
    with np.load(folder / NUMBERS) as numbers:
        return dict(numbers), json.loads((folder / LISTS).read_text(encoding="utf-8"))
