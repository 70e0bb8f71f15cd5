"""What people are told: one thing that happened, with the key by which it is told once."""

from datetime import datetime
from hashlib import sha256
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict
from shared.contracts.downloads.downloads import WaitsFor
from shared.contracts.downloads.events import DownloadFailed, DownloadImported, DownloadWaits
from shared.contracts.gateway.notifications import NewsKind
from shared.contracts.library.imports import ImportUnconfirmed
from shared.contracts.library.missing_books import OwnedBookGone
from shared.contracts.values import Moment

UNKNOWN_BOOK = "a book"


IMMEDIATE = frozenset({NewsKind.ACCOUNT_LIMIT, NewsKind.SERVICE_DOWN})
"""Kinds that do not wait for others of their kind."""


def _on_a_line(text: str) -> str:
    """Without line breaks and control characters, which neither a list nor a database takes."""
    return "".join(char if char.isprintable() else " " for char in text).strip()


Line = Annotated[str, AfterValidator(_on_a_line)]


class Notification(BaseModel):
    """One thing to tell. `key` is the same whenever and wherever it is found out, and no other thing has it.

    `title` is the book's, or the name of the service, system or limit; `words` say why, and what to do. What is over
    has `until`.
    """

    model_config = ConfigDict(frozen=True)

    key: str
    kind: NewsKind
    at: Moment
    title: Line
    authors: list[Line] = []
    series: Line | None = None
    sequence: str | None = None
    words: Line = ""
    since: Moment | None = None
    until: Moment | None = None


def of_import(event: DownloadImported, at: datetime) -> Notification:
    """A book stands in the library: told once for each download."""
    return Notification(
        key=f"imported:{event.download_id}",
        kind=NewsKind.IMPORTED,
        at=at,
        title=event.title or UNKNOWN_BOOK,
        authors=event.authors,
        series=event.series,
        sequence=event.sequence,
    )


def of_failure(event: DownloadFailed, at: datetime, message_id: str) -> Notification | None:
    """A download failed; news only when it is not tried again by itself. Brought back by a person it may fail anew."""
    if event.next_retry_at is not None:
        return None
    return Notification(
        key=f"failed:{event.download_id}:{message_id}",
        kind=NewsKind.FAILED,
        at=at,
        title=event.title or UNKNOWN_BOOK,
        authors=event.authors,
        words=event.reason,
    )


def of_waiting(event: DownloadWaits, at: datetime) -> Notification | None:
    """A download waits for a person; the account's limit is news of its own. Told once for what it waits for.

    Another release to decide on is another thing; the disk is always the same, whatever is free on it.
    """
    if event.waits_for is WaitsFor.ACCOUNT:
        return None
    what = "" if event.waits_for is WaitsFor.DISK else sha256(event.words.encode()).hexdigest()[:16]
    return Notification(
        key=f"waits:{event.download_id}:{event.waits_for}:{what}",
        kind=NewsKind.NEEDS_PERSON,
        at=at,
        title=event.title,
        authors=event.authors,
        words=f"waits for {event.words}" if event.waits_for is not WaitsFor.DISK else event.words,
    )


def of_gone_book(event: OwnedBookGone, at: datetime) -> Notification:
    """A book that was owned is gone: one question for each, however often it is found out."""
    book = event.missing_book
    return Notification(
        key=f"was_owned:{book.id}",
        kind=NewsKind.NEEDS_PERSON,
        at=at,
        title=book.title,
        authors=book.authors,
        series=book.series,
        sequence=book.sequence,
        words="was owned and is gone. It is not searched. If you want it again, set the missing book to 'identified', "
        "else to 'ignored'",
    )


def of_unconfirmed_import(event: ImportUnconfirmed, at: datetime) -> Notification:
    """A book was placed and does not show up."""
    return Notification(
        key=f"unconfirmed:{event.download_id}",
        kind=NewsKind.NEEDS_PERSON,
        at=at,
        title="An imported book",
        words=event.why,
    )
