"""Write the reference pages that follow from the code: `python docs/reference/generate.py`. A test compares them."""

import argparse
import ast
import json
import sys
from functools import partial
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from assistant import settings
from assistant.accounts.models import ROLES, reaches
from assistant.cli.main import parser as command_line
from assistant.console.door import table
from assistant.contracts import console
from assistant.knowledge.categories import categories, groups, named_categories
from assistant.text import LANGUAGES

HERE = Path(__file__).resolve().parent
INTRODUCTION = """\
# Settings

Settings come from `station.yaml`, then from the environment, then from the command line; the later wins. In the environment a
key begins with `ASSISTANT_` and `__` stands between levels: `http.port` is `ASSISTANT_HTTP__PORT`. A key that is not listed here
is refused.

Written by `docs/reference/generate.py`; a test compares it with the code.
"""

CATEGORIES = """\
# Categories of places

The `category` of a place in `station.yaml` is one of these. The words are those the kiosk understands; the first is the one it shows.

Written by `docs/reference/generate.py` from `assistant/knowledge/categories.yaml`; a test compares it.
"""

COMMANDS = """\
# Command line

`make setup` puts the command at `.venv/bin/station-assistant`. Which station it means is said by `ASSISTANT_STATION`, see
[settings](settings.md). A command ends with 0 when all is well, with 1 and the mend on its error output when not.

Written by `docs/reference/generate.py`; a test compares it with the code.
"""

CONSOLE = """\
# The console's calls

Below `/console/api`, described in [console.json](console.json). They are for the console's own page: who is signed in shows the session's
cookie, and with every change `X-CSRF-Token` and `Origin`. No token of the kiosk's interface opens any of them, and no session opens `/v1`.

Written by `docs/reference/generate.py`; a test compares it with the code, another asks every call as nobody and as every role.
"""

STATES = """\
# States of the kiosk's page

What the page can be in, and what leads from where to where. The table is `kiosk_ui/states.json`, the logic `kiosk_ui/state.js`; a test
walks at random through all that can happen and finds every step in the table, and every step of the table. What is not listed leaves
things as they are.

Events that begin with `server:` are messages of the assistant, see [asyncapi.yaml](asyncapi.yaml); the others come from the person or
from the page.

Written by `docs/reference/generate.py` from `kiosk_ui/states.json`; a test compares it.
"""


def meanings() -> dict[str, dict[str, str]]:
    """Class → key → the text that stands below it in the code, and `""` → the class's own."""
    found: dict[str, dict[str, str]] = {}
    files = sorted(Path(settings.__file__).parent.glob("*.py"))
    for node in (node for path in files for node in ast.parse(path.read_text(encoding="utf-8")).body):
        if not isinstance(node, ast.ClassDef):
            continue
        texts = {"": (ast.get_docstring(node) or "").strip()}
        for above, below in zip(node.body, node.body[1:], strict=False):
            if isinstance(above, ast.AnnAssign) and isinstance(above.target, ast.Name) and isinstance(below, ast.Expr):
                texts[above.target.id] = str(ast.literal_eval(below.value)).strip()
        found[node.name] = texts
    return found


def part_of(annotation: Any) -> type[BaseModel] | None:
    """The branch of the settings that a type holds, if any."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((part for inner in get_args(annotation) if (part := part_of(inner))), None)


def type_text(annotation: Any) -> str:
    """A type in words."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in inner)
    if origin in (Union, UnionType):
        return " or ".join(type_text(one) for one in inner if one is not type(None))
    if origin is Annotated:
        return type_text(inner[0])
    if origin is dict:
        return f"{type_text(inner[0])} → {type_text(inner[1])}"
    if origin in (list, tuple):
        return f"list of {type_text(inner[0])}"
    names = {"str": "text", "float": "number", "int": "whole number", "bool": "true or false", "Path": "folder", "datetime": "ISO time"}
    return names.get(annotation.__name__, annotation.__name__.lower()) if isinstance(annotation, type) else str(annotation)


def default_text(field: Any) -> str:
    """A default as it would be written."""
    if field.is_required():
        return "**needed**"
    value = field.get_default(call_default_factory=True)
    if value is None or value is PydanticUndefined or isinstance(value, BaseModel) or value in ({}, [], ()):
        return ""
    if isinstance(value, Path):
        return f"`{value.relative_to(settings.ROOT)}`"
    if isinstance(value, tuple):
        return f"`{', '.join(value)}`"
    return f"`{value:g}`" if isinstance(value, float) else f"`{str(value).lower() if isinstance(value, bool) else value}`"


def rows(model: type[BaseModel], texts: dict[str, str], prefix: str) -> list[str]:
    """A table of the keys of one branch."""
    lines = ["| key | type | default | meaning |", "| --- | --- | --- | --- |"]
    for name, field in model.model_fields.items():
        part = part_of(field.annotation)
        kind = f"see [{part.__name__}](#{part.__name__.lower()})" if part else type_text(field.annotation)
        meaning = " ".join(texts.get(name, "").split()).replace("|", "\\|")
        lines.append(f"| `{prefix}{field.alias or name}` | {kind} | {default_text(field)} | {meaning} |")
    return lines


def settings_page() -> str:
    """The whole page of settings."""
    texts = meanings()
    lines = [INTRODUCTION, *rows(settings.Settings, texts["Settings"], ""), *sections(settings.Settings, texts, "")]
    return "\n".join(lines) + "\n"


def sections(model: type[BaseModel], texts: dict[str, dict[str, str]], prefix: str) -> list[str]:
    """A section for each branch of a model, and for the branches of those."""
    lines = []
    for name, field in model.model_fields.items():
        part = part_of(field.annotation)
        if not part:
            continue
        inner = f"{prefix}{name}[]." if get_origin(field.annotation) is list else f"{prefix}{name}."
        lines += ["", f"## {part.__name__}", "", texts[part.__name__][""], "", *rows(part, texts[part.__name__], inner)]
        lines += sections(part, texts, inner)
    return lines


def categories_page() -> str:
    """Every kind of place, and the words it is known by."""
    lines = [CATEGORIES, "| category | English | Chinese | Korean |", "| --- | --- | --- | --- |"]
    for category, names in categories().items():
        lines.append(f"| `{category}` | {' | '.join(', '.join(names.get(language, [])) for language in LANGUAGES)} |")
    lines += ["", "People also ask for several kinds at once. No place is of such a group; its words find a place of any of its kinds.", ""]
    lines += ["| group | kinds | words |", "| --- | --- | --- |"]
    words = {thing.id: ", ".join(thing.every_name()) for thing in named_categories()}
    lines += [f"| `{group}` | {', '.join(f'`{kind}`' for kind in kinds)} | {words[group]} |" for group, kinds in groups().items()]
    return "\n".join(lines) + "\n"


def helps(parser: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    """A command and the commands below it, in their order."""
    found = [parser]
    for action in parser._actions:  # noqa: SLF001  (argparse has no public way to its subcommands)
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for below in action.choices.values():
                found += helps(below)
    return found


def commands_page() -> str:
    """Every command's own help."""
    lines = [COMMANDS]
    for parser in helps(command_line()):
        parser.formatter_class = partial(argparse.HelpFormatter, width=110)  # not that of whoever's terminal
        lines += [f"## {parser.prog}", "", "```", parser.format_help().rstrip(), "```", ""]
    return "\n".join(lines)


def states_page() -> str:
    """Every state of the page, and the events that lead to another."""
    table = json.loads((settings.ROOT / "kiosk_ui" / "states.json").read_text(encoding="utf-8"))
    events = table.pop("events")
    lines = [STATES]
    for part, told in table.items():
        lines += [f"## {part}", "", told["about"], "", "| state | shows | event | leads to |", "| --- | --- | --- | --- |"]
        for state, shows in told["values"].items():
            for number, (event, goals) in enumerate(told["leads"][state].items()):
                ways = " or ".join(f"`{goal}`" if goal != state else "stays" for goal in goals)
                lines.append(f"| {f'`{state}`' if not number else ''} | {shows if not number else ''} | `{event}` | {ways} |")
        lines.append("")
    lines += ["## Events", "", "| event | is |", "| --- | --- |", *(f"| `{name}` | {text} |" for name, text in events.items())]
    return "\n".join(lines) + "\n"


def console_page() -> str:
    """Every call of the console, and who may."""
    app = console()
    described = app.openapi()["paths"]
    lines = [CONSOLE, f"| call | {' | '.join(ROLES)} | does |", f"| --- |{' :-: |' * len(ROLES)} --- |"]
    for (method, path), least in sorted(table(app).items(), key=lambda row: (row[0][1], row[0][0])):
        does = described[path][method.lower()]["description"].partition("\n")[0].replace("|", "\\|")
        marks = ["yes" if least is None or reaches(role, least) else "" for role in ROLES]
        lines.append(f"| `{method} {path}`{'' if least else ' (nobody signed in)'} | {' | '.join(marks)} | {does} |")
    return "\n".join(lines) + "\n"


PAGES = {
    "settings.md": settings_page,
    "categories.md": categories_page,
    "command-line.md": commands_page,
    "kiosk-states.md": states_page,
    "console.md": console_page,
}


def main() -> int:
    """Write every page."""
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
