"""The spans of received messages. FastStream's exceptions about acknowledgements are no failures."""

from contextlib import AbstractContextManager

from faststream.exceptions import HandlerException
from nats.aio.msg import Msg

from shared.chassis.origin import message_id_of
from shared.chassis.traces import TRACEPARENT, Attempt, Kind, Span, span


def span_of_request(raw: Msg) -> AbstractContextManager[Span]:
    """The span of the answer to a request, below that of its caller."""
    return span(
        f"answer {raw.subject}",
        Kind.SERVER,
        parent=(raw.headers or {}).get(TRACEPARENT),
        begins_trace=True,
        expected=(HandlerException,),
        messaging__system="nats",
        messaging__destination__name=raw.subject,
    )


def span_of_attempt(raw: Msg) -> AbstractContextManager[Span]:
    """The span of an attempt to handle a message from a stream, below the span in which the message was sent."""
    consumer, message_id, number = raw.metadata.consumer or "", message_id_of(raw), raw.metadata.num_delivered
    return span(
        f"handle {raw.subject}",
        Kind.CONSUMER,
        parent=(raw.headers or {}).get(TRACEPARENT),
        attempt=Attempt(f"{consumer}/{message_id}", number),
        begins_trace=True,
        expected=(HandlerException,),
        messaging__system="nats",
        messaging__destination__name=raw.subject,
        messaging__consumer__group__name=consumer,
        messaging__message__id=message_id,
        messaging__delivery=number,
    )
