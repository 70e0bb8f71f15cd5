"""Query parameters of the lists under one series, author or task, whose id comes from the path."""

from uuid import UUID

from pydantic import BaseModel, Field
from shared.contracts.library.absences import AbsenceReason
from shared.contracts.library.books import BookStatus, ListBooks
from shared.contracts.library.missing_books import ListMissingBooks
from shared.contracts.library.series import ListSeries
from shared.contracts.library.series_corrections import ListSeriesCorrections
from shared.contracts.library.work_lists import EntryKind, EntryState, GetWorkList, ListLimit
from shared.contracts.metadata.bibliographies import BibliographyOf
from shared.contracts.page import AnyOf, Limit, Offset, Sort
from shared.contracts.scheduler import ListRuns, RunStatus
from shared.contracts.values import MissingReason, MissingStatus, Moment


class PageOfBooks(BaseModel):
    """Which books of a series or author."""

    limit: Limit = 50
    offset: Offset = 0
    sort: Sort = "-added_at"
    status: BookStatus | None = BookStatus.ACTIVE

    def of(self, *, series_id: UUID | None = None, author_id: UUID | None = None) -> ListBooks:
        return ListBooks(**self.model_dump(), series_id=series_id, author_id=author_id)


class PageOfMissingBooks(BaseModel):
    """Which missing books of a series or author."""

    limit: Limit = 50
    offset: Offset = 0
    sort: Sort = "-priority"
    status: AnyOf[MissingStatus] = Field(
        [], description="books with one of these; empty: with any but upcoming, unless `absence` names reasons"
    )
    reason: AnyOf[MissingReason] = []
    absence: AnyOf[AbsenceReason] = Field([], description="books that are not in the library yet for these reasons")

    def of(self, *, series_id: UUID | None = None, author_id: UUID | None = None) -> ListMissingBooks:
        return ListMissingBooks(**self.model_dump(), series_id=series_id, author_id=author_id)


class PageOfSeries(BaseModel):
    """Which series of an author."""

    limit: Limit = 50
    offset: Offset = 0
    sort: Sort = "name"
    monitored: bool | None = None

    def of(self, *, author_id: UUID) -> ListSeries:
        return ListSeries(**self.model_dump(), author_id=author_id)


class PageOfWorks(BaseModel):
    """Which works of the list of a series or author."""

    limit: ListLimit = 100
    offset: Offset = 0
    state: EntryState | None = None
    kind: EntryKind | None = None

    def of(self, of: BibliographyOf, subject_id: UUID) -> GetWorkList:
        return GetWorkList(of=of, id=subject_id, **self.model_dump())


class PageOfCorrections(BaseModel):
    """Which corrections of a series' list."""

    limit: Limit = 50
    offset: Offset = 0

    def of(self, series_id: UUID) -> ListSeriesCorrections:
        return ListSeriesCorrections(id=series_id, **self.model_dump())


class PageOfRuns(BaseModel):
    """Which runs of a task."""

    limit: Limit = 50
    offset: Offset = 0
    sort: Sort = "-due_at"
    status: RunStatus | None = None
    since: Moment | None = Field(None, description="only runs that were due at this moment or later")

    def of(self, *, task: str) -> ListRuns:
        return ListRuns(**self.model_dump(), task=task)
