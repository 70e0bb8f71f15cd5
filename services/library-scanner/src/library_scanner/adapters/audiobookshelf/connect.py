"""Connects to Audiobookshelf."""

from collections.abc import Awaitable, Callable

from shared.chassis.http import Remote

from library_scanner.adapters.audiobookshelf.client import Audiobookshelf
from library_scanner.adapters.audiobookshelf.pace import Pace
from library_scanner.settings import AudiobookshelfSettings

MAX_BYTES = 64 * 2**20
"""Limit for one response: Audiobookshelf lists whole libraries."""


def connect(settings: AudiobookshelfSettings, closing: list[Callable[[], Awaitable[None]]]) -> Audiobookshelf:
    """The client of the server in the settings. It sends nothing before the first call. `closing` runs at shutdown."""
    remote = Remote(
        "Audiobookshelf",
        str(settings.abs_url),
        headers={"Authorization": f"Bearer {settings.abs_token.get_secret_value()}"},
        max_bytes=MAX_BYTES,
    )
    closing.append(remote.aclose)
    return Audiobookshelf(remote, settings.libraries, Pace(settings.abs_write_interval))
