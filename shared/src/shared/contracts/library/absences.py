"""Absences: why a missing book is not in the library yet."""

from enum import StrEnum

from pydantic import Field

from shared.contracts.model import Model
from shared.contracts.translatable import Translatables
from shared.contracts.values import DownloadId, Moment


class AbsenceReason(StrEnum):
    """Why a missing book is not in the library yet."""

    NOT_SEARCHED = "not_searched"
    """It was not searched since it was identified."""
    SEARCHING = "searching"
    """It is queued for a search, is being searched, or its release is being added to the download client."""
    APPROVAL = "approval"
    """A person has to approve the release, or the first search."""
    DECISION = "decision"
    """A person has to decide about doubtful releases or about the import."""
    DISK = "disk"
    ACCOUNT = "account"
    """The account does not allow the grab now."""
    DELAYED = "delayed"
    """A good release is kept, because a better one may appear."""
    UNAVAILABLE = "unavailable"
    """A system that the search needs was unavailable."""
    NO_RELEASE = "no_release"
    """No indexer has a release."""
    UNACCEPTABLE = "unacceptable"
    """No release is acceptable."""
    FAILED = "failed"
    """The download or the import failed, and is retried."""
    GIVEN_UP = "given_up"
    """The last retry failed."""
    CANCELLED = "cancelled"
    DOWNLOADING = "downloading"
    IMPORTING = "importing"
    UPCOMING = "upcoming"
    IGNORED = "ignored"
    WAS_OWNED = "was_owned"
    """The library contained it and it is gone. A person has to decide whether it is wanted again."""


class Absence(Model):
    """Why a missing book is not in the library yet, and when it was and will be tried."""

    reason: AbsenceReason
    words: str | None = Field(None, max_length=1_000, description="the reason in detail; null: there is no more to say")
    download_id: DownloadId | None = Field(None, description="the download for the book")
    release_title: str | None = Field(None, description="the release that is kept, downloaded or imported")
    last_search: str | None = Field(
        None, description="what the last search found", examples=["3 releases found (1 doubtful, 2 rejected)"]
    )
    last_searched_at: Moment | None = None
    translatable: Translatables = {}
    next_try_at: Moment | None = Field(None, description="null: with the next search for wanted books, or never")
