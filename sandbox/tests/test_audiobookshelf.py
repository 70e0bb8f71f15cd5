import asyncio
import base64
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from sandbox.audiobookshelf.scanner import names_in_path
from sandbox.content import Tags, audio_content
from sandbox.testing import a_world, client_of
from sandbox.world import OwnedBook, SeriesPlace, World

from sandbox import audiobookshelf

TOKEN = "a-token"
LONGEST_WAIT_SECONDS = 10.0


def owned(number: int, **changes: Any) -> OwnedBook:
    title = f"Oz Book {number}"
    given = {
        "id": f"book-{number}",
        "title": title,
        "authors": ["L. Frank Baum"],
        "series": [SeriesPlace(name="Oz", sequence=str(number))],
        "folder": f"L. Frank Baum/Oz/{number:02} - {title}",
    }
    return OwnedBook.model_validate(given | changes)


def world_of(*books: OwnedBook) -> World:
    return a_world(library=list(books))


class Server:
    """The calls that the tests make, for short."""

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
        """Ask for a scan and wait until its task is gone."""
        assert (await self.http.post(f"{self.library}/scan")).text == "OK"
        end = time.monotonic() + LONGEST_WAIT_SECONDS
        while (await self.http.get("/api/tasks")).json()["tasks"]:
            assert time.monotonic() < end, "the scan did not end"
            await asyncio.sleep(0.01)


@asynccontextmanager
async def serving(world: World, folder: Path, **options: Any) -> AsyncIterator[Server]:
    given: dict[str, Any] = {"library_folder": folder, "token": TOKEN, "scan_seconds": 0.05} | options
    app = audiobookshelf.create(world, **given)
    async with client_of(app, headers={"authorization": f"Bearer {TOKEN}"}) as http:
        libraries = (await http.get("/api/libraries")).json()["libraries"]
        yield Server(http, libraries[0]["id"])


def put_audio(folder: Path, name: str = "book.m4b", seconds: float = 12.0, tags: Tags | None = None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(audio_content(name, seconds, tags or Tags(title="", album="")))


async def test_a_scan_finds_a_new_folder_and_reads_names_and_duration(tmp_path: Path) -> None:
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


async def test_tags_in_the_files_beat_the_names_of_the_folders(tmp_path: Path) -> None:
    put_audio(
        tmp_path / "Somebody/Some Book", tags=Tags(title="01", album="Emma", author="Jane Austen", narrator="A. Ash")
    )
    async with serving(world_of(), tmp_path) as server:
        await server.scan()
        found = await server.item("Emma")
    assert found["media"]["metadata"]["authorName"] == "Jane Austen"
    assert found["media"]["metadata"]["narratorName"] == "A. Ash"


async def test_what_a_scan_will_find_is_not_there_before_its_end(tmp_path: Path) -> None:
    put_audio(tmp_path / "Jane Austen/Emma")
    async with serving(world_of(), tmp_path, scan_seconds=60) as server:
        await server.http.post(f"{server.library}/scan")
        assert await server.titles() == []
        assert len((await server.http.get("/api/tasks")).json()["tasks"]) == 1


async def test_the_total_is_sometimes_missing_while_a_scan_runs(tmp_path: Path) -> None:
    async with serving(world_of(owned(1), owned(2)), tmp_path, scan_seconds=60) as server:
        assert (await server.items(limit=1))["total"] == 2
        await server.http.post(f"{server.library}/scan")
        told = ["total" in await server.items(limit=1) for _ in range(4)]
    assert told == [False, True, False, True]


async def test_every_item_is_on_exactly_one_page(tmp_path: Path) -> None:
    async with serving(world_of(*(owned(number) for number in range(1, 8))), tmp_path) as server:
        pages = [await server.titles(limit=3, page=page, sort="media.metadata.title") for page in range(4)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert [title for page in pages for title in page] == [f"Oz Book {number}" for number in range(1, 8)]


async def test_a_folder_that_went_away_makes_its_item_missing_and_not_removed(tmp_path: Path) -> None:
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


async def test_parts_in_folders_of_their_own_are_one_book(tmp_path: Path) -> None:
    put_audio(tmp_path / "Jane Austen/Emma/CD 1", name="a.mp3")
    put_audio(tmp_path / "Jane Austen/Emma/CD 2", name="a.mp3")
    async with serving(world_of(), tmp_path) as server:
        await server.scan()
        assert await server.titles() == ["Emma"]


@pytest.mark.parametrize(
    ("folder", "said"),
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
        ("Kept/Baum/Oz/1 - The Wizard {A. Ash, B. Birch}", {"authors": ["Baum"], "narrators": ["A. Ash", "B. Birch"]}),
        ("Nobody's Book", {"title": "Nobody's Book", "authors": []}),
    ],
)
def test_names_are_read_from_the_path(folder: str, said: dict[str, Any]) -> None:
    read = names_in_path(folder, is_file=False)
    assert {key: read.get(key) for key in said} == said


async def test_a_number_as_sequence_is_stored_as_null(tmp_path: Path) -> None:
    async with serving(world_of(owned(1)), tmp_path) as server:
        item = await server.item("Oz Book 1")
        answer = await server.patch(item, {"metadata": {"series": [{"name": "Oz", "sequence": 4}]}})
        assert answer["updated"] is True
        assert answer["libraryItem"]["media"]["metadata"]["series"][0]["sequence"] is None


async def test_authors_given_as_strings_remove_all_authors(tmp_path: Path) -> None:
    async with serving(world_of(owned(1)), tmp_path) as server:
        await server.patch(await server.item("Oz Book 1"), {"metadata": {"authors": ["Ann Ash"]}})
        assert (await server.item("Oz Book 1"))["media"]["metadata"]["authors"] == []


async def test_a_change_to_what_is_there_already_is_no_update(tmp_path: Path) -> None:
    async with serving(world_of(owned(1)), tmp_path) as server:
        before = await server.item("Oz Book 1")
        same = {"metadata": {"title": "Oz Book 1", "authors": [{"name": "l. frank baum"}]}}
        assert "updated" not in await server.patch(before, same)
        assert (await server.item("Oz Book 1"))["updatedAt"] == before["updatedAt"]


async def test_a_series_that_lost_its_last_book_is_gone(tmp_path: Path) -> None:
    async with serving(world_of(owned(1)), tmp_path) as server:
        await server.patch(await server.item("Oz Book 1"), {"metadata": {"series": [{"name": "Oz Stories"}]}})
        series = (await server.http.get(f"{server.library}/series", params={"limit": 10})).json()
        assert [each["name"] for each in series["results"]] == ["Oz Stories"]


async def test_a_payload_that_ends_the_server_leaves_it_away_until_it_is_started_again(tmp_path: Path) -> None:
    async with serving(world_of(owned(1)), tmp_path) as server:
        item = await server.item("Oz Book 1")
        answer = await server.http.patch(f"/api/items/{item['id']}/media", json={"metadata": {"series": [None]}})
        assert answer.status_code == 503
        assert (await server.http.get("/ping")).status_code == 503
        await server.http.delete("/_sandbox/outcomes")
        assert (await server.http.get("/ping")).status_code == 200
        assert (await server.item("Oz Book 1"))["media"] == item["media"]


async def test_edits_and_found_books_outlive_a_restart(tmp_path: Path) -> None:
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


async def test_an_id_that_is_a_uuid_is_kept_and_another_is_the_same_in_every_run(tmp_path: Path) -> None:
    uuid = "0b2e5a4e-6d6b-4c52-9f5e-0f2f1a9f7a11"
    world = world_of(owned(1, id=uuid), owned(2))
    seen = []
    for _ in range(2):
        async with serving(world, tmp_path) as server:
            seen.append([(await server.item(title))["id"] for title in ("Oz Book 1", "Oz Book 2")])
    assert seen[0] == seen[1]
    assert seen[0][0] == uuid


async def test_a_client_that_has_the_answer_already_gets_304(tmp_path: Path) -> None:
    async with serving(world_of(owned(1)), tmp_path) as server:
        first = await server.http.get(f"{server.library}/items")
        tag = {"if-none-match": first.headers["etag"]}
        assert (await server.http.get(f"{server.library}/items", headers=tag)).status_code == 304
        await server.patch(await server.item("Oz Book 1"), {"tags": ["new"]})
        assert (await server.http.get(f"{server.library}/items", headers=tag)).status_code == 200


async def test_a_filter_chooses_the_books_of_a_series(tmp_path: Path) -> None:
    other = owned(9, series=[], title="Alone", folder="Alone")
    async with serving(world_of(owned(1), owned(2), other), tmp_path) as server:
        series = (await server.http.get(f"{server.library}/series", params={"limit": 5})).json()["results"][0]
        value = quote(base64.b64encode(series["id"].encode()).decode())
        answer = await server.http.get(f"{server.library}/items?filter=series.{value}&sort=sequence&desc=1")
        assert [row["media"]["metadata"]["series"]["sequence"] for row in answer.json()["results"]] == ["2", "1"]
        none = base64.b64encode(b"no-series").decode()
        assert await server.titles(filter=f"series.{none}") == ["Alone"]


async def test_without_the_token_nothing_below_api_is_answered(tmp_path: Path) -> None:
    async with serving(world_of(owned(1)), tmp_path) as server:
        answer = await server.http.get("/api/libraries", headers={"authorization": "Bearer wrong"})
        assert (answer.status_code, answer.text) == (401, "Unauthorized")
        assert (await server.http.get("/audiobookshelf/api/libraries")).status_code == 200


async def test_twenty_thousand_items_page_fast(tmp_path: Path) -> None:
    books = (owned(number, folder=f"L. Frank Baum/Oz/{number}") for number in range(20_000))
    async with serving(world_of(*books), tmp_path) as server:
        await server.items(limit=500)
        started = time.perf_counter()
        pages = [len((await server.items(limit=500, page=page))["results"]) for page in range(40)]
        elapsed_seconds = time.perf_counter() - started
    assert pages == [500] * 40
    assert elapsed_seconds / 40 < 0.25


async def folders_shown(server: Server, *, missing: bool | None = None) -> list[str]:
    rows = (await server.items())["results"]
    return [row["relPath"] for row in rows if missing is None or row["isMissing"] is missing]


async def until_shown(server: Server, times: int) -> None:
    end = time.monotonic() + LONGEST_WAIT_SECONDS
    while len(await folders_shown(server)) < times:
        assert time.monotonic() < end, "the watcher has taken nothing up"
        await asyncio.sleep(0.02)


async def test_the_watcher_takes_a_new_folder_up_without_a_scan(tmp_path: Path) -> None:
    async with serving(world_of(), tmp_path, watcher_seconds=0.05, scan_seconds=0) as server:
        assert await folders_shown(server) == []
        put_audio(tmp_path / "Baum/Ozma of Oz")
        await until_shown(server, 1)
        await server.scan()
        assert await folders_shown(server) == ["Baum/Ozma of Oz"]


async def test_a_scan_while_the_watcher_reads_makes_two_items_and_the_next_scan_marks_one_missing(
    tmp_path: Path,
) -> None:
    async with serving(world_of(), tmp_path, watcher_seconds=0.05, scan_seconds=0.6) as server:
        put_audio(tmp_path / "Baum/Ozma of Oz")
        assert await folders_shown(server) == []
        await server.scan()
        await until_shown(server, 2)
        assert await folders_shown(server) == ["Baum/Ozma of Oz"] * 2
        await server.scan()
        assert await folders_shown(server, missing=True) == await folders_shown(server, missing=False)


async def test_a_book_of_the_world_may_be_without_its_files(tmp_path: Path) -> None:
    async with serving(world_of(owned(1), owned(2, files_missing=True)), tmp_path) as server:
        await server.scan()
        assert await folders_shown(server, missing=True) == [owned(2).folder]


async def test_each_file_of_an_item_names_its_own_album(tmp_path: Path) -> None:
    async with serving(world_of(), tmp_path) as server:
        for title in ("Ozma of Oz", "The Road to Oz"):
            put_audio(tmp_path / "L. Frank Baum", f"{title}.m4b", tags=Tags(title="01", album=title))
        await server.scan()
        (row,) = (await server.items())["results"]
        shown = (await server.http.get(f"/api/items/{row['id']}", params={"expanded": 1})).json()
        tags = [file["metaTags"]["tagAlbum"] for file in shown["media"]["audioFiles"]]
        assert tags == ["Ozma of Oz", "The Road to Oz"]
