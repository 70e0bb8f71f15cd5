"""Writes the configuration of nats-server from a list of users, for the embedded server and for compose."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from shared.chassis.message_size import MAX_PAYLOAD_BYTES

_PLAIN = re.compile(r"[A-Za-z0-9_-]+")

MAX_MEMORY_STORE = "64MB"
MAX_FILE_STORE = "4GB"


@dataclass(frozen=True)
class NatsUser:
    """One NATS user and its permissions. An empty list allows nothing.

    `allow_responses` lets the user reply to requests without the permission to publish to the inboxes of other users.
    """

    name: str
    password: str
    publish: Sequence[str]
    subscribe: Sequence[str]
    allow_responses: bool = False

    def __post_init__(self) -> None:
        """Raise `ValueError` for characters that need encoding in a URL: nats-py does not decode name and password."""
        for text in (self.name, self.password):
            if not _PLAIN.fullmatch(text):
                raise ValueError(
                    f"NATS user {self.name!r}: name and password may contain only letters, digits, '-' and '_'"
                )


def render_config(users: Sequence[NatsUser], *, listen: str, store_dir: str, monitor: str) -> str:
    """The text of a nats-server configuration with JetStream and these users. Without users there is no authorization.

    `listen` and `monitor` are HOST:PORT of the client port and of the HTTP monitoring port.
    """
    parts = [
        f"server_name: gapless\nlisten: {_text(listen)}\nhttp: {_text(monitor)}\nmax_payload: {MAX_PAYLOAD_BYTES}",
        'lame_duck_duration: "30s"\nlame_duck_grace_period: "1s"',
        "jetstream {",
        f"  store_dir: {_text(store_dir)}\n  max_mem: {MAX_MEMORY_STORE}\n  max_file: {MAX_FILE_STORE}",
        "}",
    ]
    if users:
        listed = "\n".join(_user(user) for user in users)
        parts.append(f"authorization {{\n  users: [\n{listed}\n  ]\n}}")
    return "\n".join(parts) + "\n"


def _user(user: NatsUser) -> str:
    lines = [
        f"      publish: {_permission(user.publish)}",
        f"      subscribe: {_permission(user.subscribe)}",
    ]
    if user.allow_responses:
        lines.append("      allow_responses: true")
    permissions = "\n".join(lines)
    return (
        f"    {{ user: {_text(user.name)}, password: {_text(user.password)}, permissions: {{\n{permissions}\n    }} }}"
    )


def _permission(subjects: Sequence[str]) -> str:
    """The permission for these subjects. nats-server 2.15 reads an empty allow list as "all", hence the deny."""
    if not subjects:
        return '{ deny: [">"] }'
    return "{ allow: [" + ", ".join(_text(subject) for subject in subjects) + "] }"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
