"""How a generated module is written: its head, its docstrings and its format."""

import re
import subprocess
import textwrap
from pathlib import Path

from ruff import find_ruff_bin  # type: ignore[import-untyped]  # ruff has no types

GENERATED = "`make messages` generates this file from the description of the API. Do not edit it."
HEAD = f'"""{{}}\n\n{GENERATED}\n"""\n\n{{}}\n\n{{}}\n'
WIDTH = 118
INDENT = "    "
PACKAGE = Path(__file__).parents[5] / "clients" / "python" / "src" / "gapless_client"
RUFF = find_ruff_bin()


def docstring(text: str, levels: int = 1) -> str:
    """A docstring, indented by this many levels, with lines of at most `WIDTH` columns."""
    indent = INDENT * levels
    text = text.replace("\\", "\\\\").replace('"""', "'''").strip()
    filled = "\n\n".join(_filled(each, indent) for each in text.replace("\n- ", "\n\n- ", 1).split("\n\n")).strip()
    filled += " " if filled.endswith('"') else ""
    return f'{indent}"""{filled}"""' if "\n" not in filled else f'{indent}"""{filled}\n{indent}"""'


def _filled(paragraph: str, indent: str) -> str:
    """A paragraph, or a list whose lines start with `- `."""
    items = re.split(r"\n(?=- )", paragraph)
    return "\n".join(
        textwrap.fill(" ".join(each.split()), WIDTH, initial_indent=indent, subsequent_indent=indent) for each in items
    )


def module(path: Path, about: str, imports: str, definitions: list[str]) -> str:
    """A whole module, formatted as the one at this path. Raises `subprocess.CalledProcessError` if it is invalid."""
    text = HEAD.format(about, imports, "\n\n\n".join(definitions))
    for command in (["check", "--select", "F401,I", "--fix", "--quiet"], ["format", "--quiet"]):
        ran = [RUFF, *command, "--line-length", "120", "--isolated", "--stdin-filename", str(path), "-"]
        text = subprocess.run(ran, input=text, capture_output=True, text=True, check=True).stdout  # noqa: S603 - ours
    return text
