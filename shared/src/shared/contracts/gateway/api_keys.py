"""API keys and their scopes."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from shared.contracts.values import Moment

PRINTABLE = r"^[^\x00-\x1f\x7f]*$"


class Scope(StrEnum):
    """What a key may do; each includes those before it."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


KeyName = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=PRINTABLE)]


class NewApiKey(BaseModel):
    """A key to be made."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "dashboard", "scopes": ["read"]}]})

    name: KeyName = Field(description="what the key is for, in words", examples=["dashboard"])
    scopes: list[Scope] = Field(
        [Scope.READ], min_length=1, max_length=len(Scope), description="what it may do; each includes those before it"
    )


class ApiKey(BaseModel):
    """A key, without the key itself."""

    id: UUID
    name: str = Field(examples=["dashboard"])
    scopes: list[Scope]
    created_at: Moment
    last_used_at: Moment | None = Field(description="within seconds of the truth; none when it was never used")


class MadeApiKey(ApiKey):
    """A key that was just made, with the key itself, which is shown only now."""

    key: str = Field(description="to be sent in X-Api-Key; shown only now", examples=["MxO0fG2uVJk8VwFPrn5Zc9Qa"])
