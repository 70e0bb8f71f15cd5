"""Corrections, providers, and the completeness of the metadata.

`make messages` generates this file from the description of the API. Do not edit it.
"""

import builtins
import datetime as dt
from typing import Literal
from uuid import UUID

from gapless_client import models
from gapless_client.async_connection import AsyncConnection
from gapless_client.calls import segment
from gapless_client.connection import Connection
from gapless_client.shapes import Page


class Metadata:
    """Corrections, providers, and the completeness of the metadata."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def accept_proposals(
        self, body: models.ProposalSelection, *, idempotency_key: str | None = None
    ) -> models.ProposalsDecided:
        """Accept the proposals with these ids, or all that match a filter. Each becomes a correction that can be undone.

        A proposal whose field was changed or set by a person since is skipped and becomes outdated. At most 5,000 are
        accepted in one request; `remaining` counts the others.
        """
        return self._connection.send(
            "POST",
            "/api/metadata/proposals/accept",
            models.ProposalsDecided,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def create_correction(self, body: models.NewCorrection, *, idempotency_key: str | None = None) -> models.Correction:
        """Correct one field of a book by hand. The value is written to Audiobookshelf and no refresh changes it later."""
        return self._connection.send(
            "POST",
            "/api/metadata/corrections",
            models.Correction,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def decline_proposals(
        self, body: models.ProposalSelection, *, idempotency_key: str | None = None
    ) -> models.ProposalsDecided:
        """Decline the proposals with these ids, or all that match a filter. The same values are not proposed again."""
        return self._connection.send(
            "POST",
            "/api/metadata/proposals/decline",
            models.ProposalsDecided,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def get_correction(self, correction_id: UUID) -> models.Correction:
        """One correction, with the old and the new value."""
        return self._connection.send("GET", f"/api/metadata/corrections/{segment(correction_id)}", models.Correction)

    def get_genre_map(self) -> models.GenreMap:
        """What replaces the genres and tags of providers and of the library. It is empty until you set it."""
        return self._connection.send("GET", "/api/metadata/genre-map", models.GenreMap)

    def get_statistics(self) -> models.Statistics:
        """Corrections by status, source and field, refreshes by confidence, and cached answers by provider."""
        return self._connection.send("GET", "/api/metadata/statistics", models.Statistics)

    def get_status(self) -> models.Completeness:
        """How complete the metadata of the library is, field by field."""
        return self._connection.send("GET", "/api/metadata/status", models.Completeness)

    def list_corrections(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        book_id: UUID | None = None,
        field: Literal[
            "title",
            "subtitle",
            "authors",
            "narrators",
            "series",
            "isbn",
            "asin",
            "publisher",
            "published_year",
            "language",
            "description",
            "genres",
            "tags",
            "cover",
            "chapters",
            "abridged",
        ]
        | None = None,
        status: models.CorrectionStatus | None = None,
        run_id: UUID | None = None,
        source: str | None = None,
        day: dt.date | None = None,
        made_by: str | None = None,
    ) -> Page[models.Correction]:
        """Corrections, newest first by default.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        - `source`: name of a provider in capitals, or MANUAL
        - `day`: the day on which they were made, in UTC
        - `made_by`: gapless, or the name of an API key
        """
        return self._connection.send(
            "GET",
            "/api/metadata/corrections",
            Page[models.Correction],
            query={
                "limit": limit,
                "offset": offset,
                "sort": sort,
                "book_id": book_id,
                "field": field,
                "status": status,
                "run_id": run_id,
                "source": source,
                "day": day,
                "made_by": made_by,
            },
        )

    def list_proposals(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        status: models.ProposalStatus | None = None,
        kind: models.ProposalKind | None = None,
        source: str | None = None,
        field: Literal[
            "title",
            "subtitle",
            "authors",
            "narrators",
            "series",
            "isbn",
            "asin",
            "publisher",
            "published_year",
            "language",
            "description",
            "genres",
            "tags",
            "cover",
            "chapters",
            "abridged",
        ]
        | None = None,
        confidence_at_least: models.Confidence | None = None,
        score_at_least: float | None = None,
        book_id: UUID | None = None,
        run_id: UUID | None = None,
        finding_id: UUID | None = None,
    ) -> Page[models.Proposal]:
        """Changes that are plausible but not sure enough to be written. By default the open ones, newest first.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        """
        return self._connection.send(
            "GET",
            "/api/metadata/proposals",
            Page[models.Proposal],
            query={
                "limit": limit,
                "offset": offset,
                "sort": sort,
                "status": status,
                "kind": kind,
                "source": source,
                "field": field,
                "confidence_at_least": confidence_at_least,
                "score_at_least": score_at_least,
                "book_id": book_id,
                "run_id": run_id,
                "finding_id": finding_id,
            },
        )

    def list_providers(self) -> builtins.list[models.Provider]:
        """The metadata providers in the order of use: weight, health, and what is left of their limits."""
        return self._connection.send("GET", "/api/metadata/providers", builtins.list[models.Provider])

    def preview_refresh(self, body: models.Refresh, *, idempotency_key: str | None = None) -> models.Run:
        """Find out what a refresh would change, and change nothing. The `plan` of the run lists the changes.

        The books are looked up and judged as in the refresh itself. Refused while a refresh of this mode is in
        progress.
        """
        return self._connection.send(
            "POST", "/api/metadata/preview", models.Run, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def refresh_book(self, book_id: UUID, *, idempotency_key: str | None = None) -> models.Run:
        """Refresh the metadata of one book now. Refused while another book is being refreshed by hand."""
        return self._connection.send(
            "POST",
            f"/api/metadata/refresh/{segment(book_id)}",
            models.Run,
            headers={"Idempotency-Key": idempotency_key},
        )

    def refresh_many_books(self, body: models.BulkRefresh, *, idempotency_key: str | None = None) -> models.Run:
        """Refresh the metadata of many books now: of an author, of a series, or of every book that matches.

        Refused while such a run is in progress.
        """
        return self._connection.send(
            "POST", "/api/metadata/bulk-refresh", models.Run, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def reopen_proposals(
        self, body: models.ProposalSelection, *, idempotency_key: str | None = None
    ) -> models.ProposalsDecided:
        """Undo declining the proposals with these ids, or all declined ones that match a filter. They are open again.

        A proposal is skipped if there is another open one of its kind for the field.
        """
        return self._connection.send(
            "POST",
            "/api/metadata/proposals/reopen",
            models.ProposalsDecided,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def search_for_audiobookshelf(
        self,
        *,
        query: str,
        author: str | None = None,
        isbn: str | None = None,
        media_type: Literal["book", "podcast"] | None = None,
    ) -> models.AbsMatches:
        """The editions of a book, merged from all providers, best first. Audiobookshelf calls this for its *Match*.

        Add it there as a custom metadata provider, with this address without `/search`, and an API key with the scope
        `read` as its authorization value. Editions that are not surely the book are left out. Podcasts have no
        matches.

        - `query`: the title
        """
        return self._connection.send(
            "GET",
            "/api/abs-provider/search",
            models.AbsMatches,
            query={"query": query, "author": author, "isbn": isbn, "mediaType": media_type},
        )

    def set_genre_map(self, body: models.GenreRules) -> models.GenreMap:
        """Replace, split or drop genres and tags. Genres of providers are written by the map from now on.

        What it changes in the library is proposed, with the kind `genre_mapped`. Accept all with `POST
        /api/metadata/proposals/accept`.
        """
        return self._connection.send("PUT", "/api/metadata/genre-map", models.GenreMap, body=body)

    def undo_correction(self, correction_id: UUID) -> models.Correction:
        """Undo a correction. The old value is restored, also in Audiobookshelf."""
        return self._connection.send("DELETE", f"/api/metadata/corrections/{segment(correction_id)}", models.Correction)

    def undo_corrections(
        self, body: models.CorrectionSelection, *, idempotency_key: str | None = None
    ) -> models.CorrectionsUndone:
        """Undo the corrections with these ids, or all applied ones of a run, of a day or of another filter.

        The old values are restored, also in Audiobookshelf, and the fields are never changed automatically again. At
        most 5,000 are undone in one request; `remaining` counts the others.
        """
        return self._connection.send(
            "POST",
            "/api/metadata/corrections/undo",
            models.CorrectionsUndone,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def validate(self, body: models.ToValidate, *, idempotency_key: str | None = None) -> models.MetadataJudgement:
        """Validate the given metadata. Changes nothing."""
        return self._connection.send(
            "POST",
            "/api/metadata/validate",
            models.MetadataJudgement,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )


class AsyncMetadata:
    """Corrections, providers, and the completeness of the metadata."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def accept_proposals(
        self, body: models.ProposalSelection, *, idempotency_key: str | None = None
    ) -> models.ProposalsDecided:
        """Accept the proposals with these ids, or all that match a filter. Each becomes a correction that can be undone.

        A proposal whose field was changed or set by a person since is skipped and becomes outdated. At most 5,000 are
        accepted in one request; `remaining` counts the others.
        """
        return await self._connection.send(
            "POST",
            "/api/metadata/proposals/accept",
            models.ProposalsDecided,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def create_correction(
        self, body: models.NewCorrection, *, idempotency_key: str | None = None
    ) -> models.Correction:
        """Correct one field of a book by hand. The value is written to Audiobookshelf and no refresh changes it later."""
        return await self._connection.send(
            "POST",
            "/api/metadata/corrections",
            models.Correction,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def decline_proposals(
        self, body: models.ProposalSelection, *, idempotency_key: str | None = None
    ) -> models.ProposalsDecided:
        """Decline the proposals with these ids, or all that match a filter. The same values are not proposed again."""
        return await self._connection.send(
            "POST",
            "/api/metadata/proposals/decline",
            models.ProposalsDecided,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def get_correction(self, correction_id: UUID) -> models.Correction:
        """One correction, with the old and the new value."""
        return await self._connection.send(
            "GET", f"/api/metadata/corrections/{segment(correction_id)}", models.Correction
        )

    async def get_genre_map(self) -> models.GenreMap:
        """What replaces the genres and tags of providers and of the library. It is empty until you set it."""
        return await self._connection.send("GET", "/api/metadata/genre-map", models.GenreMap)

    async def get_statistics(self) -> models.Statistics:
        """Corrections by status, source and field, refreshes by confidence, and cached answers by provider."""
        return await self._connection.send("GET", "/api/metadata/statistics", models.Statistics)

    async def get_status(self) -> models.Completeness:
        """How complete the metadata of the library is, field by field."""
        return await self._connection.send("GET", "/api/metadata/status", models.Completeness)

    async def list_corrections(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        book_id: UUID | None = None,
        field: Literal[
            "title",
            "subtitle",
            "authors",
            "narrators",
            "series",
            "isbn",
            "asin",
            "publisher",
            "published_year",
            "language",
            "description",
            "genres",
            "tags",
            "cover",
            "chapters",
            "abridged",
        ]
        | None = None,
        status: models.CorrectionStatus | None = None,
        run_id: UUID | None = None,
        source: str | None = None,
        day: dt.date | None = None,
        made_by: str | None = None,
    ) -> Page[models.Correction]:
        """Corrections, newest first by default.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        - `source`: name of a provider in capitals, or MANUAL
        - `day`: the day on which they were made, in UTC
        - `made_by`: gapless, or the name of an API key
        """
        return await self._connection.send(
            "GET",
            "/api/metadata/corrections",
            Page[models.Correction],
            query={
                "limit": limit,
                "offset": offset,
                "sort": sort,
                "book_id": book_id,
                "field": field,
                "status": status,
                "run_id": run_id,
                "source": source,
                "day": day,
                "made_by": made_by,
            },
        )

    async def list_proposals(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        status: models.ProposalStatus | None = None,
        kind: models.ProposalKind | None = None,
        source: str | None = None,
        field: Literal[
            "title",
            "subtitle",
            "authors",
            "narrators",
            "series",
            "isbn",
            "asin",
            "publisher",
            "published_year",
            "language",
            "description",
            "genres",
            "tags",
            "cover",
            "chapters",
            "abridged",
        ]
        | None = None,
        confidence_at_least: models.Confidence | None = None,
        score_at_least: float | None = None,
        book_id: UUID | None = None,
        run_id: UUID | None = None,
        finding_id: UUID | None = None,
    ) -> Page[models.Proposal]:
        """Changes that are plausible but not sure enough to be written. By default the open ones, newest first.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        """
        return await self._connection.send(
            "GET",
            "/api/metadata/proposals",
            Page[models.Proposal],
            query={
                "limit": limit,
                "offset": offset,
                "sort": sort,
                "status": status,
                "kind": kind,
                "source": source,
                "field": field,
                "confidence_at_least": confidence_at_least,
                "score_at_least": score_at_least,
                "book_id": book_id,
                "run_id": run_id,
                "finding_id": finding_id,
            },
        )

    async def list_providers(self) -> builtins.list[models.Provider]:
        """The metadata providers in the order of use: weight, health, and what is left of their limits."""
        return await self._connection.send("GET", "/api/metadata/providers", builtins.list[models.Provider])

    async def preview_refresh(self, body: models.Refresh, *, idempotency_key: str | None = None) -> models.Run:
        """Find out what a refresh would change, and change nothing. The `plan` of the run lists the changes.

        The books are looked up and judged as in the refresh itself. Refused while a refresh of this mode is in
        progress.
        """
        return await self._connection.send(
            "POST", "/api/metadata/preview", models.Run, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    async def refresh_book(self, book_id: UUID, *, idempotency_key: str | None = None) -> models.Run:
        """Refresh the metadata of one book now. Refused while another book is being refreshed by hand."""
        return await self._connection.send(
            "POST",
            f"/api/metadata/refresh/{segment(book_id)}",
            models.Run,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def refresh_many_books(self, body: models.BulkRefresh, *, idempotency_key: str | None = None) -> models.Run:
        """Refresh the metadata of many books now: of an author, of a series, or of every book that matches.

        Refused while such a run is in progress.
        """
        return await self._connection.send(
            "POST", "/api/metadata/bulk-refresh", models.Run, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    async def reopen_proposals(
        self, body: models.ProposalSelection, *, idempotency_key: str | None = None
    ) -> models.ProposalsDecided:
        """Undo declining the proposals with these ids, or all declined ones that match a filter. They are open again.

        A proposal is skipped if there is another open one of its kind for the field.
        """
        return await self._connection.send(
            "POST",
            "/api/metadata/proposals/reopen",
            models.ProposalsDecided,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def search_for_audiobookshelf(
        self,
        *,
        query: str,
        author: str | None = None,
        isbn: str | None = None,
        media_type: Literal["book", "podcast"] | None = None,
    ) -> models.AbsMatches:
        """The editions of a book, merged from all providers, best first. Audiobookshelf calls this for its *Match*.

        Add it there as a custom metadata provider, with this address without `/search`, and an API key with the scope
        `read` as its authorization value. Editions that are not surely the book are left out. Podcasts have no
        matches.

        - `query`: the title
        """
        return await self._connection.send(
            "GET",
            "/api/abs-provider/search",
            models.AbsMatches,
            query={"query": query, "author": author, "isbn": isbn, "mediaType": media_type},
        )

    async def set_genre_map(self, body: models.GenreRules) -> models.GenreMap:
        """Replace, split or drop genres and tags. Genres of providers are written by the map from now on.

        What it changes in the library is proposed, with the kind `genre_mapped`. Accept all with `POST
        /api/metadata/proposals/accept`.
        """
        return await self._connection.send("PUT", "/api/metadata/genre-map", models.GenreMap, body=body)

    async def undo_correction(self, correction_id: UUID) -> models.Correction:
        """Undo a correction. The old value is restored, also in Audiobookshelf."""
        return await self._connection.send(
            "DELETE", f"/api/metadata/corrections/{segment(correction_id)}", models.Correction
        )

    async def undo_corrections(
        self, body: models.CorrectionSelection, *, idempotency_key: str | None = None
    ) -> models.CorrectionsUndone:
        """Undo the corrections with these ids, or all applied ones of a run, of a day or of another filter.

        The old values are restored, also in Audiobookshelf, and the fields are never changed automatically again. At
        most 5,000 are undone in one request; `remaining` counts the others.
        """
        return await self._connection.send(
            "POST",
            "/api/metadata/corrections/undo",
            models.CorrectionsUndone,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def validate(
        self, body: models.ToValidate, *, idempotency_key: str | None = None
    ) -> models.MetadataJudgement:
        """Validate the given metadata. Changes nothing."""
        return await self._connection.send(
            "POST",
            "/api/metadata/validate",
            models.MetadataJudgement,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )
