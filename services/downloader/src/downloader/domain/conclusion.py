"""What a search comes to: a release to grab, something to wait for, a system that was away, or nothing on offer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from shared.contracts.downloads.candidates import Verdict
from shared.contracts.downloads.downloads import ErrorType

from downloader.domain.decision import Decision, best
from downloader.domain.download import Attempt, Download
from downloader.domain.match import words_of

TASK = "search"


@dataclass(slots=True)
class Away:
    """What a book needed and could not have, by no fault of its own: systems that did not answer, a disk that is gone.

    `error_type` is that of the first, but AUTH when one refused us: a person has to act. `retry_after` is the longest.
    """

    told: list[str] = field(default_factory=list)
    error_type: ErrorType = ErrorType.NETWORK
    retry_after: timedelta = timedelta()

    def note(self, words: str, error_type: ErrorType = ErrorType.NETWORK, retry_after: timedelta = timedelta()) -> None:
        if not self.told or error_type is ErrorType.AUTH:
            self.error_type = error_type
        if words not in self.told:
            self.told.append(words)
        self.retry_after = max(self.retry_after, retry_after)

    @property
    def refused(self) -> bool:
        """Whether a system refused us: a person has to act."""
        return bool(self.told) and self.error_type is ErrorType.AUTH

    @property
    def words(self) -> str:
        """All of them; empty when nothing was away."""
        return "; ".join(self.told)


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Exactly one of `grab`, `waits_for`, `away` and `nothing` is set; `searched` says what was on offer."""

    searched: str
    all_answered: bool
    grab: Decision | None = None
    waits_for: str | None = None
    away: Away | None = None
    nothing: Attempt | None = None


def concluded(decisions: Sequence[Decision], away: Away, *, may_grab: bool) -> Conclusion:
    """What the judged releases, best first, come to. Only what every indexer lacks is not on offer."""
    searched, all_answered = _searched(decisions, away), not away.told
    chosen = best(decisions)
    if chosen is not None and may_grab:
        return Conclusion(searched, all_answered, grab=chosen)
    words = _waits_for(chosen, decisions)
    if words is not None:
        return Conclusion(searched, all_answered, waits_for=words)
    if away.told:
        return Conclusion(searched, all_answered, away=away)
    return Conclusion(searched, all_answered, nothing=_nothing(decisions))


def carry_out(conclusion: Conclusion, download: Download, choice_id: UUID, now: datetime) -> None:
    """Move the download on; `choice_id` is the id under which the release to grab is kept."""
    if conclusion.all_answered:
        download.searched(now)
    download.note("searched", conclusion.searched)
    if conclusion.grab is not None:
        chosen = conclusion.grab
        download.chose(choice_id, chosen.release, by_person=False, now=now, why=words_of(chosen.reasons))
    elif conclusion.waits_for is not None:
        download.waits_for(conclusion.waits_for)
    elif conclusion.away is not None:
        away = conclusion.away
        download.put_off(away.error_type, away.words, now, not_before=away.retry_after)
    elif conclusion.nothing is not None:
        download.failed(conclusion.nothing.error_type, conclusion.nothing.reason, now)


def _searched(decisions: Sequence[Decision], away: Away) -> str:
    counts = Counter(one.verdict for one in decisions)
    figures = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict])
    words = f"searched: {len(decisions)} releases on offer ({figures})" if decisions else "searched: nothing on offer"
    return f"{words}; {away.words}" if away.told else words


def _waits_for(chosen: Decision | None, decisions: Sequence[Decision]) -> str | None:
    """What a person has to decide or put right before it goes on; None when there is nothing to decide on."""
    if chosen is not None:
        return f"approval: “{chosen.release.title}” from {chosen.release.indexer_name}, score {chosen.score:.2f}"
    later = next((one for one in decisions if one.only_for_now), None)
    if later is not None:
        return f"“{later.release.title}” may not be grabbed now: {later.against()}"
    doubtful = [one for one in decisions if one.verdict is Verdict.DOUBTFUL]
    if doubtful:
        named = "; ".join(f"“{one.release.title}” ({one.against()})" for one in doubtful[:3])
        return f"a decision on {len(doubtful)} doubtful: {named}"
    return None


def _nothing(decisions: Sequence[Decision]) -> Attempt:
    if not decisions:
        return Attempt(TASK, ErrorType.NO_RELEASE, "no indexer has anything on offer")
    nearest = decisions[0]
    return Attempt(
        TASK,
        ErrorType.NO_RELEASE,
        f"none of {len(decisions)} releases is acceptable; “{nearest.release.title}”: {nearest.against()}",
    )
