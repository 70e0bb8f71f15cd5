"""The state of a torrent client: torrents, categories and tags, which are stored in a journal."""

import asyncio
import shutil
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from sandbox.journal import Journal
from sandbox.outcomes import Outcomes
from sandbox.torrent_client.swarm import Swarm
from sandbox.torrent_client.torrents import Torrent
from sandbox.world import Offer

VANISHED, ERRORED, MISSING_FILES = "torrent_vanished", "errored", "missingFiles"
SPECIFIC_KINDS = frozenset({VANISHED, ERRORED, MISSING_FILES})
CHECKING_SECONDS = 0.3
_STORED_STEPS = 10


class TorrentClient:
    """The torrents, categories and tags of one client. Only `advance` lets time pass."""

    def __init__(
        self,
        *,
        swarm: Swarm,
        journal: Journal,
        outcomes: Outcomes,
        default_save_path: Path,
        clock: Callable[[], float],
    ) -> None:
        self.default_save_path = default_save_path
        self.clock = clock
        self.public_address = ""
        self._swarm = swarm
        self._journal = journal
        self._outcomes = outcomes
        self._busy: dict[str, tuple[str, float]] = {}
        self._advancing = asyncio.Lock()
        self._advanced_at = clock()
        self.categories: dict[str, str] = journal.values("category:")
        self.tags: dict[str, bool] = journal.values("tag:")
        stored = journal.values("torrent:")
        self.torrents = {key: Torrent.model_validate(value) for key, value in stored.items()}
        for torrent in self.torrents.values():
            self._check_files(torrent)

    async def advance(self) -> None:
        """Advance every download to the current time. Writes the files of completed downloads to disk."""
        async with self._advancing:
            now = self.clock()
            since, self._advanced_at = self._advanced_at, now
            for torrent in list(self.torrents.values()):
                if not self._apply_failures(torrent):
                    await self._download(torrent, since, now)

    def speed(self, torrent: Torrent) -> float:
        """The current download speed in bytes a second."""
        idle = torrent.complete or torrent.stopped or torrent.fault or not torrent.has_metadata
        if idle or torrent.hash in self._busy:
            return 0.0
        speed = self._swarm.speed(self.offer_of(torrent))
        return min(speed, torrent.download_limit) if torrent.download_limit > 0 else speed

    def offer_of(self, torrent: Torrent) -> Offer | None:
        """The offer of a torrent, or None if it is not an offer of the world."""
        return self._swarm.offer_of(torrent.hash, torrent.content_name)

    def busy_state(self, torrent: Torrent) -> str | None:
        """What the client does with the files of a torrent, in words of qBittorrent: checking or moving them."""
        return self._busy.get(torrent.hash, (None, 0.0))[0]

    def add(self, torrent: Torrent) -> bool:
        """Add a torrent. Returns False if it is already in the client."""
        if torrent.hash in self.torrents:
            return False
        torrent.added_on = int(time.time())
        if torrent.category and torrent.category not in self.categories:
            self.put_category(torrent.category, "")
        self.put_tags(torrent.tags)
        self.torrents[torrent.hash] = torrent
        if torrent.has_metadata:
            self._set_busy(torrent, "checkingResumeData")
        self.recheck(torrent) if torrent.is_on_disk() else self.prepare_folder(torrent)
        self.store(torrent)
        return True

    def remove(self, torrent: Torrent, *, with_files: bool) -> None:
        """Remove a torrent, and its files if `with_files`."""
        if with_files:
            for path in torrent.paths_on_disk():
                with suppress(OSError):
                    path.unlink()
            if torrent.in_folder:
                _remove_empty_folders(Path(torrent.save_path) / torrent.content_name)
        self.torrents.pop(torrent.hash, None)
        self._busy.pop(torrent.hash, None)
        self._journal.put(f"torrent:{torrent.hash}", None)

    def recheck(self, torrent: Torrent) -> None:
        """Check the files: a torrent with all files is complete; one whose files are gone starts from the beginning."""
        on_disk = torrent.is_on_disk()
        torrent.fault = None
        if on_disk or torrent.complete:
            torrent.downloaded_bytes = float(torrent.bytes_on_disk())
        if on_disk and torrent.completed_on is None:
            torrent.completed_on = int(time.time())
        self._set_busy(torrent, "checkingUP" if on_disk else "checkingDL")
        self.store(torrent)

    def move(self, torrent: Torrent, folder: Path) -> None:
        """Move the files to another folder. Raises OSError if it cannot be created or written."""
        folder.mkdir(parents=True, exist_ok=True)
        top = Path(torrent.save_path) / torrent.content_name
        if top.exists():
            shutil.move(top, folder / torrent.content_name)
        torrent.save_path = str(folder)
        self._set_busy(torrent, "moving")
        self.store(torrent)

    def choose(self, torrent: Torrent, indexes: Iterable[int], priority: int) -> None:
        """Set the priority of files. Only wanted files count, and those that are on the disk are downloaded."""
        for index in indexes:
            torrent.files[index].priority = priority
        torrent.downloaded_bytes = float(torrent.bytes_on_disk())
        if not torrent.complete:
            torrent.completed_on = None
        elif torrent.completed_on is None:
            torrent.completed_on = int(time.time())
        self.store(torrent)

    def follow_category(self, torrent: Torrent) -> None:
        """Move a torrent with automatic management to the folder of its category. Raises OSError as `move` does."""
        folder = self.category_folder(torrent.category)
        if torrent.automatic and torrent.save_path != folder:
            self.move(torrent, Path(folder))
        self.store(torrent)

    def start(self, torrent: Torrent) -> None:
        """Start a stopped torrent, after a recheck if it failed."""
        torrent.stopped = False
        if torrent.fault:
            self.recheck(torrent)
            self.prepare_folder(torrent)
        self.store(torrent)

    def prepare_folder(self, torrent: Torrent) -> None:
        """Create the save path. If that fails, the torrent is in the state error, without a reason."""
        try:
            Path(torrent.save_path).mkdir(parents=True, exist_ok=True)
        except OSError:
            torrent.fault = "error"

    def put_category(self, name: str, save_path: str | None) -> None:
        """Create or change a category. None removes it."""
        if save_path is None:
            self.categories.pop(name, None)
        else:
            self.categories[name] = save_path
        self._journal.put(f"category:{name}", save_path)

    def put_tags(self, names: Iterable[str]) -> None:
        """Create the tags that do not exist."""
        for name in names:
            if name not in self.tags:
                self.tags[name] = True
                self._journal.put(f"tag:{name}", True)

    def store(self, torrent: Torrent) -> None:
        """Write a torrent to the journal."""
        self._journal.put(f"torrent:{torrent.hash}", torrent.model_dump(mode="json"))

    def category_folder(self, category: str) -> str:
        """The folder of a category for automatic management."""
        own = self.categories.get(category)
        return own or str(self.default_save_path / category if category else self.default_save_path)

    def _set_busy(self, torrent: Torrent, state: str) -> None:
        self._busy[torrent.hash] = (state, self.clock() + CHECKING_SECONDS)

    async def _download(self, torrent: Torrent, since: float, now: float) -> None:
        _, busy_until = self._busy.get(torrent.hash, ("", since))
        if busy_until > now:
            return
        self._busy.pop(torrent.hash, None)
        self._seed(torrent, now - max(since, busy_until))
        self._fetch_metadata(torrent)
        step = self._step(torrent)
        received_bytes = self.speed(torrent) * (now - max(since, busy_until))
        if received_bytes <= 0:
            return
        if torrent.downloaded_bytes + received_bytes >= torrent.wanted_bytes:
            await self._complete(torrent)
        else:
            torrent.downloaded_bytes += received_bytes
        if self._step(torrent) != step or torrent.fault:
            self.store(torrent)

    def _seed(self, torrent: Torrent, seconds: float) -> None:
        """Count the time of seeding, and stop the torrent when it reaches one of its limits."""
        if not torrent.complete or torrent.stopped:
            return
        torrent.seeding_seconds += seconds
        if torrent.reached_a_limit:
            torrent.stopped = True
            self.store(torrent)

    def _fetch_metadata(self, torrent: Torrent) -> None:
        """A magnet link gets its metadata immediately if the torrent is seeded."""
        offer = None if torrent.has_metadata or torrent.stopped else self.offer_of(torrent)
        if offer is not None and self._swarm.speed(offer) > 0:
            torrent.take_metadata(Torrent.from_metainfo(self._swarm.metainfo(offer)))
            self.store(torrent)

    async def _complete(self, torrent: Torrent) -> None:
        offer = self.offer_of(torrent)
        if offer is None:
            return
        try:
            wanted = {each.path for each in torrent.files if each.priority > 0}
            await asyncio.to_thread(self._swarm.write_files, offer, Path(torrent.save_path), wanted)
        except OSError:
            torrent.fault = "error"
            return
        torrent.downloaded_bytes = float(torrent.wanted_bytes)
        torrent.completed_on = int(time.time())

    def _apply_failures(self, torrent: Torrent) -> bool:
        """Apply the failures that are switched on for this torrent. Returns whether it is failed or removed."""
        if self._take_outcome(VANISHED, torrent):
            self.remove(torrent, with_files=False)
            return True
        for kind, fault in ((ERRORED, "error"), (MISSING_FILES, "missingFiles")):
            if torrent.fault != fault and self._take_outcome(kind, torrent):
                self._fail(torrent, fault)
                return True
        return torrent.fault is not None

    def _take_outcome(self, kind: str, torrent: Torrent) -> bool:
        return any(self._outcomes.take(kind, subject) for subject in (torrent.hash, torrent.name))

    def _fail(self, torrent: Torrent, fault: str) -> None:
        torrent.fault = "missingFiles" if fault == "missingFiles" else "error"
        if fault == "missingFiles":
            torrent.downloaded_bytes = 0.0
        self.store(torrent)

    def _check_files(self, torrent: Torrent) -> None:
        """At startup, a complete torrent without its files fails with missingFiles and keeps its completion time."""
        if torrent.complete and not torrent.is_on_disk():
            self._fail(torrent, "missingFiles")

    @staticmethod
    def _step(torrent: Torrent) -> int:
        return int(torrent.progress * _STORED_STEPS)


def _remove_empty_folders(folder: Path) -> None:
    if not folder.is_dir():
        return
    for each in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        if not any(each.iterdir()):
            each.rmdir()
    if not any(folder.iterdir()):
        folder.rmdir()
