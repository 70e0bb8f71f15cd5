"""The behaviour that every download client has: each stand-in in each version, and the real programs."""

from dataclasses import replace

import pytest
from downloader.domain.client_state import ClientState
from downloader.domain.download_client import ShareLimits
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteRefusedUs
from shared.testing.waiting import until

from .tested_client import WITHIN_SECONDS, ClientUnderTest
from .torrent_content import content_of


async def test_the_version_of_the_client_is_read(tested: ClientUnderTest) -> None:
    assert (await tested.client.version()).removeprefix("v")[0].isdigit()


async def test_a_wrong_password_is_refused(tested: ClientUnderTest) -> None:
    with pytest.raises(RemoteRefusedUs, match=r"wrong \w+_USERNAME or \w+_PASSWORD"):
        await tested.with_password("wrong").version()


async def test_a_torrent_is_added_once_completed_and_removed(tested: ClientUnderTest) -> None:
    content = content_of("Added", one=2, two=1)

    torrent = await tested.complete(content)
    again = await tested.client.add(content.torrent)
    _, seen = await tested.client.changes()
    await tested.client.remove(torrent, with_files=False)

    assert torrent.hashes[0] == again.hashes[0] == content.info_hash
    assert torrent.content_path == str(tested.folder / content.info_hash / "Added")
    assert torrent.category == tested.client.category
    assert torrent.progress == 1.0
    in_changes = seen.get(content.info_hash)
    assert in_changes is not None
    assert in_changes.state is ClientState.COMPLETE
    assert await tested.torrent(content) is None
    _, seen = await tested.client.changes()
    assert seen.get(content.info_hash) is None
    assert (tested.folder / content.info_hash / "Added" / "one.m4b").exists()


async def test_a_torrent_is_removed_with_its_files(tested: ClientUnderTest) -> None:
    content = content_of("Removed", one=1)
    torrent = await tested.complete(content)

    await tested.client.remove(torrent, with_files=True)

    file = tested.folder / content.info_hash / "Removed" / "one.m4b"
    await until(lambda: not file.exists(), seconds=WITHIN_SECONDS)


async def test_an_empty_hash_finds_no_torrent(tested: ClientUnderTest) -> None:
    await tested.client.add(content_of("Not this one", one=1).torrent)

    assert await tested.client.find([""]) is None
    assert await tested.client.find(["0" * 40]) is None


async def test_a_stopped_torrent_stays_in_the_client_and_receives_nothing(tested: ClientUnderTest) -> None:
    content = content_of("Stopped", one=2)
    await tested.client.add(content.torrent)
    torrent = await tested.until(content, lambda found: found.state in (ClientState.STALLED, ClientState.DOWNLOADING))

    await tested.client.stop(torrent)

    assert (await tested.until_state(content, ClientState.STOPPED)).progress == 0


async def test_content_that_is_not_a_torrent_is_refused(tested: ClientUnderTest) -> None:
    broken = replace(content_of("Broken", one=1).torrent, content=b"d4:infod4:name3:fooee")

    with pytest.raises(RemoteAnsweredNonsense):
        await tested.client.add(broken)


async def test_the_files_of_a_torrent_are_listed_in_their_order(tested: ClientUnderTest) -> None:
    torrent = await tested.complete(content_of("Listed", one=2, two=3))

    files = await tested.client.files(torrent)

    assert [(file.index, file.path, file.size_bytes, file.wanted, file.progress) for file in files] == [
        (0, "Listed/one.m4b", 2 * 16384, True, 1.0),
        (1, "Listed/two.m4b", 3 * 16384, True, 1.0),
    ]


async def test_only_the_wanted_files_of_a_torrent_are_downloaded(tested: ClientUnderTest) -> None:
    content = content_of("Chosen", one=2, two=3, three=4)
    content.write(tested.folder / content.info_hash, names=["two.m4b"])

    await tested.client.add(content.torrent, wanted_files={1})

    torrent = await tested.until_state(content, ClientState.COMPLETE)
    assert (torrent.progress, torrent.size_bytes) == (1.0, 3 * 16384)
    assert [file.wanted for file in await tested.client.files(torrent)] == [False, True, False]


async def test_a_file_that_is_wanted_later_is_downloaded_later(tested: ClientUnderTest) -> None:
    content = content_of("Chosen later", one=2, two=3)
    content.write(tested.folder / content.info_hash, names=["two.m4b"])
    await tested.client.add(content.torrent, wanted_files={1})
    torrent = await tested.until_state(content, ClientState.COMPLETE)

    await tested.client.choose_files(torrent, {0, 1})

    waiting = await tested.until_state(content, ClientState.STALLED)
    assert waiting.progress == pytest.approx(3 / 5)
    assert [file.wanted for file in await tested.client.files(torrent)] == [True, True]


async def test_the_files_of_a_torrent_that_exists_are_chosen_too(tested: ClientUnderTest) -> None:
    content = content_of("Chosen again", one=2, two=3)
    content.write(tested.folder / content.info_hash, names=["one.m4b"])
    await tested.client.add(content.torrent)

    await tested.client.add(content.torrent, wanted_files={0})

    assert (await tested.until_state(content, ClientState.COMPLETE)).size_bytes == 2 * 16384


async def test_a_file_that_the_torrent_does_not_have_cannot_be_chosen(tested: ClientUnderTest) -> None:
    torrent = await tested.complete(content_of("Without a third", one=1, two=1))

    with pytest.raises(RemoteAnsweredNonsense, match="no file 2"):
        await tested.client.choose_files(torrent, {0, 2})
    assert all(file.wanted for file in await tested.client.files(torrent))


async def test_a_torrent_without_metadata_has_no_files_yet(tested: ClientUnderTest) -> None:
    content = content_of("Without metadata", one=1)
    magnet = replace(content.torrent, content=None, magnet=f"magnet:?xt=urn:btih:{content.info_hash}")

    torrent = await tested.client.add(magnet)

    assert await tested.client.files(torrent) == []


async def test_the_seeding_figures_of_a_torrent_are_reported(tested: ClientUnderTest) -> None:
    content = content_of("Seeding", one=1)
    await tested.complete(content)

    torrent = await tested.until(content, lambda torrent: torrent.seeding_seconds >= 1)

    assert (torrent.uploaded_bytes, torrent.ratio) == (0, 0.0)


async def test_a_torrent_is_stopped_when_it_reaches_a_limit_and_not_before(tested: ClientUnderTest) -> None:
    content = content_of("With limits", one=1)
    torrent = await tested.complete(content)

    await tested.client.set_share_limits(torrent, ShareLimits(ratio=1.5, seeding_minutes=4320))
    seeding = await tested.torrent(content)
    await tested.client.set_share_limits(torrent, ShareLimits(ratio=0.0))
    await tested.until_state(content, ClientState.COMPLETE_STOPPED)

    assert seeding is not None
    assert seeding.state is ClientState.COMPLETE


async def test_a_torrent_gets_a_category_that_did_not_exist_and_its_files_stay(tested: ClientUnderTest) -> None:
    content = content_of("Moved to a category", one=1)
    before = await tested.complete(content)

    await tested.client.set_category(before, "kept for good")

    after = await tested.torrent(content)
    assert after is not None
    assert (after.category, after.content_path) == ("kept for good", before.content_path)
    await tested.client.set_category(after, "kept for good")
    await tested.client.set_category(after, tested.client.category)
    last = await tested.torrent(content)
    assert last is not None
    assert last.category == tested.client.category


async def test_a_file_of_ours_is_seen_by_the_client(tested: ClientUnderTest) -> None:
    """qBittorrent before 5.0 cannot be asked; the one of the tests is 4.5 where Debian has no newer one."""
    (tested.folder / "seen.tmp").write_bytes(b"x")

    seen = await tested.client.sees(f"{tested.folder}/seen.tmp")
    unseen = await tested.client.sees(f"{tested.folder}/unseen.tmp")
    elsewhere = await tested.client.sees("/no such folder/seen.tmp")

    cannot_be_asked = (await tested.client.version()).startswith("v4")
    assert (seen, unseen, elsewhere) == ((None, None, None) if cannot_be_asked else (True, False, False))
