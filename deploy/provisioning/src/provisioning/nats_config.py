"""Writes the configuration of nats-server from a list of users, for the embedded server and for compose."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from shared.chassis.message_size import MAX_PAYLOAD_BYTES

_PLAIN = re.compile(r"[A-Za-z0-9_-]+")

MAX_MEMORY_STORE = "64MB"
MAX_FILE_STORE = "4GB"
CLUSTER_USER = "server"


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


@dataclass(frozen=True)
class ClusterMember:
    """The place of one server in a cluster.

    `name` differs from those of the other servers. `listen` is HOST:PORT for the other servers, and `servers` are those
    of all servers. Who knows `password` can join the cluster, and read and write everything.
    """

    name: str
    listen: str
    servers: Sequence[str]
    password: str

    def __post_init__(self) -> None:
        """Raise `ValueError` for a password that needs encoding in a URL."""
        if not _PLAIN.fullmatch(self.password):
            raise ValueError("the password of a NATS cluster may contain only letters, digits, '-' and '_'")

    def text(self) -> str:
        """Its part of the configuration.

        The servers do not report each other to clients, which know all of them from NATS_URL. The addresses that they
        would report need not be reachable for a client.
        """
        routes = ", ".join(_text(f"nats-route://{CLUSTER_USER}:{self.password}@{server}") for server in self.servers)
        return "\n".join(
            [
                "cluster {",
                f"  name: gapless\n  listen: {_text(self.listen)}\n  no_advertise: true",
                f"  authorization {{ user: {CLUSTER_USER}, password: {_text(self.password)} }}",
                f"  routes: [{routes}]",
                "}",
            ]
        )


def render_config(
    users: Sequence[NatsUser], *, listen: str, store_dir: str, monitor: str, member: ClusterMember | None = None
) -> str:
    """The text of a nats-server configuration with JetStream and these users. Without users there is no authorization.

    `listen` and `monitor` are HOST:PORT of the client port and of the HTTP monitoring port. With `member`, the server
    is part of a cluster.
    """
    name = member.name if member else "gapless"
    parts = [
        f"server_name: {name}\nlisten: {_text(listen)}\nhttp: {_text(monitor)}\nmax_payload: {MAX_PAYLOAD_BYTES}",
        'lame_duck_duration: "30s"\nlame_duck_grace_period: "1s"',
        "jetstream {",
        f"  store_dir: {_text(store_dir)}\n  max_mem: {MAX_MEMORY_STORE}\n  max_file: {MAX_FILE_STORE}",
        "}",
    ]
    if member:
        parts.append(member.text())
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
