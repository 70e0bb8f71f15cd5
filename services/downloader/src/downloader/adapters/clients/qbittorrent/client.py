"""qBittorrent as the download client. A torrent is looked up by its info hash before and after it is added."""

import asyncio
import re
from collections.abc import Collection, Sequence
from datetime import datetime

from shared.chassis.errors import RemoteAnsweredNonsense, RemoteUnavailable
from shared.chassis.http import Remote
from shared.chassis.logging import excerpt

from downloader.adapters.clients.qbittorrent.mirror import Mirror
from downloader.adapters.clients.qbittorrent.schemas import FILES, MAIN_DATA, PATHS, TORRENTS, TRACKERS, TRANSFER
from downloader.adapters.clients.qbittorrent.session import SYSTEM, Session
from downloader.domain.download_client import ContentFile, ShareLimits, Torrent, TorrentSnapshot
from downloader.domain.folders import SharedFolder
from downloader.domain.torrent import ClientTorrent

TAG = "gapless"
_VERSION = re.compile(r"v\d+\.\d+(\.\d+)*[\w.+-]{0,20}")
_API_VERSION = re.compile(r"(\d{1,3})\.(\d{1,3})(\.\d{1,3})?")
_START_SINCE = _DIRECTORY_CONTENT_SINCE = (2, 11)
_FIRST_RID = 1
"""A full update of a session that continues has a higher number: all programs with the same API key share a session."""
_POLL_SECONDS = 0.25
_APPEARS_WITHIN_SECONDS = 10.0
"""A torrent appears some tenths of a second after it is added, or seconds if the client is busy."""


class QBittorrent:
    """Adds and finds our torrents, which have `category`. Raises the `RemoteError` family."""

    def __init__(
        self,
        remote: Remote,
        session: Session,
        *,
        category: str,
        downloads: SharedFolder,
        appears_within_seconds: float = _APPEARS_WITHIN_SECONDS,
    ) -> None:
        self._remote = remote
        self._session = session
        self.category = category
        self.downloads = downloads
        self._polls = max(1, round(appears_within_seconds / _POLL_SECONDS))
        self._mirror = Mirror()
        self._mirrored = -1
        self._mirroring = asyncio.Lock()

    async def version(self) -> str:
        """The application's version, such as "v5.1.0". Raises `RemoteAnsweredNonsense` if it is none."""
        response = await self._session.call("GET", "app/version")
        version = response.text.strip()
        if not _VERSION.fullmatch(version):
            raise RemoteAnsweredNonsense(SYSTEM, "app/version gave no version: is this qBittorrent's web interface?")
        return version

    async def public_addresses(self) -> list[str] | None:
        """The external addresses that peers and trackers reported. qBittorrent before 5.1 does not have them."""
        response = await self._session.call("GET", "transfer/info")
        info = self._remote.read(response, TRANSFER)
        known = (info.last_external_address_v4, info.last_external_address_v6)
        return None if known == (None, None) else [address for address in known if address]

    async def find(self, hashes: Sequence[str]) -> ClientTorrent | None:
        """The torrent with one of these hashes.

        qBittorrent does not find a hybrid torrent by its version 1 hash. Its id is known from the last poll; otherwise
        our torrents are listed and compared.
        """
        wanted = [each for each in hashes if each]
        if not wanted:
            return None  # an empty filter would list every torrent
        known = [torrent.hashes[0] for each in wanted if (torrent := self._mirror.get(each)) is not None]
        found = await self._listed({"hashes": "|".join(dict.fromkeys([*wanted, *known]))})
        if not found:
            found = [each for each in await self._listed({"category": self.category}) if each.has_hash_in(wanted)]
        return found[0] if found else None

    async def add(self, torrent: Torrent, wanted_files: Collection[int] | None = None) -> ClientTorrent:
        """Add the torrent unless it exists, and wait until it appears. Raises `RemoteUnavailable` if it does not.

        With `wanted_files` it is added stopped, and started when they are chosen.
        """
        found = await self.find(torrent.identity.hashes)
        if found is None:
            found = await self._add(torrent, stopped=wanted_files is not None)
        if wanted_files is not None:
            await self.choose_files(found, wanted_files)
            await self._start(found)
        return found

    async def files(self, torrent: ClientTorrent) -> list[ContentFile]:
        """The files of the torrent. Empty if it has no metadata yet, or if the client does not have it (404)."""
        response = await self._session.call("GET", "torrents/files", params={"hash": torrent.hashes[0]})
        return [] if response.status_code == 404 else [row.file() for row in self._remote.read(response, FILES)]

    async def choose_files(self, torrent: ClientTorrent, wanted: Collection[int]) -> None:
        """Download only these files. Raises `RemoteAnsweredNonsense` if one does not exist.

        The wanted files are set first: a torrent without any wanted file counts as complete.
        """
        files = await self.files(torrent)
        unknown = sorted(set(wanted) - {file.index for file in files})
        if unknown:
            raise RemoteAnsweredNonsense(SYSTEM, f"the torrent {torrent.name!r} has no file {unknown[0]}")
        for is_wanted in (True, False):
            changed = [file.index for file in files if (file.index in wanted) is is_wanted is not file.wanted]
            if changed:
                await self._set_priority(torrent, changed, priority=int(is_wanted))

    async def recover(self, torrent: ClientTorrent) -> bool:
        """Check the files, which clears the error, and start the torrent. What is missing is downloaded again."""
        await self._session.call("POST", "torrents/recheck", data={"hashes": torrent.hashes[0]})
        await self._start(torrent)
        return True

    async def stop(self, torrent: ClientTorrent) -> None:
        """Stop the torrent. The action is `pause` up to 4.6, and `stop` from Web API 2.11 on (5.0)."""
        action = "stop" if await self._api_version() >= _START_SINCE else "pause"
        await self._session.call("POST", f"torrents/{action}", data={"hashes": torrent.hashes[0]})

    async def set_share_limits(self, torrent: ClientTorrent, limits: ShareLimits) -> None:
        """Replace the limits; -1 is no limit.

        The last two fields let the client stop the torrent at a limit, and not remove it. Web API 2.12 and later
        require them; earlier versions ignore them, and do what their options say.
        """
        data = {
            "hashes": torrent.hashes[0],
            "ratioLimit": "-1" if limits.ratio is None else str(limits.ratio),
            "seedingTimeLimit": "-1" if limits.seeding_minutes is None else str(limits.seeding_minutes),
            "inactiveSeedingTimeLimit": "-1",
            "shareLimitAction": "Stop",
            "shareLimitsMode": "MatchAny",
        }
        await self._session.call("POST", "torrents/setShareLimits", data=data)

    async def set_category(self, torrent: ClientTorrent, category: str) -> None:
        """Set the category, after creating it; 409 means that it exists. With automatic management files would move."""
        hashes = torrent.hashes[0]
        await self._session.call("POST", "torrents/createCategory", data={"category": category}, accepted={409})
        await self._session.call("POST", "torrents/setAutoManagement", data={"hashes": hashes, "enable": "false"})
        await self._session.call("POST", "torrents/setCategory", data={"hashes": hashes, "category": category})

    @property
    def session_began_at(self) -> datetime | None:
        """When the client last started a new session with us, as after a restart; None before the first."""
        return self._session.began_at

    async def changes(self) -> tuple[bool, TorrentSnapshot]:
        """Whether anything changed since the last call, and all torrents as they are now."""
        async with self._mirroring:
            logins = self._session.number
            rid = self._mirror.rid if logins == self._mirrored else 0
            response = await self._session.call("GET", "sync/maindata", params={"rid": rid})
            data = self._remote.read(response, MAIN_DATA)
            if rid != 0 and data.full_update and data.rid == _FIRST_RID and self._session.number == logins:
                self._session.restarted()
            if rid == 0 or self._session.number != logins:
                data = data.model_copy(update={"full_update": True})
            self._mirrored = self._session.number
            return self._mirror.apply(data), self._mirror

    async def tracker_fault(self, torrent: ClientTorrent) -> str | None:
        """A tracker's error for the torrent, or None; the torrent's state does not show it."""
        response = await self._session.call("GET", "torrents/trackers", params={"hash": torrent.hashes[0]})
        if response.status_code == 404:
            return None
        rows = self._remote.read(response, TRACKERS)
        return next((row.msg for row in rows if row.has_error), None)

    async def sees(self, path: str) -> bool | None:
        """Whether the file's folder contains it. qBittorrent before 5.0 cannot be asked. It leaves out hidden files."""
        if await self._api_version() < _DIRECTORY_CONTENT_SINCE:
            return None
        folder, _, name = path.replace("\\", "/").rpartition("/")
        response = await self._session.call(
            "GET", "app/getDirectoryContent", params={"dirPath": folder or "/", "mode": "files"}, accepted={400}
        )
        if response.status_code != 200:
            return False
        return any(each.replace("\\", "/").endswith(f"/{name}") for each in self._remote.read(response, PATHS))

    async def remove(self, torrent: ClientTorrent, *, with_files: bool) -> None:
        """Remove the torrent, and its files if `with_files`."""
        data = {"hashes": torrent.hashes[0], "deleteFiles": str(with_files).lower()}
        await self._session.call("POST", "torrents/delete", data=data)

    async def _add(self, torrent: Torrent, *, stopped: bool) -> ClientTorrent:
        """The response is not used: a duplicate is answered "Fails." up to 5.1 and 409 later, like other failures."""
        response = await self._send(torrent, stopped=stopped)
        for _ in range(self._polls):
            if (found := await self.find(torrent.identity.hashes)) is not None:
                return found
            await asyncio.sleep(_POLL_SECONDS)
        raise RemoteUnavailable(SYSTEM, f"torrents/add was answered {response!r}, and the torrent did not appear")

    async def _set_priority(self, torrent: ClientTorrent, indexes: Sequence[int], *, priority: int) -> None:
        data = {"hash": torrent.hashes[0], "id": "|".join(map(str, indexes)), "priority": str(priority)}
        await self._session.call("POST", "torrents/filePrio", data=data)

    async def _start(self, torrent: ClientTorrent) -> None:
        """Start the torrent. The action is `resume` up to 4.6, and `start` from Web API 2.11 on (5.0)."""
        action = "start" if await self._api_version() >= _START_SINCE else "resume"
        await self._session.call("POST", f"torrents/{action}", data={"hashes": torrent.hashes[0]})

    async def _api_version(self) -> tuple[int, int]:
        response = await self._session.call("GET", "app/webapiVersion")
        found = _API_VERSION.fullmatch(response.text.strip())
        if found is None:
            raise RemoteAnsweredNonsense(SYSTEM, "app/webapiVersion gave no version")
        return int(found[1]), int(found[2])

    async def _send(self, torrent: Torrent, *, stopped: bool) -> str:
        """Send both `paused` and `stopped`: each version ignores the one it does not know.

        The folder for incomplete torrents is not used, because torrents would share it and files of the same name
        would collide.
        """
        fields = {
            "category": self.category,
            "tags": TAG,
            "savepath": self.downloads.save_path_of(torrent.identity.info_hash),
            "useDownloadPath": "false",
            "autoTMM": "false",
            "paused": str(stopped).lower(),
            "stopped": str(stopped).lower(),
        }
        files = None
        if torrent.content is not None:
            name = f"{torrent.identity.info_hash}.torrent"
            files = {"torrents": (name, torrent.content, "application/x-bittorrent")}
        else:
            fields["urls"] = torrent.magnet or ""
        response = await self._session.call("POST", "torrents/add", data=fields, files=files, accepted={409, 415})
        if response.status_code == 415:
            raise RemoteAnsweredNonsense(SYSTEM, f"qBittorrent cannot read the torrent: {excerpt(response.text)[:160]}")
        return f"{response.status_code} {response.text[:100].strip()}"

    async def _listed(self, which: dict[str, str]) -> list[ClientTorrent]:
        response = await self._session.call("GET", "torrents/info", params=which)
        return [row.torrent() for row in self._remote.read(response, TORRENTS)]
