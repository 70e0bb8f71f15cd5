"""The permissions of a service's NATS user: exactly the subjects that its table of subscriptions needs."""

from dataclasses import dataclass

from shared.chassis.startup_failure import subject_of
from shared.chassis.streams import STREAMS, stream_of
from shared.chassis.subscriptions import ANSWERED_BY_CHASSIS, Subscriptions, durable_of


@dataclass(frozen=True)
class Permissions:
    """The subjects that a user may publish to and subscribe to."""

    publish: list[str]
    subscribe: list[str]


SETUP = Permissions(publish=["$JS.API.CONSUMER.>", "$JS.API.STREAM.>"], subscribe=["_INBOX_setup.>"])
"""The permissions of the setup user, which creates the streams and consumers before the services start."""


def permissions(table: Subscriptions) -> Permissions:
    """The permissions that a service needs for its table, sorted."""
    publish = {message.subject for message in (*table.sent_requests, *table.published)}
    publish |= {f"$JS.API.STREAM.INFO.{stream.name}" for stream in STREAMS}
    publish.add(subject_of(table.service))
    for message in table.consumed:
        stream, durable = stream_of(message.subject), durable_of(table.service, message)
        publish |= {
            f"$JS.API.CONSUMER.INFO.{stream}.{durable}",
            f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{durable}",
            f"$JS.ACK.{stream}.{durable}.>",
        }
    if table.reads_startup_failures:
        publish.add("$JS.API.DIRECT.GET.EVENTS.>")
    if table.reads_events:
        publish.add("$JS.API.DIRECT.GET.EVENTS")
    if table.reads_lags:
        publish |= {f"$JS.API.CONSUMER.LIST.{stream.name}" for stream in STREAMS}
        publish |= {f"$JS.API.DIRECT.GET.{stream.name}" for stream in STREAMS}
    subscribe = {answered.subject for answered in table.answered} | {f"_INBOX_{table.service}.>"}
    subscribe |= {message.subject.replace("*", table.area) for message in ANSWERED_BY_CHASSIS}
    return Permissions(publish=sorted(publish), subscribe=sorted(subscribe))
