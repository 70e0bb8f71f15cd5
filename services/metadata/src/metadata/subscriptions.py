"""The messages that the metadata service handles and sends."""

from dataclasses import dataclass

from shared.chassis.subscriptions import Subscriptions
from shared.contracts.downloads.events import DownloadImported
from shared.contracts.library.authors import LookUpAuthors
from shared.contracts.library.books import GetBook, GetBooks, ListBooks, SearchBooks
from shared.contracts.library.listed_works import AddListedWorks, LookUpWorks, WithdrawListedWorks
from shared.contracts.library.metadata_writes import MetadataWritten, WriteMetadata
from shared.contracts.metadata.bibliographies import BibliographyCollected, CollectBibliography
from shared.contracts.metadata.corrections import (
    CorrectBook,
    GetCorrection,
    ListCorrections,
    UndoCorrection,
    UndoCorrections,
)
from shared.contracts.metadata.editions import FindChapters, FindCover, FindEditions
from shared.contracts.metadata.genre_map import GetGenreMap, ProposeMappedGenres, SetGenreMap
from shared.contracts.metadata.import_lists import (
    CreateImportList,
    DecideImportListEntry,
    DeleteImportList,
    GetImportList,
    ImportListNeedsPerson,
    ImportLists,
    ListImportListEntries,
    ListImportListKinds,
    ListImportLists,
    ReadImportListFile,
    UpdateImportList,
)
from shared.contracts.metadata.imports import ImportDescribed
from shared.contracts.metadata.matches import DecideMatch, ForgetMatch, GetMatch, MatchDecided
from shared.contracts.metadata.proposals import (
    AcceptProposals,
    DeclineProposals,
    ListProposals,
    ProposeChanges,
    ReopenProposals,
)
from shared.contracts.metadata.providers import ListProviders
from shared.contracts.metadata.refreshes import BookRefreshed, RefreshBook, RefreshBooks, RefreshMetadata
from shared.contracts.metadata.similar_authors import FindSimilarAuthors
from shared.contracts.metadata.validation import ValidateMetadata
from shared.contracts.runs import RunFinished, RunProgressed, RunStarted
from shared.contracts.system import CheckIntegrations, CleanUp, TellStatistics, TellTimeline

from metadata.handlers.check_integrations import CheckIntegrationsHandlers
from metadata.handlers.collect_bibliography import CollectBibliographyHandler
from metadata.handlers.correct_book import CorrectBookHandler
from metadata.handlers.corrections import CorrectionHandlers
from metadata.handlers.describe_imported_book import DownloadImportedHandler
from metadata.handlers.edit_import_lists import EditImportListsHandlers
from metadata.handlers.find_edition_contents import FindEditionContentHandlers
from metadata.handlers.find_editions import FindEditionsHandler
from metadata.handlers.find_similar_authors import FindSimilarAuthorsHandler
from metadata.handlers.genre_map import GenreMapHandlers
from metadata.handlers.import_list_entries import ImportListEntriesHandlers
from metadata.handlers.import_lists import ImportListsHandler
from metadata.handlers.maintenance import MaintenanceHandlers
from metadata.handlers.match_book import MatchBookHandlers
from metadata.handlers.proposals import ProposalHandlers
from metadata.handlers.propose_changes import ProposeChangesHandler
from metadata.handlers.refresh_books import RefreshBooksHandlers
from metadata.handlers.refresh_metadata import RefreshMetadataHandler
from metadata.handlers.undo_corrections import UndoCorrectionsHandler
from metadata.handlers.validate_metadata import ValidateMetadataHandler


@dataclass(frozen=True)
class ImportListHandlers:
    """The handlers of import lists."""

    run: ImportListsHandler
    edit: EditImportListsHandlers
    entries: ImportListEntriesHandlers


@dataclass(frozen=True)
class Handlers:
    """The handlers of the service."""

    collect_bibliography: CollectBibliographyHandler
    refresh_metadata: RefreshMetadataHandler
    refresh_books: RefreshBooksHandlers
    download_imported: DownloadImportedHandler
    corrections: CorrectionHandlers
    undo_corrections: UndoCorrectionsHandler
    correct_book: CorrectBookHandler
    proposals: ProposalHandlers
    propose_changes: ProposeChangesHandler
    genre_map: GenreMapHandlers
    import_lists: ImportListHandlers
    validate_metadata: ValidateMetadataHandler
    find_edition_contents: FindEditionContentHandlers
    find_editions: FindEditionsHandler
    find_similar_authors: FindSimilarAuthorsHandler
    check_integrations: CheckIntegrationsHandlers
    match_book: MatchBookHandlers
    maintenance: MaintenanceHandlers


def subscriptions(handlers: Handlers) -> Subscriptions:
    """Map each message to its handler."""
    table = Subscriptions("metadata", "metadata")
    table.answer(ListCorrections, handlers.corrections.list_corrections)
    table.answer(GetCorrection, handlers.corrections.get_correction)
    table.answer(UndoCorrection, handlers.corrections.undo)
    table.answer(UndoCorrections, handlers.undo_corrections.undo)
    table.answer(CorrectBook, handlers.correct_book.correct)
    table.answer(ListProposals, handlers.proposals.list_proposals)
    table.answer(AcceptProposals, handlers.proposals.accept)
    table.answer(DeclineProposals, handlers.proposals.decline)
    table.answer(ReopenProposals, handlers.proposals.reopen)
    table.answer(GetGenreMap, handlers.genre_map.get)
    table.answer(SetGenreMap, handlers.genre_map.set)
    table.answer(ValidateMetadata, handlers.validate_metadata.validate)
    table.answer(GetMatch, handlers.match_book.get)
    table.answer(DecideMatch, handlers.match_book.decide)
    table.answer(ForgetMatch, handlers.match_book.forget)
    table.answer(FindEditions, handlers.find_editions.find)
    table.answer(FindChapters, handlers.find_edition_contents.find_chapters)
    table.answer(FindCover, handlers.find_edition_contents.find_cover)
    table.answer(FindSimilarAuthors, handlers.find_similar_authors.find)
    table.answer(ListProviders, handlers.check_integrations.list_providers)
    table.answer(CheckIntegrations, handlers.check_integrations.check)
    table.answer(TellTimeline, handlers.maintenance.tell_timeline)
    table.answer(TellStatistics, handlers.maintenance.tell_statistics)
    table.answer(CleanUp, handlers.maintenance.clean_up)
    table.do(CollectBibliography, handlers.collect_bibliography.collect, concurrency=2)
    table.do(ProposeChanges, handlers.propose_changes.propose, concurrency=2)
    table.do(ProposeMappedGenres, handlers.genre_map.propose, concurrency=1)
    table.do(RefreshMetadata, handlers.refresh_metadata.refresh, concurrency=1)
    table.do(RefreshBook, handlers.refresh_books.refresh_book, concurrency=1)
    table.do(RefreshBooks, handlers.refresh_books.refresh_books, concurrency=2)
    table.on(MetadataWritten, handlers.corrections.written)
    table.on(DownloadImported, handlers.download_imported.imported)
    table.sends_requests(GetBook, GetBooks, ListBooks, SearchBooks, LookUpAuthors)
    _handle_import_lists(table, handlers.import_lists)
    table.publishes(WriteMetadata, RefreshBook, RefreshBooks, BibliographyCollected, BookRefreshed, ImportDescribed)
    table.publishes(MatchDecided, ProposeChanges, ProposeMappedGenres)
    table.publishes(RunStarted, RunProgressed, RunFinished)
    return table


def _handle_import_lists(table: Subscriptions, handlers: ImportListHandlers) -> None:
    table.answer(ListImportListKinds, handlers.edit.list_kinds)
    table.answer(ListImportLists, handlers.edit.list_all)
    table.answer(GetImportList, handlers.edit.get)
    table.answer(CreateImportList, handlers.edit.create)
    table.answer(UpdateImportList, handlers.edit.update)
    table.answer(DeleteImportList, handlers.edit.delete)
    table.answer(ReadImportListFile, handlers.edit.read_file)
    table.answer(ListImportListEntries, handlers.entries.page)
    table.answer(DecideImportListEntry, handlers.entries.decide)
    table.do(ImportLists, handlers.run.run, concurrency=1)
    table.sends_requests(LookUpWorks, AddListedWorks, WithdrawListedWorks)
    table.publishes(ImportListNeedsPerson)
