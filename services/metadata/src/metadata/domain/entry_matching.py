"""Decides which work an entry of an import list is, by the entries of the providers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shared.books.description import BookDescription
from shared.books.matching.same_work import Answer, compare
from shared.books.text.languages import same_language
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.metadata.import_lists import EntryState, ImportListEntry
from shared.contracts.metadata.validation import EntryJudgement
from shared.contracts.values import Confidence, Reason
from shared.translatable import translatable

from metadata.domain.confidence import Judged
from metadata.domain.descriptions import of_entry

MOST_CANDIDATES = 5
LONGEST_DESCRIPTION = 300
"""Characters of a candidate's description that are stored, so that a person can recognize the book."""
SAME_IDENTIFIER = Reason.of("identifier", translatable("match.by_list", "the list names its ISBN or ASIN"), 1.0)


@dataclass(frozen=True, slots=True)
class EntryMatch:
    """The result for one entry. `state` is `NEW` if it is surely `work`, otherwise why it is not."""

    state: EntryState
    confidence: Confidence
    words: str = ""
    work: CataloguedWork | None = None
    reasons: tuple[Reason, ...] = ()
    candidates: tuple[EntryJudgement, ...] = ()


def description_of_entry(
    entry: ImportListEntry, title: str | None = None, authors: Sequence[str] = ()
) -> BookDescription:
    """The book as the list names it; with a title and authors that were found by its identifier if it names none."""
    return BookDescription(
        title=entry.title or title or "",
        authors=tuple(entry.authors) or tuple(authors),
        isbn=entry.isbn,
        asin=entry.asin,
        published_year=entry.published_year,
    )


def by_identifier(entry: ImportListEntry, works: Sequence[CataloguedWork]) -> list[CataloguedWork]:
    """The entries of providers with the ISBN or ASIN that the list names."""
    return [
        each
        for each in works
        if (entry.isbn is not None and each.isbn == entry.isbn) or (entry.asin is not None and each.asin == entry.asin)
    ]


def match_entry(entry: ImportListEntry, judged: Sequence[Judged]) -> EntryMatch:
    """Choose the work of an entry from judged entries of the providers, the surest first.

    Sure is a work whose title and author agree, or whose identifier the list names, if no second work fits as well. A
    title without an author is never sure: many books have it. Neither is an identifier of a book with another title.
    """
    likely = [each.entry for each in judged if not entry.title or each.confidence is not Confidence.UNMATCHED]
    named = {each.id for each in by_identifier(entry, likely)}
    by_words = bool(named) or bool(entry.authors and entry.title)
    sure = [each for each in judged if each.entry.id in named or (by_words and each.same_work)]
    sure.sort(key=lambda each: each.entry.id not in named)
    candidates = tuple(_candidate(each) for each in _distinct(judged))
    if not sure:
        return _without_match(entry, judged, candidates)
    best = sure[0]
    reasons = ((SAME_IDENTIFIER,) if best.entry.id in named else ()) + best.reasons
    confidence = Confidence.HIGH if best.entry.id in named else best.confidence
    rival = next((each for each in sure[1:] if _is_another(best.entry, each.entry)), None)
    if rival is not None:
        title, other = best.entry.title, rival.entry.title
        words = translatable("match.one_of_two", f"it may be “{title}” or “{other}”", title=title, other=other)
        return EntryMatch(EntryState.DOUBTFUL, Confidence.LOW, words, None, reasons, candidates)
    work = _work_of(best.entry, [each.entry for each in sure])
    if work.is_audio is False:
        words = translatable("match.no_audiobook", "no provider knows an audiobook of it")
        return EntryMatch(EntryState.LEFT_OUT, confidence, words, work, reasons, candidates)
    return EntryMatch(EntryState.NEW, confidence, "", work, reasons)


def _without_match(
    entry: ImportListEntry, judged: Sequence[Judged], candidates: tuple[EntryJudgement, ...]
) -> EntryMatch:
    likely = [each for each in judged if each.confidence is not Confidence.UNMATCHED]
    if not likely:
        words = translatable("match.unknown_book", "no provider knows such a book")
        return EntryMatch(EntryState.UNMATCHED, Confidence.UNMATCHED, words, None, (), candidates)
    words = translatable("match.not_sure", "no entry of a provider is surely this book")
    if not entry.authors:
        words = translatable("match.list_without_author", "the list names no author")
    return EntryMatch(EntryState.DOUBTFUL, Confidence.LOW, words, None, likely[0].reasons, candidates)


def _is_another(best: CataloguedWork, other: CataloguedWork) -> bool:
    """Whether two entries are surely two works, even without their series, which providers name differently."""
    one, two = of_entry(best), of_entry(other)
    if compare(one, two).answer is not Answer.DIFFERENT:
        return False
    return compare(replace(one, series=()), replace(two, series=())).answer is not Answer.SAME


def _work_of(best: CataloguedWork, same: Sequence[CataloguedWork]) -> CataloguedWork:
    """The work as it is wanted: the audio edition in the language of the best entry that is complete and most popular.

    Narrators are left out, because a list wants the work and not a recording.
    """
    alike = [each for each in same if same_language(each.language, best.language) is not False]
    audio = [each for each in alike if each.is_audio is not False]
    chosen = min(audio or [best], key=lambda each: (each.is_audio is None, each.abridged is True, -each.popularity))
    series = chosen.series or next((each.series for each in alike if each.series), [])
    authors = chosen.authors or next((each.authors for each in alike if each.authors), [])
    shown = {"narrators": [], "series": series, "authors": authors, "description": None, "genres": []}
    return chosen.model_copy(update=shown)


def _distinct(judged: Sequence[Judged]) -> list[Judged]:
    """The surest entries, without those that the text of an earlier one equals in title, authors and form."""
    found: dict[tuple[str, tuple[str, ...], bool | None], Judged] = {}
    for each in judged:
        entry = each.entry
        found.setdefault((entry.title.casefold(), tuple(entry.authors), entry.is_audio), each)
    return list(found.values())[:MOST_CANDIDATES]


def _candidate(judged: Judged) -> EntryJudgement:
    entry = judged.entry
    short = (entry.description or "")[:LONGEST_DESCRIPTION] or None
    shown = entry.model_copy(update={"description": short, "genres": []})
    return EntryJudgement(entry=shown, confidence=judged.confidence, reasons=list(judged.reasons))
