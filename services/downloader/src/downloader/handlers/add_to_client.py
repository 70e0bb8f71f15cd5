"""Adds a chosen release to the download client exactly once: it is looked up by its info hash first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.books.releases.description import Finding
from shared.chassis.errors import RemoteError, RemoteThrottled, RemoteUnavailable
from shared.chassis.logging import logger
from shared.contracts.downloads.commands import AddToClient, ReadReleasePage, SearchForDownload
from shared.contracts.downloads.downloads import DownloadStatus, ErrorType
from shared.contracts.mam.grabs import GrabStage, ReportGrab
from shared.contracts.mam.releases import Release
from shared.contracts.translatable import with_code
from shared.contracts.values import Indexer as IndexerName
from shared.translatable import about, translatable

from downloader.domain.client_state import ClientState
from downloader.domain.conclusion import Unavailable, deferred_because, not_now
from downloader.domain.decision import against, rule_reason
from downloader.domain.download import Download
from downloader.domain.download_client import DownloadClient, ShareLimits, Torrent
from downloader.domain.history import Attempt
from downloader.domain.import_problems import words_of
from downloader.domain.indexer import Indexer
from downloader.domain.limits import key_of
from downloader.domain.packs import against_pack, part_of
from downloader.domain.ports import Clock, DownloadsTransaction, Transactions
from downloader.domain.release_metadata import lacks_metadata
from downloader.domain.rules.free_disk import free_disk
from downloader.domain.rules.standing import finding_of
from downloader.domain.seeding import SeedingEntry
from downloader.domain.torrent import ClientTorrent
from downloader.domain.torrent_size import larger_than_listed
from downloader.workflow.failures import (
    block_and_search_again,
    error_type_of,
    fail,
    grabbed_elsewhere,
    note_unavailable,
    refuse_for_book,
    remote_words,
)
from downloader.workflow.grab_context import Capacity, GrabContextLoader
from downloader.workflow.pack_members import (
    Intent,
    choose_shared_files,
    share_torrent,
    store_grabs,
    store_hash,
    take_the_lead,
)
from downloader.workflow.pack_search import PackSearch
from downloader.workflow.torrent_removal import remove_if_free
from downloader.workflow.waiting import announce_waiting

TASK = "grab"


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The choice when the handler started; `known_hash` was stored by an earlier attempt."""

    download: Download
    release: Release
    choice_id: UUID
    run_id: UUID | None
    search_problem: str

    @property
    def known_hash(self) -> str | None:
        return self.download.info_hash


class AddToClientHandler:
    """Handles `AddToClient`. After a crash the hash is looked up, so a torrent is never added twice."""

    def __init__(
        self,
        transaction: Transactions,
        *,
        client: DownloadClient,
        indexers: Sequence[Indexer],
        context_loader: GrabContextLoader,
        pack_search: PackSearch,
        clock: Clock,
    ) -> None:
        self._transaction = transaction
        self._client = client
        self._indexers = {indexer.name: indexer for indexer in indexers}
        self._context_loader = context_loader
        self._pack_search = pack_search
        self._clock = clock

    async def add_to_client(self, command: AddToClient) -> None:
        """Fetch the torrent and add it to the client, or store why not: deferred, waiting, failed or blocked."""
        chosen = await self._begin(command)
        if chosen is None:
            return
        try:
            client_torrent = await self._find(chosen)
            if client_torrent is None:
                if not await self._is_to_be_added(chosen) or (torrent := await self._torrent(chosen)) is None:
                    return
                intent = await self._store_intent(chosen, torrent)
                if intent is None:
                    return
                client_torrent = await self._client.add(torrent, intent.wanted_files)
            elif chosen.download.is_in_pack:
                await choose_shared_files(self._client, client_torrent, await self._shared_files(chosen))
        except (RemoteError, OSError) as error:
            await self._failed(chosen, error)
            return
        await self._lift_share_limits(client_torrent)  # first: after a crash, a stored grab is not handled again
        await self._store_grab(chosen, client_torrent)

    async def _begin(self, command: AddToClient) -> _Chosen | None:
        async with self._transaction() as tx:
            download = await tx.downloads.get(command.download_id)
            if download is None or not download.awaits_grab or not download.release or not download.choice_id:
                await tx.runs.settle(command.run_id, str(command.download_id))
                return None
            problem = with_code(command.search_problem, command.translatable.get("search_problem"))
            return _Chosen(download, download.release, download.choice_id, command.run_id, problem)

    async def _find(self, chosen: _Chosen) -> ClientTorrent | None:
        """The torrent in the client, if an earlier attempt added it. One with an error is started again.

        None if it has to be added again, because the client cannot start it.
        """
        found = await self._client.find([chosen.known_hash]) if chosen.known_hash else None
        if found is None or found.state not in (ClientState.ERRORED, ClientState.MISSING_FILES):
            return found
        if await self._client.recover(found):
            return found
        await self._client.remove(found, with_files=False)
        return None

    async def _is_to_be_added(self, chosen: _Chosen) -> bool:
        """Whether this download adds its torrent. One of several books waits for the one that leads their torrent."""
        async with self._transaction() as tx:
            download = await self._load_unchanged(tx, chosen)
            if download is not None and not await take_the_lead(tx, download):
                await tx.runs.settle(chosen.run_id, str(download.id))
                return False
            return download is not None

    async def _shared_files(self, chosen: _Chosen) -> frozenset[str]:
        async with self._transaction() as tx:
            return await tx.packs.files(chosen.known_hash or "")

    async def _torrent(self, chosen: _Chosen) -> Torrent | None:
        """The torrent to add; None when it is forbidden, deferred, or larger than its listing says.

        An unavailable account, disk or indexer defers the download. An indexer that refuses this torrent, or returns
        something else, makes it fail.
        """
        try:
            if await self._forbidden(chosen):
                return None
        except (RemoteError, OSError) as error:
            await self._defer(chosen, error)
            return None
        try:
            return await self._fetch(chosen)
        except (RemoteUnavailable, RemoteThrottled) as error:
            await self._defer(chosen, error)
            return None

    async def _forbidden(self, chosen: _Chosen) -> bool:
        """Check the blocklist and the disk again, and reserve the grab at the account.

        Minutes may have passed since the decision.
        """
        wrong = await self._context_loader.library_path_problem()
        if wrong is None:
            capacity = Capacity(free_bytes=await self._context_loader.free_bytes())
            async with self._transaction() as tx:
                context = await self._context_loader.load(tx, chosen.download, [chosen.release], capacity)
            if (blocked := context.blocked.get(key_of(chosen.release))) is not None:
                await self._drop_blocked(chosen, blocked)
                return True
            size_bytes = chosen.download.size_bytes or chosen.release.size_bytes
            wrong = _against(free_disk(chosen.release.model_copy(update={"size_bytes": size_bytes}), context))
        if wrong is not None:
            async with self._transaction() as tx:
                await self._wait(tx, chosen, wrong)
            return True
        return not await self._reserve(chosen)

    async def _reserve(self, chosen: _Chosen) -> bool:
        """Reserve the slot and the bytes of the grab. False if the account forbids it, or the choice changed."""
        by_person = chosen.download.by_person
        assessment = await self._context_loader.reserve(chosen.choice_id, chosen.release, by_person=by_person)
        if assessment is None:
            return True
        async with self._transaction() as tx:
            if await self._load_unchanged(tx, chosen) is None:
                # The reservation may have been made after the choice was dropped and that was reported.
                tx.send(ReportGrab(grab_id=chosen.choice_id, stage=GrabStage.DROPPED, at=self._clock.now()))
                return False
            await tx.candidates.store_account(chosen.choice_id, assessment.figures)
            if (wrong := _against(finding_of(assessment))) is not None:
                await self._wait(tx, chosen, wrong)
        return wrong is None

    async def _wait(self, tx: DownloadsTransaction, chosen: _Chosen, why: str) -> None:
        words = not_now(chosen.release, why)
        if (download := await self._load_unchanged(tx, chosen)) is not None:
            download.choice_waits_for(words, self._clock.now())
            await tx.downloads.save(download)
            announce_waiting(tx, download)
            await tx.runs.settle(chosen.run_id, str(download.id), words=about(download.wanted.title, words))

    async def _fetch(self, chosen: _Chosen) -> Torrent | None:
        """The torrent; None when it is larger than its listing says, and another release is searched for."""
        indexer = self._indexers.get(IndexerName(chosen.release.indexer))
        if indexer is None:
            raise OSError(f"the indexer {chosen.release.indexer} is no longer configured")
        torrent = await indexer.fetch(chosen.release)
        wrong = larger_than_listed(torrent.identity.size_bytes, chosen.release)
        if wrong is not None:
            await self._reject(chosen, wrong)
        return torrent if wrong is None else None

    async def _store_intent(self, chosen: _Chosen, torrent: Torrent) -> Intent | None:
        """Store the hash before the torrent is added, and the other books that share it, in one transaction.

        None when another download has the torrent, the release is not acceptable by its files, or the choice changed.
        """
        known = chosen.download.is_in_pack
        if known and torrent.identity.info_hash != chosen.known_hash:
            words = "the indexer has another torrent than before"
            await self._reject(chosen, translatable("download.other_torrent", words))
            return None
        divide = torrent.identity.files and not known
        verdict = await self._pack_search.divide(chosen.download, chosen.release, torrent) if divide else None
        async with self._transaction() as tx:
            download = await self._load_unchanged(tx, chosen)
            if download is None:
                return None
            part = None if verdict is None else part_of(verdict, download)
            holder = await tx.downloads.holder_of(torrent.identity.hashes, excluding=download.id)
            lead_id = await tx.packs.lead_of(torrent.identity.hashes)
            wrong = against_pack(download, verdict, self._pack_search.limits, is_shared=lead_id is not None)
            if wrong is not None:
                await refuse_for_book(tx, download, wrong, now=self._clock.now(), run_id=chosen.run_id)
                return None
            if holder is None or (lead_id is not None and (part is not None or known)):
                if verdict is not None and part is not None:
                    await share_torrent(
                        tx, download, torrent.identity.info_hash, verdict, lead_id or download.id, self._clock.now()
                    )
                return await store_hash(tx, download, torrent)
        await self._reject(chosen, grabbed_elsewhere(holder))
        return None

    async def _reject(self, chosen: _Chosen, words: str) -> None:
        async with self._transaction() as tx:
            if (download := await self._load_unchanged(tx, chosen)) is not None:
                attempt = Attempt(TASK, ErrorType.VERIFY, words, chosen.release.id)
                await block_and_search_again(tx, download, attempt, now=self._clock.now(), run_id=chosen.run_id)

    async def _drop_blocked(self, chosen: _Chosen, why: str) -> None:
        """Search for another release, because this one was blocked after it was chosen."""
        async with self._transaction() as tx:
            if (download := await self._load_unchanged(tx, chosen)) is not None:
                download.requeued(
                    ErrorType.VERIFY, translatable("download.was_blocked", f"it was blocked: {why}", why=why)
                )
                await tx.downloads.save(download)
                tx.send(SearchForDownload(download_id=download.id, run_id=chosen.run_id))

    async def _defer(self, chosen: _Chosen, error: RemoteError | OSError) -> None:
        note_unavailable(unavailable := Unavailable(), error)
        async with self._transaction() as tx:
            if (download := await self._load_unchanged(tx, chosen)) is not None:
                download.defer(
                    unavailable.error_type, unavailable.words, self._clock.now(), not_before=unavailable.retry_after
                )
                await tx.downloads.save(download)
                words = about(download.wanted.title, deferred_because(unavailable.words))
                await tx.runs.settle(chosen.run_id, str(download.id), succeeded=False, words=words)
                logger().warning(
                    "grab_deferred",
                    title=download.wanted.title,
                    download_id=str(download.id),
                    because=unavailable.words,
                )

    async def _failed(self, chosen: _Chosen, error: RemoteError | OSError) -> None:
        kind = error_type_of(error) if isinstance(error, RemoteError) else ErrorType.CLIENT
        async with self._transaction() as tx:
            if (download := await self._load_unchanged(tx, chosen)) is not None:
                why = remote_words(error) if isinstance(error, RemoteError) else words_of(error)
                await fail(tx, download, Attempt(TASK, kind, why, chosen.release.id), self._clock.now())
                words = about(download.wanted.title, error.words if isinstance(error, RemoteError) else why)
                await tx.runs.settle(chosen.run_id, str(download.id), succeeded=False, words=words)
                logger().warning(
                    "grab_failed", title=download.wanted.title, download_id=str(download.id), because=str(error)
                )

    async def _store_grab(self, chosen: _Chosen, client_torrent: ClientTorrent) -> None:
        async with self._transaction() as tx:
            download = await tx.downloads.get(chosen.download.id)
            if _is_unchanged(chosen, download) and download is not None and download.info_hash is not None:
                if await self._is_held(tx, download, client_torrent, chosen):
                    return
                await tx.seeding.began(_seeding_entry(download, chosen.release, download.info_hash, self._clock.now()))
                if lacks_metadata(chosen.release) and not download.is_in_pack:
                    download.page_asked_at = self._clock.now()
                    tx.send(ReadReleasePage(download_id=download.id))
                await store_grabs(tx, download, client_torrent, self._clock.now())
                words = about(download.wanted.title, chosen.search_problem) if chosen.search_problem else None
                await tx.runs.settle(chosen.run_id, str(download.id), succeeded=words is None, words=words)
                logger().info(
                    "release_grabbed",
                    title=download.wanted.title,
                    download_id=str(download.id),
                    release=chosen.release.title,
                )
        if download is not None and download.status is DownloadStatus.CANCELLED:
            note = await self._remove_unless_shared(download, client_torrent)
            logger().info(
                "download_cancelled_during_add", title=download.wanted.title, download_id=str(download.id), torrent=note
            )

    async def _is_held(
        self, tx: DownloadsTransaction, download: Download, client_torrent: ClientTorrent, chosen: _Chosen
    ) -> bool:
        """Whether another download has the torrent under its other hash, which only the client knew until now."""
        if download.is_in_pack or set(client_torrent.hashes) <= set(download.hashes):
            return False
        holder = await tx.downloads.holder_of(client_torrent.hashes, excluding=download.id)
        if holder is not None:
            attempt = Attempt(TASK, ErrorType.VERIFY, grabbed_elsewhere(holder), chosen.release.id)
            await block_and_search_again(tx, download, attempt, now=self._clock.now(), run_id=chosen.run_id)
        return holder is not None

    async def _lift_share_limits(self, client_torrent: ClientTorrent) -> None:
        """Let the client seed without its own limits, so that it does not stop before the tracker's rule is met."""
        try:
            await self._client.set_share_limits(client_torrent, ShareLimits())
        except RemoteError as error:
            logger().warning("share_limits_not_lifted", info_hash=client_torrent.hashes[0], because=str(error))

    async def _remove_unless_shared(self, download: Download, client_torrent: ClientTorrent) -> str:
        """Remove the torrent of a download that was cancelled while it was added, unless other books use it."""
        async with self._transaction() as tx:
            if download.info_hash and await tx.packs.sharing(download.info_hash, download.id):
                return translatable("download.torrent_shared", "its torrent stays, because other books use it")
        return await remove_if_free(self._transaction, self._client, client_torrent)

    async def _load_unchanged(self, tx: DownloadsTransaction, chosen: _Chosen) -> Download | None:
        """The download, locked, if the same choice is still to be added."""
        download = await tx.downloads.get(chosen.download.id)
        return download if _is_unchanged(chosen, download) else None


def _against(finding: Finding | None) -> str | None:
    """Why a finding forbids the grab, or None."""
    return None if finding is None else against([rule_reason(finding)]) or None


def _is_unchanged(chosen: _Chosen, download: Download | None) -> bool:
    return download is not None and download.awaits_grab and download.choice_id == chosen.choice_id


def _seeding_entry(download: Download, release: Release, info_hash: str, now: datetime) -> SeedingEntry:
    return SeedingEntry(
        info_hash=info_hash,
        download_id=download.id,
        title=download.wanted.title,
        release_title=release.title,
        indexer=IndexerName(release.indexer),
        release_id=release.id,
        size_bytes=download.size_bytes or release.size_bytes,
        grabbed_at=now,
    )
