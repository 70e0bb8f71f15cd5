"""Who owns what: each area of messages, the second word of their subjects, belongs to one service."""

from typing import Literal

Area = Literal["library", "mam", "downloads", "metadata", "scheduler", "gateway"]

SERVICES: dict[Area, str] = {
    "library": "library-scanner",
    "mam": "mam-search",
    "downloads": "downloader",
    "metadata": "metadata",
    "scheduler": "scheduler",
    "gateway": "gateway",
}
"""The name of every service, by its area."""


def service_of(area: str) -> str | None:
    """The service that owns an area; none for `*` and `runs`, in which every service speaks."""
    return next((service for owned, service in SERVICES.items() if owned == area), None)
