from typing import Any

import httpx
import pytest
from sandbox.outcomes import Controlled
from sandbox.providers import openlibrary
from sandbox.testing import a_record, a_world, client_of

ISBN = "9780306406157"


def site(*changes: dict[str, Any]) -> Controlled:
    records = [a_record(**{"format": "print", "isbn": ISBN, **each}).model_dump() for each in changes]
    return openlibrary.create(a_world(providers={"openlibrary": records}))


async def ask(app: Controlled, path: str, **params: Any) -> httpx.Response:
    async with client_of(app) as http:
        return await http.get(path, params=params)


async def test_only_the_named_fields_are_shown() -> None:
    found = (await ask(site({}), "/search.json", title="land of oz", author="baum", fields="title,isbn")).json()
    assert (found["numFound"], found["docs"]) == (1, [{"title": "The Marvelous Land of Oz", "isbn": [ISBN]}])


async def test_audiobooks_are_not_listed() -> None:
    assert (await ask(site({"format": "audio"}), "/search.json", q="oz")).json()["docs"] == []


async def test_a_work_that_was_merged_leads_to_the_other_work() -> None:
    app = site(*({"id": f"oz{n}", "title": f"Oz Story {n}", "isbn": None} for n in range(6)))
    docs = (await ask(app, "/search.json", q="oz", fields="key,title")).json()["docs"]
    works = {each["title"]: (await ask(app, f"{each['key']}.json")).json() for each in docs}
    merged = {title: each["location"] for title, each in works.items() if "location" in each}
    assert 0 < len(merged) < 6
    for title, location in merged.items():
        assert (await ask(app, f"{location}.json")).json()["title"] == title


async def test_editions_that_are_not_known_are_left_out() -> None:
    keys = f"ISBN:{ISBN},ISBN:9781402894626"
    found = (await ask(site({}), "/api/books", bibkeys=keys, jscmd="data", format="json")).json()
    assert list(found) == [f"ISBN:{ISBN}"]
    assert found[f"ISBN:{ISBN}"]["publish_date"] == "July 5, 1904"


async def test_a_person_has_two_records_of_which_one_has_the_works() -> None:
    docs = (await ask(site({}), "/search/authors.json", q="frank baum")).json()["docs"]
    assert sorted(each["work_count"] for each in docs) == [0, 1]
    found = [(await ask(site({}), "/search.json", author=each["key"])).json()["numFound"] for each in docs]
    assert sorted(found) == [0, 1]


@pytest.mark.parametrize("path", ["/works/OL1W.json", "/works/OLxW.json"])
async def test_an_unknown_work_is_not_found(path: str) -> None:
    assert (await ask(site({}), path)).status_code == 404
