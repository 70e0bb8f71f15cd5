"""Describes what a scan would do."""

from shared.contracts.library.books import Book
from shared.contracts.runs import PlannedAction

from library_scanner.workflow.sync_items import SyncResult


def plan_of(result: SyncResult) -> list[PlannedAction]:
    """Return the actions that storing these items would cause."""
    added = [_action("add", _named(book), f"at {book.path}") for book in result.appeared]
    changed = [
        _action("update", _named(synced.stored.book), f"changed in Audiobookshelf: {', '.join(synced.changed)}")
        for synced in result.changed
    ]
    closed = [
        _action("close_gap", f"{gap.title} by {', '.join(gap.authors)}", "it appeared in the library")
        for gap in (missing.missing_book for missing in result.closed)
    ]
    imports = [
        _action("confirm_import", each.relative_path, "an import that Audiobookshelf shows by now")
        for each in result.imports
    ]
    return [*added, *changed, *closed, *imports]


def plan_archiving(path: str) -> PlannedAction:
    """Return the action of archiving the book at a path."""
    return _action("archive", path, "Audiobookshelf no longer has it")


def _action(kind: str, what: str, text: str) -> PlannedAction:
    return PlannedAction(kind=kind, what=what, words=text)


def _named(book: Book) -> str:
    return f"{book.title} by {', '.join(book.authors)}"
