"""Judges releases for a wanted book, rule by rule, and ranks the acceptable ones."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from shared.books.description import BookDescription
from shared.books.matching.folded import folded
from shared.books.matching.work_kinds import kind_of
from shared.books.records import record
from shared.books.releases.description import (
    Finding,
    Judgement,
    Outcome,
    ReadRelease,
    ReadWanted,
    ReleaseDescription,
    WantedBook,
)
from shared.books.releases.explained_name import sought
from shared.books.releases.name import read_release
from shared.books.releases.preference import preference
from shared.books.releases.rules import edition, kind, language, media, narrator, pack, part, same_work
from shared.books.text.spelling import one_spelling
from shared.books.text.titles import fold, main_title, without_article
from shared.translatable import translatable

__all__ = ["Judgement", "Outcome", "ReleaseDescription", "WantedBook", "judge_release", "rank", "ready"]

RULES: tuple[Callable[[ReadWanted, ReadRelease], Finding], ...] = (
    media.check,
    language.check,
    pack.check,
    part.check,
    kind.check,
    edition.check,
    same_work.check,
    narrator.check,
)
SHORTEST_LIKENESS = 75.0
"""The share of the wanted title's letters (0-100) that a name must contain before the rules are applied."""
MAX_OTHER_TITLES = 12
"""Other titles of a wanted book that releases are judged against."""
_WORST_FIRST = (Outcome.REJECTED, Outcome.DOUBTFUL, Outcome.ACCEPTED)


def ready(wanted: WantedBook) -> ReadWanted:
    """Prepare the wanted book under each of its titles. Do it once to judge many releases."""
    authors = tuple(dict.fromkeys((*wanted.book.authors, *wanted.other_authors)))
    main = _under_title(replace(wanted, book=replace(wanted.book, authors=authors)))
    others = [_under_title(replace(main.wanted, book=book)) for book in _retitled(main.wanted)]
    return replace(main, others=tuple(one for one in others if one.kind is main.kind and one.letters))


def judge_release(wanted: WantedBook | ReadWanted, release: ReleaseDescription) -> Judgement:
    """Whether a release may be grabbed for the wanted book, with the findings of the rules.

    The release is judged against every title and author of the wanted book (see `WantedBook`), and the best result
    counts. The first rule that rejects ends the judging under a title. `release.findings` count in addition. Never grab
    a doubtful release.
    """
    prepared = ready(wanted) if isinstance(wanted, WantedBook) else wanted
    best = _judge(prepared, release)
    for other in prepared.others:
        if best.outcome is Outcome.ACCEPTED:
            break
        judged = _judge(other, release)
        if _WORST_FIRST.index(judged.outcome) > _WORST_FIRST.index(best.outcome):
            best = judged
    return _judgement(prepared, release, best)


def rank(wanted: WantedBook, releases: Iterable[ReleaseDescription]) -> list[tuple[ReleaseDescription, Judgement]]:
    """Every release with its judgement, best first. Grab the first if its judgement is accepted.

    The order is accepted, doubtful, rejected; then the score (see `releases.preference`), then the id. It is the only
    order of releases: what stores judgements and reads them in this order gets the same list.
    """
    prepared = ready(wanted)
    judged = [(release, judge_release(prepared, release)) for release in releases]
    return sorted(judged, key=lambda one: (-_WORST_FIRST.index(one[1].outcome), -one[1].score, one[0].id))


def best_of(ranked: Sequence[tuple[ReleaseDescription, Judgement]]) -> ReleaseDescription | None:
    """The release to grab from a ranked list, or None when none is acceptable."""
    return ranked[0][0] if ranked and ranked[0][1].accepted else None


def _under_title(wanted: WantedBook) -> ReadWanted:
    book = wanted.book
    title = without_article(fold(main_title(book.title)))
    letters, short = title.replace(" ", ""), one_spelling(title).replace(" ", "")
    return ReadWanted(wanted, folded(book), sought(book), kind_of(book).kind, letters, short)


def _retitled(wanted: WantedBook) -> list[BookDescription]:
    """The wanted book under each of its other titles. A different spelling of a title is not another title."""
    known = {one_spelling(fold(wanted.book.title, drop_article=True))}
    found: list[BookDescription] = []
    for title in wanted.other_titles:
        spelled = one_spelling(fold(title, drop_article=True))
        if spelled not in known and len(found) < MAX_OTHER_TITLES:
            known.add(spelled)
            found.append(replace(wanted.book, title=title, subtitle=None))
    return found


@record
class _Judged:
    """A release under one title of the wanted book: the findings of the rules, the worst outcome and the format."""

    findings: tuple[Finding, ...]
    outcome: Outcome
    format: str | None = None


def _judge(prepared: ReadWanted, release: ReleaseDescription) -> _Judged:
    another = _names_another_book(prepared, release)
    if another is not None:
        return _Judged((another,), Outcome.REJECTED)
    read = read_release(release, prepared)
    findings: list[Finding] = []
    for rule in RULES:
        findings.append(rule(prepared, read))
        if findings[-1].outcome is Outcome.REJECTED:
            break
    return _Judged(tuple(findings), _worst(findings), _format(prepared, read))


def _names_another_book(wanted: ReadWanted, release: ReleaseDescription) -> Finding | None:
    """A fast check before the rules: a name without the letters of the wanted title is another book."""
    words = fold(f"{release.work_title or ''} {release.name}")
    text = words.replace(" ", "")
    if not wanted.letters or wanted.letters in text:
        return None
    likeness = fuzz.partial_ratio(wanted.letters, text)
    if likeness < SHORTEST_LIKENESS:
        likeness = fuzz.partial_ratio(wanted.short_letters, one_spelling(words).replace(" ", ""))
    if likeness >= SHORTEST_LIKENESS:
        return None
    want = f"“{wanted.wanted.book.title[:120]}”"
    words, name = f"“{release.name[:120]}” ({likeness:.0f} % similar)", release.name[:120]
    got = translatable("release.similar", words, name=name, likeness=likeness / 100)
    return Finding(same_work.RULE, Outcome.REJECTED, got, want, 0.0)


def _judgement(wanted: ReadWanted, release: ReleaseDescription, judged: _Judged) -> Judgement:
    findings = (*judged.findings, *release.findings)
    outcome, lasting = _worst(findings), _worst([finding for finding in findings if finding.lasting])
    only_for_now = outcome is Outcome.REJECTED and lasting is Outcome.ACCEPTED
    may_be_grabbed = outcome is not Outcome.REJECTED or only_for_now
    score = preference(wanted.wanted, release, judged.format, judged.findings) if may_be_grabbed else 0.0
    return Judgement(release.id, outcome, score, findings, judged.format, only_for_now)


def _worst(findings: Iterable[Finding]) -> Outcome:
    """The worst outcome; accepted if there are no findings."""
    outcomes = {finding.outcome for finding in findings}
    return next((outcome for outcome in _WORST_FIRST if outcome in outcomes), Outcome.ACCEPTED)


def _format(wanted: ReadWanted, read: ReadRelease) -> str | None:
    """The preferred format among those of a release."""
    return next((name for name in wanted.wanted.formats if name in read.filetypes), None) or next(
        iter(sorted(read.filetypes)), None
    )
