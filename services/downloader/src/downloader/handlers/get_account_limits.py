"""Returns the limits that grabs keep at MyAnonamouse, for the service that warns before them."""

from shared.contracts.downloads.account_limits import AccountLimits, GetAccountLimits

from downloader.domain.limits import Limits


class GetAccountLimitsHandler:
    """Handles `GetAccountLimits`."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    async def get(self, _request: GetAccountLimits) -> AccountLimits:
        """The limits as they are set."""
        return AccountLimits(
            min_ratio=self._limits.mam_min_ratio, unsatisfied_reserve=self._limits.mam_unsatisfied_reserve
        )
