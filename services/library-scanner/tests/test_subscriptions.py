"""The table of subscriptions: every handler takes and gives what its message says."""

from typing import Any, get_type_hints

import pytest
from library_scanner.app import NAMEPLATE, build
from library_scanner.settings import LibraryScannerSettings
from shared.chassis.service import Service
from shared.chassis.subscriptions import Answered, Heard, Subscriptions


def the_table() -> Subscriptions:
    settings = LibraryScannerSettings.example()
    return build(settings, Service.of(NAMEPLATE, settings))


@pytest.mark.parametrize("line", the_table().answered, ids=lambda line: line.message.__name__)
def test_a_request_is_answered_with_its_reply(line: Answered) -> None:
    hints: dict[str, Any] = get_type_hints(line.handler)
    assert hints.pop("return") == line.message.reply_type()
    assert list(hints.values()) == [line.message]


@pytest.mark.parametrize("line", the_table().heard, ids=lambda line: line.message.__name__)
def test_a_command_or_event_goes_to_a_handler_for_it(line: Heard) -> None:
    hints: dict[str, Any] = get_type_hints(line.handler)
    assert hints.pop("return") is type(None)
    assert list(hints.values()) == [line.message]


def test_a_wrong_language_is_told_with_its_form_and_an_example() -> None:
    with pytest.raises(ValueError, match="unknown language: Klingonian"):
        LibraryScannerSettings(
            _env_file=None, **LibraryScannerSettings.example().model_dump() | {"library_languages": "Klingonian"}
        )
