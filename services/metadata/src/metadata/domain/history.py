"""Corrections and refreshes as entries of a book's timeline."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from shared.contracts.library.field_values import MANUAL
from shared.contracts.metadata.corrections import Correction, CorrectionStatus
from shared.contracts.metadata.matches import Match
from shared.contracts.system import TimelineEntry
from shared.contracts.translatable import translatables, with_code
from shared.translatable import about, all_of, translatable

from metadata.domain.change_words import shown_value, why_of
from metadata.domain.changes import GAPLESS
from metadata.domain.matches import decided_reason
from metadata.domain.ports import Refreshed, Traced

SERVICE = "metadata"
STATUS_TEXTS = {
    CorrectionStatus.PROPOSED: translatable("change.proposed", "being written"),
    CorrectionStatus.APPLIED: translatable("change.applied", "written to Audiobookshelf"),
    CorrectionStatus.REFUSED: translatable("change.refused", "not written"),
    CorrectionStatus.UNDOING: translatable("change.undoing", "being undone"),
    CorrectionStatus.UNDONE: translatable("change.undone", "undone"),
}


def of_corrections(corrections: Iterable[Traced[Correction]]) -> list[TimelineEntry]:
    """An entry for each correction, and a second one if it was undone."""
    entries: list[TimelineEntry] = []
    for stored in corrections:
        each = stored.event
        details = {"correction_id": str(each.id), "field": each.field, "source": each.source, "status": each.status}
        words = _made(each)
        entries.append(_entry(each.made_at, "field_corrected", words, details, stored.trace_id))
        if each.undone_at is not None:
            entries.append(_entry(each.undone_at, "correction_undone", _undone(each), details, stored.undone_trace_id))
    return entries


def of_refreshes(refreshes: Iterable[Traced[Refreshed]]) -> list[TimelineEntry]:
    """An entry for each refresh of a book."""
    entries = []
    for stored in refreshes:
        each = stored.event
        details = {"confidence": each.confidence.value, "corrections": each.corrections}
        entries.append(_entry(each.at, "refreshed", _refreshed(each), details, stored.trace_id))
    return entries


def of_matches(matches: Iterable[Traced[Match]]) -> list[TimelineEntry]:
    """An entry for each decision of a person about the identity of a book."""
    entries = []
    for stored in matches:
        each = stored.event
        why = decided_reason(each)
        words = translatable("change.match", f"match: {why.words}", why=why_of([why]))
        details = {"decision": each.decision.value, "entry": each.entry.id if each.entry else None}
        entries.append(_entry(each.decided_at, "match_decided", words, details, stored.trace_id))
    return entries


def _entry(at: datetime, kind: str, words: str, details: dict[str, Any], trace_id: str | None) -> TimelineEntry:
    codes = translatables(words=words)
    return TimelineEntry(
        at=at, service=SERVICE, kind=kind, words=words, details=details, trace_id=trace_id, translatable=codes
    )


def _made(each: Correction) -> str:
    person = each.made_by if each.source == MANUAL and each.made_by != GAPLESS else None
    old, new, who = shown_value(each.old), shown_value(each.new), f"{person} by hand" if person else each.source
    why = why_of(each.reasons)
    confidence = None if each.source == MANUAL else each.confidence.value
    sure = f", confidence {confidence}" if confidence else ""
    status = STATUS_TEXTS[each.status]
    if each.status_detail:
        status = about(status, with_code(each.status_detail, each.translatable.get("status_detail")))
    return translatable(
        "change.made",
        f"{each.field}: from {old} to {new}, by {who}{sure}{f' ({why})' if why else ''}; {status}",
        field=each.field,
        old=old,
        new=new,
        person=person,
        source=None if person else each.source,
        confidence=confidence,
        why=why or None,
        status=status,
    )


def _undone(each: Correction) -> str:
    old = shown_value(each.old)
    words = f"{each.field} was restored to {old}; it is never changed automatically again"
    return translatable("change.restored", words, field=each.field, old=old)


def _refreshed(each: Refreshed) -> str:
    answered = ", ".join(each.answered) or "no provider"
    failed = "".join(f"; {name} failed: {why}" for name, why in each.failures.items())
    return translatable(
        "change.refreshed",
        f"refreshed: {answered} answered, best match {each.confidence.value}, {each.corrections} corrections{failed}",
        answered=list(each.answered) or None,
        confidence=each.confidence.value,
        corrections=each.corrections,
        failures=all_of([_failed(name, why) for name, why in each.failures.items()]) or None,
    )


def _failed(name: str, why: str) -> str:
    return translatable("change.failed", f"{name} failed: {why}", provider=name, why=why)
