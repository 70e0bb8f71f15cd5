"""The table of a service: the messages that it handles and the messages that it sends.

It is the only way to subscribe, so that every failed message is stored and not only logged. The NATS user of a service
may publish only what the table declares.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from shared.contracts.logs import GetLogLevel, ListLogs, SetLogLevel
from shared.contracts.message import Command, Event, EveryService, Message, Request
from shared.contracts.runs import RunAlive, RunCancelled
from shared.contracts.settings import CheckSettings, GetSettings, PutSettings
from shared.contracts.system import DescribeService, ListFailedMessages, ResendFailedMessage

RequestT = TypeVar("RequestT", bound=Request[Any])
CommandT = TypeVar("CommandT", bound=Command)
EventT = TypeVar("EventT", bound=Event)


ANSWERED_BY_CHASSIS: tuple[type[Request[Any]], ...] = (
    DescribeService,
    ListFailedMessages,
    ResendFailedMessage,
    GetSettings,
    PutSettings,
    CheckSettings,
    ListLogs,
    GetLogLevel,
    SetLogLevel,
)
"""The requests that every service answers without an entry in its table."""


@dataclass(frozen=True)
class Answered:
    """A request and its handler."""

    message: type[Request[Any]]
    handler: Callable[[Any], Awaitable[Any]]
    subject: str


@dataclass(frozen=True)
class Handled:
    """A command or event and its handler. Each replica handles up to `concurrency` messages concurrently."""

    message: type[Message]
    handler: Callable[[Any], Awaitable[None]]
    durable: str
    concurrency: int


def durable_of(service: str, message: type[Message]) -> str:
    """The name of the durable consumer with which a service receives a message."""
    return f"{service}-{message.subject.replace('.', '-')}"


@dataclass
class Subscriptions:
    """The handled and sent messages of one service. `service` is its name, `area` is the area that it owns."""

    service: str
    area: str
    answered: list[Answered] = field(default_factory=list)
    handled: list[Handled] = field(default_factory=list)
    sent_requests: set[type[Request[Any]]] = field(default_factory=set)
    published: set[type[Message]] = field(default_factory=set)
    reads_startup_failures: bool = False
    reads_events: bool = False
    reads_lags: bool = False

    def answer(self, message: type[RequestT], handler: Callable[[RequestT], Awaitable[Any]]) -> None:
        """Answer a request of this service's area. Raises `ValueError` for another area."""
        if not issubclass(message, EveryService) and message.area() != self.area:
            raise ValueError(f"{self.service} owns {self.area}, so it cannot answer {message.subject}")
        self.answered.append(Answered(message, handler, message.subject.replace("*", self.area)))

    def do(self, message: type[CommandT], handler: Callable[[CommandT], Awaitable[None]], concurrency: int = 4) -> None:
        """Carry out a command of this service's area. Raises `ValueError` for another area."""
        if message.area() != self.area:
            raise ValueError(f"{self.service} owns {self.area}, so it cannot carry out {message.subject}")
        self._handle(message, handler, concurrency)
        if message.begins_run:
            self.publishes(RunAlive)

    def on(self, message: type[EventT], handler: Callable[[EventT], Awaitable[None]], concurrency: int = 2) -> None:
        """Handle an event of any service. Raises `ValueError` if the message has a handler already."""
        self._handle(message, handler, concurrency)

    def sends_requests(self, *messages: type[Request[Any]]) -> None:
        """Declare the requests that this service sends."""
        self.sent_requests.update(messages)

    def publishes(self, *messages: type[Message]) -> None:
        """Declare the commands and events that this service publishes."""
        self.published.update(messages)

    @property
    def works_on_runs(self) -> bool:
        """Whether the service carries out commands that are a whole run. The chassis then handles `RunCancelled`."""
        return RunAlive in self.published

    @property
    def consumed(self) -> list[type[Message]]:
        """The commands and events for which this service needs a durable consumer, sorted by subject."""
        messages = {each.message for each in self.handled} | ({RunCancelled} if self.works_on_runs else set())
        return sorted(messages, key=lambda message: message.subject)

    def _handle(self, message: type[Message], handler: Callable[[Any], Awaitable[None]], concurrency: int) -> None:
        durable = durable_of(self.service, message)
        if any(each.durable == durable for each in self.handled):
            raise ValueError(f"{self.service} handles {message.subject} twice")
        self.handled.append(Handled(message, handler, durable, concurrency))
