"""Questions about imports, and their answers, in Postgres."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.contracts.downloads.downloads import DownloadStatus
from shared.contracts.downloads.imports import ListWaitingImports, WaitingImport, WaitingImportKind
from shared.contracts.page import Page
from shared.contracts.translatable import numbered, translatables
from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from downloader.adapters.postgres.tables import DownloadRow, ImportQuestionRow
from downloader.domain.download import Download
from downloader.domain.import_question import FolderQuestion, ImportQuestion


class ImportQuestions:
    """The questions within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def ask(self, download: Download, question: ImportQuestion, now: datetime) -> None:
        """Store a question about the chosen release of a download. It replaces an open one."""
        await self._session.execute(
            delete(ImportQuestionRow).where(
                ImportQuestionRow.download_id == download.id, ImportQuestionRow.answer.is_(None)
            )
        )
        await self._session.execute(
            insert(ImportQuestionRow).values(
                download_id=download.id,
                choice_id=download.choice_id,
                kind=question.kind.value,
                title=download.wanted.title,
                authors=download.wanted.authors,
                reasons=list(question.reasons),
                translatable=_translatable(question.reasons),
                choices=[each.model_dump() for each in question.choices(download)],
                asked_at=now,
            )
        )

    async def ask_about_folder(self, question: FolderQuestion, now: datetime) -> UUID:
        """Store a question about new files, and return its id."""
        stored = await self._session.scalars(
            insert(ImportQuestionRow)
            .values(
                path=question.path,
                kind=WaitingImportKind.FOUND_FOLDER.value,
                title=question.title,
                authors=list(question.authors),
                reasons=list(question.reasons),
                translatable=_translatable(question.reasons),
                choices=[each.model_dump() for each in question.choices],
                asked_at=now,
            )
            .returning(ImportQuestionRow.id)
        )
        return stored.one()

    async def answers(self, download: Download) -> Mapping[WaitingImportKind, str]:
        """The newest answer of each kind about the chosen release of a download."""
        rows = await self._session.execute(
            select(ImportQuestionRow.kind, ImportQuestionRow.answer)
            .where(
                ImportQuestionRow.download_id == download.id,
                ImportQuestionRow.choice_id == download.choice_id,
                ImportQuestionRow.answer.is_not(None),
            )
            .order_by(ImportQuestionRow.answered_at)
        )
        return {WaitingImportKind(kind): answer for kind, answer in rows if answer is not None}

    async def get(self, question_id: UUID) -> WaitingImport | None:
        """One question, locked until the transaction ends; None if there is none or its download continued."""
        found = await self._session.scalars(
            select(ImportQuestionRow)
            .outerjoin(DownloadRow, DownloadRow.id == ImportQuestionRow.download_id)
            .where(ImportQuestionRow.id == question_id, or_(ImportQuestionRow.answer.is_not(None), _waits()))
            .with_for_update(of=ImportQuestionRow)
        )
        row = found.first()
        return None if row is None else _shown(row)

    async def link(self, question_id: UUID, download_id: UUID) -> None:
        """Store the download that imports the files of a question."""
        await self._session.execute(
            update(ImportQuestionRow).where(ImportQuestionRow.id == question_id).values(download_id=download_id)
        )

    async def answer(self, question_id: UUID, choice: str, by: str, now: datetime) -> WaitingImport:
        """Store the answer and return the question with it."""
        stored = await self._session.scalars(
            update(ImportQuestionRow)
            .where(ImportQuestionRow.id == question_id)
            .values(answer=choice, answered_by=by, answered_at=now)
            .returning(ImportQuestionRow)
        )
        return _shown(stored.one())

    async def page(self, query: ListWaitingImports) -> Page[WaitingImport]:
        """One page, oldest first. A question whose download continued without an answer is left out."""
        chosen = select(ImportQuestionRow)
        if query.answered:
            chosen = chosen.where(ImportQuestionRow.answer.is_not(None))
        else:
            chosen = chosen.outerjoin(DownloadRow, DownloadRow.id == ImportQuestionRow.download_id)
            chosen = chosen.where(ImportQuestionRow.answer.is_(None), _waits())
        if query.kind is not None:
            chosen = chosen.where(ImportQuestionRow.kind == query.kind.value)
        total = await self._session.scalar(select(func.count()).select_from(chosen.subquery()))
        rows = await self._session.scalars(
            chosen.order_by(ImportQuestionRow.asked_at, ImportQuestionRow.id).limit(query.limit).offset(query.offset)
        )
        return Page(items=[_shown(row) for row in rows], total=total or 0, limit=query.limit, offset=query.offset)


def _waits() -> ColumnElement[bool]:
    download_waits = (DownloadRow.status == DownloadStatus.COMPLETED.value) & DownloadRow.waiting_for.is_not(None)
    return or_(ImportQuestionRow.download_id.is_(None), download_waits)


def _shown(row: ImportQuestionRow) -> WaitingImport:
    return WaitingImport.model_validate(row, from_attributes=True)


def _translatable(reasons: Sequence[str]) -> dict[str, Any]:
    return {name: each.model_dump() for name, each in translatables(**numbered("reasons", reasons)).items()}
