"""Guides and forum topics of MyAnonamouse: search, answers and the crawler.

`make messages` generates this file from the description of the API. Do not edit it.
"""

from uuid import UUID

from gapless_client import models
from gapless_client.async_connection import AsyncConnection
from gapless_client.calls import segment
from gapless_client.connection import Connection


class Guides:
    """Guides and forum topics of MyAnonamouse: search, answers and the crawler."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(self, body: models.AskGuides, *, idempotency_key: str | None = None) -> models.GuideAnswer:
        """The passages of guides and topics that answer a question.

        If a language model is configured, it words an answer from the passages and cites them. An answer that cites a
        passage that does not exist is not shown. Needs a key with the scope `write`, because a language model can
        cost money.
        """
        return self._connection.send(
            "POST", "/api/guides/ask", models.GuideAnswer, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    def get(self, guide_id: UUID) -> models.Guide:
        """One guide or page of a topic with its whole text, its links and the torrents that it mentions."""
        return self._connection.send("GET", f"/api/guides/{segment(guide_id)}", models.Guide)

    def get_crawler(self) -> models.CrawlerStatus:
        """The state of the crawler, the figures of its current or last crawl, and the pages that could not be read."""
        return self._connection.send("GET", "/api/crawler", models.CrawlerStatus)

    def get_unreadable_page(self, *, selector: str) -> models.UnreadablePageText:
        """The last page in which a selector did not match, for a report. It holds no keys, tokens or addresses.

        - `selector`: the selector, as the crawler shows it
        """
        return self._connection.send(
            "GET", "/api/crawler/unreadable-page", models.UnreadablePageText, query={"selector": selector}
        )

    def list(
        self,
        *,
        query: str | None = None,
        kind: models.GuideKind | None = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> models.GuideList:
        """The guides and forum topics that were crawled. With a query the best match comes first, else the newest.

        The snippets are HTML: the text is escaped, and the words found are in `<mark>`.

        - `query`: words, "exact phrases", or, and -words to exclude
        - `kind`: only guides, or only forum topics
        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return self._connection.send(
            "GET",
            "/api/guides",
            models.GuideList,
            query={"query": query, "kind": kind, "limit": limit, "offset": offset},
        )

    def reset_crawler(self, *, idempotency_key: str | None = None) -> models.CrawlerStatus:
        """Make the next crawl fetch every page again. The stored guides can still be searched."""
        return self._connection.send(
            "POST", "/api/crawler/reset", models.CrawlerStatus, headers={"Idempotency-Key": idempotency_key}
        )


class AsyncGuides:
    """Guides and forum topics of MyAnonamouse: search, answers and the crawler."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def ask(self, body: models.AskGuides, *, idempotency_key: str | None = None) -> models.GuideAnswer:
        """The passages of guides and topics that answer a question.

        If a language model is configured, it words an answer from the passages and cites them. An answer that cites a
        passage that does not exist is not shown. Needs a key with the scope `write`, because a language model can
        cost money.
        """
        return await self._connection.send(
            "POST", "/api/guides/ask", models.GuideAnswer, body=body, headers={"Idempotency-Key": idempotency_key}
        )

    async def get(self, guide_id: UUID) -> models.Guide:
        """One guide or page of a topic with its whole text, its links and the torrents that it mentions."""
        return await self._connection.send("GET", f"/api/guides/{segment(guide_id)}", models.Guide)

    async def get_crawler(self) -> models.CrawlerStatus:
        """The state of the crawler, the figures of its current or last crawl, and the pages that could not be read."""
        return await self._connection.send("GET", "/api/crawler", models.CrawlerStatus)

    async def get_unreadable_page(self, *, selector: str) -> models.UnreadablePageText:
        """The last page in which a selector did not match, for a report. It holds no keys, tokens or addresses.

        - `selector`: the selector, as the crawler shows it
        """
        return await self._connection.send(
            "GET", "/api/crawler/unreadable-page", models.UnreadablePageText, query={"selector": selector}
        )

    async def list(
        self,
        *,
        query: str | None = None,
        kind: models.GuideKind | None = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> models.GuideList:
        """The guides and forum topics that were crawled. With a query the best match comes first, else the newest.

        The snippets are HTML: the text is escaped, and the words found are in `<mark>`.

        - `query`: words, "exact phrases", or, and -words to exclude
        - `kind`: only guides, or only forum topics
        - `limit`: maximum number of items
        - `offset`: number of items to skip
        """
        return await self._connection.send(
            "GET",
            "/api/guides",
            models.GuideList,
            query={"query": query, "kind": kind, "limit": limit, "offset": offset},
        )

    async def reset_crawler(self, *, idempotency_key: str | None = None) -> models.CrawlerStatus:
        """Make the next crawl fetch every page again. The stored guides can still be searched."""
        return await self._connection.send(
            "POST", "/api/crawler/reset", models.CrawlerStatus, headers={"Idempotency-Key": idempotency_key}
        )
