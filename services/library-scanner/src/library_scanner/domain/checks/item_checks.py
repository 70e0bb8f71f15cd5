"""Checks items: several books in one, one within the folder of another, and abridged books without the mark."""

from collections.abc import Iterator

from shared.books.repairs.abridged import says_abridged
from shared.contracts.library.books import Book
from shared.contracts.library.findings import FindingKind
from shared.contracts.values import Reason

from library_scanner.domain.books_in_item import is_file, where_to_move
from library_scanner.domain.checks.found import Found
from library_scanner.domain.checks.group import Group


def check_contents(group: Group) -> Iterator[Found]:
    """Items with several books: as files beside each other, or as folders within the folder of a book."""
    for book in group.books:
        if not book.contents:
            continue
        kind = (
            FindingKind.SEVERAL_BOOKS_IN_ONE_ITEM
            if any(is_file(path) for path in book.contents)
            else FindingKind.BOOK_INSIDE_BOOK
        )
        words = f"“{book.path}” {where_to_move(book)}"
        evidence = tuple(Reason(rule="inside the item", words=path) for path in book.contents[:8])
        yield Found(kind, (book.id,), words, (book.path, *sorted(book.contents)), evidence)


def check_nested_items(group: Group) -> Iterator[Found]:
    """Items within the folder of another item: a later scan of Audiobookshelf may make one item of both."""
    outer: list[Book] = []
    for book in sorted(group.books, key=lambda each: (each.path.split("/"), str(each.id))):
        while outer and not book.path.startswith(f"{outer[-1].path}/"):
            outer.pop()
        if outer:
            words = f"“{book.path}” is within the folder of “{outer[-1].title}”, which is another item"
            evidence = (Reason(rule="folder in a folder", words=f"“{outer[-1].path}” contains “{book.path}”"),)
            ids = (book.id, outer[-1].id)
            yield Found(FindingKind.BOOK_INSIDE_BOOK, ids, words, (book.path, outer[-1].path), evidence)
        if book.path:
            outer.append(book)


def check_abridged(group: Group) -> Iterator[Found]:
    """Abridged books that are not marked as abridged."""
    for book in group.books:
        if book.abridged:
            continue
        texts = {"title": book.title, "subtitle": book.subtitle or "", "folder": book.path.rpartition("/")[2]}
        reasons = [
            Reason(rule=f"abridged in {name}", words=f"the {name} says “{text}”", weight=0.95)
            for name, text in texts.items()
            if says_abridged(text)
        ]
        editions = group.editions.get(book.id, ())
        reasons += [
            Reason(
                rule="abridged edition", words=f"{each.provider} lists this edition ({each.id}) as abridged", weight=0.9
            )
            for each in editions
            if each.identified and each.abridged
        ]
        if reasons:
            words = f"“{book.title}” is abridged and not marked as abridged"
            facts = (book.title, book.path, *(reason.words for reason in reasons))
            yield Found(FindingKind.ABRIDGED_UNMARKED, (book.id,), words, facts, tuple(reasons))
