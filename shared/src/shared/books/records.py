"""Values that are created millions of times for a large library."""

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

Class = TypeVar("Class")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[Class]) -> type[Class]:
    """Make a dataclass with slots whose objects may not be changed.

    mypy finds a change. Nothing prevents one at run time, because a class with `frozen=True` takes about five times as
    long to create an object.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)
