"""Traps about matching: two works look like one, or one work looks like two."""

from collections.abc import Sequence

from sandbox.world import SeriesPlace, Work, WorkKind
from sandbox.worldmaking.bibliography import Bibliography, Entry
from sandbox.worldmaking.maker import Fit, WorldMaker

ANN, ODA, BEA, CORA = "Ann Calloway", "Oda Vinterberg", "Bea Drummond", "Cora Linden"
"""Invented authors. All their works are invented, too."""


def volumes_of_the_same_duration(maker: WorldMaker, _: Bibliography) -> None:
    """The titles of a series are its name and a number; all have the same narrator and nearly the same duration."""
    series = "The Salt Warden"
    titles = (series, f"{series} 2", f"{series} 3")
    works = _series(maker, ANN, series, titles)
    for number, work in enumerate(works):
        same = {"narrators": ["Edith Marchetti"], "duration_minutes": 600 + 3 * number}
        edition = work.editions[0].model_copy(update=same)
        works[number] = maker.works[work.id] = work.model_copy(update={"editions": [edition]})
        maker.add_records(works[number])
    for work in works[:2]:
        maker.own(work, without=("asin",))
    third = works[2]
    maker.offer(third)
    maker.offer(third, fit=Fit.WRONG, indexer="prowlarr", title=f"{series} Trilogy by {ANN} [ENG / M4B]", seeders=90)
    maker.offer(third, fit=Fit.WRONG, title=f"{series} 3 (Full-Cast Edition)", seeders=95, minutes=590)
    for title in (f"{series} Cookbook", f"The World of {series}", f"{series} 1-3", f"Three Novels by {ANN}"):
        maker.add_noise("audible", title, ANN, language="English")
    for title in ("N/A", "null", "Unknown", "Untitled"):
        maker.add_noise("audible", title, ANN, language="English")
        maker.add_noise("hardcover", title, ANN, language="English", format="audio")


def a_series_name_without_its_last_word(maker: WorldMaker, _: Bibliography) -> None:
    """Library and Hardcover have the Red Tide Saga, Audible has Red Tide; one volume is only at Audible."""
    works = _series(maker, ODA, "Red Tide Saga", ("Low Water", "Bread & Brine", "The 9th Wave"))
    for work in works:
        sequence = work.series[0].sequence
        maker.add_audible_record(work, series=[SeriesPlace(name="Red Tide", sequence=sequence)])
    for work in works[:2]:
        maker.add_hardcover_record(work)
    maker.own(works[0])
    maker.own(works[1], title="Bread and Brine", without=("asin",))
    wave = works[2]
    maker.offer(wave, fit=Fit.WRONG, indexer="prowlarr", title=f"Red Tide Saga by {ODA} [ENG / M4B]", seeders=80)
    maker.offer(
        wave, indexer="prowlarr", title=f"The Ninth Wave by {ODA} (read by {wave.editions[0].narrators[0]}) [ENG / M4B]"
    )
    maker.add_noise("audible", f"{works[0].title} (Penguin Classics)", ODA, language="English", duration_minutes=None)


def an_author_in_the_title_of_a_trilogy(maker: WorldMaker, _: Bibliography) -> None:
    """An owned trilogy has its author in the title; its first volume has the title of the trilogy."""
    series = "Grey Harbour"
    works = _series(maker, BEA, series, (series, "Grey Water", "Grey Morning", "Grey Tower"))
    for work in works:
        maker.add_records(work)
    trilogy = maker.work(
        Entry(BEA, f"{series} Trilogy", 2011, kind=WorkKind.OMNIBUS),
        series=[SeriesPlace(name=series, sequence="1-3")],
        contains=[work.id for work in works[:3]],
    )
    maker.add_audible_record(trilogy, compilation=True)
    title = f"{series} Trilogy - {BEA}"
    maker.own(trilogy, title=title, folder=f"{BEA}/{title}", without=("asin", "isbn"))
    maker.own(works[3])


def volumes_that_differ_in_their_subtitles(maker: WorldMaker, _: Bibliography) -> None:
    """Two volumes have one main title and different subtitles; the first is owned, and a release of it is offered."""
    works = _series(maker, CORA, "Rainfall", ("Umbrella: The Dark Night", "Umbrella: The Bright Day", "The Third Drop"))
    for work in works:
        maker.add_records(work)
    night, day, drop = works
    maker.own(night)
    maker.own(drop)
    maker.offer(day, fit=Fit.WRONG, indexer="prowlarr", title=f"{night.title} by {CORA} [ENG / M4B]", seeders=90)
    maker.offer(day)


def _series(maker: WorldMaker, author: str, series: str, titles: Sequence[str]) -> list[Work]:
    """The works of a series with these titles, numbered from 1."""
    return [
        maker.work(Entry(author, title, 2010 + number, series, str(number)))
        for number, title in enumerate(titles, start=1)
    ]
