"""Settings of the gateway."""

from ipaddress import ip_network
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr
from shared.chassis.settings import ServiceSettings


def _networks(text: str) -> str:
    for each in text.split():
        ip_network(each)  # says itself what is wrong
    return text


class GatewaySettings(ServiceSettings):
    """Where the REST API answers, and what keys are made with."""

    health_host: str = Field("0.0.0.0", description="address on which the REST API answers")  # noqa: S104 - people reach it
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
        description="addresses or networks of reverse proxies, separated by spaces, of which the header"
        " X-Forwarded-For is believed: limits and logs are then by the caller's address; empty: of none",
        examples=["172.18.0.0/16"],
    )
    rate_limit_per_key: int = Field(30_000, ge=0, description="calls a minute that one API key may make; 0: no limit")
    rate_limit_per_address: int = Field(
        30_000,
        ge=0,
        description="calls a minute that one address may make, of which 1 in 50 with a wrong key or none; 0: no limit",
    )
    api_logs_keep_days: int = Field(30, ge=1, le=3650, description="days that calls stay in the table api_logs")
    request_seconds: float = Field(
        75.0, gt=0, description="after so many seconds without an answer a call is given up; event streams go on"
    )
