"""The handlers of imports, with the adapters and settings that a test chooses."""

from collections.abc import Sequence
from pathlib import Path

from downloader.adapters.av_probe import AvProbe
from downloader.adapters.filesystem import Filesystem
from downloader.adapters.postgres.import_locks import ImportLocks
from downloader.adapters.postgres.transaction import PostgresTransaction
from downloader.domain.conversion import AudioConverter, ConversionRule
from downloader.domain.download_client import DownloadClient
from downloader.domain.folders import SharedFolder
from downloader.domain.path_template import DEFAULT, PathTemplate
from downloader.domain.ports import AudioProbe
from downloader.handlers.convert_audio import ConvertAudioHandler
from downloader.handlers.import_download import ImportDownloadHandlers
from downloader.workflow.book_placement import BookPlacement
from downloader.workflow.folder_import import FolderImport
from shared.chassis.database import Transactions
from shared.testing.clocks import ManualClock

from .contents import FakeContents
from .library import FakeLibrary


class ImportBench:
    """Makes handlers of imports. The attributes are those of the `Bench`."""

    transaction: Transactions[PostgresTransaction]
    clock: ManualClock
    client: DownloadClient
    folder: Filesystem
    library: FakeLibrary
    locks: ImportLocks
    downloads_path: Path
    conversion: ConversionRule
    contents: FakeContents
    sidecars: Sequence[str] = ()

    def import_with(self, probe: AudioProbe) -> ImportDownloadHandlers:
        """The handlers of an import whose audio this probe reads."""
        return ImportDownloadHandlers(
            self.transaction,
            placement=self.placement(),
            probe=probe,
            locks=self.locks,
            library=self.library,
            clock=self.clock,
            duration_tolerance=0.05,
            conversion=self.conversion,
        )

    def convert_with(self, converter: AudioConverter) -> ConvertAudioHandler:
        """The handler that converts with this converter."""
        return ConvertAudioHandler(
            self.transaction,
            placement=self.placement(),
            converter=converter,
            probe=AvProbe(decode_all=False),
            folder=self.folder,
            locks=self.locks,
            contents=self.contents,
            rule=self.conversion,
        )

    def folder_import(self) -> FolderImport:
        """The import of a person's folders."""
        return FolderImport(
            finder=self.folder,
            reader=AvProbe(decode_all=False),
            library=self.library,
            clock=self.clock,
            duration_tolerance=0.05,
        )

    def placement(self) -> BookPlacement:
        """The placement of books in the library folder."""
        return BookPlacement(
            self.transaction,
            client=self.client,
            folder=self.folder,
            library=self.library,
            downloads=SharedFolder(self.downloads_path),
            template=PathTemplate(DEFAULT),
            contents=self.contents,
            sidecars=self.sidecars,
            clock=self.clock,
        )
