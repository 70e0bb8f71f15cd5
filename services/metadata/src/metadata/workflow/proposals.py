"""Opens proposals, and accepts them: each accepted one becomes a correction, which the library writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from shared.contracts.library.books import Book
from shared.contracts.library.metadata_writes import FieldName, WriteMetadata
from shared.contracts.metadata.proposals import Proposal, ProposedChange
from shared.translatable import translatable

from metadata.domain.changes import BookChanges
from metadata.domain.proposals import change_of, surest_first, why_not_applicable
from metadata.domain.transactions import Work


async def wanted(tx: Work, changes: Sequence[ProposedChange], books: Mapping[UUID, Book]) -> list[ProposedChange]:
    """The changes without fields that are being written and without values that a person undid before."""
    each_alone = [BookChanges(books[each.book_id], [change_of(each)]) for each in changes]
    kept = await tx.corrections.wanted(each_alone)
    return [change for change, book in zip(changes, kept, strict=True) if book.changes]


async def open_proposals(
    tx: Work, changes: Sequence[ProposedChange], books: Mapping[UUID, Book], now: datetime, run_id: UUID | None
) -> list[Proposal]:
    """Open proposals within a transaction and return them. A value that was declined or undone before is left out."""
    titles = {book_id: book.title for book_id, book in books.items()}
    return await tx.proposals.propose(await wanted(tx, changes, books), titles, now, run_id)


@dataclass(slots=True)
class Acceptance:
    """The proposals that were accepted, with their corrections, and those that were not, each with the reason."""

    accepted: list[Proposal] = field(default_factory=list)
    correction_ids: list[UUID] = field(default_factory=list)
    skipped: list[tuple[Proposal, str]] = field(default_factory=list)


async def accept(
    tx: Work, proposals: Sequence[Proposal], books: Mapping[UUID, Book], by: str, now: datetime
) -> Acceptance:
    """Accept open proposals within a transaction. `books` are their books as they are in the library now.

    Of several proposals for one field the surest is accepted. A proposal that no longer applies becomes outdated. A
    field that is being written keeps its open proposal.
    """
    result = Acceptance()
    outdated: dict[UUID, str] = {}
    chosen: dict[tuple[UUID, FieldName], Proposal] = {}
    for each in surest_first(proposals):
        why = why_not_applicable(books.get(each.book_id), each)
        if why is not None:
            outdated[each.id] = why
            result.skipped.append((each, why))
        elif (each.book_id, each.field) in chosen:
            result.skipped.append((each, _surer(each.field)))
        else:
            chosen[each.book_id, each.field] = each
    by_book: dict[UUID, list[Proposal]] = {}
    for each in chosen.values():
        by_book.setdefault(each.book_id, []).append(each)
    changes = [BookChanges(books[book_id], [change_of(each) for each in some]) for book_id, some in by_book.items()]
    made = await tx.corrections.propose(changes, now, made_by=by)
    corrections = {(book_id, each.field): each.correction_id for book_id, some in made.items() for each in some}
    accepted = {each.id: correction for key, each in chosen.items() if (correction := corrections.get(key))}
    result.accepted += [each for each in chosen.values() if each.id in accepted]
    result.correction_ids += accepted.values()
    result.skipped += [(each, _being_written(each.field)) for each in chosen.values() if each.id not in accepted]
    await tx.proposals.accept(accepted, by, now)
    await tx.proposals.outdate(outdated, now)
    for book_id, some in made.items():
        tx.send(WriteMetadata(book_id=book_id, changes=some))
    return result


def _surer(field: FieldName) -> str:
    return translatable("change.surer", f"a surer proposal for {field} was accepted", field=field)


def _being_written(field: FieldName) -> str:
    words = f"{field} is being written, or a person undid this value before"
    return translatable("change.being_written", words, field=field)
