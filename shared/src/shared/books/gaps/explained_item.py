"""Whether a work explains all words of an owned book's texts: by its title, series and author."""

from dataclasses import replace
from functools import partial

from shared.books.description import BookDescription, Reason
from shared.books.gaps.works import without_series
from shared.books.matching.same_work import Answer, Verdict
from shared.books.releases.explained_name import Sought, explain, sought
from shared.books.releases.name_words import runs_of, words_of
from shared.books.releases.people_in_names import find_people
from shared.books.text.names import same_people
from shared.translatable import translatable

IN_FULL, BY_MAIN_TITLE = 0.02, 0.12
"""The distances of a book whose every word the work explains, by its whole title or without the subtitle."""


def nearer_verdict(compared: Verdict, work: BookDescription, item: BookDescription) -> Verdict:
    """The verdict of a comparison, or a nearer one if the work explains every word of the item's texts.

    Gaps and metadata both use it, so that an owned book is the same work for both.
    """
    explained = explained_by(work, item)
    if explained is None or (compared.answer is Answer.SAME and compared.distance <= explained.distance):
        return compared
    return explained


def explained_by(entry: BookDescription, item: BookDescription) -> Verdict | None:
    """A verdict that the item is the work of a catalogue entry, if the entry explains all of its texts, else None."""
    work = sought(replace(entry, title=without_series(entry.title)))
    path = (item.path or "").strip("/")
    names = [f"{item.title} - {item.subtitle}" if item.subtitle else item.title, path.rpartition("/")[2]]
    author_known = bool(item.authors) and same_people(item.authors, entry.authors)
    if item.authors and not author_known:
        return None
    around = words_of(path.replace("/", " - "))
    author_known = author_known or bool(find_people(around, work.people)) or _in_series_folder(work, path)
    for name in names:
        if name:
            read = explain(work, name, author_given=author_known)
            if read.whole and read.place in (None, work.place):
                distance = IN_FULL if read.in_full else BY_MAIN_TITLE
                return Verdict(Answer.SAME, 0.9, distance, partial(_explained, name[:100]))
    return None


def _explained(text: str) -> tuple[Reason]:
    words = f"title, series and author of the work explain every word of “{text}”"
    return (Reason("explained", translatable("match.explained", words, text=text), 1.0),)


def _in_series_folder(work: Sought, path: str) -> bool:
    """Whether a folder has the name of the series. It replaces an author who is not named."""
    folders = words_of(path.rpartition("/")[0].replace("/", " - "))
    return any(runs_of(folders, name) for name in work.series if len("".join(name)) > 5)
