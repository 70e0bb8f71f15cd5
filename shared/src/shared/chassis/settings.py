"""Settings come from the environment, the files named by `NAME_FILE`, and `.env`, in this order.

A setting that is in none of them is read from the file that GAPLESS_SETTINGS_FILE names, if it is set.

Settings are read once, at start, and passed as values. A missing or malformed setting is reported in one line with its
name, its format and an example, and the service exits with `EXIT_SETTINGS`.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Self, cast

from pydantic import BaseModel, Field, SecretStr, ValidationError, create_model, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, DotEnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

EXIT_SETTINGS = 78
"""EX_CONFIG of sysexits.h: the configuration is wrong, so a restart will not help."""


class SettingsProblem(Exception):
    """Missing or malformed settings, one line each."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class _FileSource(PydanticBaseSettingsSource):
    """Reads NAME from the file that NAME_FILE names, such as a secret mounted into a container."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        path = os.environ.get(f"{field_name.upper()}_FILE")
        if not path:
            return None, field_name, False
        name = f"{field_name.upper()}_FILE"
        try:
            content = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsProblem([f"{name}: cannot read {path}: {error.strerror}"]) from error
        except UnicodeDecodeError as error:
            raise SettingsProblem([f"{name}: {path} is not UTF-8 text"]) from error
        return content or None, field_name, False

    def __call__(self) -> dict[str, Any]:
        unset = {n: field for n, field in self.settings_cls.model_fields.items() if n not in self.current_state}
        found = ((name, self.get_field_value(field, name)[0]) for name, field in unset.items())
        return {name: value for name, value in found if value is not None}


class ServiceSettings(BaseSettings):
    """The settings that every service has. Errors show the description of a field and its first example."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True
    )

    database_url: SecretStr = Field(
        description="address of Postgres, with this service's role",
        examples=["postgresql://downloader:secret@postgres:5432/gapless"],
    )
    nats_url: SecretStr = Field(
        description="address of NATS, with this service's user", examples=["nats://downloader:secret@nats:4222"]
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="lowest level that is logged: DEBUG, INFO, WARNING or ERROR", examples=["INFO"]
    )
    log_format: Literal["json", "console"] = Field(
        "json", description="format of the log: json or console", examples=["json"]
    )
    health_host: str = Field("127.0.0.1", description="address on which /ping, /health and /metrics are served")
    health_port: int = Field(8081, ge=0, le=65535, description="port of /ping, /health and /metrics; 0 disables them")

    @field_validator("*", mode="after")
    @classmethod
    def _strip_secrets(cls, value: Any) -> Any:
        """Strip whitespace, which is often copied along with a secret and is not allowed in a header."""
        return SecretStr(value.get_secret_value().strip()) if isinstance(value, SecretStr) else value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        last = DotEnvSettingsSource(settings_cls, env_file=os.environ.get("GAPLESS_SETTINGS_FILE"))
        return init_settings, env_settings, _FileSource(settings_cls), dotenv_settings, last

    @classmethod
    def read(cls, overrides: Mapping[str, str] | None = None) -> Self:
        """Read the settings. `overrides`, with upper-case names, takes precedence over the environment.

        Raises `SettingsProblem` with a line for each missing or malformed setting.
        """
        names = {name.lower(): value for name, value in (overrides or {}).items()}
        try:
            known: dict[str, Any] = {n: value for n, value in names.items() if n in cls.model_fields and value != ""}
            return cls(**known)
        except ValidationError as error:
            raise SettingsProblem([_line(cls, dict(each)) for each in error.errors(include_input=False)]) from error

    @classmethod
    def with_parts(cls, parts: Sequence[type[BaseModel]], **fields: Any) -> type[Self]:
        """These settings with the fields of `parts`, such as those of each adapter, in the order of `parts`.

        `fields` replaces fields, each as a type and a `Field`.
        """
        # pydantic collects the fields of the last base first.
        return cast("type[Self]", create_model(cls.__name__, __base__=(cls, *reversed(parts)), **fields))

    @classmethod
    def nats_address(cls) -> str | None:
        """Only the address of NATS, even if other settings are wrong; None when it is not set or cannot be read."""
        try:
            return _OnlyNats().nats_url
        except SettingsProblem:
            return None

    @classmethod
    def example(cls) -> Self:
        """Settings made of defaults and examples, regardless of the environment, to inspect a service."""
        values = {name: _example(field) for name, field in cls.model_fields.items()}
        return cls(_env_file=None, **values)


class _OnlyNats(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    nats_url: str | None = None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, _FileSource(settings_cls), dotenv_settings


def _example(field: FieldInfo) -> Any:
    return field.examples[0] if field.is_required() and field.examples else field.get_default(call_default_factory=True)


def _line(settings: type[BaseSettings], error: dict[str, Any]) -> str:
    place = [str(part) for part in error["loc"]] or ["?"]
    field = settings.model_fields.get(place[0])
    what = "missing" if error["type"] == "missing" else str(error["msg"])
    expected = f" Format: {field.description}." if field and field.description else ""
    example = f" Example: {place[0].upper()}={field.examples[0]}" if field and field.examples else ""
    return f"{place[0].upper()}: {what}.{expected}{example}"
