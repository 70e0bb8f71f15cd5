"""What a refusal looks like, between services and to people (RFC 9457)."""

from uuid import UUID

from pydantic import BaseModel, Field


class Problem(BaseModel):
    """A refusal: `code` is stable and for programs, `title` and `detail` are for people."""

    code: str
    title: str
    status: int
    detail: str = ""
    service: str | None = None
    retry_after_seconds: int | None = None
    request_id: str | None = None
    """The call that was refused, as the log names it."""
    existing_id: UUID | None = Field(None, description="what is there already and in the way")
