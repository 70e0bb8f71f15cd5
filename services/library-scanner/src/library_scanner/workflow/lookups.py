"""Looks up what a request names."""

from typing import TypeVar

from shared.chassis.errors import NotFound

Found = TypeVar("Found")


def require(found: Found | None, what: str) -> Found:
    """Return what was found. Raises `NotFound`, naming `what`, when it is None."""
    if found is None:
        raise NotFound(f"the library has no {what}")
    return found
