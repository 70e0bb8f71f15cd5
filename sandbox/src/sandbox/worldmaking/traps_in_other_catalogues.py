"""Traps in the catalogues of servers of custom metadata providers: e-books, and recordings in other languages."""

from datetime import date

from sandbox.world import ProviderRecord, Work
from sandbox.worldmaking import facts
from sandbox.worldmaking.bibliography import Bibliography, Entry
from sandbox.worldmaking.maker import WorkRecord, WorldMaker

EWA = "Ewa Brzoza"
"""An invented author. Her works are invented, too."""


def an_e_book_says_nothing_about_the_recording(maker: WorldMaker, _: Bibliography) -> None:
    """Kindle sells the owned book as an e-book of another publisher and year; Audible has the recording."""
    work = maker.work(Entry(EWA, "The Birch Gate", 2014))
    maker.add_records(work)
    _add_e_book(maker, work)
    maker.own(work, without=("narrators", "publisher", "published_year"))


def a_recording_in_another_language_is_another_recording(maker: WorldMaker, _: Bibliography) -> None:
    """Audioteka has a Polish recording with the title and nearly the duration of the owned English one."""
    work = maker.work(Entry(EWA, "Halina", 2016))
    maker.add_records(work)
    _add_polish_recording(maker, work, "Halina", of_another_edition=True)
    maker.own(work, without=("narrators", "publisher", "asin"))


def a_book_that_only_audioteka_knows(maker: WorldMaker, _: Bibliography) -> None:
    """A Polish audiobook is in the catalogue of audioteka alone, and the library lacks its publisher."""
    work = maker.work(Entry(EWA, "Brama z brzozy", 2018))
    polish = work.editions[0].model_copy(update={"language": "Polish", "asin": None})
    work = maker.works[work.id] = work.model_copy(update={"language": "Polish", "editions": [polish]})
    _add_polish_recording(maker, work, work.title)
    maker.own(work, language="Polish", without=("publisher", "isbn"))


def _add_e_book(maker: WorldMaker, work: Work) -> None:
    record = ProviderRecord(
        id=facts.asin("kindle", work.id),
        title=work.title,
        authors=work.authors,
        asin=facts.asin("kindle", work.id),
        publisher="Lowland Digital",
        published=date(2021, 3, 1),
        format="ebook",
    )
    maker.noise["kindle"].append(record)


def _add_polish_recording(maker: WorldMaker, work: Work, title: str, *, of_another_edition: bool = False) -> None:
    edition = work.editions[0]
    record = ProviderRecord(
        id=f"audioteka-{work.id}",
        title=title,
        authors=work.authors,
        narrators=["Zofia Wrona"] if of_another_edition else edition.narrators,
        publisher="Wydawnictwo Sosna",
        published=date(2019, 5, 1),
        language="Polish",
        duration_minutes=(edition.duration_minutes or 600) + (7 if of_another_edition else 0),
    )
    if of_another_edition:
        maker.noise["audioteka"].append(record)
    else:
        maker.records["audioteka"].append(WorkRecord(record, work.id, edition))
