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
from sandbox.server import FIXED_PORTS, Behaviour, Sandbox, listening_socket
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


async def test_a_response_does_not_wait_for_the_acknowledgement_of_its_head() -> None:
    no_delay = asyncio.get_running_loop().create_future()

    async def accept(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = writer.get_extra_info("socket")
        no_delay.set_result(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    listener = listening_socket("any", "127.0.0.1", 0)
    async with await asyncio.start_server(accept, sock=listener):
        _, client = await asyncio.open_connection(*listener.getsockname())
        assert await no_delay
        client.close()


async def test_the_settings_work_for_every_stand_in(tmp_path: Path) -> None:
    async with Sandbox(oz(), folder=tmp_path) as sandbox, httpx.AsyncClient() as http:
        settings = sandbox.settings()
        login = {"username": settings["QBITTORRENT_USERNAME"], "password": settings["QBITTORRENT_PASSWORD"]}
        books = {"query": "{ books { id } }"}
        answers = [
            await http.get(
                f"{settings['ABS_URL']}/api/libraries", headers={"authorization": f"Bearer {settings['ABS_TOKEN']}"}
            ),
            await http.post(f"{settings['QBITTORRENT_URL']}/api/v2/auth/login", data=login),
            await http.get(
                f"{settings['PROWLARR_URL']}/api/v1/search", headers={"x-api-key": settings["PROWLARR_API_KEY"]}
            ),
            await http.get(
                f"{settings['MAM_URL']}/json/checkCookie.php", headers={"cookie": f"mam_id={settings['MAM_SESSION']}"}
            ),
            await http.get(f"{settings['AUDIBLE_URL']}/1.0/catalog/products"),
            await http.post(
                f"{settings['HARDCOVER_URL']}/v1/graphql",
                json=books,
                headers={"authorization": f"Bearer {settings['HARDCOVER_TOKEN']}"},
            ),
        ]
        assert [answer.status_code for answer in answers] == [200] * 6
        assert answers[1].text == "Ok."
        assert settings["LIBRARY_PATH"] == str(tmp_path / "library")
        assert settings["DOWNLOAD_PATH"] == str(tmp_path / "downloads")


async def test_settings_of_the_world_take_precedence_over_those_of_the_sandbox(tmp_path: Path) -> None:
    world = oz(settings={"AUTO_DOWNLOAD": "true", "PROWLARR_URL": ""})
    async with Sandbox(world, folder=tmp_path) as sandbox:
        assert sandbox.settings()["AUTO_DOWNLOAD"] == "true"
        assert sandbox.settings()["PROWLARR_URL"] == ""


async def test_the_session_continues_after_a_restart(tmp_path: Path) -> None:
    async with Sandbox(oz(), folder=tmp_path) as sandbox, httpx.AsyncClient() as http:
        seed = sandbox.settings()["MAM_SESSION"]
        url = f"{sandbox.urls['mam']}/json/checkCookie.php"
        renewed = (await http.get(url, headers={"cookie": f"mam_id={seed}"})).cookies["mam_id"]
    async with Sandbox(oz(), folder=tmp_path) as sandbox, httpx.AsyncClient() as http:
        url = f"{sandbox.urls['mam']}/json/checkCookie.php"
        assert (await http.get(url, headers={"cookie": f"mam_id={renewed}"})).status_code == 200
        assert (await http.get(url, headers={"cookie": f"mam_id={seed}"})).status_code == 403


async def test_a_failure_switched_on_over_http_applies_and_is_visible_in_the_process(tmp_path: Path) -> None:
    async with Sandbox(oz(), folder=tmp_path) as sandbox, httpx.AsyncClient() as http:
        await http.post(f"{sandbox.urls['audible']}/_sandbox/outcomes", json={"kind": "broken"})
        assert [each.kind for each in sandbox.apps["audible"].outcomes.switched_on] == ["broken"]
        assert (await http.get(f"{sandbox.urls['audible']}/1.0/catalog/products")).status_code == 500


async def test_a_port_in_use_is_reported_and_no_server_keeps_running(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as used:
        port = used.getsockname()[1]
        sandbox = Sandbox(oz(), folder=tmp_path, ports={"mam": port})
        with pytest.raises(OSError, match=f"sandbox's mam cannot listen on 127.0.0.1:{port}"):
            await sandbox.__aenter__()
    async with httpx.AsyncClient() as http:
        with pytest.raises(httpx.ConnectError):
            await http.get(f"{sandbox.urls['audiobookshelf']}/ping")


async def test_torrents_contain_the_configured_tracker(tmp_path: Path) -> None:
    behaviour = Behaviour(announce_url="http://127.0.0.1:6969/announce")
    async with Sandbox(oz(), folder=tmp_path, behaviour=behaviour) as sandbox, httpx.AsyncClient() as http:
        settings = sandbox.settings()
        cookie = {"cookie": f"mam_id={settings['MAM_SESSION']}"}
        torrent = await http.get(f"{settings['MAM_URL']}/tor/download.php?tid=900001", headers=cookie)
        assert b"http://127.0.0.1:6969/announce" in torrent.content


async def test_torrents_contain_the_tracker_of_the_sandbox_by_default(tmp_path: Path) -> None:
    async with Sandbox(oz(), folder=tmp_path) as sandbox, httpx.AsyncClient() as http:
        settings = sandbox.settings()
        cookie = {"cookie": f"mam_id={settings['MAM_SESSION']}"}
        torrent = await http.get(f"{settings['MAM_URL']}/tor/download.php?tid=900001", headers=cookie)
        passkey = sandbox.behaviour.credentials.mam_passkey
        assert f"{sandbox.urls['tracker']}/announce/{passkey}".encode() in torrent.content
        assert (await http.get(f"{sandbox.urls['tracker']}/announce")).content.startswith(b"d14:failure reason")


async def test_the_addresses_are_in_a_file_while_the_sandbox_runs(tmp_path: Path) -> None:
    file = tmp_path / "addresses.json"
    async with Sandbox(oz(), folder=tmp_path) as sandbox:
        assert json.loads(await asyncio.to_thread(file.read_text)) == sandbox.urls
    assert not await asyncio.to_thread(file.exists)


async def test_a_restart_reuses_the_ports_unless_one_is_in_use(tmp_path: Path) -> None:
    async with Sandbox(oz(), folder=tmp_path) as first:
        pass
    mam = urlsplit(first.urls["mam"])
    used = socket.create_server((mam.hostname or "", mam.port or 0))
    async with Sandbox(oz(), folder=tmp_path) as second:
        reused = [name for name, url in second.urls.items() if url == first.urls[name]]
    used.close()
    # Another process may have taken one of the other ports meanwhile, but not all of them.
    assert "mam" not in reused
    assert reused


@pytest.mark.parametrize("indexer", ["mam", "prowlarr"])
async def test_the_client_downloads_a_torrent_of_either_indexer(tmp_path: Path, indexer: str) -> None:
    async with Sandbox(oz(), folder=tmp_path) as sandbox, httpx.AsyncClient() as http:
        settings = sandbox.settings()
        if indexer == "mam":
            cookie = {"cookie": f"mam_id={settings['MAM_SESSION']}"}
            torrent = await http.get(f"{settings['MAM_URL']}/tor/download.php?tid=900001", headers=cookie)
        else:
            key = {"x-api-key": settings["PROWLARR_API_KEY"]}
            [row] = (await http.get(f"{settings['PROWLARR_URL']}/api/v1/search?query=oz", headers=key)).json()
            torrent = await http.get(row["downloadUrl"])
        api = f"{settings['QBITTORRENT_URL']}/api/v2"
        login = {"username": settings["QBITTORRENT_USERNAME"], "password": settings["QBITTORRENT_PASSWORD"]}
        await http.post(f"{api}/auth/login", data=login)
        await http.post(f"{api}/torrents/add", files={"torrents": ("oz.torrent", torrent.content)})
        async with asyncio.timeout(60):
            while (await http.get(f"{api}/torrents/info")).json()[0]["progress"] < 1:
                continue
    assert await asyncio.to_thread((tmp_path / "downloads" / "The Marvelous Land of Oz.m4b").is_file)


async def test_the_command_serves_until_it_is_stopped(tmp_path: Path) -> None:
    file = tmp_path / "world.json"
    file.write_text(oz().model_dump_json())
    command = [sys.executable, "-m", "sandbox", "serve", "--world", str(file), "--folder", str(tmp_path / "state")]
    process = await asyncio.create_subprocess_exec(
        *command, "--free-ports", stdout=PIPE, stderr=PIPE, env=os.environ | {"PYTHONUNBUFFERED": "1"}
    )
    assert process.stdout is not None
    output = (await asyncio.wait_for(process.stdout.readuntil(b"DOWNLOAD_PATH="), 60)).decode()
    address = re.search(r"HARDCOVER_URL=(\S+)", output)
    assert address is not None
    async with httpx.AsyncClient() as http:
        assert (await http.get(f"{address[1]}/_sandbox/health")).status_code == 200
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 30) == 0


async def test_the_command_prints_the_mistakes_in_a_world(tmp_path: Path) -> None:
    file = tmp_path / "world.json"
    file.write_text('{"name": "x", "works": [], "library": [], "colour": 1}')
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "serve", "--world", str(file), stdout=PIPE, stderr=PIPE
    )
    _, errors = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 1
    assert b"colour" in errors


async def test_the_files_of_the_library_are_created_once_and_deleted_files_stay_deleted(tmp_path: Path) -> None:
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


async def test_the_settings_name_the_chosen_download_client(tmp_path: Path) -> None:
    async with Sandbox(oz(), folder=tmp_path, behaviour=Behaviour(download_client="transmission")) as sandbox:
        settings = sandbox.settings()
        account = (settings["TRANSMISSION_USERNAME"], settings["TRANSMISSION_PASSWORD"])
        async with httpx.AsyncClient(auth=account) as http:
            answer = await http.get(f"{settings['TRANSMISSION_URL']}/transmission/rpc")
    assert (settings["DOWNLOAD_CLIENT"], answer.status_code) == ("transmission", 409)
    assert "QBITTORRENT_URL" not in settings


def test_no_two_stand_ins_have_the_same_fixed_port() -> None:
    assert len(set(FIXED_PORTS.values())) == len(FIXED_PORTS)
