"""The Web API's JSON for the whole client, with the keys of the recordings of each version."""

from typing import Any

from sandbox.qbittorrent.answers import info
from sandbox.qbittorrent.client import Client
from sandbox.torrent_client.torrents import AS_GLOBAL, Torrent

_CATEGORY_IN_5_3 = {
    "download_path": None,
    "inactive_seeding_time_limit": AS_GLOBAL,
    "ratio_limit": AS_GLOBAL,
    "seeding_time_limit": AS_GLOBAL,
    "share_limit_action": "Default",
    "share_limits_mode": "Default",
}


def transfer(client: Client) -> dict[str, Any]:
    """The answer of transfer/info."""
    speed = int(sum(client.speed(torrent) for torrent in client.torrents.values()))
    figures = {
        "connection_status": "connected" if client.torrents else "disconnected",
        "dht_nodes": 0,
        "dl_info_data": int(sum(torrent.downloaded_bytes for torrent in client.torrents.values())),
        "dl_info_speed": speed,
        "dl_rate_limit": 0,
        "up_info_data": 0,
        "up_info_speed": 0,
        "up_rate_limit": 0,
    }
    new = {"last_external_address_v4": client.public_address, "last_external_address_v6": ""}
    return figures | (new if client.dialect.has_5_fields else {})


def main_data(client: Client) -> dict[str, Any]:
    """The whole state in the format of sync/maindata. Version 5 omits empty parts."""
    entries = {key: info(client, torrent) for key, torrent in client.torrents.items()}
    by_tracker: dict[str, list[str]] = {}
    for key, torrent in client.torrents.items():
        del entries[key]["hash"]
        if client.dialect.has_5_3_fields:
            entries[key] |= _announce_errors(client, torrent)
        if torrent.tracker:
            by_tracker.setdefault(torrent.tracker, []).append(key)
    whole = {
        "categories": categories(client),
        "tags": list(client.tags),
        "torrents": entries,
        "trackers": by_tracker,
        "server_state": _server_state(client),
    }
    return {key: value for key, value in whole.items() if value or not client.dialect.has_5_fields}


def categories(client: Client) -> dict[str, Any]:
    """The answer of torrents/categories."""
    new = _CATEGORY_IN_5_3 if client.dialect.has_5_3_fields else {}
    return {name: {"name": name, "savePath": path, **new} for name, path in client.categories.items()}


def _server_state(client: Client) -> dict[str, Any]:
    counters = transfer(client)
    fixed = dict.fromkeys(
        ("average_time_queue", "queued_io_jobs", "total_buffers_size", "total_peer_connections", "total_queued_size"), 0
    )
    new: dict[str, Any] = {"use_subcategories": False} if client.dialect.has_5_fields else {}
    if client.dialect.has_5_3_fields:
        new = {"queued_tracker_announces": 0, "request_latency": 0, "session_state": False}
    return {
        **counters,
        **fixed,
        **new,
        "alltime_dl": counters["dl_info_data"],
        "alltime_ul": 0,
        "free_space_on_disk": 10**12,
        "global_ratio": "0.00" if client.torrents else "-",
        "queueing": False,
        "read_cache_hits": "0",
        "read_cache_overload": "0",
        "refresh_interval": 1500,
        "total_wasted_session": 0,
        "use_alt_speed_limits": False,
        "write_cache_overload": "0",
    }


def _announce_errors(client: Client, torrent: Torrent) -> dict[str, bool]:
    refused = bool(torrent.tracker) and client.offer_of(torrent) is None
    return {"has_tracker_error": refused, "has_tracker_warning": False, "has_other_announce_error": False}
