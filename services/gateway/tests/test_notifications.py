"""Notifications are grouped, respect quiet hours, and are never sent twice, even after kills and redeliveries."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from gateway.notifications.event_handlers import NotificationHandlers
from gateway.notifications.history import History
from gateway.notifications.ledger import ABANDONED_AFTER, RETRY_DELAYS, Ledger
from gateway.notifications.notifier import Notifier
from gateway.notifications.quiet_hours import quiet_hours
from gateway.notifications.targets import Target, targets
from gateway.notifications.templates import Templates
from gateway.postgres.retention import Retention
from gateway.postgres.tables import CHASSIS
from shared.chassis.database import Database, Transaction, published_at
from shared.chassis.sealing import SecretKeys
from shared.contracts.downloads.downloads import ErrorType, WaitsFor
from shared.contracts.downloads.events import DownloadFailed, DownloadImported, DownloadWaits, ImportProposed
from shared.contracts.gateway.notifications import MessageStatus, NewsKind, NotificationMessage
from shared.contracts.library.missing_books import MissingBook, OwnedBookGone
from shared.contracts.system import CleanUp, TellStatistics
from shared.contracts.values import MissingReason, MissingStatus
from shared.testing.clocks import ManualClock

from .receiving import Receiver, receiving

GROUP = timedelta(minutes=5)
UTC_ZONE = ZoneInfo("UTC")


@dataclass
class Bench:
    """The notifications of one replica over a real database, with a clock that tests set."""

    database: Database
    clock: ManualClock
    targets: list[Target]
    quiet: str = ""
    urgent: frozenset[NewsKind] = frozenset()

    def __post_init__(self) -> None:
        transaction = self.database.transactions(Transaction)
        self.ledger = Ledger(transaction, self.targets, Templates(None, UTC_ZONE), GROUP)
        hours = quiet_hours(self.quiet, UTC_ZONE)
        self.notifier = Notifier(self.ledger, self.targets, self.clock, quiet=hours, urgent=self.urgent)
        self.handlers = NotificationHandlers(transaction, self.ledger, self.clock)
        self.history = History(transaction)

    async def send_due(self) -> None:
        for target in self.targets:
            await self.notifier.send_due(target)

    async def messages(self) -> list[NotificationMessage]:
        return (await self.history.messages(50, 0, kind=None, status=None)).items


MakeBench = Callable[..., Awaitable[Bench]]


def imported(title: str = "The Marvelous Land of Oz", download_id: UUID | None = None) -> DownloadImported:
    return DownloadImported(
        download_id=download_id or uuid4(), missing_book_id=None, book_id=uuid4(), title=title,
        authors=["L. Frank Baum"], series="Oz", sequence="2",
    )  # fmt: skip


def failed(**changes: Any) -> DownloadFailed:
    plain = {
        "download_id": uuid4(), "missing_book_id": None, "error_type": ErrorType.NO_RELEASE,
        "reason": "no indexer has anything on offer", "title": "Tik-Tok of Oz",
    }  # fmt: skip
    return DownloadFailed(**{**plain, **changes})


@pytest.fixture
def bench(database: Database, receiver: Receiver) -> MakeBench:
    async def made(urls: str = receiver.url, **more: Any) -> Bench:
        clock = more.pop("clock", None) or ManualClock()
        keys = more.pop("keys", SecretKeys("s" * 32))
        replica = Bench(more.pop("database", database), clock, targets(urls, keys), **more)
        await replica.notifier.begin()
        return replica

    return made


async def test_twenty_imports_are_one_message_with_a_list(bench: MakeBench, receiver: Receiver) -> None:
    one = await bench()
    for number in range(1, 21):
        await one.handlers.handle(imported(f"Oz, the {number}th tale"))
        one.clock.forward(seconds=10)
    await one.send_due()
    assert receiver.got == []

    one.clock.forward(minutes=2)
    await one.send_due()
    (message,) = receiver.got
    assert (message["title"], message["type"]) == ("20 books imported", "success")
    lines = message["message"].split("\n")
    assert lines[0] == "- Oz, the 1th tale by L. Frank Baum (Oz 2)"
    assert len(lines) == 20


def gone(title: str, missing_book_id: UUID | None = None) -> OwnedBookGone:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    book = MissingBook(
        id=missing_book_id or uuid4(), title=title, authors=["L. Frank Baum"], reason=MissingReason.SERIES_GAP,
        source="AUDIBLE", status=MissingStatus.WAS_OWNED, priority=60, identified_at=now, updated_at=now,
    )  # fmt: skip
    return OwnedBookGone(missing_book=book)


async def test_eight_vanished_books_are_one_message(bench: MakeBench, receiver: Receiver) -> None:
    one = await bench()
    questions = [gone(f"Oz, the {number}th tale") for number in range(1, 9)]
    for question in (*questions, *questions):
        await one.handlers.handle(question)
    one.clock.forward(minutes=5)
    await one.send_due()
    (message,) = receiver.got
    lines = message["message"].split("\n")
    assert len(lines) == 8
    assert "is gone from the library" in lines[0]


async def test_one_import_is_named_in_the_title(bench: MakeBench, receiver: Receiver) -> None:
    one = await bench()
    await one.handlers.handle(imported())
    one.clock.forward(minutes=5)
    await one.send_due()
    assert receiver.titles == ["Imported: The Marvelous Land of Oz"]


async def test_a_title_is_always_on_one_line(bench: MakeBench, receiver: Receiver) -> None:
    one = await bench()
    await one.handlers.handle(imported("Ozma\x00\nof \ud800Oz {{ count }} <b>*_"))
    one.clock.forward(minutes=5)
    await one.send_due()
    assert receiver.got[0]["message"] == "- Ozma  of  Oz {{ count }} <b>*_ by L. Frank Baum (Oz 2)"


async def test_a_redelivered_event_is_one_notification(bench: MakeBench, receiver: Receiver) -> None:
    one, event = await bench(), imported()
    for _ in range(3):
        await one.handlers.handle(event)
        one.clock.forward(minutes=6)
        await one.send_due()
    assert len(receiver.got) == 1


async def test_two_replicas_send_each_message_once(bench: MakeBench, receiver: Receiver, database: Database) -> None:
    other_pool = Database(database.url, CHASSIS)
    clock = ManualClock()
    replicas = [await bench(clock=clock), await bench(clock=clock, database=other_pool)]
    for round_number in range(5):
        event = imported(f"Round {round_number}")
        await asyncio.gather(*(each.handlers.handle(event) for each in replicas))
        clock.forward(minutes=6)
        await asyncio.gather(*(each.send_due() for each in replicas for _ in range(2)))
    await other_pool.aclose()
    assert sorted(receiver.titles) == [f"Imported: Round {number}" for number in range(5)]


async def test_a_message_whose_sender_died_is_unknown_and_not_sent_again(bench: MakeBench, receiver: Receiver) -> None:
    killed = await bench()
    await killed.handlers.handle(imported())
    killed.clock.forward(minutes=6)
    assert await killed.ledger.claim(killed.targets[0], [*NewsKind], killed.clock.now())

    restarted = await bench(clock=killed.clock)
    restarted.clock.forward(seconds=ABANDONED_AFTER.total_seconds() + 1)
    assert await restarted.ledger.mark_abandoned_unknown(restarted.clock.now()) == 1
    await restarted.send_due()
    assert receiver.got == []
    (message,) = await restarted.messages()
    assert (message.status, message.attempts) == ("unknown", 1)
    assert "it may have arrived" in message.words


async def test_a_target_that_fails_is_retried_and_the_other_gets_nothing_twice(
    bench: MakeBench, receiver: Receiver
) -> None:
    async with receiving() as failing:
        failing.answers = [503, 500]
        one = await bench(f"{receiver.url} {failing.url}")
        await one.handlers.handle(imported())
        one.clock.forward(minutes=6)
        await one.send_due()
        assert (len(receiver.got), len(failing.got)) == (1, 0)
        waiting = {message.status: message for message in await one.messages()}[MessageStatus.WAITING]
        assert waiting.words == "JSON answered 503"
        for pause in RETRY_DELAYS[:2]:
            await one.send_due()
            one.clock.at += pause
        await one.send_due()
        assert (receiver.titles, failing.titles) == (receiver.titles[:1], receiver.titles)
    assert {message.status for message in await one.messages()} == {"sent"}


async def test_a_target_that_never_works_fails_after_the_last_retry(bench: MakeBench) -> None:
    one = await bench("json://127.0.0.1:1/nobody")
    await one.handlers.handle(imported())
    one.clock.forward(minutes=6)
    for _ in range(len(RETRY_DELAYS) + 3):
        await one.send_due()
        one.clock.forward(days=1)
    (message,) = await one.messages()
    assert (message.status, message.attempts, message.words) == (
        "failed",
        len(RETRY_DELAYS) + 1,
        "JSON cannot be reached",
    )


async def test_a_broken_connection_leaves_the_outcome_of_a_message_unknown(
    bench: MakeBench,
) -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1000)
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    one = await bench(f"json://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    await one.handlers.handle(imported())
    one.clock.forward(minutes=6)
    await one.send_due()
    server.close()
    (message,) = await one.messages()
    assert (message.status, message.next_attempt_at) == ("unknown", None)


async def test_notifications_of_quiet_hours_are_sent_afterwards_in_one_message(
    bench: MakeBench, receiver: Receiver
) -> None:
    clock = ManualClock(datetime(2026, 3, 1, 21, 58, tzinfo=UTC))
    one = await bench(clock=clock, quiet="22:00-07:00")
    for hour in range(9):
        await one.handlers.handle(imported(f"Tale {hour}"))
        clock.forward(minutes=59)
        await one.send_due()
    assert receiver.got == []
    clock.at = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
    await one.send_due()
    assert receiver.titles == ["9 books imported"]


async def test_an_urgent_kind_is_sent_in_quiet_hours(bench: MakeBench, receiver: Receiver) -> None:
    clock = ManualClock(datetime(2026, 3, 1, 23, tzinfo=UTC))
    one = await bench(clock=clock, quiet="22:00-07:00", urgent=frozenset({NewsKind.FAILED}))
    await one.handlers.handle(imported())
    await one.handlers.handle(failed())
    clock.forward(minutes=6)
    await one.send_due()
    assert receiver.titles == ["Download failed: Tik-Tok of Oz"]


@pytest.mark.parametrize(
    ("hours", "clock", "quiet"),
    [
        ("22:00-07:00", "21:59", False), ("22:00-07:00", "22:00", True), ("22:00-07:00", "06:59", True),
        ("22:00-07:00", "07:00", False), ("9:30-10:00", "09:45", True), ("9:30-10:00", "10:00", False),
    ],
)  # fmt: skip
def test_quiet_hours_are_in_the_time_zone_of_the_setting(hours: str, clock: str, quiet: bool) -> None:
    zone = ZoneInfo("Europe/Warsaw")
    now = datetime.fromisoformat(f"2026-07-01T{clock}").replace(tzinfo=zone).astimezone(UTC)
    found = quiet_hours(hours, zone)
    assert found is not None
    assert found.include(now) is quiet


async def test_a_target_gets_only_its_kinds(bench: MakeBench, receiver: Receiver) -> None:
    one = await bench(f"failed,needs_person={receiver.url}")
    await one.handlers.handle(imported())
    await one.handlers.handle(failed(next_retry_at=datetime.now(UTC)))
    await one.handlers.handle(failed())
    waits = {"download_id": uuid4(), "missing_book_id": None, "title": "Glinda of Oz"}
    for waits_for in (WaitsFor.ACCOUNT, WaitsFor.APPROVAL, WaitsFor.APPROVAL):
        await one.handlers.handle(DownloadWaits(**waits, waits_for=waits_for, words=f"{waits_for}: “Glinda”"))
    one.clock.forward(minutes=6)
    await one.send_due()
    assert sorted(receiver.titles) == ["Download failed: Tik-Tok of Oz", "Needs your attention: Glinda of Oz"]
    assert "- Glinda of Oz: waits for approval: “Glinda”" in [each["message"] for each in receiver.got]


async def test_new_files_in_a_watched_folder_are_one_notification(bench: MakeBench, receiver: Receiver) -> None:
    one = await bench(f"needs_person={receiver.url}")
    words = "a decision about its import: no missing book fits"
    proposed = ImportProposed(question_id=uuid4(), title="Glinda of Oz", words=words)
    for _ in range(2):
        await one.handlers.handle(proposed)
        one.clock.forward(minutes=6)
        await one.send_due()
    assert receiver.titles == ["Needs your attention: Glinda of Oz"]
    assert [each["message"] for each in receiver.got] == [f"- Glinda of Oz: in a watched folder waits for {words}"]


async def test_each_release_that_waits_for_approval_is_one_notification(bench: MakeBench, receiver: Receiver) -> None:
    one, download_id = await bench(), uuid4()
    for words in ("first", "second", "first"):
        waits = {"download_id": download_id, "missing_book_id": None, "title": "Glinda of Oz", "words": words}
        await one.handlers.handle(DownloadWaits(**waits, waits_for=WaitsFor.APPROVAL))
        one.clock.forward(minutes=6)
        await one.send_due()
    assert [each["message"] for each in receiver.got] == [
        "- Glinda of Oz: waits for first",
        "- Glinda of Oz: waits for second",
    ]


async def test_a_new_target_gets_no_earlier_notifications(bench: MakeBench, receiver: Receiver) -> None:
    one = await bench()
    token = published_at.set(one.clock.now() - timedelta(seconds=1))
    await one.handlers.handle(imported())
    published_at.reset(token)
    one.clock.forward(minutes=6)
    await one.send_due()
    assert receiver.got == []


async def test_pending_notifications_are_deleted_with_their_target(bench: MakeBench, receiver: Receiver) -> None:
    one = await bench()
    await one.handlers.handle(imported())
    without = await bench("", clock=one.clock)
    assert await without.history.waiting() == {}
    back = await bench(clock=one.clock)
    back.clock.forward(days=1)
    await back.send_due()
    assert receiver.got == []


async def test_pending_notifications_are_sent_after_a_change_of_the_secret(
    bench: MakeBench, receiver: Receiver
) -> None:
    one = await bench()
    await one.handlers.handle(imported())
    changed = await bench(clock=one.clock, keys=SecretKeys("another" * 5, "s" * 32))
    assert changed.targets[0].id != one.targets[0].id
    one.clock.forward(minutes=5)
    await changed.send_due()
    assert len(receiver.got) == 1
    assert [each.target for each in await changed.messages()] == [changed.targets[0].id]


async def test_a_gateway_that_stops_waits_for_what_it_is_sending(bench: MakeBench, receiver: Receiver) -> None:
    one = await bench()
    await one.handlers.handle(imported())
    one.clock.forward(minutes=6)
    sending = asyncio.create_task(one.notifier.run())
    receiver.may_answer.clear()
    await receiver.requested.wait()
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    assert [message.status for message in await one.messages()] == ["sending"]
    receiver.may_answer.set()
    await one.notifier.finish()
    assert len(receiver.got) == 1
    assert [message.status for message in await one.messages()] == ["sent"]


async def test_old_notifications_are_deleted_and_recent_ones_are_kept(bench: MakeBench, database: Database) -> None:
    retention = Retention(database.transactions(Transaction), api_logs_keep_days=30, notifications_keep_days=30)
    now = datetime.now(UTC)
    for at in (now - timedelta(days=31), now - timedelta(days=29)):
        one = await bench(clock=ManualClock(at))
        token = published_at.set(now)
        await one.handlers.handle(imported())
        published_at.reset(token)
        one.clock.forward(minutes=6)
        await one.send_due()
    for left in (1, 0):
        cleaned = (await retention.clean_up(CleanUp())).deleted
        assert (cleaned["notifications"], cleaned["notification_messages"]) == (left, left)
    assert (await retention.tell_statistics(TellStatistics())).figures["notifications"] == {"sent": 1}
