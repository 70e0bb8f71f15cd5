"""A notification: one thing that happened, with a key that makes it unique."""

from datetime import datetime
from hashlib import sha256
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict
from shared.contracts.downloads.downloads import WaitsFor
from shared.contracts.downloads.events import DownloadFailed, DownloadImported, DownloadWaits, ImportProposed
from shared.contracts.downloads.seeding import SeedingInterrupted
from shared.contracts.gateway.notifications import NewsKind
from shared.contracts.library.imports import ImportUnconfirmed
from shared.contracts.library.missing_books import OwnedBookGone
from shared.contracts.metadata.import_lists import ImportListNeedsPerson
from shared.contracts.values import Moment

UNKNOWN_BOOK = "a book"


def _on_a_line(text: str) -> str:
    """Replace line breaks and control characters, which neither a list nor the database accepts."""
    return "".join(char if char.isprintable() else " " for char in text).strip()


Line = Annotated[str, AfterValidator(_on_a_line)]


class Notification(BaseModel):
    """One thing that happened. `key` identifies it, whichever replica detects it and however often.

    `title` is the title of the book or the name of the service, system or limit. `words` say why, and what to do.
    `until` is set when it is over.
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


def of_import(event: DownloadImported, at: datetime, _message_id: str) -> Notification:
    """Return the notification of an import. There is one for each download."""
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
    """Return the notification of a failure, or None if the download is retried.

    A download that a person retries may fail again, which is a new notification.
    """
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


def of_waiting(event: DownloadWaits, at: datetime, _message_id: str) -> Notification | None:
    """Return the notification of a download that waits for a person, or None if it waits for the account.

    There is one for each cause: another release to approve is another cause, while a full disk is always the same.
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


def of_proposal(event: ImportProposed, at: datetime, _message_id: str) -> Notification:
    """Return the question which book new files in a watched folder are. There is one for each question."""
    return Notification(
        key=f"proposal:{event.question_id}",
        kind=NewsKind.NEEDS_PERSON,
        at=at,
        title=event.title,
        authors=event.authors,
        words=f"in a watched folder waits for {event.words}",
    )


def of_vanished_owned_book(event: OwnedBookGone, at: datetime, _message_id: str) -> Notification:
    """Return the question whether a book that is gone is wanted again. There is one for each missing book."""
    book = event.missing_book
    return Notification(
        key=f"was_owned:{book.id}",
        kind=NewsKind.NEEDS_PERSON,
        at=at,
        title=book.title,
        authors=book.authors,
        series=book.series,
        sequence=book.sequence,
        words="is gone from the library and is not searched. If you want it again, set the missing book to "
        "'identified', otherwise to 'ignored'",
    )


def of_doubtful_entries(event: ImportListNeedsPerson, at: datetime, message_id: str) -> Notification:
    """Return the notification of books of an import list that a person has to recognize. There is one for each run."""
    books = "1 book is" if event.entries == 1 else f"{event.entries} books are"
    return Notification(
        key=f"import_list:{event.list_id}:{message_id}",
        kind=NewsKind.NEEDS_PERSON,
        at=at,
        title=f"Import list “{event.list_name}”",
        words=f"{books} new and doubtful. Choose the right one, or ignore it: "
        f"GET /api/import-lists/{event.list_id}/entries?state=doubtful",
    )


def of_interrupted_seeding(event: SeedingInterrupted, at: datetime, message_id: str) -> Notification:
    """Return the notification of a torrent that stopped seeding too soon. There is one for each interruption."""
    return Notification(
        key=f"seeding:{event.info_hash}:{message_id}",
        kind=NewsKind.HIT_AND_RUN,
        at=at,
        title=event.title,
        words=event.words,
    )


def of_unconfirmed_import(event: ImportUnconfirmed, at: datetime, _message_id: str) -> Notification:
    """Return the notification of an import that Audiobookshelf does not show."""
    return Notification(
        key=f"unconfirmed:{event.download_id}",
        kind=NewsKind.NEEDS_PERSON,
        at=at,
        title="An imported book",
        words=event.why,
    )
