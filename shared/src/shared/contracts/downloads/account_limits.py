"""The limits that grabs keep at MyAnonamouse."""

from typing import ClassVar

from pydantic import BaseModel, Field

from shared.contracts.message import Request


class AccountLimits(BaseModel):
    """The settings `MAM_MIN_RATIO` and `MAM_UNSATISFIED_RESERVE` of the downloader."""

    min_ratio: float = Field(ge=0, description="only freeleech is grabbed if the ratio would fall below this")
    unsatisfied_reserve: int = Field(ge=0, description="slots kept free below the limit of unsatisfied torrents")


class GetAccountLimits(Request[AccountLimits]):
    """Get the limits of the account at MyAnonamouse that the downloader keeps."""

    subject: ClassVar[str] = "rpc.downloads.get_account_limits"
