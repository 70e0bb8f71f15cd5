"""Every line of the table of contents fits its message."""

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


def test_every_handler_takes_the_message_it_is_bound_to(table: Subscriptions) -> None:
    lines: list[Answered | Handled] = [*table.answered, *table.handled]
    for line in lines:
        parameter = next(iter(inspect.signature(line.handler).parameters))
        assert get_type_hints(line.handler)[parameter] is line.message


def test_every_request_is_answered_with_what_it_promises(table: Subscriptions) -> None:
    for line in table.answered:
        assert get_type_hints(line.handler)["return"] == line.message.reply_type()


def test_what_it_sends_to_itself_it_also_does(table: Subscriptions) -> None:
    done = {line.message for line in table.handled}
    own = {message for message in table.published if message.subject.startswith("cmd.downloads.")}

    assert own <= done
