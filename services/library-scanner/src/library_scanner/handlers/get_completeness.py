"""Answers how completely the books are described."""

from typing import Protocol

from shared.contracts.library.completeness import Completeness, GetCompleteness


class Counted(Protocol):
    """Where the books are counted."""

    async def counted(self) -> Completeness: ...


class ReportingCompleteness:
    """The completeness report of the library."""

    def __init__(self, report: Counted) -> None:
        self._report = report

    async def completeness(self, _request: GetCompleteness) -> Completeness:
        return await self._report.counted()
