"""A support bundle that cannot be written. `tests/e2e/test_restore.py` writes one of a running installation."""

from pathlib import Path

import typer
from cli.support_bundle import _created, support_bundle
from typer.testing import CliRunner

app = typer.Typer()
app.command()(support_bundle)


def test_a_gateway_that_does_not_answer_ends_with_the_reason(tmp_path: Path) -> None:
    file = tmp_path / "bundle.zip"
    result = CliRunner().invoke(app, [str(file), "--url", "http://127.0.0.1:1", "--api-key", "the-key-of-nobody"])
    assert result.exit_code == 2
    assert "there is no support bundle. The gateway does not answer: " in result.stderr
    assert not file.exists()


def test_no_file_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "bundle.zip"
    file.write_text("of another day")
    result = CliRunner().invoke(app, [str(file), "--url", "http://127.0.0.1:1", "--api-key", "the-key-of-nobody"])
    assert result.exit_code == 1
    assert "File exists" in result.stderr
    assert file.read_text() == "of another day"


def test_only_its_owner_can_read_a_bundle(tmp_path: Path) -> None:
    with _created(tmp_path / "bundle.zip"):
        assert (tmp_path / "bundle.zip").stat().st_mode & 0o777 == 0o600
