"""Which commands there are, and that listing and completing them imports little."""

import subprocess
import sys

import pytest
from cli.main import app
from typer.testing import CliRunner

DAILY = ("account", "books", "corrections", "grab", "queue", "search", "series", "tasks", "wanted")
INSTALLATION = ("backup", "bench", "demo", "doctor", "keys", "restore", "run", "support-bundle", "up")
LISTED = """
import sys
from cli.main import app
from typer.testing import CliRunner
assert "wanted" in CliRunner().invoke(app, ["--help"]).output
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def completed(words: str) -> set[str]:
    """What the completion of bash offers for the last of these words."""
    count = len(words.split(" ")) - 1
    environment = {"_GAPLESS_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(count)}
    return set(CliRunner().invoke(app, [], env=environment, prog_name="gapless").output.split())


def test_the_help_lists_every_installed_command() -> None:
    listed = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"}).output
    assert [name for name in (*DAILY, *INSTALLATION) if f" {name} " not in listed] == []
    assert "List the downloads, and retry or cancel them." in listed
    assert "Write a consistent copy of all stored data" in listed


@pytest.mark.parametrize("command", DAILY)
def test_every_command_for_daily_use_prints_json_when_asked(command: str) -> None:
    described = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200"}).output
    if "Commands" in described:
        described = CliRunner().invoke(app, [command, "show" if command == "account" else "list", "--help"]).output
    assert "--json" in described


def test_the_help_imports_no_command() -> None:
    ran = subprocess.run([sys.executable, "-c", LISTED], capture_output=True, text=True, check=True, timeout=60)
    assert set(ran.stdout.split()) & {"pydantic", "httpx", "gapless_client", "shared", "psycopg"} == set()


def test_a_shell_completes_commands_and_their_parts() -> None:
    assert completed("gapless wa") == {"wanted"}
    assert completed("gapless wanted w") == {"want", "why"}
