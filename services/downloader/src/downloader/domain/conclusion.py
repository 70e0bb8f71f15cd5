"""The conclusion of a search: grab a release, wait, defer, or fail because no release is acceptable."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from shared.contracts.downloads.candidates import Verdict
from shared.contracts.downloads.downloads import ErrorType
from shared.contracts.mam.releases import Release
from shared.translatable import translatable

from downloader.domain.decision import Decision, best
from downloader.domain.delay import Delay, keep_release
from downloader.domain.download import Download
from downloader.domain.history import Attempt
from downloader.domain.match import words_of

TASK = "search"
_NONE_FOUND = translatable("download.none_found", "no releases found")
NO_RELEASE_WORDS = translatable("download.no_release", "no indexer has a release")


@dataclass(slots=True)
class Unavailable:
    """The systems and disks that were unavailable. This is not a failure of the book.

    `error_type` is AUTH if any of them refused us, because a person has to act; otherwise that of the first.
    `retry_after` is the longest one.
    """

    reasons: list[str] = field(default_factory=list)
    error_type: ErrorType = ErrorType.NETWORK
    retry_after: timedelta = timedelta()

    def note(self, words: str, error_type: ErrorType = ErrorType.NETWORK, retry_after: timedelta = timedelta()) -> None:
        """Add one reason."""
        if not self.reasons or error_type is ErrorType.AUTH:
            self.error_type = error_type
        if words not in self.reasons:
            self.reasons.append(words)
        self.retry_after = max(self.retry_after, retry_after)

    @property
    def refused(self) -> bool:
        """Whether a system refused us, so that a person has to act."""
        return bool(self.reasons) and self.error_type is ErrorType.AUTH

    @property
    def words(self) -> str:
        """All reasons; empty if everything was available."""
        return (
            translatable("download.unavailable", "; ".join(self.reasons), reasons=self.reasons) if self.reasons else ""
        )


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Exactly one of `grab`, `waits_for`, `unavailable`, `nothing` and `kept` is set.

    `searched` summarizes the releases. `kept` says why an owned book is not replaced.

    With `delayed_until`, the release in `grab` is kept and grabbed at that time.
    """

    searched: str
    all_answered: bool
    grab: Decision | None = None
    delayed_until: datetime | None = None
    waits_for: str | None = None
    unavailable: Unavailable | None = None
    nothing: Attempt | None = None
    kept: str | None = None


def conclude(
    decisions: Sequence[Decision],
    unavailable: Unavailable,
    *,
    may_grab: bool,
    delay: Delay,
    is_upgrade: bool = False,
) -> Conclusion:
    """The conclusion from the decisions, best first. A search fails only if every indexer answered.

    The search for an upgrade does not fail, and nobody is asked about doubtful releases: the owned book is kept.
    """
    searched, all_answered = _searched(decisions, unavailable), not unavailable.reasons
    chosen = best(decisions)
    if chosen is not None and may_grab:
        return Conclusion(searched, all_answered, grab=chosen, delayed_until=delay.end_for(chosen))
    words = _waits_for(chosen, decisions)
    only_doubtful = not any(one.only_for_now for one in decisions)
    if is_upgrade and only_doubtful and not unavailable.reasons:
        return Conclusion(searched, all_answered, kept=_kept(decisions))
    if words is not None and not (is_upgrade and only_doubtful):
        return Conclusion(searched, all_answered, waits_for=words)
    if unavailable.reasons:
        return Conclusion(searched, all_answered, unavailable=unavailable)
    return Conclusion(searched, all_answered, nothing=_nothing(decisions))


def apply_conclusion(conclusion: Conclusion, download: Download, choice_id: UUID, now: datetime) -> None:
    """Apply the conclusion to the download. `choice_id` is the id of the candidate to grab."""
    if conclusion.all_answered:
        download.searched(now)
    download.last_search, download.last_search_at = conclusion.searched, now
    download.note(
        "searched", translatable("download.searched", f"searched: {conclusion.searched}", found=conclusion.searched)
    )
    if conclusion.grab is not None and conclusion.delayed_until is not None:
        keep_release(download, conclusion.grab.release, conclusion.delayed_until)
    elif conclusion.grab is not None:
        chosen = conclusion.grab
        download.chose(choice_id, chosen.release, by_person=False, now=now, why=words_of(chosen.reasons))
        download.size_bytes = chosen.filled_bytes or download.size_bytes
    elif conclusion.waits_for is not None:
        download.waits_for(conclusion.waits_for)
    elif conclusion.unavailable is not None:
        unavailable = conclusion.unavailable
        download.defer(unavailable.error_type, unavailable.words, now, not_before=unavailable.retry_after)
    elif conclusion.kept is not None:
        download.cancelled(conclusion.kept)
    elif conclusion.nothing is not None:
        download.failed(conclusion.nothing.error_type, conclusion.nothing.reason, now)


def _searched(decisions: Sequence[Decision], unavailable: Unavailable) -> str:
    counts = Counter(one.verdict for one in decisions)
    figures = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict])
    found = _NONE_FOUND
    if decisions:
        words = f"{len(decisions)} releases found ({figures})"
        found = translatable(
            "download.found",
            words,
            count=len(decisions),
            accepted=counts[Verdict.ACCEPTED] or None,
            doubtful=counts[Verdict.DOUBTFUL] or None,
            rejected=counts[Verdict.REJECTED] or None,
        )
    if not unavailable.reasons:
        return found
    return translatable("download.found_partly", f"{found}; {unavailable.words}", found=found, why=unavailable.words)


def _waits_for(chosen: Decision | None, decisions: Sequence[Decision]) -> str | None:
    """What a person has to decide or correct first; None if there is nothing to decide."""
    if chosen is not None:
        title, indexer, score = chosen.release.title, chosen.release.indexer_name, chosen.score
        words = f"approval: “{title}” from {indexer}, score {score:.2f}"
        return translatable("download.approval", words, title=title, indexer=indexer, score=round(score, 2))
    later = next((one for one in decisions if one.only_for_now), None)
    if later is not None:
        return not_now(later.release, later.against())
    doubtful = [one for one in decisions if one.verdict is Verdict.DOUBTFUL]
    if doubtful:
        named = [_doubt(one.release.title, one.against()) for one in doubtful[:3]]
        words = f"a decision on {len(doubtful)} doubtful releases: {'; '.join(named)}"
        return translatable("download.doubtful", words, count=len(doubtful), releases=named)
    return None


def deferred_because(why: str) -> str:
    """What a run says of a book whose search or grab is tried again later."""
    return translatable("run.deferred", f"deferred, because {why}", why=why)


def not_now(release: Release, why: str) -> str:
    """What a download says whose release the account or the disk does not allow now."""
    return translatable(
        "download.not_now", f"“{release.title}” cannot be grabbed now: {why}", title=release.title, why=why
    )


def _doubt(title: str, why: str) -> str:
    return translatable("download.doubt", f"“{title}” ({why})", title=title, why=why)


def _kept(decisions: Sequence[Decision]) -> str:
    why = _nothing(decisions).reason
    return translatable("download.kept", f"the owned book is kept: {why}", why=why)


def _nothing(decisions: Sequence[Decision]) -> Attempt:
    if not decisions:
        return Attempt(TASK, ErrorType.NO_RELEASE, NO_RELEASE_WORDS)
    count, title, why = len(decisions), decisions[0].release.title, decisions[0].against()
    words = f"none of {count} releases is acceptable; the best, “{title}”: {why}"
    reason = translatable("download.none_acceptable", words, count=count, title=title, why=why)
    return Attempt(TASK, ErrorType.NO_RELEASE, reason)
