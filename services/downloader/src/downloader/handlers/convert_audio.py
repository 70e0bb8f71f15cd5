"""Merges or tags copies of verified files, and places them in the library folder. The downloaded files do not change.

Every step can be repeated: an attempt that died leaves a hidden folder, and the next one begins again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shared.chassis.logging import logger
from shared.contracts.downloads.commands import ConvertAudio
from shared.contracts.downloads.downloads import ConversionKind
from shared.contracts.downloads.imports import WaitingImportKind
from shared.translatable import message_of, translatable

from downloader.domain.audio_tags import tags_of
from downloader.domain.chapters import is_of_length
from downloader.domain.conversion import (
    METHODS,
    AudioConverter,
    ConversionFailed,
    ConversionJob,
    ConversionRule,
    Converted,
    check_formats,
)
from downloader.domain.download import Download
from downloader.domain.edition_contents import EditionContents, picture_in
from downloader.domain.folders import NotInDownloadFolder
from downloader.domain.import_problems import FolderOccupied, words_of
from downloader.domain.import_question import ImportQuestion
from downloader.domain.ports import AudioProbe, ImportLocks, LibraryFolder, Transactions
from downloader.domain.safe_names import safe_name
from downloader.domain.stored_conversion import StoredConversion
from downloader.workflow.book_placement import BookPlacement, FilesMissing, FinishedFiles, is_same_import

_SAME_LENGTH = 0.01
"""How much the length of the merged audio may differ from that of the files, as a share."""


@dataclass(frozen=True, slots=True)
class _Made:
    """Files to place, and which of them were made in which way; `kind` is None if none was."""

    converted: Converted
    kind: ConversionKind | None


class ConvertAudioHandler:
    """Handles `ConvertAudio`."""

    def __init__(  # noqa: PLR0913 - one for each outside system that a conversion touches
        self,
        transaction: Transactions,
        *,
        placement: BookPlacement,
        converter: AudioConverter,
        probe: AudioProbe,
        folder: LibraryFolder,
        locks: ImportLocks,
        contents: EditionContents,
        rule: ConversionRule,
    ) -> None:
        self._transaction = transaction
        self._placement = placement
        self._converter = converter
        self._probe = probe
        self._folder = folder
        self._locks = locks
        self._contents = contents
        self._rule = rule

    async def convert(self, command: ConvertAudio) -> None:
        """Convert and place the files, unless another attempt is running. If that fails, place them unchanged.

        Raises `TryAgainLater` while the library is unavailable.
        """
        async with self._locks.held(command.download_id) as held:
            if not held:
                logger().info("import_already_running", download_id=str(command.download_id))
                return
            async with self._transaction() as tx:
                download = await tx.downloads.get(command.download_id)
            if download is not None and download.conversion is not None and download.awaits_conversion:
                await self._convert(download, download.conversion)

    async def _convert(self, download: Download, conversion: StoredConversion) -> None:
        try:
            await self._folder.remove_leftovers(download.id)
            finished = await self._placement.finished_files(download)
            path = await self._placement.path_of(download)
            answers = await self._placement.answers(download)
            made = await self._made(download, conversion, finished)
            stored = await self._store_made(download, made.converted)
            if stored is None:
                return
            checksums = {Path(name): values for name, values in stored.made.items()}
            path, placement = await self._placement.place(download, path, made.converted.sources, answers, checksums)
            if made.kind is not None:
                placement = placement.with_made(made.converted.made, METHODS[made.kind])
            await self._placement.store_path(download, path, placement)
        except FolderOccupied as occupied:
            await self._placement.ask(download, ImportQuestion(WaitingImportKind.NAME_TAKEN, [occupied.words]))
        except FilesMissing as missing:
            await self._placement.download_again(download, missing)
        except NotInDownloadFolder as refused:
            await self._placement.failed(download, message_of(refused))
        except OSError as error:
            await self._placement.failed(download, words_of(error))
        finally:
            await self._folder.remove_leftovers(download.id)

    async def _made(self, download: Download, conversion: StoredConversion, finished: FinishedFiles) -> _Made:
        """The converted files; the unchanged ones if the conversion fails, now or before."""
        sources = finished.of_book
        unchanged = _Made(Converted(sources, {}, ""), None)
        if conversion.problem is not None:
            return unchanged
        job = await self._job(download, conversion, sources)
        kinds = [conversion.kind]
        if conversion.kind is ConversionKind.MERGE and self._rule.tag:
            kinds.append(ConversionKind.TAG)
        for kind in kinds:
            try:
                if kind is ConversionKind.MERGE:
                    return _Made(await self._merged(download, job), kind)
                return _Made(await self._converter.tag(job), kind)
            except (ConversionFailed, OSError) as error:
                words = message_of(error) if isinstance(error, ConversionFailed) else words_of(error)
                await self._folder.remove_leftovers(download.id)
                if not await self._store_problem(download, kind, words):
                    break
        return unchanged

    async def _job(
        self, download: Download, conversion: StoredConversion, sources: Mapping[Path, Path]
    ) -> ConversionJob:
        """What is made, with the picture of the release or the fetched cover, and the chapters of the edition."""
        picture = picture_in(sources)
        cover = None if picture else await self._placement.cover_of(download)
        lists = await self._contents.chapters(download) if conversion.kind is ConversionKind.MERGE else []
        return ConversionJob(
            download.id,
            sources,
            tags_of(download),
            conversion.seconds,
            picture=sources[picture] if picture else None,
            cover=cover.content if cover else b"",
            chapters=next((each for each in lists if is_of_length(each, conversion.seconds)), None),
        )

    async def _merged(self, download: Download, job: ConversionJob) -> Converted:
        """One file instead of the audio files. Raises `ConversionFailed`, also if it is not what it must be."""
        names = [str(path) for path in job.sources]
        check_formats(names)
        name = Path(f"{safe_name(download.wanted.title)}.m4b")

        async def progress(share: float) -> bool:
            return await self._store_progress(download, share)

        converted = await self._converter.merge(job, name, progress)
        merged = converted.sources[name]
        (probed,) = await self._probe.probe([merged], merged.parent)
        if probed.fault or abs(probed.audio_seconds - job.seconds) > _SAME_LENGTH * job.seconds + 1:
            found, wanted = round(probed.audio_seconds), round(job.seconds)
            fault = translatable("audio.length", f"has {found} s instead of {wanted} s", found=found, wanted=wanted)
            fault = probed.fault or fault
            raise ConversionFailed(translatable("audio.merged_file", f"the merged file {fault}", fault=fault))
        return converted

    async def _store_progress(self, download: Download, share: float) -> bool:
        """Store the progress. False if the download was cancelled meanwhile."""
        async with self._transaction() as tx:
            current = await tx.downloads.get(download.id)
            if current is None or current.conversion is None or not is_same_import(current, download):
                return False
            current.conversion = current.conversion.model_copy(update={"progress": share})
            await tx.downloads.save(current)
            return True

    async def _store_made(self, download: Download, converted: Converted) -> StoredConversion | None:
        """Store the checksums of the made files before they are placed. None if the download was cancelled."""
        async with self._transaction() as tx:
            current = await tx.downloads.get(download.id)
            if current is None or current.conversion is None or not is_same_import(current, download):
                return None
            made = dict(current.conversion.made)
            for path, digest in converted.made.items():
                made[str(path)] = list(dict.fromkeys([*made.get(str(path), []), digest]))
            current.conversion = current.conversion.model_copy(update={"made": made})
            if converted.words:
                current.note("converted", converted.words)
            await tx.downloads.save(current)
            return current.conversion

    async def _store_problem(self, download: Download, kind: ConversionKind, problem: str) -> bool:
        """Store why the files are not converted. False if the download was cancelled meanwhile."""
        async with self._transaction() as tx:
            current = await tx.downloads.get(download.id)
            if current is None or not is_same_import(current, download):
                return False
            current.conversion_failed(kind, problem)
            await tx.downloads.save(current)
        title = download.wanted.title
        logger().warning("conversion_failed", title=title, download_id=str(download.id), kind=kind, because=problem)
        return True
