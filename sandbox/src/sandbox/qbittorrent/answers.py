"""The Web API's JSON for a torrent, with the keys of the recordings of each version."""

import time
from typing import Any

from sandbox.qbittorrent.client import Client
from sandbox.torrent_client.torrents import AS_GLOBAL, UNLIMITED, ContentFile, Torrent

NO_ETA = 8_640_000
_PSEUDO_TRACKERS = ("** [DHT] **", "** [PeX] **", "** [LSD] **")
_NEW_IN_5 = ("comment", "has_metadata", "inactive_seeding_time_limit", "max_inactive_seeding_time", "popularity")
_ALSO_NEW_IN_5 = ("private", "reannounce", "root_path")


def info(client: Client, torrent: Torrent) -> dict[str, Any]:
    """One entry of torrents/info."""
    entry = {**_identity(torrent), **_paths(client, torrent), **_progress(client, torrent), **_limits(torrent)}
    if not client.dialect.has_5_fields:
        for key in (*_NEW_IN_5, *_ALSO_NEW_IN_5):
            del entry[key]
    return entry | _new_in_5_3(torrent) if client.dialect.has_5_3_fields else entry


def properties(client: Client, torrent: Torrent) -> dict[str, Any]:
    """The answer of torrents/properties."""
    entry = info(client, torrent)
    properties = {
        "addition_date": torrent.added_on,
        "comment": torrent.comment,
        "completion_date": -1 if torrent.completed_on is None else torrent.completed_on,
        "created_by": torrent.created_by,
        "creation_date": torrent.created_on,
        "dl_limit": torrent.download_limit or UNLIMITED,
        "dl_speed": entry["dlspeed"],
        "dl_speed_avg": entry["dlspeed"],
        "download_path": "",
        "eta": entry["eta"],
        "hash": torrent.hash,
        "infohash_v1": torrent.hash,
        "infohash_v2": "",
        "is_private": torrent.private,
        "last_seen": entry["seen_complete"] or -1,
        "name": torrent.name,
        "nb_connections": entry["num_seeds"],
        "nb_connections_limit": 100,
        "peers": 0,
        "peers_total": 0,
        "piece_size": torrent.piece_bytes,
        "pieces_have": int(torrent.pieces * torrent.progress),
        "pieces_num": torrent.pieces,
        "reannounce": 0,
        "save_path": torrent.save_path,
        "seeding_time": entry["seeding_time"],
        "seeds": entry["num_seeds"],
        "seeds_total": entry["num_complete"],
        "share_ratio": _number(torrent.ratio),
        "time_elapsed": entry["time_active"],
        "total_downloaded": entry["downloaded"],
        "total_downloaded_session": entry["downloaded_session"],
        "total_size": entry["total_size"],
        "total_uploaded": torrent.uploaded_bytes,
        "total_uploaded_session": 0,
        "total_wasted": 0,
        "up_limit": UNLIMITED,
        "up_speed": 0,
        "up_speed_avg": 0,
    }
    if not client.dialect.has_5_fields:
        return properties
    new_fields = {"has_metadata": torrent.has_metadata, "popularity": 0, "progress": entry["progress"]}
    new_fields |= {"availability": entry["availability"]} if client.dialect.has_5_3_fields else {}
    return properties | new_fields | {"private": torrent.private if torrent.has_metadata else None}


def files(client: Client, torrent: Torrent) -> list[dict[str, Any]]:
    """The answer of torrents/files."""
    rows, start = [], 0
    for index, each in enumerate(torrent.files):
        last = max(start + each.size_bytes - 1, start)
        row = {
            "availability": -1 if torrent.complete else int(client.speed(torrent) > 0),
            "index": index,
            "name": each.path,
            "piece_range": [start // torrent.piece_bytes, last // torrent.piece_bytes],
            "priority": each.priority,
            "progress": _number(_file_progress(torrent, each)),
            "size": each.size_bytes,
        }
        rows.append(row | ({"is_seed": torrent.complete} if index == 0 else {}))
        start += each.size_bytes
    return rows


def trackers(client: Client, torrent: Torrent) -> list[dict[str, Any]]:
    """The answer of torrents/trackers. Torrents that are not offers of the world are unregistered."""
    message = "This torrent is private" if torrent.private else ""
    no_peers = {"num_downloaded": 0, "num_leeches": 0, "num_peers": 0, "num_seeds": 0, "status": 0, "tier": -1}
    rows: list[dict[str, Any]] = [{"msg": message, **no_peers, "url": name} for name in _PSEUDO_TRACKERS]
    if not torrent.tracker:
        return rows
    offer = client.offer_of(torrent)
    tracker = {
        "msg": "" if offer else "unregistered torrent",
        "num_downloaded": offer.snatched if offer else -1,
        "num_leeches": offer.leechers if offer else -1,
        "num_peers": offer.seeders + offer.leechers if offer else -1,
        "num_seeds": offer.seeders if offer else -1,
        "status": 2 if offer else client.dialect.tracker_error,
        "tier": 0,
        "url": torrent.tracker,
    }
    return [*rows, tracker]


def _identity(torrent: Torrent) -> dict[str, Any]:
    return {
        "hash": torrent.hash,
        "infohash_v1": torrent.hash,
        "infohash_v2": "",
        "name": torrent.name,
        "magnet_uri": torrent.magnet,
        "comment": torrent.comment,
        "has_metadata": torrent.has_metadata,
        "private": torrent.private if torrent.has_metadata else None,
        "category": torrent.category,
        "tags": ", ".join(torrent.tags),
        "size": torrent.wanted_bytes,
        "total_size": torrent.size_bytes if torrent.has_metadata else -1,
        "trackers_count": int(bool(torrent.tracker)),
    }


def _paths(client: Client, torrent: Torrent) -> dict[str, Any]:
    content = f"{torrent.save_path}/{torrent.content_name}" if torrent.has_metadata else ""
    known = client.offer_of(torrent) is not None
    return {
        "save_path": torrent.save_path,
        "download_path": "",
        "content_path": content,
        "root_path": content if torrent.in_folder else "",
        "auto_tmm": torrent.automatic,
        "tracker": torrent.tracker if known or client.dialect.has_5_fields else "",
    }


def _progress(client: Client, torrent: Torrent) -> dict[str, Any]:
    now, never = int(time.time()), client.dialect.never
    speed = int(client.speed(torrent))
    offer = client.offer_of(torrent)
    left = torrent.wanted_bytes - int(torrent.downloaded_bytes)
    ended = torrent.completed_on
    running = not torrent.stopped and not torrent.fault
    return {
        "state": client.state(torrent),
        "progress": _number(torrent.progress),
        "amount_left": left,
        "completed": int(torrent.downloaded_bytes),
        "downloaded": int(torrent.downloaded_bytes),
        "downloaded_session": int(torrent.downloaded_bytes),
        "dlspeed": speed,
        "eta": left // speed if speed else NO_ETA,
        "availability": -1 if torrent.complete else int(speed > 0),
        "added_on": torrent.added_on,
        "completion_on": never if ended is None else ended,
        "seen_complete": (now if speed else never) if ended is None else ended,
        "last_activity": ended or torrent.added_on,
        "time_active": now - torrent.added_on if running else 0,
        "seeding_time": int(torrent.seeding_seconds),
        "num_seeds": int(speed > 0),
        "num_complete": offer.seeders if offer else 0,
        "num_leechs": 0,
        "num_incomplete": offer.leechers if offer else 0,
        "ratio": _number(torrent.ratio),
        "popularity": 0,
        "reannounce": 0,
        "uploaded": torrent.uploaded_bytes,
        "uploaded_session": 0,
        "upspeed": 0,
    }


def _limits(torrent: Torrent) -> dict[str, Any]:
    return {
        "dl_limit": torrent.download_limit,
        "up_limit": 0,
        "ratio_limit": _number(torrent.ratio_limit),
        "max_ratio": UNLIMITED if torrent.ratio_limit == AS_GLOBAL else _number(torrent.ratio_limit),
        "seeding_time_limit": torrent.seeding_minutes_limit,
        "max_seeding_time": UNLIMITED if torrent.seeding_minutes_limit == AS_GLOBAL else torrent.seeding_minutes_limit,
        "inactive_seeding_time_limit": AS_GLOBAL,
        "max_inactive_seeding_time": UNLIMITED,
        "force_start": torrent.forced,
        "super_seeding": False,
        "seq_dl": False,
        "f_l_piece_prio": False,
        "priority": 0,
    }


def _file_progress(torrent: Torrent, file: ContentFile) -> float:
    if torrent.complete or file.priority == 0:
        return float(torrent.has_on_disk(file))
    return torrent.progress


def _new_in_5_3(torrent: Torrent) -> dict[str, Any]:
    return {
        "connections_count": 0,
        "connections_limit": 100,
        "created_by": torrent.created_by,
        "creation_date": torrent.created_on,
        "piece_size": torrent.piece_bytes,
        "pieces_have": int(torrent.pieces * torrent.progress),
        "pieces_num": torrent.pieces,
        "share_limit_action": "Default",
        "share_limits_mode": "Default",
        "total_wasted": 0,
    }


def _number(value: float) -> float | int:
    """The number as qBittorrent writes it in JSON: 1, not 1.0."""
    return int(value) if value == int(value) else value
