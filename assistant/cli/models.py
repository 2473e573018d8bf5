"""`station-assistant models list|install|verify|remove`."""

import argparse
import os
import sys
from pathlib import Path

from assistant.errors import AssistantError, ModelError
from assistant.settings import ROOT
from assistant.speech import catalogue, installer, store
from assistant.text import LANGUAGES


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the `models` command."""
    parser = subparsers.add_parser("models", help="speech models: list, install, verify, remove")
    parser.set_defaults(run=run)
    folder = argparse.ArgumentParser(add_help=False)
    folder.add_argument("--models", type=Path, metavar="FOLDER", help="folder of all models (ASSISTANT_MODELS)")
    commands = parser.add_subparsers(dest="models_command", required=True)
    commands.add_parser("list", parents=[folder], help="what there is, what is installed, and under which licence")
    install = commands.add_parser("install", parents=[folder], help="install models; without a name, what the languages need")
    install.add_argument("names", nargs="*", metavar="NAME", help="a name of `models list`")
    install.add_argument("--languages", default=",".join(LANGUAGES), help="languages to be heard, as en,zh,ko")
    install.add_argument("--from", dest="source", type=Path, metavar="PATH", help="a folder or a zip that holds the one model named")
    install.add_argument("--for-tests", action="store_true", help="what the tests of the real engines need")
    verify = commands.add_parser("verify", parents=[folder], help="compare installed models with their checksums")
    verify.add_argument("names", nargs="*", metavar="NAME", help="all installed ones without a name")
    remove = commands.add_parser("remove", parents=[folder], help="remove installed models")
    remove.add_argument("names", nargs="+", metavar="NAME", help="a name of `models list`")


def run(args: argparse.Namespace) -> int:
    """Runs one of the commands; returns the exit code."""
    models: Path = args.models or Path(os.environ.get("ASSISTANT_MODELS") or ROOT / "var" / "models")
    commands = {"list": _list, "install": _install, "verify": _verify, "remove": _remove}
    try:
        return commands[args.models_command](args, models)
    except AssistantError as error:
        print(error.message + (f" ({error.hint})" if error.hint else ""), file=sys.stderr)
        return 1


def _list(_args: argparse.Namespace, models: Path) -> int:
    present = {item.model.name: item for item in store.installed(models)}
    for model in catalogue.MODELS:
        state = f"installed ({present[model.name].source})" if model.name in present else "not installed"
        use = " · for tests only" if model.tests_only else ""
        print(f"{model.name:28} {model.engine:8} {','.join(model.languages):9} {model.megabytes:4} MB  {state}")
        print(f"{'':28} {model.licence} · {model.origin}{use}")
    return 0


def _install(args: argparse.Namespace, models: Path) -> int:
    wanted = [catalogue.find(name) for name in args.names] + (list(catalogue.FOR_TESTS) if args.for_tests else [])
    if args.source is not None:
        if len(wanted) != 1:
            raise ModelError("--from needs the name of exactly one model")
        paths = [installer.install_local(wanted[0], models, args.source)]
    elif wanted:
        paths = [installer.install(model, models, print) for model in wanted]
    else:
        paths = installer.install_default(models, args.languages.split(","), print)
    for path in paths:
        model = catalogue.find(path.name)
        print(f"{model.name} is installed: {model.licence} · {model.origin}")
    return 0


def _remove(args: argparse.Namespace, models: Path) -> int:
    for model in [catalogue.find(name) for name in args.names]:
        installer.remove(model, models)
        print(f"{model.name} is removed")
    return 0


def _verify(args: argparse.Namespace, models: Path) -> int:
    names = {catalogue.find(name).name for name in args.names}
    present = store.installed(models)
    problems = [f"{name} is not installed" for name in sorted(names - {item.model.name for item in present})]
    for item in present:
        if names and item.model.name not in names:
            continue
        wrong = store.verify(item)
        problems += [f"{item.model.name}: {text}" for text in wrong]
        if not wrong:
            print(f"{item.model.name}: all files are as they should be")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0
