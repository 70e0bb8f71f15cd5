"""Checks items: several books in one, one within the folder of another, and abridged books without the mark."""

from collections.abc import Iterator

from shared.books.repairs.abridged import says_abridged
from shared.contracts.library.books import Book
from shared.contracts.library.findings import FindingKind
from shared.contracts.metadata.refreshes import KnownEdition
from shared.contracts.values import Reason
from shared.translatable import translatable

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
        where = where_to_move(book)
        words = translatable("finding.contents", f"“{book.path}” {where}", path=book.path, where=where)
        evidence = tuple(Reason.of("inside the item", path) for path in book.contents[:8])
        yield Found(kind, (book.id,), words, (book.path, *sorted(book.contents)), evidence)


def check_nested_items(group: Group) -> Iterator[Found]:
    """Items within the folder of another item: a later scan of Audiobookshelf may make one item of both."""
    outer: list[Book] = []
    for book in sorted(group.books, key=lambda each: (each.path.split("/"), str(each.id))):
        while outer and not book.path.startswith(f"{outer[-1].path}/"):
            outer.pop()
        if outer:
            title, folder = outer[-1].title, outer[-1].path
            words = f"“{book.path}” is within the folder of “{title}”, which is another item"
            words = translatable("finding.nested", words, path=book.path, title=title)
            inside = f"“{folder}” contains “{book.path}”"
            inside = translatable("finding.folder_contains", inside, folder=folder, path=book.path)
            evidence = (Reason.of("folder in a folder", inside),)
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
            Reason.of(f"abridged in {name}", _says(name, text), 0.95)
            for name, text in texts.items()
            if says_abridged(text)
        ]
        editions = group.editions.get(book.id, ())
        reasons += [
            Reason.of("abridged edition", _abridged(each), 0.9)
            for each in editions
            if each.identified and each.abridged
        ]
        if reasons:
            words = f"“{book.title}” is abridged and not marked as abridged"
            words = translatable("finding.abridged", words, title=book.title)
            facts = (book.title, book.path, *(reason.words for reason in reasons))
            yield Found(FindingKind.ABRIDGED_UNMARKED, (book.id,), words, facts, tuple(reasons))


def _says(place: str, text: str) -> str:
    return translatable("finding.says", f"the {place} says “{text}”", place=place, text=text)


def _abridged(edition: KnownEdition) -> str:
    provider, number = edition.provider, edition.id
    words = f"{provider} lists this edition ({number}) as abridged"
    return translatable("finding.listed_abridged", words, provider=provider, id=number)
