"""Judges the releases found for a wanted book, and chooses the best."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from shared.books.description import BookDescription
from shared.books.description import SeriesPlace as Place
from shared.books.releases.description import Judgement, ReleaseDescription, WantedBook
from shared.books.releases.judging import rank
from shared.books.text.identifiers import asin_in
from shared.books.text.languages import language_code
from shared.contracts.downloads.candidates import Verdict
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.grabs import GrabFigures
from shared.contracts.mam.releases import Release
from shared.contracts.values import Reason

from downloader.domain.limits import GrabContext, key_of
from downloader.domain.match import match_of
from downloader.domain.rules import RULES


@dataclass(frozen=True, slots=True)
class Decision:
    """A judged release. `only_for_now`: it is rejected only by the current state of the account or the disk.

    `account` has the figures of the account at MyAnonamouse, if it was checked for this release.
    Releases with one verdict are in the order of their scores.
    """

    release: Release
    verdict: Verdict
    score: float
    reasons: tuple[Reason, ...]
    only_for_now: bool = False
    account: GrabFigures | None = None

    def against(self) -> str:
        """The reasons against it."""
        return "; ".join(f"{reason.rule}: {reason.words}" for reason in self.reasons if reason.weight < 0)


def judge_all(releases: Iterable[Release], context: GrabContext) -> list[Decision]:
    """A decision for each release, best first, in the order of `shared.books.releases.judging.rank`."""
    by_id = {_id(release): release for release in releases}
    ranked = rank(wanted_book(context.wanted), [_offered(release, context) for release in by_id.values()])
    return [_decision(by_id[description.id], judgement, context) for description, judgement in ranked]


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
        id=_id(release),
        name=release.title,
        work_title=release.title if release.structured else None,
        authors=tuple(release.authors),
        narrators=tuple(release.narrators),
        series=tuple(Place(place.name, place.sequence) for place in release.series),
        filetypes=tuple((release.filetype or "").replace(",", " ").split()),
        language_code=release.language,
        categories=tuple(int(number) for number in category.split(",") if number.strip().isdigit()),
        is_audio=release.is_audio,
        asin=release.asin or asin_in(release.isbn),
        tags=release.tags or None,
        size_bytes=release.size_bytes,
        seeders=release.seeders,
        file_count=release.files,
    )


def _offered(release: Release, context: GrabContext) -> ReleaseDescription:
    """The release with what the rules of the service find, and whether it is free for the account."""
    findings = tuple(finding for rule in RULES if (finding := rule(release, context)) is not None)
    assessment = context.account.get(key_of(release))
    free = release.freeleech if assessment is None else assessment.figures.free
    return replace(described(release), free=free, findings=findings)


def _id(release: Release) -> str:
    """Indexer and id. Its order is that of the candidates in the database."""
    return ":".join(key_of(release))


def _decision(release: Release, judgement: Judgement, context: GrabContext) -> Decision:
    verdict = Verdict(judgement.outcome.value)
    reasons = [Reason(rule=one.rule, words=one.words, weight=one.weight) for one in judgement.reasons]
    if verdict is not Verdict.REJECTED:
        reasons = match_of(release, context.wanted) + reasons
    assessment = context.account.get(key_of(release))
    figures = None if assessment is None else assessment.figures
    return Decision(release, verdict, judgement.score, tuple(reasons), judgement.only_for_now, figures)
