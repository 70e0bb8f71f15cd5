"""Torrents that a person gives: a magnet link, a torrent file, or its address."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from downloader.adapters.manual_release import ManualReleases
from downloader.adapters.torrents import from_bytes, from_magnet
from downloader.domain.given_torrent import SEALED_AS, STORED
from downloader.domain.refusals import AlreadyGrabbed, NotATorrentFile, ReleaseRejected
from sandbox.torrent import make_torrent
from shared.chassis.errors import RemoteAnsweredNonsense
from shared.chassis.sealing import Seal, SecretKeys
from shared.contracts.downloads.candidates import ListCandidates, Verdict
from shared.contracts.downloads.commands import SearchForDownload
from shared.contracts.downloads.downloads import CreateDownload, DownloadStatus
from shared.contracts.system import CleanUp
from shared.contracts.values import Indexer
from sqlalchemy import text

from .conftest import DEAD, GOOD, OTHER_BOOK, SEAL, Bench

Make = Callable[..., Any]
METAINFO = make_torrent(GOOD, "https://tracker.example/a-passkey/announce").metainfo
HASH = make_torrent(GOOD, "http://tracker/announce").info_hash
OF_ANOTHER_BOOK = make_torrent(OTHER_BOOK, "http://tracker/announce").metainfo
ADDRESS = "https://library.example/oz.torrent"
TITLE = "The Marvelous Land of Oz"


@pytest.fixture
def missing(bench: Bench, a_missing_book: Make) -> Any:
    book = a_missing_book(duration_minutes=None, duration_choices=[])
    bench.library.missing = [book]
    return book


async def test_a_torrent_file_is_downloaded_as_the_missing_book_with_its_verdict(bench: Bench, missing: Any) -> None:
    created = await bench.create_download.create(CreateDownload.of_torrent(METAINFO, missing_book_id=missing.id))
    await bench.deliver()

    download = await bench.download(created.id)
    (candidate,) = (await bench.list_downloads.list_candidates(ListCandidates(download_id=created.id))).items
    assert (download.missing_book_id, download.source, download.info_hash) == (missing.id, "MANUAL", HASH)
    assert download.status is DownloadStatus.DOWNLOADING
    assert candidate.verdict is Verdict.ACCEPTED
    assert {"same work", "format"} <= {reason.rule for reason in candidate.reasons if reason.got and reason.want}


async def test_a_torrent_of_another_book_is_refused_with_the_reasons_unless_a_person_overrides_it(
    bench: Bench, missing: Any
) -> None:
    with pytest.raises(ReleaseRejected, match=r"same work: got .*Dracula.*, want .*Marvelous Land of Oz"):
        await bench.create_download.create(CreateDownload.of_torrent(OF_ANOTHER_BOOK, missing_book_id=missing.id))

    request = CreateDownload.of_torrent(OF_ANOTHER_BOOK, missing_book_id=missing.id, override=True)
    created = await bench.create_download.create(request)
    await bench.deliver()

    (candidate,) = (await bench.list_downloads.list_candidates(ListCandidates(download_id=created.id))).items
    assert (await bench.download(created.id)).status is DownloadStatus.DOWNLOADING
    assert any("given by a person, although same work" in reason.words for reason in candidate.reasons)


async def test_a_torrent_is_the_book_that_a_person_names_but_must_be_an_audiobook(bench: Bench) -> None:
    await bench.create_download.create(CreateDownload.of_torrent(OF_ANOTHER_BOOK, title="Anything"))
    e_book = b"d4:infod6:lengthi9e4:name9:Emma.epub12:piece lengthi16384e6:pieces20:" + b"x" * 20 + b"ee"

    with pytest.raises(ReleaseRejected, match="format: got an e-book"):
        await bench.create_download.create(CreateDownload.of_torrent(e_book, title="Emma"))


async def test_a_blocked_torrent_is_not_taken_even_by_a_person(bench: Bench, missing: Any) -> None:
    async with bench.transaction() as tx:
        await tx.blocklist.block(Indexer.MANUAL, HASH, title=TITLE, reason="damaged", now=bench.clock.now())

    with pytest.raises(ReleaseRejected, match="damaged"):
        await bench.create_download.create(
            CreateDownload.of_torrent(METAINFO, missing_book_id=missing.id, override=True)
        )


async def test_a_torrent_file_whose_client_was_away_is_added_later(bench: Bench, missing: Any) -> None:
    bench.fail_next_add()
    created = await bench.create_download.create(CreateDownload.of_torrent(METAINFO, missing_book_id=missing.id))
    await bench.deliver()
    before = (await bench.download(created.id)).status
    await bench.retry(created.id)

    assert before is DownloadStatus.FAILED
    assert (await bench.download(created.id)).status is DownloadStatus.DOWNLOADING


@pytest.mark.parametrize("magnet", [True, False])
async def test_an_address_gives_a_torrent_file_or_a_magnet_link(bench: Bench, missing: Any, magnet: bool) -> None:
    link = f"magnet:?xt=urn:btih:{HASH}&dn=The%20Marvelous%20Land%20of%20Oz"
    bench.addresses.torrents[ADDRESS] = from_magnet("test", link) if magnet else from_bytes("test", METAINFO)

    created = await bench.create_download.create(CreateDownload(address=ADDRESS, missing_book_id=missing.id))
    await bench.deliver()

    download = await bench.download(created.id)
    assert (download.status, download.info_hash) == (DownloadStatus.DOWNLOADING, HASH)
    assert "library.example" not in (await bench.stored_release(created.id)).model_dump_json()


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"address": ADDRESS}, "address: its server returned 404"),
        ({"torrent": base64.b64encode(b"<html>")}, "a web page instead of a torrent file"),
        ({"torrent": ""}, "instead of a torrent file"),
    ],
)
async def test_what_is_no_torrent_is_refused(bench: Bench, fields: dict[str, Any], why: str) -> None:
    with pytest.raises(NotATorrentFile, match=why):
        await bench.create_download.create(CreateDownload(title=TITLE, **fields))


async def test_a_torrent_that_is_downloaded_from_myanonamouse_is_not_taken_twice(bench: Bench, wanted: Make) -> None:
    download_id = await wanted(GOOD)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))
    await bench.deliver()

    for _ in range(2):
        with pytest.raises(AlreadyGrabbed) as refused:
            await bench.create_download.create(CreateDownload.of_torrent(METAINFO, title=TITLE))
        assert refused.value.download_id == download_id


async def test_a_torrent_file_of_myanonamouse_uses_the_account(bench: Bench, missing: Any) -> None:
    metainfo = make_torrent(GOOD, "https://t.myanonamouse.net/tracker.php/a-passkey/announce").metainfo

    await bench.create_download.create(CreateDownload.of_torrent(metainfo, missing_book_id=missing.id))
    await bench.deliver()

    assert [each.id for each in bench.account.reserved.values()] == [HASH]


PASSKEY = "0123456789abcdef0123456789abcdee"
WITH_PASSKEY = make_torrent(GOOD, f"https://tracker.example/{PASSKEY}/announce").metainfo
MAGNET = f"magnet:?xt=urn:btih:{HASH}&dn=The%20Marvelous%20Land%20of%20Oz.m4b"
LINK = f"{MAGNET}&tr=https://tracker.example/{PASSKEY}/announce&xs=https://tracker.example/get?key={PASSKEY}"


@pytest.mark.parametrize("given", ["torrent", "magnet", "address"])
async def test_no_table_has_a_passkey_in_clear_before_or_after_the_torrent_is_added(
    bench: Bench, missing: Any, given: str
) -> None:
    assert PASSKEY.encode() in WITH_PASSKEY
    address = f"https://tracker.example/get/{PASSKEY}"
    bench.addresses.torrents[address] = from_bytes("test", WITH_PASSKEY)
    bench.fail_next_add()
    fields = {"torrent": base64.b64encode(WITH_PASSKEY), "magnet": LINK, "address": address}
    created = await bench.create_download.create(CreateDownload(missing_book_id=missing.id, **{given: fields[given]}))
    before = await stored_rows(bench)
    await bench.deliver()
    failed = await stored_rows(bench)
    await bench.retry(created.id)

    for rows in (before, failed, await stored_rows(bench)):
        assert HASH in rows
        assert PASSKEY not in rows
        assert PASSKEY.encode().hex() not in rows
    assert (await bench.download(created.id)).status is DownloadStatus.DOWNLOADING


async def stored_rows(bench: Bench) -> str:
    """The rows of all tables as text; bytes are hexadecimal."""
    query = "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'downloads'"
    async with bench.transaction() as tx:
        tables = [*await tx.session.scalars(text(query))]
        rows = [row for table in tables for row in await tx.session.scalars(text(f"select t::text from {table} t"))]
    assert {"downloads.given_torrents", "downloads.outbox"} <= set(tables)
    return "\n".join(rows)


async def test_a_torrent_file_sealed_with_an_unknown_key_says_what_to_do(bench: Bench, missing: Any) -> None:
    created = await bench.create_download.create(CreateDownload.of_torrent(METAINFO, missing_book_id=missing.id))
    releases = ManualReleases(bench.transaction, Seal(SecretKeys("another" * 5), SEALED_AS))

    with pytest.raises(RemoteAnsweredNonsense, match="another SECRET_KEY: set SECRET_KEY_PREVIOUS"):
        await releases.fetch(await bench.stored_release(created.id))


async def test_a_torrent_file_is_deleted_when_its_download_has_ended(bench: Bench, missing: Any) -> None:
    created = await bench.create_download.create(CreateDownload.of_torrent(METAINFO, missing_book_id=missing.id))
    release = await bench.stored_release(created.id)
    releases = ManualReleases(bench.transaction, SEAL)
    assert (await releases.fetch(release)).content == METAINFO

    bench.clock.forward(days=3)
    await bench.clean_up.clean_up(CleanUp())
    assert release.download_reference == f"{STORED}{HASH}"
    assert (await releases.fetch(release)).content == METAINFO
    await bench.cancelled(created.id)
    await bench.clean_up.clean_up(CleanUp())

    with pytest.raises(RemoteAnsweredNonsense, match="give it again"):
        await releases.fetch(release)


async def test_seeders_and_the_size_of_a_magnet_link_are_not_known_and_reject_nothing(
    bench: Bench, missing: Any
) -> None:
    link = f"magnet:?xt=urn:btih:{make_torrent(DEAD, 'http://tracker/announce').info_hash}&dn={TITLE}.m4b"

    created = await bench.create_download.create(
        CreateDownload(magnet=link.replace(" ", "%20"), missing_book_id=missing.id)
    )

    (candidate,) = (await bench.list_downloads.list_candidates(ListCandidates(download_id=created.id))).items
    assert not {"seeders", "size"} & {reason.rule for reason in candidate.reasons}
