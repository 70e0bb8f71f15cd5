"""Settings come from the environment, the files named by `NAME_FILE`, and `.env`, in this order.

A setting that is in none of them is read from the file that GAPLESS_SETTINGS_FILE names, if it is set, and then from
the values that were stored over the API (`live_settings.py`).

Settings are read at start, and passed as values. A missing or malformed setting is reported with its name, its format
and an example. If it is one that only the environment can set, the service exits with `EXIT_SETTINGS`.
"""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal, Self, cast

from pydantic import BaseModel, Field, SecretStr, ValidationError, create_model, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from shared.chassis.log_file import LogFile
from shared.chassis.setting_groups import Group, group_of
from shared.contracts.problem import SettingFault
from shared.contracts.translatable import translatables, with_code
from shared.translatable import all_of, message_of, translatable, translatable_of

NEEDED_BEFORE = "only the environment can set it: the service needs it before it can read stored settings"
EXIT_SETTINGS = 78
"""EX_CONFIG of sysexits.h: the configuration is wrong, so a restart will not help."""


class SettingsProblem(Exception):
    """Missing or malformed settings. `missing` are the names of those without a value."""

    def __init__(self, faults: Sequence[SettingFault], missing: Sequence[str] = ()) -> None:
        self.faults = list(faults)
        self.missing = list(missing)
        self.lines = [line_of(each) for each in faults]
        """One line for each fault."""
        super().__init__("\n".join(self.lines))


def line_of(fault: SettingFault) -> str:
    """A fault in one line."""
    advice = f". {fault.to_do}" if fault.to_do else ""
    name, parts = fault.setting or "?", fault.translatable
    why, to_do = with_code(fault.words, parts.get("words")), with_code(fault.to_do, parts.get("to_do"))
    words = f"{name}: {fault.words}{advice}"
    return translatable("setting.line", words, name=name, why=why, to_do=to_do or None)


def lines_of(faults: Sequence[SettingFault]) -> str:
    """The faults one after the other; empty without any."""
    return all_of([line_of(each) for each in faults])


class _FileSource(PydanticBaseSettingsSource):
    """Reads NAME from the file that NAME_FILE names, such as a secret mounted into a container.

    Names that are in `known`, or in a source before this one, are not read.
    """

    def __init__(self, settings_cls: type[BaseSettings], known: Mapping[str, Any] | None = None) -> None:
        super().__init__(settings_cls)
        self._known = known or {}

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        path = os.environ.get(f"{field_name.upper()}_FILE")
        if not path:
            return None, field_name, False
        name = f"{field_name.upper()}_FILE"
        try:
            content = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsProblem([SettingFault.of(name, _unreadable(path, error))]) from error
        except UnicodeDecodeError as error:
            raise SettingsProblem([SettingFault.of(name, _not_text(path))]) from error
        return content or None, field_name, False

    def __call__(self) -> dict[str, Any]:
        known = {**self._known, **self.current_state}
        unset = {name: field for name, field in self.settings_cls.model_fields.items() if name not in known}
        found = ((name, self.get_field_value(field, name)[0]) for name, field in unset.items())
        return {name: value for name, value in found if value is not None}


class ServiceSettings(BaseSettings):
    """The settings that every service has. Errors show the description of a field and its first example.

    `group` is the group of the fields that a class declares. Settings that are needed to reach Postgres and NATS, and
    what is shared by all services of a process, can be set only by the environment.
    """

    group: ClassVar[Group] = Group("installation", "Installation", locked=NEEDED_BEFORE)

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True
    )

    database_url: SecretStr = Field(
        description="address of Postgres, with this service's role",
        examples=["postgresql://downloader:secret@postgres:5432/gapless"],
    )
    nats_url: SecretStr = Field(
        description="address of NATS, with this service's user; of a cluster, all servers with commas between them",
        examples=["nats://downloader:secret@nats:4222"],
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="lowest level that is logged: DEBUG, INFO, WARNING or ERROR", examples=["INFO"]
    )
    log_format: Literal["json", "console"] = Field(
        "json", description="format of the log: json or console", examples=["json"]
    )
    log_file: str = Field(
        "",
        description="file to which the log is also written: each process writes its own, with the name of its service",
        examples=["/var/log/gapless/gapless.log"],
    )
    log_file_mib: int = Field(10, ge=1, le=10_000, description="size in MiB at which the log file is rotated")
    log_file_count: int = Field(5, ge=1, le=1_000, description="rotated log files that are kept")
    log_file_only: bool = Field(False, description="write the log only to LOG_FILE, not to standard error")
    sentry_dsn: SecretStr = Field(
        SecretStr(""),
        description="Sentry-compatible address to which errors are sent, without secrets; empty: none are sent",
        examples=["https://key@sentry.example.net/1"],
    )
    health_host: str = Field("127.0.0.1", description="address on which /ping, /health and /metrics are served")
    health_port: int = Field(8081, ge=0, le=65535, description="port of /ping, /health and /metrics; 0 disables them")
    metrics_key: SecretStr = Field(
        SecretStr(""), description="key that /metrics needs as a bearer token; empty: it needs none"
    )

    otel_exporter_otlp_endpoint: str = Field(
        "",
        pattern=r"^(https?://[^\s/@]+(/[^\s@]*)?)?$",
        description="address of an OpenTelemetry collector that receives traces by OTLP over HTTP; empty: no traces",
        examples=["http://collector:4318"],
    )
    otel_exporter_otlp_headers: SecretStr = Field(
        SecretStr(""),
        description="headers of the requests to the collector, such as a key: name=value, separated by commas",
    )

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

        Raises `SettingsProblem` with a fault for each missing or malformed setting.
        """
        return cls.checked(_by_field(cls, overrides or {}))

    @classmethod
    def checked(cls, values: Mapping[str, Any]) -> Self:
        """The settings with these values, by field name. Those of other fields come from the environment.

        Raises `SettingsProblem` with a fault for each missing or malformed setting.
        """
        try:
            return cls(**values)
        except ValidationError as error:
            errors = [dict(each) for each in error.errors(include_input=False)]
        # Not within `except`: the validation error may quote a value.
        missing = [_setting_of(cls, each) for each in errors if each["type"] == "missing"]
        raise SettingsProblem([_fault(cls, each) for each in errors], missing)

    @classmethod
    def in_environment(cls, overrides: Mapping[str, str] | None = None) -> dict[str, Any]:
        """The values that `overrides` and the environment give, by field name, before they are checked.

        Raises `SettingsProblem` if a file that NAME_FILE names cannot be read.
        """
        found = _by_field(cls, overrides or {})
        settings_file = os.environ.get("GAPLESS_SETTINGS_FILE")
        found |= {name: value for name, value in EnvSettingsSource(cls)().items() if name not in found}
        found |= _FileSource(cls, found)()
        for file in (".env", settings_file):
            found |= {name: v for name, v in DotEnvSettingsSource(cls, env_file=file)().items() if name not in found}
        return {name: value for name, value in found.items() if name in cls.model_fields}

    @classmethod
    def read_environment_only(cls, overrides: Mapping[str, str] | None = None) -> Self:
        """The settings that only the environment can set. The others have their default or their example.

        Raises `SettingsProblem` with a fault for each missing or malformed setting among them.
        """
        others = {name: field for name, field in cls.model_fields.items() if not group_of(cls, name).locked}
        given = {name: value for name, value in _by_field(cls, overrides or {}).items() if name not in others}
        return cls.checked({name: _example(field) for name, field in others.items()} | given)

    @classmethod
    def not_needed(cls, values: Mapping[str, Any]) -> set[str]:
        """The fields without a default that need no value, given these values of others."""
        return set()

    @classmethod
    def in_use(cls, group: str) -> dict[str, Any]:
        """The values, by field name, with which the settings of a group are used; for its test."""
        return {}

    def file_of_log(self) -> LogFile | None:
        """The file to which the log is written; None if there is none."""
        if not self.log_file:
            return None
        return LogFile(Path(self.log_file), self.log_file_mib * 2**20, self.log_file_count, only=self.log_file_only)

    def without_secrets(self, text: str) -> str:
        """The text without the values of these secrets."""
        for value in dict(self).values():
            if isinstance(value, SecretStr) and (secret := value.get_secret_value()):
                text = text.replace(secret, "***")
        return text

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


def _by_field(settings: type[BaseSettings], overrides: Mapping[str, str]) -> dict[str, Any]:
    names = {name.lower(): value for name, value in overrides.items()}
    return {name: value for name, value in names.items() if name in settings.model_fields and value != ""}


def _setting_of(settings: type[BaseSettings], error: Mapping[str, Any]) -> str:
    """The name of the setting that an error is about: for an error about several, the first that its text names."""
    if error["loc"]:
        return str(error["loc"][0]).upper()
    named = (word for word in re.findall(r"[A-Z][A-Z0-9_]+", str(error["msg"])))
    return next((word for word in named if word.lower() in settings.model_fields), "")


def _fault(settings: type[BaseSettings], error: Mapping[str, Any]) -> SettingFault:
    name = _setting_of(settings, error)
    field = settings.model_fields.get(name.lower())
    description, example = (field.description, field.examples[0] if field.examples else None) if field else (None, None)
    expected = [f"Format: {description}."] if description else []
    examples = [f"Example: {name}={example}"] if example is not None else []
    if not (words := " ".join(expected + examples)):
        return SettingFault.of(name, _words_of(error))
    shown = None if example is None else str(example)
    return SettingFault.of(name, _words_of(error), translatable("setting.expected", words, name=name, example=shown))


def _words_of(error: Mapping[str, Any]) -> str:
    """What pydantic says is wrong, with a code if the check that failed is ours or a usual one."""
    words, given = str(error["msg"]), error.get("ctx", {})
    match error["type"]:
        case "missing":
            words = translatable("setting.missing", "missing")
        case "value_error" if isinstance(given.get("error"), ValueError):
            ours = translatables(words=message_of(given["error"]))
            words = with_code(words, ours.get("words"))
        case "string_pattern_mismatch":
            words = translatable("setting.wrong_form", words)
        case "int_parsing" | "int_from_float" | "float_parsing":
            words = translatable("setting.no_number", words)
        case "enum" | "literal_error":
            choices = re.findall(r"'([^']+)'", str(given["expected"]))
            words = translatable("setting.one_of", words, choices=choices)
        case kind:
            words = _out_of_limits(kind, words, given)
    return words


def _out_of_limits(kind: str, words: str, given: Mapping[str, Any]) -> str:
    match kind:
        case "greater_than_equal":
            words = translatable("setting.at_least", words, least=given["ge"])
        case "less_than_equal":
            words = translatable("setting.at_most", words, most=given["le"])
        case "greater_than":
            words = translatable("setting.more_than", words, least=given["gt"])
        case "less_than":
            words = translatable("setting.less_than", words, most=given["lt"])
        case "string_too_short":
            words = translatable("setting.too_short", words, least=given["min_length"])
    return words


def _unreadable(path: str, error: OSError) -> str:
    words = f"cannot read {path}: {error.strerror}"
    return translatable("setting.file_unreadable", words, path=path, why=translatable_of(error))


def _not_text(path: str) -> str:
    return translatable("setting.file_not_text", f"{path} is not UTF-8 text", path=path)
