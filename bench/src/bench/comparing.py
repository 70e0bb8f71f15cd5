"""Gap comparisons of invented series, sent to the library scanner as the metadata service sends them."""

import asyncio
from collections.abc import Iterator, Sequence
from itertools import islice
from uuid import UUID, uuid4

import nats
import psycopg
from shared.chassis.streams import stream_of
from shared.contracts.library.books import Book
from shared.contracts.metadata.bibliographies import BibliographyCollected, BibliographyOf, CataloguedWork
from shared.contracts.values import SeriesPlace

PROVIDER = "AUDIBLE"
SENDER = "metadata"


class Comparisons:
    """Bibliographies of the first `count` series of the library: every owned book, and one more."""

    def __init__(self, database_url: str, nats_url: str, books: Sequence[Book], count: int) -> None:
        """The addresses are those of the library scanner's role and of the metadata service's user."""
        self._database_url = database_url
        self._nats_url = nats_url
        self._bibliographies = list(islice(_bibliographies(database_url, books), count))

    def send(self) -> None:
        """Send all bibliographies."""
        asyncio.run(self._send())

    def done(self) -> bool:
        """Whether all have been compared."""
        ids = [each.subject_id for each in self._bibliographies]
        query = "select count(*) from library.series where id = any(%s) and last_checked_at is not null"
        with psycopg.connect(self._database_url) as connection:
            found = connection.execute(query, [ids]).fetchone()
        return found is not None and found[0] == len(ids)

    async def _send(self) -> None:
        connection = await nats.connect(self._nats_url, inbox_prefix=f"_INBOX_{SENDER}".encode())
        try:
            js = connection.jetstream()
            for each in self._bibliographies:
                headers = {"Nats-Msg-Id": str(uuid4()), "content-type": "application/json"}
                await js.publish(
                    each.subject, each.model_dump_json().encode(), headers=headers, stream=stream_of(each.subject)
                )
        finally:
            await connection.close()


def _bibliographies(url: str, books: Sequence[Book]) -> Iterator[BibliographyCollected]:
    in_series: dict[tuple[str, str], list[Book]] = {}
    for book in books:
        for place in book.series:
            in_series.setdefault((place.name, book.authors[0]), []).append(book)
    ids = _series_ids(url)
    for (name, author), owned in in_series.items():
        works = [_work(name, author, number, book.title) for number, book in enumerate(owned, start=1)]
        works.append(_work(name, author, len(owned) + 1, "The Missing Volume"))
        yield BibliographyCollected(
            of=BibliographyOf.SERIES, subject_id=ids[name, author], works=works, answered=[PROVIDER]
        )


def _series_ids(url: str) -> dict[tuple[str, str], UUID]:
    with psycopg.connect(url) as connection:
        rows = connection.execute("select name, authors[1], id from library.series")
        return {(name, author): series_id for name, author, series_id in rows}


def _work(series: str, author: str, number: int, title: str) -> CataloguedWork:
    return CataloguedWork(
        id=f"{PROVIDER}:{uuid4().hex[:10].upper()}",
        provider=PROVIDER,
        title=title,
        authors=[author],
        series=[SeriesPlace(name=series, sequence=str(number))],
        language="english",
        duration_minutes=400,
        is_audio=True,
    )
