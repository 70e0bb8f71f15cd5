"""A service's table of contents: what it answers, does and listens to, and what it says.

It is the only way to listen, so that no failure of a message is only logged; and what it says it asks, sends and
announces is all that its NATS user may publish.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from shared.contracts.message import Command, Event, EveryService, Message, Request
from shared.contracts.runs import RunAlive, RunCancelled
from shared.contracts.system import DescribeService, ListFailedMessages, ResendFailedMessage

RequestT = TypeVar("RequestT", bound=Request[Any])
CommandT = TypeVar("CommandT", bound=Command)
EventT = TypeVar("EventT", bound=Event)


ANSWERED_BY_CHASSIS: tuple[type[Request[Any]], ...] = (DescribeService, ListFailedMessages, ResendFailedMessage)
"""What every service answers about itself without a line in its table."""


@dataclass(frozen=True)
class Answered:
    """A request and who answers it."""

    message: type[Request[Any]]
    handler: Callable[[Any], Awaitable[Any]]
    subject: str


@dataclass(frozen=True)
class Handled:
    """A command or event and who handles it; `concurrency` messages at a time in each replica."""

    message: type[Message]
    handler: Callable[[Any], Awaitable[None]]
    durable: str
    concurrency: int


def durable_of(service: str, message: type[Message]) -> str:
    """The name of the durable consumer by which a service hears a message."""
    return f"{service}-{message.subject.replace('.', '-')}"


@dataclass
class Subscriptions:
    """Messages of one service, each with its handler. `service` is its name, `area` what it owns."""

    service: str
    area: str
    answered: list[Answered] = field(default_factory=list)
    handled: list[Handled] = field(default_factory=list)
    asked: set[type[Request[Any]]] = field(default_factory=set)
    said: set[type[Message]] = field(default_factory=set)
    reads_startup_failures: bool = False
    reads_events: bool = False
    reads_lags: bool = False

    def answer(self, message: type[RequestT], handler: Callable[[RequestT], Awaitable[Any]]) -> None:
        """This service answers a request of its own area."""
        if not issubclass(message, EveryService) and message.area() != self.area:
            raise ValueError(f"{self.service} owns {self.area}, it cannot answer {message.subject}")
        self.answered.append(Answered(message, handler, message.subject.replace("*", self.area)))

    def do(self, message: type[CommandT], handler: Callable[[CommandT], Awaitable[None]], concurrency: int = 4) -> None:
        """This service carries out a command of its own area."""
        if message.area() != self.area:
            raise ValueError(f"{self.service} owns {self.area}, it cannot do {message.subject}")
        self._handle(message, handler, concurrency)
        if message.begins_run:
            self.says(RunAlive)

    def on(self, message: type[EventT], handler: Callable[[EventT], Awaitable[None]], concurrency: int = 2) -> None:
        """This service listens to an event, its own or another's."""
        self._handle(message, handler, concurrency)

    def asks(self, *messages: type[Request[Any]]) -> None:
        """Requests that this service asks others."""
        self.asked.update(messages)

    def says(self, *messages: type[Message]) -> None:
        """Commands that this service sends and events that it announces."""
        self.said.update(messages)

    @property
    def works_on_runs(self) -> bool:
        """Whether it carries out commands that are a whole run: it then hears `RunCancelled`, by the chassis."""
        return RunAlive in self.said

    @property
    def consumed(self) -> list[type[Message]]:
        """The commands and events for which this service needs a durable consumer, by subject."""
        messages = {each.message for each in self.handled} | ({RunCancelled} if self.works_on_runs else set())
        return sorted(messages, key=lambda message: message.subject)

    def _handle(self, message: type[Message], handler: Callable[[Any], Awaitable[None]], concurrency: int) -> None:
        durable = durable_of(self.service, message)
        if any(each.durable == durable for each in self.handled):
            raise ValueError(f"{self.service} hears {message.subject} twice")
        self.handled.append(Handled(message, handler, durable, concurrency))
