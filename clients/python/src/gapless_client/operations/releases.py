"""Search releases and grab one of them.

`make messages` generates this file from the description of the API. Do not edit it.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from gapless_client import models
from gapless_client.async_connection import AsyncConnection
from gapless_client.connection import Connection
from gapless_client.shapes import Page


class Releases:
    """Search releases and grab one of them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def grab(
        self, body: models.GrabRelease | models.GrabFoundRelease, *, idempotency_key: str | None = None
    ) -> models.Download:
        """Send a release to the download client: a candidate of a download, or a release from a recent search."""
        return self._connection.send(
            "POST", "/api/releases/grab", models.Download, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def list_seen_releases(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort: Literal[
            "seen_at",
            "-seen_at",
            "published_at",
            "-published_at",
            "seeders",
            "-seeders",
            "snatches",
            "-snatches",
            "size_bytes",
            "-size_bytes",
            "title",
            "-title",
        ]
        | None = None,
        query: str | None = None,
        language: str | None = None,
        category_id: int | None = None,
        filetype: str | None = None,
        audio: bool | None = None,
        freeleech: bool | None = None,
        vip: bool | None = None,
        snatched: bool | None = None,
        abridged: bool | None = None,
        min_size_bytes: int | None = None,
        max_size_bytes: int | None = None,
        min_seeders: int | None = None,
        seen_since: dt.datetime | None = None,
    ) -> Page[models.SeenRelease]:
        """The releases that searches and top lists have shown at MyAnonamouse. It sends no request to the site.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: with a leading - in descending order
        - `language`: three-letter code
        - `category_id`: id of an older category
        - `audio`: true: only audiobooks; false: only others
        - `snatched`: true: only releases that this account has downloaded before
        - `abridged`: true: only abridged releases; false: only others
        """
        return self._connection.send(
            "GET",
            "/api/releases/seen",
            Page[models.SeenRelease],
            query={
                "limit": limit,
                "offset": offset,
                "sort": sort,
                "query": query,
                "language": language,
                "category_id": category_id,
                "filetype": filetype,
                "audio": audio,
                "freeleech": freeleech,
                "vip": vip,
                "snatched": snatched,
                "abridged": abridged,
                "min_size_bytes": min_size_bytes,
                "max_size_bytes": max_size_bytes,
                "min_seeders": min_seeders,
                "seen_since": seen_since,
            },
        )

    def read_torrent_page(
        self, *, release_id: str, max_age_seconds: int | None = None, person_waits: bool | None = None
    ) -> models.TorrentPage:
        """What the page of a torrent at MyAnonamouse shows: its files, description and exact size. It may take a minute.

        Needs a key with the scope `write`, because it may use one of the pages of a day.

        - `release_id`: id of the torrent
        - `max_age_seconds`: a page up to this age may come from the cache
        - `person_waits`: true: a person waits, so the request goes before those of a schedule
        """
        return self._connection.send(
            "GET",
            "/api/releases/page",
            models.TorrentPage,
            query={"release_id": release_id, "max_age_seconds": max_age_seconds, "person_waits": person_waits},
        )

    def search(self, *, query: str | None = None, missing_book_id: UUID | None = None) -> models.FoundReleases:
        """Search MyAnonamouse and Prowlarr now. Each release comes with the decision that would be made about it.

        Needs a key with the scope `write`, because each search uses requests of your account at the tracker.
        """
        return self._connection.send(
            "GET",
            "/api/releases/search",
            models.FoundReleases,
            query={"query": query, "missing_book_id": missing_book_id},
        )

    def search_mam(
        self,
        *,
        text: str | None = None,
        title: str | None = None,
        author: str | None = None,
        series: str | None = None,
        narrator: str | None = None,
        isbn: str | None = None,
        asin: str | None = None,
        release_id: str | None = None,
        info_hash: str | None = None,
        main_categories: Sequence[models.MainCategory] | None = None,
        categories: Sequence[int] | None = None,
        new_categories: Sequence[int] | None = None,
        languages: Sequence[models.MamLanguage] | None = None,
        only_flags: Sequence[models.BrowseFlag] | None = None,
        without_flags: Sequence[models.BrowseFlag] | None = None,
        kind: models.ReleaseKind | None = None,
        only_snatched: bool | None = None,
        min_size_bytes: int | None = None,
        max_size_bytes: int | None = None,
        min_seeders: int | None = None,
        max_seeders: int | None = None,
        min_snatches: int | None = None,
        max_snatches: int | None = None,
        added_from: dt.date | None = None,
        added_before: dt.date | None = None,
        order: models.SearchOrder | None = None,
        page: int | None = None,
        page_size: int | None = None,
    ) -> models.FoundPage:
        """Search MyAnonamouse by its own fields and filters, or answer from a search of the last 15 minutes.

        Needs a key with the scope `write`, because each search uses a request of your account at the tracker.

        - `text`: words of the title, author or series
        - `categories`: ids of older categories
        - `new_categories`: ids of newer categories; a release in one of either kind is listed
        - `only_flags`: only releases with these flags
        - `without_flags`: no release with these flags
        - `only_snatched`: only releases that this account has downloaded before
        - `added_from`: first day of the upload, in UTC
        - `added_before`: the day after the last day of the upload, in UTC
        - `page`: number of the page, from 0
        """
        return self._connection.send(
            "GET",
            "/api/releases/search/mam",
            models.FoundPage,
            query={
                "text": text,
                "title": title,
                "author": author,
                "series": series,
                "narrator": narrator,
                "isbn": isbn,
                "asin": asin,
                "release_id": release_id,
                "info_hash": info_hash,
                "main_categories": main_categories,
                "categories": categories,
                "new_categories": new_categories,
                "languages": languages,
                "only_flags": only_flags,
                "without_flags": without_flags,
                "kind": kind,
                "only_snatched": only_snatched,
                "min_size_bytes": min_size_bytes,
                "max_size_bytes": max_size_bytes,
                "min_seeders": min_seeders,
                "max_seeders": max_seeders,
                "min_snatches": min_snatches,
                "max_snatches": max_snatches,
                "added_from": added_from,
                "added_before": added_before,
                "order": order,
                "page": page,
                "page_size": page_size,
            },
        )


class AsyncReleases:
    """Search releases and grab one of them."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def grab(
        self, body: models.GrabRelease | models.GrabFoundRelease, *, idempotency_key: str | None = None
    ) -> models.Download:
        """Send a release to the download client: a candidate of a download, or a release from a recent search."""
        return await self._connection.send(
            "POST", "/api/releases/grab", models.Download, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    async def list_seen_releases(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        sort: Literal[
            "seen_at",
            "-seen_at",
            "published_at",
            "-published_at",
            "seeders",
            "-seeders",
            "snatches",
            "-snatches",
            "size_bytes",
            "-size_bytes",
            "title",
            "-title",
        ]
        | None = None,
        query: str | None = None,
        language: str | None = None,
        category_id: int | None = None,
        filetype: str | None = None,
        audio: bool | None = None,
        freeleech: bool | None = None,
        vip: bool | None = None,
        snatched: bool | None = None,
        abridged: bool | None = None,
        min_size_bytes: int | None = None,
        max_size_bytes: int | None = None,
        min_seeders: int | None = None,
        seen_since: dt.datetime | None = None,
    ) -> Page[models.SeenRelease]:
        """The releases that searches and top lists have shown at MyAnonamouse. It sends no request to the site.

        - `limit`: maximum number of items
        - `offset`: number of items to skip
        - `sort`: with a leading - in descending order
        - `language`: three-letter code
        - `category_id`: id of an older category
        - `audio`: true: only audiobooks; false: only others
        - `snatched`: true: only releases that this account has downloaded before
        - `abridged`: true: only abridged releases; false: only others
        """
        return await self._connection.send(
            "GET",
            "/api/releases/seen",
            Page[models.SeenRelease],
            query={
                "limit": limit,
                "offset": offset,
                "sort": sort,
                "query": query,
                "language": language,
                "category_id": category_id,
                "filetype": filetype,
                "audio": audio,
                "freeleech": freeleech,
                "vip": vip,
                "snatched": snatched,
                "abridged": abridged,
                "min_size_bytes": min_size_bytes,
                "max_size_bytes": max_size_bytes,
                "min_seeders": min_seeders,
                "seen_since": seen_since,
            },
        )

    async def read_torrent_page(
        self, *, release_id: str, max_age_seconds: int | None = None, person_waits: bool | None = None
    ) -> models.TorrentPage:
        """What the page of a torrent at MyAnonamouse shows: its files, description and exact size. It may take a minute.

        Needs a key with the scope `write`, because it may use one of the pages of a day.

        - `release_id`: id of the torrent
        - `max_age_seconds`: a page up to this age may come from the cache
        - `person_waits`: true: a person waits, so the request goes before those of a schedule
        """
        return await self._connection.send(
            "GET",
            "/api/releases/page",
            models.TorrentPage,
            query={"release_id": release_id, "max_age_seconds": max_age_seconds, "person_waits": person_waits},
        )

    async def search(self, *, query: str | None = None, missing_book_id: UUID | None = None) -> models.FoundReleases:
        """Search MyAnonamouse and Prowlarr now. Each release comes with the decision that would be made about it.

        Needs a key with the scope `write`, because each search uses requests of your account at the tracker.
        """
        return await self._connection.send(
            "GET",
            "/api/releases/search",
            models.FoundReleases,
            query={"query": query, "missing_book_id": missing_book_id},
        )

    async def search_mam(
        self,
        *,
        text: str | None = None,
        title: str | None = None,
        author: str | None = None,
        series: str | None = None,
        narrator: str | None = None,
        isbn: str | None = None,
        asin: str | None = None,
        release_id: str | None = None,
        info_hash: str | None = None,
        main_categories: Sequence[models.MainCategory] | None = None,
        categories: Sequence[int] | None = None,
        new_categories: Sequence[int] | None = None,
        languages: Sequence[models.MamLanguage] | None = None,
        only_flags: Sequence[models.BrowseFlag] | None = None,
        without_flags: Sequence[models.BrowseFlag] | None = None,
        kind: models.ReleaseKind | None = None,
        only_snatched: bool | None = None,
        min_size_bytes: int | None = None,
        max_size_bytes: int | None = None,
        min_seeders: int | None = None,
        max_seeders: int | None = None,
        min_snatches: int | None = None,
        max_snatches: int | None = None,
        added_from: dt.date | None = None,
        added_before: dt.date | None = None,
        order: models.SearchOrder | None = None,
        page: int | None = None,
        page_size: int | None = None,
    ) -> models.FoundPage:
        """Search MyAnonamouse by its own fields and filters, or answer from a search of the last 15 minutes.

        Needs a key with the scope `write`, because each search uses a request of your account at the tracker.

        - `text`: words of the title, author or series
        - `categories`: ids of older categories
        - `new_categories`: ids of newer categories; a release in one of either kind is listed
        - `only_flags`: only releases with these flags
        - `without_flags`: no release with these flags
        - `only_snatched`: only releases that this account has downloaded before
        - `added_from`: first day of the upload, in UTC
        - `added_before`: the day after the last day of the upload, in UTC
        - `page`: number of the page, from 0
        """
        return await self._connection.send(
            "GET",
            "/api/releases/search/mam",
            models.FoundPage,
            query={
                "text": text,
                "title": title,
                "author": author,
                "series": series,
                "narrator": narrator,
                "isbn": isbn,
                "asin": asin,
                "release_id": release_id,
                "info_hash": info_hash,
                "main_categories": main_categories,
                "categories": categories,
                "new_categories": new_categories,
                "languages": languages,
                "only_flags": only_flags,
                "without_flags": without_flags,
                "kind": kind,
                "only_snatched": only_snatched,
                "min_size_bytes": min_size_bytes,
                "max_size_bytes": max_size_bytes,
                "min_seeders": min_seeders,
                "max_seeders": max_seeders,
                "min_snatches": min_snatches,
                "max_snatches": max_snatches,
                "added_from": added_from,
                "added_before": added_before,
                "order": order,
                "page": page,
                "page_size": page_size,
            },
        )
