"""API keys and their scopes."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from shared.contracts.model import Model
from shared.contracts.values import Moment

PRINTABLE = r"^[^\x00-\x1f\x7f]*$"


class Scope(StrEnum):
    """What a key allows; each scope includes the ones before it."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


KeyName = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=PRINTABLE)]


class NewApiKey(Model):
    """An API key to create."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "dashboard", "scopes": ["read"]}]})

    name: KeyName = Field(description="what the key is used for", examples=["dashboard"])
    scopes: list[Scope] = Field(
        [Scope.READ],
        min_length=1,
        max_length=len(Scope),
        description="what the key allows; each scope includes the ones before it",
    )


class ApiKey(Model):
    """An API key without its secret value."""

    id: UUID
    name: str = Field(examples=["dashboard"])
    scopes: list[Scope]
    created_at: Moment
    last_used_at: Moment | None = Field(description="accurate to a few seconds; null: never used")


class MadeApiKey(ApiKey):
    """A new API key with its secret value, which is shown only once."""

    key: str = Field(
        description="send it in the header X-Api-Key; shown only once", examples=["MxO0fG2uVJk8VwFPrn5Zc9Qa"]
    )
