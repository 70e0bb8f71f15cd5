"""The three kinds of message: a request is answered, a command is carried out, an event is a fact.

The class names its subject; the prefix of the subject says the kind (`rpc.`, `cmd.`, `evt.`) and the second word the
area, which belongs to exactly one service.
"""

from typing import Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

ReplyT = TypeVar("ReplyT")


class Message(BaseModel):
    """What one service says to another. Readers ignore unknown fields, so that fields can be added."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    subject: ClassVar[str]

    @classmethod
    def area(cls) -> str:
        """The owner's area, the second word of the subject."""
        return cls.subject.split(".")[1]


class Request(Message, Generic[ReplyT]):
    """An order whose answer is waited for, over core NATS. Subject `rpc.<owner's area>.<verb>`."""

    timeout_seconds: ClassVar[float] = 5.0
    not_twice: ClassVar[bool] = False
    """Asked again after a time-out it would be done twice: nothing is stored once its answer is no longer awaited."""

    @classmethod
    def reply_type(cls) -> Any:
        """The type of the answer: `Download` for `class GrabRelease(Request[Download])`."""
        for ancestor in cls.__mro__:
            arguments = getattr(ancestor, "__pydantic_generic_metadata__", {}).get("args")
            if arguments:
                return arguments[0]
        raise TypeError(f"{cls.__name__} does not say what it is answered with: derive it from Request[Reply]")


class EveryService(Request[ReplyT], Generic[ReplyT]):
    """A request that each service answers for itself: its subject has `*` where the area goes."""


class Command(Message):
    """An order that nobody waits for, kept in the stream COMMANDS. Subject `cmd.<owner's area>.<verb>`."""

    begins_run: ClassVar[bool] = False
    """The command is the whole work of the run it names: when it is given up, the run has failed."""
    part_of_run: ClassVar[bool] = False
    """The command is one piece of the run it names: when the run is cancelled, it can be left off without harm."""


class Event(Message):
    """A fact, kept in the stream EVENTS. Subject `evt.<owner's area>.<past>`."""
