"""Every handler in the table of subscriptions fits its message."""

import inspect
from typing import get_type_hints

import pytest
from downloader.app import SPEC, build
from downloader.settings import SETTINGS
from shared.chassis.service import Service
from shared.chassis.subscriptions import Answered, Handled, Subscriptions


@pytest.fixture
def table() -> Subscriptions:
    settings = SETTINGS.example()
    return build(settings, Service.of(SPEC, settings))


def test_every_handler_has_its_message_as_parameter(table: Subscriptions) -> None:
    lines: list[Answered | Handled] = [*table.answered, *table.handled]
    for line in lines:
        parameter = next(iter(inspect.signature(line.handler).parameters))
        assert get_type_hints(line.handler)[parameter] is line.message


def test_every_handler_returns_the_reply_type_of_its_request(table: Subscriptions) -> None:
    for line in table.answered:
        assert get_type_hints(line.handler)["return"] == line.message.reply_type()


def test_every_command_that_the_service_sends_to_itself_is_handled(table: Subscriptions) -> None:
    done = {line.message for line in table.handled}
    own = {message for message in table.published if message.subject.startswith("cmd.downloads.")}

    assert own <= done
