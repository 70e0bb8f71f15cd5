"""The dashboard has a German name for each figure that a run reports, and for no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from downloader.domain.client_changes import ChangeKind

PROJECT = Path(__file__).parents[2]
NAMES = PROJECT / "dashboard" / "src" / "words" / "de" / "services" / "figures.ts"
KEY = re.compile(r'^  "?(\w[\w ]*?)"?:', re.MULTILINE)
NO_FIGURES = {"plan", "notes", "lists"}
"""What else the details of a run contain: lists, which are not shown as figures."""


def figures_in_code() -> Iterator[str]:
    """The keys of the details that the services end a run with."""
    for file in (PROJECT / "services").glob("*/src/**/*.py"):
        code = file.read_text(encoding="utf-8")
        if "runs.finished(" not in code:
            continue
        for node in ast.walk(ast.parse(code)):
            match node:
                case (
                    ast.Assign(targets=[ast.Name(id="details" | "figures")], value=value)
                    | ast.AnnAssign(target=ast.Name(id="details" | "figures"), value=ast.expr() as value)
                    | ast.keyword(arg="details", value=value)
                ):
                    yield from keys_of(value)


def keys_of(value: ast.expr) -> Iterator[str]:
    """The keys of a dictionary, and of the parts of which it is made."""
    match value:
        case ast.Dict(keys=keys):
            yield from (key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str))
        case ast.BinOp(left=one, right=other) | ast.IfExp(body=one, orelse=other):
            yield from keys_of(one)
            yield from keys_of(other)


def test_each_figure_of_a_run_has_a_german_name_and_each_name_a_figure() -> None:
    figures = {*figures_in_code(), *(kind.value for kind in ChangeKind)} - NO_FIGURES
    assert len(figures) > 20
    german = set(KEY.findall(NAMES.read_text(encoding="utf-8")))
    assert figures - german == set(), "add the German names to figures.ts"
    assert german - figures == set(), "no run reports this any more: remove it from figures.ts"
