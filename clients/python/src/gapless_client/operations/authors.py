"""Authors of the library, with their owned and missing books.

`make messages` generates this file from the description of the API. Do not edit it.
"""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from gapless_client import models
from gapless_client.async_connection import AsyncConnection
from gapless_client.calls import segment
from gapless_client.connection import Connection
from gapless_client.shapes import Page


class Authors:
    """Authors of the library, with their owned and missing books."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(self, body: models.AuthorEntry, *, idempotency_key: str | None = None) -> models.Author:
        """Add an author by hand, to follow them before the library has a book of theirs."""
        return self._connection.send(
            "POST", "/api/authors", models.Author, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def delete(self, author_id: UUID) -> None:
        """Delete an author without books."""
        self._connection.send("DELETE", f"/api/authors/{segment(author_id)}", type(None))

    def get(self, author_id: UUID) -> models.Author:
        """One author, with the numbers of their books."""
        return self._connection.send("GET", f"/api/authors/{segment(author_id)}", models.Author)

    def list(
        self,
        *,
        followed: bool | None = None,
        follow: Sequence[models.FollowMode] | None = None,
        completion_status: models.CompletionStatus | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
    ) -> Page[models.Author]:
        """The authors of the library, page by page.

        - `follow`: items with one of these; empty: with any
        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        """
        return self._connection.send(
            "GET",
            "/api/authors",
            Page[models.Author],
            query={
                "followed": followed,
                "follow": follow,
                "completion_status": completion_status,
                "limit": limit,
                "offset": offset,
                "sort": sort,
            },
        )

    def list_books(
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
            f"/api/authors/{segment(author_id)}/books",
            Page[models.Book],
            query={"limit": limit, "offset": offset, "sort": sort, "status": status},
        )

    def list_letters(
        self,
        *,
        followed: bool | None = None,
        follow: Sequence[models.FollowMode] | None = None,
        completion_status: models.CompletionStatus | None = None,
        sort: Literal["name", "-name"] | None = None,
    ) -> models.Letters:
        """Where each first letter begins in the list with these filters, sorted by name.

        - `follow`: items with one of these; empty: with any
        """
        return self._connection.send(
            "GET",
            "/api/authors/letters",
            models.Letters,
            query={"followed": followed, "follow": follow, "completion_status": completion_status, "sort": sort},
        )

    def list_series(
        self,
        author_id: UUID,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        monitored: bool | None = None,
    ) -> Page[models.Series]:
        """The series to which the books of one author belong.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        """
        return self._connection.send(
            "GET",
            f"/api/authors/{segment(author_id)}/series",
            Page[models.Series],
            query={"limit": limit, "offset": offset, "sort": sort, "monitored": monitored},
        )

    def list_similar_authors(self, author_id: UUID) -> models.SimilarAuthors:
        """An author's ASIN and similar authors by the providers, each with what the library has of them."""
        return self._connection.send("GET", f"/api/authors/{segment(author_id)}/similar", models.SimilarAuthors)

    def list_works(
        self,
        author_id: UUID,
        *,
        limit: int | None = None,
        offset: int | None = None,
        state: models.WorkListsEntryState | None = None,
        kind: models.EntryKind | None = None,
    ) -> models.WorkList:
        """Every work of an author that the providers know: kind, state and the reason, with the age of the list.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return self._connection.send(
            "GET",
            f"/api/authors/{segment(author_id)}/list",
            models.WorkList,
            query={"limit": limit, "offset": offset, "state": state, "kind": kind},
        )

    def look_up_author(self, *, name: str) -> models.SimilarAuthors:
        """The ASIN of the author with this name and similar authors, before the author is added. Requests the providers."""
        return self._connection.send("GET", "/api/authors/look-up", models.SimilarAuthors, query={"name": name})

    def preview_follow(
        self, author_id: UUID, *, follow: Literal["automatic", "all", "from_now_on", "none"]
    ) -> models.FollowEffect:
        """Which missing books a change of `follow` would close, and which it would add. It changes nothing."""
        return self._connection.send(
            "GET", f"/api/authors/{segment(author_id)}/follow-effect", models.FollowEffect, query={"follow": follow}
        )

    def refresh(self, author_id: UUID, *, idempotency_key: str | None = None) -> models.Run:
        """Scan the library and read every book of this author from Audiobookshelf again."""
        return self._connection.send(
            "POST",
            f"/api/authors/{segment(author_id)}/refresh",
            models.Run,
            headers={"Idempotency-Key": idempotency_key},
        )

    def search(self, *, query: str, limit: int | None = None, offset: int | None = None) -> Page[models.Author]:
        """Search authors by name. Tolerates typos; the best match comes first.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return self._connection.send(
            "GET", "/api/authors/search", Page[models.Author], query={"query": query, "limit": limit, "offset": offset}
        )

    def statistics(self, author_id: UUID) -> models.AuthorStatistics:
        """Owned and missing books, completion, duration, size and formats of one author."""
        return self._connection.send("GET", f"/api/authors/{segment(author_id)}/statistics", models.AuthorStatistics)

    def update(self, author_id: UUID, body: models.AuthorUpdate) -> models.Author:
        """Change which works of an author are wanted. The name can be changed only if the author was added by hand."""
        return self._connection.send("PUT", f"/api/authors/{segment(author_id)}", models.Author, body=body)


class AsyncAuthors:
    """Authors of the library, with their owned and missing books."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def create(self, body: models.AuthorEntry, *, idempotency_key: str | None = None) -> models.Author:
        """Add an author by hand, to follow them before the library has a book of theirs."""
        return await self._connection.send(
            "POST", "/api/authors", models.Author, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    async def delete(self, author_id: UUID) -> None:
        """Delete an author without books."""
        await self._connection.send("DELETE", f"/api/authors/{segment(author_id)}", type(None))

    async def get(self, author_id: UUID) -> models.Author:
        """One author, with the numbers of their books."""
        return await self._connection.send("GET", f"/api/authors/{segment(author_id)}", models.Author)

    async def list(
        self,
        *,
        followed: bool | None = None,
        follow: Sequence[models.FollowMode] | None = None,
        completion_status: models.CompletionStatus | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
    ) -> Page[models.Author]:
        """The authors of the library, page by page.

        - `follow`: items with one of these; empty: with any
        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        """
        return await self._connection.send(
            "GET",
            "/api/authors",
            Page[models.Author],
            query={
                "followed": followed,
                "follow": follow,
                "completion_status": completion_status,
                "limit": limit,
                "offset": offset,
                "sort": sort,
            },
        )

    async def list_books(
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
            f"/api/authors/{segment(author_id)}/books",
            Page[models.Book],
            query={"limit": limit, "offset": offset, "sort": sort, "status": status},
        )

    async def list_letters(
        self,
        *,
        followed: bool | None = None,
        follow: Sequence[models.FollowMode] | None = None,
        completion_status: models.CompletionStatus | None = None,
        sort: Literal["name", "-name"] | None = None,
    ) -> models.Letters:
        """Where each first letter begins in the list with these filters, sorted by name.

        - `follow`: items with one of these; empty: with any
        """
        return await self._connection.send(
            "GET",
            "/api/authors/letters",
            models.Letters,
            query={"followed": followed, "follow": follow, "completion_status": completion_status, "sort": sort},
        )

    async def list_series(
        self,
        author_id: UUID,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        monitored: bool | None = None,
    ) -> Page[models.Series]:
        """The series to which the books of one author belong.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        """
        return await self._connection.send(
            "GET",
            f"/api/authors/{segment(author_id)}/series",
            Page[models.Series],
            query={"limit": limit, "offset": offset, "sort": sort, "monitored": monitored},
        )

    async def list_similar_authors(self, author_id: UUID) -> models.SimilarAuthors:
        """An author's ASIN and similar authors by the providers, each with what the library has of them."""
        return await self._connection.send("GET", f"/api/authors/{segment(author_id)}/similar", models.SimilarAuthors)

    async def list_works(
        self,
        author_id: UUID,
        *,
        limit: int | None = None,
        offset: int | None = None,
        state: models.WorkListsEntryState | None = None,
        kind: models.EntryKind | None = None,
    ) -> models.WorkList:
        """Every work of an author that the providers know: kind, state and the reason, with the age of the list.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return await self._connection.send(
            "GET",
            f"/api/authors/{segment(author_id)}/list",
            models.WorkList,
            query={"limit": limit, "offset": offset, "state": state, "kind": kind},
        )

    async def look_up_author(self, *, name: str) -> models.SimilarAuthors:
        """The ASIN of the author with this name and similar authors, before the author is added. Requests the providers."""
        return await self._connection.send("GET", "/api/authors/look-up", models.SimilarAuthors, query={"name": name})

    async def preview_follow(
        self, author_id: UUID, *, follow: Literal["automatic", "all", "from_now_on", "none"]
    ) -> models.FollowEffect:
        """Which missing books a change of `follow` would close, and which it would add. It changes nothing."""
        return await self._connection.send(
            "GET", f"/api/authors/{segment(author_id)}/follow-effect", models.FollowEffect, query={"follow": follow}
        )

    async def refresh(self, author_id: UUID, *, idempotency_key: str | None = None) -> models.Run:
        """Scan the library and read every book of this author from Audiobookshelf again."""
        return await self._connection.send(
            "POST",
            f"/api/authors/{segment(author_id)}/refresh",
            models.Run,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def search(self, *, query: str, limit: int | None = None, offset: int | None = None) -> Page[models.Author]:
        """Search authors by name. Tolerates typos; the best match comes first.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return await self._connection.send(
            "GET", "/api/authors/search", Page[models.Author], query={"query": query, "limit": limit, "offset": offset}
        )

    async def statistics(self, author_id: UUID) -> models.AuthorStatistics:
        """Owned and missing books, completion, duration, size and formats of one author."""
        return await self._connection.send(
            "GET", f"/api/authors/{segment(author_id)}/statistics", models.AuthorStatistics
        )

    async def update(self, author_id: UUID, body: models.AuthorUpdate) -> models.Author:
        """Change which works of an author are wanted. The name can be changed only if the author was added by hand."""
        return await self._connection.send("PUT", f"/api/authors/{segment(author_id)}", models.Author, body=body)
