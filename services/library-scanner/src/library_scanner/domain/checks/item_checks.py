"""Checks single items: several books in one, covers, the language, and abridged books without the mark."""

from collections.abc import Iterator

from shared.books.repairs.abridged import says_abridged
from shared.books.text.languages import language_code, script_language, translated_edition
from shared.contracts.library.books import Book
from shared.contracts.library.findings import FindingKind
from shared.contracts.values import Reason

from library_scanner.domain.books_in_item import is_file, where_to_move
from library_scanner.domain.checks.found import Found
from library_scanner.domain.checks.group import Group

_ONE_SCRIPT = ({"ru", "uk", "bg", "sr"}, {"zh", "ja"}, {"ar", "fa"})
"""Languages that share a script: the letters do not tell one from the other."""
_NOT_A_LANGUAGE = frozenset({"", "und", "unknown", "n a", "na", "none", "null", "undefined", "xx", "zxx", "mul"})


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


def check_languages(group: Group) -> Iterator[Found]:
    """Books without a language, and those whose title or edition is in another one."""
    for book in group.books:
        code = language_code(book.language)
        if not book.language or (code is None and book.language.strip().casefold() in _NOT_A_LANGUAGE):
            words = f"“{book.title}” has no language"
            yield Found(FindingKind.NO_LANGUAGE, (book.id,), words, (book.language or "",))
            continue
        reasons = _contradictions(group, book, code)
        if reasons:
            yield Found(
                FindingKind.WRONG_LANGUAGE,
                (book.id,),
                f"the language of “{book.title}” is “{book.language}”, but {reasons[0].words}",
                (book.language, *(reason.words for reason in reasons)),
                tuple(reasons),
            )


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


def _contradictions(group: Group, book: Book, code: str | None) -> list[Reason]:
    reasons = []
    if code is None:
        reasons.append(Reason(rule="no language", words=f"“{book.language}” is no language", weight=0.9))
        return reasons
    script = script_language(book.title)
    if script and script != code and not any({script, code} <= each for each in _ONE_SCRIPT):
        reasons.append(Reason(rule="script", words=f"the title is written in the script of “{script}”", weight=0.9))
    edition = translated_edition(" ".join((book.title, book.subtitle or "")))
    if edition and edition != code:
        reasons.append(Reason(rule="edition", words=f"the title names an edition in “{edition}”", weight=0.9))
    for each in group.editions.get(book.id, ()):
        other = language_code(each.language)
        if each.identified and other and other != code:
            words = f"{each.provider} lists this edition ({each.id}) in “{each.language}”"
            reasons.append(Reason(rule="provider", words=words, weight=0.9))
    return reasons
