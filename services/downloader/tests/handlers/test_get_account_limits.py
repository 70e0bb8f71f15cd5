"""The limits of the account that other services may ask for."""

from downloader.domain.limits import Limits
from downloader.handlers.get_account_limits import GetAccountLimitsHandler
from shared.contracts.downloads.account_limits import AccountLimits, GetAccountLimits


async def test_the_limits_of_the_account_are_those_of_the_settings() -> None:
    limits = Limits(mam_min_ratio=1.5, mam_unsatisfied_reserve=7)
    assert await GetAccountLimitsHandler(limits).get(GetAccountLimits()) == AccountLimits(
        min_ratio=1.5, unsatisfied_reserve=7
    )
