"""Real qBittorrent clients of a trial: one seeds the releases of the world, the other one downloads them."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from sandbox.content import write_content
from sandbox.torrent import make_torrent
from sandbox.world import Offer, OfferHealth

from harness.qbittorrent import QBittorrentServer
from harness.trial import Trial


def seed(seeder: QBittorrentServer, installed: Trial, *, bytes_per_second: int = 0) -> None:
    """Seed all offers of the world except those without seeds, and wait until all are seeded."""
    tracker = f"{installed.processes.sandbox_addresses['tracker']}/announce"
    offers = [offer for offer in installed.world.offers if offer.health is not OfferHealth.DEAD]
    with seeder.session() as session:
        session.post("/transfer/setUploadLimit", data={"limit": str(bytes_per_second)}).raise_for_status()
        for offer in offers:
            _seed_one(session, offer, seeder.downloads / offer.key.replace(":", "-"), tracker)
    until(lambda: [each["progress"] for each in torrents(seeder)] == [1] * len(offers), 60, "all to be seeded")


def _seed_one(session: httpx.Client, offer: Offer, folder: Path, tracker: str) -> None:
    write_content(offer, folder)
    torrent = make_torrent(offer, tracker)
    files = {"torrents": ("offer.torrent", torrent.metainfo, "application/x-bittorrent")}
    session.post(
        "/torrents/add", data={"savepath": str(folder), "skip_checking": "true"}, files=files
    ).raise_for_status()


def torrents(server: QBittorrentServer) -> list[dict[str, Any]]:
    """The torrents of a client; none while it is unavailable."""
    try:
        with server.session() as session:
            rows: list[dict[str, Any]] = session.get("/torrents/info").raise_for_status().json()
            return rows
    except httpx.TransportError:
        return []


def until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait until the condition holds. Raises AssertionError after `seconds`, with what was awaited."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds:g} s for {what}"
        time.sleep(0.1)
