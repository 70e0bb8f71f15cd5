"""Judges the releases found for a wanted book, and chooses the best."""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.books.description import BookDescription
from shared.books.description import SeriesPlace as Place
from shared.books.releases.description import Finding, Outcome, ReleaseDescription, WantedBook
from shared.books.releases.judging import judge_release, ready
from shared.books.text.identifiers import asin_in
from shared.books.text.languages import language_code
from shared.contracts.downloads.candidates import Verdict
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.contracts.values import Reason

from downloader.domain.limits import GrabContext
from downloader.domain.match import match_of
from downloader.domain.reservations import is_free
from downloader.domain.rules import RULES, TEMPORARY

_HEALTH_PULL, _FREE_PULL = 0.02, 0.01
_ORDER = {Verdict.ACCEPTED: 0, Verdict.DOUBTFUL: 1, Verdict.REJECTED: 2}
_AUDIOBOOKS, _OTHER = 13, 14  # MyAnonamouse's main categories


@dataclass(frozen=True, slots=True)
class Decision:
    """A judged release. `only_for_now`: it is rejected only by the current state of the account or the disk."""

    release: Release
    verdict: Verdict
    score: float
    reasons: tuple[Reason, ...]
    only_for_now: bool = False

    def against(self) -> str:
        """The reasons against it."""
        return "; ".join(f"{reason.rule}: {reason.words}" for reason in self.reasons if reason.weight < 0)


def judge_all(releases: Iterable[Release], context: GrabContext) -> list[Decision]:
    """A decision for each release, best first."""
    wanted = ready(wanted_book(context.wanted))
    decisions = []
    for release in releases:
        judgement = judge_release(wanted, described(release))
        reasons = [Reason(rule=one.rule, words=one.words, weight=one.weight) for one in judgement.reasons]
        findings = [finding for rule in RULES if (finding := rule(release, context)) is not None]
        decisions.append(_decision(release, context, (judgement.outcome, judgement.score, reasons), findings))
    return sorted(decisions, key=lambda one: (_ORDER[one.verdict], -one.score, one.release.id))


def best(decisions: Iterable[Decision]) -> Decision | None:
    """The best accepted release, or None."""
    return next((one for one in decisions if one.verdict is Verdict.ACCEPTED), None)


def wanted_book(missing: MissingBook) -> WantedBook:
    """A missing book as input of the release rules."""
    book = BookDescription(
        title=missing.title,
        subtitle=missing.subtitle,
        authors=tuple(missing.authors),
        narrators=tuple(missing.narrators),
        series=(Place(missing.series, missing.sequence),) if missing.series else (),
        isbn=missing.isbn,
        asin=missing.asin,
        language=missing.language,
        published_year=missing.published_year,
        duration_minutes=missing.duration_minutes,
    )
    return WantedBook(
        book,
        language=language_code(missing.language) or "en",
        other_titles=tuple(missing.other_titles),
        other_authors=tuple(missing.other_authors),
    )


def described(release: Release) -> ReleaseDescription:
    """A release as input of the release rules: its fields if the indexer has them, otherwise only its name."""
    category = release.category or ""
    return ReleaseDescription(
        id=release.id,
        name=release.title,
        work_title=release.title if release.structured else None,
        authors=tuple(release.authors),
        narrators=tuple(release.narrators),
        series=tuple(Place(place.name, place.sequence) for place in release.series),
        filetypes=tuple((release.filetype or "").replace(",", " ").split()),
        language_code=release.language,
        categories=tuple(int(number) for number in category.split(",") if number.strip().isdigit()),
        main_category={True: _AUDIOBOOKS, False: _OTHER, None: None}[release.is_audio],
        tags=release.tags or None,
        size_bytes=release.size_bytes,
        seeders=release.seeders,
        file_count=release.files,
    )


def _decision(
    release: Release, context: GrabContext, judged: tuple[Outcome, float, list[Reason]], findings: list[Finding]
) -> Decision:
    outcome, score, reasons = judged
    own = [(finding, finding.reason()) for finding in findings]
    reasons = reasons + [Reason(rule=one.rule, words=one.words, weight=one.weight) for _, one in own]
    if (same_edition := _same_edition(release, context.wanted)) is not None:
        reasons.append(same_edition)
        score = min(1.0, score + same_edition.weight)
    outcomes = {outcome, *(finding.outcome for finding in findings)}
    if Outcome.REJECTED not in outcomes:
        reasons = match_of(release, context.wanted) + reasons
    lasting = {outcome, *(finding.outcome for finding in findings if finding.rule not in TEMPORARY)}
    health = next((finding.score for finding in findings if finding.rule == "seeders"), 0.0)
    free = is_free(release, context.standing, context.now)
    total = (score + _HEALTH_PULL * health + _FREE_PULL * free) / (1 + _HEALTH_PULL + _FREE_PULL)
    return Decision(
        release=release,
        verdict=_worst(outcomes),
        score=0.0 if Outcome.REJECTED in outcomes else round(total, 4),
        reasons=tuple(reasons),
        only_for_now=Outcome.REJECTED in outcomes and lasting == {Outcome.ACCEPTED},
    )


def _same_edition(release: Release, wanted: MissingBook) -> Reason | None:
    asin = release.asin or asin_in(release.isbn)
    if not asin or not wanted.asin or asin != wanted.asin:
        return None
    return Reason(rule="asin", words=f"got {asin}, want {wanted.asin}", weight=0.1)


def _worst(outcomes: set[Outcome]) -> Verdict:
    if Outcome.REJECTED in outcomes:
        return Verdict.REJECTED
    return Verdict.DOUBTFUL if Outcome.DOUBTFUL in outcomes else Verdict.ACCEPTED
