"""Files of import lists are forwarded whole and bounded, and a decision carries the name of its key."""

from datetime import UTC, datetime
from uuid import uuid4

from gateway.notifications.messages import of_doubtful_entries
from shared.contracts.gateway.notifications import NewsKind
from shared.contracts.metadata.import_lists import (
    MOST_FILE_BYTES,
    DecideImportListEntry,
    EntryState,
    FileReading,
    ImportListEntry,
    ImportListNeedsPerson,
    ReadImportListFile,
)

from .answering import answering
from .conftest import READ_KEY, WRITE_KEY, Gateway

LIST_ID = uuid4()


async def test_a_file_is_forwarded_as_it_is_whatever_its_type_is(gateway: Gateway) -> None:
    content = "Title,Authors\nCafé,“Zoë”\n".encode("cp1252") + bytes(range(256))
    async with answering(gateway.nats_url, ReadImportListFile, FileReading(entries=1, added=1, removed=0)) as received:
        for kind in ("text/csv", "application/json", "application/octet-stream"):
            headers = {"Content-Type": kind}
            path = f"/api/import-lists/{LIST_ID}/file"
            answer = await gateway.call("PUT", path, WRITE_KEY, content=content, headers=headers)
            assert (answer.status_code, answer.json()["added"]) == (200, 1)
    assert [each.content for each in received] == [content] * 3


async def test_a_file_that_is_too_large_or_a_key_that_only_reads_is_refused(gateway: Gateway) -> None:
    path = f"/api/import-lists/{LIST_ID}/file"
    answer = await gateway.call("PUT", path, WRITE_KEY, content=b"x" * (MOST_FILE_BYTES + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    answer = await gateway.call("PUT", path, READ_KEY, content=b"x")
    assert answer.status_code == 403


async def test_the_largest_file_fits_into_one_message(gateway: Gateway) -> None:
    content = b"\xff" * MOST_FILE_BYTES
    async with answering(gateway.nats_url, ReadImportListFile, FileReading(entries=1, added=1, removed=0)) as received:
        answer = await gateway.call("PUT", f"/api/import-lists/{LIST_ID}/file", WRITE_KEY, content=content)
    assert answer.status_code == 200
    assert len(received[0].content) == MOST_FILE_BYTES


async def test_a_decision_is_made_in_the_name_of_the_key(gateway: Gateway) -> None:
    now = datetime(2026, 5, 1, tzinfo=UTC)
    entry = ImportListEntry(id=uuid4(), list_id=LIST_ID, title="Emma", state=EntryState.IGNORED, added_at=now)
    async with answering(gateway.nats_url, DecideImportListEntry, entry) as received:
        path = f"/api/import-lists/entries/{entry.id}"
        answer = await gateway.call("POST", path, WRITE_KEY, json={"choice": "ignore"})
    assert (answer.status_code, answer.json()["state"]) == (200, "ignored")
    assert received[0].decided_by
    answer = await gateway.call("POST", path, WRITE_KEY, json={"choice": "candidate"})
    assert answer.status_code == 422


def test_new_doubtful_books_are_reported_once_for_each_run() -> None:
    event = ImportListNeedsPerson(list_id=LIST_ID, list_name="To read", entries=3, doubtful=5)
    first, again, other = (of_doubtful_entries(event, datetime(2026, 5, 1, tzinfo=UTC), each) for each in "aab")
    assert (first.kind, first.title) == (NewsKind.NEEDS_PERSON, "Import list “To read”")
    assert first.words.startswith("3 books are new and doubtful")
    assert first.key == again.key != other.key
