"""GET /api/authors/{id}/similar"""

from uuid import uuid4

import nats
from nats.aio.msg import Msg
from shared.contracts.library.authors import Author, GetAuthor
from shared.contracts.metadata.similar_authors import FindSimilarAuthors, SimilarAuthor, SimilarAuthors
from shared.testing.flushing import flush

from .conftest import Gateway

BAUM = Author(id=uuid4(), name="L. Frank Baum", owned=2, missing=0)
FOUND = SimilarAuthors(
    asin="B0BAUM0001",
    authors=[SimilarAuthor(name="E. Nesbit", asin="B0NESBIT01", author_id=uuid4(), owned=3)],
    answered=["audnexus"],
)


async def test_the_providers_are_asked_for_the_author_by_name(gateway: Gateway) -> None:
    connection = await nats.connect(gateway.nats_url)
    names: list[str] = []

    async def author(message: Msg) -> None:
        await connection.publish(message.reply, BAUM.model_dump_json().encode())

    async def similar(message: Msg) -> None:
        names.append(FindSimilarAuthors.model_validate_json(message.data).name)
        await connection.publish(message.reply, FOUND.model_dump_json().encode())

    await connection.subscribe(GetAuthor.subject, cb=author)
    await connection.subscribe(FindSimilarAuthors.subject, cb=similar)
    await flush(connection)
    response = await gateway.call("GET", f"/api/authors/{BAUM.id}/similar")
    await connection.close()
    assert (response.status_code, names) == (200, ["L. Frank Baum"])
    assert SimilarAuthors.model_validate(response.json()) == FOUND
