"""What a person is asked about an import, and what can be answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from shared.contracts.downloads.imports import (
    FoundBook,
    FoundMatch,
    ImportChoice,
    ListWaitingImports,
    WaitingImport,
    WaitingImportKind,
)
from shared.contracts.page import Page
from shared.translatable import translatable

from downloader.domain.download import Download

IMPORT, REJECT, BESIDE, RETRY, STOP = "import", "reject", "beside", "retry", "stop"
AS_NAMED, IGNORE = "as_named", "ignore"
_AS_MISSING = "missing:"
_DECISION = "a decision about its import (POST /api/imports/waiting/ID/decide)"
_NO_BOOK = translatable("download.no_book_fits", "no missing book fits")
_CHOICES = {
    IMPORT: "import these files as this book all the same",
    REJECT: "block the release and search for another one",
    BESIDE: "place the book in a folder of its own, with a number after the title",
    STOP: "do not import these files; they stay where they are",
    IGNORE: "do not import them, and do not ask again",
    RETRY: "try again, after you moved or removed the files that are there",
}
_CHOICES_OF = {
    WaitingImportKind.NAME_TAKEN: (BESIDE, RETRY, REJECT),
    WaitingImportKind.OTHER_BOOK: (IMPORT, REJECT),
    WaitingImportKind.PLAYING_TIME: (IMPORT, REJECT),
}


@dataclass(frozen=True, slots=True)
class ImportQuestion:
    """A question about the import of a download, with the reasons in words."""

    kind: WaitingImportKind
    reasons: Sequence[str]

    def choices(self, download: Download) -> list[ImportChoice]:
        """What can be answered. Files of a person's folder are not a release that can be rejected."""
        keys = [STOP if key == REJECT and download.is_from_folder else key for key in _CHOICES_OF[self.kind]]
        return [ImportChoice(key=key, words=_CHOICES[key]) for key in keys]

    @property
    def words(self) -> str:
        """What the download waits for."""
        words = f"{_DECISION}: {'; '.join(self.reasons)}"
        return translatable("download.import_decision", words, reasons=list(self.reasons))


@dataclass(frozen=True, slots=True)
class FolderQuestion:
    """A question about new files in a watched folder: which book they are."""

    path: str
    title: str
    authors: Sequence[str]
    reasons: Sequence[str]
    choices: Sequence[ImportChoice]

    @property
    def words(self) -> str:
        """What a person has to decide, and how."""
        return f"{_DECISION}: {'; '.join(self.reasons)}"


def question_about(found: FoundBook) -> FolderQuestion:
    """Ask which of the matching books the files are. Files that cannot be imported can only be ignored."""
    missing = [each for each in found.matches if each.missing_book_id is not None]
    choices: list[ImportChoice] = []
    if not found.problem:
        choices = [
            ImportChoice(key=f"{_AS_MISSING}{each.missing_book_id}", words=f"import them as {_named(each)}")
            for each in missing
        ]
        if found.title and found.authors and all(text.isprintable() for text in (found.title, *found.authors)):
            words = f"import them as “{found.title}” by {', '.join(found.authors)}, as the files say"
            choices.append(ImportChoice(key=AS_NAMED, words=words))
    choices.append(ImportChoice(key=IGNORE, words=_CHOICES[IGNORE]))
    reasons = []
    if found.problem:
        words = f"they cannot be imported: {found.problem}"
        reasons.append(translatable("download.not_importable", words, why=found.problem))
    reasons += [_may_be(each) for each in found.matches]
    return FolderQuestion(found.path, found.title, found.authors, reasons or [_NO_BOOK], choices)


def _may_be(match: FoundMatch) -> str:
    words = f"they may be {_named(match)} ({match.confidence}): {'; '.join(reason.words for reason in match.reasons)}"
    return translatable("download.may_be", words, title=match.title, authors=", ".join(match.authors) or None)


def decided_words(by: str, chosen: ImportChoice) -> str:
    """Who decided what."""
    choice = chosen.key if chosen.key in _CHOICES else chosen.words
    return translatable("download.decided", f"{by} decided: {chosen.words}", by=by, choice=choice)


def missing_book_in(choice: str) -> UUID | None:
    """The missing book as which files are imported by this choice; None for another choice."""
    return UUID(choice.removeprefix(_AS_MISSING)) if choice.startswith(_AS_MISSING) else None


def _named(match: FoundMatch) -> str:
    return f"“{match.title}” by {', '.join(match.authors) or 'an unknown author'}"


class ImportQuestions(Protocol):
    """The questions about imports, and their answers."""

    async def ask(self, download: Download, question: ImportQuestion, now: datetime) -> None:
        """Store a question about the chosen release of a download. It replaces an open one."""

    async def ask_about_folder(self, question: FolderQuestion, now: datetime) -> UUID:
        """Store a question about new files, and return its id."""

    async def link(self, question_id: UUID, download_id: UUID) -> None:
        """Store the download that imports the files of a question."""

    async def answers(self, download: Download) -> Mapping[WaitingImportKind, str]:
        """The newest answer of each kind about the chosen release of a download."""

    async def get(self, question_id: UUID) -> WaitingImport | None:
        """One question, locked until the transaction ends; None if there is none or its download continued."""

    async def answer(self, question_id: UUID, choice: str, by: str, now: datetime) -> WaitingImport:
        """Store the answer and return the question with it."""

    async def page(self, query: ListWaitingImports) -> Page[WaitingImport]:
        """One page, oldest first. A question whose download continued without an answer is left out."""
