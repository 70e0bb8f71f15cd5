"""Traps in numbers of titles and folders that are easily misread. All books are invented."""

from sandbox.world import SeriesPlace, Work
from sandbox.worldmaking.bibliography import Bibliography, Entry
from sandbox.worldmaking.maker import Fit, WorldMaker

WEEKLY = "Captain Meridian"
WEEKLY_AUTHOR, CANAL_AUTHOR, HARBOUR_AUTHOR, WATCH_AUTHOR = (
    "Otto Lindqvist",
    "Nell Farraday",
    "Hugh Tarrant",
    "Ida Rehm",
)
CANAL = "Bellwater Canal"
WATCH = "Die Turmwächter"


def a_weekly_series_has_four_digit_sequences(maker: WorldMaker, _: Bibliography) -> None:
    """Sequences 1998 to 2001 of a weekly series look like years; most owned items have no series."""
    titles = ("The Dust Engine", "A Second Sun", "The Glass Fleet", "Orbit of Ashes")
    works = [
        maker.work(Entry(WEEKLY_AUTHOR, title, 1990 + number, WEEKLY, str(1998 + number)))
        for number, title in enumerate(titles)
    ]
    for work in works:
        maker.add_records(work)
    first, second, third, fourth = works
    maker.own(first, title=f"{WEEKLY} 1998 - {first.title}", without=("series", "asin"))
    maker.own(second, folder=f"{WEEKLY_AUTHOR}/{WEEKLY}/1999 - {second.title}", without=("series",))
    maker.own(fourth, title=f"{WEEKLY} #2001: {fourth.title}", without=("asin",))
    maker.offer(third)
    maker.offer(third, fit=Fit.WRONG, title=f"{WEEKLY} 1900-1999", minutes=9000, seeders=90)


def only_the_folder_has_the_sequence(maker: WorldMaker, _: Bibliography) -> None:
    """The series in Audiobookshelf have no sequence; the folder names have the sequence but not the series."""
    works = [
        maker.work(Entry(CANAL_AUTHOR, title, 2004 + number, CANAL, str(number)))
        for number, title in enumerate(("The Lock Keeper", "A Drowned Ledger", "The Towpath Inquest"), start=1)
    ]
    for work in works:
        maker.add_records(work)
    series = [SeriesPlace(name=CANAL)]
    for number, work in enumerate(works[:2], start=1):
        maker.own(work, series=series, folder=f"{CANAL_AUTHOR}/{number:02d} - {work.title}", without=("asin",))
    maker.offer(works[2])


def a_standalone_title_ends_in_a_number(maker: WorldMaker, _: Bibliography) -> None:
    """The numbers in titles such as "From a Ferry 8" are not sequences; the author has no series."""
    titles = ("From a Ferry 8", "Ask No One", "The Girl in Berth 12", "The House at Pier 9")
    works = [maker.work(Entry(HARBOUR_AUTHOR, title, 2006 + year)) for year, title in enumerate(titles)]
    for work in works:
        maker.add_records(work)
    for work in works[:3]:
        maker.own(work, folder=f"{HARBOUR_AUTHOR} - {work.title}", without=("publisher",))
    maker.offer(works[3])
    maker.offer(works[3], fit=Fit.WRONG, title="The House at Pier 8", minutes=290, seeders=75)


def an_episode_title_begins_with_its_number(maker: WorldMaker, _: Bibliography) -> None:
    """The titles of a German series are "Folge 1: …"; episode 3 is not missing, because only English is wanted."""
    for number, title in enumerate(("Das leere Haus", "Der rote Schlüssel", "Die stumme Glocke"), start=1):
        work = _german(maker, maker.work(Entry(WATCH_AUTHOR, title, 2010 + number, WATCH, str(number))))
        maker.add_audible_record(work, title=f"Folge {number}: {title}", language="German")
        maker.add_hardcover_record(work)
        if number < 3:
            maker.own(work, title=f"Folge {number}: {title}", language="German", without=("series", "asin"))


def _german(maker: WorldMaker, work: Work) -> Work:
    editions = [edition.model_copy(update={"language": "German"}) for edition in work.editions]
    maker.works[work.id] = work.model_copy(update={"language": "German", "editions": editions})
    return maker.works[work.id]
