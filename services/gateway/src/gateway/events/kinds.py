"""The events that the API shows, by kind. Of events with a whole book, only its id and title are shown.

This is an explicit list, so that a new event is not published by accident.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, Field, ValidationError
from shared.chassis.startup_failure import StartupFailure, subject_of
from shared.contracts import health, runs
from shared.contracts.downloads.events import (
    DownloadCancelled,
    DownloadCompleted,
    DownloadFailed,
    DownloadImported,
    DownloadProgressed,
    DownloadWaits,
    DownloadWanted,
    ImportProposed,
    ReleaseGrabbed,
)
from shared.contracts.downloads.seeding import SeedingInterrupted
from shared.contracts.library.books import BookAppeared, BookChanged, BookVanished
from shared.contracts.library.imports import ImportConfirmed, ImportUnconfirmed
from shared.contracts.library.metadata_writes import MetadataWritten
from shared.contracts.library.missing_books import (
    MissingBookChanged,
    MissingBookClosed,
    MissingBookIdentified,
    OwnedBookGone,
)
from shared.contracts.message import Event
from shared.contracts.metadata.import_lists import ImportListNeedsPerson
from shared.contracts.metadata.matches import MatchDecided
from shared.contracts.metadata.refreshes import BookRefreshed
from shared.contracts.values import Moment

PROBLEMS_SHOWN = 20
REFUSED = subject_of("")


class EventKind(StrEnum):
    """What an event is about."""

    RUN = "run"
    DOWNLOAD = "download"
    IMPORT = "import"
    MISSING_BOOK = "missing_book"
    BOOK = "book"
    CORRECTION = "correction"
    IMPORT_LIST = "import_list"
    HEALTH = "health"
    TRANSFER = "transfer"
    """The speeds of all downloads. It is not stored, has no id and is not sent again."""


class ShownEvent(BaseModel):
    """One event of the API. The id is its position among all events. Events are kept for at most 14 days."""

    id: int = Field(description="increases from event to event, with gaps")
    kind: EventKind
    name: str = Field(description="what happened", examples=["download_imported"])
    at: Moment
    data: dict[str, Any] = Field(description="ids and words, as the REST API shows them")


@dataclass(frozen=True)
class _Shape:
    kind: EventKind
    message: type[Event]
    shown: Callable[[Any], dict[str, Any]]


def _all(message: Event) -> dict[str, Any]:
    return message.model_dump(mode="json")


def _finished(run: runs.RunFinished) -> dict[str, Any]:
    shown = run.model_dump(mode="json", include={"run_id", "outcome", "tally"})
    return shown | {"problems": run.problems[:PROBLEMS_SHOWN]}


def _book(event: Any) -> dict[str, Any]:
    shown: dict[str, Any] = {"book_id": str(event.book.id), "title": event.book.title}
    return shown | ({"fields": event.fields} if isinstance(event, BookChanged) else {})


def _missing(event: MissingBookIdentified | OwnedBookGone) -> dict[str, Any]:
    return {"missing_book_id": str(event.missing_book.id), "title": event.missing_book.title}


_SHAPES = {
    shape.message.subject: shape
    for shape in (
        _Shape(EventKind.RUN, runs.RunStarted, _all),
        _Shape(EventKind.RUN, runs.RunProgressed, _all),
        _Shape(EventKind.RUN, runs.RunFinished, _finished),
        _Shape(EventKind.RUN, runs.RunCancelled, _all),
        _Shape(EventKind.DOWNLOAD, DownloadWanted, _all),
        _Shape(EventKind.DOWNLOAD, ReleaseGrabbed, _all),
        _Shape(EventKind.DOWNLOAD, DownloadProgressed, _all),
        _Shape(EventKind.DOWNLOAD, DownloadCompleted, _all),
        _Shape(EventKind.DOWNLOAD, DownloadFailed, _all),
        _Shape(EventKind.DOWNLOAD, DownloadCancelled, _all),
        _Shape(EventKind.DOWNLOAD, DownloadWaits, _all),
        _Shape(EventKind.DOWNLOAD, SeedingInterrupted, _all),
        _Shape(EventKind.IMPORT, ImportProposed, _all),
        _Shape(EventKind.IMPORT, DownloadImported, _all),
        _Shape(EventKind.IMPORT, ImportConfirmed, _all),
        _Shape(EventKind.IMPORT, ImportUnconfirmed, _all),
        _Shape(EventKind.MISSING_BOOK, MissingBookIdentified, _missing),
        _Shape(EventKind.MISSING_BOOK, OwnedBookGone, _missing),
        _Shape(EventKind.MISSING_BOOK, MissingBookChanged, _all),
        _Shape(EventKind.MISSING_BOOK, MissingBookClosed, _all),
        _Shape(EventKind.BOOK, BookAppeared, _book),
        _Shape(EventKind.BOOK, BookChanged, _book),
        _Shape(EventKind.BOOK, BookVanished, _all),
        _Shape(EventKind.CORRECTION, MetadataWritten, _all),
        _Shape(EventKind.CORRECTION, BookRefreshed, _all),
        _Shape(EventKind.BOOK, MatchDecided, _all),
        _Shape(EventKind.IMPORT_LIST, ImportListNeedsPerson, _all),
        _Shape(EventKind.HEALTH, health.WentDown, _all),
        _Shape(EventKind.HEALTH, health.CameBack, _all),
    )
}


def shown(sequence: int, subject: str, body: bytes, at: datetime) -> ShownEvent | None:
    """Return the event as the API shows it, or None if it is internal or invalid."""
    try:
        if subject.startswith(REFUSED):
            words = StartupFailure.model_validate_json(body)
            data = {"service": words.service, "lines": words.lines}
            return ShownEvent(id=sequence, kind=EventKind.HEALTH, name="service_refused_to_start", at=at, data=data)
        shape = _SHAPES.get(subject)
        if shape is None:
            return None
        content = shape.shown(shape.message.model_validate_json(body))
    except (ValidationError, json.JSONDecodeError):
        return None
    return ShownEvent(id=sequence, kind=shape.kind, name=subject.rpartition(".")[2], at=at, data=content)
