"""What a refusal looks like, between services and to people (RFC 9457)."""

from pydantic import BaseModel


class Problem(BaseModel):
    """A refusal: `code` is stable and for programs, `title` and `detail` are for people."""

    code: str
    title: str
    status: int
    detail: str = ""
    service: str | None = None
    retry_after_seconds: int | None = None
