"""`gapless`: the commands of this package, and those of the other installed packages.

A command is an entry point of the group `gapless.commands`: a function, or a `typer.Typer` with several commands. It is
imported when it is called, so that `gapless --help` and the completion of shells are fast.
"""

import ast
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from cli.connection import failures_as_messages

DAILY = "cli.daily."
"""The package of the commands for daily use."""


class LazyCommand(TyperCommand):
    """A command whose module is imported when it is called. Its help text is read from the source."""

    def __init__(self, entry: EntryPoint) -> None:
        panel = "Every day" if entry.module.startswith(DAILY) else "This installation"
        super().__init__(entry.name, help=_first_line(entry), rich_help_panel=panel)
        self._entry = entry

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """The context of the real command, which then runs."""
        return self._command().make_context(info_name, args, parent, **extra)

    def _command(self) -> Any:
        loaded = self._entry.load()
        if isinstance(loaded, typer.Typer):
            return typer.main.get_command(loaded)
        app = typer.Typer(add_completion=False)
        app.command(self._entry.name)(loaded)
        return typer.main.get_command(app)


class Commands(TyperGroup):
    """All installed commands, those for daily use first."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        installed = entry_points(group="gapless.commands")
        for entry in sorted(installed, key=lambda each: (not each.module.startswith(DAILY), each.name)):
            self.commands.setdefault(entry.name, LazyCommand(entry))

    def invoke(self, context: Any) -> Any:
        """Run a command. A refused request ends the program with a message that says what to do."""
        with failures_as_messages():
            return super().invoke(context)


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    help="Keeps an audiobook library complete.",
    pretty_exceptions_show_locals=False,  # they may be secrets
)


@app.callback()
def _gapless() -> None:
    """Keeps an audiobook library complete and correctly described."""


def main() -> None:
    """Run the command line. A command that is installed but cannot be imported is an error when it is called."""
    app()


def _first_line(entry: EntryPoint) -> str:
    """The first line of the docstring of a function, or of its module if the entry is no function."""
    spec = find_spec(entry.module)
    if spec is None or spec.origin is None:
        return ""
    tree = ast.parse(Path(spec.origin).read_text(encoding="utf-8"))
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == entry.attr)
    text = ast.get_docstring(next(functions, tree)) or ""
    return text.partition("\n")[0]
