"""The three kinds of message: a request is answered, a command is carried out, an event announces a fact.

Each class names its subject. The first word of a subject is the kind (`rpc`, `cmd` or `evt`), the second word is the
area, which belongs to exactly one service.
"""

from typing import Any, ClassVar, Generic, TypeVar

from pydantic import ConfigDict

from shared.contracts.model import Model

ReplyT = TypeVar("ReplyT")


class Message(Model):
    """A message between services. Unknown fields are ignored, so that fields can be added later."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    subject: ClassVar[str]

    @classmethod
    def area(cls) -> str:
        """The area of the owning service: the second word of the subject."""
        return cls.subject.split(".")[1]


class Request(Message, Generic[ReplyT]):
    """A message that is answered, over core NATS. Subject: `rpc.<owner's area>.<verb>`."""

    timeout_seconds: ClassVar[float] = 5.0
    not_repeatable: ClassVar[bool] = False
    """A retry after a time-out would do the work twice, so nothing is stored after the caller stopped waiting."""
    every_replica: ClassVar[bool] = False
    """Every replica of the service handles the request. The caller gets the first answer."""

    @classmethod
    def reply_type(cls) -> Any:
        """The type of the answer: `Download` for `class GrabRelease(Request[Download])`.

        Raises `TypeError` when the class does not name one.
        """
        for ancestor in cls.__mro__:
            arguments = getattr(ancestor, "__pydantic_generic_metadata__", {}).get("args")
            if arguments:
                return arguments[0]
        raise TypeError(f"{cls.__name__} does not name the type of its answer: derive it from Request[Reply]")


class EveryService(Request[ReplyT], Generic[ReplyT]):
    """A request that every service answers. Its subject has `*` in place of the area."""


class Command(Message):
    """Work to carry out, without an answer; stored in the stream COMMANDS. Subject: `cmd.<owner's area>.<verb>`."""

    begins_run: ClassVar[bool] = False
    """The command is the whole work of its run: if the command fails permanently, the run fails."""
    part_of_run: ClassVar[bool] = False
    """The command is a part of its run: it can be skipped when the run is cancelled."""


class Event(Message):
    """A fact that is announced; stored in the stream EVENTS. Subject: `evt.<owner's area>.<past participle>`."""
