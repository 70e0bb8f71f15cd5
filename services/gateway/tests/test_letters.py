"""GET /api/{books,series,authors}/letters"""

from typing import Any

import pytest
from shared.contracts.library.authors import ListAuthorLetters
from shared.contracts.library.books import ListBookLetters
from shared.contracts.library.letters import LetterPlace, Letters
from shared.contracts.library.series import ListSeriesLetters
from shared.contracts.message import Request

from .answering import answering
from .conftest import READ_KEY, Gateway

pytestmark = pytest.mark.asyncio(loop_scope="module")

LETTERS = Letters(letters=[LetterPlace(letter="A", offset=0, count=3)], total=3)


@pytest.fixture
def gateway(gateway_of_module: Gateway) -> Gateway:
    return gateway_of_module


@pytest.mark.parametrize(
    ("path", "request_sent"),
    [
        ("books/letters?author=baum&sort=-title", ListBookLetters(author="baum", sort="-title")),
        ("series/letters?monitored=true", ListSeriesLetters(monitored=True)),
        ("authors/letters?followed=false", ListAuthorLetters(followed=False)),
    ],
)
async def test_letters_are_requested_with_the_filters_of_the_list(
    gateway: Gateway, path: str, request_sent: Request[Any]
) -> None:
    async with answering(gateway.nats_url, type(request_sent), LETTERS) as requests:
        response = await gateway.call("GET", f"/api/{path}", READ_KEY)
    assert (response.status_code, response.json()) == (200, LETTERS.model_dump())
    assert requests == [request_sent]


@pytest.mark.parametrize("path", ["books/letters?sort=added_at", "series/letters?sort=owned", "authors/letters?sort="])
async def test_only_lists_in_alphabetical_order_have_letters(gateway: Gateway, path: str) -> None:
    assert (await gateway.call("GET", f"/api/{path}")).status_code == 422
