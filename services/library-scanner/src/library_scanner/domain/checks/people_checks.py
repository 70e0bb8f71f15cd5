"""Checks authors and narrators: swapped, listed in the wrong field, or written in several ways."""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from shared.books.repairs.people import right_people
from shared.books.text.names import person
from shared.contracts.library.books import Book
from shared.contracts.library.findings import FindingKind
from shared.contracts.values import Reason
from shared.translatable import translatable

from library_scanner.domain.checks.found import PROPOSE_FROM, Found, Repair, repair
from library_scanner.domain.checks.group import Group


def check_people(group: Group) -> Iterator[Found]:
    """Books whose narrator is in the field of the authors."""
    for book in group.books:
        right = right_people(book.authors, book.narrators, group.names.roles, folder=book.path)
        if right is None:
            continue
        reason = Reason.of("people of the library", right.words, right.score)
        repairs = (
            *repair(book, "authors", list(right.authors), "people_swapped", right.score, reason),
            *repair(book, "narrators", list(right.narrators), "people_swapped", right.score, reason),
        )
        wrong = ", ".join(name for name in book.authors if name not in right.authors)
        yield Found(
            FindingKind.NARRATOR_AS_AUTHOR,
            (book.id,),
            translatable(
                "finding.narrator_as_author",
                f"“{book.title}” has its narrator {wrong} as an author",
                title=book.title,
                narrator=wrong,
            ),
            (*book.authors, "|", *book.narrators),
            (reason,),
            repairs=repairs,
        )


def check_spellings(group: Group) -> Iterator[Found]:
    """Authors that other books write in another way. One finding for each person."""
    books: dict[str, list[Book]] = defaultdict(list)
    spellings = {name: each for name, each in group.names.spellings.items() if each.score >= PROPOSE_FROM}
    for book in group.books:
        for name in book.authors:
            if name in spellings:
                books[spellings[name].better].append(book)
    for better, of_person in books.items():
        unique: dict[UUID, Book] = {book.id: book for book in of_person}
        names = sorted(
            {
                name
                for book in of_person
                for name in book.authors
                if name in spellings and spellings[name].better == better
            }
        )
        reasons = tuple(Reason.of("spelling", spellings[name].words, spellings[name].score) for name in names)
        repairs: list[Repair] = []
        for book in unique.values():
            mine = [spellings[name] for name in book.authors if name in spellings]
            new = list(dict.fromkeys(spellings[name].better if name in spellings else name for name in book.authors))
            repairs += repair(book, "authors", new, "name_spelling", min(each.score for each in mine), *reasons)
        listed = ", ".join(f"“{name}”" for name in names)
        yield Found(
            FindingKind.AUTHOR_SPELLINGS,
            tuple(unique),
            translatable("finding.spellings", f"“{better}” is also written {listed}", name=better, others=listed),
            (better, *names),
            reasons,
            subject="|".join(sorted({person(name).letters for name in (better, *names)})),
            repairs=tuple(repairs),
        )
