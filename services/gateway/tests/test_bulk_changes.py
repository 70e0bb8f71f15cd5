"""Changes of many books, missing books and downloads in one call."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from shared.contracts.bulk import BulkResult
from shared.contracts.downloads.bulk_changes import (
    CancelDownloads,
    DeleteDownloads,
    RetryDownloads,
    SearchMissingBooks,
)
from shared.contracts.library.books import SelectBooks
from shared.contracts.library.locks import ChangeLocks
from shared.contracts.library.missing_books import UpdateMissingBooks
from shared.contracts.message import Request
from shared.contracts.metadata.refreshes import MAX_BOOKS
from shared.contracts.model import Model
from shared.contracts.scheduler import Run, RunStatus, RunTask

from .answering import answering
from .conftest import Gateway

pytestmark = pytest.mark.asyncio(loop_scope="module")

IDS = [str(uuid4()), str(uuid4())]
RESULT = BulkResult(done=[UUID(IDS[0])], refused=1, remaining=[])


@pytest.fixture
def gateway(gateway_of_module: Gateway) -> Gateway:
    return gateway_of_module


class Ids(Model):
    """A list of ids as an answer."""

    ids: list[UUID]

    def model_dump_json(self, **_: Any) -> str:
        return "[" + ",".join(f'"{each}"' for each in self.ids) + "]"


@pytest.mark.parametrize(
    ("path", "kind", "filters"),
    [
        ("books/missing/search", SearchMissingBooks, {"absence": ["no_release"]}),
        ("books/missing/ignore", UpdateMissingBooks, {"reason": ["author_gap"]}),
        ("books/missing/want", UpdateMissingBooks, {"status": ["ignored"]}),
        ("books/lock", ChangeLocks, {"author": "L. Frank Baum"}),
        ("books/unlock", ChangeLocks, {"incomplete": True}),
        ("downloads/retry", RetryDownloads, {"status": ["abandoned"]}),
        ("downloads/cancel", CancelDownloads, {"waiting": True}),
        ("downloads/delete", DeleteDownloads, {"status": ["imported"]}),
    ],
)
async def test_a_selection_is_sent_to_its_owner_who_answers_for_each_item(
    gateway: Gateway, path: str, kind: type[Request[Any]], filters: dict[str, Any]
) -> None:
    async with answering(gateway.nats_url, kind, RESULT) as requests:
        by_ids = await gateway.call("POST", f"/api/{path}", json={"ids": IDS})
        by_filter = await gateway.call("POST", f"/api/{path}", json={"filter": filters, "expected": 12})
    assert (by_ids.json()["done"], by_filter.json()["refused"]) == ([IDS[0]], 1)
    first, second = (each.selection for each in requests)
    assert [str(each) for each in first.ids] == IDS
    assert second.filter == type(second.filter).model_validate(filters)
    assert second.expected == 12


@pytest.mark.parametrize("body", [{}, {"ids": []}, {"filter": {}}])
async def test_a_selection_that_names_nothing_is_refused(gateway: Gateway, body: dict[str, Any]) -> None:
    for path in ("books/missing/ignore", "books/lock", "books/refresh", "downloads/retry"):
        assert (await gateway.call("POST", f"/api/{path}", json=body)).status_code == 422


@pytest.mark.parametrize("body", [{"ids": IDS}, {"filter": {"status": "active", "author": "Baum"}, "expected": 2}])
async def test_chosen_books_are_refreshed_in_a_run(gateway: Gateway, body: dict[str, Any]) -> None:
    run = Run.model_validate(
        {"id": uuid4(), "task": "metadata_books", "status": RunStatus.RUNNING, "due_at": "2026-03-01T00:00:00Z"}
    )
    selected = Ids(ids=[UUID(each) for each in IDS])
    async with answering(gateway.nats_url, SelectBooks, selected), answering(gateway.nats_url, RunTask, run) as started:
        response = await gateway.call("POST", "/api/books/refresh", json=body)
    assert (response.status_code, response.json()["id"]) == (202, str(run.id))
    assert started[0].parameters == {"books": body.get("ids", body.get("filter"))}


async def test_more_ids_than_a_run_can_store_are_refused(gateway: Gateway) -> None:
    body = {"ids": [str(uuid4()) for _ in range(MAX_BOOKS + 1)]}
    response = await gateway.call("POST", "/api/books/refresh", json=body)
    assert (response.status_code, response.json()["code"]) == (422, "too_many_books")
