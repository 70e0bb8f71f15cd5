"""Small validated values that several contracts use."""

import re
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Self
from unicodedata import category
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, Strict, StringConstraints

from shared.contracts.model import Model
from shared.contracts.translatable import Translatables, translatables

BookId = Annotated[UUID, Field(description="id of a book in the library")]
MissingBookId = Annotated[UUID, Field(description="id of a missing book")]
SeriesId = Annotated[UUID, Field(description="id of a series")]
AuthorId = Annotated[UUID, Field(description="id of an author")]
DownloadId = Annotated[UUID, Field(description="id of a download")]
RunId = Annotated[UUID, Field(description="id of one execution of a task")]


Flag = Annotated[bool, Strict()]
"""True or false in a request. A text or a number is refused, because the description of the API promises a boolean."""
Whole = Annotated[int, Strict()]
"""A whole number in a request. A text, a boolean or a fraction is refused."""
Number = Annotated[float, Strict()]
"""A number in a request. A text or a boolean is refused."""

_NUMBER = re.compile(r"\s*[-+]?[\d_]*\.?\d*([eE][-+]?\d+)?\s*")


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:  # on the first and last day of the calendar, in another time zone
        raise ValueError("a point in time outside the years 1 to 9999, in UTC") from error


def _is_number(value: object) -> bool:
    """Whether Pydantic would read a value as seconds or milliseconds since 1970, depending on its size."""
    return isinstance(value, (int, float)) or (isinstance(value, str) and bool(_NUMBER.fullmatch(value)))


def _refuse_number(value: object) -> object:
    if _is_number(value):
        raise ValueError("a number is not a point in time; write 2026-01-31T12:00:00Z")
    return value


def _refuse_number_as_day(value: object) -> object:
    if _is_number(value):
        raise ValueError("a number is not a day; write 2026-01-31")
    return value


Moment = Annotated[datetime, BeforeValidator(_refuse_number), AfterValidator(_utc)]
"""A point in time, always in UTC. Parsed from a text such as 2026-01-31T12:00:00Z."""
NO_NUMBER = BeforeValidator(_refuse_number_as_day)
"""Refuses a number instead of a day."""
Day = Annotated[date, NO_NUMBER]
"""A day in a request. Parsed from a text such as 2026-01-31."""

Sequence = Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)?(-\d+(\.\d+)?)?$", max_length=20)]
"""The position in a series, as text: "1", "2.5", "0", or a range "1-3"."""


def _without_control_characters(text: str) -> str:
    forbidden = next((char for char in text if category(char) in ("Cc", "Cs") and char not in "\n\t"), None)
    if forbidden is not None:
        raise ValueError(f"must not contain control characters or lone surrogates; found U+{ord(forbidden):04X}")
    return text


Words = Annotated[str, StringConstraints(min_length=1, max_length=500), AfterValidator(_without_control_characters)]
"""A text that a person entered: 1 to 500 characters, without control characters except newline and tab."""

PossiblyEmpty = Annotated[str, StringConstraints(max_length=500), AfterValidator(_without_control_characters)]
"""As `Words`, but it may be empty."""

LongWords = Annotated[
    str, StringConstraints(min_length=1, max_length=20_000), AfterValidator(_without_control_characters)
]
"""A longer text that a person entered, such as a description."""

InfoHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{40}$")]


class SeriesPlace(Model):
    """A series and the sequence in it."""

    model_config = ConfigDict(frozen=True)

    name: str
    sequence: str | None = None


class Reason(Model):
    """One reason for a decision: the rule, what was found and expected in words, and the weight in the score."""

    model_config = ConfigDict(frozen=True)

    rule: str
    words: str
    weight: float = 0.0
    translatable: Translatables = {}

    @classmethod
    def of(cls, rule: str, words: str, weight: float = 0.0) -> Self:
        """The reason with the code and figures of its words, if they have them."""
        return cls(rule=rule, words=words, weight=weight, translatable=translatables(words=words))


class MissingReason(StrEnum):
    """Why a book counts as missing."""

    SERIES_GAP = "series_gap"
    AUTHOR_GAP = "author_gap"
    TOP10 = "top10"
    LIST = "list"
    """A person's own list names it: an import list."""
    MANUAL = "manual"


class MissingStatus(StrEnum):
    """The state of a missing book."""

    IDENTIFIED = "identified"
    QUEUED = "queued"
    DOWNLOADING = "downloading"
    COMPLETED = "completed"
    FAILED = "failed"
    IGNORED = "ignored"
    UPCOMING = "upcoming"
    """It is announced. It becomes identified on its release date and is not searched before."""
    WAS_OWNED = "was_owned"
    """The library contained it and it is gone. It is not searched until a person decides that it is wanted again."""


class Indexer(StrEnum):
    """A source of releases."""

    MAM = "MAM"
    PROWLARR = "PROWLARR"
    MANUAL = "MANUAL"
    """A torrent that a person gave."""


class Confidence(StrEnum):
    """How certain it is that a provider's entry describes this book."""

    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"
    UNMATCHED = "UNMATCHED"


class MatchDecision(StrEnum):
    """What a person decided about the identity of a book."""

    CHOSEN = "chosen"
    """It is one entry of a provider."""
    PINNED = "pinned"
    """It is the edition with an ASIN or ISBN."""
    UNMATCHED = "unmatched"
    """No entry is the book, so nothing from providers is written to it."""
