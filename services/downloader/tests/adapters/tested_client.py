"""A download client under test: one of ours, connected to a stand-in or to a real program."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from downloader.adapters.clients.qbittorrent.session import Session
from downloader.adapters.clients.transmission.rpc import Rpc
from downloader.domain.client_state import ClientState
from downloader.domain.download_client import DownloadClient
from downloader.domain.torrent import ClientTorrent
from shared.testing.waiting import until

from .torrent_content import TorrentContent

STAND_INS = ("qbittorrent 4.5", "qbittorrent 5.1", "qbittorrent 5.3", "transmission")
REAL = ("qbittorrent-nox", "transmission-daemon")
WITHIN_SECONDS = 60.0


class Person(Protocol):
    """What a person does in the client's own pages."""

    async def stop(self, torrent: ClientTorrent) -> None:
        """Stop the torrent."""

    async def move(self, torrent: ClientTorrent, folder: Path) -> None:
        """Move the files of the torrent."""

    async def clear_category(self, torrent: ClientTorrent) -> None:
        """Remove the category of the torrent."""

    async def check_files(self, torrent: ClientTorrent) -> None:
        """Have the files of the torrent checked."""


@dataclass(frozen=True, slots=True)
class QBittorrentPerson:
    """A person at qBittorrent."""

    session: Session

    async def stop(self, torrent: ClientTorrent) -> None:
        version = (await self.session.call("GET", "app/version")).text
        action = "pause" if version.startswith("v4") else "stop"
        await self.session.call("POST", f"torrents/{action}", data={"hashes": torrent.hashes[0]})

    async def move(self, torrent: ClientTorrent, folder: Path) -> None:
        data = {"hashes": torrent.hashes[0], "location": str(folder)}
        await self.session.call("POST", "torrents/setLocation", data=data)

    async def clear_category(self, torrent: ClientTorrent) -> None:
        await self.session.call("POST", "torrents/setCategory", data={"hashes": torrent.hashes[0], "category": ""})

    async def check_files(self, torrent: ClientTorrent) -> None:
        await self.session.call("POST", "torrents/recheck", data={"hashes": torrent.hashes[0]})


@dataclass(frozen=True, slots=True)
class TransmissionPerson:
    """A person at Transmission."""

    rpc: Rpc

    async def stop(self, torrent: ClientTorrent) -> None:
        await self.rpc.call("torrent-stop", {"ids": [torrent.hashes[0]]})

    async def move(self, torrent: ClientTorrent, folder: Path) -> None:
        arguments = {"ids": [torrent.hashes[0]], "location": str(folder), "move": True}
        await self.rpc.call("torrent-set-location", arguments)

    async def clear_category(self, torrent: ClientTorrent) -> None:
        await self.rpc.call("torrent-set", {"ids": [torrent.hashes[0]], "labels": []})

    async def check_files(self, torrent: ClientTorrent) -> None:
        await self.rpc.call("torrent-verify", {"ids": [torrent.hashes[0]]})


@dataclass(frozen=True, slots=True)
class ClientUnderTest:
    """A download client of ours, the folder in which it saves, and a person who uses the same client."""

    client: DownloadClient
    folder: Path
    person: Person
    with_password: Callable[[str], DownloadClient]
    """Another client of ours for the same program, with this password."""
    pass_time: Callable[[], None] = field(default=lambda: None)
    """Lets a stand-in's time pass."""

    async def torrent(self, content: TorrentContent) -> ClientTorrent | None:
        self.pass_time()
        return await self.client.find(content.torrent.identity.hashes)

    async def until(
        self, content: TorrentContent, check: Callable[[ClientTorrent], bool | Awaitable[bool]]
    ) -> ClientTorrent:
        """The torrent as soon as the check of it is true."""
        found: ClientTorrent | None = None

        async def passes() -> bool:
            nonlocal found
            found = await self.torrent(content)
            result = found is not None and check(found)
            return result if isinstance(result, bool) else await result

        await until(passes, seconds=WITHIN_SECONDS)
        assert found is not None
        return found

    async def until_state(self, content: TorrentContent, state: ClientState) -> ClientTorrent:
        """The torrent as soon as it has this state."""
        return await self.until(content, lambda torrent: torrent.state is state)

    async def complete(self, content: TorrentContent) -> ClientTorrent:
        """Add the torrent, whose files are on the disk already, and wait until it is complete."""
        content.write(self.folder / content.info_hash)
        await self.client.add(content.torrent)
        return await self.until_state(content, ClientState.COMPLETE)
