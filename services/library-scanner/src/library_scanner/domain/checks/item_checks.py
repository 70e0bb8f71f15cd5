"""Checks items: several books in one, one within the folder of another, and abridged books without the mark."""

from collections.abc import Iterator

from shared.books.repairs.abridged import says_abridged
from shared.contracts.library.books import Book
from shared.contracts.library.findings import FindingKind
from shared.contracts.metadata.refreshes import KnownEdition
from shared.contracts.values import Reason
from shared.translatable import translatable

from library_scanner.domain.books_in_item import is_file, where_to_move
from library_scanner.domain.checks.found import TEXTS, Found, repair
from library_scanner.domain.checks.group import Group

_SAID, _LISTED, _LISTED_ONLY, _CONTRADICTED = 0.95, 0.95, 0.8, 0.75
"""How sure it is that a recording is abridged: it says so, its edition of the same duration does, its edition without a
known duration does, or one of these while another entry of the edition denies it."""
_OTHER_RECORDING = 0.5
"""The same if the edition has another duration: the ASIN may be that of another recording."""
_CLOSE = 0.03
"""Durations of one recording differ by credits and pauses."""


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
    """Abridged books that are not marked as abridged, with the mark as their repair."""
    for book in group.books:
        if book.abridged:
            continue
        texts = {"title": book.title, "subtitle": book.subtitle or "", "folder": book.path.rpartition("/")[2]}
        reasons = [
            Reason.of(f"abridged in {name}", _says(name, text), _SAID)
            for name, text in texts.items()
            if says_abridged(text)
        ]
        said = bool(reasons)
        editions = [each for each in group.editions.get(book.id, ()) if each.identified]
        reasons += [
            Reason.of("abridged edition", _abridged(each), _listed(book, each)) for each in editions if each.abridged
        ]
        if reasons:
            words = f"“{book.title}” is abridged and not marked as abridged"
            words = translatable("finding.abridged", words, title=book.title)
            facts = (book.title, book.path, *(reason.words for reason in reasons))
            denied = any(each.abridged is False and _same_duration(book, each) is not False for each in editions)
            score = min(max(each.weight for each in reasons), _CONTRADICTED if denied else 1.0)
            source = TEXTS if said else next(each.provider for each in editions if each.abridged)
            mark = repair(book, "abridged", True, "abridged_found", score, *reasons, source=source)
            yield Found(FindingKind.ABRIDGED_UNMARKED, (book.id,), words, facts, tuple(reasons), repairs=mark)


def _listed(book: Book, edition: KnownEdition) -> float:
    same = _same_duration(book, edition)
    return _LISTED_ONLY if same is None else _LISTED if same else _OTHER_RECORDING


def _same_duration(book: Book, edition: KnownEdition) -> bool | None:
    """None if one of the durations is unknown."""
    if not book.duration_seconds or not edition.duration_minutes:
        return None
    minutes, listed = book.duration_seconds / 60, edition.duration_minutes
    return abs(minutes - listed) <= _CLOSE * max(minutes, listed)


def _says(place: str, text: str) -> str:
    return translatable("finding.says", f"the {place} says “{text}”", place=place, text=text)


def _abridged(edition: KnownEdition) -> str:
    provider, number = edition.provider, edition.id
    words = f"{provider} lists this edition ({number}) as abridged"
    return translatable("finding.listed_abridged", words, provider=provider, id=number)
