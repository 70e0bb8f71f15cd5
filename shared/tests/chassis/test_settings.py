"""The sources of settings, and the line that describes a wrong setting."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import Field, SecretStr, field_validator
from shared.chassis.settings import ServiceSettings, SettingsProblem
from shared.translatable import translatable

SECRET = "hidden-0815"


class ShelfSettings(ServiceSettings):
    shelf_url: str = Field(pattern="^http://", description="address of the shelf", examples=["http://shelf:80"])
    shelf_key: SecretStr = Field(min_length=16, description="key of the shelf", examples=["a-long-random-text"])
    shelf_count: int = Field(3, ge=1, description="how many shelves", examples=["3"])
    shelf_label: SecretStr | None = Field(None, min_length=4, description="label of the shelf")

    @field_validator("shelf_count")
    @classmethod
    def _not_unlucky(cls, value: int) -> int:
        if value == 13:
            raise ValueError(translatable("setting.unlucky", "13 shelves fall down"))
        return value


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment and a folder without any of the settings."""
    for name in ("LOG_LEVEL", "GAPLESS_SETTINGS_FILE", *(name.upper() for name in ShelfSettings.model_fields)):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)
    monkeypatch.chdir(tmp_path)


def right(**changes: str) -> dict[str, str]:
    overrides = {
        "DATABASE_URL": "postgresql://shelf:x@db/gapless",
        "NATS_URL": "nats://shelf:x@nats",
        "SHELF_URL": "http://shelf",
        "SHELF_KEY": "sixteen-or-more-of-them",
    }
    return overrides | changes


def without(*names: str) -> dict[str, str]:
    return {name: value for name, value in right().items() if name not in names}


def codes(overrides: dict[str, str]) -> dict[str, str]:
    with pytest.raises(SettingsProblem) as raised:
        ShelfSettings.read(overrides)
    (fault,) = raised.value.faults
    return {name: each.code for name, each in fault.translatable.items()}


def problem(overrides: dict[str, str]) -> str:
    with pytest.raises(SettingsProblem) as raised:
        ShelfSettings.read(overrides)
    return str(raised.value)


def test_a_missing_setting_is_reported_in_one_line_with_name_format_and_example() -> None:
    line = problem(without("SHELF_URL"))
    assert line == "SHELF_URL: missing. Format: address of the shelf. Example: SHELF_URL=http://shelf:80"


def test_a_malformed_setting_is_reported_in_one_line_with_name_format_and_example() -> None:
    line = problem(right(SHELF_COUNT="many"))
    assert line.startswith("SHELF_COUNT: ")
    assert line.endswith("Format: how many shelves. Example: SHELF_COUNT=3")
    assert "\n" not in line


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (without("SHELF_URL"), "setting.missing"),
        (right(SHELF_URL="ftp://shelf"), "setting.wrong_form"),
        (right(SHELF_COUNT="many"), "setting.no_number"),
        (right(SHELF_COUNT="0"), "setting.at_least"),
        (right(SHELF_COUNT="13"), "setting.unlucky"),
    ],
)
def test_what_is_wrong_and_what_is_expected_have_codes(values: dict[str, str], code: str) -> None:
    assert codes(values) == {"words": code, "to_do": "setting.expected"}


def test_each_wrong_setting_is_reported_in_its_own_line() -> None:
    lines = problem({**without("SHELF_KEY"), "SHELF_COUNT": "0", "LOG_LEVEL": "loud"}).splitlines()
    assert [line.partition(":")[0] for line in lines] == ["LOG_LEVEL", "SHELF_KEY", "SHELF_COUNT"]


@pytest.mark.parametrize("name", ["SHELF_KEY", "SHELF_LABEL", "SHELF_COUNT", "SHELF_URL", "LOG_LEVEL"])
def test_a_malformed_value_is_not_repeated(name: str) -> None:
    overrides = right(**{name: SECRET[:11] if name != "SHELF_LABEL" else "hid"})
    with pytest.raises(SettingsProblem) as raised:
        ShelfSettings.read(overrides)
    assert "hid" not in str(raised.value)
    assert "hid" not in str(raised.value.__cause__)


def test_an_empty_setting_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELF_COUNT", "")
    monkeypatch.setenv("SHELF_LABEL", "")
    settings = ShelfSettings.read(right(LOG_LEVEL=""))
    assert (settings.shelf_count, settings.shelf_label, settings.log_level) == (3, None, "INFO")


def test_an_empty_required_setting_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELF_URL", "")
    assert problem(without("SHELF_URL")).startswith("SHELF_URL: missing.")


def test_a_secret_can_be_read_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from-a-mounted-file\n")
    monkeypatch.setenv("SHELF_KEY_FILE", str(tmp_path / "key"))
    assert ShelfSettings.read(without("SHELF_KEY")).shelf_key.get_secret_value() == "from-a-mounted-file"


def test_the_environment_comes_before_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from-a-mounted-file\n")
    monkeypatch.setenv("SHELF_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("SHELF_KEY", "from-the-environment")
    assert ShelfSettings.read(without("SHELF_KEY")).shelf_key.get_secret_value() == "from-the-environment"


def test_an_empty_file_counts_as_unset(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "label").write_text("\n")
    monkeypatch.setenv("SHELF_LABEL_FILE", str(tmp_path / "label"))
    assert ShelfSettings.read(right()).shelf_label is None


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_is_named(
    content: bytes | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "key"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("SHELF_KEY_FILE", str(path))
    line = problem(without("SHELF_KEY"))
    assert line.startswith("SHELF_KEY_FILE: ")
    assert str(path) in line
    assert "\n" not in line


def test_dot_env_is_read_and_the_environment_comes_before_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SHELF_COUNT=5\nLOG_LEVEL=ERROR\nSHELF_LABEL=\nUNKNOWN=1\n")
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    settings = ShelfSettings.read(right())
    assert (settings.shelf_count, settings.log_level, settings.shelf_label) == (5, "DEBUG", None)


def test_the_settings_file_provides_what_no_other_source_sets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "sandbox.env").write_text("SHELF_COUNT=7\nSHELF_URL=http://sandbox\nSHELF_LABEL=of the sandbox\n")
    (tmp_path / ".env").write_text("SHELF_COUNT=5\n")
    monkeypatch.setenv("GAPLESS_SETTINGS_FILE", str(tmp_path / "sandbox.env"))
    monkeypatch.setenv("SHELF_LABEL", "")
    settings = ShelfSettings.read(without("SHELF_URL"))
    assert (settings.shelf_count, settings.shelf_url) == (5, "http://sandbox")
    assert settings.shelf_label is not None
    assert settings.shelf_label.get_secret_value() == "of the sandbox"


def test_a_missing_settings_file_is_ignored(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GAPLESS_SETTINGS_FILE", str(tmp_path / "none.env"))
    assert ShelfSettings.read(right()).shelf_count == 3


def test_a_secret_does_not_show_when_settings_are_printed() -> None:
    assert SECRET not in repr(ShelfSettings.read(right(SHELF_KEY=f"{SECRET}-and-more", DATABASE_URL=SECRET)))


def test_settings_do_not_change() -> None:
    settings: Any = ShelfSettings.read(right())
    with pytest.raises(ValueError, match="frozen"):
        settings.shelf_count = 9


def test_an_example_ignores_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LOG_LEVEL", "nonsense")
    monkeypatch.setenv("SHELF_COUNT", "9")
    monkeypatch.setenv("SHELF_KEY_FILE", str(tmp_path / "nowhere"))
    example = ShelfSettings.example()
    assert (example.shelf_url, example.shelf_count, example.log_level) == ("http://shelf:80", 3, "INFO")


def test_the_address_of_nats_is_read_even_if_other_settings_are_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NATS_URL", "nats://nats:4222")
    monkeypatch.setenv("SHELF_COUNT", "many")
    assert ShelfSettings.nats_address() == "nats://nats:4222"


def test_an_unreadable_address_of_nats_counts_as_unset(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NATS_URL_FILE", str(tmp_path / "nowhere"))
    assert ShelfSettings.nats_address() is None


@pytest.mark.parametrize("around", ["{}\n", " {}", "{}\r\n", "\t{} "])
def test_whitespace_around_a_secret_is_stripped(around: str, monkeypatch: pytest.MonkeyPatch) -> None:
    key = "sixteen-or-more-of-them"
    assert ShelfSettings.read(right(SHELF_KEY=around.format(key))).shelf_key.get_secret_value() == key
    for name, value in right(SHELF_KEY=around.format(key)).items():
        monkeypatch.setenv(name, value)
    assert ShelfSettings.read().shelf_key.get_secret_value() == key
