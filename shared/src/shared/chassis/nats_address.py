"""Reads the setting NATS_URL: one server, or several servers of a cluster with commas between them."""

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit


@dataclass(frozen=True)
class NatsAddress:
    """The servers, without credentials, and the user for all of them.

    A cluster reports its other servers without credentials, so that a client must not take them from the address of one
    server.
    """

    servers: list[str]
    user: str | None
    password: str | None

    @property
    def host(self) -> str:
        """The names of the servers, for the log."""
        return ", ".join(urlsplit(server).hostname or "" for server in self.servers)


def nats_address(url: str) -> NatsAddress:
    """Read an address such as `nats://user:password@one:4222,nats://two:4222`. The first user is that of all servers.

    Raises `ValueError` if it cannot be read.
    """
    parts = [urlsplit(each if "://" in each else f"nats://{each}") for each in url.split(",") if each.strip()]
    if not parts or not all(part.hostname for part in parts):
        raise ValueError("NATS_URL has no server")
    named = next((part for part in parts if part.username and part.password), None)
    servers = [
        urlunsplit(part._replace(netloc=part.netloc.rpartition("@")[2] if named else part.netloc)) for part in parts
    ]
    return NatsAddress(servers, named and named.username, named and named.password)
