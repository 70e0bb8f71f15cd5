"""The transitions of a download from its complete files to the book in the library."""

from datetime import datetime
from uuid import UUID

from shared.contracts.downloads.downloads import ConversionKind, DownloadStatus
from shared.translatable import translatable

from downloader.domain.download_state import DownloadState
from downloader.domain.placement import Placement
from downloader.domain.stored_conversion import FAILURE_WORDS, WORDS, StoredConversion


class ImportTransitions(DownloadState):
    """Importing, waiting for a person, placed in the library folder, and shown by the library."""

    __slots__ = ()

    def import_began(self, now: datetime) -> None:
        """Mark it as importing."""
        self.status = DownloadStatus.IMPORTING
        self.last_attempt_at = now
        self.next_retry_at = None
        self.conversion = None

    def conversion_began(self, conversion: StoredConversion) -> None:
        """Its files are verified; they are merged or tagged before they are placed."""
        self.conversion = conversion
        what = WORDS[conversion.kind]
        self.note("converting", translatable("download.converting", f"verified; {what} in the background", what=what))

    def conversion_failed(self, kind: ConversionKind, problem: str) -> None:
        """Its files cannot be merged, or copies of them cannot be tagged."""
        if self.conversion is not None:
            self.conversion = self.conversion.model_copy(update={"problem": problem})
        what = FAILURE_WORDS[kind]
        self.note("not_converted", translatable("download.not_converted", f"{what}: {problem}", what=what, why=problem))

    def import_waits_for(self, words: str) -> None:
        """A person has to decide about its import. Nothing is tried until then."""
        self.started_waiting = self.waiting_for != words
        self.status = DownloadStatus.COMPLETED
        self.waiting_for = words
        self._clear_error()
        self.note("waits", translatable("download.waiting_for", f"waiting for {words}", what=words))

    def import_decided(self, words: str) -> None:
        """A person decided about its import, which continues."""
        self.waiting_for = None
        self.note("decided", words)

    def placed(self, library_path: str, placement: Placement) -> None:
        """Its files are in the library folder, at this path."""
        self.library_path = library_path
        if self.conversion is not None and self.conversion.problem is None:
            self.conversion = self.conversion.model_copy(update={"progress": 1.0})
        self._clear_error()
        how = placement.words
        words = f"verified, and placed in the library folder at {library_path}: {how}"
        words = translatable("download.placed", words, path=library_path, how=how)
        self.note("imported", words, **placement.counts)

    def imported(self, book_id: UUID) -> None:
        """The library shows it as this book."""
        self.status = DownloadStatus.IMPORTED
        self.book_id = book_id
        self.awaits_move = self.replaces is not None
        self.transit_failures = self.offer_failures = 0
        self._clear_error()
        self.note("confirmed", translatable("download.confirmed", "the library shows the book"), book_id=str(book_id))
