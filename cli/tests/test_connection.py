"""How the commands find the address of the gateway and the API key."""

import json
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
import typer
from cli.connection import gapless_at
from embedded.installation import Installation
from gapless_client import ApiProblem

Found = Callable[[], tuple[str, str]]
ENVIRONMENT = (
    "API_KEY",
    "API_KEY_FILE",
    "GAPLESS_URL",
    "GAPLESS_API_KEY",
    "HEALTH_HOST",
    "HEALTH_PORT",
    "GAPLESS_DATA",
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to run commands in, with an empty environment and a data folder of its own."""
    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GAPLESS_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Found:
    """The address and the API key of the request that a command sends from the folder."""

    def refuse(_transport: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        return httpx.Response(403, json={"code": "refused", "title": request.headers["X-Api-Key"], "status": 403})

    def find() -> tuple[str, str]:
        api = gapless_at("", "")
        try:
            with pytest.raises(ApiProblem) as raised:
                api.system.get_diagnostics()
            return api.url, raised.value.problem.title
        finally:
            api.close()

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", refuse)
    return find


def test_the_key_of_the_installation_is_found(folder: Path, found: Found) -> None:
    installation = Installation(folder / "data")
    assert found() == ("http://127.0.0.1:8080", installation.api_key)


def test_address_and_key_are_found_in_the_env_file(folder: Path, found: Found) -> None:
    Installation(folder / "data")
    (folder / ".env").write_text("API_KEY=the-key-of-the-file\nHEALTH_HOST=192.0.2.7\nHEALTH_PORT=9000\n")
    assert found() == ("http://192.0.2.7:9000", "the-key-of-the-file")


def test_the_env_file_may_name_the_data_folder(folder: Path, found: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GAPLESS_DATA")
    installation = Installation(folder / "elsewhere")
    (folder / ".env").write_text(f"GAPLESS_DATA={folder / 'elsewhere'}\nAPI_KEY=\n")
    assert found()[1] == installation.api_key


@pytest.mark.parametrize(
    ("host", "url"),
    [("0.0.0.0", "http://127.0.0.1:8080"), ("::", "http://127.0.0.1:8080"), ("::1", "http://[::1]:8080")],
)
def test_a_gateway_that_listens_on_all_addresses_is_called_on_loopback(
    folder: Path, found: Found, monkeypatch: pytest.MonkeyPatch, host: str, url: str
) -> None:
    Installation(folder / "data")
    monkeypatch.setenv("HEALTH_HOST", host)
    assert found()[0] == url


def test_the_environment_comes_before_the_env_file(folder: Path, found: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("API_KEY=the-key-of-the-file\nGAPLESS_URL=http://192.0.2.7\n")
    (folder / "key").write_text("the-key-of-the-container\n")
    monkeypatch.setenv("API_KEY_FILE", str(folder / "key"))
    monkeypatch.setenv("GAPLESS_URL", "http://192.0.2.8")
    assert found() == ("http://192.0.2.8", "the-key-of-the-container")


def test_address_and_key_are_found_in_the_file_of_the_user(folder: Path, found: Found) -> None:
    Installation(folder / "data")
    (folder / "config" / "gapless").mkdir(parents=True)
    file = folder / "config" / "gapless" / "config.toml"
    file.write_text('url = "http://192.0.2.9"\napi_key = "the-key-of-the-user"\n')
    assert found() == ("http://192.0.2.9", "the-key-of-the-user")


def test_a_file_of_the_user_that_cannot_be_read_is_named(
    folder: Path, found: Found, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "config" / "gapless").mkdir(parents=True)
    (folder / "config" / "gapless" / "config.toml").write_text("url = http://192.0.2.9")
    with pytest.raises(typer.Exit) as ended:
        found()
    assert ended.value.exit_code == 78
    assert "config.toml: cannot be read" in capsys.readouterr().err


def test_without_any_key_a_command_ends_with_what_to_set(
    folder: Path, found: Found, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as ended:
        found()
    assert ended.value.exit_code == 78
    assert "API_KEY: missing" in capsys.readouterr().err


def test_an_installation_knows_whether_its_key_was_made_just_now(folder: Path) -> None:
    assert Installation(folder / "data").is_new
    again = Installation(folder / "data")
    assert not again.is_new
    assert json.loads((folder / "data" / "secrets.json").read_text())["api_key"] == again.api_key
