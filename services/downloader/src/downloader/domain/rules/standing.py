"""The account's rules at MyAnonamouse: the limit of unsatisfied torrents, and the ratio."""

from shared.books.release_description import Finding, Outcome
from shared.contracts.mam import Release, Standing

from downloader.domain.limits import Situation, is_of_mam

STANDING = "standing"


def standing(release: Release, situation: Situation) -> Finding | None:
    """Rejected for now when one more torrent would come too near the limit, or the ratio is too low to pay for it."""
    account = situation.standing
    if account is None or not is_of_mam(release):
        return None
    limits = situation.limits
    if account.unsatisfied is None or account.unsatisfied_limit is None:
        return Finding(STANDING, Outcome.REJECTED, "unsatisfied torrents unknown", "their number and limit", 0.0)
    open_now = account.unsatisfied + situation.grabbed_since
    most = account.unsatisfied_limit - limits.mam_unsatisfied_reserve
    got = f"{open_now} unsatisfied torrents of {account.unsatisfied_limit}, ratio {_ratio(account)}"
    want = f"fewer than {most} unsatisfied, and a ratio of {limits.mam_min_ratio:g} unless freeleech"
    poor = account.ratio is not None and account.ratio < limits.mam_min_ratio
    if open_now >= most or (poor and not is_free(release, account, situation)):
        return Finding(STANDING, Outcome.REJECTED, got, want, 0.0)
    return Finding(STANDING, Outcome.ACCEPTED, got, want)


def is_free(release: Release, account: Standing | None, situation: Situation) -> bool:
    """Whether it costs no ratio: freeleech for all, or VIP for who is VIP."""
    if account is None or not release.vip:
        return release.freeleech
    return "vip" in account.classname.casefold() or (
        account.vip_until is not None and account.vip_until > situation.now
    )


def _ratio(account: Standing) -> str:
    return "infinite" if account.ratio is None else f"{account.ratio:g}"
