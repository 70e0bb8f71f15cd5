"""What other services must know about the changes of downloads; sent with the commit.

mam-search must know about grabs, and the library about the reason why a book is not there yet. The reports follow from
the states of a download before and after a change, so that no transition can forget one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from shared.contracts.downloads.events import AbsenceChanged
from shared.contracts.library.absences import Absence, AbsenceReason
from shared.contracts.message import Command, Event

from downloader.domain.absence import absence_of
from downloader.domain.account_grab import AccountGrab, account_grab, reports
from downloader.domain.download import Download


@dataclass(frozen=True, slots=True)
class _Before:
    """A download before a change. `absence` is None if it has no missing book."""

    grab: AccountGrab | None = None
    missing_book_id: UUID | None = None
    absence: Absence | None = None


class ChangeReports:
    """The reports of one transaction."""

    def __init__(self, send: Callable[[Command], None], announce: Callable[[Event], None]) -> None:
        self._send = send
        self._announce = announce
        self._before: dict[UUID, _Before] = {}

    def loaded(self, download: Download) -> None:
        """Remember the state of a download that may be changed."""
        self._before[download.id] = _state_of(download)

    def saved(self, download: Download, at: datetime) -> None:
        """Report what changed. `at` is the database's time while the row is locked."""
        before, after = self._before.get(download.id, _Before()), _state_of(download)
        self._report_grab(before.grab, after.grab)
        if after.missing_book_id is not None and after.absence != before.absence:
            self._announce_absence(after.missing_book_id, download.id, at, after.absence)
        self._before[download.id] = after

    def removed(self, download_id: UUID, at: datetime) -> None:
        """Report that a download was deleted."""
        before = self._before.pop(download_id, _Before())
        self._report_grab(before.grab, None)
        if before.missing_book_id is not None:
            self._announce_absence(before.missing_book_id, download_id, at, None)

    def queued(self, download_id: UUID, missing_book_id: UUID, at: datetime) -> None:
        """Announce that a new download is queued for a search."""
        absence = Absence(reason=AbsenceReason.SEARCHING, download_id=download_id)
        self._announce_absence(missing_book_id, download_id, at, absence)

    def announce_again(self, download: Download, at: datetime) -> None:
        """Announce the reason again, although it did not change."""
        if download.missing_book_id is not None:
            self._announce_absence(download.missing_book_id, download.id, at, absence_of(download))

    def _report_grab(self, before: AccountGrab | None, after: AccountGrab | None) -> None:
        for report in reports(before, after, datetime.now(UTC)):
            self._send(report)

    def _announce_absence(
        self, missing_book_id: UUID, download_id: UUID, at: datetime, absence: Absence | None
    ) -> None:
        self._announce(AbsenceChanged(missing_book_id=missing_book_id, download_id=download_id, at=at, absence=absence))


def _state_of(download: Download) -> _Before:
    absence = None if download.missing_book_id is None else absence_of(download)
    return _Before(account_grab(download), download.missing_book_id, absence)
