"""Judges the releases found for a wanted book, and chooses the best."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from shared.books.description import BookDescription
from shared.books.description import SeriesPlace as Place
from shared.books.releases.description import Finding, Judgement, ReleaseDescription, WantedBook
from shared.books.releases.judging import rank
from shared.books.text.identifiers import asin_in
from shared.books.text.languages import language_code
from shared.contracts.downloads.candidates import JudgedRelease, RuleReason, Verdict
from shared.contracts.downloads.quality_profiles import ProfileRules
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.grabs import GrabFigures
from shared.contracts.mam.releases import Release
from shared.contracts.translatable import translatables, with_code
from shared.translatable import translatable

from downloader.domain.limits import GrabContext, key_of
from downloader.domain.match import match_of
from downloader.domain.quality_profile import DEFAULT_PROFILE, wanted_narrators
from downloader.domain.rules import RULES


@dataclass(frozen=True, slots=True)
class Decision:
    """A judged release. `only_for_now`: it is rejected only by the current state of the account or the disk.

    `account` has the figures of the account at MyAnonamouse, if it was checked for this release. `format` is the best
    of its formats. `fills` are the downloads whose books a release with several books holds, and `filled_bytes` is the
    size of their files. Releases with one verdict are in the order of their scores.
    """

    release: Release
    verdict: Verdict
    score: float
    reasons: tuple[RuleReason, ...]
    only_for_now: bool = False
    account: GrabFigures | None = None
    format: str | None = None
    fills: tuple[UUID, ...] = ()
    filled_bytes: int | None = None

    def shown(self) -> JudgedRelease:
        """The decision as the API shows it."""
        return JudgedRelease(
            release=self.release,
            verdict=self.verdict,
            score=self.score,
            reasons=list(self.reasons),
            account=self.account,
        )

    @property
    def is_free(self) -> bool:
        """Whether a grab costs no ratio."""
        return self.release.freeleech if self.account is None else self.account.free

    @property
    def deciding_rule(self) -> str:
        """The first rule with this verdict; empty if the release is accepted."""
        if self.verdict is Verdict.ACCEPTED:
            return ""
        return next((reason.rule for reason in self.reasons if reason.verdict is self.verdict), "")

    def against(self) -> str:
        """The reasons against it."""
        return against(self.reasons)


def against(reasons: Iterable[RuleReason]) -> str:
    """Those of the reasons that count against a release; empty if none does."""
    found = [_named(reason) for reason in reasons if reason.weight < 0]
    return translatable("release.reasons", "; ".join(found), reasons=found) if found else ""


def rejected(title: str, why: str) -> str:
    """Why a release is not grabbed."""
    return translatable("refused.release", f"“{title}” was rejected: {why}", title=title, why=why)


def _named(reason: RuleReason) -> str:
    words = f"{reason.rule}: {reason.words}"
    if reason.got is None or reason.want is None:
        return translatable(
            "release.reason", words, rule=reason.rule, words=with_code(reason.words, reason.translatable.get("words"))
        )
    got, want = (
        with_code(text, reason.translatable.get(name)) for name, text in (("got", reason.got), ("want", reason.want))
    )
    return translatable("release.reason_wanted", words, rule=reason.rule, got=got, want=want)


def judge_all(releases: Iterable[Release], context: GrabContext) -> list[Decision]:
    """A decision for each release, best first, in the order of `shared.books.releases.judging.rank`."""
    by_id = {_id(release): release for release in releases}
    wanted = wanted_book(context.wanted, context.profile.rules, context.series_narrator)
    ranked = rank(wanted, [_offered(release, context) for release in by_id.values()])
    return [_decision(by_id[description.id], judgement, context) for description, judgement in ranked]


def best(decisions: Iterable[Decision]) -> Decision | None:
    """The best accepted release, or None."""
    return next((one for one in decisions if one.verdict is Verdict.ACCEPTED), None)


def wanted_book(
    missing: MissingBook, rules: ProfileRules = DEFAULT_PROFILE.rules, series_narrator: str | None = None
) -> WantedBook:
    """A missing book as input of the release rules, with what its quality profile wants."""
    narrators = wanted_narrators(missing, rules, series_narrator)
    book = BookDescription(
        title=missing.title,
        subtitle=missing.subtitle,
        authors=tuple(missing.authors),
        narrators=narrators.names,
        series=(Place(missing.series, missing.sequence),) if missing.series else (),
        isbn=missing.isbn,
        asin=None if narrators.by_profile else missing.asin,
        language=missing.language,
        published_year=missing.published_year,
        duration_minutes=missing.duration_minutes,
    )
    return WantedBook(
        book,
        language=language_code(missing.language) or "en",
        other_titles=tuple(missing.other_titles),
        other_authors=tuple(missing.other_authors),
        formats=tuple(each.value for each in rules.formats),
        only_formats=rules.only_formats,
        languages=tuple(rules.languages),
        narrator_required=narrators.required,
        abridged_allowed=rules.abridged,
        dramatized_allowed=rules.dramatized,
        preferred_words=tuple(rules.preferred_words),
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
        abridged=release.abridged,
        asin=release.asin or asin_in(release.isbn),
        tags=release.tags or None,
        size_bytes=release.size_bytes,
        seeders=release.seeders,
        file_count=release.files,
    )


def rule_reason(finding: Finding) -> RuleReason:
    """The finding of a rule as the API shows it."""
    reason = finding.reason()
    return RuleReason(
        rule=reason.rule,
        words=reason.words,
        weight=reason.weight,
        verdict=Verdict(finding.outcome.value),
        got=finding.got,
        want=finding.want,
        temporary=not finding.lasting,
        translatable=translatables(got=finding.got, want=finding.want),
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
    reasons = [rule_reason(finding) for finding in judgement.findings]
    if verdict is not Verdict.REJECTED:
        reasons = match_of(release, context.wanted) + reasons
    assessment = context.account.get(key_of(release))
    figures = context.costs.get(key_of(release)) if assessment is None else assessment.figures
    return Decision(
        release, verdict, judgement.score, tuple(reasons), judgement.only_for_now, figures, judgement.format
    )
