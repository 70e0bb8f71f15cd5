"""The summary of a cycle as tables."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from gapless_client import ApiProblem, Gapless, every
from gapless_client.models import (
    Candidate,
    Correction,
    CorrectionStatus,
    Download,
    DownloadStatus,
    MissingBook,
    Verdict,
)
from rich.console import Console
from rich.table import Table

from cli.cycle.phases import Phase, PhaseOutcome, why_not
from cli.value_text import value_text

ROWS_SHOWN = 60
MATCHED_BOOK, MATCHED_EDITION = "matched book", "matched edition"
"""The rules of the API whose reasons say which book and which edition a release is."""
MISSING, DECISIONS, CANDIDATES, CORRECTIONS = "missing books", "decisions", "candidates", "corrections"

ReadT = TypeVar("ReadT")


@dataclass(frozen=True)
class Decision:
    """A missing book, the decision about it and the reason."""

    missing: MissingBook
    download: Download | None
    grabbed: Candidate | None
    decision: str
    why: str


@dataclass(frozen=True)
class Summary:
    """The figures of one cycle. Each line of `unread` names a part that could not be fetched, which is empty here."""

    books_before: int | None
    books_after: int | None
    decisions: list[Decision]
    corrections: list[Correction]
    phases: list[Phase]
    unread: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """True if everything could be read and every phase ran without failing."""
        return not self.unread and all(
            phase.outcome in (PhaseOutcome.DONE, PhaseOutcome.PARTLY) for phase in self.phases
        )


def gather(api: Gapless, books_before: int | None, phases: list[Phase]) -> Summary:
    """Fetch the results of a cycle. A part that the API refuses is listed in `unread`; nothing is raised."""
    unread: list[str] = []

    def read(what: str, fetch: Callable[[], ReadT]) -> ReadT | None:
        try:
            return fetch()
        except ApiProblem as problem:
            unread.append(f"{what}: {problem}")
            return None

    downloads = read(DECISIONS, lambda: list(every(api.downloads.list, sort="created_at")))
    missing = read(MISSING, lambda: list(every(api.books.list_missing_books, sort="identified_at"))) or []
    decisions = [Decision(each, None, None, "not known", "the downloads could not be fetched") for each in missing]
    if downloads is not None:
        by_book = {each.missing_book_id: each for each in downloads if each.missing_book_id}
        decisions = read(CANDIDATES, lambda: [_decision_about(api, each, by_book) for each in missing]) or decisions
    corrections = read(CORRECTIONS, lambda: _applied_corrections(api)) or []
    return Summary(
        books_before,
        read("number of books", lambda: api.books.list(limit=1).total),
        decisions,
        corrections,
        phases,
        unread,
    )


def _applied_corrections(api: Gapless) -> list[Correction]:
    return list(every(api.metadata.list_corrections, sort="made_at", status=CorrectionStatus.APPLIED))


def _decision_about(api: Gapless, missing: MissingBook, downloads: dict[UUID, Download]) -> Decision:
    download = downloads.get(missing.id)
    if download is None:
        return Decision(missing, None, None, "not searched", f"it is {missing.status}")
    candidates = list(every(api.downloads.list_candidates, download.id))
    grabbed = next((each for each in candidates if each.grabbed), None)
    if grabbed is not None and download.status in (DownloadStatus.IMPORTED, DownloadStatus.IMPORTING):
        return Decision(
            missing, download, grabbed, f"imported {grabbed.release.indexer} {grabbed.release.title}", _why(grabbed)
        )
    if grabbed is not None:
        return Decision(missing, download, grabbed, f"grabbed, {download.status}", why_not(download))
    if download.waiting_for:
        return Decision(missing, download, None, "waits for a person", why_not(download))
    rejected = sum(1 for each in candidates if each.verdict is Verdict.REJECTED)
    return Decision(missing, download, None, f"none of {len(candidates)} ({rejected} rejected)", why_not(download))


def _why(candidate: Candidate) -> str:
    """The reasons why the release is this book and this edition, then the reasons against it."""
    match = [reason for reason in candidate.reasons if reason.rule in (MATCHED_BOOK, MATCHED_EDITION)]
    against = [reason for reason in candidate.reasons if reason.weight < 0]
    return "; ".join(reason.words for reason in (*match, *against)) or f"score {candidate.score:.2f}"


def show(console: Console, summary: Summary) -> None:
    """Print the summary: the number of books, missing books with decisions, corrections, and the phases."""
    console.print()
    figures = Table(title="The cycle", show_header=False)
    figures.add_row("books before", value_text(summary.books_before))
    figures.add_row("books after", value_text(summary.books_after))
    imported = [each for each in summary.decisions if each.download and each.download.status is DownloadStatus.IMPORTED]
    known = not {each.partition(":")[0] for each in summary.unread} & {MISSING, DECISIONS, CANDIDATES}
    corrected = not any(each.startswith(CORRECTIONS) for each in summary.unread)
    figures.add_row("missing books known", str(len(summary.decisions)) if summary.decisions or known else "–")
    figures.add_row("imported", str(len(imported)) if known else "–")
    figures.add_row("corrections made", str(len(summary.corrections)) if corrected else "–")
    console.print(figures)
    _show_decisions(console, summary)
    _show_corrections(console, summary)
    _show_phases(console, summary)
    for each in summary.unread:
        console.print(f"could not be fetched: {each}", highlight=False, markup=False, soft_wrap=True)


def _show_decisions(console: Console, summary: Summary) -> None:
    table = Table("missing book", "decision", "why", title="Missing books")
    for each in summary.decisions[:ROWS_SHOWN]:
        place = f" ({each.missing.series} {each.missing.sequence or '?'})" if each.missing.series else ""
        table.add_row(f"{each.missing.title}{place}", each.decision, each.why)
    _more(table, len(summary.decisions))
    if summary.decisions:
        console.print(table)


def _show_corrections(console: Console, summary: Summary) -> None:
    table = Table("book", "field", "from", "to", "source", title="Corrections")
    for each in summary.corrections[:ROWS_SHOWN]:
        table.add_row(each.book_title, each.field, value_text(each.old), value_text(each.new), each.source)
    _more(table, len(summary.corrections))
    if summary.corrections:
        console.print(table)


def _show_phases(console: Console, summary: Summary) -> None:
    table = Table("phase", "outcome", "done", "not done", title="Phases")
    for phase in summary.phases:
        undone = phase.not_done[:12]
        if len(phase.not_done) > len(undone):
            undone.append(f"… and {len(phase.not_done) - len(undone)} more")
        table.add_row(phase.name, phase.outcome, "\n".join(phase.done), "\n".join(undone))
    console.print(table)


def _more(table: Table, total: int) -> None:
    if total > ROWS_SHOWN:
        table.add_row(f"… and {total - ROWS_SHOWN} more", *[""] * (len(table.columns) - 1))
