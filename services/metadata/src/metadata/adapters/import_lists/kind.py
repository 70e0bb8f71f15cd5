"""A kind of import list: what its users see, and how its books are read."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from metadata.adapters.providers.request import ProviderClient
from metadata.domain.import_lists import Contents

Fetch = Callable[[ProviderClient, str, Sequence[str]], Awaitable[Contents | None]]


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind whose books come from an uploaded file.

    `read` gets the text of the file and the chosen shelf. It raises `InvalidImportList`.
    """

    name: str
    title: str
    description: str
    example: str
    read: Callable[[str, str], Contents]


@dataclass(frozen=True, slots=True)
class SiteKind:
    """A kind whose books are fetched from a site, with the client and the rate limit of a provider.

    `address` reads what a person entered and returns only the parts from which a path is built, so that no other host
    is ever requested. It raises `InvalidImportList`. `fetch` gets the client, that address and the validators of the
    last complete reading. It raises the `RemoteError` family.
    """

    name: str
    title: str
    description: str
    example: str
    provider: str
    address: Callable[[str], str]
    fetch: Fetch
