"""The webhook of Audiobookshelf starts one scan, and only with its own secret."""

from datetime import UTC, datetime
from uuid import uuid4

import nats
from nats.aio.msg import Msg
from shared.contracts.page import Page
from shared.contracts.scheduler import ListRuns, Run, RunStatus, RunTask
from shared.testing.flushing import flush
from shared.testing.waiting import until

from .conftest import Gateway

PATH = "/api/webhooks/audiobookshelf"
SECRET = "the-secret-of-the-webhook"


async def test_many_calls_start_one_scan(gateway: Gateway) -> None:
    runs: list[Run] = []
    requests: list[RunTask] = []

    async def begin(message: Msg) -> None:
        requests.append(RunTask.model_validate_json(message.data))
        runs.append(Run(id=uuid4(), task="library_scan", status=RunStatus.RUNNING, due_at=datetime.now(UTC)))
        await message.respond(runs[-1].model_dump_json().encode())

    async def listed(message: Msg) -> None:
        page = Page[Run](items=runs[-1:], total=len(runs), limit=1, offset=0)
        await message.respond(page.model_dump_json().encode())

    connection = await nats.connect(gateway.nats_url)
    await connection.subscribe(RunTask.subject, cb=begin)
    await connection.subscribe(ListRuns.subject, cb=listed)
    await flush(connection)
    for _ in range(5):
        answer = await gateway.call("POST", PATH, key=None, headers={"X-Webhook-Secret": SECRET})
        assert answer.status_code == 202
    await until(lambda: runs)
    assert (await gateway.call("POST", f"{PATH}?secret={SECRET}", key=None)).status_code == 202
    assert len(runs) == 1
    assert [(each.name, each.parameters) for each in requests] == [("library_scan", {"refresh_new": True})]
    await connection.close()


async def test_a_wrong_secret_is_refused(gateway: Gateway) -> None:
    for path in (PATH, f"{PATH}?secret=wrong", f"{PATH}?secret=%C3%A9"):
        answer = await gateway.call("POST", path)
        assert (answer.status_code, answer.json()["code"]) == (401, "wrong_secret")
