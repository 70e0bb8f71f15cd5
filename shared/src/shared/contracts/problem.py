"""The error format between services and in the API (RFC 9457)."""

from typing import Self
from uuid import UUID

from pydantic import Field

from shared.contracts.model import Model
from shared.contracts.translatable import Translatables, translatables, with_code


class SettingFault(Model):
    """What is wrong with the value of one setting."""

    setting: str = Field(description="empty: several settings together, or none", examples=["ABS_URL"])
    words: str = Field(description="what is wrong")
    to_do: str = Field("", description="what to do: the expected format, and an example")
    translatable: Translatables = {}

    @classmethod
    def of(cls, setting: str, words: str, to_do: str = "") -> Self:
        """The fault, with the codes and figures of its sentences."""
        return cls(setting=setting, words=words, to_do=to_do, translatable=translatables(words=words, to_do=to_do))


class Problem(Model):
    """An error answer: `code` is stable and meant for programs, `title` and `detail` are meant for people."""

    code: str
    title: str
    status: int
    detail: str = ""
    service: str | None = None
    retry_after_seconds: int | None = None
    request_id: str | None = None
    """The id of the refused request in the log."""
    trace_id: str | None = Field(None, description="id of the trace, if traces are exported")
    matching: int | None = Field(None, description="number of items that a filter matches now")
    existing_id: UUID | None = Field(None, description="id of the existing object that causes the conflict")
    faults: list[SettingFault] | None = Field(None, description="what is wrong with each setting")
    translatable: Translatables | None = None

    @property
    def sentence(self) -> str:
        """The detail with its code and figures, if any."""
        return with_code(self.detail, (self.translatable or {}).get("detail"))

    def with_detail(self, detail: str) -> Self:
        """The problem with another detail."""
        parts = translatables(detail=detail) or None
        return self.model_copy(update={"detail": detail, "translatable": parts})
