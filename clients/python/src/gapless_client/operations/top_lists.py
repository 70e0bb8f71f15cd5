"""The most popular releases of each genre.

`make messages` generates this file from the description of the API. Do not edit it.
"""

import builtins

from gapless_client import models
from gapless_client.async_connection import AsyncConnection
from gapless_client.calls import segment
from gapless_client.connection import Connection


class TopLists:
    """The most popular releases of each genre."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get_weekly_top_lists(
        self, *, genre: str | None = None, max_age_seconds: int | None = None
    ) -> models.WeeklyTopLists:
        """The most popular releases of the last seven days, with what the library owns, lacks or downloads of them.

        Needs a key with the scope `write`, because a list that is too old is read from MyAnonamouse.

        - `genre`: only this genre, even if it is not enabled
        - `max_age_seconds`: maximum age of a list
        """
        return self._connection.send(
            "GET",
            "/api/top10/weekly",
            models.WeeklyTopLists,
            query={"genre": genre, "max_age_seconds": max_age_seconds},
        )

    def list_genres(self) -> builtins.list[models.Genre]:
        """All genres of audiobooks. Only the top lists of the enabled ones are read."""
        return self._connection.send("GET", "/api/genres", builtins.list[models.Genre])

    def update_genre(self, name: str, body: models.GenreUpdate) -> models.Genre:
        """Enable or disable a genre, or change the size of its top list and the seeders that an entry needs."""
        return self._connection.send("PUT", f"/api/genres/{segment(name)}", models.Genre, body=body)


class AsyncTopLists:
    """The most popular releases of each genre."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get_weekly_top_lists(
        self, *, genre: str | None = None, max_age_seconds: int | None = None
    ) -> models.WeeklyTopLists:
        """The most popular releases of the last seven days, with what the library owns, lacks or downloads of them.

        Needs a key with the scope `write`, because a list that is too old is read from MyAnonamouse.

        - `genre`: only this genre, even if it is not enabled
        - `max_age_seconds`: maximum age of a list
        """
        return await self._connection.send(
            "GET",
            "/api/top10/weekly",
            models.WeeklyTopLists,
            query={"genre": genre, "max_age_seconds": max_age_seconds},
        )

    async def list_genres(self) -> builtins.list[models.Genre]:
        """All genres of audiobooks. Only the top lists of the enabled ones are read."""
        return await self._connection.send("GET", "/api/genres", builtins.list[models.Genre])

    async def update_genre(self, name: str, body: models.GenreUpdate) -> models.Genre:
        """Enable or disable a genre, or change the size of its top list and the seeders that an entry needs."""
        return await self._connection.send("PUT", f"/api/genres/{segment(name)}", models.Genre, body=body)
