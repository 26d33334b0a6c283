"""`farol …`: every sub-command is a module of `farol.house.commands`.

A command module has a docstring (its help), `arguments(parser)`, `run(options) -> int`, and if it works on data
`NEEDS = "database"`, which starts Django and, unless Farol is running, the embedded database for as long as it takes.
"""

from __future__ import annotations

import argparse
import os
import pkgutil
import sys
import traceback
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from types import ModuleType

from farol.house import commands
from farol.house.embedded.troubles import Trouble
from farol.kernel.errors import Refusal

FAILED = 2
"""Could not run; 0 is done, 1 is that something wrong was found."""
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "farol.house.settings")
    try:
        with _needs(options.command):
            return _done(options)
    except Refusal as refusal:
        print(f"farol: {refusal} {refusal.remedy}".strip(), file=sys.stderr)
    except (Trouble, OSError) as trouble:
        print(f"farol: {trouble}", file=sys.stderr)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception:  # a crash is not the same as having found something wrong
        traceback.print_exc()
    return FAILED


def execute(arguments: Sequence[str]) -> int:
    """A command from within another, which has what both need."""
    return _done(_parser().parse_args(arguments))


def knows(command: str) -> bool:
    return any(_said(module.name) == command for module in pkgutil.iter_modules(commands.__path__))


def _done(options: argparse.Namespace) -> int:
    return int(options.command.run(options))


def offer(parser: argparse.ArgumentParser, package: ModuleType) -> None:
    """Every module of `package` is a sub-command of `parser`; one that is a package offers its own in turn."""
    known = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in pkgutil.iter_modules(package.__path__):
        command = import_module(f"{package.__name__}.{module.name}")
        text = (command.__doc__ or "").strip()
        sub = known.add_parser(_said(module.name), help=text.split("\n", 1)[0], description=text)
        sub.set_defaults(command=command, json=False)
        command.arguments(sub)


def _said(name: str) -> str:
    """A module's name as one types it."""
    return name.replace("_", "-")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="farol", description="The support centre of a software vendor.")
    offer(parser, commands)
    return parser


def _needs(command: ModuleType) -> AbstractContextManager[object]:
    if getattr(command, "NEEDS", "") != "database":
        return nullcontext()
    from farol.house.embedded.at_hand import database_at_hand

    return database_at_hand()


if __name__ == "__main__":
    sys.exit(main())
