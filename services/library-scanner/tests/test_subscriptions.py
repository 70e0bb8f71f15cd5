"""The table of subscriptions: each handler has the types of its message."""

from typing import Any, get_type_hints

import pytest
from library_scanner.app import SPEC, build
from library_scanner.settings import LibraryScannerSettings
from shared.chassis.service import Service
from shared.chassis.subscriptions import Answered, Handled, Subscriptions


def the_table() -> Subscriptions:
    settings = LibraryScannerSettings.example()
    return build(settings, Service.of(SPEC, settings))


@pytest.mark.parametrize("line", the_table().answered, ids=lambda line: line.message.__name__)
def test_a_request_handler_returns_the_reply_type_of_its_message(line: Answered) -> None:
    hints: dict[str, Any] = get_type_hints(line.handler)
    assert hints.pop("return") == line.message.reply_type()
    assert list(hints.values()) == [line.message]


@pytest.mark.parametrize("line", the_table().handled, ids=lambda line: line.message.__name__)
def test_a_command_or_event_handler_accepts_its_message(line: Handled) -> None:
    hints: dict[str, Any] = get_type_hints(line.handler)
    assert hints.pop("return") is type(None)
    assert list(hints.values()) == [line.message]


def test_an_unknown_language_is_named_in_the_error() -> None:
    with pytest.raises(ValueError, match="unknown language: Klingonian"):
        LibraryScannerSettings(
            _env_file=None, **LibraryScannerSettings.example().model_dump() | {"library_languages": "Klingonian"}
        )
