"""Small checked values that cross the borders between services."""

import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated
from unicodedata import category
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

BookId = Annotated[UUID, Field(description="id of a book in the library")]
MissingBookId = Annotated[UUID, Field(description="id of a missing book")]
SeriesId = Annotated[UUID, Field(description="id of a series")]
AuthorId = Annotated[UUID, Field(description="id of an author")]
DownloadId = Annotated[UUID, Field(description="id of a download")]
RunId = Annotated[UUID, Field(description="id of one execution of a task")]


_NUMBER = re.compile(r"\s*[-+]?[\d_]*\.?\d*([eE][-+]?\d+)?\s*")


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:  # the first and the last day of the calendar, in another zone
        raise ValueError("a point in time outside the years 1 to 9999, in UTC") from error


def _no_number(given: object) -> object:
    """Pydantic would take a number for seconds or milliseconds since 1970, by its size."""
    number = isinstance(given, (int, float)) or (isinstance(given, str) and _NUMBER.fullmatch(given))
    if number:
        raise ValueError("a number is no point in time; write 2026-01-31T12:00:00Z")
    return given


Moment = Annotated[datetime, BeforeValidator(_no_number), AfterValidator(_utc)]
"""A point in time; always UTC. Read from a text such as 2026-01-31T12:00:00Z."""

Sequence = Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)?(-\d+(\.\d+)?)?$", max_length=20)]
"""A place in a series, as text: "1", "2.5", "0", or a range "1-3"."""


def _without_control_characters(text: str) -> str:
    unfit = next((char for char in text if category(char) in ("Cc", "Cs") and char not in "\n\t"), None)
    if unfit is not None:
        raise ValueError(f"must not contain control characters or lone surrogates; found U+{ord(unfit):04X}")
    return text


Words = Annotated[str, StringConstraints(min_length=1, max_length=500), AfterValidator(_without_control_characters)]
"""A text that somebody typed: 1 to 500 characters, no NUL or other control character but newline and tab."""

LongWords = Annotated[
    str, StringConstraints(min_length=1, max_length=20_000), AfterValidator(_without_control_characters)
]
"""A longer text that somebody typed, such as a description."""

InfoHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{40}$")]


class SeriesPlace(BaseModel):
    """A series and the place in it."""

    model_config = ConfigDict(frozen=True)

    name: str
    sequence: str | None = None


class Reason(BaseModel):
    """Why something was decided: `rule` names the rule, `words` gives got and want, `weight` its pull."""

    model_config = ConfigDict(frozen=True)

    rule: str
    words: str
    weight: float = 0.0


class MissingReason(StrEnum):
    """Why a book counts as missing."""

    SERIES_GAP = "series_gap"
    AUTHOR_GAP = "author_gap"
    TOP10 = "top10"
    MANUAL = "manual"


class MissingStatus(StrEnum):
    IDENTIFIED = "identified"
    QUEUED = "queued"
    DOWNLOADING = "downloading"
    COMPLETED = "completed"
    FAILED = "failed"
    IGNORED = "ignored"
    WAS_OWNED = "was_owned"
    """It was owned and is gone: a person decides whether it is wanted again. Until then it is not searched."""


class Indexer(StrEnum):
    """Where releases are on offer."""

    MAM = "MAM"
    PROWLARR = "PROWLARR"
    MANUAL = "MANUAL"
    """Given by a person as a magnet link, offered by nobody."""


class Confidence(StrEnum):
    """How sure we are that a provider speaks of this book."""

    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"
    UNMATCHED = "UNMATCHED"
