"""Describes what a scan would do."""

from collections.abc import Sequence

from shared.contracts.library.books import Book
from shared.contracts.runs import PlannedAction
from shared.translatable import title_by, translatable

from library_scanner.workflow.sync_items import SyncResult

_APPEARED = translatable("plan.appeared", "it appeared in the library")
_SHOWN = translatable("plan.import_shown", "an import that Audiobookshelf shows by now")


def plan_of(result: SyncResult) -> list[PlannedAction]:
    """Return the actions that storing these items would cause."""
    added = [_action("add", _named(book), _at(book.path)) for book in result.appeared]
    changed = [_action("update", _named(each.stored.book), _changed(each.changed)) for each in result.changed]
    closed = [
        _action("close_gap", title_by(gap.title, gap.authors), _APPEARED)
        for gap in (missing.missing_book for missing in result.closed)
    ]
    imports = [_action("confirm_import", each.relative_path, _SHOWN) for each in result.imports]
    return [*added, *changed, *closed, *imports]


def plan_archiving(path: str) -> PlannedAction:
    """Return the action of archiving the book at a path."""
    return _action("archive", path, translatable("plan.gone", "Audiobookshelf no longer has it"))


def _action(kind: str, what: str, text: str) -> PlannedAction:
    return PlannedAction.of(kind, what, text)


def _named(book: Book) -> str:
    return title_by(book.title, book.authors)


def _at(path: str) -> str:
    return translatable("plan.at", f"at {path}", path=path)


def _changed(fields: Sequence[str]) -> str:
    words = f"changed in Audiobookshelf: {', '.join(fields)}"
    named = [translatable("library.field", each, field=each) for each in fields]
    return translatable("plan.changed", words, fields=named)
