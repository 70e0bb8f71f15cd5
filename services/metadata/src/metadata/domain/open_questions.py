"""What is left to ask a provider about a book, by what the others found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shared.books.text.identifiers import asin
from shared.books.text.names import people
from shared.contracts.metadata.bibliographies import CataloguedWork

from metadata.domain.confidence import Judged, Judgement
from metadata.domain.provider_queries import Question, different

MAX_TITLES_FOUND = 2
"""Titles found at one provider that are searched at the others."""


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """The ASIN to look up first, if there is one, and the titles to search until one of them finds the book.

    With `sure_author`, a title is searched only by its author: another provider has confirmed the name.
    """

    asin: str | None
    titles: Sequence[Question]
    sure_author: bool


def open_questions(
    judge: Judgement, found: Iterable[CataloguedWork], read: Sequence[Question], *, only_the_edition: bool
) -> OpenQuestions:
    """The questions to a provider, from the entries that others found and the titles `read` from the book's texts.

    The titles found come first. If the edition itself was found, and no other is wanted, its ASIN comes before them,
    and nothing is searched without an author: such searches are for books whose author is unknown or misspelled.
    """
    judged = judge(found)
    titles = different([*found_titles(judge, judged), *read])
    edition = [each.entry for each in judged if each.identified] if only_the_edition else []
    if not edition:
        return OpenQuestions(None, titles, sure_author=False)
    number = next((asin(each.asin) for each in edition if each.asin and each.is_audio is not False), None)
    new = number if number != asin(judge.owned.asin) else None
    return OpenQuestions(new, [each for each in titles if each.authors] or titles, sure_author=True)


def found_titles(judge: Judgement, judged: Iterable[Judged]) -> list[Question]:
    """The titles of entries that are surely the book, at most two, by the authors of the book."""
    questions = dict.fromkeys(Question(each.entry.title, _authors(judge, each)) for each in judged if each.same_work)
    return list(questions)[:MAX_TITLES_FOUND]


def _authors(judge: Judgement, found: Judged) -> tuple[str, ...]:
    """The authors as the book names them; as the entry does, if it shows another spelling of the surname."""
    owned, listed = judge.owned.authors, tuple(found.entry.authors)
    is_known = not found.identified or _surnames(owned) & _surnames(listed)
    return owned if owned and (is_known or not listed) else listed


def _surnames(names: Sequence[str]) -> set[str]:
    return {each.surname for each in people(names)}
