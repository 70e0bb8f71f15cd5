"""The large world: 3,000 books owned. Real bibliographies first, invented authors for the rest."""

from sandbox.world import Account, SeriesPlace, Work, World
from sandbox.worldmaking import facts
from sandbox.worldmaking.bibliography import Bibliography, Entry
from sandbox.worldmaking.invented import Inventor
from sandbox.worldmaking.maker import Fit, WorldMaker, listing
from sandbox.worldmaking.mess import mess_of
from sandbox.worldmaking.settings import WORLD_SETTINGS
from sandbox.worldmaking.truth import derive

OWNED_BOOKS = 3000
_MORE_AUTHORS_THAN_NEEDED = 700
_MOST_GAPS_OF_AN_AUTHOR = 8
DESCRIPTION = (
    "3,000 books owned. About 470 works are real (sandbox/src/sandbox/worldmaking/bibliography.txt); "
    "all other authors and their works are invented, as is every audio edition."
)


_ROOMY = Account(classname="Elite VIP", unsatisfied_limit=1000)
"""An account that may take every gap at once: the limit of a smaller one is no gap's fault."""


def large_world() -> World:
    """The whole world, the same each time."""
    maker, books = WorldMaker(account=_ROOMY), Bibliography.of_the_project()
    by_author: dict[str, list[Entry]] = {}
    for entry in books.entries:
        by_author.setdefault(entry.author, []).append(entry)
    inventor = Inventor({entry.title for entry in books.entries})
    for works in (*by_author.values(), *inventor.authors(_MORE_AUTHORS_THAN_NEEDED)):
        _settle(maker, works)
        if len(maker.books) >= OWNED_BOOKS:
            break
    truth = derive(maker)
    for missing in truth.missing:
        _offer(maker, maker.works[missing.work])
    settings = {**WORLD_SETTINGS, "AUTHOR_TOP_COUNT": "1000"}
    world = maker.world("large", DESCRIPTION, settings, derive(maker))
    return world.model_copy(update={"works": [work.model_copy(update={"editions": []}) for work in world.works]})


def _settle(maker: WorldMaker, entries: list[Entry]) -> None:
    """Take in all works of an author; most are owned, few are gaps, some have never been read aloud."""
    gaps = 0
    for entry in entries:
        chance = facts.stable("chance", entry.title) % 100
        unread = 12 <= chance < 15
        work = maker.work(entry, audio=not unread, editions=1 if unread else 1 + (chance >= 96))
        _tell(maker, work, chance)
        if chance < 15 and gaps < _MOST_GAPS_OF_AN_AUTHOR:
            gaps += 1
        elif not unread and len(maker.books) < OWNED_BOOKS:
            maker.own(work, **mess_of(work))
            if chance >= 98 and len(maker.books) < OWNED_BOOKS:
                maker.own(work, edition=1, folder=f"{facts.shelf(work)} ({work.editions[1].narrators[0]})")
    _tell_noise(maker, entries)


def _tell(maker: WorldMaker, work: Work, chance: int) -> None:
    """Both providers, or one of them; a tenth of Audible's entries tell no series."""
    if work.editions[0].format == "print":
        maker.told_by_hardcover(work)
        return
    heard = facts.stable("heard", work.id) % 20
    if heard == 0:
        maker.told_by_hardcover(work)
        return
    for number in range(len(work.editions)):
        maker.told_by_audible(work, edition=number, series=[] if heard in (1, 2) else work.series)
    if heard != 3:
        maker.told_by_hardcover(work, publisher=None, format="print" if heard == 4 else "audio")


def _tell_noise(maker: WorldMaker, entries: list[Entry]) -> None:
    """Now and then a box set, a German edition, a summary."""
    first = entries[0]
    match facts.stable("noise", first.author) % 4:
        case 0 if first.series:
            places = [SeriesPlace(name=first.series, sequence="1-3")]
            title = f"{first.series} Box Set: Books 1-3"
            maker.noise_at("hardcover", title, first.author, series=places, compilation=True)
        case 1:
            maker.noise_at("audible", f"{first.title} (German Edition)", first.author, language="German")
        case 2:
            maker.noise_at("audible", f"Summary of {first.title}", "Margin Notes", duration_minutes=35)


def _offer(maker: WorldMaker, work: Work) -> None:
    """Mostly a good release; before it one that is none."""
    chance = facts.stable("offer", work.id) % 10
    indexer = "prowlarr" if chance in (2, 3) else "mam"
    german = f"{work.title} (Deutsch)" if indexer == "mam" else listing(work, "m4b", "GER")
    if chance in (1, 2):
        maker.offer(work, fit=Fit.WRONG, indexer=indexer, language="German", title=german, seeders=90)
    if chance in (3, 4, 5):
        maker.offer(work, fit=Fit.WRONG, abridged=True, title=f"{work.title} (Abridged)", minutes=80)
    if chance == 6:
        maker.offer(work, fit=Fit.WRONG, seeders=0)
    if chance:
        maker.offer(work, indexer=indexer)
