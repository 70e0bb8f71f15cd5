"""The small world: 20 owned books, three series with gaps, one author without a series."""

from sandbox.world import AudioFile, OfferHealth, ReadingList, SeriesPlace, Work, World
from sandbox.worldmaking.bibliography import Bibliography
from sandbox.worldmaking.maker import Fit, WorldMaker, audio_files
from sandbox.worldmaking.settings import WORLD_SETTINGS
from sandbox.worldmaking.site_texts import site_boards, site_guides
from sandbox.worldmaking.truth import derive

OZ, BARSOOM, HOLMES = "Oz", "Barsoom", "Sherlock Holmes"
DESCRIPTION = (
    "Real works; their audio editions, narrators and releases are invented. Eight books of Oz, five of Barsoom, four "
    "of Sherlock Holmes and three by H. G. Wells, with incomplete metadata as in a real library."
)


def small_world() -> World:
    """The small world, always the same."""
    maker = WorldMaker()
    _add_works(maker)
    _add_records(maker)
    _own(maker)
    _offer_oz(maker)
    _offer_barsoom_and_holmes(maker)
    _offer_works_of_the_authors(maker)
    _offer_new_releases(maker)
    world = maker.world("small", DESCRIPTION, WORLD_SETTINGS, derive(maker))
    lists = [_list_at_hardcover(world)]
    return world.model_copy(update={"guides": site_guides(), "boards": site_boards(), "reading_lists": lists})


def _list_at_hardcover(world: World) -> ReadingList:
    """An owned book, a missing one, one that has no audiobook, and a box set."""
    by_title = {each.title: each.id for each in world.providers["hardcover"]}
    titles = ("The Time Machine", "The White Company", "Queen Zixi of Ix", "The Complete Sherlock Holmes")
    return ReadingList(site="hardcover", user="reader", name="to-listen", books=[by_title[each] for each in titles])


def _add_works(maker: WorldMaker) -> None:
    bibliography = Bibliography.load()
    for series in (OZ, BARSOOM, HOLMES):
        for entry in bibliography.series(series):
            maker.work(entry)
    for title in (
        "The Time Machine",
        "The War of the Worlds",
        "The Island of Doctor Moreau",
        "The Invisible Man",
        "The First Men in the Moon",
        "The Life and Adventures of Santa Claus",
        "The Monster Men",
        "The White Company",
    ):
        maker.work(bibliography.work(title))
    maker.work(bibliography.work("Queen Zixi of Ix"), audio=False)


def _add_records(maker: WorldMaker) -> None:
    """Most works have records at both providers. Audible has no Queen Zixi, Hardcover lacks two Barsoom books."""
    for work in maker.works.values():
        if work.editions[0].format == "print":
            maker.add_hardcover_record(work)
        elif work.id in ("swords-of-mars", "synthetic-men-of-mars"):
            maker.add_audible_record(work)
        elif work.id == "the-magic-of-oz":
            maker.add_audible_record(work)
            maker.add_hardcover_record(work, format="print")
        elif work.id == "the-time-machine":
            maker.add_audible_record(work, subtitle="A Tale of the Year 802,701")
            maker.add_hardcover_record(work)
        else:
            maker.add_records(work)
    doyle, baum = "Arthur Conan Doyle", "L. Frank Baum"
    series = [SeriesPlace(name=HOLMES, sequence="1-9")]
    maker.add_noise("hardcover", "The Complete Sherlock Holmes", doyle, series=series, compilation=True)
    maker.add_noise("audible", "Sherlock Holmes: The Complete Collection", doyle, duration_minutes=4100)
    maker.add_noise("audible", "Der Zauberer von Oz", baum, language="German", narrators=["Ulrich Tannhoff"])
    maker.add_noise("hardcover", "Summary of A Study in Scarlet", "Quick Reads", format="ebook")


def _own(maker: WorldMaker) -> None:
    _own_oz(maker)
    _own_barsoom_and_holmes(maker)
    maker.own(maker.works["the-time-machine"], without=("isbn",))
    maker.own(
        maker.works["the-war-of-the-worlds"],
        title="War of the Worlds, The",
        folder="Wells, H.G/War of the Worlds, The (1898)",
        without=("publisher", "asin"),
    )
    maker.own(maker.works["the-island-of-doctor-moreau"], language="en", without=("published_year",))


def _own_oz(maker: WorldMaker) -> None:
    oz = maker.works
    maker.own(oz["the-wonderful-wizard-of-oz"])
    second = oz["the-marvelous-land-of-oz"]
    maker.own(
        second,
        title="02 - The Marvelous Land of Oz",
        folder=f"L. Frank Baum/Oz/02 - The Marvelous Land of Oz {{{second.editions[0].narrators[0]}}}",
        without=("series", "asin", "narrators"),
    )
    maker.own(oz["ozma-of-oz"], authors=["Baum, L. Frank"], without=("asin", "isbn", "publisher"))
    maker.own(
        oz["the-road-to-oz"],
        title="The Road to Oz (Unabridged)",
        folder="L. Frank Baum/Oz Book 5 - The Road to Oz",
        series=[SeriesPlace(name=OZ)],
    )
    maker.own(
        oz["the-emerald-city-of-oz"],
        title="The_Emerald_City_of_Oz",
        folder="Baum, L. Frank/Oz_06_The_Emerald_City_of_Oz",
        without=("series", "narrators", "language", "publisher"),
    )
    maker.own(oz["tik-tok-of-oz"], title="Tik-Tok of Oz: Oz, Book 8", without=("series", "isbn"))
    maker.own(
        oz["rinkitink-in-oz"],
        subtitle="Book 10 of Oz",
        folder="L. Frank Baum/Rinkitink in Oz",
        without=("series", "published_year"),
    )
    maker.own(oz["the-lost-princess-of-oz"], tags=["bedtime"], without=("publisher", "published_year"))


def _own_barsoom_and_holmes(maker: WorldMaker) -> None:
    works = maker.works
    maker.own(works["a-princess-of-mars"], genres=["Science Fiction"])
    maker.own(works["the-gods-of-mars"], title="Barsoom 02 - The Gods of Mars", without=("series", "asin"))
    maker.own(works["the-warlord-of-mars"], without=("language", "narrators"))
    maker.own(
        works["the-chessmen-of-mars"],
        title="The Chessmen of Mars",
        folder="Edgar Rice Burroughs/Barsoom/Book 5 - The Chessmen of Mars",
        without=("series", "isbn", "publisher"),
    )
    maker.own(works["a-fighting-man-of-mars"])
    maker.own(works["a-study-in-scarlet"], authors=["Sir Arthur Conan Doyle"])
    maker.own(
        works["the-adventures-of-sherlock-holmes"],
        title="The Adventures of Sherlock Holmes (Sherlock Holmes, #3)",
        without=("series", "asin", "published_year"),
    )
    maker.own(works["the-hound-of-the-baskervilles"], without=("narrators", "asin"))
    maker.own(
        works["the-return-of-sherlock-holmes"],
        folder="Conan Doyle/Sherlock Holmes 6 - The Return of Sherlock Holmes",
        series=[SeriesPlace(name=HOLMES)],
    )


def _offer_oz(maker: WorldMaker) -> None:
    works = maker.works
    fourth = works["dorothy-and-the-wizard-in-oz"]
    maker.offer(fourth, added_days_ago=3, snatched=310)
    maker.offer(fourth, filetype="mp3", minutes=fourth.editions[0].duration_minutes, seeders=3)
    seventh = works["the-patchwork-girl-of-oz"]
    maker.offer(seventh, fit=Fit.WRONG, language="German", title="Das Patchwork-Mädchen von Oz", seeders=60)
    maker.offer(seventh)
    ninth = works["the-scarecrow-of-oz"]
    maker.offer(ninth, fit=Fit.WRONG, seeders=0)
    maker.offer(ninth, indexer="prowlarr", seeders=7)
    twelfth = works["the-tin-woodman-of-oz"]
    maker.offer(twelfth, fit=Fit.WRONG, abridged=True, minutes=95, title="The Tin Woodman of Oz (Abridged)", seeders=80)
    maker.offer(twelfth, added_days_ago=5, snatched=120)
    thirteenth = works["the-magic-of-oz"]
    maker.offer(thirteenth)
    maker.offer(thirteenth, fit=Fit.WRONG, title="The Royal Book of Oz", authors=["Ruth Plumly Thompson"], seeders=44)
    _offer_pack(maker, works["glinda-of-oz"])
    maker.offer(works["glinda-of-oz"], free=True)


def _offer_pack(maker: WorldMaker, work: Work) -> None:
    books = [each for each in maker.works.values() if each.series and each.series[0].name == OZ]
    files = [file for each in books for file in audio_files(each.title, "m4b", 300)["files"]]
    maker.offer(
        work,
        fit=Fit.WRONG,
        title="The Complete Oz Collection (Books 1-14)",
        series=[SeriesPlace(name=OZ, sequence="1-14")],
        minutes=300 * len(books),
        files=files,
        folder="The Complete Oz Collection",
        seeders=120,
    )


def _offer_barsoom_and_holmes(maker: WorldMaker) -> None:
    works = maker.works
    for title in ("the-master-mind-of-mars", "swords-of-mars", "the-sign-of-the-four", "the-valley-of-fear"):
        maker.offer(works[title])
    maker.offer(works["thuvia-maid-of-mars"], title="Thuvia Maid of Mars", series=[])
    ninth = works["synthetic-men-of-mars"]
    maker.offer(ninth, fit=Fit.WRONG, title="A Princess of Mars", series=works["a-princess-of-mars"].series, seeders=90)
    maker.offer(ninth, indexer="prowlarr", filetype="mp3")
    maker.offer(works["llana-of-gathol"], vip=True, added_days_ago=2, snatched=95)
    last = works["john-carter-of-mars"]
    novelization = "John Carter of Mars: The Movie Novelization"
    maker.offer(last, fit=Fit.WRONG, title=novelization, authors=["Stuart Moore"], series=[])
    memoirs = works["the-memoirs-of-sherlock-holmes"]
    maker.offer(memoirs, fit=Fit.WRONG, my_snatched=True, seeders=30)
    maker.offer(memoirs, indexer="prowlarr")
    maker.offer(works["his-last-bow"], fit=Fit.HIDDEN_FAULT, seeders=1, health=OfferHealth.DEAD, filetype="mp3")
    maker.offer(works["his-last-bow"], seeders=25)
    maker.offer(works["the-case-book-of-sherlock-holmes"], title="The Casebook of Sherlock Holmes")


def _offer_works_of_the_authors(maker: WorldMaker) -> None:
    works = maker.works
    invisible = works["the-invisible-man"]
    maker.offer(invisible, fit=Fit.WRONG, title="Invisible Man", authors=["Ralph Ellison"], seeders=200)
    maker.offer(invisible)
    maker.offer(works["the-first-men-in-the-moon"])
    maker.offer(works["the-life-and-adventures-of-santa-claus"])
    maker.offer(
        works["the-white-company"],
        fit=Fit.WRONG,
        main_category=14,
        category=74,
        filetype="epub",
        size_bytes=700_000,
        files=[AudioFile(name="The White Company.epub")],
    )
    maker.offer(works["the-monster-men"], filetype="m4a")


def _offer_new_releases(maker: WorldMaker) -> None:
    """Releases of this week for the top list: an owned book, an absent one, a test entry, one with a newer category."""
    maker.offer(maker.works["queen-zixi-of-ix"], fit=Fit.WRONG, added_days_ago=2, snatched=130, seeders=64)
    maker.offer(maker.works["a-princess-of-mars"], fit=Fit.WRONG, added_days_ago=1, snatched=420, my_snatched=True)
    maker.offer(
        maker.works["the-invisible-man"],
        fit=Fit.WRONG,
        title="Test upload, please ignore",
        authors=[],
        narrators=[],
        series=[],
        added_days_ago=1,
        snatched=60,
        seeders=2,
    )
    maker.offer(
        maker.works["the-time-machine"], fit=Fit.WRONG, added_days_ago=4, snatched=75, category=0, new_categories=[45]
    )
