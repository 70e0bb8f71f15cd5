"""Settings of the gateway."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, ClassVar, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, Field, SecretStr, field_validator, model_validator
from shared.chassis.sealing import SealingSettings, SecretKeys
from shared.chassis.setting_groups import Group, Listed
from shared.translatable import translatable

from gateway.notifications.kinds import KINDS
from gateway.notifications.quiet_hours import quiet_hours
from gateway.notifications.targets import kinds_in, targets
from gateway.notifications.templates import checked_folder
from gateway.sign_in.openid.settings import OpenIDSettings

ZONE_FORM = "a time zone name such as Europe/Warsaw"


def _networks(text: str) -> str:
    for each in text.split():
        ip_network(each)  # its error names the problem
    return text


def _hours(text: str) -> str:
    quiet_hours(text, ZoneInfo("UTC"))
    return text


def _kinds(text: str) -> str:
    kinds_in(text)
    return text


class FirstKeySettings(BaseModel):
    """The first API key. It is stored when the gateway starts for the first time."""

    group: ClassVar = Group(
        "first_key",
        "First API key",
        locked="only the environment can set it: it is the first key of a new installation",
    )

    api_key: SecretStr | None = Field(
        None,
        min_length=16,
        description="first API key, at least 16 characters; if not set, one is generated and printed once",
        examples=["a-long-random-text"],
    )


class BackupSettings(BaseModel):
    """How the gateway reads what all services store, for a backup."""

    group: ClassVar = Group(
        "backup",
        "Backup",
        locked="only the environment can set it: the installation makes the role and its password",
    )

    backup_database_url: SecretStr | None = Field(
        None,
        description="address of Postgres with a role that can read all schemas; if not set, backups cannot be"
        " downloaded, and are made with gapless backup",
        examples=["postgresql://backup:secret@postgres:5432/gapless"],
    )


def _absolute(path: Path) -> Path:
    if not path.is_absolute():
        raise ValueError(translatable("setting.no_slash", "it must begin with a slash"))
    return path


class ScheduledBackupSettings(BaseModel):
    """Where the task `backup` writes, and for how long backups are kept."""

    group: ClassVar = Group("scheduled_backups", "Scheduled backups")

    backup_path: Annotated[Path, AfterValidator(_absolute)] | None = Field(
        None,
        description="folder for the backups of the task backup; if not set, none are made on a schedule. Choose a"
        " folder on another disk than the database",
        examples=["/backups"],
    )
    backup_keep_count: int = Field(
        14, ge=1, le=1000, description="scheduled backups to keep; older ones are deleted after a new one was verified"
    )
    backup_keep_days: int = Field(
        90, ge=0, le=3650, description="days to keep scheduled backups; 0: regardless of their age"
    )


class AccessSettings(BaseModel):
    """From where and how the API may be called."""

    group: ClassVar = Group("access", "Access")

    abs_webhook_secret: SecretStr | None = Field(
        None,
        min_length=16,
        description="secret of /api/webhooks/audiobookshelf, at least 16 characters; if not set, the webhook is off",
        examples=["another-long-random-text"],
    )
    cors_origins: Annotated[str, Listed(" ")] = Field(
        "",
        description="origins whose pages may call the API from a browser (CORS), separated by spaces",
        examples=["https://shelf.example.net"],
    )
    base_path: str = Field(
        "",
        pattern=r"^(/[A-Za-z0-9._~-]+)*$",
        description="path at which a reverse proxy publishes the dashboard and the API, without a slash at its end",
        examples=["/gapless"],
    )
    trusted_proxies: Annotated[str, AfterValidator(_networks), Listed(" ")] = Field(
        "",
        description="addresses or networks of reverse proxies, separated by spaces; X-Forwarded-For is trusted only"
        " from them and gives the caller's address for limits and logs. Never set the whole container network: all"
        " calls through a published port seem to come from its gateway",
        examples=["172.18.0.5"],
    )
    forward_auth_header: str | None = Field(
        None,
        pattern=r"^[A-Za-z0-9-]{1,100}$",
        description="header in which a trusted reverse proxy names the person who is signed in there (forward"
        " authentication); needs TRUSTED_PROXIES, and a proxy that removes the header from other calls",
        examples=["Remote-User"],
    )
    rate_limit_per_key: int = Field(30_000, ge=0, description="calls per minute for each API key; 0: no limit")
    rate_limit_per_address: int = Field(
        30_000,
        ge=0,
        description="calls per minute for each address, and 1/50 of it for calls with a wrong key or none; 0: no limit",
    )
    request_seconds: float = Field(100.0, gt=0, description="timeout of a call in seconds; event streams have none")

    @model_validator(mode="after")
    def _forwarded_by_somebody(self) -> Self:
        if self.forward_auth_header and not self.trusted_proxies:
            words = "FORWARD_AUTH_HEADER needs TRUSTED_PROXIES: the addresses that may send the header"
            raise ValueError(translatable("setting.no_proxies", words))
        return self

    def proxy_networks(self) -> list[IPv4Network | IPv6Network]:
        """The networks of the trusted proxies."""
        return [ip_network(each) for each in self.trusted_proxies.split()]


class NotificationSettings(BaseModel):
    """Where and when notifications are sent."""

    group: ClassVar = Group("notifications", "Notifications")

    notify_urls: SecretStr | None = Field(
        None,
        description="targets of notifications: Apprise URLs, separated by spaces or lines. To send only some kinds to"
        " a target, put them before its URL: " + ", ".join(each.kind for each in KINDS),
        examples=["tgram://BOT_TOKEN/CHAT_ID failed,needs_person=mailto://USER:PASSWORD@example.net"],
    )
    notify_group_minutes: float = Field(
        5.0,
        ge=0,
        le=1440,
        description="minutes for which notifications of one kind are collected into one message; 0: none",
    )
    notify_quiet_hours: Annotated[str, AfterValidator(_hours)] = Field(
        "",
        description="hours in TZ in which no notification is sent; they are sent afterwards",
        examples=["22:00-07:00"],
    )
    notify_urgent: Annotated[str, AfterValidator(_kinds), Listed(",")] = Field(
        "", description="kinds that are sent in quiet hours too, separated by commas", examples=["service_down"]
    )
    notify_templates: Annotated[Path, AfterValidator(checked_folder)] | None = Field(
        None,
        description="folder with your own templates of notifications, such as imported.txt",
        examples=["/templates"],
    )
    service_down_seconds: float = Field(
        60.0, ge=10, description="seconds without an answer after which a service is reported as down"
    )
    tz: ZoneInfo = Field(
        ZoneInfo("UTC"), description=f"{ZONE_FORM}; used where no other time zone is set", examples=["Europe/Warsaw"]
    )

    @field_validator("notify_urls")
    @classmethod
    def _known_to_apprise(cls, urls: SecretStr | None) -> SecretStr | None:
        if urls is not None:
            targets(urls.get_secret_value(), SecretKeys(""))
        return urls


class GatewaySettings(
    SealingSettings,
    NotificationSettings,
    OpenIDSettings,
    AccessSettings,
    ScheduledBackupSettings,
    BackupSettings,
    FirstKeySettings,
):
    """The settings of the REST API, the API keys, the notifications and the health monitor."""

    group: ClassVar = Group("gateway_retention", "Retention of the gateway")

    health_host: str = Field(
        "127.0.0.1",
        description="without containers: address on which the REST API listens; 0.0.0.0 means all addresses",
        examples=["0.0.0.0"],  # noqa: S104 - an example for people
    )
    health_port: int = Field(8080, ge=1, le=65535, description="port of the REST API", examples=["8080"])
    api_logs_keep_days: int = Field(30, ge=1, le=3650, description="days to keep calls in the table api_logs")
    notifications_keep_days: int = Field(30, ge=15, le=3650, description="days to keep sent notifications")
