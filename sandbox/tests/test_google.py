from typing import Any

import httpx
import pytest
from sandbox.outcomes import Controlled
from sandbox.providers import google
from sandbox.testing import a_record, a_world, client_of

VOLUMES = "/books/v1/volumes"
KEY = {"x-goog-api-key": "a-key"}


def site(*changes: dict[str, Any]) -> Controlled:
    records = [a_record(**{"format": "print", "isbn": "9780306406157", **each}).model_dump() for each in changes]
    return google.create(a_world(providers={"google": records}), key="a-key")


async def ask(app: Controlled, path: str = VOLUMES, **params: Any) -> httpx.Response:
    async with client_of(app, headers=KEY) as http:
        return await http.get(path, params=params)


@pytest.mark.parametrize("query", ['intitle:"land of oz" inauthor:baum', "marvelous baum", 'intitle:"Márvelous"'])
async def test_every_word_must_match(query: str) -> None:
    answer = (await ask(site({}), q=query)).json()
    assert [each["volumeInfo"]["title"] for each in answer["items"]] == ["The Marvelous Land of Oz"]


async def test_items_are_missing_if_nothing_was_found() -> None:
    assert (await ask(site({}), q="emma")).json() == {"kind": "books#volumes", "totalItems": 0}


async def test_audiobooks_are_not_listed() -> None:
    assert "items" not in (await ask(site({"format": "audio"}), q="oz")).json()


async def test_the_series_is_shown_only_by_the_volume_that_is_asked_for_it() -> None:
    app = site({})
    (volume,) = (await ask(app, q="oz")).json()["items"]
    path = f"{VOLUMES}/{volume['id']}"
    assert "seriesInfo" not in volume["volumeInfo"]
    assert "seriesInfo" not in (await ask(app, path)).json()["volumeInfo"]
    whole = (await ask(app, path, includeNonComicsSeries="true")).json()["volumeInfo"]["seriesInfo"]
    listed = (await ask(app, "/books/v1/series/get", series_id=whole["volumeSeries"][0]["seriesId"])).json()["series"]
    assert (whole["bookDisplayNumber"], [each["title"] for each in listed]) == ("2", ["Oz"])


async def test_the_volumes_of_a_series_are_listed_in_pages() -> None:
    app = site(*({"id": f"oz{number}", "title": f"Oz Story {number}"} for number in range(25)))
    volume = (await ask(app, q="oz")).json()["items"][0]
    whole = (await ask(app, f"{VOLUMES}/{volume['id']}", includeNonComicsSeries="true")).json()["volumeInfo"]
    wanted = {"series_id": whole["seriesInfo"]["volumeSeries"][0]["seriesId"], "page_size": "100"}
    first = (await ask(app, "/books/v1/series/membership/get", **wanted)).json()
    rest = (await ask(app, "/books/v1/series/membership/get", **wanted, page_token=first["nextPageToken"])).json()
    titles = {each["volumeInfo"]["title"] for each in (*first["member"], *rest["member"])}
    assert (len(first["member"]), len(rest["member"]), len(titles)) == (20, 5, 25)
    assert "nextPageToken" not in rest
    assert (await ask(app, "/books/v1/series/membership/get")).status_code == 400


@pytest.mark.parametrize(("headers", "status"), [({}, 429), ({"x-goog-api-key": "another"}, 400), (KEY, 200)])
async def test_without_a_key_the_shared_quota_is_used_up(headers: dict[str, str], status: int) -> None:
    async with client_of(site({}), headers=headers) as http:
        assert (await http.get(VOLUMES, params={"q": "oz"})).status_code == status


async def test_a_page_is_bounded() -> None:
    assert (await ask(site({}), q="oz", maxResults="41")).status_code == 400
