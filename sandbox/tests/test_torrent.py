import hashlib
import io
from pathlib import Path

import torf
from sandbox.content import content_paths, file_content, write_content
from sandbox.torrent import TorrentShelf, make_torrent
from sandbox.world import Offer

ANNOUNCE = "http://127.0.0.1:6969/announce"


def an_offer(count: int = 1, **changes: object) -> Offer:
    facts = {"id": "1", "indexer": "mam", "title": "Ozma of Oz", "authors": ["L. Frank Baum"], "size_bytes": 1}
    files = [{"name": f"{n}.m4b", "duration_minutes": 300} for n in range(count)]
    return Offer.model_validate({**facts, "files": files, **changes})


def parsed(metainfo: bytes) -> torf.Torrent:
    return torf.Torrent.read_stream(io.BytesIO(metainfo))


def test_the_torrent_is_private_and_names_its_tracker_and_source() -> None:
    torrent = parsed(make_torrent(an_offer(), ANNOUNCE).metainfo)
    assert torrent.private
    assert torrent.source == "MAM"
    assert torrent.trackers == [[ANNOUNCE]]


def test_the_info_hash_is_that_of_the_metainfo() -> None:
    torrent = make_torrent(an_offer(3), ANNOUNCE)
    assert torrent.info_hash == parsed(torrent.metainfo).infohash


def test_the_info_hash_does_not_depend_on_the_tracker() -> None:
    one, other = make_torrent(an_offer(), ANNOUNCE), make_torrent(an_offer(), "http://[::1]:1/announce")
    assert one.info_hash == other.info_hash


def test_the_info_hash_of_an_offer_never_changes() -> None:
    assert make_torrent(an_offer(), ANNOUNCE).info_hash == "10713c889af14503c5fd192483d4d87489721cc0"


def test_the_piece_hashes_are_those_of_the_content() -> None:
    offer = an_offer(3, folder="Oz")
    torrent = parsed(make_torrent(offer, ANNOUNCE).metainfo)
    whole = b"".join(file_content(offer, n) for n in range(3))
    size = torrent.piece_size
    expected = b"".join(hashlib.sha1(whole[at : at + size]).digest() for at in range(0, len(whole), size))
    assert torrent.metainfo["info"]["pieces"] == expected
    assert [str(file) for file in torrent.files] == [str(path) for path in content_paths(offer)]


def test_the_written_files_match_the_torrent(tmp_path: Path) -> None:
    offer = an_offer(2, folder="Oz")
    write_content(offer, tmp_path)
    assert parsed(make_torrent(offer, ANNOUNCE).metainfo).verify(tmp_path / "Oz")


def test_a_shelf_creates_each_torrent_once() -> None:
    shelf = TorrentShelf(ANNOUNCE)
    assert shelf.torrent_of(an_offer()) is shelf.torrent_of(an_offer())
    assert shelf.torrent_of(an_offer(id="2", title="Other")) is not shelf.torrent_of(an_offer())
