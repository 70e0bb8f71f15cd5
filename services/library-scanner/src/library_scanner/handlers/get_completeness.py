"""Reports how complete the metadata of the books is."""

from typing import Protocol

from shared.contracts.library.completeness import Completeness, GetCompleteness


class CompletenessSource(Protocol):
    """Where the books are counted."""

    async def report(self) -> Completeness:
        """Return the counts of all active books and the findings of the library."""
        ...


class GetCompletenessHandler:
    """Answers with the completeness report of the library."""

    def __init__(self, source: CompletenessSource) -> None:
        self._source = source

    async def get(self, _request: GetCompleteness) -> Completeness:
        """Return the report, counted now."""
        return await self._source.report()
