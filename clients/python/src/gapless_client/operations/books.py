"""Books of the library, and missing books: works that the library does not contain.

`make messages` generates this file from the description of the API. Do not edit it.
"""

import builtins
import datetime as dt
from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from gapless_client import models
from gapless_client.async_connection import AsyncConnection
from gapless_client.calls import segment
from gapless_client.connection import Connection
from gapless_client.shapes import Page


class Books:
    """Books of the library, and missing books: works that the library does not contain."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def correct(
        self, book_id: UUID, body: models.GivenMetadata, *, idempotency_key: str | None = None
    ) -> models.BookCorrected:
        """Correct the metadata of a book by hand. Each change is a correction and is written to Audiobookshelf."""
        return self._connection.send(
            "POST",
            f"/api/books/{segment(book_id)}/metadata",
            models.BookCorrected,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def create(self, body: models.BookEntry, *, idempotency_key: str | None = None) -> models.Book:
        """Add a book that you own elsewhere. It counts as owned and is never searched."""
        return self._connection.send(
            "POST", "/api/books", models.Book, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def decide_match(self, book_id: UUID, body: models.MatchChoice) -> models.Match:
        """Choose a candidate, pin an edition by ASIN or ISBN, or decide that no entry is the book. It holds for ever,
        also if the item is imported again. The book is refreshed at once.
        """
        return self._connection.send("PUT", f"/api/books/{segment(book_id)}/match", models.Match, body=body)

    def delete(self, book_id: UUID) -> None:
        """Delete a book that was added by hand."""
        self._connection.send("DELETE", f"/api/books/{segment(book_id)}", type(None))

    def forget_match(self, book_id: UUID) -> None:
        """Delete what a person decided. Refreshes match the book by evidence again; values that were written stay."""
        self._connection.send("DELETE", f"/api/books/{segment(book_id)}/match", type(None))

    def get(self, book_id: UUID) -> models.Book:
        """One book of the library."""
        return self._connection.send("GET", f"/api/books/{segment(book_id)}", models.Book)

    def get_cover(self, book_id: UUID, *, width: Literal[96, 192, 384, 768] | None = None) -> bytes:
        """The cover from Audiobookshelf, scaled to a width. 404: the book has none.

        - `width`: in pixels
        """
        return self._connection.send("GET", f"/api/books/{segment(book_id)}/cover", bytes, query={"width": width})

    def get_locks(self, book_id: UUID) -> models.BookLocks:
        """The fields of a book that are never changed automatically, because a person locked or set them."""
        return self._connection.send("GET", f"/api/books/{segment(book_id)}/locks", models.BookLocks)

    def get_match(self, book_id: UUID) -> models.BookMatch:
        """The entries of all providers that may be the book, the surest first: confidence, reasons, and what choosing
        each would change. Queries the providers unless their answers are cached, and changes nothing.
        """
        return self._connection.send("GET", f"/api/books/{segment(book_id)}/match", models.BookMatch)

    def get_missing_book(self, missing_book_id: UUID) -> models.MissingBook:
        """One missing book, with the evidence for the gap."""
        return self._connection.send("GET", f"/api/books/missing/{segment(missing_book_id)}", models.MissingBook)

    def ignore_missing_books(
        self, body: models.MissingBookSelection, *, idempotency_key: str | None = None
    ) -> models.BulkResult:
        """Ignore the missing books with these ids, or all that a list contains. `want` with the ids in `done` undoes it."""
        return self._connection.send(
            "POST",
            "/api/books/missing/ignore",
            models.BulkResult,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def import_books(
        self, body: models.BooksToImport, *, idempotency_key: str | None = None
    ) -> builtins.list[models.ImportedBook]:
        """Add up to 1,000 books by hand. Each has its own result: created, already there, or refused with the reason."""
        return self._connection.send(
            "POST",
            "/api/books/bulk-import",
            builtins.list[models.ImportedBook],
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def list(
        self,
        *,
        status: models.BookStatus | None = None,
        author: str | None = None,
        series: str | None = None,
        narrator: str | None = None,
        language: str | None = None,
        series_id: UUID | None = None,
        author_id: UUID | None = None,
        added_after: dt.datetime | None = None,
        incomplete: bool | None = None,
        files_missing: bool | None = None,
        match_confidence: models.Confidence | None = None,
        match_decision: models.MatchDecision | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
    ) -> Page[models.Book]:
        """The books of the library, newest first by default.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        """
        return self._connection.send(
            "GET",
            "/api/books",
            Page[models.Book],
            query={
                "status": status,
                "author": author,
                "series": series,
                "narrator": narrator,
                "language": language,
                "series_id": series_id,
                "author_id": author_id,
                "added_after": added_after,
                "incomplete": incomplete,
                "files_missing": files_missing,
                "match_confidence": match_confidence,
                "match_decision": match_decision,
                "limit": limit,
                "offset": offset,
                "sort": sort,
            },
        )

    def list_by_author(
        self,
        author_id: UUID,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        status: models.BookStatus | None = None,
    ) -> Page[models.Book]:
        """The books of one author that the library contains.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        """
        return self._connection.send(
            "GET",
            f"/api/books/author/{segment(author_id)}",
            Page[models.Book],
            query={"limit": limit, "offset": offset, "sort": sort, "status": status},
        )

    def list_in_series(
        self,
        series_id: UUID,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        status: models.BookStatus | None = None,
    ) -> Page[models.Book]:
        """The books of one series that the library contains.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        """
        return self._connection.send(
            "GET",
            f"/api/books/series/{segment(series_id)}",
            Page[models.Book],
            query={"limit": limit, "offset": offset, "sort": sort, "status": status},
        )

    def list_letters(
        self,
        *,
        status: models.BookStatus | None = None,
        author: str | None = None,
        series: str | None = None,
        narrator: str | None = None,
        language: str | None = None,
        series_id: UUID | None = None,
        author_id: UUID | None = None,
        added_after: dt.datetime | None = None,
        incomplete: bool | None = None,
        files_missing: bool | None = None,
        match_confidence: models.Confidence | None = None,
        match_decision: models.MatchDecision | None = None,
        sort: Literal["title", "-title"] | None = None,
    ) -> models.Letters:
        """Where each first letter begins in the list with these filters, sorted by title."""
        return self._connection.send(
            "GET",
            "/api/books/letters",
            models.Letters,
            query={
                "status": status,
                "author": author,
                "series": series,
                "narrator": narrator,
                "language": language,
                "series_id": series_id,
                "author_id": author_id,
                "added_after": added_after,
                "incomplete": incomplete,
                "files_missing": files_missing,
                "match_confidence": match_confidence,
                "match_decision": match_decision,
                "sort": sort,
            },
        )

    def list_missing_books(
        self,
        *,
        status: Sequence[models.MissingStatus] | None = None,
        reason: Sequence[models.MissingReason] | None = None,
        absence: Sequence[models.AbsenceReason] | None = None,
        series_id: UUID | None = None,
        author_id: UUID | None = None,
        priority: int | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
    ) -> Page[models.MissingBook]:
        """Works that the library does not contain, by priority.

        - `status`: books with one of these; empty: with any but upcoming, unless `absence` names reasons
        - `reason`: items with one of these; empty: with any
        - `absence`: books that are not in the library yet for one of these reasons; empty: for any reason
        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        """
        return self._connection.send(
            "GET",
            "/api/books/missing",
            Page[models.MissingBook],
            query={
                "status": status,
                "reason": reason,
                "absence": absence,
                "series_id": series_id,
                "author_id": author_id,
                "priority": priority,
                "limit": limit,
                "offset": offset,
                "sort": sort,
            },
        )

    def lock(self, body: models.LocksToChange, *, idempotency_key: str | None = None) -> models.BulkResult:
        """Lock these fields of the books. A locked field is changed only by a person."""
        return self._connection.send(
            "POST", "/api/books/lock", models.BulkResult, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def missing_timeline(self, missing_book_id: UUID) -> models.TimelineReport:
        """How the gap was found, the searches and their results, each rejected release with the rule, the grab, the
        transfer, the import with its confirmation, and planned retries. One list from all services.
        """
        return self._connection.send(
            "GET", f"/api/books/missing/{segment(missing_book_id)}/timeline", models.TimelineReport
        )

    def refresh_chosen_books(self, body: models.BookSelection, *, idempotency_key: str | None = None) -> models.Run:
        """Refresh the metadata of the books with these ids, or of all that a list contains.

        The run has the result of each book. Refused while such a run is in progress.
        """
        return self._connection.send(
            "POST", "/api/books/refresh", models.Run, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def search(
        self,
        *,
        query: str,
        limit: int | None = None,
        offset: int | None = None,
        status: models.BookStatus | None = None,
    ) -> Page[models.Book]:
        """Search books by title, author, series, narrator, ISBN or ASIN. Tolerates typos; the best match comes first.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return self._connection.send(
            "GET",
            "/api/books/search",
            Page[models.Book],
            query={"query": query, "limit": limit, "offset": offset, "status": status},
        )

    def search_missing_books(
        self, body: models.MissingBookSelection, *, idempotency_key: str | None = None
    ) -> models.BulkResult:
        """Search the missing books with these ids, or all that a list contains.

        A download that failed or waits is searched again, and a book without a download gets one. Acceptable releases
        are grabbed without another approval. A book whose download is in progress is refused.
        """
        return self._connection.send(
            "POST",
            "/api/books/missing/search",
            models.BulkResult,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def set_locks(self, book_id: UUID, body: models.FieldsToLock) -> models.BookLocks:
        """Lock these fields and unlock all others, also those that a person set.

        A locked field is changed only by a person. No change of it is proposed.
        """
        return self._connection.send("PUT", f"/api/books/{segment(book_id)}/locks", models.BookLocks, body=body)

    def timeline(self, book_id: UUID) -> models.TimelineReport:
        """How a book came into the library and where each of its fields comes from. One list from all services."""
        return self._connection.send("GET", f"/api/books/{segment(book_id)}/timeline", models.TimelineReport)

    def unlock(self, body: models.LocksToChange, *, idempotency_key: str | None = None) -> models.BulkResult:
        """Unlock these fields of the books, also those that a person set. They may be changed automatically again."""
        return self._connection.send(
            "POST", "/api/books/unlock", models.BulkResult, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def update(self, book_id: UUID, body: models.BookUpdate) -> models.Book:
        """Change the given fields: all fields of a book added by hand, only `status` of a book in Audiobookshelf."""
        return self._connection.send("PUT", f"/api/books/{segment(book_id)}", models.Book, body=body)

    def update_missing_book(self, missing_book_id: UUID, body: models.MissingBookUpdate) -> models.MissingBook:
        """Ignore a missing book, want it again, or change its priority.

        A book with the status `was_owned` is gone from the library. Set its status to say whether you want it again.
        """
        return self._connection.send(
            "PUT", f"/api/books/missing/{segment(missing_book_id)}", models.MissingBook, body=body
        )

    def want(self, body: models.WantWork, *, idempotency_key: str | None = None) -> models.AddedWork:
        """Make a missing book of a work, such as an entry of a top list. Its search is the next one that is due.

        Nothing is added if the library owns the work or knows it as missing: then the answer names that book.
        """
        return self._connection.send(
            "POST", "/api/books/missing", models.AddedWork, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def want_missing_books(
        self, body: models.MissingBookSelection, *, idempotency_key: str | None = None
    ) -> models.BulkResult:
        """Want the missing books with these ids again, or all that a list contains."""
        return self._connection.send(
            "POST",
            "/api/books/missing/want",
            models.BulkResult,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )


class AsyncBooks:
    """Books of the library, and missing books: works that the library does not contain."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def correct(
        self, book_id: UUID, body: models.GivenMetadata, *, idempotency_key: str | None = None
    ) -> models.BookCorrected:
        """Correct the metadata of a book by hand. Each change is a correction and is written to Audiobookshelf."""
        return await self._connection.send(
            "POST",
            f"/api/books/{segment(book_id)}/metadata",
            models.BookCorrected,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def create(self, body: models.BookEntry, *, idempotency_key: str | None = None) -> models.Book:
        """Add a book that you own elsewhere. It counts as owned and is never searched."""
        return await self._connection.send(
            "POST", "/api/books", models.Book, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    async def decide_match(self, book_id: UUID, body: models.MatchChoice) -> models.Match:
        """Choose a candidate, pin an edition by ASIN or ISBN, or decide that no entry is the book. It holds for ever,
        also if the item is imported again. The book is refreshed at once.
        """
        return await self._connection.send("PUT", f"/api/books/{segment(book_id)}/match", models.Match, body=body)

    async def delete(self, book_id: UUID) -> None:
        """Delete a book that was added by hand."""
        await self._connection.send("DELETE", f"/api/books/{segment(book_id)}", type(None))

    async def forget_match(self, book_id: UUID) -> None:
        """Delete what a person decided. Refreshes match the book by evidence again; values that were written stay."""
        await self._connection.send("DELETE", f"/api/books/{segment(book_id)}/match", type(None))

    async def get(self, book_id: UUID) -> models.Book:
        """One book of the library."""
        return await self._connection.send("GET", f"/api/books/{segment(book_id)}", models.Book)

    async def get_cover(self, book_id: UUID, *, width: Literal[96, 192, 384, 768] | None = None) -> bytes:
        """The cover from Audiobookshelf, scaled to a width. 404: the book has none.

        - `width`: in pixels
        """
        return await self._connection.send("GET", f"/api/books/{segment(book_id)}/cover", bytes, query={"width": width})

    async def get_locks(self, book_id: UUID) -> models.BookLocks:
        """The fields of a book that are never changed automatically, because a person locked or set them."""
        return await self._connection.send("GET", f"/api/books/{segment(book_id)}/locks", models.BookLocks)

    async def get_match(self, book_id: UUID) -> models.BookMatch:
        """The entries of all providers that may be the book, the surest first: confidence, reasons, and what choosing
        each would change. Queries the providers unless their answers are cached, and changes nothing.
        """
        return await self._connection.send("GET", f"/api/books/{segment(book_id)}/match", models.BookMatch)

    async def get_missing_book(self, missing_book_id: UUID) -> models.MissingBook:
        """One missing book, with the evidence for the gap."""
        return await self._connection.send("GET", f"/api/books/missing/{segment(missing_book_id)}", models.MissingBook)

    async def ignore_missing_books(
        self, body: models.MissingBookSelection, *, idempotency_key: str | None = None
    ) -> models.BulkResult:
        """Ignore the missing books with these ids, or all that a list contains. `want` with the ids in `done` undoes it."""
        return await self._connection.send(
            "POST",
            "/api/books/missing/ignore",
            models.BulkResult,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def import_books(
        self, body: models.BooksToImport, *, idempotency_key: str | None = None
    ) -> builtins.list[models.ImportedBook]:
        """Add up to 1,000 books by hand. Each has its own result: created, already there, or refused with the reason."""
        return await self._connection.send(
            "POST",
            "/api/books/bulk-import",
            builtins.list[models.ImportedBook],
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def list(
        self,
        *,
        status: models.BookStatus | None = None,
        author: str | None = None,
        series: str | None = None,
        narrator: str | None = None,
        language: str | None = None,
        series_id: UUID | None = None,
        author_id: UUID | None = None,
        added_after: dt.datetime | None = None,
        incomplete: bool | None = None,
        files_missing: bool | None = None,
        match_confidence: models.Confidence | None = None,
        match_decision: models.MatchDecision | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
    ) -> Page[models.Book]:
        """The books of the library, newest first by default.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        """
        return await self._connection.send(
            "GET",
            "/api/books",
            Page[models.Book],
            query={
                "status": status,
                "author": author,
                "series": series,
                "narrator": narrator,
                "language": language,
                "series_id": series_id,
                "author_id": author_id,
                "added_after": added_after,
                "incomplete": incomplete,
                "files_missing": files_missing,
                "match_confidence": match_confidence,
                "match_decision": match_decision,
                "limit": limit,
                "offset": offset,
                "sort": sort,
            },
        )

    async def list_by_author(
        self,
        author_id: UUID,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        status: models.BookStatus | None = None,
    ) -> Page[models.Book]:
        """The books of one author that the library contains.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        """
        return await self._connection.send(
            "GET",
            f"/api/books/author/{segment(author_id)}",
            Page[models.Book],
            query={"limit": limit, "offset": offset, "sort": sort, "status": status},
        )

    async def list_in_series(
        self,
        series_id: UUID,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        status: models.BookStatus | None = None,
    ) -> Page[models.Book]:
        """The books of one series that the library contains.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        """
        return await self._connection.send(
            "GET",
            f"/api/books/series/{segment(series_id)}",
            Page[models.Book],
            query={"limit": limit, "offset": offset, "sort": sort, "status": status},
        )

    async def list_letters(
        self,
        *,
        status: models.BookStatus | None = None,
        author: str | None = None,
        series: str | None = None,
        narrator: str | None = None,
        language: str | None = None,
        series_id: UUID | None = None,
        author_id: UUID | None = None,
        added_after: dt.datetime | None = None,
        incomplete: bool | None = None,
        files_missing: bool | None = None,
        match_confidence: models.Confidence | None = None,
        match_decision: models.MatchDecision | None = None,
        sort: Literal["title", "-title"] | None = None,
    ) -> models.Letters:
        """Where each first letter begins in the list with these filters, sorted by title."""
        return await self._connection.send(
            "GET",
            "/api/books/letters",
            models.Letters,
            query={
                "status": status,
                "author": author,
                "series": series,
                "narrator": narrator,
                "language": language,
                "series_id": series_id,
                "author_id": author_id,
                "added_after": added_after,
                "incomplete": incomplete,
                "files_missing": files_missing,
                "match_confidence": match_confidence,
                "match_decision": match_decision,
                "sort": sort,
            },
        )

    async def list_missing_books(
        self,
        *,
        status: Sequence[models.MissingStatus] | None = None,
        reason: Sequence[models.MissingReason] | None = None,
        absence: Sequence[models.AbsenceReason] | None = None,
        series_id: UUID | None = None,
        author_id: UUID | None = None,
        priority: int | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
    ) -> Page[models.MissingBook]:
        """Works that the library does not contain, by priority.

        - `status`: books with one of these; empty: with any but upcoming, unless `absence` names reasons
        - `reason`: items with one of these; empty: with any
        - `absence`: books that are not in the library yet for one of these reasons; empty: for any reason
        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        """
        return await self._connection.send(
            "GET",
            "/api/books/missing",
            Page[models.MissingBook],
            query={
                "status": status,
                "reason": reason,
                "absence": absence,
                "series_id": series_id,
                "author_id": author_id,
                "priority": priority,
                "limit": limit,
                "offset": offset,
                "sort": sort,
            },
        )

    async def lock(self, body: models.LocksToChange, *, idempotency_key: str | None = None) -> models.BulkResult:
        """Lock these fields of the books. A locked field is changed only by a person."""
        return await self._connection.send(
            "POST", "/api/books/lock", models.BulkResult, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    async def missing_timeline(self, missing_book_id: UUID) -> models.TimelineReport:
        """How the gap was found, the searches and their results, each rejected release with the rule, the grab, the
        transfer, the import with its confirmation, and planned retries. One list from all services.
        """
        return await self._connection.send(
            "GET", f"/api/books/missing/{segment(missing_book_id)}/timeline", models.TimelineReport
        )

    async def refresh_chosen_books(
        self, body: models.BookSelection, *, idempotency_key: str | None = None
    ) -> models.Run:
        """Refresh the metadata of the books with these ids, or of all that a list contains.

        The run has the result of each book. Refused while such a run is in progress.
        """
        return await self._connection.send(
            "POST", "/api/books/refresh", models.Run, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    async def search(
        self,
        *,
        query: str,
        limit: int | None = None,
        offset: int | None = None,
        status: models.BookStatus | None = None,
    ) -> Page[models.Book]:
        """Search books by title, author, series, narrator, ISBN or ASIN. Tolerates typos; the best match comes first.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return await self._connection.send(
            "GET",
            "/api/books/search",
            Page[models.Book],
            query={"query": query, "limit": limit, "offset": offset, "status": status},
        )

    async def search_missing_books(
        self, body: models.MissingBookSelection, *, idempotency_key: str | None = None
    ) -> models.BulkResult:
        """Search the missing books with these ids, or all that a list contains.

        A download that failed or waits is searched again, and a book without a download gets one. Acceptable releases
        are grabbed without another approval. A book whose download is in progress is refused.
        """
        return await self._connection.send(
            "POST",
            "/api/books/missing/search",
            models.BulkResult,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def set_locks(self, book_id: UUID, body: models.FieldsToLock) -> models.BookLocks:
        """Lock these fields and unlock all others, also those that a person set.

        A locked field is changed only by a person. No change of it is proposed.
        """
        return await self._connection.send("PUT", f"/api/books/{segment(book_id)}/locks", models.BookLocks, body=body)

    async def timeline(self, book_id: UUID) -> models.TimelineReport:
        """How a book came into the library and where each of its fields comes from. One list from all services."""
        return await self._connection.send("GET", f"/api/books/{segment(book_id)}/timeline", models.TimelineReport)

    async def unlock(self, body: models.LocksToChange, *, idempotency_key: str | None = None) -> models.BulkResult:
        """Unlock these fields of the books, also those that a person set. They may be changed automatically again."""
        return await self._connection.send(
            "POST", "/api/books/unlock", models.BulkResult, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    async def update(self, book_id: UUID, body: models.BookUpdate) -> models.Book:
        """Change the given fields: all fields of a book added by hand, only `status` of a book in Audiobookshelf."""
        return await self._connection.send("PUT", f"/api/books/{segment(book_id)}", models.Book, body=body)

    async def update_missing_book(self, missing_book_id: UUID, body: models.MissingBookUpdate) -> models.MissingBook:
        """Ignore a missing book, want it again, or change its priority.

        A book with the status `was_owned` is gone from the library. Set its status to say whether you want it again.
        """
        return await self._connection.send(
            "PUT", f"/api/books/missing/{segment(missing_book_id)}", models.MissingBook, body=body
        )

    async def want(self, body: models.WantWork, *, idempotency_key: str | None = None) -> models.AddedWork:
        """Make a missing book of a work, such as an entry of a top list. Its search is the next one that is due.

        Nothing is added if the library owns the work or knows it as missing: then the answer names that book.
        """
        return await self._connection.send(
            "POST", "/api/books/missing", models.AddedWork, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    async def want_missing_books(
        self, body: models.MissingBookSelection, *, idempotency_key: str | None = None
    ) -> models.BulkResult:
        """Want the missing books with these ids again, or all that a list contains."""
        return await self._connection.send(
            "POST",
            "/api/books/missing/want",
            models.BulkResult,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )
