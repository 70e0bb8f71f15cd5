"""The owner of each area of messages. The area is the second word of a subject and belongs to one service."""

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
    """The service that owns an area; None for `*` and `runs`, which every service uses."""
    return next((service for owned, service in SERVICES.items() if owned == area), None)
