"""The shapes of all requests and responses: models, pages and enumerations."""

from enum import StrEnum
from typing import Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict

ItemT = TypeVar("ItemT")


class Model(BaseModel):
    """A part of a request or a response.

    Fields that this version does not know are ignored, so that a newer gateway can be called. A validator is built
    when it is first used, because most programs use few models.
    """

    model_config = ConfigDict(defer_build=True, populate_by_name=True, protected_namespaces=())


class Page(BaseModel, Generic[ItemT]):
    """A part of a list: `total` items in all, of which these come after the first `offset`."""

    model_config = ConfigDict(defer_build=True)

    items: list[ItemT]
    total: int
    limit: int
    offset: int


class Choice(StrEnum):
    """One of several values. A value that this version does not know is accepted and compares as its text."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        unknown = str.__new__(cls, value)
        unknown._name_ = unknown._value_ = value
        return unknown
