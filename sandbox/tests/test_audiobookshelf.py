import asyncio
import base64
import io
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from PIL import Image
from sandbox.audiobookshelf.scanner import names_in_path
from sandbox.content import Tags, audio_content
from sandbox.testing import a_world, client_of
from sandbox.world import OwnedBook, SeriesPlace, World

from sandbox import audiobookshelf

TOKEN = "a-token"
TIMEOUT_SECONDS = 60.0


def owned(number: int, **changes: Any) -> OwnedBook:
    title = f"Oz Book {number}"
    fields = {
        "id": f"book-{number}",
        "title": title,
        "authors": ["L. Frank Baum"],
        "series": [SeriesPlace(name="Oz", sequence=str(number))],
        "folder": f"L. Frank Baum/Oz/{number:02} - {title}",
    }
    return OwnedBook.model_validate(fields | changes)


def world_of(*books: OwnedBook) -> World:
    return a_world(library=list(books))


class Server:
    """The requests that the tests make."""

    def __init__(self, http: httpx.AsyncClient, library: str) -> None:
        self.http = http
        self.library = f"/api/libraries/{library}"

    async def items(self, **query: Any) -> dict[str, Any]:
        answer: dict[str, Any] = (await self.http.get(f"{self.library}/items", params=query)).json()
        return answer

    async def titles(self, **query: Any) -> list[str]:
        return [row["media"]["metadata"]["title"] for row in (await self.items(**query))["results"]]

    async def item(self, title: str) -> dict[str, Any]:
        rows = (await self.items())["results"]
        found = next(row["id"] for row in rows if row["media"]["metadata"]["title"] == title)
        answer: dict[str, Any] = (await self.http.get(f"/api/items/{found}", params={"expanded": 1})).json()
        return answer

    async def patch(self, item: dict[str, Any], payload: dict[str, Any]) -> dict[str, Any]:
        answer = await self.http.patch(f"/api/items/{item['id']}/media", json=payload)
        patched: dict[str, Any] = answer.json()
        return patched

    async def scan(self) -> None:
        """Start a scan and wait until its task has ended."""
        assert (await self.http.post(f"{self.library}/scan")).text == "OK"
        end = time.monotonic() + TIMEOUT_SECONDS
        while (await self.http.get("/api/tasks")).json()["tasks"]:
            assert time.monotonic() < end, "the scan did not end"
            await asyncio.sleep(0.01)


@asynccontextmanager
async def serving(world: World, folder: Path, **options: Any) -> AsyncIterator[Server]:
    arguments: dict[str, Any] = {"library_folder": folder, "token": TOKEN, "scan_seconds": 0.05} | options
    app = audiobookshelf.create(world, **arguments)
    async with client_of(app, headers={"authorization": f"Bearer {TOKEN}"}) as http:
        libraries = (await http.get("/api/libraries")).json()["libraries"]
        yield Server(http, libraries[0]["id"])


def put_audio(folder: Path, name: str = "book.m4b", seconds: float = 12.0, tags: Tags | None = None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(audio_content(name, seconds, tags or Tags(title="", album="")))


async def test_a_scan_adds_a_new_folder_with_its_names_and_duration(tmp_path: Path) -> None:
    async with serving(world_of(owned(1)), tmp_path) as server:
        put_audio(tmp_path / "L. Frank Baum/Oz/2 - The Marvelous Land of Oz {Tom Reed}", seconds=12.0)
        assert await server.titles() == ["Oz Book 1"]
        await server.scan()
        found = await server.item("The Marvelous Land of Oz")
    metadata = found["media"]["metadata"]
    assert metadata["authorName"] == "L. Frank Baum"
    assert metadata["narrators"] == ["Tom Reed"]
    assert [(each["name"], each["sequence"]) for each in metadata["series"]] == [("Oz", "2")]
    assert found["media"]["duration"] == pytest.approx(12.0, abs=0.5)
    assert found["path"] == str(tmp_path / "L. Frank Baum/Oz/2 - The Marvelous Land of Oz {Tom Reed}")


async def test_tags_take_precedence_over_folder_names(tmp_path: Path) -> None:
    put_audio(
        tmp_path / "Somebody/Some Book", tags=Tags(title="01", album="Emma", author="Jane Austen", narrator="A. Ash")
    )
    async with serving(world_of(), tmp_path) as server:
        await server.scan()
        found = await server.item("Emma")
    assert found["media"]["metadata"]["authorName"] == "Jane Austen"
    assert found["media"]["metadata"]["narratorName"] == "A. Ash"


async def test_a_new_book_is_not_listed_before_the_scan_ends(tmp_path: Path) -> None:
    put_audio(tmp_path / "Jane Austen/Emma")
    async with serving(world_of(), tmp_path, scan_seconds=60) as server:
        await server.http.post(f"{server.library}/scan")
        assert await server.titles() == []
        assert len((await server.http.get("/api/tasks")).json()["tasks"]) == 1


async def test_the_total_is_sometimes_missing_while_a_scan_runs(tmp_path: Path) -> None:
    async with serving(world_of(owned(1), owned(2)), tmp_path, scan_seconds=60) as server:
        assert (await server.items(limit=1))["total"] == 2
        await server.http.post(f"{server.library}/scan")
        with_total = ["total" in await server.items(limit=1) for _ in range(4)]
    assert with_total == [False, True, False, True]


async def test_every_item_is_on_exactly_one_page(tmp_path: Path) -> None:
    async with serving(world_of(*(owned(number) for number in range(1, 8))), tmp_path) as server:
        pages = [await server.titles(limit=3, page=page, sort="media.metadata.title") for page in range(4)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert [title for page in pages for title in page] == [f"Oz Book {number}" for number in range(1, 8)]


async def test_an_item_whose_folder_was_deleted_is_missing_but_not_removed(tmp_path: Path) -> None:
    put_audio(tmp_path / "Jane Austen/Emma")
    async with serving(world_of(owned(1)), tmp_path) as server:
        await server.scan()
        shutil.rmtree(tmp_path / "Jane Austen")
        await server.scan()
        assert (await server.item("Emma"))["isMissing"] is True
        assert (await server.item("Oz Book 1"))["isMissing"] is False
        assert await server.titles(filter="issues") == ["Emma"]
        put_audio(tmp_path / "Jane Austen/Emma")
        await server.scan()
        assert (await server.item("Emma"))["isMissing"] is False


async def test_a_book_folder_inside_a_book_folder_is_one_item(tmp_path: Path) -> None:
    put_audio(tmp_path / "Jane Austen/Emma", name="Emma.m4b")
    put_audio(tmp_path / "Jane Austen/Emma/2 - Persuasion", name="Persuasion.m4b")
    async with serving(world_of(), tmp_path) as server:
        await server.scan()
        assert await server.titles() == ["Emma"]
        assert (await server.item("Emma"))["media"]["numAudioFiles"] == 2


async def test_a_folder_inside_the_folder_of_an_owned_book_belongs_to_it(tmp_path: Path) -> None:
    put_audio(tmp_path / "L. Frank Baum/Oz/2 - The Marvelous Land of Oz")
    async with serving(world_of(owned(1, folder="L. Frank Baum/Oz")), tmp_path) as server:
        await server.scan()
        assert await server.titles() == ["Oz Book 1"]


async def test_folders_for_parts_are_one_book(tmp_path: Path) -> None:
    put_audio(tmp_path / "Jane Austen/Emma/CD 1", name="a.mp3")
    put_audio(tmp_path / "Jane Austen/Emma/CD 2", name="a.mp3")
    async with serving(world_of(), tmp_path) as server:
        await server.scan()
        assert await server.titles() == ["Emma"]


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("Jane Austen/Emma", {"title": "Emma", "authors": ["Jane Austen"], "series": None}),
        ("Baum/Oz/Book 3 - Ozma of Oz", {"title": "Ozma of Oz", "series": "Oz", "sequence": "3"}),
        ("Baum/Oz/Vol. 2.5 - An Oz Tale", {"title": "An Oz Tale", "sequence": "2.5"}),
        ("Baum/Oz/03. Ozma of Oz", {"title": "Ozma of Oz", "sequence": "3"}),
        ("Baum/Oz/1907 - Book 3 - Ozma of Oz", {"title": "Ozma of Oz", "sequence": "3", "year": "1907"}),
        ("Baum/Oz/Ozma of Oz - Book 3", {"title": "Ozma of Oz", "sequence": "3"}),
        ("Baum/Ozma of Oz [B000000003]", {"title": "Ozma of Oz", "asin": "B000000003"}),
        ("Ann Ash & Ben Birch/Two", {"authors": ["Ann Ash", "Ben Birch"]}),
        ("Austen, Jane/Emma", {"authors": ["Jane Austen"]}),
        ("Audio/Baum/Oz/1 - The Wizard {A. Ash, B. Birch}", {"authors": ["Baum"], "narrators": ["A. Ash", "B. Birch"]}),
        ("Nobody's Book", {"title": "Nobody's Book", "authors": []}),
    ],
)
def test_names_are_read_from_the_path(folder: str, expected: dict[str, Any]) -> None:
    names = names_in_path(folder, is_file=False)
    assert {key: names.get(key) for key in expected} == expected


async def test_a_sequence_that_is_a_number_is_stored_as_null(tmp_path: Path) -> None:
    async with serving(world_of(owned(1)), tmp_path) as server:
        item = await server.item("Oz Book 1")
        answer = await server.patch(item, {"metadata": {"series": [{"name": "Oz", "sequence": 4}]}})
        assert answer["updated"] is True
        assert answer["libraryItem"]["media"]["metadata"]["series"][0]["sequence"] is None


async def test_authors_sent_as_strings_remove_all_authors(tmp_path: Path) -> None:
    async with serving(world_of(owned(1)), tmp_path) as server:
        await server.patch(await server.item("Oz Book 1"), {"metadata": {"authors": ["Ann Ash"]}})
        assert (await server.item("Oz Book 1"))["media"]["metadata"]["authors"] == []


async def test_an_edit_without_a_change_is_not_an_update(tmp_path: Path) -> None:
    async with serving(world_of(owned(1)), tmp_path) as server:
        before = await server.item("Oz Book 1")
        same = {"metadata": {"title": "Oz Book 1", "authors": [{"name": "l. frank baum"}]}}
        assert "updated" not in await server.patch(before, same)
        assert (await server.item("Oz Book 1"))["updatedAt"] == before["updatedAt"]


async def test_a_series_without_books_is_removed(tmp_path: Path) -> None:
    async with serving(world_of(owned(1)), tmp_path) as server:
        await server.patch(await server.item("Oz Book 1"), {"metadata": {"series": [{"name": "Oz Stories"}]}})
        series = (await server.http.get(f"{server.library}/series", params={"limit": 10})).json()
        assert [each["name"] for each in series["results"]] == ["Oz Stories"]


async def test_after_a_payload_that_crashes_it_the_server_is_unavailable_until_reset(tmp_path: Path) -> None:
    async with serving(world_of(owned(1)), tmp_path) as server:
        item = await server.item("Oz Book 1")
        answer = await server.http.patch(f"/api/items/{item['id']}/media", json={"metadata": {"series": [None]}})
        assert answer.status_code == 503
        assert (await server.http.get("/ping")).status_code == 503
        await server.http.delete("/_sandbox/outcomes")
        assert (await server.http.get("/ping")).status_code == 200
        assert (await server.item("Oz Book 1"))["media"] == item["media"]


async def test_edits_and_found_books_are_restored_after_a_restart(tmp_path: Path) -> None:
    world, library, state = world_of(owned(1), owned(2)), tmp_path / "library", tmp_path / "state.jsonl"
    put_audio(library / "Jane Austen/Emma")
    async with serving(world, library, state_file=state) as server:
        await server.scan()
        edit = {"metadata": {"series": [{"name": "Oz", "sequence": "1.5"}]}, "tags": ["checked"]}
        await server.patch(await server.item("Oz Book 1"), edit)
        await server.http.delete(f"/api/items/{(await server.item('Oz Book 2'))['id']}")
        before = [await server.item(title) for title in ("Oz Book 1", "Emma")]
    async with serving(world, library, state_file=state) as server:
        assert sorted(await server.titles()) == ["Emma", "Oz Book 1"]
        assert [await server.item(title) for title in ("Oz Book 1", "Emma")] == before


async def test_a_uuid_is_used_as_the_id_and_other_ids_are_the_same_in_every_run(tmp_path: Path) -> None:
    uuid = "0b2e5a4e-6d6b-4c52-9f5e-0f2f1a9f7a11"
    world = world_of(owned(1, id=uuid), owned(2))
    ids = []
    for _ in range(2):
        async with serving(world, tmp_path) as server:
            ids.append([(await server.item(title))["id"] for title in ("Oz Book 1", "Oz Book 2")])
    assert ids[0] == ids[1]
    assert ids[0][0] == uuid


async def test_a_request_with_the_current_etag_gets_304(tmp_path: Path) -> None:
    async with serving(world_of(owned(1)), tmp_path) as server:
        first = await server.http.get(f"{server.library}/items")
        tag = {"if-none-match": first.headers["etag"]}
        assert (await server.http.get(f"{server.library}/items", headers=tag)).status_code == 304
        await server.patch(await server.item("Oz Book 1"), {"tags": ["new"]})
        assert (await server.http.get(f"{server.library}/items", headers=tag)).status_code == 200


async def test_a_filter_selects_the_books_of_a_series(tmp_path: Path) -> None:
    other = owned(9, series=[], title="Alone", folder="Alone")
    async with serving(world_of(owned(1), owned(2), other), tmp_path) as server:
        series = (await server.http.get(f"{server.library}/series", params={"limit": 5})).json()["results"][0]
        value = quote(base64.b64encode(series["id"].encode()).decode())
        answer = await server.http.get(f"{server.library}/items?filter=series.{value}&sort=sequence&desc=1")
        assert [row["media"]["metadata"]["series"]["sequence"] for row in answer.json()["results"]] == ["2", "1"]
        no_series = base64.b64encode(b"no-series").decode()
        assert await server.titles(filter=f"series.{no_series}") == ["Alone"]


async def test_requests_under_api_require_the_token(tmp_path: Path) -> None:
    async with serving(world_of(owned(1)), tmp_path) as server:
        answer = await server.http.get("/api/libraries", headers={"authorization": "Bearer wrong"})
        assert (answer.status_code, answer.text) == (401, "Unauthorized")
        assert (await server.http.get("/audiobookshelf/api/libraries")).status_code == 200


async def test_twenty_thousand_items_are_listed_page_by_page(tmp_path: Path) -> None:
    books = (owned(number, folder=f"L. Frank Baum/Oz/{number}") for number in range(20_000))
    async with serving(world_of(*books), tmp_path) as server:
        pages = [await server.titles(limit=500, page=page) for page in range(40)]
    assert [len(page) for page in pages] == [500] * 40
    assert len({title for page in pages for title in page}) == 20_000


async def listed_folders(server: Server, *, missing: bool | None = None) -> list[str]:
    rows = (await server.items())["results"]
    return [row["relPath"] for row in rows if missing is None or row["isMissing"] is missing]


async def wait_for_items(server: Server, times: int) -> None:
    end = time.monotonic() + TIMEOUT_SECONDS
    while len(await listed_folders(server)) < times:
        assert time.monotonic() < end, "the watcher has added nothing"
        await asyncio.sleep(0.02)


async def test_the_watcher_adds_a_new_folder_without_a_scan(tmp_path: Path) -> None:
    async with serving(world_of(), tmp_path, watcher_seconds=0.05, scan_seconds=0) as server:
        assert await listed_folders(server) == []
        put_audio(tmp_path / "Baum/Ozma of Oz")
        await wait_for_items(server, 1)
        await server.scan()
        assert await listed_folders(server) == ["Baum/Ozma of Oz"]


async def test_the_watcher_adds_a_folder_that_appears_right_after_another(tmp_path: Path) -> None:
    """If it paused after reading, the client would request a scan meanwhile, and both would add an item."""
    async with serving(world_of(), tmp_path, watcher_seconds=0.05, scan_seconds=0.6) as server:
        for number, title in enumerate(("Ozma of Oz", "The Road to Oz"), start=1):
            put_audio(tmp_path / "Baum" / title)
            await wait_for_items(server, number)
        assert await listed_folders(server) == ["Baum/Ozma of Oz", "Baum/The Road to Oz"]


async def test_a_scan_while_the_watcher_reads_adds_two_items_and_the_next_scan_marks_one_missing(
    tmp_path: Path,
) -> None:
    async with serving(world_of(), tmp_path, watcher_seconds=0.05, scan_seconds=1.5) as server:
        put_audio(tmp_path / "Baum/Ozma of Oz")
        assert await listed_folders(server) == []
        await server.scan()
        await wait_for_items(server, 2)
        assert await listed_folders(server) == ["Baum/Ozma of Oz"] * 2
        await server.scan()
        assert await listed_folders(server, missing=True) == await listed_folders(server, missing=False)


async def test_a_book_of_the_world_can_have_missing_files(tmp_path: Path) -> None:
    async with serving(world_of(owned(1), owned(2, files_missing=True)), tmp_path) as server:
        await server.scan()
        assert await listed_folders(server, missing=True) == [owned(2).folder]


async def test_each_file_of_an_item_has_its_own_album_tag(tmp_path: Path) -> None:
    async with serving(world_of(), tmp_path) as server:
        for title in ("Ozma of Oz", "The Road to Oz"):
            put_audio(tmp_path / "L. Frank Baum", f"{title}.m4b", tags=Tags(title="01", album=title))
        await server.scan()
        (row,) = (await server.items())["results"]
        item = (await server.http.get(f"/api/items/{row['id']}", params={"expanded": 1})).json()
        tags = [file["metaTags"]["tagAlbum"] for file in item["media"]["audioFiles"]]
        assert tags == ["Ozma of Oz", "The Road to Oz"]


async def test_a_cover_is_resized_unless_its_file_is_wanted(tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (600, 900), (90, 30, 60)).save(picture, "JPEG")
    async with serving(world_of(owned(1)), tmp_path) as server:
        path = f"/api/items/{(await server.item('Oz Book 1'))['id']}/cover"
        assert (await server.http.get(path)).status_code == 404
        await server.http.post(path, files={"cover": ("cover.jpg", picture.getvalue(), "image/jpeg")})
        assert (await server.http.get(path, params={"raw": 1})).content == picture.getvalue()
        by_default = await server.http.get(path)
        small = await server.http.get(path, params={"width": 100}, headers={"Accept": "image/webp,*/*"})
        unknown = await server.http.get(path, params={"format": "text"})
    assert (by_default.headers["content-type"], small.headers["content-type"]) == ("image/jpeg", "image/webp")
    assert [Image.open(io.BytesIO(each.content)).size for each in (by_default, small)] == [(400, 600), (100, 150)]
    assert unknown.status_code == 500
