"""Corrections and refreshes in words, for a book's timeline."""

from collections.abc import Iterable
from textwrap import shorten

from shared.contracts.metadata.corrections import Correction, CorrectionStatus
from shared.contracts.system import TimelineEntry

from metadata.domain.changes import GAPLESS, MANUAL, shown
from metadata.domain.ports import Refreshed

SERVICE = "metadata"
LONGEST_SHOWN = 200
STANDINGS = {
    CorrectionStatus.PROPOSED: "it is being written",
    CorrectionStatus.APPLIED: "it stands in Audiobookshelf",
    CorrectionStatus.REFUSED: "it was not written",
    CorrectionStatus.UNDOING: "it is being taken back",
    CorrectionStatus.UNDONE: "it was taken back",
}


def of_corrections(corrections: Iterable[Correction]) -> list[TimelineEntry]:
    """An entry for each correction, and one more for each that was taken back."""
    entries: list[TimelineEntry] = []
    for each in corrections:
        details = {"correction_id": str(each.id), "field": each.field, "source": each.source, "status": each.status}
        words = _made(each)
        entries.append(
            TimelineEntry(at=each.made_at, service=SERVICE, kind="field_corrected", words=words, details=details)
        )
        if each.undone_at is not None:
            back = f"{each.field} was set back to {_short(shown(each.old))}; no machine changes it again"
            entries.append(
                TimelineEntry(at=each.undone_at, service=SERVICE, kind="correction_undone", words=back, details=details)
            )
    return entries


def of_refreshes(refreshes: Iterable[Refreshed]) -> list[TimelineEntry]:
    """An entry for each time that a book was put through the pipeline."""
    return [
        TimelineEntry(
            at=each.at,
            service=SERVICE,
            kind="refreshed",
            words=_refreshed(each),
            details={"confidence": each.confidence.value, "corrections": each.corrections},
        )
        for each in refreshes
    ]


def _made(each: Correction) -> str:
    who = f"{each.made_by} by hand" if each.source == MANUAL and each.made_by != GAPLESS else each.source
    told = f"{each.field}: from {_short(shown(each.old))} to {_short(shown(each.new))}, by {who}"
    why = "; ".join(reason.words for reason in each.reasons)
    sure = "" if each.source == MANUAL else f", confidence {each.confidence.value}"
    standing = STANDINGS[each.status] + (f": {each.status_detail}" if each.status_detail else "")
    return f"{told}{sure}{f' ({why})' if why else ''}; {standing}"


def _refreshed(each: Refreshed) -> str:
    asked = ", ".join(each.answered) or "nobody"
    failed = "".join(f"; {name} could not be asked: {why}" for name, why in each.failures.items())
    return f"looked up: {asked} answered, surest entry {each.confidence.value}, {each.corrections} corrections{failed}"


def _short(text: str) -> str:
    return shorten(text, LONGEST_SHOWN, placeholder=" …")
