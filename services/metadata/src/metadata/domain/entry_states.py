"""What becomes of an entry of an import list: by its match, by what the library knows, and by a person."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from shared.contracts.library.listed_works import KnownWork, ListedWork, WorkState
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.metadata.import_lists import EntryChoice, EntryDecision, EntryState, ImportListEntry
from shared.contracts.values import Confidence
from shared.translatable import translatable

from metadata.domain.entry_matching import EntryMatch
from metadata.domain.refusals import InvalidDecision

MATCH_AGAIN_AFTER = timedelta(days=30)
_STATES: Mapping[WorkState, EntryState] = {
    WorkState.OWNED: EntryState.OWNED,
    WorkState.MAYBE_OWNED: EntryState.DOUBTFUL,
    WorkState.WANTED: EntryState.WANTED,
    WorkState.DOWNLOADING: EntryState.WANTED,
    WorkState.ABSENT: EntryState.WANTED,
    WorkState.IGNORED: EntryState.IGNORED,
    WorkState.WAS_OWNED: EntryState.DOUBTFUL,
    WorkState.LEFT_OUT: EntryState.LEFT_OUT,
}
_WORDS: Mapping[WorkState, str] = {
    WorkState.IGNORED: "its missing book is ignored",
    WorkState.WAS_OWNED: "it was owned and is gone: decide on its missing book whether it is wanted again",
}


def is_known_as_owned(entry: ImportListEntry, known: KnownWork) -> ImportListEntry | None:
    """The entry as owned, if the library surely owns what the list names; else None. No provider has to be queried."""
    if known.state is not WorkState.OWNED:
        return None
    return entry.model_copy(
        update={
            "state": EntryState.OWNED, "words": known.words, "confidence": Confidence.HIGH, "book_id": known.book_id,
            "missing_book_id": None, "candidates": [],
        }
    )  # fmt: skip


def needs_match(entry: ImportListEntry, now: datetime) -> bool:
    """Whether the providers have to be queried: never matched, or without a result a month ago.

    A person's decision is not matched again.
    """
    if entry.decided_by is not None:
        return False
    if entry.state is EntryState.NEW or (entry.state is EntryState.OWNED and entry.work is None):
        return entry.work is None
    if entry.work is not None and entry.work.is_audio is not False:
        return False
    return entry.matched_at is None or now - entry.matched_at >= MATCH_AGAIN_AFTER


def is_wanted(entry: ImportListEntry) -> bool:
    """Whether the library decides about it: it is surely a work that has an audiobook, or a person wants it."""
    if entry.state is EntryState.IGNORED and entry.decided_by is not None:
        return False
    return entry.work is not None and (entry.work.is_audio is not False or entry.decided_by is not None)


def with_match(entry: ImportListEntry, match: EntryMatch, now: datetime) -> ImportListEntry:
    """The entry after it was matched."""
    return entry.model_copy(
        update={
            "state": match.state,
            "words": match.words,
            "confidence": match.confidence,
            "reasons": list(match.reasons),
            "work": match.work,
            "candidates": list(match.candidates),
            "book_id": None,
            "matched_at": now,
        }
    )


def with_library(entry: ImportListEntry, known: KnownWork) -> ImportListEntry:
    """The entry after the library was asked about its work."""
    return entry.model_copy(
        update={
            "state": _STATES[known.state],
            "words": known.words or _WORDS.get(known.state, ""),
            "book_id": known.book_id,
            "missing_book_id": known.missing_book_id,
        }
    )


def listed_work(entry: ImportListEntry) -> ListedWork:
    """What the library is asked: the matched work, else what the list names. A person's decision is sure."""
    work = entry.work
    if work is None:
        return ListedWork(title=entry.title, authors=entry.authors, isbn=entry.isbn, asin=entry.asin)
    return ListedWork(
        title=work.title[:500],
        authors=[name[:500] for name in work.authors[:100]],
        series=work.series[:30],
        isbn=work.isbn or entry.isbn,
        asin=work.asin or entry.asin,
        language=work.language,
        published=work.published,
        sure=entry.decided_by is not None,
    )


def decided(entry: ImportListEntry, decision: EntryDecision, by: str, now: datetime) -> ImportListEntry:
    """The entry after a person's decision. Raises `InvalidDecision`."""
    changes: dict[str, object] = {
        "decided_by": by, "decided_at": now, "words": "", "book_id": None, "missing_book_id": None,
    }  # fmt: skip
    match decision.choice:
        case EntryChoice.IGNORE:
            changes["state"] = EntryState.IGNORED
        case EntryChoice.MATCH_AGAIN:
            changes |= {
                "state": EntryState.NEW, "decided_by": None, "decided_at": None, "work": None, "candidates": [],
                "confidence": None, "reasons": [], "matched_at": None,
            }  # fmt: skip
        case EntryChoice.AS_LISTED:
            changes |= {"state": EntryState.NEW, "work": _as_listed(entry), "confidence": Confidence.HIGH}
        case EntryChoice.CANDIDATE:
            offered = [*(each.entry for each in entry.candidates), *([entry.work] if entry.work else ())]
            chosen = next((each for each in offered if each.id == decision.candidate), None)
            if chosen is None:
                raise InvalidDecision(f"the entry has no candidate {decision.candidate!r}")
            shown = chosen.model_copy(update={"narrators": [], "description": None})
            changes |= {"state": EntryState.NEW, "work": shown, "confidence": Confidence.HIGH}
    return entry.model_copy(update=changes)


def _as_listed(entry: ImportListEntry) -> CataloguedWork:
    """The book as the list names it. Raises `InvalidDecision` if that is not enough to search it."""
    if not entry.title or not entry.authors:
        raise InvalidDecision(
            translatable("refused.choose_candidate", "the list names no title or no author: choose a candidate")
        )
    return CataloguedWork(
        id=f"LIST:{entry.id}",
        provider="LIST",
        title=entry.title,
        authors=entry.authors,
        isbn=entry.isbn,
        asin=entry.asin,
        published_year=entry.published_year,
    )
