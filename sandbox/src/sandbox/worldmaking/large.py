"""The large world: 3,000 owned books of real authors and, for the rest, of invented ones."""

from sandbox.world import Account, SeriesPlace, Work, World
from sandbox.worldmaking import facts
from sandbox.worldmaking.bibliography import Bibliography, Entry
from sandbox.worldmaking.invented import Inventor
from sandbox.worldmaking.maker import Fit, WorldMaker, listing
from sandbox.worldmaking.mess import mess_of
from sandbox.worldmaking.settings import WORLD_SETTINGS
from sandbox.worldmaking.truth import derive

OWNED_BOOKS = 3000
_MAX_INVENTED_AUTHORS = 700
_MAX_GAPS_PER_AUTHOR = 8
DESCRIPTION = (
    "3,000 owned books. About 470 works are real (sandbox/src/sandbox/worldmaking/bibliography.txt); "
    "all other authors and their works and all audio editions are invented."
)


_ACCOUNT = Account(classname="Elite VIP", unsatisfied_limit=1000)
"""An account that may download a release for every gap at once."""


def large_world() -> World:
    """The large world, always the same."""
    maker, books = WorldMaker(account=_ACCOUNT), Bibliography.load()
    by_author: dict[str, list[Entry]] = {}
    for entry in books.entries:
        by_author.setdefault(entry.author, []).append(entry)
    inventor = Inventor({entry.title for entry in books.entries})
    for works in (*by_author.values(), *inventor.authors(_MAX_INVENTED_AUTHORS)):
        _add_author(maker, works)
        if len(maker.books) >= OWNED_BOOKS:
            break
    truth = derive(maker)
    for missing in truth.missing:
        _offer(maker, maker.works[missing.work])
    settings = {**WORLD_SETTINGS, "AUTHOR_TOP_COUNT": "1000"}
    world = maker.world("large", DESCRIPTION, settings, derive(maker), in_print=False)
    return world.model_copy(update={"works": [work.model_copy(update={"editions": []}) for work in world.works]})


def _add_author(maker: WorldMaker, entries: list[Entry]) -> None:
    """Add all works of an author: most are owned, few are gaps, some have no audiobook."""
    gaps = 0
    for entry in entries:
        chance = facts.stable("chance", entry.title) % 100
        print_only = 12 <= chance < 15
        work = maker.work(entry, audio=not print_only, editions=1 if print_only else 1 + (chance >= 96))
        _add_records(maker, work, chance)
        if chance < 15 and gaps < _MAX_GAPS_PER_AUTHOR:
            gaps += 1
        elif not print_only and len(maker.books) < OWNED_BOOKS:
            maker.own(work, **mess_of(work))
            if chance >= 98 and len(maker.books) < OWNED_BOOKS:
                maker.own(work, edition=1, folder=f"{facts.shelf(work)} ({work.editions[1].narrators[0]})")
    _add_noise(maker, entries)


def _add_records(maker: WorldMaker, work: Work, chance: int) -> None:
    """Add a record at Audible, Hardcover or both. A tenth of Audible's records have no series."""
    if work.editions[0].format == "print":
        maker.add_hardcover_record(work)
        return
    variant = facts.stable("heard", work.id) % 20  # the name only selects a number; another one would change the world
    if variant == 0:
        maker.add_hardcover_record(work)
        return
    for number in range(len(work.editions)):
        maker.add_audible_record(work, edition=number, series=[] if variant in (1, 2) else work.series)
    if variant != 3:
        maker.add_hardcover_record(work, publisher=None, format="print" if variant == 4 else "audio")


def _add_noise(maker: WorldMaker, entries: list[Entry]) -> None:
    """Add a box set, a German edition or a summary for some authors."""
    first = entries[0]
    match facts.stable("noise", first.author) % 4:
        case 0 if first.series:
            series = [SeriesPlace(name=first.series, sequence="1-3")]
            title = f"{first.series} Box Set: Books 1-3"
            maker.add_noise("hardcover", title, first.author, series=series, compilation=True)
        case 1:
            maker.add_noise("audible", f"{first.title} (German Edition)", first.author, language="German")
        case 2:
            maker.add_noise("audible", f"Summary of {first.title}", "Margin Notes", duration_minutes=35)


def _offer(maker: WorldMaker, work: Work) -> None:
    """Add a good release for most works, for some after a wrong one."""
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
