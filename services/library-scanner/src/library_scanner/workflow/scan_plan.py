"""What a scan would do, in the words of a plan."""

from shared.contracts.library.books import Book
from shared.contracts.runs import PlannedAction

from library_scanner.workflow.sync_items import Took


def planned(took: Took) -> list[PlannedAction]:
    """What taking these items over would store and set going."""
    added = [_action("add", _named(book), f"at {book.path}") for book in took.appeared]
    changed = [
        _action("update", _named(one.stored.book), f"changed in Audiobookshelf: {', '.join(one.changed)}")
        for one in took.changed
    ]
    closed = [
        _action("close_gap", f"{gap.title} by {', '.join(gap.authors)}", "it appeared in the library")
        for gap in (kept.missing_book for kept in took.closed)
    ]
    imports = [_action("confirm_import", each.relative_path, "an import that turned up") for each in took.imports]
    return [*added, *changed, *closed, *imports]


def planned_to_be_archived(path: str) -> PlannedAction:
    return _action("archive", path, "Audiobookshelf no longer has it")


def _action(kind: str, what: str, words: str) -> PlannedAction:
    return PlannedAction(kind=kind, what=what, words=words)


def _named(book: Book) -> str:
    return f"{book.title} by {', '.join(book.authors)}"
