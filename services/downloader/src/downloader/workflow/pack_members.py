"""Lets several downloads share one torrent, and lets one of them leave it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.books.packs.description import PackPart, PackVerdict
from shared.chassis.errors import RemoteAnsweredNonsense
from shared.contracts.downloads.candidates import Verdict
from shared.contracts.downloads.commands import AddToClient
from shared.contracts.downloads.downloads import DownloadStatus
from shared.contracts.downloads.events import ReleaseGrabbed
from shared.contracts.mam.releases import Release

from downloader.domain.decision import Decision
from downloader.domain.download import Download
from downloader.domain.download_client import DownloadClient, Torrent
from downloader.domain.limits import key_of
from downloader.domain.packs import in_folder, reason_of
from downloader.domain.ports import DownloadsTransaction
from downloader.domain.torrent import ClientTorrent

_LIVE_ENDS = frozenset(
    {DownloadStatus.IMPORTED, DownloadStatus.CANCELLED, DownloadStatus.ABANDONED, DownloadStatus.FAILED}
)


@dataclass(frozen=True, slots=True)
class Intent:
    """What is added to the client: the files with these indexes, or all."""

    wanted_files: tuple[int, ...] | None = None


async def choose_for(
    tx: DownloadsTransaction, download: Download, release: Release, part: PackPart, now: datetime
) -> None:
    """Choose a release with several books for one of them; `joins_pack` must follow."""
    decision = Decision(release, Verdict.ACCEPTED, part.confidence, (reason_of(part),))
    ids = await tx.candidates.add(download.id, [decision], now)
    download.chose(next(iter(ids.values())), release, by_person=download.by_person, now=now, why=part.words)


async def share_torrent(
    tx: DownloadsTransaction,
    download: Download,
    info_hash: str,
    verdict: PackVerdict,
    lead_id: UUID,
    now: datetime,
) -> None:
    """Let the download use its files of the torrent. If it leads the torrent, the other books that it fills use theirs.

    Books that found another release meanwhile are left out. The caller has locked the torrent's hash, and stores it.
    """
    release = download.release
    if release is None:
        return
    for part in sorted(verdict.fills, key=lambda each: each.key):
        if part.key == str(download.id):
            download.joins_pack(lead_id, info_hash, part.files, part.size_bytes)
            continue
        member = await tx.downloads.get(UUID(part.key)) if lead_id == download.id else None
        if member is None or not _is_open(member, release):
            continue
        if not member.awaits_grab:
            await choose_for(tx, member, release, part, now)
        member.joins_pack(lead_id, info_hash, part.files, part.size_bytes)
        await tx.downloads.save(member)


async def store_hash(tx: DownloadsTransaction, download: Download, torrent: Torrent) -> Intent:
    """Store the torrent's hash with the download before the torrent is added."""
    identity = torrent.identity
    download.set_hashes(identity.hashes)
    download.awaits_files = torrent.content is None
    if not download.is_in_pack:
        download.size_bytes = identity.size_bytes or download.size_bytes
    await tx.downloads.save(download)
    if not download.is_in_pack or download.awaits_files:
        return Intent()
    wanted = await tx.packs.files(identity.info_hash)
    return Intent(tuple(index for index, file in enumerate(identity.files) if file.path in wanted))


async def store_grabs(
    tx: DownloadsTransaction, download: Download, client_torrent: ClientTorrent, now: datetime
) -> None:
    """Store and announce that the client has the torrent, for the download and for the others that wait for it."""
    await _store_grab(tx, download, client_torrent, now)
    if download.release is not None:
        tx.count_grab(download.release.indexer)
    await store_grabs_of_others(tx, download, client_torrent, now)


async def store_grabs_of_others(
    tx: DownloadsTransaction, download: Download, client_torrent: ClientTorrent, now: datetime
) -> None:
    """Store and announce that the client has the torrent, for the other downloads that wait for it."""
    if download.is_in_pack and download.info_hash is not None:
        for member in await tx.packs.sharing(download.info_hash, download.id):
            if member.awaits_grab:
                await _store_grab(tx, member, client_torrent, now)


async def _store_grab(
    tx: DownloadsTransaction, download: Download, client_torrent: ClientTorrent, now: datetime
) -> None:
    release, choice_id, info_hash = download.release, download.choice_id, download.info_hash
    if release is None or choice_id is None or info_hash is None:
        return
    download.set_hashes((info_hash, *client_torrent.hashes))
    download.grabbed(client_state=client_torrent.client_state, now=now)
    await tx.downloads.save(download)
    await tx.candidates.mark_grabbed(choice_id)
    tx.announce(
        ReleaseGrabbed(
            download_id=download.id,
            missing_book_id=download.missing_book_id,
            indexer=release.indexer,
            release_id=release.id,
            release_title=release.title,
            info_hash=info_hash,
        )
    )


async def leave_pack(tx: DownloadsTransaction, download: Download) -> None:
    """Let another download lead the torrent before this one drops it. Call it while the torrent's hash is stored."""
    if not (download.is_in_pack and download.leads_pack and download.info_hash):
        return
    others = [each for each in await tx.packs.sharing(download.info_hash, download.id) if each.status not in _LIVE_ENDS]
    download.pack_lead_id = others[0].id if others else download.pack_lead_id
    await tx.downloads.save(download)
    await _lead(tx, others)


async def take_the_lead(tx: DownloadsTransaction, download: Download) -> bool:
    """Lead the torrent if the download that leads it will not add it. False if that one still will."""
    if download.leads_pack or download.pack_lead_id is None or download.info_hash is None:
        return True
    lead = await tx.downloads.get(download.pack_lead_id)
    shares = lead is not None and lead.info_hash == download.info_hash
    if lead is not None and shares and (lead.awaits_grab or lead.next_retry_at is not None):
        return False
    others = await tx.packs.sharing(download.info_hash, download.id)
    await _lead(tx, [download, *(each for each in others if each.status not in _LIVE_ENDS)])
    return True


async def _lead(tx: DownloadsTransaction, members: Sequence[Download]) -> None:
    for member in members:
        member.pack_lead_id = members[0].id
        await tx.downloads.save(member)
    if members and members[0].awaits_grab:
        tx.send(AddToClient(download_id=members[0].id))


async def choose_shared_files(client: DownloadClient, torrent: ClientTorrent, wanted: Collection[str]) -> None:
    """Let the client download these files of a shared torrent. Others are deselected unless they are complete.

    Raises the `RemoteError` family, `RemoteAnsweredNonsense` if the torrent has not all of them.
    """
    files = await client.files(torrent)
    indexes = [file.index for file in files if in_folder(file.path) in wanted]
    if len(indexes) < len(wanted):
        raise RemoteAnsweredNonsense("download client", f"the torrent {torrent.name!r} lacks files of its books")
    complete = [file.index for file in files if file.wanted and file.progress >= 1]
    await client.choose_files(torrent, {*indexes, *complete})


def _is_open(download: Download, release: Release) -> bool:
    """Whether it has no torrent yet, and no other release was chosen for it."""
    in_search = download.status in (DownloadStatus.QUEUED, DownloadStatus.SEARCHING, DownloadStatus.FAILED)
    chose_this = download.release is not None and key_of(download.release) == key_of(release)
    return in_search and download.info_hash is None and (download.choice_id is None or chose_this)
