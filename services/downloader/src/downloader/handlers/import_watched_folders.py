"""Proposes new books in the folders from which a person imports, and imports them if that is allowed and sure."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from shared.chassis.errors import Refused, RemoteError
from shared.chassis.logging import logger
from shared.contracts.downloads.commands import ImportWatchedFolders
from shared.contracts.downloads.events import ImportProposed
from shared.contracts.downloads.imports import FoundBook, ImportFolder
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.runs import Plan, PlannedAction, RunTally
from shared.translatable import about, translatable

from downloader.domain.found_audio import AudioOfBook, NotAnImportFolder
from downloader.domain.import_question import question_about
from downloader.domain.ports import Clock, Transactions
from downloader.domain.watched_folders import NewBookFinder, Watch, is_sure
from downloader.workflow.folder_import import FolderImport
from downloader.workflow.sweep import Sweep

_OFF = translatable("plan.no_watched_folder", "No folder is watched (IMPORT_WATCH and IMPORT_FOLDERS).")


class ImportWatchedFoldersHandler:
    """Handles `ImportWatchedFolders`. Each book is proposed once."""

    def __init__(  # noqa: PLR0913 - the folders, what is done with them, and the parts of an import
        self,
        transaction: Transactions,
        *,
        finder: NewBookFinder,
        folder_import: FolderImport,
        roots: Sequence[Path],
        watch: Watch,
        unchanged_for: timedelta,
        clock: Clock,
    ) -> None:
        """A book is new if none of its files has changed for `unchanged_for`."""
        self._transaction = transaction
        self._finder = finder
        self._folder_import = folder_import
        self._roots = roots if watch is not Watch.OFF else ()
        self._imports = watch is Watch.IMPORT
        self._unchanged_for = unchanged_for
        self._clock = clock

    async def import_new_books(self, command: ImportWatchedFolders) -> None:
        """Propose or import the new books of all folders. What cannot be read is a problem of the run."""
        sweep = Sweep("watched_folders")
        async with self._transaction() as tx:
            await tx.runs.started(command.run_id)
            proposed = await tx.watched_folders.proposed()
        found: list[AudioOfBook] = []
        for root in self._roots:
            try:
                found += await self._new_books(root, proposed, sweep, dry_run=command.dry_run)
            except (NotAnImportFolder, OSError) as error:
                sweep.count(str(error))
        actions: list[PlannedAction] = []
        try:
            missing = await self._folder_import.missing_books() if found else []
        except RemoteError as error:
            words = f"the missing books could not be loaded: {error}"
            sweep.count(translatable("run.missing_not_read", words, why=error.words), rows=len(found))
            found = []
        for book in found:
            with sweep.row(str(book.path)):
                actions += await self._handle(book, missing, sweep, dry_run=command.dry_run)
        await self._finish(command, actions, sweep)

    async def _new_books(self, root: Path, proposed: set[str], sweep: Sweep, *, dry_run: bool) -> Sequence[AudioOfBook]:
        """The new books below a folder. Proposed ones that are gone are forgotten."""
        gone = await self._finder.gone([path for path in proposed if Path(path).is_relative_to(root)])
        if gone and not dry_run:
            async with self._transaction() as tx:
                await tx.watched_folders.forget(gone)
        unchanged_since = self._clock.now() - self._unchanged_for
        found = await self._finder.new_books_in(root, proposed.difference(gone), unchanged_since)
        if found.truncated:
            words = f"{root} has more than is read at once; move the files that were imported out of it"
            sweep.count(translatable("run.folder_too_full", words, path=str(root)))
        return found.books

    async def _handle(
        self, book: AudioOfBook, missing: Sequence[MissingBook], sweep: Sweep, *, dry_run: bool
    ) -> list[PlannedAction]:
        """Import or propose one book, and return what was done."""
        try:
            found = await self._folder_import.proposal(book, missing)
        except (OSError, RemoteError) as error:
            sweep.count(about(str(book.path), error.words if isinstance(error, RemoteError) else str(error)))
            return []
        imports = self._imports and is_sure(found)
        if not dry_run and imports:
            imports = await self._import(found)
        if not dry_run and not imports:
            await self._ask(found)
        return [PlannedAction.of("import" if imports else "ask_person", found.title, found.path)]

    async def _import(self, found: FoundBook) -> bool:
        """Begin the import of a sure book. False if the book is being downloaded, or is no longer missing."""
        (match,) = found.matches
        try:
            request = ImportFolder(path=found.path, missing_book_id=match.missing_book_id)
            prepared = await self._folder_import.prepare(request)
            async with self._transaction() as tx:
                if await tx.watched_folders.add(found.path, self._clock.now()):
                    await self._folder_import.store(tx, prepared)
        except Refused as refused:
            logger().info("watched_folder_not_imported", path=found.path, because=refused.detail)
            return False
        logger().info("watched_folder_imported", path=found.path, title=match.title)
        return True

    async def _ask(self, found: FoundBook) -> None:
        now = self._clock.now()
        async with self._transaction() as tx:
            if await tx.watched_folders.add(found.path, now):
                question = question_about(found)
                question_id = await tx.import_questions.ask_about_folder(question, now)
                tx.announce(
                    ImportProposed(
                        question_id=question_id,
                        title=found.title or Path(found.path).name,
                        authors=found.authors,
                        words=question.words,
                    )
                )
                logger().info("watched_folder_proposed", path=found.path, title=found.title)

    async def _finish(self, command: ImportWatchedFolders, actions: Sequence[PlannedAction], sweep: Sweep) -> None:
        details = Plan.of(actions, notes=[] if self._roots else [_OFF]).as_details() if command.dry_run else {}
        count = len(actions) + sweep.failed
        tally = RunTally(expected=count, processed=count, succeeded=len(actions), failed=sweep.failed)
        async with self._transaction() as tx:
            tx.runs.finished(command.run_id, tally, problems=sweep.problems, details=details)
