"""The running gateway sends notifications of events, and shows them without the URLs of the targets."""

from typing import Any
from uuid import uuid4

import nats
import psycopg
import pytest
from gateway.doctor.resource_checks import check_notifications
from gateway.notifications.kinds import default_kinds
from gateway.postgres.tables import METADATA
from shared.contracts.downloads.events import DownloadImported
from shared.contracts.gateway.doctor import Severity
from shared.contracts.gateway.notifications import NotificationTarget
from shared.testing.publishing import send_message
from shared.testing.waiting import until

from .conftest import Gateway
from .receiving import Receiver


def only(findings: Any) -> Any:
    (finding,) = findings
    return finding


READ_KEY = "the-key-that-may-only-read"
SECRET = "geheim"


@pytest.fixture
def more_settings(receiver: Receiver) -> dict[str, str]:
    urls = f"{receiver.url}?-token={SECRET} failed=json://user:{SECRET}@127.0.0.1:1/{SECRET}"
    return {"NOTIFY_URLS": urls, "NOTIFY_GROUP_MINUTES": "0"}


async def test_an_import_announced_twice_is_sent_and_shown_once(gateway: Gateway, receiver: Receiver) -> None:
    connection = await nats.connect(gateway.nats_url)
    imported = DownloadImported(
        download_id=uuid4(), missing_book_id=None, book_id=uuid4(), title="Ozma of Oz", authors=["L. Frank Baum"]
    )
    for _ in range(2):
        await send_message(connection.jetstream(), imported)
    await until(lambda: receiver.got)
    await connection.close()

    async def shown(query: str = "") -> Any:
        return (await gateway.call("GET", f"/api/notifications{query}", key=READ_KEY)).json()

    async def sent() -> bool:
        return bool((await shown("?status=sent"))["items"])

    await until(sent)
    target = (await gateway.call("GET", "/api/notifications/targets")).json()[0]
    assert target["last"]["title"] == "Imported: Ozma of Oz"
    finding = only(check_notifications([NotificationTarget.model_validate(target)]))
    assert (finding.severity, finding.words[:16]) == (Severity.OK, "JSON accepted it")
    failed = {**target, "last": {**target["last"], "status": "failed", "words": "JSON cannot be reached"}}
    finding = only(check_notifications([NotificationTarget.model_validate(failed)]))
    assert (finding.severity, finding.subject) == (Severity.WARNING, target["id"])
    assert "NOTIFY_URLS" in finding.to_do
    page = await shown()
    assert page["total"] == 1
    assert {key: page["items"][0][key] for key in ("kind", "title", "body", "items", "status", "words")} == {
        "kind": "imported", "title": "Imported: Ozma of Oz", "body": "- Ozma of Oz by L. Frank Baum", "items": 1,
        "status": "sent", "words": "JSON accepted it",
    }  # fmt: skip
    assert (await shown("?kind=failed"))["items"] == []
    assert receiver.titles == ["Imported: Ozma of Oz"]
    assert SECRET not in repr(page)


async def test_targets_are_shown_and_tested_without_their_urls(
    gateway: Gateway, receiver: Receiver, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = await gateway.call("GET", "/api/notifications/targets", key=READ_KEY)
    first, second = answer.json()
    assert (first["service"], first["kinds"], first["waiting"]) == ("JSON", sorted(default_kinds()), 0)
    assert second["kinds"] == ["failed"]

    tried = await gateway.call("POST", "/api/notifications/test", json={})
    assert [(each["target"], each["outcome"], each["words"]) for each in tried.json()] == [
        (first["id"], "sent", "JSON accepted it"),
        (second["id"], "refused", "JSON cannot be reached"),
    ]
    assert receiver.titles == ["Gapless: test"]
    one = await gateway.call("POST", "/api/notifications/test", json={"target": first["id"]})
    assert [each["target"] for each in one.json()] == [first["id"]]
    none = await gateway.call("POST", "/api/notifications/test", json={"target": "tgram-nobody"})
    assert (none.status_code, none.json()["code"]) == (404, "not_found")
    captured = capfd.readouterr()
    for text in (answer.text, tried.text, none.text, captured.out, captured.err):
        assert SECRET not in text


async def test_a_test_message_requested_twice_with_one_key_is_sent_once(gateway: Gateway, receiver: Receiver) -> None:
    target = (await gateway.call("GET", "/api/notifications/targets")).json()[0]["id"]
    headers = {"X-Api-Key": "the-key-that-may-do-all", "Idempotency-Key": "7f3c1f6e-5b1f-4c39-9a4e-3f2f5f7c2a10"}
    answers = [
        await gateway.call("POST", "/api/notifications/test", headers=headers, json={"target": target})
        for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert len(receiver.got) == 1


async def test_the_database_contains_no_url(gateway: Gateway, receiver: Receiver, database_url: str) -> None:
    await gateway.call("POST", "/api/notifications/test", json={})
    with psycopg.connect(database_url) as connection:
        for table in METADATA.sorted_tables:
            rows = connection.execute(f"select t::text from gateway.{table.name} t").fetchall()
            assert SECRET not in repr(rows)
            assert rows or table.name != "notification_targets"
