from typing import Any

import httpx
import pytest
from sandbox.outcomes import Controlled
from sandbox.providers import audnexus
from sandbox.testing import a_record, a_world, client_of

BOOK = "/books/B0OZ000002"


def site(**changes: Any) -> Controlled:
    return audnexus.create(a_world(providers={"audible": [a_record(**changes).model_dump()]}))


async def ask(app: Controlled, path: str, **params: Any) -> httpx.Response:
    async with client_of(app) as http:
        return await http.get(path, params=params)


async def test_a_book_of_audible_is_shown() -> None:
    book = (await ask(site(), BOOK)).json()
    assert (book["title"], book["runtimeLengthMin"], book["isbn"]) == ("The Marvelous Land of Oz", 300, "")
    assert book["seriesPrimary"]["position"] == "Book 2"


async def test_chapters_have_the_length_of_the_book() -> None:
    listed = (await ask(site(), f"{BOOK}/chapters")).json()
    assert sum(each["lengthMs"] for each in listed["chapters"]) == listed["runtimeLengthMs"] == 300 * 60_000


@pytest.mark.parametrize(
    ("path", "params", "status", "code"),
    [
        ("/books/b0oz000002", {}, 400, "BAD_REQUEST"),
        (BOOK, {"region": "nowhere"}, 400, "BAD_REQUEST"),
        ("/books/B0OZ999999", {}, 404, "NOT_FOUND"),
        ("/books/B0OZ999999/chapters", {}, 404, "NOT_FOUND"),
        ("/authors", {}, 400, "BAD_REQUEST"),
        ("/authors/B0OZ999999", {}, 404, "NOT_FOUND"),
    ],
)
async def test_a_request_that_fails_has_an_error(path: str, params: dict[str, str], status: int, code: str) -> None:
    answer = await ask(site(), path, **params)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


async def test_a_book_is_unknown_in_a_marketplace_that_does_not_sell_it() -> None:
    app = site(marketplaces=["de"])
    assert (await ask(app, BOOK, region="us")).status_code == 404
    assert (await ask(app, BOOK, region="de")).json()["region"] == "de"


async def test_an_author_is_found_by_whole_words_only() -> None:
    assert [each["name"] for each in (await ask(site(), "/authors", name="frank baum")).json()] == ["L. Frank Baum"]
    assert (await ask(site(), "/authors", name="LF Baum")).json() == []


async def test_authors_of_the_same_genre_are_similar() -> None:
    books = [
        a_record(id=name, asin=asin, authors=[name], genres=[genre])
        for name, asin, genre in (
            ("L. Frank Baum", "B0OZ000002", "Fantasy"),
            ("E. Nesbit", "B0NESBIT01", "Fantasy"),
            ("Jane Austen", "B0EMMA0001", "Romance"),
        )
    ]
    app = audnexus.create(a_world(providers={"audible": [each.model_dump() for each in books]}))
    (found,) = (await ask(app, "/authors", name="Baum")).json()
    author = (await ask(app, f"/authors/{found['asin']}")).json()
    assert (author["asin"], [each["name"] for each in author["similar"]]) == (found["asin"], ["E. Nesbit"])
