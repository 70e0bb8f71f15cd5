"""Downloads from the search to the import, with their decisions; and the blocklist.

`make messages` generates this file from the description of the API. Do not edit it.
"""

from collections.abc import Sequence
from uuid import UUID

from gapless_client import models
from gapless_client.async_connection import AsyncConnection
from gapless_client.calls import segment
from gapless_client.connection import Connection
from gapless_client.shapes import Page


class Downloads:
    """Downloads from the search to the import, with their decisions; and the blocklist."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def block_release(
        self, body: models.BlockRelease | models.BlockCandidate, *, idempotency_key: str | None = None
    ) -> models.BlockedRelease:
        """Block a candidate of a download, or a release of a search, without grabbing it. It is never grabbed.

        Downloads that would grab it, or wait for a decision about it, are searched again.
        """
        return self._connection.send(
            "POST", "/api/blocklist", models.BlockedRelease, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def cancel(self, download_id: UUID, *, idempotency_key: str | None = None) -> models.Download:
        """Cancel a download. Its torrent stays until its seeding duty is met."""
        return self._connection.send(
            "POST",
            f"/api/downloads/{segment(download_id)}/cancel",
            models.Download,
            headers={"Idempotency-Key": idempotency_key},
        )

    def cancel_downloads(
        self, body: models.DownloadSelection, *, idempotency_key: str | None = None
    ) -> models.BulkResult:
        """Cancel the downloads with these ids, or all that a list contains. `retry` starts them again with a search."""
        return self._connection.send(
            "POST", "/api/downloads/cancel", models.BulkResult, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def create(self, body: models.CreateDownload, *, idempotency_key: str | None = None) -> models.Download:
        """Download a missing book, a release that a search found, or a torrent: a magnet link, a file or its address.

        A missing book is searched now, also if its download failed or waits for approval. An acceptable release is
        then grabbed without another approval; doubtful ones wait for a person.

        A given torrent is judged like every release. If a rule rejects it, the answer says what was found and what is
        wanted, and `override` takes it all the same.
        """
        return self._connection.send(
            "POST", "/api/downloads", models.Download, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def create_of_torrent(
        self,
        content: bytes,
        *,
        missing_book_id: UUID | None = None,
        title: str | None = None,
        authors: Sequence[str] | None = None,
        series: str | None = None,
        sequence: str | None = None,
        override: bool | None = None,
        idempotency_key: str | None = None,
    ) -> models.Download:
        """Download what a torrent file contains, as a missing book or a named one. The body is the file, without a form.

        - `missing_book_id`: a missing book; or give a title
        - `override`: take it although a rule rejects it
        """
        return self._connection.send(
            "POST",
            "/api/downloads/torrent",
            models.Download,
            query={
                "missing_book_id": missing_book_id,
                "title": title,
                "authors": authors,
                "series": series,
                "sequence": sequence,
                "override": override,
            },
            body=content,
            headers={"Idempotency-Key": idempotency_key},
        )

    def delete(self, download_id: UUID) -> None:
        """Delete the record of a download that has ended. The permanent list of failures is kept."""
        self._connection.send("DELETE", f"/api/downloads/{segment(download_id)}", type(None))

    def delete_downloads(
        self, body: models.DownloadSelection, *, idempotency_key: str | None = None
    ) -> models.BulkResult:
        """Delete the records of ended downloads. Their failures and the blocklist are kept."""
        return self._connection.send(
            "POST", "/api/downloads/delete", models.BulkResult, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def get(self, download_id: UUID) -> models.Download:
        """One download, with its status and its release."""
        return self._connection.send("GET", f"/api/downloads/{segment(download_id)}", models.Download)

    def get_progress(self, download_id: UUID) -> models.DownloadProgress:
        """The current progress in the download client."""
        return self._connection.send("GET", f"/api/downloads/{segment(download_id)}/progress", models.DownloadProgress)

    def hide_failed_attempts(self, download_id: UUID) -> None:
        """Hide past failures from the download. The permanent list of failures is kept."""
        self._connection.send("DELETE", f"/api/downloads/{segment(download_id)}/failed-attempts", type(None))

    def list(
        self,
        *,
        status: Sequence[models.DownloadStatus] | None = None,
        missing_book_id: Sequence[UUID] | None = None,
        source: Sequence[models.DownloadSource] | None = None,
        error_type: Sequence[models.ErrorType] | None = None,
        waiting: bool | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
    ) -> Page[models.Download]:
        """Downloads, newest first by default.

        - `status`: items with one of these; empty: with any
        - `missing_book_id`: downloads of these missing books, such as those of one page; empty: of any book or none
        - `source`: items with one of these; empty: with any
        - `error_type`: items with one of these; empty: with any
        - `waiting`: true: only downloads that wait for a person, the account or disk space; false: only others
        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        """
        return self._connection.send(
            "GET",
            "/api/downloads",
            Page[models.Download],
            query={
                "status": status,
                "missing_book_id": missing_book_id,
                "source": source,
                "error_type": error_type,
                "waiting": waiting,
                "limit": limit,
                "offset": offset,
                "sort": sort,
            },
        )

    def list_blocklist(
        self,
        *,
        indexer: models.Indexer | None = None,
        query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> Page[models.BlockedRelease]:
        """The releases that are never grabbed again.

        - `query`: words in the title or the reason
        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return self._connection.send(
            "GET",
            "/api/blocklist",
            Page[models.BlockedRelease],
            query={"indexer": indexer, "query": query, "limit": limit, "offset": offset},
        )

    def list_candidates(
        self, download_id: UUID, *, limit: int | None = None, offset: int | None = None
    ) -> Page[models.Candidate]:
        """The decision: every release that was judged, with its score and the reasons.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return self._connection.send(
            "GET",
            f"/api/downloads/{segment(download_id)}/candidates",
            Page[models.Candidate],
            query={"limit": limit, "offset": offset},
        )

    def list_failed_attempts(
        self, download_id: UUID, *, limit: int | None = None, offset: int | None = None
    ) -> Page[models.FailedAttempt]:
        """Every failure of the download and of its book, including hidden ones.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return self._connection.send(
            "GET",
            f"/api/downloads/{segment(download_id)}/failed-attempts",
            Page[models.FailedAttempt],
            query={"limit": limit, "offset": offset},
        )

    def list_of_status(
        self,
        status: models.DownloadStatus,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
    ) -> Page[models.Download]:
        """The downloads that have one status.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        """
        return self._connection.send(
            "GET",
            f"/api/downloads/status/{segment(status)}",
            Page[models.Download],
            query={"limit": limit, "offset": offset, "sort": sort},
        )

    def list_seeding(
        self,
        *,
        state: models.SeedingState | None = None,
        safe_to_remove: bool | None = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> Page[models.SeedingTorrent]:
        """Each with its seeding time, the time that is still due, and whether it is safe to remove it from the client.

        Those that are not safe to remove come first. The task `seeding_check` updates the list.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return self._connection.send(
            "GET",
            "/api/seeding",
            Page[models.SeedingTorrent],
            query={"state": state, "safe_to_remove": safe_to_remove, "limit": limit, "offset": offset},
        )

    def list_transfers(self) -> models.Transfers:
        """The present progress, speed and time left of all running downloads. The event `transfer` has the same."""
        return self._connection.send("GET", "/api/downloads/transfers", models.Transfers)

    def retry(self, download_id: UUID, *, idempotency_key: str | None = None) -> models.Download:
        """Retry a download, starting with the search."""
        return self._connection.send(
            "POST",
            f"/api/downloads/{segment(download_id)}/retry",
            models.Download,
            headers={"Idempotency-Key": idempotency_key},
        )

    def retry_downloads(
        self, body: models.DownloadSelection, *, idempotency_key: str | None = None
    ) -> models.BulkResult:
        """Retry the downloads with these ids, or all that a list contains."""
        return self._connection.send(
            "POST", "/api/downloads/retry", models.BulkResult, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def search(
        self, *, query: str, limit: int | None = None, offset: int | None = None, sort: str | None = None
    ) -> Page[models.Download]:
        """Search downloads by words of the title, the author or the release.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        """
        return self._connection.send(
            "GET",
            "/api/downloads/search",
            Page[models.Download],
            query={"query": query, "limit": limit, "offset": offset, "sort": sort},
        )

    def sync(self, *, idempotency_key: str | None = None) -> models.Run:
        """Run the task `download_monitor` now: sync the downloads with the download client."""
        return self._connection.send(
            "POST", "/api/downloads/sync", models.Run, headers={"Idempotency-Key": idempotency_key}
        )

    def sync_qbittorrent(self, *, idempotency_key: str | None = None) -> models.Run:
        """Do the same as `POST /api/downloads/sync`, which replaces this path."""
        return self._connection.send(
            "POST", "/api/downloads/sync-qbittorrent", models.Run, headers={"Idempotency-Key": idempotency_key}
        )

    def timeline(self, download_id: UUID) -> models.TimelineReport:
        """The history of a download and of its book. One list from all services."""
        return self._connection.send("GET", f"/api/downloads/{segment(download_id)}/timeline", models.TimelineReport)

    def unblock_release(self, blocked_id: UUID) -> None:
        """Remove a release from the blocklist. It may be grabbed again."""
        self._connection.send("DELETE", f"/api/blocklist/{segment(blocked_id)}", type(None))

    def update(self, download_id: UUID, body: models.DownloadChanges) -> models.Download:
        """Change the priority, the number of retries, or the time of the next retry."""
        return self._connection.send("PUT", f"/api/downloads/{segment(download_id)}", models.Download, body=body)


class AsyncDownloads:
    """Downloads from the search to the import, with their decisions; and the blocklist."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def block_release(
        self, body: models.BlockRelease | models.BlockCandidate, *, idempotency_key: str | None = None
    ) -> models.BlockedRelease:
        """Block a candidate of a download, or a release of a search, without grabbing it. It is never grabbed.

        Downloads that would grab it, or wait for a decision about it, are searched again.
        """
        return await self._connection.send(
            "POST", "/api/blocklist", models.BlockedRelease, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    async def cancel(self, download_id: UUID, *, idempotency_key: str | None = None) -> models.Download:
        """Cancel a download. Its torrent stays until its seeding duty is met."""
        return await self._connection.send(
            "POST",
            f"/api/downloads/{segment(download_id)}/cancel",
            models.Download,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def cancel_downloads(
        self, body: models.DownloadSelection, *, idempotency_key: str | None = None
    ) -> models.BulkResult:
        """Cancel the downloads with these ids, or all that a list contains. `retry` starts them again with a search."""
        return await self._connection.send(
            "POST", "/api/downloads/cancel", models.BulkResult, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    async def create(self, body: models.CreateDownload, *, idempotency_key: str | None = None) -> models.Download:
        """Download a missing book, a release that a search found, or a torrent: a magnet link, a file or its address.

        A missing book is searched now, also if its download failed or waits for approval. An acceptable release is
        then grabbed without another approval; doubtful ones wait for a person.

        A given torrent is judged like every release. If a rule rejects it, the answer says what was found and what is
        wanted, and `override` takes it all the same.
        """
        return await self._connection.send(
            "POST", "/api/downloads", models.Download, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    async def create_of_torrent(
        self,
        content: bytes,
        *,
        missing_book_id: UUID | None = None,
        title: str | None = None,
        authors: Sequence[str] | None = None,
        series: str | None = None,
        sequence: str | None = None,
        override: bool | None = None,
        idempotency_key: str | None = None,
    ) -> models.Download:
        """Download what a torrent file contains, as a missing book or a named one. The body is the file, without a form.

        - `missing_book_id`: a missing book; or give a title
        - `override`: take it although a rule rejects it
        """
        return await self._connection.send(
            "POST",
            "/api/downloads/torrent",
            models.Download,
            query={
                "missing_book_id": missing_book_id,
                "title": title,
                "authors": authors,
                "series": series,
                "sequence": sequence,
                "override": override,
            },
            body=content,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def delete(self, download_id: UUID) -> None:
        """Delete the record of a download that has ended. The permanent list of failures is kept."""
        await self._connection.send("DELETE", f"/api/downloads/{segment(download_id)}", type(None))

    async def delete_downloads(
        self, body: models.DownloadSelection, *, idempotency_key: str | None = None
    ) -> models.BulkResult:
        """Delete the records of ended downloads. Their failures and the blocklist are kept."""
        return await self._connection.send(
            "POST", "/api/downloads/delete", models.BulkResult, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    async def get(self, download_id: UUID) -> models.Download:
        """One download, with its status and its release."""
        return await self._connection.send("GET", f"/api/downloads/{segment(download_id)}", models.Download)

    async def get_progress(self, download_id: UUID) -> models.DownloadProgress:
        """The current progress in the download client."""
        return await self._connection.send(
            "GET", f"/api/downloads/{segment(download_id)}/progress", models.DownloadProgress
        )

    async def hide_failed_attempts(self, download_id: UUID) -> None:
        """Hide past failures from the download. The permanent list of failures is kept."""
        await self._connection.send("DELETE", f"/api/downloads/{segment(download_id)}/failed-attempts", type(None))

    async def list(
        self,
        *,
        status: Sequence[models.DownloadStatus] | None = None,
        missing_book_id: Sequence[UUID] | None = None,
        source: Sequence[models.DownloadSource] | None = None,
        error_type: Sequence[models.ErrorType] | None = None,
        waiting: bool | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
    ) -> Page[models.Download]:
        """Downloads, newest first by default.

        - `status`: items with one of these; empty: with any
        - `missing_book_id`: downloads of these missing books, such as those of one page; empty: of any book or none
        - `source`: items with one of these; empty: with any
        - `error_type`: items with one of these; empty: with any
        - `waiting`: true: only downloads that wait for a person, the account or disk space; false: only others
        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        """
        return await self._connection.send(
            "GET",
            "/api/downloads",
            Page[models.Download],
            query={
                "status": status,
                "missing_book_id": missing_book_id,
                "source": source,
                "error_type": error_type,
                "waiting": waiting,
                "limit": limit,
                "offset": offset,
                "sort": sort,
            },
        )

    async def list_blocklist(
        self,
        *,
        indexer: models.Indexer | None = None,
        query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> Page[models.BlockedRelease]:
        """The releases that are never grabbed again.

        - `query`: words in the title or the reason
        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return await self._connection.send(
            "GET",
            "/api/blocklist",
            Page[models.BlockedRelease],
            query={"indexer": indexer, "query": query, "limit": limit, "offset": offset},
        )

    async def list_candidates(
        self, download_id: UUID, *, limit: int | None = None, offset: int | None = None
    ) -> Page[models.Candidate]:
        """The decision: every release that was judged, with its score and the reasons.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return await self._connection.send(
            "GET",
            f"/api/downloads/{segment(download_id)}/candidates",
            Page[models.Candidate],
            query={"limit": limit, "offset": offset},
        )

    async def list_failed_attempts(
        self, download_id: UUID, *, limit: int | None = None, offset: int | None = None
    ) -> Page[models.FailedAttempt]:
        """Every failure of the download and of its book, including hidden ones.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return await self._connection.send(
            "GET",
            f"/api/downloads/{segment(download_id)}/failed-attempts",
            Page[models.FailedAttempt],
            query={"limit": limit, "offset": offset},
        )

    async def list_of_status(
        self,
        status: models.DownloadStatus,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
    ) -> Page[models.Download]:
        """The downloads that have one status.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        """
        return await self._connection.send(
            "GET",
            f"/api/downloads/status/{segment(status)}",
            Page[models.Download],
            query={"limit": limit, "offset": offset, "sort": sort},
        )

    async def list_seeding(
        self,
        *,
        state: models.SeedingState | None = None,
        safe_to_remove: bool | None = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> Page[models.SeedingTorrent]:
        """Each with its seeding time, the time that is still due, and whether it is safe to remove it from the client.

        Those that are not safe to remove come first. The task `seeding_check` updates the list.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return await self._connection.send(
            "GET",
            "/api/seeding",
            Page[models.SeedingTorrent],
            query={"state": state, "safe_to_remove": safe_to_remove, "limit": limit, "offset": offset},
        )

    async def list_transfers(self) -> models.Transfers:
        """The present progress, speed and time left of all running downloads. The event `transfer` has the same."""
        return await self._connection.send("GET", "/api/downloads/transfers", models.Transfers)

    async def retry(self, download_id: UUID, *, idempotency_key: str | None = None) -> models.Download:
        """Retry a download, starting with the search."""
        return await self._connection.send(
            "POST",
            f"/api/downloads/{segment(download_id)}/retry",
            models.Download,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def retry_downloads(
        self, body: models.DownloadSelection, *, idempotency_key: str | None = None
    ) -> models.BulkResult:
        """Retry the downloads with these ids, or all that a list contains."""
        return await self._connection.send(
            "POST", "/api/downloads/retry", models.BulkResult, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    async def search(
        self, *, query: str, limit: int | None = None, offset: int | None = None, sort: str | None = None
    ) -> Page[models.Download]:
        """Search downloads by words of the title, the author or the release.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        """
        return await self._connection.send(
            "GET",
            "/api/downloads/search",
            Page[models.Download],
            query={"query": query, "limit": limit, "offset": offset, "sort": sort},
        )

    async def sync(self, *, idempotency_key: str | None = None) -> models.Run:
        """Run the task `download_monitor` now: sync the downloads with the download client."""
        return await self._connection.send(
            "POST", "/api/downloads/sync", models.Run, headers={"Idempotency-Key": idempotency_key}
        )

    async def sync_qbittorrent(self, *, idempotency_key: str | None = None) -> models.Run:
        """Do the same as `POST /api/downloads/sync`, which replaces this path."""
        return await self._connection.send(
            "POST", "/api/downloads/sync-qbittorrent", models.Run, headers={"Idempotency-Key": idempotency_key}
        )

    async def timeline(self, download_id: UUID) -> models.TimelineReport:
        """The history of a download and of its book. One list from all services."""
        return await self._connection.send(
            "GET", f"/api/downloads/{segment(download_id)}/timeline", models.TimelineReport
        )

    async def unblock_release(self, blocked_id: UUID) -> None:
        """Remove a release from the blocklist. It may be grabbed again."""
        await self._connection.send("DELETE", f"/api/blocklist/{segment(blocked_id)}", type(None))

    async def update(self, download_id: UUID, body: models.DownloadChanges) -> models.Download:
        """Change the priority, the number of retries, or the time of the next retry."""
        return await self._connection.send("PUT", f"/api/downloads/{segment(download_id)}", models.Download, body=body)
