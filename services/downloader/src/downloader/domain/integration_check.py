"""How an outside system is checked."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from shared.contracts.system import IntegrationKind

from downloader.domain.indexer import IndexerHealth


@dataclass(frozen=True, slots=True)
class IntegrationCheck:
    """How one outside system is checked.

    `version` reads its version; None if the system is not configured. `advice` is what to do if it cannot be used or
    is not configured. `health` says which indexers behind it are searched, if there are any.
    """

    name: str
    kind: IntegrationKind
    advice: str
    address: str | None = None
    version: Callable[[], Awaitable[str]] | None = None
    required: bool = True
    health: Callable[[], Awaitable[IndexerHealth]] | None = None
