"""Corrections and refreshes as entries of a book's timeline."""

from collections.abc import Iterable
from datetime import datetime
from textwrap import shorten
from typing import Any

from shared.contracts.library.field_values import MANUAL, display_text
from shared.contracts.metadata.corrections import Correction, CorrectionStatus
from shared.contracts.metadata.matches import Match
from shared.contracts.system import TimelineEntry

from metadata.domain.changes import GAPLESS
from metadata.domain.matches import decided_reason
from metadata.domain.ports import Refreshed, Traced

SERVICE = "metadata"
MAX_SHOWN = 200
STATUS_TEXTS = {
    CorrectionStatus.PROPOSED: "being written",
    CorrectionStatus.APPLIED: "written to Audiobookshelf",
    CorrectionStatus.REFUSED: "not written",
    CorrectionStatus.UNDOING: "being undone",
    CorrectionStatus.UNDONE: "undone",
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
            old = _short(display_text(each.old))
            back = f"{each.field} was restored to {old}; it is never changed automatically again"
            entries.append(_entry(each.undone_at, "correction_undone", back, details, stored.undone_trace_id))
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
        words = f"match: {decided_reason(each).words}"
        details = {"decision": each.decision.value, "entry": each.entry.id if each.entry else None}
        entries.append(_entry(each.decided_at, "match_decided", words, details, stored.trace_id))
    return entries


def _entry(at: datetime, kind: str, words: str, details: dict[str, Any], trace_id: str | None) -> TimelineEntry:
    return TimelineEntry(at=at, service=SERVICE, kind=kind, words=words, details=details, trace_id=trace_id)


def _made(each: Correction) -> str:
    who = f"{each.made_by} by hand" if each.source == MANUAL and each.made_by != GAPLESS else each.source
    change = f"{each.field}: from {_short(display_text(each.old))} to {_short(display_text(each.new))}, by {who}"
    why = "; ".join(reason.words for reason in each.reasons)
    sure = "" if each.source == MANUAL else f", confidence {each.confidence.value}"
    status = STATUS_TEXTS[each.status] + (f": {each.status_detail}" if each.status_detail else "")
    return f"{change}{sure}{f' ({why})' if why else ''}; {status}"


def _refreshed(each: Refreshed) -> str:
    answered = ", ".join(each.answered) or "no provider"
    failed = "".join(f"; {name} failed: {why}" for name, why in each.failures.items())
    return f"refreshed: {answered} answered, best match {each.confidence.value}, {each.corrections} corrections{failed}"


def _short(text: str) -> str:
    return shorten(text, MAX_SHOWN, placeholder=" …")
