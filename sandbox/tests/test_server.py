import asyncio
import json
import os
import re
import signal
import socket
import sys
from asyncio.subprocess import PIPE
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from sandbox.server import FIXED_PORTS, Manner, Sandbox
from sandbox.testing import a_record, a_world, an_offer
from sandbox.world import World

BOTH = {"audible": [a_record().model_dump()], "hardcover": [a_record().model_dump()]}
OFFERS = [an_offer().model_dump(), an_offer(id="7", indexer="prowlarr").model_dump()]


def oz(**changes: object) -> World:
    return a_world(providers=BOTH, offers=OFFERS, **changes)


async def test_every_stand_in_answers_at_its_address(tmp_path: Path) -> None:
    async with Sandbox(oz(), folder=tmp_path) as sandbox, httpx.AsyncClient() as http:
        assert set(sandbox.urls) == set(FIXED_PORTS)
        for url in sandbox.urls.values():
            assert (await http.get(f"{url}/_sandbox/health")).json() == {"status": "ok"}


async def test_the_settings_open_every_stand_in(tmp_path: Path) -> None:
    async with Sandbox(oz(), folder=tmp_path) as sandbox, httpx.AsyncClient() as http:
        given = sandbox.settings()
        login = {"username": given["QBITTORRENT_USERNAME"], "password": given["QBITTORRENT_PASSWORD"]}
        books = {"query": "{ books { id } }"}
        answers = [
            await http.get(
                f"{given['ABS_URL']}/api/libraries", headers={"authorization": f"Bearer {given['ABS_TOKEN']}"}
            ),
            await http.post(f"{given['QBITTORRENT_URL']}/api/v2/auth/login", data=login),
            await http.get(f"{given['PROWLARR_URL']}/api/v1/search", headers={"x-api-key": given["PROWLARR_API_KEY"]}),
            await http.get(
                f"{given['MAM_URL']}/json/checkCookie.php", headers={"cookie": f"mam_id={given['MAM_SESSION']}"}
            ),
            await http.get(f"{given['AUDIBLE_URL']}/1.0/catalog/products"),
            await http.post(
                f"{given['HARDCOVER_URL']}/v1/graphql",
                json=books,
                headers={"authorization": f"Bearer {given['HARDCOVER_TOKEN']}"},
            ),
        ]
        assert [answer.status_code for answer in answers] == [200] * 6
        assert answers[1].text == "Ok."
        assert given["LIBRARY_PATH"] == str(tmp_path / "library")
        assert given["DOWNLOAD_PATH"] == str(tmp_path / "downloads")


async def test_a_worlds_own_settings_come_over_the_sandboxs(tmp_path: Path) -> None:
    world = oz(settings={"AUTO_DOWNLOAD": "true", "PROWLARR_URL": ""})
    async with Sandbox(world, folder=tmp_path) as sandbox:
        assert sandbox.settings()["AUTO_DOWNLOAD"] == "true"
        assert sandbox.settings()["PROWLARR_URL"] == ""


async def test_the_session_goes_on_after_a_restart(tmp_path: Path) -> None:
    async with Sandbox(oz(), folder=tmp_path) as sandbox, httpx.AsyncClient() as http:
        seed = sandbox.settings()["MAM_SESSION"]
        url = f"{sandbox.urls['mam']}/json/checkCookie.php"
        renewed = (await http.get(url, headers={"cookie": f"mam_id={seed}"})).cookies["mam_id"]
    async with Sandbox(oz(), folder=tmp_path) as sandbox, httpx.AsyncClient() as http:
        url = f"{sandbox.urls['mam']}/json/checkCookie.php"
        assert (await http.get(url, headers={"cookie": f"mam_id={renewed}"})).status_code == 200
        assert (await http.get(url, headers={"cookie": f"mam_id={seed}"})).status_code == 403


async def test_a_failure_switched_on_in_the_process_is_served(tmp_path: Path) -> None:
    async with Sandbox(oz(), folder=tmp_path) as sandbox, httpx.AsyncClient() as http:
        await http.post(f"{sandbox.urls['audible']}/_sandbox/outcomes", json={"kind": "broken"})
        assert [each.kind for each in sandbox.apps["audible"].outcomes.switched_on] == ["broken"]
        assert (await http.get(f"{sandbox.urls['audible']}/1.0/catalog/products")).status_code == 500


async def test_a_taken_port_is_named_and_nothing_goes_on_running(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        sandbox = Sandbox(oz(), folder=tmp_path, ports={"mam": port})
        with pytest.raises(OSError, match=f"sandbox's mam cannot listen at 127.0.0.1:{port}"):
            await sandbox.__aenter__()
    async with httpx.AsyncClient() as http:
        with pytest.raises(httpx.ConnectError):
            await http.get(f"{sandbox.urls['audiobookshelf']}/ping")


async def test_torrents_name_the_tracker_that_was_given(tmp_path: Path) -> None:
    manner = Manner(announce_url="http://127.0.0.1:6969/announce")
    async with Sandbox(oz(), folder=tmp_path, manner=manner) as sandbox, httpx.AsyncClient() as http:
        given = sandbox.settings()
        cookie = {"cookie": f"mam_id={given['MAM_SESSION']}"}
        torrent = await http.get(f"{given['MAM_URL']}/tor/download.php?tid=900001", headers=cookie)
        assert b"http://127.0.0.1:6969/announce" in torrent.content


async def test_torrents_name_the_sandboxs_own_tracker_unless_told_otherwise(tmp_path: Path) -> None:
    async with Sandbox(oz(), folder=tmp_path) as sandbox, httpx.AsyncClient() as http:
        given = sandbox.settings()
        cookie = {"cookie": f"mam_id={given['MAM_SESSION']}"}
        torrent = await http.get(f"{given['MAM_URL']}/tor/download.php?tid=900001", headers=cookie)
        assert f"{sandbox.urls['tracker']}/announce".encode() in torrent.content
        assert (await http.get(f"{sandbox.urls['tracker']}/announce")).content.startswith(b"d14:failure reason")


async def test_the_addresses_stand_in_a_file_while_it_serves(tmp_path: Path) -> None:
    file = tmp_path / "addresses.json"
    async with Sandbox(oz(), folder=tmp_path) as sandbox:
        assert json.loads(await asyncio.to_thread(file.read_text)) == sandbox.urls
    assert not await asyncio.to_thread(file.exists)


async def test_it_serves_at_the_addresses_it_had_unless_somebody_took_one(tmp_path: Path) -> None:
    async with Sandbox(oz(), folder=tmp_path) as first:
        pass
    mam = urlsplit(first.urls["mam"])
    taken = socket.create_server((mam.hostname or "", mam.port or 0))
    async with Sandbox(oz(), folder=tmp_path) as second:
        differing = [name for name, url in second.urls.items() if url != first.urls[name]]
    taken.close()
    assert differing == ["mam"]


@pytest.mark.parametrize("indexer", ["mam", "prowlarr"])
async def test_a_torrent_of_either_indexer_is_downloaded_by_the_client(tmp_path: Path, indexer: str) -> None:
    async with Sandbox(oz(), folder=tmp_path) as sandbox, httpx.AsyncClient() as http:
        given = sandbox.settings()
        if indexer == "mam":
            cookie = {"cookie": f"mam_id={given['MAM_SESSION']}"}
            torrent = await http.get(f"{given['MAM_URL']}/tor/download.php?tid=900001", headers=cookie)
        else:
            key = {"x-api-key": given["PROWLARR_API_KEY"]}
            [row] = (await http.get(f"{given['PROWLARR_URL']}/api/v1/search?query=oz", headers=key)).json()
            torrent = await http.get(row["downloadUrl"])
        api = f"{given['QBITTORRENT_URL']}/api/v2"
        login = {"username": given["QBITTORRENT_USERNAME"], "password": given["QBITTORRENT_PASSWORD"]}
        await http.post(f"{api}/auth/login", data=login)
        await http.post(f"{api}/torrents/add", files={"torrents": ("oz.torrent", torrent.content)})
        async with asyncio.timeout(30):
            while (await http.get(f"{api}/torrents/info")).json()[0]["progress"] < 1:
                continue
    assert await asyncio.to_thread((tmp_path / "downloads" / "The Marvelous Land of Oz.m4b").is_file)


async def test_the_command_serves_until_it_is_asked_to_stop(tmp_path: Path) -> None:
    file = tmp_path / "world.json"
    file.write_text(oz().model_dump_json())
    command = [sys.executable, "-m", "sandbox", "serve", "--world", str(file), "--folder", str(tmp_path / "kept")]
    process = await asyncio.create_subprocess_exec(
        *command, "--free-ports", stdout=PIPE, stderr=PIPE, env=os.environ | {"PYTHONUNBUFFERED": "1"}
    )
    assert process.stdout is not None
    told = (await asyncio.wait_for(process.stdout.readuntil(b"DOWNLOAD_PATH="), 60)).decode()
    address = re.search(r"HARDCOVER_URL=(\S+)", told)
    assert address is not None
    async with httpx.AsyncClient() as http:
        assert (await http.get(f"{address[1]}/_sandbox/health")).status_code == 200
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 30) == 0


async def test_the_command_names_what_is_wrong_with_a_world(tmp_path: Path) -> None:
    file = tmp_path / "world.json"
    file.write_text('{"name": "x", "works": [], "library": [], "colour": 1}')
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "serve", "--world", str(file), stdout=PIPE, stderr=PIPE
    )
    _, told = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 1
    assert b"colour" in told


async def test_the_books_of_the_world_lie_on_disk_and_what_is_deleted_stays_deleted(tmp_path: Path) -> None:
    books = [
        {"id": "oz", "title": "Ozma of Oz", "folder": "Baum/Ozma of Oz", "duration_minutes": 300},
        {"id": "sea", "title": "The Sea Fairies", "folder": "Baum/The Sea Fairies", "files_missing": True},
    ]
    world = a_world(library=books)
    file = tmp_path / "library/Baum/Ozma of Oz/Ozma of Oz.m4b"
    async with Sandbox(world, folder=tmp_path):
        assert file.stat().st_size == 300 * 60 * 8000
        assert not (tmp_path / "library/Baum/The Sea Fairies").exists()
    file.unlink()
    async with Sandbox(world, folder=tmp_path):
        assert not file.exists()
