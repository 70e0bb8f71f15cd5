"""Lists the imports that need a person, and continues them with what the person decides."""

from shared.chassis.errors import NotFound
from shared.contracts.downloads.commands import ImportDownload
from shared.contracts.downloads.downloads import ErrorType
from shared.contracts.downloads.events import DownloadCancelled
from shared.contracts.downloads.imports import DecideImport, ImportFolder, ListWaitingImports, WaitingImport
from shared.contracts.page import Page
from shared.contracts.translatable import with_code
from shared.translatable import translatable

from downloader.domain.history import Attempt
from downloader.domain.import_question import IGNORE, REJECT, STOP, decided_words, missing_book_in
from downloader.domain.ports import Clock, DownloadsTransaction, Transactions
from downloader.domain.refusals import NotNow, UnknownChoice
from downloader.domain.verification import words_of_faults
from downloader.workflow.failures import block_and_search_again
from downloader.workflow.folder_import import FolderImport
from downloader.workflow.next_step import load_download


class WaitingImportHandlers:
    """Handles `ListWaitingImports` and `DecideImport`."""

    def __init__(self, transaction: Transactions, folder_import: FolderImport, clock: Clock) -> None:
        self._transaction = transaction
        self._folder_import = folder_import
        self._clock = clock

    async def list_waiting(self, request: ListWaitingImports) -> Page[WaitingImport]:
        """One page, oldest first."""
        async with self._transaction() as tx:
            return await tx.import_questions.page(request)

    async def decide(self, request: DecideImport) -> WaitingImport:
        """Store the decision, and import the files or block the release.

        Raises `NotFound`, `NotNow` if something else was decided, and `UnknownChoice`; for new files also what
        `FolderImport` raises.
        """
        async with self._transaction() as tx:
            question = await _open_question(tx, request)
        prepared = None
        if question.answer is None and question.path is not None and request.choice != IGNORE:
            prepared = await self._folder_import.prepare(_import_of(question, question.path, request.choice))
        async with self._transaction() as tx:
            question = await _open_question(tx, request)
            if question.answer is not None:
                return question
            now = self._clock.now()
            answered = await tx.import_questions.answer(request.id, request.choice, request.decided_by, now)
            if question.download_id is None:
                if prepared is None:
                    return answered
                download = await self._folder_import.store(tx, prepared)
                await tx.import_questions.link(request.id, download.id)
                return answered.model_copy(update={"download_id": download.id})
            chosen = next(each for each in question.choices if each.key == request.choice)
            download = await load_download(tx, question.download_id)
            download.import_decided(decided_words(request.decided_by, chosen))
            if request.choice == REJECT:
                release_id = download.release.id if download.release else ""
                attempt = Attempt("verify", ErrorType.VERIFY, words_of_faults(_reasons(question)), release_id)
                await block_and_search_again(tx, download, attempt, now=now)
            elif request.choice == STOP:
                by = request.decided_by
                why = translatable("download.stopped_by_hand", f"{by} stopped its import by hand", by=by)
                download.cancelled(why)
                await tx.downloads.save(download)
                tx.announce(
                    DownloadCancelled(download_id=download.id, missing_book_id=download.missing_book_id, why=why)
                )
            else:
                await tx.downloads.save(download)
                tx.send(ImportDownload(download_id=download.id))
            return answered


async def _open_question(tx: DownloadsTransaction, request: DecideImport) -> WaitingImport:
    """The question, locked, which has no answer or this one. Raises `NotFound`, `NotNow` and `UnknownChoice`."""
    question = await tx.import_questions.get(request.id)
    if question is None:
        raise NotFound(
            translatable("refused.no_waiting_import", f"no import waits with the id {request.id}", id=str(request.id))
        )
    if question.answer not in (None, request.choice):
        raise NotNow(
            translatable(
                "refused.import_decided",
                f"{question.answer!r} was already decided by {question.answered_by}",
                by=question.answered_by,
                choice=question.answer,
            )
        )
    if request.choice not in {each.key for each in question.choices}:
        keys = ", ".join(each.key for each in question.choices)
        raise UnknownChoice(f"{request.choice!r} cannot be decided here; the choices are {keys}")
    return question


def _reasons(question: WaitingImport) -> list[str]:
    return [with_code(why, question.translatable.get(f"reasons.{at}")) for at, why in enumerate(question.reasons)]


def _import_of(question: WaitingImport, path: str, choice: str) -> ImportFolder:
    """The import of new files as the chosen missing book, or as the book that the files name."""
    missing_book_id = missing_book_in(choice)
    if missing_book_id is not None:
        return ImportFolder(path=path, missing_book_id=missing_book_id)
    return ImportFolder(path=path, title=question.title, authors=question.authors)
