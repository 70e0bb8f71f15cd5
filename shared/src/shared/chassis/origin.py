"""Checks the true origin of a message.

NATS lets a client name any subject as the reply subject of a request, and the answer is then sent there regardless of
the client's permissions. Therefore a message need not come from a user who may publish on its subject: stream
deliveries, entries read from a stream, reports of the server and answers of other services can be redirected there.
Each of them differs from a genuine message in something that the sender cannot choose.
"""

from collections.abc import Container, Mapping

from nats.aio.msg import Msg

from shared.chassis.subscriptions import Handled

INBOX = "_INBOX"
"""The prefix of reply subjects (nats-py, and the prefix of each service's user)."""


def is_request(raw: Msg, answered: Container[str]) -> bool:
    """Whether this was published as a request for one of these subjects.

    A stream delivery has the subject of its message, but its reply subject is in `$JS.ACK`. Anything else that the
    server or another service sends has no reply subject.
    """
    return raw.subject in answered and raw.reply.startswith(INBOX)


def is_delivery(raw: Msg, by_durable: Mapping[str, Handled]) -> bool:
    """Whether the server delivered this from the consumer that exists for this kind of message."""
    if not raw.reply.startswith("$JS.ACK."):
        return False
    handled = by_durable.get(raw.metadata.consumer or "")
    return handled is not None and handled.message.subject == raw.subject


def is_from_outbox(raw: Msg) -> bool:
    """Whether a message in a stream was published by an outbox.

    An answer that was redirected into the stream has no message id. An entry that was read from a stream has one, but
    also the header `Nats-Subject`.
    """
    headers = raw.headers or {}
    return bool(headers.get("Nats-Msg-Id")) and "Nats-Subject" not in headers


def message_id_of(raw: Msg) -> str:
    """The id of a message from an outbox. It is the same at every delivery."""
    return (raw.headers or {})["Nats-Msg-Id"]
