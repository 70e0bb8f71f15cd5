"""What the classes of settings say about their fields, for people who change them over the API."""

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo


@dataclass(frozen=True, slots=True)
class Group:
    """Settings that belong together, such as those of one outside system.

    A class of settings names the group of the fields that it declares in its attribute `group`. If it is `locked`, only
    the environment can set them, and `locked` says why.
    """

    name: str
    title: str
    locked: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """Marks a text with several parts, as in `Annotated[str, Listed(",")]`."""

    separator: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """Marks a text that has one of these values, which its validator checks."""

    values: tuple[str, ...]


def group_of(settings: type[BaseModel], name: str) -> Group:
    """The group of a field: that of the class which declares it first. Raises `TypeError` if that class has none."""
    for each in reversed(settings.__mro__):
        if issubclass(each, BaseModel) and name in each.model_fields:
            group = getattr(each, "group", None)
            if isinstance(group, Group):
                return group
            break
    raise TypeError(f"{settings.__name__}: the class that declares {name} has no group of settings")


def mark_of(field: FieldInfo, kind: type[Any]) -> Any | None:
    """The mark of this kind on a field; None if it has none."""
    return next((mark for mark in field.metadata if isinstance(mark, kind)), None)
