"""Reads the corrections that apply to a comparison, and makes the entries of its list."""

from collections.abc import Mapping
from uuid import UUID, uuid5

from shared.contracts.library.work_lists import ListEntry
from shared.contracts.metadata.bibliographies import BibliographyOf
from shared.contracts.translatable import translatables

from library_scanner.domain.owned_index import LibraryIndex
from library_scanner.domain.ports import Subject
from library_scanner.domain.series_corrections import Rulings
from library_scanner.domain.transaction import Transaction
from library_scanner.domain.work_list import WorkEntry


async def rulings_of(tx: Transaction, subject: Subject, language: str | None = None) -> Rulings:
    """Return a person's corrections that apply to a series or an author.

    `language` is that of the works that a person added.
    """
    corrections = await tx.series_corrections.in_force()
    if subject.of is BibliographyOf.AUTHOR:
        return Rulings(corrections=corrections)
    return Rulings(subject.id, subject.name, corrections, language)


def entry_of(work: WorkEntry, subject_id: UUID, index: LibraryIndex, missing_ids: Mapping[str, UUID]) -> ListEntry:
    """Return the stored form of a listed work. `missing_ids` are the missing books of gaps, by catalogue id."""
    book = work.description
    return ListEntry(
        id=uuid5(subject_id, min(work.catalogue_ids)),
        place=work.place,
        title=book.title,
        subtitle=book.subtitle,
        authors=list(book.authors),
        kind=work.kind,
        state=work.state,
        why=work.why,
        translatable=translatables(why=work.why),
        evidence=list(work.evidence),
        providers=list(work.providers),
        catalogue_ids=list(work.catalogue_ids),
        language=book.language,
        published_year=book.published_year or work.release.year,
        release_date=work.release.day,
        editions=list(work.editions),
        book_id=None if work.held_at is None else index.id_at(work.held_at),
        missing_book_id=next((missing_ids[each] for each in work.catalogue_ids if each in missing_ids), None),
    )
