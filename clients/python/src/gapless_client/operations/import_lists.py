"""Lists of wanted books at other sites or in files, and what became of each book.

`make messages` generates this file from the description of the API. Do not edit it.
"""

import builtins
from uuid import UUID

from gapless_client import models
from gapless_client.async_connection import AsyncConnection
from gapless_client.calls import segment
from gapless_client.connection import Connection
from gapless_client.shapes import Page


class ImportLists:
    """Lists of wanted books at other sites or in files, and what became of each book."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(self, body: models.NewImportList, *, idempotency_key: str | None = None) -> models.ImportList:
        """Add a list of books at another site, or one whose file is uploaded afterwards.

        It is read by the task `import_lists`, daily by default, or at once with `/sync`. Nothing is downloaded
        without an approval unless `auto_download` is true.
        """
        return self._connection.send(
            "POST", "/api/import-lists", models.ImportList, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def decide_entry(
        self, entry_id: UUID, body: models.EntryDecision, *, idempotency_key: str | None = None
    ) -> models.ImportListEntry:
        """Choose a candidate, want the book as it is listed, ignore it, or have it matched again.

        The decision stays when the list is imported again. A wanted book that the library lacks becomes a missing
        book.
        """
        return self._connection.send(
            "POST",
            f"/api/import-lists/entries/{segment(entry_id)}",
            models.ImportListEntry,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    def delete(self, list_id: UUID) -> None:
        """Delete a list with its entries. Its missing books stay."""
        self._connection.send("DELETE", f"/api/import-lists/{segment(list_id)}", type(None))

    def get(self, list_id: UUID) -> models.ImportList:
        """One list, with the number of its entries by state."""
        return self._connection.send("GET", f"/api/import-lists/{segment(list_id)}", models.ImportList)

    def list(self) -> builtins.list[models.ImportList]:
        """The lists of wanted books, with the number of their entries by state."""
        return self._connection.send("GET", "/api/import-lists", builtins.list[models.ImportList])

    def list_entries(
        self,
        list_id: UUID,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        state: models.ImportListsEntryState | None = None,
        removed: bool | None = None,
    ) -> Page[models.ImportListEntry]:
        """The books of one list: what they were matched with, and what became of them.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        - `removed`: entries that the list no longer names
        """
        return self._connection.send(
            "GET",
            f"/api/import-lists/{segment(list_id)}/entries",
            Page[models.ImportListEntry],
            query={"limit": limit, "offset": offset, "sort": sort, "state": state, "removed": removed},
        )

    def list_kinds(self) -> builtins.list[models.ImportListKind]:
        """The kinds of lists that can be imported, and whether they need an address or a file."""
        return self._connection.send("GET", "/api/import-lists/kinds", builtins.list[models.ImportListKind])

    def sync(self, list_id: UUID, *, idempotency_key: str | None = None) -> models.Run:
        """Run the task `import_lists` now for this list, also if it is disabled."""
        return self._connection.send(
            "POST",
            f"/api/import-lists/{segment(list_id)}/sync",
            models.Run,
            headers={"Idempotency-Key": idempotency_key},
        )

    def update(self, list_id: UUID, body: models.ImportListUpdate) -> models.ImportList:
        """Change the name, the address or the settings of a list. The next run applies them."""
        return self._connection.send("PUT", f"/api/import-lists/{segment(list_id)}", models.ImportList, body=body)

    def upload_file(self, list_id: UUID, content: bytes) -> models.FileReading:
        """Replace the entries of a list with the books of a file. The body is the file, without a form.

        Books that are in the file again keep their match and their decision. A file that is invalid, or that names no
        book, changes nothing. The next run matches the new books.
        """
        return self._connection.send(
            "PUT", f"/api/import-lists/{segment(list_id)}/file", models.FileReading, body=content
        )


class AsyncImportLists:
    """Lists of wanted books at other sites or in files, and what became of each book."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def create(self, body: models.NewImportList, *, idempotency_key: str | None = None) -> models.ImportList:
        """Add a list of books at another site, or one whose file is uploaded afterwards.

        It is read by the task `import_lists`, daily by default, or at once with `/sync`. Nothing is downloaded
        without an approval unless `auto_download` is true.
        """
        return await self._connection.send(
            "POST", "/api/import-lists", models.ImportList, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    async def decide_entry(
        self, entry_id: UUID, body: models.EntryDecision, *, idempotency_key: str | None = None
    ) -> models.ImportListEntry:
        """Choose a candidate, want the book as it is listed, ignore it, or have it matched again.

        The decision stays when the list is imported again. A wanted book that the library lacks becomes a missing
        book.
        """
        return await self._connection.send(
            "POST",
            f"/api/import-lists/entries/{segment(entry_id)}",
            models.ImportListEntry,
            body=body,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def delete(self, list_id: UUID) -> None:
        """Delete a list with its entries. Its missing books stay."""
        await self._connection.send("DELETE", f"/api/import-lists/{segment(list_id)}", type(None))

    async def get(self, list_id: UUID) -> models.ImportList:
        """One list, with the number of its entries by state."""
        return await self._connection.send("GET", f"/api/import-lists/{segment(list_id)}", models.ImportList)

    async def list(self) -> builtins.list[models.ImportList]:
        """The lists of wanted books, with the number of their entries by state."""
        return await self._connection.send("GET", "/api/import-lists", builtins.list[models.ImportList])

    async def list_entries(
        self,
        list_id: UUID,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort: str | None = None,
        state: models.ImportListsEntryState | None = None,
        removed: bool | None = None,
    ) -> Page[models.ImportListEntry]:
        """The books of one list: what they were matched with, and what became of them.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: name of a field; with a leading - in descending order
        - `removed`: entries that the list no longer names
        """
        return await self._connection.send(
            "GET",
            f"/api/import-lists/{segment(list_id)}/entries",
            Page[models.ImportListEntry],
            query={"limit": limit, "offset": offset, "sort": sort, "state": state, "removed": removed},
        )

    async def list_kinds(self) -> builtins.list[models.ImportListKind]:
        """The kinds of lists that can be imported, and whether they need an address or a file."""
        return await self._connection.send("GET", "/api/import-lists/kinds", builtins.list[models.ImportListKind])

    async def sync(self, list_id: UUID, *, idempotency_key: str | None = None) -> models.Run:
        """Run the task `import_lists` now for this list, also if it is disabled."""
        return await self._connection.send(
            "POST",
            f"/api/import-lists/{segment(list_id)}/sync",
            models.Run,
            headers={"Idempotency-Key": idempotency_key},
        )

    async def update(self, list_id: UUID, body: models.ImportListUpdate) -> models.ImportList:
        """Change the name, the address or the settings of a list. The next run applies them."""
        return await self._connection.send("PUT", f"/api/import-lists/{segment(list_id)}", models.ImportList, body=body)

    async def upload_file(self, list_id: UUID, content: bytes) -> models.FileReading:
        """Replace the entries of a list with the books of a file. The body is the file, without a form.

        Books that are in the file again keep their match and their decision. A file that is invalid, or that names no
        book, changes nothing. The next run matches the new books.
        """
        return await self._connection.send(
            "PUT", f"/api/import-lists/{segment(list_id)}/file", models.FileReading, body=content
        )
