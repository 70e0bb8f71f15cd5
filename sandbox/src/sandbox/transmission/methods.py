"""The methods of the RPC. Source: rpc-spec.txt and answers of transmission-daemon 3.00."""

import base64
import binascii
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sandbox.torrent_client.client import TorrentClient
from sandbox.torrent_client.torrents import AS_GLOBAL, UNLIMITED, NotATorrent, Torrent
from sandbox.transmission import answers

_AS_GLOBAL, _OWN, _NONE = range(3)

Arguments = dict[str, Any]


class Failed(Exception):
    """The request does not succeed; the text is its result."""


class Methods:
    """Each method takes the arguments of a request and returns those of the answer. Raises Failed."""

    def __init__(self, client: TorrentClient) -> None:
        self._client = client
        self._started_at = client.clock()

    def by_name(self) -> dict[str, Callable[[Arguments], Arguments]]:
        """The methods by their names."""
        return {
            "session-get": lambda _: {"version": "3.00 (bb6b5a062e)", "rpc-version": 16, "rpc-version-minimum": 1},
            "session-stats": self.statistics,
            "free-space": self.free_space,
            "torrent-add": self.add,
            "torrent-get": self.get,
            "torrent-set": self.set,
            "torrent-remove": self.remove,
            "torrent-set-location": self.set_location,
            "torrent-start": lambda arguments: self._each(arguments, self._client.start),
            "torrent-stop": lambda arguments: self._each(arguments, self._stop),
            "torrent-verify": lambda arguments: self._each(arguments, self._client.recheck),
        }

    def statistics(self, _arguments: Arguments) -> Arguments:
        """How long the client has run."""
        figures = {"secondsActive": int(self._client.clock() - self._started_at), "sessionCount": 1}
        return {"current-stats": figures, "torrentCount": len(self._client.torrents)}

    @staticmethod
    def free_space(arguments: Arguments) -> Arguments:
        """The free space at a path, which has to exist."""
        path = str(arguments.get("path"))
        if not Path(path).exists():
            raise Failed("No such file or directory")
        return {"path": path, "size-bytes": 10**12}

    def add(self, arguments: Arguments) -> Arguments:
        """Add a torrent. Labels are ignored, as before version 4. A duplicate is a success with another name."""
        torrent = _read(arguments)
        torrent.save_path = str(arguments.get("download-dir") or self._client.default_save_path)
        torrent.stopped = bool(arguments.get("paused"))
        kind = "torrent-added" if self._client.add(torrent) else "torrent-duplicate"
        return {kind: {"hashString": torrent.hash, "id": 1, "name": torrent.name}}

    def get(self, arguments: Arguments) -> Arguments:
        """The fields of torrents, as objects or as a table. Unknown ids are ignored."""
        fields = [str(each) for each in arguments.get("fields", [])]
        rows = [answers.fields_of(self._client, torrent, fields) for torrent in self._chosen(arguments)]
        if arguments.get("format") != "table":
            return {"torrents": rows}
        return {"torrents": [fields, *([row[name] for name in fields] for row in rows)]}

    def set(self, arguments: Arguments) -> Arguments:
        """Change files, limits and labels."""
        for torrent in self._chosen(arguments):
            self._choose_files(torrent, arguments)
            self._limit(torrent, arguments)
            if "labels" in arguments:
                torrent.tags = [str(each) for each in arguments["labels"]]
            self._client.store(torrent)
        return {}

    def remove(self, arguments: Arguments) -> Arguments:
        """Remove torrents, and their files with `delete-local-data`."""
        with_files = bool(arguments.get("delete-local-data"))
        return self._each(arguments, lambda torrent: self._client.remove(torrent, with_files=with_files))

    def set_location(self, arguments: Arguments) -> Arguments:
        """Move torrents to another folder."""
        folder = Path(str(arguments["location"]))
        return self._each(arguments, lambda torrent: self._client.move(torrent, folder))

    def _choose_files(self, torrent: Torrent, arguments: Arguments) -> None:
        """An empty list means every file."""
        for name, priority in (("files-wanted", 1), ("files-unwanted", 0)):
            if name not in arguments:
                continue
            indexes = [int(each) for each in arguments[name]] or list(range(len(torrent.files)))
            if any(each >= len(torrent.files) for each in indexes):
                raise Failed("file index out of range")
            self._client.choose(torrent, indexes, priority)

    @staticmethod
    def _limit(torrent: Torrent, arguments: Arguments) -> None:
        mode = arguments.get("seedRatioMode")
        if mode is not None:
            own = float(arguments.get("seedRatioLimit", 0.0))
            torrent.ratio_limit = {_AS_GLOBAL: float(AS_GLOBAL), _OWN: own, _NONE: float(UNLIMITED)}[int(mode)]

    def _stop(self, torrent: Torrent) -> None:
        torrent.stopped = True
        self._client.store(torrent)

    def _chosen(self, arguments: Arguments) -> list[Torrent]:
        known = self._client.torrents
        if "ids" not in arguments:
            return list(known.values())
        return [known[each] for each in arguments["ids"] if each in known]

    def _each(self, arguments: Arguments, act: Callable[[Torrent], None]) -> Arguments:
        for torrent in self._chosen(arguments):
            act(torrent)
        return {}


def _read(arguments: Arguments) -> Torrent:
    try:
        if "metainfo" in arguments:
            return Torrent.from_metainfo(base64.b64decode(str(arguments["metainfo"]), validate=True))
        return Torrent.from_magnet(str(arguments.get("filename")))
    except (NotATorrent, binascii.Error):
        raise Failed("invalid or corrupt torrent file") from None
