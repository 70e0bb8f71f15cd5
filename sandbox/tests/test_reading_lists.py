"""The lists of users at Goodreads and Hardcover show the records of the world."""

import pytest
from sandbox.providers import goodreads, hardcover
from sandbox.testing import a_record, a_world, client_of
from sandbox.world import ReadingList, World

RECORDS = [a_record(id=str(number), title=f"Book <{number}>") for number in range(1, 104)]
SHELF = "/review/list_rss/12345"


def a_world_with(*lists: ReadingList) -> World:
    return a_world(providers={"goodreads": RECORDS, "hardcover": RECORDS}, reading_lists=lists)


def listed(site: str, user: str = "12345") -> ReadingList:
    return ReadingList(site=site, user=user, name="to-read", books=[each.id for each in RECORDS])


async def test_a_shelf_shows_a_hundred_books_on_a_page_the_newest_first() -> None:
    async with client_of(goodreads.create(a_world_with(listed("goodreads")))) as client:
        first = await client.get(SHELF, params={"shelf": "to-read"})
        second = await client.get(SHELF, params={"shelf": "to-read", "page": "2"})
        other = await client.get(SHELF, params={"shelf": "read"})
        unknown = await client.get("/review/list_rss/9", params={"shelf": "to-read"})
    assert (first.text.count("<item>"), second.text.count("<item>"), other.text.count("<item>")) == (100, 3, 0)
    assert first.text.index("<book_id>103</book_id>") < first.text.index("<book_id>102</book_id>")
    assert unknown.status_code == 404


async def test_an_unchanged_page_is_answered_without_content() -> None:
    async with client_of(goodreads.create(a_world_with(listed("goodreads")))) as client:
        answer = await client.get(SHELF, params={"shelf": "to-read"})
        headers = {"If-None-Match": answer.headers["etag"]}
        again = await client.get(SHELF, params={"shelf": "to-read"}, headers=headers)
        changed = await client.get(SHELF, params={"shelf": "to-read", "page": "2"}, headers=headers)
    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200


async def test_a_list_of_hardcover_is_found_by_its_user_and_its_name() -> None:
    app = hardcover.create(a_world_with(listed("hardcover", "reader"), listed("hardcover", "other")), token="token")
    query = (
        'query { lists(where: {slug: {_eq: "to-read"}, user: {username: {_eq: "reader"}}}) { books_count '
        "list_books(order_by: [{position: asc}], limit: 2) { position book { title } edition { asin } } } }"
    )
    async with client_of(app, headers={"Authorization": "Bearer token"}) as client:
        (found,) = (await client.post("/v1/graphql", json={"query": query})).json()["data"]["lists"]
    assert found["books_count"] == len(RECORDS)
    assert [each["book"]["title"] for each in found["list_books"]] == ["Book <1>", "Book <2>"]
    assert [each["edition"] is None for each in found["list_books"]] == [False, True]


def test_a_list_of_an_unknown_record_is_a_mistake() -> None:
    unknown = ReadingList(site="goodreads", user="1", name="to-read", books=["7777"])
    with pytest.raises(ValueError, match=r"reading_lists\[goodreads/1/to-read\].books: there is no record '7777'"):
        a_world_with(unknown)
