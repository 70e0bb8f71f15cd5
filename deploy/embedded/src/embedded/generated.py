"""Files of the project that are written from its code: `make messages` writes them, a test says when they are old."""

from pathlib import Path

from shared.chassis.subscriptions import Subscriptions
from shared.contracts.message import Command, Event, Message, Request

from embedded.nats_config import FromEnvironment, NatsUser, render_config
from embedded.services import PARTS, permissions_by_user

CHECKOUT = Path(__file__).parents[4]
MESSAGES = CHECKOUT / "docs" / "messages.md"
NATS_CONF = CHECKOUT / "deploy" / "nats" / "nats.conf"

HEAD = """# Messages

Written by `make messages` from `shared/contracts` and every service's `subscriptions.py`; do not change it by hand.
A request is answered within 5 seconds unless noted; commands and events are kept in the streams COMMANDS and EVENTS.
"""


def messages_text() -> str:
    """docs/messages.md: every message, who owns it, who says it and who hears it."""
    tables = [part.table() for part in PARTS]
    kinds = (("Requests", Request, "answered by", "asked by"), ("Commands", Command, "done by", "sent by"),
             ("Events", Event, "heard by", "announced by"))  # fmt: skip
    parts = [HEAD]
    for title, kind, hears, says in kinds:
        parts.append(f"## {title}\n\n| message | subject | {hears} | {says} | what |\n| --- | --- | --- | --- | --- |")
        found = sorted(_messages(tables, kind), key=lambda message: message.subject)
        parts.append("\n".join(_line(message, tables) for message in found) + "\n")
    return "\n".join(parts)


def nats_conf_text() -> str:
    """deploy/nats/nats.conf: a user for each service with the subjects of its table; passwords by environment."""
    users = [
        NatsUser(
            name,
            FromEnvironment(f"NATS_{name.replace('-', '_').upper()}_PASSWORD"),
            may.publish,
            may.subscribe,
            allow_responses=True,
        )
        for name, may in permissions_by_user().items()
    ]
    head = "# Written by `make messages` from every service's subscriptions.py; do not change it by hand.\n"
    return head + render_config(users, listen="0.0.0.0:4222", store_dir="/data", monitor="0.0.0.0:8222")


def write() -> None:
    """Write both files anew."""
    for path, text in ((MESSAGES, messages_text()), (NATS_CONF, nats_conf_text())):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _messages(tables: list[Subscriptions], kind: type[Message]) -> set[type[Message]]:
    known: set[type[Message]] = set()
    for table in tables:
        known |= {each.message for each in table.answered} | {each.message for each in table.heard}
        known |= table.asked | table.said
    return {message for message in known if issubclass(message, kind)}


def _line(message: type[Message], tables: list[Subscriptions]) -> str:
    hears = [t.service for t in tables if message in {each.message for each in (*t.answered, *t.heard)}]
    says = [t.service for t in tables if message in t.asked | t.said]
    what = (message.__doc__ or "").strip().split("\n")[0]
    if issubclass(message, Request) and message.timeout_seconds != Request.timeout_seconds:
        what += f" (within {message.timeout_seconds:g} s)"
    heard_by = "every service" if len(hears) == len(tables) else ", ".join(hears)
    return f"| {message.__name__} | `{message.subject}` | {heard_by} | {', '.join(says)} | {what} |"
