"""What is left to ask a provider about a book, by what the others found."""

from typing import Any

from metadata.domain.confidence import Judgement
from metadata.domain.descriptions import of_book
from metadata.domain.open_questions import OpenQuestions, open_questions
from metadata.domain.provider_queries import questions_about
from metadata_builders import a_book, an_entry


def left(entries: list[Any], *, only_the_edition: bool = True, **changes: Any) -> OpenQuestions:
    """What is left to ask about an owned book."""
    owned = of_book(a_book(**changes))
    return open_questions(Judgement(owned), entries, questions_about(owned), only_the_edition=only_the_edition)


def test_while_nothing_is_found_titles_are_searched_with_and_without_the_author() -> None:
    questions = left([])
    assert (questions.asin, questions.sure_author) == (None, False)
    assert [each.title for each in questions.titles] == ["marvelous land of oz"]


def test_an_edition_found_by_narrator_and_duration_is_asked_for_by_its_asin_and_its_author() -> None:
    questions = left([an_entry()], asin=None)
    assert (questions.asin, questions.sure_author) == ("B0OZ000002", True)


def test_the_asin_of_the_book_itself_was_asked_for_before() -> None:
    questions = left([an_entry()])
    assert (questions.asin, questions.sure_author) == (None, True)


def test_a_work_whose_edition_is_unknown_leaves_everything_open() -> None:
    questions = left([an_entry(narrators=[], duration_minutes=None)], asin=None)
    assert (questions.asin, questions.sure_author) == (None, False)


def test_a_person_who_wants_other_editions_too_gets_every_search() -> None:
    questions = left([an_entry()], asin=None, only_the_edition=False)
    assert (questions.asin, questions.sure_author) == (None, False)


def test_the_asin_of_a_printed_edition_is_not_asked_for() -> None:
    printed = an_entry(is_audio=False, asin="B0KINDLE01", isbn="9780306406157", narrators=[], duration_minutes=None)
    questions = left([printed], asin=None)
    assert (questions.asin, questions.sure_author) == (None, True)


def test_words_without_an_author_are_not_searched_once_the_author_is_known() -> None:
    name = "the marvelous land of oz frank baum"
    texts: dict[str, Any] = {"title": name, "path": name, "authors": [], "series": []}
    assert any(not each.authors for each in left([], **texts).titles)
    questions = left([an_entry()], **texts)
    assert [each.authors for each in questions.titles if not each.authors] == []
    assert ("The Marvelous Land of Oz", ("L. Frank Baum",)) in [(each.title, each.authors) for each in questions.titles]


def test_another_spelling_of_the_surname_is_asked_for_as_the_identified_entry_has_it() -> None:
    questions = left([an_entry(authors=["L. Frank Baume"])])
    assert questions.titles[0].authors == ("L. Frank Baume",)
    assert left([an_entry()]).titles[0].authors == ("L. Frank Baum",)
