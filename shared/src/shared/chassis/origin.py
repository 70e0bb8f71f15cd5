"""Where a message really comes from.

NATS lets a client name any subject for the answer to a question, and the server itself then sends the answer there,
past the client's permissions. So what arrives on a subject need not have been published by somebody who may publish on
it: a stream delivery, an entry read from a stream, the server's own reports and other services' answers can be
directed at it. Each of them differs from the real thing in what its sender cannot choose.
"""

from collections.abc import Container, Mapping

from nats.aio.msg import Msg

from shared.chassis.subscriptions import Handled

INBOX = "_INBOX"
"""How the subjects begin on which answers are waited for (nats-py, and the prefix of each service's user)."""


def is_request(raw: Msg, answered: Container[str]) -> bool:
    """Whether this was published as a request for one of these subjects.

    A stream delivery keeps the subject of its message and is to be acknowledged on `$JS.ACK`; whatever else the server
    or an answering service sends has no subject for a reply.
    """
    return raw.subject in answered and raw.reply.startswith(INBOX)


def is_delivery(raw: Msg, by_durable: Mapping[str, Handled]) -> bool:
    """Whether the server delivers this from a consumer that exists for this message."""
    if not raw.reply.startswith("$JS.ACK."):
        return False
    handled = by_durable.get(raw.metadata.consumer or "")
    return handled is not None and handled.message.subject == raw.subject


def is_from_outbox(raw: Msg) -> bool:
    """Whether a message in a stream was published by an outbox.

    An answer directed into the stream has no message id of its own; an entry read from a stream has one, and names the
    subject under which it was read.
    """
    headers = raw.headers or {}
    return bool(headers.get("Nats-Msg-Id")) and "Nats-Subject" not in headers


def message_id_of(raw: Msg) -> str:
    """The id that a message keeps over all deliveries and relays; it has one when it is from an outbox."""
    return (raw.headers or {})["Nats-Msg-Id"]
