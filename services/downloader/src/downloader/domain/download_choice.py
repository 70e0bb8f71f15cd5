"""The transitions of a download from the search to the chosen release."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from shared.contracts.downloads.downloads import DownloadSource, DownloadStatus
from shared.contracts.mam.releases import Release
from shared.translatable import translatable

from downloader.domain.download_state import DownloadState
from downloader.domain.retry import deferred_until
from downloader.domain.waiting import NEEDS_PERSON, kind_of_waiting


class ChoiceTransitions(DownloadState):
    """Searching, choosing a release, and waiting before one is chosen."""

    __slots__ = ()

    def asked_for(self) -> None:
        """A person asks for the book. From now on, a search grabs an acceptable release without another approval."""
        self.wanted_by_person = True
        words = "a person asked for the book, so a release needs no other approval"
        self.note("asked_for", translatable("download.asked_for", words))

    def search_began(self, now: datetime) -> None:
        """Mark it as searching and drop an earlier choice."""
        self._clear_choice()
        self.status = DownloadStatus.SEARCHING
        self.last_attempt_at = now
        self.next_retry_at = None

    def searched(self, now: datetime) -> None:
        """Store that every indexer answered a search."""
        self.searched_at = now
        self.put_off_times = 0

    def chose(self, choice_id: UUID, release: Release, *, by_person: bool, now: datetime, why: str = "") -> None:
        """Store the chosen release, which is then added to the client. `why` says how it matches the book."""
        self._clear_choice()
        self.status = DownloadStatus.SEARCHING
        self.choice_id = choice_id
        self.release = release
        self.source = DownloadSource(release.indexer)
        self.by_person = by_person
        self.chosen_at = now
        self.size_bytes = release.size_bytes
        self.waiting_for = None
        self.delayed_until = self.delayed_release = None
        self._clear_error()
        self.note("chosen", _chosen(release, why, by_person=by_person), release_id=release.id)

    def joins_pack(self, lead_id: UUID, info_hash: str, files: Sequence[str], size_bytes: int) -> None:
        """Use these files of the chosen release's torrent, which the download `lead_id` adds to the client."""
        self.pack_lead_id, self.pack_files = lead_id, tuple(files)
        self.info_hash, self.size_bytes = info_hash, size_bytes
        words = f"uses {len(files)} files of a torrent with several books"
        self.note("pack", translatable("download.pack", words, files=len(files)), info_hash=info_hash)

    def waits_for(self, words: str) -> None:
        """Wait for a person, the account or the disk. The next search checks again."""
        self._clear_choice()
        self.status = DownloadStatus.QUEUED
        self._waits(words)

    def choice_waits_for(self, words: str, now: datetime) -> None:
        """Wait for the account or the disk. A release that a person chose stays chosen, and is tried again later."""
        if not self.by_person:
            self.waits_for(words)
            return
        self._waits(words)
        self.next_retry_at = deferred_until(self.put_off_times, now, timedelta())
        self.put_off_times += 1

    def _waits(self, words: str) -> None:
        before = self.waiting_for
        self.started_waiting = before is None or kind_of_waiting(before) is not kind_of_waiting(words)
        self.waiting_for = words
        self._clear_error()
        waiting = translatable("download.waiting_for", f"waiting for {words}", what=words)
        self.note("waits", waiting if kind_of_waiting(words) in NEEDS_PERSON else words)

    def took_files(self, choice_id: UUID, release: Release, path: str, now: datetime) -> None:
        """A person imports files that are no torrent of ours: they are complete, at this path of this service."""
        self.chose(choice_id, release, by_person=True, now=now)
        self.status = DownloadStatus.COMPLETED
        self.progress = 1.0
        self.content_path = path
        self.completed_at = now
        self.transit_failures = 0
        self.note("files", translatable("download.files", f"a person imports the files at {path}", path=path))


def _chosen(release: Release, why: str, *, by_person: bool) -> str:
    title, indexer = release.title, release.indexer_name
    because = f": {why}" if why else ""
    if by_person:
        words = f"“{title}” from {indexer} was chosen by a person{because}"
        return translatable("download.chosen_by_person", words, title=title, indexer=indexer, why=why)
    words = f"“{title}” from {indexer} was chosen by the rules{because}"
    return translatable("download.chosen_by_rules", words, title=title, indexer=indexer, why=why)
