"""Series of the library and their completeness.

`make messages` generates this file from the description of the API. Do not edit it.
"""

import builtins
from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from gapless_client import models
from gapless_client.async_connection import AsyncConnection
from gapless_client.calls import segment
from gapless_client.connection import Connection
from gapless_client.shapes import Page


class Series:
    """Series of the library and their completeness."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def check(self, series_id: UUID, *, idempotency_key: str | None = None) -> models.Run:
        """Compare one series with its bibliography. Refused if the series is not followed."""
        return self._connection.send(
            "POST",
            f"/api/series/{segment(series_id)}/check-completion",
            models.Run,
            headers={"Idempotency-Key": idempotency_key},
        )

    def correct(
        self,
        series_id: UUID,
        body: models.AddWork | models.RemoveWorks | models.RenumberWork | models.MergeSeries | models.SplitSeries,
        *,
        idempotency_key: str | None = None,
    ) -> models.SeriesCorrection:
        """Add, remove or renumber works, merge another series into this one, or split works off.

        A correction holds whatever the providers say later, until it is undone.
        """
        return self._connection.send(
            "POST",
            f"/api/series/{segment(series_id)}/corrections",
            models.SeriesCorrection,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def create(self, body: models.SeriesEntry, *, idempotency_key: str | None = None) -> models.Series:
        """Add a series by hand, to monitor it before the library has a book of it."""
        return self._connection.send(
            "POST", "/api/series", models.Series, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def delete(self, series_id: UUID) -> None:
        """Delete a series without books."""
        self._connection.send("DELETE", f"/api/series/{segment(series_id)}", type(None))

    def get(self, series_id: UUID) -> models.Series:
        """One series, with the numbers of its books."""
        return self._connection.send("GET", f"/api/series/{segment(series_id)}", models.Series)

    def list(
        self,
        *,
        completion_status: models.CompletionStatus | None = None,
        author: str | None = None,
        author_id: UUID | None = None,
        monitored: bool | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
    ) -> Page[models.Series]:
        """The series of the library, page by page.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        """
        return self._connection.send(
            "GET",
            "/api/series",
            Page[models.Series],
            query={
                "completion_status": completion_status,
                "author": author,
                "author_id": author_id,
                "monitored": monitored,
                "limit": limit,
                "offset": offset,
                "sort": sort,
            },
        )

    def list_books(
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
            f"/api/series/{segment(series_id)}/books",
            Page[models.Book],
            query={"limit": limit, "offset": offset, "sort": sort, "status": status},
        )

    def list_corrections(
        self, series_id: UUID, *, limit: int | None = None, offset: int | None = None
    ) -> Page[models.SeriesCorrection]:
        """What a person changed in the list of a series, newest first, including what was undone.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return self._connection.send(
            "GET",
            f"/api/series/{segment(series_id)}/corrections",
            Page[models.SeriesCorrection],
            query={"limit": limit, "offset": offset},
        )

    def list_letters(
        self,
        *,
        completion_status: models.CompletionStatus | None = None,
        author: str | None = None,
        author_id: UUID | None = None,
        monitored: bool | None = None,
        sort: Literal["name", "-name"] | None = None,
    ) -> models.Letters:
        """Where each first letter begins in the list with these filters, sorted by name."""
        return self._connection.send(
            "GET",
            "/api/series/letters",
            models.Letters,
            query={
                "completion_status": completion_status,
                "author": author,
                "author_id": author_id,
                "monitored": monitored,
                "sort": sort,
            },
        )

    def list_missing(
        self,
        series_id: UUID,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        status: Sequence[models.MissingStatus] | None = None,
        reason: Sequence[models.MissingReason] | None = None,
        absence: Sequence[models.AbsenceReason] | None = None,
    ) -> Page[models.MissingBook]:
        """The books of one series that the library does not contain.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        - `status`: books with one of these; empty: with any but upcoming, unless `absence` names reasons
        - `reason`: items with one of these; empty: with any
        - `absence`: books that are not in the library yet for these reasons
        """
        return self._connection.send(
            "GET",
            f"/api/series/{segment(series_id)}/missing",
            Page[models.MissingBook],
            query={
                "limit": limit,
                "offset": offset,
                "sort": sort,
                "status": status,
                "reason": reason,
                "absence": absence,
            },
        )

    def list_narrators(self, series_id: UUID) -> models.SeriesNarrators:
        """Who reads the owned books of a series, and which missing volumes the same narrator has read."""
        return self._connection.send("GET", f"/api/series/{segment(series_id)}/narrators", models.SeriesNarrators)

    def list_works(
        self,
        series_id: UUID,
        *,
        limit: int | None = None,
        offset: int | None = None,
        state: models.WorkListsEntryState | None = None,
        kind: models.EntryKind | None = None,
    ) -> models.WorkList:
        """Every work of a series that the providers know: place, kind, state and the reason, with the age of the list.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return self._connection.send(
            "GET",
            f"/api/series/{segment(series_id)}/list",
            models.WorkList,
            query={"limit": limit, "offset": offset, "state": state, "kind": kind},
        )

    def list_works_of_several_series(
        self, *, id: Sequence[UUID], works: int | None = None
    ) -> builtins.list[models.SeriesWorks]:
        """The first works of each series, without their evidence and editions. An unknown series is left out.

        - `id`: the series; in an address, repeated for each
        - `works`: maximum number of works of one series
        """
        return self._connection.send(
            "GET", "/api/series/works", builtins.list[models.SeriesWorks], query={"id": id, "works": works}
        )

    def preview_follow(self, series_id: UUID, *, follow: Literal["all", "from_now_on", "none"]) -> models.FollowEffect:
        """Which missing books a change of `follow` would close, and which it would add. It changes nothing."""
        return self._connection.send(
            "GET", f"/api/series/{segment(series_id)}/follow-effect", models.FollowEffect, query={"follow": follow}
        )

    def search(self, *, query: str, limit: int | None = None, offset: int | None = None) -> Page[models.Series]:
        """Search series by name or author. Tolerates typos; the best match comes first.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return self._connection.send(
            "GET", "/api/series/search", Page[models.Series], query={"query": query, "limit": limit, "offset": offset}
        )

    def undo_correction(self, series_id: UUID, correction_id: UUID) -> models.SeriesCorrection:
        """Undo a correction. The series is compared again with what the providers list."""
        return self._connection.send(
            "DELETE", f"/api/series/{segment(series_id)}/corrections/{segment(correction_id)}", models.SeriesCorrection
        )

    def update(self, series_id: UUID, body: models.SeriesUpdate) -> models.Series:
        """Change which works of a series are wanted. The name can be changed only if the series was added by hand."""
        return self._connection.send("PUT", f"/api/series/{segment(series_id)}", models.Series, body=body)


class AsyncSeries:
    """Series of the library and their completeness."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def check(self, series_id: UUID, *, idempotency_key: str | None = None) -> models.Run:
        """Compare one series with its bibliography. Refused if the series is not followed."""
        return await self._connection.send(
            "POST",
            f"/api/series/{segment(series_id)}/check-completion",
            models.Run,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def correct(
        self,
        series_id: UUID,
        body: models.AddWork | models.RemoveWorks | models.RenumberWork | models.MergeSeries | models.SplitSeries,
        *,
        idempotency_key: str | None = None,
    ) -> models.SeriesCorrection:
        """Add, remove or renumber works, merge another series into this one, or split works off.

        A correction holds whatever the providers say later, until it is undone.
        """
        return await self._connection.send(
            "POST",
            f"/api/series/{segment(series_id)}/corrections",
            models.SeriesCorrection,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def create(self, body: models.SeriesEntry, *, idempotency_key: str | None = None) -> models.Series:
        """Add a series by hand, to monitor it before the library has a book of it."""
        return await self._connection.send(
            "POST", "/api/series", models.Series, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    async def delete(self, series_id: UUID) -> None:
        """Delete a series without books."""
        await self._connection.send("DELETE", f"/api/series/{segment(series_id)}", type(None))

    async def get(self, series_id: UUID) -> models.Series:
        """One series, with the numbers of its books."""
        return await self._connection.send("GET", f"/api/series/{segment(series_id)}", models.Series)

    async def list(
        self,
        *,
        completion_status: models.CompletionStatus | None = None,
        author: str | None = None,
        author_id: UUID | None = None,
        monitored: bool | None = None,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
    ) -> Page[models.Series]:
        """The series of the library, page by page.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        """
        return await self._connection.send(
            "GET",
            "/api/series",
            Page[models.Series],
            query={
                "completion_status": completion_status,
                "author": author,
                "author_id": author_id,
                "monitored": monitored,
                "limit": limit,
                "offset": offset,
                "sort": sort,
            },
        )

    async def list_books(
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
            f"/api/series/{segment(series_id)}/books",
            Page[models.Book],
            query={"limit": limit, "offset": offset, "sort": sort, "status": status},
        )

    async def list_corrections(
        self, series_id: UUID, *, limit: int | None = None, offset: int | None = None
    ) -> Page[models.SeriesCorrection]:
        """What a person changed in the list of a series, newest first, including what was undone.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return await self._connection.send(
            "GET",
            f"/api/series/{segment(series_id)}/corrections",
            Page[models.SeriesCorrection],
            query={"limit": limit, "offset": offset},
        )

    async def list_letters(
        self,
        *,
        completion_status: models.CompletionStatus | None = None,
        author: str | None = None,
        author_id: UUID | None = None,
        monitored: bool | None = None,
        sort: Literal["name", "-name"] | None = None,
    ) -> models.Letters:
        """Where each first letter begins in the list with these filters, sorted by name."""
        return await self._connection.send(
            "GET",
            "/api/series/letters",
            models.Letters,
            query={
                "completion_status": completion_status,
                "author": author,
                "author_id": author_id,
                "monitored": monitored,
                "sort": sort,
            },
        )

    async def list_missing(
        self,
        series_id: UUID,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        status: Sequence[models.MissingStatus] | None = None,
        reason: Sequence[models.MissingReason] | None = None,
        absence: Sequence[models.AbsenceReason] | None = None,
    ) -> Page[models.MissingBook]:
        """The books of one series that the library does not contain.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        - `status`: books with one of these; empty: with any but upcoming, unless `absence` names reasons
        - `reason`: items with one of these; empty: with any
        - `absence`: books that are not in the library yet for these reasons
        """
        return await self._connection.send(
            "GET",
            f"/api/series/{segment(series_id)}/missing",
            Page[models.MissingBook],
            query={
                "limit": limit,
                "offset": offset,
                "sort": sort,
                "status": status,
                "reason": reason,
                "absence": absence,
            },
        )

    async def list_narrators(self, series_id: UUID) -> models.SeriesNarrators:
        """Who reads the owned books of a series, and which missing volumes the same narrator has read."""
        return await self._connection.send("GET", f"/api/series/{segment(series_id)}/narrators", models.SeriesNarrators)

    async def list_works(
        self,
        series_id: UUID,
        *,
        limit: int | None = None,
        offset: int | None = None,
        state: models.WorkListsEntryState | None = None,
        kind: models.EntryKind | None = None,
    ) -> models.WorkList:
        """Every work of a series that the providers know: place, kind, state and the reason, with the age of the list.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return await self._connection.send(
            "GET",
            f"/api/series/{segment(series_id)}/list",
            models.WorkList,
            query={"limit": limit, "offset": offset, "state": state, "kind": kind},
        )

    async def list_works_of_several_series(
        self, *, id: Sequence[UUID], works: int | None = None
    ) -> builtins.list[models.SeriesWorks]:
        """The first works of each series, without their evidence and editions. An unknown series is left out.

        - `id`: the series; in an address, repeated for each
        - `works`: maximum number of works of one series
        """
        return await self._connection.send(
            "GET", "/api/series/works", builtins.list[models.SeriesWorks], query={"id": id, "works": works}
        )

    async def preview_follow(
        self, series_id: UUID, *, follow: Literal["all", "from_now_on", "none"]
    ) -> models.FollowEffect:
        """Which missing books a change of `follow` would close, and which it would add. It changes nothing."""
        return await self._connection.send(
            "GET", f"/api/series/{segment(series_id)}/follow-effect", models.FollowEffect, query={"follow": follow}
        )

    async def search(self, *, query: str, limit: int | None = None, offset: int | None = None) -> Page[models.Series]:
        """Search series by name or author. Tolerates typos; the best match comes first.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return await self._connection.send(
            "GET", "/api/series/search", Page[models.Series], query={"query": query, "limit": limit, "offset": offset}
        )

    async def undo_correction(self, series_id: UUID, correction_id: UUID) -> models.SeriesCorrection:
        """Undo a correction. The series is compared again with what the providers list."""
        return await self._connection.send(
            "DELETE", f"/api/series/{segment(series_id)}/corrections/{segment(correction_id)}", models.SeriesCorrection
        )

    async def update(self, series_id: UUID, body: models.SeriesUpdate) -> models.Series:
        """Change which works of a series are wanted. The name can be changed only if the series was added by hand."""
        return await self._connection.send("PUT", f"/api/series/{segment(series_id)}", models.Series, body=body)
