from typing import Any

import httpx
import pytest
from sandbox.outcomes import Controlled, Outcome
from sandbox.providers import goodreads
from sandbox.testing import a_record, a_world, client_of
from sandbox.world import ProviderRecord

OZ = a_record(format="print", description="A boy named Tip. " * 20)


def site(*records: ProviderRecord) -> Controlled:
    return goodreads.create(a_world(providers={"goodreads": [each.model_dump() for each in records]}))


async def suggest(app: Controlled, query: str) -> httpx.Response:
    async with client_of(app) as http:
        return await http.get("/book/auto_complete", params={"format": "json", "q": query})


async def suggested(app: Controlled, query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await suggest(app, query)).json()
    return found


async def test_a_suggestion_has_the_fields_of_the_real_site() -> None:
    (found,) = await suggested(site(OZ), "marvelous land of oz baum")
    assert found["title"] == "The Marvelous Land of Oz (Oz, #2)"
    assert (found["bookTitleBare"], found["author"]["name"]) == ("The Marvelous Land of Oz", "L. Frank Baum")
    assert (found["bookId"], found["avgRating"], found["ratingsCount"]) == ("1002", "4.05", 100)
    assert (found["description"]["truncated"], len(found["description"]["html"])) == (True, 160)


async def test_at_most_five_books_are_suggested_and_a_book_names_one_author() -> None:
    many = [a_record(id=str(each), authors=["L. Frank Baum", "Ruth Plumly"], popularity=each) for each in range(9)]
    found = await suggested(site(*many), "land of oz")
    assert [each["bookId"] for each in found] == ["8", "7", "6", "5", "4"]
    assert {each["author"]["name"] for each in found} == {"L. Frank Baum"}


async def test_a_query_without_hits_or_words_gives_an_empty_list() -> None:
    assert await suggested(site(OZ), "emma") == []
    assert await suggested(site(OZ), " ") == []


@pytest.mark.parametrize(
    ("kind", "status", "sign"),
    [
        ("challenge", 202, "x-amzn-waf-action"),
        ("waf_block", 403, "x-amzn-waf-action"),
        ("sign_in", 302, "location"),
        ("captcha_page", 200, "content-type"),
    ],
)
async def test_a_block_is_sent_as_the_real_site_does(kind: str, status: int, sign: str) -> None:
    app = site(OZ)
    app.outcomes.switch_on(Outcome(kind=kind, times=1))
    blocked = await suggest(app, "oz")
    assert (blocked.status_code, sign in blocked.headers) == (status, True)
    assert (await suggest(app, "oz")).json()
