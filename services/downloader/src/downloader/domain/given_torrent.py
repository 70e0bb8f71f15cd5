"""A torrent that a person gives for a book: a magnet link, a torrent file, or the address of one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import Protocol
from urllib.parse import urlsplit

from shared.books.releases.name import work_in_listing
from shared.books.releases.rules import same_work
from shared.books.releases.words import AUDIO_FORMATS, BOOK_FORMATS
from shared.contracts.downloads.candidates import RuleReason, Verdict
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.contracts.translatable import with_code
from shared.contracts.values import Indexer
from shared.translatable import all_of, translatable

from downloader.domain.bencoding import NotBencoded, decode
from downloader.domain.decision import Decision
from downloader.domain.download_client import Torrent
from downloader.domain.manual_download import without_passkeys

SEALED_AS = "given torrents"
"""The use of the key that seals torrent files."""
STORED = "torrent:"
"""The beginning of the reference of a stored torrent file; its info hash follows."""
MAM_HOST = "myanonamouse.net"
_HARD_RULES = frozenset({"blocklist", "taken"})
"""Rules that a person cannot override: unblock the release, or cancel the other download."""


class GivenTorrents(Protocol):
    """The torrent files that people gave, until their downloads have ended. They may contain passkeys: seal them."""

    async def store(self, info_hash: str, sealed: bytes, now: datetime) -> None:
        """Store a sealed torrent file. One that is given again replaces the former."""

    async def sealed(self, info_hash: str) -> bytes | None:
        """The sealed torrent file with this hash, or None."""


class TorrentAddresses(Protocol):
    """Fetches torrents from addresses that people give."""

    async def fetch(self, address: str) -> Torrent:
        """The torrent file or the magnet link at an address. Raises the `RemoteError` family."""


def release_of(torrent: Torrent, wanted: MissingBook) -> Release:
    """The torrent as a release. Its id is the info hash, and its name is that of files, not of a listing.

    Names of files often lack the author. The person who gives the torrent vouches for it, unless the name says another.
    The size of a magnet link is 0 if the link does not name it. A torrent file of MyAnonamouse is named so, because the
    account there pays for it.
    """
    identity = torrent.identity
    is_magnet = torrent.content is None
    listed = work_in_listing(identity.name)
    return Release(
        indexer=Indexer.MANUAL,
        id=identity.info_hash,
        title=identity.name or wanted.title,
        authors=list(listed[1]) if listed else wanted.authors,
        size_bytes=identity.size_bytes or 0,
        files=len(identity.files) or None,
        filetype=" ".join(_formats([identity.name, *(file.path for file in identity.files)])) or None,
        indexer_name="a magnet link" if is_magnet else _origin(torrent.content or b""),
        structured=False,
        download_reference=without_passkeys(torrent.magnet or "") if is_magnet else f"{STORED}{identity.info_hash}",
    )


def accepted_by_person(decision: Decision, *, named: bool, override: bool) -> Decision | None:
    """The decision that a person has made by giving the torrent; None if a rule still rejects it.

    A doubtful torrent is accepted. If the person `named` the book, which is no missing book, the torrent is that book.
    With `override`, a torrent that the rules reject is accepted too, unless it is blocked or another download has it.
    The account and the disk are checked when it is grabbed.
    """
    rejecting = {each.rule for each in decision.reasons if each.verdict is Verdict.REJECTED and not each.temporary}
    if rejecting & _HARD_RULES or not (override or rejecting <= ({same_work.RULE} if named else set())):
        return None
    against = decision.against()
    words = f"given by a person, although {against}" if against else "given by a person"
    reason = RuleReason(rule="by hand", words=words, weight=0.0)
    return replace(decision, verdict=Verdict.ACCEPTED, reasons=(*decision.reasons, reason), only_for_now=False)


def explained(decision: Decision) -> str:
    """The reasons against a torrent, each with what was found and what is wanted."""
    return all_of([_explained(reason) for reason in decision.reasons if reason.weight < 0])


def _explained(reason: RuleReason) -> str:
    words, got, want = (
        with_code(text, reason.translatable.get(name))
        for name, text in (("words", reason.words), ("got", reason.got or ""), ("want", reason.want or ""))
    )
    if not got or not want:
        return translatable("release.reason", f"{reason.rule}: {words}", rule=reason.rule, words=words)
    both = f"{reason.rule}: got {got}, want {want}"
    return translatable("release.reason_wanted", both, rule=reason.rule, got=got, want=want)


def _origin(content: bytes) -> str:
    """What the release is called: a torrent file, and whether its tracker is that of MyAnonamouse."""
    of_mam = any(host == MAM_HOST or host.endswith(f".{MAM_HOST}") for host in _tracker_hosts(content))
    return "MyAnonamouse, by a torrent file" if of_mam else "a torrent file"


def _tracker_hosts(content: bytes) -> list[str]:
    """The hosts of the trackers in a torrent file."""
    try:
        top, _ = decode(content, original_of=b"info")
    except NotBencoded:
        return []
    listed = top.get(b"announce-list")
    tiers = listed if isinstance(listed, list) else []
    addresses = [top.get(b"announce"), *(each for tier in tiers if isinstance(tier, list) for each in tier)]
    return [host for each in addresses if isinstance(each, bytes) and (host := _host(each.decode(errors="replace")))]


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").casefold()
    except ValueError:
        return ""


def _formats(names: Sequence[str]) -> list[str]:
    """The formats of audio and text among the files."""
    endings = {PurePosixPath(name).suffix.removeprefix(".").casefold() for name in names}
    return sorted(endings & (AUDIO_FORMATS | BOOK_FORMATS))
