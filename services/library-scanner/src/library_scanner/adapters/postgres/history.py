"""Stores what happened to books and missing books, and returns it as a timeline."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from shared.chassis.retention import prune, prune_chassis
from shared.chassis.traces import trace_id
from shared.contracts.system import Timeline, TimelineEntry
from shared.contracts.translatable import Translatable, translatables, with_code
from shared.contracts.values import Reason
from shared.translatable import all_of, translatable
from sqlalchemy import RowMapping, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from library_scanner.adapters.postgres.tables import BOOKS, CHASSIS, DRY_RUNS, EXPECTED_IMPORTS, HISTORY, MISSING_BOOKS

SERVICE = "library-scanner"


class History:
    """The history within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def note(
        self, kind: str, words: str, at: datetime, *, missing_book_id: UUID | None = None, book_id: UUID | None = None
    ) -> None:
        """Add an entry."""
        row = {"at": at, "kind": kind, "words": words, "missing_book_id": missing_book_id, "book_id": book_id}
        codes = next((each.model_dump() for each in translatables(words=words).values()), None)
        await self._session.execute(insert(HISTORY).values(**row, translatable=codes, trace_id=trace_id()))

    async def timeline(self, missing: Iterable[UUID], downloads: Iterable[UUID], books: Iterable[UUID]) -> Timeline:
        """Return the entries of these missing books, downloads and books, oldest first, using four statements."""
        missing_ids, download_ids, book_ids = set(missing), set(downloads), set(books)
        of_import = EXPECTED_IMPORTS.c
        imports = await self._rows(
            select(EXPECTED_IMPORTS).where(
                or_(
                    of_import.download_id.in_(download_ids),
                    of_import.missing_book_id.in_(missing_ids),
                    of_import.book_id.in_(book_ids),
                )
            )
        )
        missing_ids |= {row["missing_book_id"] for row in imports if row["missing_book_id"]}
        gaps = await self._rows(select(MISSING_BOOKS).where(MISSING_BOOKS.c.id.in_(missing_ids)))
        book_ids |= {row["book_id"] for row in (*imports, *gaps) if row["book_id"]}
        owned = await self._rows(select(BOOKS).where(BOOKS.c.id.in_(book_ids)))
        noted = await self._rows(
            select(HISTORY).where(or_(HISTORY.c.missing_book_id.in_(missing_ids), HISTORY.c.book_id.in_(book_ids)))
        )
        entries = [
            _entry(row["at"], row["kind"], _noted(row)).model_copy(update={"trace_id": row["trace_id"]})
            for row in noted
        ]
        entries += [_gap(row) for row in gaps]
        entries += [each for row in owned for each in _book(row)]
        entries += [each for row in imports for each in _import(row)]
        return Timeline(
            entries=sorted(entries, key=lambda entry: entry.at),
            missing_book_ids=sorted(missing_ids),
            download_ids=sorted(download_ids | {row["download_id"] for row in imports}),
            book_ids=sorted(book_ids),
        )

    async def prune(self, now: datetime, *, retention: timedelta, dry_run: bool) -> dict[str, int]:
        """Delete rows older than `retention`, or only count them in a dry run. Returns the number of rows by table."""
        before = now - retention
        done = EXPECTED_IMPORTS.c.book_id.is_not(None) & (EXPECTED_IMPORTS.c.first_attempt_at < before)
        return {
            "history": await prune(self._session, HISTORY, HISTORY.c.at < before, dry_run=dry_run),
            "expected_imports": await prune(self._session, EXPECTED_IMPORTS, done, dry_run=dry_run),
            "dry_runs": await prune(self._session, DRY_RUNS, DRY_RUNS.c.began_at < before, dry_run=dry_run),
            **await prune_chassis(self._session, CHASSIS, now=now, dry_run=dry_run),
        }

    async def _rows(self, statement: Any) -> list[RowMapping]:
        return list((await self._session.execute(statement)).mappings())


def _entry(at: datetime, kind: str, words: str, **details: Any) -> TimelineEntry:
    kept = translatables(words=words)
    return TimelineEntry(at=at, service=SERVICE, kind=kind, words=words, details=details, translatable=kept)


def _noted(row: RowMapping) -> str:
    stored = row["translatable"]
    return with_code(row["words"], None if stored is None else Translatable(**stored))


def _gap(row: RowMapping) -> TimelineEntry:
    in_series = row["reason"] == "series_gap"
    what = f"of the series {row['series']}" if in_series else f"by {', '.join(row['authors'])}"
    reasons = [Reason.model_validate(each) for each in row["evidence"]]
    evidence = all_of([with_code(each.words, each.translatable.get("words")) for each in reasons])
    words = translatable(
        "library.gap",
        f"“{row['title']}” {what} is missing from the library, listed by {row['source']}: {evidence}",
        title=row["title"],
        series=row["series"] if in_series else None,
        authors=None if in_series else row["authors"],
        source=row["source"],
        evidence=evidence,
    )
    return _entry(row["identified_at"], "gap_found", words, evidence=row["evidence"], reason=row["reason"])


def _book(row: RowMapping) -> list[TimelineEntry]:
    title = row["title"]
    appeared = translatable("library.added", f"“{title}” was added to Audiobookshelf", title=title)
    if row["abs_id"] is None:
        appeared = translatable("library.entered", f"“{title}” was entered by hand", title=title)
    sources: dict[str, list[str]] = {}
    for field, source in row["metadata_source"].items():
        sources.setdefault(source, []).append(field)
    fields_by_source = [_of_source(source, sorted(fields)) for source, fields in sorted(sources.items())]
    entries = [_entry(row["added_at"], "book_appeared", appeared)]
    if fields_by_source:
        at = row["last_metadata_update_at"] or row["added_at"]
        words = f"sources of its fields: {'; '.join(fields_by_source)}"
        words = translatable("library.fields_from", words, sources=fields_by_source)
        entries.append(_entry(at, "fields_from", words, sources=row["metadata_source"]))
    return entries


def _of_source(source: str, fields: Sequence[str]) -> str:
    named = [translatable("library.field", each, field=each) for each in fields]
    return translatable("library.fields_of", f"{source}: {', '.join(fields)}", source=source, fields=named)


def _import(row: RowMapping) -> list[TimelineEntry]:
    path = row["path"]
    words = translatable("library.import_expected", f"waiting for Audiobookshelf to show {path}", path=path)
    entries = [_entry(row["first_attempt_at"], "import_expected", words)]
    if row["book_id"]:
        at = max(each for each in (row["first_attempt_at"], row["scan_asked_at"], row["given_up_at"]) if each)
        words = translatable("library.import_confirmed", f"Audiobookshelf shows {path}", path=path)
        entries.append(_entry(at, "import_confirmed", words, book_id=str(row["book_id"])))
    elif row["given_up_at"]:
        words = translatable("library.import_unconfirmed", f"Audiobookshelf did not show {path} in time", path=path)
        entries.append(_entry(row["given_up_at"], "import_unconfirmed", words))
    return entries
