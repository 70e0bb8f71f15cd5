"""Compares what a check found with the stored findings: new, changed, still there, or solved."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from shared.contracts.library.findings import Finding, FindingKind, FindingStatus
from shared.contracts.metadata.proposals import ProposalKind, ProposedChange
from shared.contracts.translatable import translatables
from shared.contracts.values import Confidence, Reason

from library_scanner.domain.checks.found import MAX_BOOKS_NAMED, MAX_REASONS, Found, Repair
from library_scanner.domain.checks.remedies import remedy_of

HIGH_FROM, MEDIUM_FROM = 0.9, 0.75
LONGEST_WORDS = 600
MAX_BOOKS_STORED = 2000


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding as it is stored. `repairs` are the changes that repair it."""

    id: UUID
    kind: FindingKind
    key: str
    fingerprint: str
    book_ids: tuple[UUID, ...]
    words: str
    evidence: tuple[Reason, ...]
    repairs: tuple[ProposedChange, ...]
    status: FindingStatus
    found_at: datetime
    changed_at: datetime
    decided_by: str | None = None

    def shown(self) -> Finding:
        """Return the finding as the API shows it."""
        return Finding(
            id=self.id,
            kind=self.kind,
            status=self.status,
            book_ids=list(self.book_ids[:MAX_BOOKS_NAMED]),
            words=self.words,
            translatable=translatables(words=self.words),
            evidence=list(self.evidence),
            remedy=remedy_of(self.kind),
            repairable=bool(self.repairs),
            found_at=self.found_at,
            changed_at=self.changed_at,
            decided_by=self.decided_by,
        )


@dataclass(frozen=True, slots=True)
class Changes:
    """The findings to store, and the books whose proposals changed with them."""

    to_store: tuple[StoredFinding, ...]
    books_to_propose: frozenset[UUID]


def compare(known: Iterable[StoredFinding], found: Iterable[Found], now: datetime) -> Changes:
    """Return what changes. `known` are the stored findings of the books that were checked.

    A finding that is no longer there is solved. An ignored one stays ignored, and opens again if its facts changed.
    """
    before = {each.key: each for each in known}
    after: dict[str, StoredFinding] = {}
    for each in found:
        after[each.key] = _merged(before.get(each.key), each, now)
    for key, stored in before.items():
        if key not in after and stored.status is FindingStatus.OPEN:
            after[key] = replace(stored, status=FindingStatus.SOLVED, changed_at=now)
    changed = [each for key, each in after.items() if each != before.get(key)]
    books = {
        change.book_id
        for each in changed
        for side in (each, before.get(each.key))
        if side is not None and _proposals(each) != _proposals(before.get(each.key))
        for change in side.repairs
    }
    return Changes(tuple(changed), frozenset(books))


def proposals_of(findings: Iterable[StoredFinding], books: Collection[UUID]) -> list[ProposedChange]:
    """Return the changes that the open findings propose for these books, one for each field and kind."""
    changes: dict[tuple[UUID, str, ProposalKind], ProposedChange] = {}
    for each in findings:
        if each.status is not FindingStatus.OPEN:
            continue
        for change in each.repairs:
            if change.book_id in books:
                wanted = change.model_copy(update={"finding_id": each.id})
                key = (change.book_id, change.field, change.kind)
                changes[key] = max(changes.get(key, wanted), wanted, key=lambda one: one.score)
    return list(changes.values())


def decided(
    stored: Sequence[StoredFinding], status: FindingStatus, now: datetime, decided_by: str | None
) -> list[StoredFinding]:
    """Return the findings whose status a decision changes: open ones are ignored, ignored ones opened again."""
    wanted = FindingStatus.OPEN if status is FindingStatus.IGNORED else FindingStatus.IGNORED
    by = decided_by if status is FindingStatus.IGNORED else None
    return [replace(each, status=status, changed_at=now, decided_by=by) for each in stored if each.status is wanted]


def _merged(before: StoredFinding | None, found: Found, now: datetime) -> StoredFinding:
    fresh = StoredFinding(
        id=before.id if before else uuid4(),
        kind=found.kind,
        key=found.key,
        fingerprint=found.fingerprint,
        book_ids=found.book_ids[:MAX_BOOKS_STORED],
        words=found.words if len(found.words) <= LONGEST_WORDS else found.words[:LONGEST_WORDS],
        evidence=found.evidence[:MAX_REASONS],
        repairs=tuple(_change(each) for each in found.repairs),
        status=FindingStatus.OPEN,
        found_at=now,
        changed_at=now,
    )
    if before is None or before.status is FindingStatus.SOLVED:
        return fresh
    is_ignored = before.status is FindingStatus.IGNORED and before.fingerprint == fresh.fingerprint
    kept = replace(
        fresh,
        status=FindingStatus.IGNORED if is_ignored else FindingStatus.OPEN,
        decided_by=before.decided_by if is_ignored else None,
        found_at=before.found_at,
        changed_at=before.changed_at,
    )
    return kept if kept == before else replace(kept, changed_at=now)


def _proposals(finding: StoredFinding | None) -> Mapping[tuple[UUID, str], object]:
    if finding is None or finding.status is not FindingStatus.OPEN:
        return {}
    return {(each.book_id, each.field): (each.new, each.score) for each in finding.repairs}


def _change(repair: Repair) -> ProposedChange:
    high, medium = repair.score >= HIGH_FROM, repair.score >= MEDIUM_FROM
    return ProposedChange(
        book_id=repair.book_id,
        field=repair.field,
        old=repair.old,
        new=repair.new,
        kind=ProposalKind(repair.kind),
        source=repair.source,
        confidence=Confidence.HIGH if high else Confidence.MEDIUM if medium else Confidence.LOW,
        score=repair.score,
        reasons=list(repair.reasons),
    )
