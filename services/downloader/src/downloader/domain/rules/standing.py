"""MyAnonamouse's rules for the account: the limit of unsatisfied torrents, and the ratio."""

from shared.books.releases.description import Finding, Outcome
from shared.contracts.mam.account import Standing
from shared.contracts.mam.releases import Release

from downloader.domain.limits import GIB, MAX_SIZE_RATIO, GrabContext, is_of_mam
from downloader.domain.reservations import is_free, ratio_after

_RULE = "standing"


def standing(release: Release, context: GrabContext) -> Finding | None:
    """Rejected for now if the limit would be reached, less the reserve, or the ratio would fall too low.

    The slots and bytes that other grabs have reserved count as used.
    """
    account = context.standing
    if account is None or not is_of_mam(release):
        return None
    limits, reserved = context.limits, context.reserved
    if account.unsatisfied is None or account.unsatisfied_limit is None:
        return _finding("unsatisfied torrents unknown", "their number and limit", fits=False)
    unsatisfied = account.unsatisfied + reserved.slots
    most = account.unsatisfied_limit - limits.mam_unsatisfied_reserve
    got = f"{unsatisfied} unsatisfied torrents of {account.unsatisfied_limit}, ratio {_ratio(account)}"
    want = f"fewer than {most} unsatisfied, and a ratio of {limits.mam_min_ratio:g} unless freeleech"
    fits = unsatisfied < most
    if not is_free(release, account, context.now):
        paid_bytes = reserved.paid_bytes + int(release.size_bytes * MAX_SIZE_RATIO)
        after = ratio_after(account, paid_bytes)
        if after is None:
            return _finding(f"{got}, bytes unknown", f"{want}, and the account's bytes", fits=False)
        got += f", {after:.3f} after {paid_bytes / GIB:.2f} GiB more"
        fits = fits and after >= limits.mam_min_ratio
    return _finding(got, want, fits=fits)


def _finding(got: str, want: str, *, fits: bool) -> Finding:
    outcome = Outcome.ACCEPTED if fits else Outcome.REJECTED
    return Finding(_RULE, outcome, got, want, 1.0 if fits else 0.0, lasting=False)


def _ratio(account: Standing) -> str:
    return "infinite" if account.ratio is None else f"{account.ratio:g}"
