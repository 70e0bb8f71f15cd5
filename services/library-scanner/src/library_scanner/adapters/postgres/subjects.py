"""Selects the series and authors to compare with their bibliographies."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from shared.chassis.array_parameters import is_one_of
from shared.contracts.library.books import BookStatus
from shared.contracts.library.following import FollowMode
from shared.contracts.metadata.bibliographies import BibliographyOf
from shared.contracts.values import MissingReason, MissingStatus
from sqlalchemy import ColumnElement, Table, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from library_scanner.adapters.postgres.tables import AUTHORS, BOOK_AUTHORS, BOOK_SERIES, BOOKS, MISSING_BOOKS, SERIES
from library_scanner.domain.identity import by_person
from library_scanner.domain.ports import Following, KnownBooks, Subject

_STANDS_ALONE = SERIES.c.merged_into.is_(None)
FOLLOWED = (FollowMode.ALL, FollowMode.FROM_NOW_ON)
"""The modes of an author that a person follows."""
MAX_KNOWN_BOOKS = 100
"""Owned books of a subject that are sent to the providers."""


class Subjects:
    """The subjects of comparisons within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def series_to_compare(self, min_books: int, ids: Sequence[UUID] | None) -> list[Subject]:
        """Return the followed series with enough owned books, or the named ones; those with most books first.

        A series also counts if its authors have other books that are in no series with enough books, because the
        catalogue may place them in this one.
        """
        chosen = _qualifies(min_books) if ids is None else is_one_of(SERIES.c.id, ids) & _STANDS_ALONE
        wanted = select(SERIES).where(chosen).order_by(SERIES.c.owned.desc(), SERIES.c.id)
        return await self._subjects(wanted, BibliographyOf.SERIES)

    async def has_series_to_compare(self, book_id: UUID, min_books: int) -> bool:
        """Whether a book is in a series that qualifies for a comparison but was never compared."""
        of_book = select(BOOK_SERIES.c.series_id).where(BOOK_SERIES.c.book_id == book_id)
        waiting = select(SERIES.c.id).where(
            SERIES.c.id.in_(of_book), SERIES.c.last_checked_at.is_(None), _qualifies(min_books)
        )
        return await self._session.scalar(waiting.limit(1)) is not None

    async def authors_to_compare(self, min_books: int, top: int, ids: Sequence[UUID] | None) -> list[Subject]:
        """Return the followed authors and the `top` authors with at least `min_books` books, or the named ones.

        The books of a person count together even if some give the name with initials only.
        """
        if ids is not None:
            return await self._subjects(select(AUTHORS).where(is_one_of(AUTHORS.c.id, ids)), BibliographyOf.AUTHOR)
        order = (AUTHORS.c.owned.desc(), AUTHORS.c.id)
        some = select(AUTHORS.c.id, AUTHORS.c.name, AUTHORS.c.owned).where(AUTHORS.c.owned > 0).order_by(*order)
        rows = (await self._session.execute(some)).all()
        counted = {
            rows[group[0]].id: sum(rows[place].owned for place in group) for group in by_person([r.name for r in rows])
        }
        frequent = sorted((each for each in counted if counted[each] >= min_books), key=lambda each: -counted[each])
        frequent_ids = AUTHORS.c.id.in_(frequent[:top])
        chosen = AUTHORS.c.follow.in_(FOLLOWED) | (frequent_ids & (AUTHORS.c.follow != FollowMode.NONE))
        found = await self._subjects(select(AUTHORS).where(chosen), BibliographyOf.AUTHOR)
        whole = [replace(each, owned=counted.get(each.id, each.owned)) for each in found]
        return sorted(whole, key=lambda each: (-each.owned, str(each.id)))

    async def get(self, of: BibliographyOf, subject_id: UUID) -> Subject | None:
        """Return one subject, or None; a series that was merged into another is none."""
        table = _table(of)
        wanted = select(table).where(table.c.id == subject_id)
        found = await self._subjects(wanted.where(_STANDS_ALONE) if of is BibliographyOf.SERIES else wanted, of)
        return found[0] if found else None

    async def announcing(self, of: BibliographyOf, until: date, checked_before: datetime) -> list[Subject]:
        """Return the subjects with works to be released up to a day whose list is older than `checked_before`."""
        table = _table(of)
        link = MISSING_BOOKS.c.series_id if of is BibliographyOf.SERIES else MISSING_BOOKS.c.author_id
        reason = MissingReason.SERIES_GAP if of is BibliographyOf.SERIES else MissingReason.AUTHOR_GAP
        announced = select(link).where(
            MISSING_BOOKS.c.status == MissingStatus.UPCOMING,
            MISSING_BOOKS.c.reason == reason,
            MISSING_BOOKS.c.wanted_from <= until,
        )
        old = table.c.last_checked_at < checked_before
        wanted = select(table).where(table.c.id.in_(announced), old, table.c.follow != FollowMode.NONE)
        return await self._subjects(wanted.order_by(table.c.id), of)

    async def known(self, of: BibliographyOf, subject_ids: Sequence[UUID]) -> dict[UUID, KnownBooks]:
        """Return the ASINs and titles of owned books with which providers search for each subject."""
        links, own = _links(of)
        rows = await self._session.execute(
            select(own, BOOKS.c.asin, BOOKS.c.title)
            .select_from(links.join(BOOKS, BOOKS.c.id == links.c.book_id))
            .where(is_one_of(own, subject_ids), BOOKS.c.status == BookStatus.ACTIVE)
            .order_by(BOOKS.c.added_at, BOOKS.c.title, BOOKS.c.id)
        )
        books: dict[UUID, list[tuple[str | None, str]]] = {subject_id: [] for subject_id in subject_ids}
        for subject_id, asin, title in rows:
            if len(books[subject_id]) < MAX_KNOWN_BOOKS:
                books[subject_id].append((asin, title))
        return {
            subject_id: KnownBooks(
                asins=list(dict.fromkeys(asin for asin, _ in known if asin)),
                titles=list(dict.fromkeys(title for _, title in known)),
            )
            for subject_id, known in books.items()
        }

    async def checked(
        self, subject: Subject, *, at: datetime | None, problem: str | None, providers: Sequence[str]
    ) -> None:
        """Store the time of a comparison (None if it failed), its problem, and the providers of all evidence."""
        table = _table(subject.of)
        values: dict[str, Any] = {"last_check_problem": problem, "evidence_providers": list(providers)}
        if at is not None:
            values["last_checked_at"] = at
        await self._session.execute(update(table).where(table.c.id == subject.id).values(values))

    async def _subjects(self, wanted: Any, of: BibliographyOf) -> list[Subject]:
        rows = (await self._session.execute(wanted)).mappings().all()
        shared = await self._shared_keys() if of is BibliographyOf.SERIES else set()
        return [
            Subject(
                of=of,
                id=row["id"],
                name=row["name"],
                authors=tuple(row["authors"]) if of is BibliographyOf.SERIES else (row["name"],),
                owned=row["owned"],
                evidence_providers=tuple(row["evidence_providers"]),
                name_is_shared=row["key"] in shared,
                following=Following(FollowMode(row["follow"]), row["follow_from"]),
            )
            for row in rows
        ]

    async def _shared_keys(self) -> set[str]:
        return set(await self._session.scalars(select(SERIES.c.key).where(SERIES.c.number > 0)))


def _qualifies(min_books: int) -> ColumnElement[bool]:
    """Whether a series is followed and has, or may have, enough owned books."""
    enough = (SERIES.c.owned >= min_books) | ((SERIES.c.owned > 0) & _may_have_more(min_books))
    return (SERIES.c.follow != FollowMode.NONE) & _STANDS_ALONE & enough


def _may_have_more(min_books: int) -> ColumnElement[bool]:
    """Whether an author of the series has another active book that is in no series with enough books."""
    within, by, other = BOOK_SERIES.alias(), BOOK_AUTHORS.alias(), BOOK_AUTHORS.alias()
    elsewhere, full = BOOK_SERIES.alias(), SERIES.alias()
    placed = (
        select(elsewhere.c.book_id)
        .join(full, full.c.id == elsewhere.c.series_id)
        .where(elsewhere.c.book_id == other.c.book_id, (full.c.owned >= min_books) | (full.c.id == SERIES.c.id))
        .correlate(other, SERIES)
    )
    return (
        select(other.c.book_id)
        .select_from(within)
        .join(by, by.c.book_id == within.c.book_id)
        .join(other, other.c.author_id == by.c.author_id)
        .join(BOOKS, BOOKS.c.id == other.c.book_id)
        .where(within.c.series_id == SERIES.c.id, BOOKS.c.status == BookStatus.ACTIVE, ~placed.exists())
        .correlate(SERIES)
        .exists()
    )


def _table(of: BibliographyOf) -> Table:
    return SERIES if of is BibliographyOf.SERIES else AUTHORS


def _links(of: BibliographyOf) -> tuple[Table, ColumnElement[UUID]]:
    if of is BibliographyOf.SERIES:
        return BOOK_SERIES, BOOK_SERIES.c.series_id
    return BOOK_AUTHORS, BOOK_AUTHORS.c.author_id
