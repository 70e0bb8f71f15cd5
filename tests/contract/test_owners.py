"""Every message has one owner, matches its handler, and is received by a service."""

import inspect
import sys
from collections.abc import Callable
from typing import Any, get_type_hints

import pytest
from generation.message_schemas import all_messages
from provisioning.services import PARTS, Part, permissions_by_user
from scheduler.domain.task_table import COMMANDS
from shared.chassis.subscriptions import ANSWERED_BY_CHASSIS, Subscriptions
from shared.contracts.message import Command, Event, EveryService, Message, Request
from shared.contracts.runs import RunFinished

TABLES: list[Subscriptions] = [part.table() for part in PARTS]
AREAS = {table.area for table in TABLES}
RUN_EVENTS = "runs"
"""The only area of events without an owner: every service that carries out runs announces them."""

messages = pytest.mark.parametrize("message", all_messages(), ids=lambda message: message.__name__)
tables = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.service)


def owners(message: type[Message]) -> list[str]:
    return [t.service for t in TABLES if message in {a.message for a in t.answered} | {h.message for h in t.handled}]


def senders(message: type[Message]) -> list[Subscriptions]:
    return [t for t in TABLES if message in t.sent_requests | t.published]


def first_parameter(handler: Callable[..., Any]) -> Any:
    name = next(iter(inspect.signature(handler).parameters))
    return get_type_hints(handler)[name]


@messages
def test_a_message_has_the_kind_and_area_of_its_subject(message: type[Message]) -> None:
    kind, area, *_ = message.subject.split(".")
    assert {"rpc": Request, "cmd": Command, "evt": Event}[kind] in message.__mro__
    assert area in AREAS | {"*" if issubclass(message, EveryService) else RUN_EVENTS}
    assert (message.__doc__ or "").strip()


@messages
def test_a_request_or_command_has_exactly_one_owner(message: type[Message]) -> None:
    if issubclass(message, EveryService):
        # A service that only asks need not answer: the gateway has no history of its own.
        answering = {*owners(message), *(sender.service for sender in senders(message))}
        assert message in ANSWERED_BY_CHASSIS or answering == {table.service for table in TABLES}
    elif issubclass(message, (Request, Command)):
        (owner,) = owners(message)
        assert [t.area for t in TABLES if t.service == owner] == [message.area()]


@messages
def test_only_its_owner_announces_an_event(message: type[Message]) -> None:
    if issubclass(message, Event) and message.area() != RUN_EVENTS:
        assert [t.area for t in senders(message)] == [message.area()]


@messages
def test_every_request_or_command_that_is_sent_has_an_owner(message: type[Message]) -> None:
    if senders(message) and not issubclass(message, Event):
        assert owners(message) or message in ANSWERED_BY_CHASSIS


def test_no_two_messages_share_a_subject_or_a_name() -> None:
    subjects = [message.subject for message in all_messages()]
    names = [message.__name__ for message in all_messages()]
    assert len(set(subjects)) == len(subjects)
    assert len(set(names)) == len(names)


@tables
def test_every_message_that_is_received_is_sent_by_a_service(table: Subscriptions) -> None:
    for handled in table.handled:
        assert senders(handled.message), f"{table.service} receives {handled.message.__name__}, which no service sends"


@tables
def test_each_handler_of_a_request_has_its_types(table: Subscriptions) -> None:
    for answered in table.answered:
        assert first_parameter(answered.handler) is answered.message
        assert get_type_hints(answered.handler)["return"] == answered.message.reply_type(), answered.message


@tables
def test_each_handler_of_a_command_or_event_takes_it_and_returns_nothing(table: Subscriptions) -> None:
    for handled in table.handled:
        assert issubclass(handled.message, first_parameter(handled.handler))
        assert get_type_hints(handled.handler)["return"] is type(None), handled.message


@tables
def test_a_service_that_carries_out_runs_can_announce_their_end(table: Subscriptions) -> None:
    begins = [h.message for h in table.handled if issubclass(h.message, Command) and h.message.begins_run]
    assert not begins or RunFinished in table.published


def test_the_scheduler_sends_exactly_the_commands_that_begin_a_run() -> None:
    begins = {m for m in all_messages() if issubclass(m, Command) and m.begins_run}
    assert begins == COMMANDS
    assert all("run_id" in command.model_fields for command in begins)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_a_service_may_publish_only_the_subjects_in_its_table(part: Part) -> None:
    table = part.table()
    own = {message.subject for message in table.sent_requests | table.published} | {f"evt.system.refused.{part.name}"}
    may = permissions_by_user()[part.name]
    assert {subject for subject in may.publish if not subject.startswith("$JS.")} == own
    assert not [subject for subject in may.publish if subject.startswith("$JS.API.STREAM") and ".INFO." not in subject]


def test_the_gateway_may_send_every_request_of_its_routes() -> None:
    (gateway,) = [table for table in TABLES if table.service == "gateway"]
    modules = [module for name, module in sys.modules.items() if name.startswith("gateway.") and ".cycle" not in name]
    known = {value for module in modules for value in vars(module).values() if inspect.isclass(value)}
    requests = {each for each in known if issubclass(each, Request) and each not in (Request, EveryService)}
    assert requests - gateway.sent_requests - {answered.message for answered in gateway.answered} == set()
