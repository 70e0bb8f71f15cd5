"""Commands and events are handled, or stored with their error."""

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from uuid import uuid4

import pytest
from nats.js import JetStreamContext
from shared.chassis import consumers
from shared.chassis.errors import (
    NotFound,
    TryAgainLater,
)
from shared.chassis.service import Service
from shared.contracts.page import Page
from shared.contracts.runs import RunFinished, RunOutcome
from shared.contracts.system import DescribeService, FailedMessage, ListFailedMessages, ResendFailedMessage
from shared.testing.publishing import publish, send_message
from shared.testing.tiny import CountBooks, Shelf, Shelve, ShelveAll, Shelved, Tiny
from shared.testing.waiting import until
from sqlalchemy.exc import TimeoutError as NoConnectionFree

Run = Callable[[Tiny], AbstractAsyncContextManager[Service]]
BOOK = Shelve(book="Ozma of Oz")


async def failed(service: Service) -> Page[FailedMessage]:
    return await service.bus.ask(ListFailedMessages(), of="library")


async def final_failure(service: Service) -> FailedMessage | None:
    page = await failed(service)
    return next((message for message in page.items if message.final), None)


async def unacknowledged(jetstream: JetStreamContext, stream: str = "COMMANDS") -> int:
    waiting = [(each.num_pending or 0) + (each.num_ack_pending or 0) for each in await jetstream.consumers_info(stream)]
    return sum(waiting)


async def test_commands_and_events_are_handled(run: Run, jetstream: JetStreamContext) -> None:
    shelve, shelved = Shelf(), Shelf()
    async with run(Tiny(shelve=shelve, shelved=shelved)):
        await send_message(jetstream, BOOK)
        await send_message(jetstream, Shelved(book="Ozma of Oz"))
        await until(lambda: shelve.seen and shelved.seen)
    assert (shelve.seen, shelved.seen) == ([BOOK], [Shelved(book="Ozma of Oz")])


async def test_messages_sent_while_the_service_was_down_are_handled_after_its_start(
    run: Run, jetstream: JetStreamContext
) -> None:
    async with run(Tiny()):
        pass
    await send_message(jetstream, BOOK)
    shelf = Shelf()
    async with run(Tiny(shelve=shelf)):
        await until(lambda: shelf.seen)


async def test_two_replicas_share_the_work(run: Run, jetstream: JetStreamContext) -> None:
    one, other = Shelf(), Shelf()
    async with run(Tiny(shelve=one)), run(Tiny(shelve=other)):
        for number in range(30):
            await send_message(jetstream, Shelve(book=str(number)))
        await until(lambda: len(one.seen) + len(other.seen) >= 30)
        await until(lambda: settled(jetstream))
    # Delivery is at least once: on a busy machine, an acknowledgement may arrive too late.
    assert {int(each.book) for each in one.seen + other.seen} == set(range(30))
    assert one.seen
    assert other.seen


async def settled(jetstream: JetStreamContext) -> bool:
    return await unacknowledged(jetstream) == 0


async def test_a_failed_message_is_redelivered_and_its_record_deleted_after_success(
    run: Run, jetstream: JetStreamContext
) -> None:
    shelf = Shelf(RuntimeError("the ladder broke"), RuntimeError("again"))
    async with run(Tiny(shelve=shelf)) as service:
        await send_message(jetstream, BOOK)
        await until(lambda: len(shelf.seen) == 3)
        await until(lambda: settled(jetstream))
        assert (await failed(service)).total == 0
    assert shelf.seen == [BOOK] * 3


async def test_a_message_that_fails_at_every_attempt_is_stored_with_its_error(
    run: Run, jetstream: JetStreamContext
) -> None:
    shelf = Shelf(*(RuntimeError(f"ladder {number} broke, token=hidden \x00") for number in range(9)))
    async with run(Tiny(shelve=shelf)) as service:
        await send_message(jetstream, BOOK)
        await until(lambda: final_failure(service))
        await until(lambda: settled(jetstream))
        stored = await final_failure(service)
        report = await service.bus.ask(DescribeService(), of="library")
    assert stored is not None
    assert (stored.attempts, len(shelf.seen)) == (3, 3)
    assert stored.error.startswith("RuntimeError: ladder 2 broke")
    assert "hidden" not in stored.error
    assert (stored.service, stored.message_subject) == ("library-scanner", Shelve.subject)
    assert Shelve.model_validate_json(stored.body) == BOOK
    assert report.failed_messages == 1


@pytest.mark.parametrize("body", [b"{not json", b"", b'{"name": "Ozma of Oz"}', b'"\x00"'])
async def test_an_invalid_message_is_stored_at_the_first_attempt(
    body: bytes, run: Run, jetstream: JetStreamContext
) -> None:
    shelf = Shelf()
    async with run(Tiny(shelve=shelf)) as service:
        await publish(jetstream, Shelve.subject, body)
        await until(lambda: final_failure(service))
        await until(lambda: settled(jetstream))
        stored = await final_failure(service)
    assert stored is not None
    assert stored.attempts == 1
    assert shelf.seen == []


async def test_the_content_of_an_invalid_message_is_in_no_error_and_no_log(
    run: Run, jetstream: JetStreamContext, capfd: pytest.CaptureFixture[str]
) -> None:
    """A link may contain a key. Only the record contains the body, so that the message can be resent."""
    link = "magnet:?xt=urn:btih:c12fe1c06bba254a9dc9f519b335aa7c1367a88a"
    async with run(Tiny()) as service:
        await publish(jetstream, Shelve.subject, f'{{"book": ["{link}"]}}'.encode())
        await until(lambda: final_failure(service))
        stored = await final_failure(service)
        connection = await service.broker.connect()
        answer = await connection.request(CountBooks.subject, f'{{"shelf": ["{link}"]}}'.encode(), timeout=60)
    assert stored is not None
    assert (stored.error, link in stored.body) == ("ValidationError: Shelve: book: string_type", True)
    assert "btih" not in "".join([answer.data.decode(), *capfd.readouterr()])


async def test_a_message_that_has_to_wait_is_redelivered_without_counting_a_failure(
    run: Run, jetstream: JetStreamContext
) -> None:
    shelf = Shelf(*(TryAgainLater(0.05, "the shelf is being painted") for _ in range(6)))
    async with run(Tiny(shelve=shelf)) as service:
        await send_message(jetstream, BOOK)
        await until(lambda: len(shelf.seen) == 7)
        await until(lambda: settled(jetstream))
        assert (await failed(service)).total == 0


async def test_a_message_without_a_free_connection_is_redelivered_without_counting_a_failure(
    run: Run, jetstream: JetStreamContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "BUSY_SECONDS", 0.1)
    shelf = Shelf(*(NoConnectionFree("QueuePool limit reached") for _ in range(6)))
    async with run(Tiny(shelve=shelf)) as service:
        await send_message(jetstream, BOOK)
        await until(lambda: len(shelf.seen) == 7)
        assert (await failed(service)).total == 0


async def test_a_failed_message_is_handled_when_resent_and_its_record_deleted(
    run: Run, jetstream: JetStreamContext
) -> None:
    long = Shelve(book="The Marvelous Land of Oz " * 20_000)
    shelf = Shelf(*(RuntimeError("the ladder broke") for _ in range(3)))
    async with run(Tiny(shelve=shelf)) as service:
        await send_message(jetstream, long)
        await until(lambda: final_failure(service))
        stored = (await failed(service)).items[0]
        assert len(stored.body) < len(long.book)
        await service.bus.ask(ResendFailedMessage(id=stored.id), of="library")
        await until(lambda: len(shelf.seen) == 4)
        await until(lambda: nothing_failed(service))
    assert shelf.seen[-1] == long


async def nothing_failed(service: Service) -> bool:
    return (await failed(service)).total == 0


async def test_a_resent_message_that_fails_again_stays_stored_with_the_newer_error(
    run: Run, jetstream: JetStreamContext
) -> None:
    shelf = Shelf(*(RuntimeError("old") for _ in range(3)), RuntimeError("newer"))
    async with run(Tiny(shelve=shelf)) as service:
        await send_message(jetstream, BOOK)
        await until(lambda: final_failure(service))
        await service.bus.ask(ResendFailedMessage(id=(await failed(service)).items[0].id), of="library")

        async def newer() -> bool:
            return (await failed(service)).items[0].error == "RuntimeError: newer"

        await until(newer)
        stored = (await failed(service)).items[0]
    assert (stored.attempts, stored.final) == (4, True)


async def test_an_unknown_failed_message_cannot_be_resent(run: Run) -> None:
    async with run(Tiny()) as service:
        with pytest.raises(NotFound, match="has no failed message 'none'"):
            await service.bus.ask(ResendFailedMessage(id="none"), of="library")


async def test_a_message_that_takes_longer_than_the_ack_wait_is_handled_once(
    run: Run, jetstream: JetStreamContext
) -> None:
    end, seen = time.monotonic() + 2.5, []

    async def shelve(message: Shelve) -> None:
        seen.append(message)
        await until(lambda: time.monotonic() > end)

    async with run(Tiny(shelve=shelve)):
        await send_message(jetstream, BOOK)
        await until(lambda: seen)
        await until(lambda: settled(jetstream))
    assert seen == [BOOK]


async def test_a_run_fails_when_its_command_fails_permanently(run: Run, jetstream: JetStreamContext) -> None:
    ended, run_id = asyncio.Queue[RunFinished](), uuid4()
    subscription = await jetstream.subscribe(RunFinished.subject)
    shelf = Shelf(*(RuntimeError("the ladder broke") for _ in range(3)))
    async with run(Tiny(shelve_all=shelf)):
        await send_message(jetstream, ShelveAll(run_id=run_id))
        ended.put_nowait(RunFinished.model_validate_json((await subscription.next_msg(timeout=60)).data))
    end = ended.get_nowait()
    assert (end.run_id, end.outcome) == (run_id, RunOutcome.FAILED)
    assert "the ladder broke" in end.problems[0]


async def test_a_failed_item_does_not_end_the_whole_run(run: Run, jetstream: JetStreamContext) -> None:
    shelf = Shelf(*(RuntimeError("the ladder broke") for _ in range(3)))
    async with run(Tiny(shelve=shelf)) as service:
        await send_message(jetstream, Shelve(book="Ozma of Oz", run_id=uuid4()))
        await until(lambda: final_failure(service))
        await until(lambda: settled(jetstream))
        await until(lambda: outbox_is_empty(service))
    events = await jetstream.stream_info("EVENTS", subjects_filter=RunFinished.subject)
    assert not events.state.subjects


async def outbox_is_empty(service: Service) -> bool:
    return (await service.bus.ask(DescribeService(), of="library")).outbox_waiting == 0
