from typing import Any

import httpx
import pytest
from sandbox.outcomes import Controlled
from sandbox.providers import custom
from sandbox.providers.custom import AUTHORIZATION, CATALOGUES, CUSTOM
from sandbox.testing import a_record, a_world, client_of

OZ = a_record(isbn="9780306406157", genres=["Fantasy"], description="A boy named Tip.")


def server() -> Controlled:
    return custom.create(a_world(providers={name: [OZ] for name in CATALOGUES}), AUTHORIZATION)


async def search(path: str, authorization: str = AUTHORIZATION, **params: Any) -> httpx.Response:
    async with client_of(server(), headers={"Authorization": authorization}) as http:
        return await http.get(path, params=params)


async def test_the_match_of_each_server_has_its_oddities() -> None:
    found = {}
    for name in CATALOGUES:
        answer = await search(f"/{name}/search", query="land of oz", mediaType="book")
        (found[name],) = answer.json()["matches"]
    assert set(found["kindle"]) == {"title", "author", "cover", "asin"}
    assert found["audioteka"]["series"] == [{"series": "Oz", "sequence": 2}]
    assert found["audioteka"]["description"] == "<p>A boy named Tip.</p>"
    assert found["lubimyczytac"]["isbn"] == "9780306406157"


@pytest.mark.parametrize(("name", "matches"), [("kindle", 0), ("audioteka", 0), ("lubimyczytac", 1)])
async def test_only_one_server_ignores_the_author(name: str, matches: int) -> None:
    answer = await search(f"/{name}/search", query="land of oz", author="Jane Austen")
    assert len(answer.json()["matches"]) == matches


@pytest.mark.parametrize(
    ("path", "authorization", "params", "status"),
    [
        ("/kindle/search", "wrong", {"query": "oz"}, 401),
        ("/nobody/search", AUTHORIZATION, {"query": "oz"}, 404),
        ("/kindle/search", AUTHORIZATION, {}, 400),
    ],
)
async def test_errors_are_sent_as_the_protocol_says(
    path: str, authorization: str, params: dict[str, str], status: int
) -> None:
    answer = await search(path, authorization, **params)
    assert (answer.status_code, list(answer.json())) == (status, ["error"])


async def test_a_podcast_has_no_matches() -> None:
    assert (await search("/kindle/search", query="oz", mediaType="podcast")).json() == {"matches": []}


def test_the_setting_names_only_the_catalogues_that_the_world_has() -> None:
    assert CUSTOM.address_text(a_world(), "http://server") == ""
    world = a_world(providers={"kindle": [OZ], "lubimyczytac": []})
    assert CUSTOM.address_text(world, "http://server") == "kindle=http://server/kindle"
