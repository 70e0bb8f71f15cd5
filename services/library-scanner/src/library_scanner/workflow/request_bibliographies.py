"""Requests the bibliographies of series and authors from the metadata service."""

from collections.abc import Sequence
from uuid import UUID

from shared.contracts.metadata.bibliographies import MAX_OTHER_NAMES, BibliographyOf, CollectBibliography

from library_scanner.domain.ports import Subject
from library_scanner.domain.series_corrections import Rulings, SeriesCorrection
from library_scanner.domain.transaction import Transaction

RECENT_DAYS = 30
"""After a person's decision, stored lists up to this age are compared again without new requests to providers."""


async def request_bibliographies(
    tx: Transaction,
    subjects: Sequence[Subject],
    *,
    least_owned: int = 0,
    max_age_days: int | None = None,
    run_id: UUID | None = None,
) -> None:
    """Send `CollectBibliography` for these subjects, which are all series or all authors."""
    if not subjects:
        return
    corrections = await tx.series_corrections.in_force()
    known = await tx.subjects.known(subjects[0].of, [each.id for each in subjects])
    for subject in subjects:
        tx.send(
            CollectBibliography(
                of=subject.of,
                subject_id=subject.id,
                name=subject.name,
                authors=list(subject.authors) if subject.of is BibliographyOf.SERIES else [],
                other_names=_other_names(subject, corrections),
                known_asins=known[subject.id].asins,
                known_titles=known[subject.id].titles,
                least_owned=least_owned,
                max_age_days=max_age_days,
                run_id=run_id,
            )
        )


def _other_names(subject: Subject, corrections: tuple[SeriesCorrection, ...]) -> list[str]:
    if subject.of is BibliographyOf.AUTHOR:
        return []
    return Rulings(subject.id, subject.name, corrections).other_names()[:MAX_OTHER_NAMES]


async def compare_again(tx: Transaction, of: BibliographyOf, subject_id: UUID) -> None:
    """Compare a series or an author with its stored bibliography, after a decision of a person."""
    subject = await tx.subjects.get(of, subject_id)
    if subject is not None:
        await request_bibliographies(tx, [subject], max_age_days=RECENT_DAYS)
