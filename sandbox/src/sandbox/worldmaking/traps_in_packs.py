"""Traps in releases that hold several books."""

from sandbox.world import AudioFile, SeriesPlace
from sandbox.worldmaking.bibliography import Bibliography, Entry
from sandbox.worldmaking.maker import Fit, WorldMaker

AUTHOR, SERIES = "Cornelius Thwaite", "The Saltmarsh Cases"
TITLES = ("The Eel Catcher", "A Light on the Dyke", "The Drowned Parish", "Seven Herons", "The Customs Clerk")
"""An invented series, because its only releases are a pack and an omnibus."""


def a_pack_fills_three_gaps(maker: WorldMaker, _books: Bibliography) -> None:
    """Three missing books are offered only together with the owned ones: in one file each, and all in one file."""
    works = [maker.work(Entry(AUTHOR, title, 1921 + n, SERIES, str(n))) for n, title in enumerate(TITLES, 1)]
    for work in works:
        maker.add_records(work)
    maker.own(works[0])
    maker.own(works[1], without=("narrators",))
    span = [SeriesPlace(name=SERIES, sequence="1-5")]
    lengths = [work.editions[0].duration_minutes or 300 for work in works]
    maker.offer(
        works[2],
        fit=Fit.WRONG,
        title=f"{SERIES} Omnibus, Books 1-5",
        series=span,
        minutes=sum(lengths),
        files=[AudioFile(name=f"{SERIES} Omnibus.m4b", duration_minutes=sum(lengths))],
        seeders=90,
    )
    pack = maker.offer(
        works[2],
        title=f"{SERIES}, Books 1-5",
        series=span,
        minutes=sum(lengths),
        files=[
            AudioFile(name=f"{n:02} - {work.title}/{work.title}.m4b", duration_minutes=length)
            for n, (work, length) in enumerate(zip(works, lengths, strict=True), 1)
        ],
        folder=f"{SERIES} 1-5",
        seeders=30,
    )
    maker.also_fills[pack.key] = [work.id for work in works[3:]]
