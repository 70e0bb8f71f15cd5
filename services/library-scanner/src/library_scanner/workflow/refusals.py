"""Refusals that several handlers share."""

from typing import ClassVar

from shared.chassis.errors import Refused


class AlreadyExists(Refused):
    """The library already has what is to be added."""

    code: ClassVar[str] = "exists"
    title: ClassVar[str] = "Already exists"
