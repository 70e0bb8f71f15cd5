"""Settings of the gateway."""

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, SecretStr, field_validator
from shared.chassis.settings import ServiceSettings

from gateway.notifications.quiet_hours import quiet_hours
from gateway.notifications.targets import kinds_in, targets
from gateway.notifications.templates import checked_folder

ZONE_FORM = "a time zone's name such as Europe/Warsaw"


def _networks(text: str) -> str:
    for each in text.split():
        ip_network(each)  # says itself what is wrong
    return text


def _hours(text: str) -> str:
    quiet_hours(text, ZoneInfo("UTC"))
    return text


def _kinds(text: str) -> str:
    kinds_in(text)
    return text


class GatewaySettings(ServiceSettings):
    """Where the REST API answers, and what keys are made with."""

    health_host: str = Field(
        "127.0.0.1",
        description="without containers: address on which the REST API answers; 0.0.0.0 is every one of the machine",
        examples=["0.0.0.0"],  # noqa: S104 - told to people
    )
    health_port: int = Field(8080, ge=1, le=65535, description="port of the REST API", examples=["8080"])
    api_key: SecretStr | None = Field(
        None,
        min_length=16,
        description="first API key, at least 16 characters; generated and printed once when not set",
        examples=["a-long-random-text"],
    )
    secret_key: SecretStr = Field(
        min_length=16,
        description="a long random text; API keys are stored hashed with it",
        examples=["openssl rand -hex 32 makes one"],
    )
    abs_webhook_secret: SecretStr | None = Field(
        None,
        min_length=16,
        description="secret of /api/webhooks/audiobookshelf, at least 16 characters; not set: the webhook is off",
        examples=["another-long-random-text"],
    )
    cors_origins: str = Field(
        "",
        description="origins whose pages may call the API from a browser, separated by spaces; empty: none",
        examples=["https://shelf.example.net"],
    )
    trusted_proxies: Annotated[str, AfterValidator(_networks)] = Field(
        "",
        description="addresses of reverse proxies, or networks of nothing else, separated by spaces: their header"
        " X-Forwarded-For is believed, and limits and logs are by the caller's address. Never the whole network of the"
        " containers: its gateway stands for everybody who comes through a published port. Empty: none",
        examples=["172.18.0.5"],
    )
    rate_limit_per_key: int = Field(30_000, ge=0, description="calls a minute that one API key may make; 0: no limit")
    rate_limit_per_address: int = Field(
        30_000,
        ge=0,
        description="calls a minute that one address may make, of which 1 in 50 with a wrong key or none; 0: no limit",
    )
    api_logs_keep_days: int = Field(30, ge=1, le=3650, description="days that calls stay in the table api_logs")
    notify_urls: SecretStr | None = Field(
        None,
        description="where notifications go: addresses as Apprise knows them, parted by spaces or lines; kinds before"
        " an address are all it is told: imported, failed, needs_person, account_limit, service_down",
        examples=["tgram://BOT_TOKEN/CHAT_ID failed,needs_person=mailto://USER:PASSWORD@example.net"],
    )
    notify_group_minutes: float = Field(
        5.0, ge=0, le=1440, description="so long a notification waits for others of its kind, to be one message; 0: not"
    )
    notify_quiet_hours: Annotated[str, AfterValidator(_hours)] = Field(
        "",
        description="hours of TZ in which nothing is sent; what happens then is told after them; empty: none",
        examples=["22:00-07:00"],
    )
    notify_urgent: Annotated[str, AfterValidator(_kinds)] = Field(
        "", description="kinds that are sent in quiet hours too, parted by commas", examples=["service_down"]
    )
    notify_templates: Annotated[Path, AfterValidator(checked_folder)] | None = Field(
        None,
        description="folder with templates of notifications: imported.txt and so on, in place of ours",
        examples=["/templates"],
    )
    notifications_keep_days: int = Field(
        30, ge=15, le=3650, description="days that sent notifications are remembered; longer than any event is kept"
    )
    service_down_seconds: float = Field(
        60.0, ge=10, description="after so many seconds of silence a service counts as down, and is told"
    )
    tz: ZoneInfo = Field(
        ZoneInfo("UTC"), description=f"{ZONE_FORM}, for what has none of its own", examples=["Europe/Warsaw"]
    )
    mam_min_ratio: float = Field(
        1.0, ge=0, description="nothing but freeleech is grabbed at MyAnonamouse that would bring the ratio below this"
    )
    mam_unsatisfied_reserve: int = Field(
        1, ge=0, description="places kept free below MyAnonamouse's limit of unsatisfied torrents"
    )
    request_seconds: float = Field(
        100.0, gt=0, description="after so many seconds without an answer a call is given up; event streams go on"
    )

    @field_validator("notify_urls")
    @classmethod
    def _known_to_apprise(cls, urls: SecretStr | None) -> SecretStr | None:
        if urls is not None:
            targets(urls.get_secret_value(), secret="")
        return urls
