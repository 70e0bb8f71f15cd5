"""A support bundle that cannot be made. `tests/e2e/test_restore.py` makes one of a running installation."""

from pathlib import Path

import pytest
import typer
from cli.masking import Mask
from cli.support_bundle import _readme, _write, support_bundle
from typer.testing import CliRunner

app = typer.Typer()
app.command()(support_bundle)


def test_a_gateway_that_does_not_answer_ends_with_the_reason(tmp_path: Path) -> None:
    file = tmp_path / "bundle.zip"
    result = CliRunner().invoke(app, [str(file), "--url", "http://127.0.0.1:1", "--api-key", "the-key-of-nobody"])
    assert result.exit_code == 2
    assert "nothing could be read from http://127.0.0.1:1: ConnectError" in result.stderr
    assert not file.exists()


def test_only_its_owner_can_read_a_bundle_and_no_file_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "bundle.zip"
    mask = Mask([], [], private=True)
    _write(file, {"versions.json": {"gapless": "0.1.0"}}, {}, mask)
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        _write(file, {}, {}, mask)


def test_the_readme_names_what_is_in_the_bundle_and_what_is_not() -> None:
    text = _readme({"doctor.json": {}}, {"logs.json": "the API answers 503: gateway"}, is_masked=True)
    assert "- doctor.json: what `gapless doctor` finds" in text
    assert "- logs.json: the API answers 503: gateway" in text
    assert "settings.json" not in text
    assert "were masked" in text
