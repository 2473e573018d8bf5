"""What of the settings a release decides: the content of the station file. Everything else is always the machine's own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from assistant.errors import StationError

RELEASED = (
    "name", "languages", "places", "levels", "pathways", "sensors", "rules", "destinations", "aliases", "pronunciations", "facts",
    "contacts",
)  # fmt: skip
"""Keys of the station file that count as content."""
FILE = "station.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the content of the settings came from."""

    file: Path
    release: str | None = None
    """None for the station folder's own file."""
    problem: str | None = None
    """Why the release that is live is not used: the station folder's own file stands in for it."""


def live_file(data: Path) -> tuple[str, Path] | None:
    """Id and station file of the release that is live over a state folder; None where that is what came with the product.

    As `content.releases` writes them: `content/active` names a folder of `content/releases`.
    """
    try:
        name = (data / "content" / "active").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    path = data / "content" / "releases" / name / FILE
    return (name, path) if len(name) == 16 and set(name) <= set("0123456789abcdef") and path.is_file() else None


def read_file(path: Path) -> dict[str, Any]:
    """What a station file says. Raises StationError."""
    try:
        content = YAML(typ="safe").load(path)
    except (FileNotFoundError, NotADirectoryError):
        raise StationError(f"{path} is missing", hint="a station is a folder with station.yaml and gtfs/ or gtfs.zip") from None
    except (YAMLError, UnicodeDecodeError) as error:
        raise StationError(f"{path} is no YAML: {error}", hint="mend the line named") from None
    if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
        raise StationError(f"{path} holds no settings", hint="it needs at least name, stop and languages")
    return content


def merged(own: Mapping[str, Any], released: Mapping[str, Any]) -> dict[str, Any]:
    """The machine's own file with the content of a release; what the release does not say is as by default."""
    machine = {key: value for key, value in own.items() if key not in RELEASED}
    return machine | {key: value for key, value in released.items() if key in RELEASED}


def differing(one: Any, other: Any) -> list[str]:
    """Keys of the content in which two settings differ."""
    return [key for key in RELEASED if getattr(one, key) != getattr(other, key)]


def named_in(loc: Iterable[int | str], content: Path, own: Path) -> Path:
    """The file that a place in the settings is to be looked for in."""
    first = next(iter(loc), None)
    return content if first is None or first in RELEASED else own
