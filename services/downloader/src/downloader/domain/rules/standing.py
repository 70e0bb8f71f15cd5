"""MyAnonamouse's rules for the account: the limit of unsatisfied torrents, and the ratio."""

from shared.books.releases.description import Finding, Outcome
from shared.contracts.mam.account import Standing
from shared.contracts.mam.releases import Release

from downloader.domain.limits import GIB, LARGEST, GrabContext, is_of_mam
from downloader.domain.reservations import is_free, ratio_after

STANDING = "standing"


def standing(release: Release, context: GrabContext) -> Finding | None:
    """Rejected for now if the limit would be reached, less the reserve, or the ratio would fall too low.

    The slots and bytes that other grabs have reserved count as used.
    """
    account = context.standing
    if account is None or not is_of_mam(release):
        return None
    limits, reserved = context.limits, context.reserved
    if account.unsatisfied is None or account.unsatisfied_limit is None:
        return Finding(STANDING, Outcome.REJECTED, "unsatisfied torrents unknown", "their number and limit", 0.0)
    unsatisfied = account.unsatisfied + reserved.slots
    most = account.unsatisfied_limit - limits.mam_unsatisfied_reserve
    got = f"{unsatisfied} unsatisfied torrents of {account.unsatisfied_limit}, ratio {_ratio(account)}"
    want = f"fewer than {most} unsatisfied, and a ratio of {limits.mam_min_ratio:g} unless freeleech"
    fits = unsatisfied < most
    if not is_free(release, account, context.now):
        paid_bytes = reserved.paid_bytes + int(release.size_bytes * LARGEST)
        after = ratio_after(account, paid_bytes)
        if after is None:
            return Finding(STANDING, Outcome.REJECTED, f"{got}, bytes unknown", f"{want}, and the account's bytes", 0.0)
        got += f", {after:.3f} after {paid_bytes / GIB:.2f} GiB more"
        fits = fits and after >= limits.mam_min_ratio
    return (
        Finding(STANDING, Outcome.ACCEPTED, got, want) if fits else Finding(STANDING, Outcome.REJECTED, got, want, 0.0)
    )


def _ratio(account: Standing) -> str:
    return "infinite" if account.ratio is None else f"{account.ratio:g}"
