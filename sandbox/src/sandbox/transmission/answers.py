"""The fields of a torrent in the RPC."""

from collections.abc import Sequence
from typing import Any

from sandbox.torrent_client.client import TorrentClient
from sandbox.torrent_client.torrents import Torrent

_STOPPED, _CHECK, _DOWNLOAD, _SEED = 0, 2, 4, 6
_TRACKER_ERROR, _LOCAL_ERROR = 2, 3
_LOCAL_ERRORS = {
    "error": "No space left on device",
    "missingFiles": 'No data found! Ensure your drives are connected or use "Set Location". To re-download, remove the'
    " torrent and re-add it.",
}


def fields_of(client: TorrentClient, torrent: Torrent, names: Sequence[str]) -> dict[str, Any]:
    """The fields with these names. Unknown names are left out."""
    fields = {**_progress(client, torrent), **_error(client, torrent), **_files(torrent)}
    return {name: fields[name] for name in names if name in fields}


def _progress(client: TorrentClient, torrent: Torrent) -> dict[str, Any]:
    speed = int(client.speed(torrent))
    left = torrent.wanted_bytes - int(torrent.downloaded_bytes)
    return {
        "hashString": torrent.hash,
        "name": torrent.name,
        "downloadDir": torrent.save_path,
        "labels": torrent.tags,
        "status": _status(client, torrent),
        "percentDone": torrent.progress,
        "metadataPercentComplete": int(torrent.has_metadata),
        "sizeWhenDone": torrent.wanted_bytes,
        "leftUntilDone": left,
        "rateDownload": speed,
        "eta": left // speed if speed else -1,
        "peersSendingToUs": int(speed > 0),
        "secondsSeeding": int(torrent.seeding_seconds),
        "uploadedEver": torrent.uploaded_bytes,
        "uploadRatio": torrent.ratio if torrent.has_metadata else -1,
        "isFinished": torrent.stopped and torrent.reached_a_limit,
    }


def _status(client: TorrentClient, torrent: Torrent) -> int:
    if torrent.stopped or torrent.fault:
        return _STOPPED
    if client.busy_state(torrent):
        return _CHECK
    return _SEED if torrent.complete else _DOWNLOAD


def _error(client: TorrentClient, torrent: Torrent) -> dict[str, Any]:
    """A torrent that is not an offer of the world is unregistered at its tracker."""
    if torrent.fault:
        return {"error": _LOCAL_ERROR, "errorString": _LOCAL_ERRORS[torrent.fault]}
    if torrent.tracker and not torrent.stopped and client.offer_of(torrent) is None:
        return {"error": _TRACKER_ERROR, "errorString": "unregistered torrent"}
    return {"error": 0, "errorString": ""}


def _files(torrent: Torrent) -> dict[str, Any]:
    done = {each.path: each.size_bytes if torrent.has_on_disk(each) else 0 for each in torrent.files}
    return {
        "files": [
            {"name": each.path, "length": each.size_bytes, "bytesCompleted": done[each.path]} for each in torrent.files
        ],
        "fileStats": [
            {"bytesCompleted": done[each.path], "priority": 0, "wanted": each.priority > 0} for each in torrent.files
        ],
    }
