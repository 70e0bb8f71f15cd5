"""The folders of imported books, imports that wait for a decision, and imports by hand.

`make messages` generates this file from the description of the API. Do not edit it.
"""

from uuid import UUID

from gapless_client import models
from gapless_client.async_connection import AsyncConnection
from gapless_client.calls import segment
from gapless_client.connection import Connection
from gapless_client.shapes import Page


class Imports:
    """The folders of imported books, imports that wait for a decision, and imports by hand."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def decide_import(
        self, waiting_id: UUID, body: models.ImportDecision, *, idempotency_key: str | None = None
    ) -> models.WaitingImport:
        """Decide about an import that waits. `choice` is the key of one of its choices. The import then continues.

        Repeating a decision changes nothing. To give up the book, cancel its download instead.
        """
        return self._connection.send(
            "POST",
            f"/api/imports/waiting/{segment(waiting_id)}/decide",
            models.WaitingImport,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def import_folder(self, body: models.ImportFolder, *, idempotency_key: str | None = None) -> models.Download:
        """Import a folder or a file as a missing book, or as the book that you name. The files stay where they are.

        They are verified and placed like those of a download. The answer is the download to follow.
        """
        return self._connection.send(
            "POST", "/api/imports/manual", models.Download, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def list_waiting_imports(
        self,
        *,
        kind: models.WaitingImportKind | None = None,
        answered: bool | None = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> Page[models.WaitingImport]:
        """The imports that wait for a decision, oldest first: why, and what can be decided.

        - `answered`: true: those that were decided, instead of those that wait
        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return self._connection.send(
            "GET",
            "/api/imports/waiting",
            Page[models.WaitingImport],
            query={"kind": kind, "answered": answered, "limit": limit, "offset": offset},
        )

    def preview_paths(self, body: models.PreviewPaths, *, idempotency_key: str | None = None) -> models.PathPreview:
        """The folders that a template gives to books of the library. Nothing is moved.

        `{Author}`, `{Series}`, `{Sequence}`, `{Sequence:00}`, `{Title}`, `{Narrator}`, `{Year}` and `{ASIN}` stand
        for the values of the book. Text in `<` and `>` is left out if a field in it has no value. `{{` and `}}` are
        braces.
        """
        return self._connection.send(
            "POST",
            "/api/imports/preview-paths",
            models.PathPreview,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def scan_import_folder(
        self, body: models.ScanImportFolder, *, idempotency_key: str | None = None
    ) -> models.FoundBooks:
        """The books in a folder below `IMPORT_FOLDERS`, each with the missing and owned books that it may be, with
        reasons.

        Nothing is changed. `confidence` is HIGH if the names fit one book and the playing time is that of a known
        edition.
        """
        return self._connection.send(
            "POST",
            "/api/imports/manual/scan",
            models.FoundBooks,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )


class AsyncImports:
    """The folders of imported books, imports that wait for a decision, and imports by hand."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def decide_import(
        self, waiting_id: UUID, body: models.ImportDecision, *, idempotency_key: str | None = None
    ) -> models.WaitingImport:
        """Decide about an import that waits. `choice` is the key of one of its choices. The import then continues.

        Repeating a decision changes nothing. To give up the book, cancel its download instead.
        """
        return await self._connection.send(
            "POST",
            f"/api/imports/waiting/{segment(waiting_id)}/decide",
            models.WaitingImport,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def import_folder(self, body: models.ImportFolder, *, idempotency_key: str | None = None) -> models.Download:
        """Import a folder or a file as a missing book, or as the book that you name. The files stay where they are.

        They are verified and placed like those of a download. The answer is the download to follow.
        """
        return await self._connection.send(
            "POST", "/api/imports/manual", models.Download, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    async def list_waiting_imports(
        self,
        *,
        kind: models.WaitingImportKind | None = None,
        answered: bool | None = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> Page[models.WaitingImport]:
        """The imports that wait for a decision, oldest first: why, and what can be decided.

        - `answered`: true: those that were decided, instead of those that wait
        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return await self._connection.send(
            "GET",
            "/api/imports/waiting",
            Page[models.WaitingImport],
            query={"kind": kind, "answered": answered, "limit": limit, "offset": offset},
        )

    async def preview_paths(
        self, body: models.PreviewPaths, *, idempotency_key: str | None = None
    ) -> models.PathPreview:
        """The folders that a template gives to books of the library. Nothing is moved.

        `{Author}`, `{Series}`, `{Sequence}`, `{Sequence:00}`, `{Title}`, `{Narrator}`, `{Year}` and `{ASIN}` stand
        for the values of the book. Text in `<` and `>` is left out if a field in it has no value. `{{` and `}}` are
        braces.
        """
        return await self._connection.send(
            "POST",
            "/api/imports/preview-paths",
            models.PathPreview,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def scan_import_folder(
        self, body: models.ScanImportFolder, *, idempotency_key: str | None = None
    ) -> models.FoundBooks:
        """The books in a folder below `IMPORT_FOLDERS`, each with the missing and owned books that it may be, with
        reasons.

        Nothing is changed. `confidence` is HIGH if the names fit one book and the playing time is that of a known
        edition.
        """
        return await self._connection.send(
            "POST",
            "/api/imports/manual/scan",
            models.FoundBooks,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )
