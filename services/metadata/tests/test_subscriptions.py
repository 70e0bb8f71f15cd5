"""The handlers match their messages."""

from typing import get_type_hints

from metadata.app import SPEC, build
from metadata.settings import SETTINGS
from shared.chassis.service import Service
from shared.chassis.subscriptions import Subscriptions


def table() -> Subscriptions:
    settings = SETTINGS.example()
    return build(settings, Service.of(SPEC, settings))


def test_every_handler_accepts_its_message_and_returns_its_reply() -> None:
    for each in table().answered:
        hints = get_type_hints(each.handler)
        reply = hints.pop("return")
        assert list(hints.values()) == [each.message]
        assert reply == each.message.reply_type()
    for handled in table().handled:
        hints = get_type_hints(handled.handler)
        assert hints.pop("return") is type(None)
        assert list(hints.values()) == [handled.message]
