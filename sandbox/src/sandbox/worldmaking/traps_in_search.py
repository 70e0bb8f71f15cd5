"""Traps in searching for a release and in its listing."""

from sandbox.world import Work
from sandbox.worldmaking.bibliography import Bibliography, Entry
from sandbox.worldmaking.maker import Fit, WorldMaker

AUTHOR, SERIES = "Harriet Lowndes", "The Harbour Watch"
TITLES = (
    "The Pilot's Widow", "The Custom House", "The Drowned Bell", "A Lantern for Ellen Pell",
    "The Ferryman's Daughter", "The Smuggler's Almanac", "The Quarantine Flag",
)  # fmt: skip
"""An invented series, because the traps need a second title and apostrophes."""


def wrong_length_and_other_spellings(maker: WorldMaker, _books: Bibliography) -> None:
    """Releases with the right title and a wrong duration, with a second title and without apostrophes."""
    pilot, house, bell, lantern, ferryman, almanac, flag = (
        maker.work(Entry(AUTHOR, title, 1911 + number, SERIES, str(number))) for number, title in enumerate(TITLES, 1)
    )
    maker.works[bell.id] = bell = bell.model_copy(update={"other_titles": ["Under Grey Water"]})
    for work in (pilot, house, lantern, ferryman, almanac, flag):
        maker.add_records(work)
    maker.add_audible_record(bell)
    maker.add_hardcover_record(bell, title="Under Grey Water")
    maker.own(pilot)
    maker.own(house, without=("narrators",))
    # Four consecutive ids, because the stand-in sends the duration of each in another format.
    for work, part in ((lantern, 0.3), (ferryman, 0.3), (almanac, 0.35), (flag, 2.5)):
        maker.offer(work, fit=Fit.WRONG, minutes=round(_minutes(work) * part), seeders=90)
    maker.offer(lantern, filetype="mp3", seeders=7)
    maker.offer(ferryman, title="The Ferrymans Daughter", series=[], seeders=9)
    maker.offer(almanac, title="The Smugglers Almanac", series=[], seeders=11)
    maker.offer(bell, title="Under Grey Water", series=[], seeders=5)


def ampersand_for_and(maker: WorldMaker, _books: Bibliography) -> None:
    """The good release is listed with "&"; a search with "and" finds an abridged one first."""
    author, name = "Victor Appleton", "Tom Swift"
    cycle, boat, airship = (
        maker.work(Entry(author, f"{name} and His {what}", 1910, name, sequence))
        for what, sequence in (("Motor-Cycle", "1"), ("Motor-Boat", "2"), ("Airship", "3"))
    )
    for work in (cycle, boat, airship):
        maker.add_records(work)
    maker.own(cycle)
    maker.own(boat)
    maker.offer(airship, fit=Fit.WRONG, abridged=True, seeders=60)
    maker.offer(airship, title="Tom Swift & His Airship", seeders=8)


def _minutes(work: Work) -> int:
    return work.editions[0].duration_minutes or 0
