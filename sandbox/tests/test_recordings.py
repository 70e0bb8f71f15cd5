"""Compares the stand-ins with recordings of the real servers: every recorded call is repeated in the recorded order."""

import asyncio
import base64
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from sandbox.drift import Recording, differences, filled, recordings
from sandbox.qbittorrent.dialect import DIALECTS, Version
from sandbox.testing import a_world, an_offer, client_of
from sandbox.torrent import make_torrent
from sandbox.world import AudioFile, OwnedBook, OwnedFile, SeriesPlace, World

from sandbox import audiobookshelf, qbittorrent

TOKEN = "a-good-token"
BAUM = "L. Frank Baum"

MAY_BE_NULL = frozenset(
    (
        *("subtitle", "publishedYear", "publishedDate", "publisher", "description", "descriptionPlain", "isbn", "asin"),
        *("language", "sequence", "lastSeen", "refreshToken"),
        *("trackNumFromMeta", "trackNumFromFilename", "discNumFromMeta"),
    )
)
"""Fields of Audiobookshelf that are null for some books and text for others."""


def library() -> World:
    def oz(number: int, title: str, **more: Any) -> OwnedBook:
        return OwnedBook(
            id=f"oz-{number}",
            title=title,
            authors=[BAUM],
            narrators=["A. Reader"],
            series=[SeriesPlace(name="Oz", sequence=str(number))],
            genres=["Fantasy"],
            published_year="1904",
            description="<p>A book about Oz.</p>",
            folder=f"{BAUM}/Oz/{number} - {title}",
            **more,
        )

    parts = [OwnedFile(name=f"Emma - {number:02}.mp3", duration_seconds=1800.5) for number in (1, 2)]
    emma = OwnedBook(id="emma", title="Emma", authors=["Jane Austen"], folder="Jane Austen/Emma", files=parts)
    books = [
        oz(1, "The Wonderful Wizard of Oz", asin="B000000001"),
        oz(2, "The Marvelous Land of Oz"),
        oz(3, "Ozma of Oz"),
        oz(4, "Dorothy and the Wizard in Oz"),
        oz(5, "The Road to Oz"),
    ]
    dated = emma.model_copy(update={"genres": ["Romance"], "narrators": ["A. Reader"], "published_year": "1815"})
    return World(name="recorded", works=[], library=[*books, dated])


async def placeholders(http: httpx.AsyncClient) -> dict[str, str]:
    """The values of the placeholders at this stand-in."""
    headers = {"authorization": f"Bearer {TOKEN}"}
    shown = (await http.get("/api/libraries", headers=headers)).json()["libraries"][0]
    one = shown["id"]
    root = f"/api/libraries/{one}"
    items = (await http.get(f"{root}/items?sort=addedAt", headers=headers)).json()["results"]
    ids = {each["media"]["metadata"]["title"]: each["id"] for each in items}
    authors = (await http.get(f"{root}/authors", headers=headers)).json()["authors"]
    series = (await http.get(f"{root}/series?limit=9", headers=headers)).json()["results"]
    words = {
        "library": one,
        "folder": shown["folders"][0]["fullPath"],
        "token": TOKEN,
        "item": ids["The Marvelous Land of Oz"],
        "item_2": ids["The Wonderful Wizard of Oz"],
        "item_3": ids["Ozma of Oz"],
        "item_4": ids["Dorothy and the Wizard in Oz"],
        "item_5": ids["The Road to Oz"],
        "item_in_parts": ids["Emma"],
        "title": "The Marvelous Land of Oz",
        "author_name": BAUM,
        "series_name": "Oz",
        "series": next(each["id"] for each in series if each["name"] == "Oz"),
        "author": next(each["id"] for each in authors if each["name"] == BAUM),
    }
    return words | {f"{key}_base64": base64.b64encode(words[key].encode()).decode() for key in ("series", "author")}


async def ask_audiobookshelf(http: httpx.AsyncClient, call: Recording, words: dict[str, str]) -> httpx.Response:
    headers = dict(call.request.extra_headers)
    if call.request.authorization != "none":
        token = TOKEN if call.request.authorization == "token" else "not.a.token"
        headers["authorization"] = f"Bearer {token}"
    body, path = filled(call.request.body, words), filled(call.request.path, words)
    if call.request.form:
        return await http.request(call.request.method, path, data=body, headers=headers)
    content = body if isinstance(body, str) else json.dumps(body) if body is not None else None
    return await http.request(
        call.request.method, path, content=content, headers=headers | {"content-type": "application/json"}
    )


def drift(call: Recording, answer: httpx.Response, nullable: frozenset[str] = MAY_BE_NULL) -> list[str]:
    """All differences between an answer and the recorded one."""
    found = []
    if answer.status_code != call.response.status:
        found.append(f"status: recorded {call.response.status}, received {answer.status_code}: {answer.text[:200]}")
    recorded_type = (call.response.content_type or "").partition(";")[0]
    answer_type = answer.headers.get("content-type", "").partition(";")[0]
    if recorded_type and answer_type != recorded_type:
        found.append(f"content type: recorded {recorded_type}, received {answer_type}")
    if found or call.response.body == "<cut>":
        return found
    if answer_type == "application/json":
        return list(differences(call.response.body, answer.json(), nullable=nullable))
    return (
        [] if (call.response.body or "") == answer.text else [f"text: {call.response.body!r}, received {answer.text!r}"]
    )


def replay_audiobookshelf(folder: Path) -> dict[str, list[str]]:
    """The differences of every recorded call, by its name."""
    app = audiobookshelf.create(library(), library_folder=folder / "audiobooks", token=TOKEN, scan_seconds=30)

    async def replay() -> dict[str, list[str]]:
        found = {}
        async with client_of(app) as http:
            words = await placeholders(http)
            for call in recordings("audiobookshelf-2.36"):
                found[call.name] = drift(call, await ask_audiobookshelf(http, call, words))
        return found

    return asyncio.run(replay())


@pytest.fixture(scope="module")
def audiobookshelf_drift(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return replay_audiobookshelf(tmp_path_factory.mktemp("shelf"))


@pytest.mark.parametrize("name", [call.name for call in recordings("audiobookshelf-2.36")])
def test_audiobookshelf_answers_as_recorded(audiobookshelf_drift: dict[str, list[str]], name: str) -> None:
    assert audiobookshelf_drift[name] == []


PASSWORD = "a-good-password"
QBITTORRENT: list[Version] = ["4.5", "5.1", "5.3"]
SECONDS_BEFORE = {
    "info-by-hash": 1.0,
    "info-stalledDL": 1.0,
    "info-denied": 1.0,
    "info-downloading": 1.0,
    "maindata-delta-downloading": 0.5,
    "maindata-delta-downloading-2": 0.5,
    "info-stoppedDL": 1.0,
    "info-pausedDL": 1.0,
    "info-forcedUP": 1000.0,
}
"""How long to wait before a call, so that the client reaches the recorded state."""


class Replay:
    """Repeats the calls recorded from a qBittorrent, with torrents of this world."""

    def __init__(self, version: Version, folder: Path) -> None:
        self.version: Version = version
        self.folder = folder
        self.now = 0.0
        self.cookie = "none-yet"
        self.cookie_name = DIALECTS[version].cookie
        self.rid = 0
        big = an_offer(id="1", files=[AudioFile(name="The Marvelous Land of Oz.m4b", duration_minutes=1)])
        parts = [AudioFile(name=f"{number:02}.m4b", duration_minutes=1) for number in (2, 3, 4)]
        pack = an_offer(id="2", folder="Oz 02-04", files=parts)
        unseeded = an_offer(id="3", seeders=0, files=[AudioFile(name="Lost Book.m4b", duration_minutes=1)])
        unknown = an_offer(id="4", files=[AudioFile(name="Refused Book.m4b", duration_minutes=1)])
        offers = {"big": big, "pack": pack, "noseed": unseeded, "denied": unknown}
        torrents = {word: make_torrent(offer, "http://tracker.invalid/announce") for word, offer in offers.items()}
        self.uploads = {word: torrent.metainfo for word, torrent in torrents.items()} | {
            "garbage": b"not a torrent file\n"
        }
        a_file = folder / "a-file"
        a_file.write_text("")
        self.words = {
            "big": torrents["big"].info_hash,
            "pack": torrents["pack"].info_hash,
            "unseeded": torrents["noseed"].info_hash,
            "refused": torrents["denied"].info_hash,
            "password": PASSWORD,
            "downloads": str(folder / "downloads"),
            "a_file": str(a_file),
        }
        self.app = qbittorrent.create(
            a_world(offers=[big, pack, unseeded]),
            default_save_path=folder / "downloads",
            username="admin",
            password=PASSWORD,
            version=version,
            bytes_per_second=torrents["big"].size_bytes / 10,
            clock=lambda: self.now,
        )

    async def run(self) -> dict[str, list[str]]:
        """The differences of every recorded call, by its name."""
        found = {}
        for call in recordings(f"qbittorrent-{self.version}"):
            await self._prepare(call.name)
            self.now += SECONDS_BEFORE.get(call.name, 0.0)
            answer = await self._ask(call)
            found[call.name] = self._drift(call, answer)
        return found

    async def _prepare(self, name: str) -> None:
        """Make the calls that happened between two recorded calls but are not in the recordings file."""
        pack = {"torrents": ("pack.torrent", self.uploads["pack"])}
        if name == "set-category":
            managed = {"category": "audiobooks", "autoTMM": "true"}
            await self._send("POST", "/api/v2/torrents/add", data=managed, files=pack)
            self.now += 1000.0
        elif name == "add-unwritable-path":
            gone = {"hashes": self.words["pack"], "deleteFiles": "true"}
            await self._send("POST", "/api/v2/torrents/delete", data=gone)
        elif name == "login-banned":
            self.cookie = "none"
            for _ in range(5):
                await self._send("POST", "/api/v2/auth/login", data={"username": "admin", "password": "wrong"})

    async def _ask(self, call: Recording) -> httpx.Response:
        path, body = filled(call.request.path, self.words), dict(call.request.body or {})
        if "delta" in call.name:
            path = f"{path.partition('?')[0]}?rid={self.rid}"
        files = None
        if parts := body.pop("multipart", None):
            word = parts.pop("torrents").strip("{}")
            files, body = {"torrents": (f"{word}.torrent", self.uploads[word])}, parts
        cookie: str | None = "unknown" if call.name == "bad-cookie" else self.cookie
        answer = await self._send(
            call.request.method,
            path,
            data=filled(body, self.words) if call.request.method == "POST" else None,
            files=files,
            cookie=cookie if call.request.cookie else None,
            origin=call.request.origin,
        )
        if "sync/maindata" in path and answer.status_code == 200:
            self.rid = answer.json()["rid"]
        if call.name == "login-ok":
            self.cookie = answer.cookies[self.cookie_name]
        return answer

    async def _send(
        self,
        method: str,
        path: str,
        *,
        data: dict[str, str] | None = None,
        files: dict[str, tuple[str, bytes]] | None = None,
        cookie: str | None = "",
        origin: str | None = None,
    ) -> httpx.Response:
        sent = self.cookie if cookie == "" else cookie
        headers = ({"cookie": f"{self.cookie_name}={sent}"} if sent else {}) | ({"origin": origin} if origin else {})
        async with client_of(self.app) as http:
            return await http.request(method, path, data=data, files=files, headers=headers)

    def _drift(self, call: Recording, answer: httpx.Response) -> list[str]:
        if call.name == "default-save-path":
            return [] if answer.text == self.words["downloads"] else [answer.text]
        found = drift(call, answer, frozenset())
        if "delta" in call.name:
            full_update = ["a full update"] if "full_update" in answer.json() else []
            return full_update + [each for each in found if ": recorded " in each and "received none" not in each]
        recorded = call.response.body
        if not found and "torrents/info" in call.request.path and recorded and "filter" not in call.request.path:
            states = {entry["state"] for entry in answer.json()}
            return [] if recorded[0]["state"] in states else [f"state {recorded[0]['state']}, received {states}"]
        return found


@pytest.fixture(scope="module")
def drift_of_qbittorrent(tmp_path_factory: pytest.TempPathFactory) -> dict[Version, dict[str, list[str]]]:
    return {version: asyncio.run(Replay(version, tmp_path_factory.mktemp("client")).run()) for version in QBITTORRENT}


@pytest.mark.parametrize(
    ("version", "name"),
    [(version, call.name) for version in QBITTORRENT for call in recordings(f"qbittorrent-{version}")],
)
def test_qbittorrent_answers_as_recorded(
    drift_of_qbittorrent: dict[Version, dict[str, list[str]]], version: Version, name: str
) -> None:
    assert drift_of_qbittorrent[version][name] == []
