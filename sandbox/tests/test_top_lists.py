"""The stand-in of an external catalogue of top lists."""

from sandbox.testing import a_world, an_offer, client_of

from sandbox import top_lists

OFFERS = [
    an_offer(id="901", title="Ozma of Oz", snatched=5, added_days_ago=1),
    an_offer(id="902", title="Sky Island", snatched=9, added_days_ago=40),
    an_offer(id="903", title="A Princess of Mars", category=47, added_days_ago=1),
]


async def test_it_lists_the_genres_and_the_most_popular_books_of_a_span() -> None:
    app = top_lists.create(a_world(offers=[each.model_dump() for each in OFFERS]))
    async with client_of(app) as client:
        genres = (await client.get("/genres")).json()["genres"]
        assert genres == [{"id": "41", "name": "Fantasy"}, {"id": "47", "name": "Science Fiction"}]
        week = (await client.get("/top?genre=41&span=week&limit=10")).json()
        assert [book["title"] for book in week["books"]] == ["Ozma of Oz"]
        every = (await client.get("/top?genre=41&span=all&limit=1")).json()
        assert [book["title"] for book in every["books"]] == ["Sky Island"]
        assert (await client.get("/top?genre=41&span=decade")).status_code == 400
