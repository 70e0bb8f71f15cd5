"""Traps in the offers."""

from sandbox.world import AudioFile, OfferHealth, SeriesPlace, Work, WorkKind
from sandbox.worldmaking.bibliography import Bibliography, Entry
from sandbox.worldmaking.maker import Fit, WorldMaker, audio_files


def everything_that_is_not_anne(maker: WorldMaker, books: Bibliography) -> None:
    """Dramatized and abridged releases, translations, a study guide, a summary, box sets, a broken upload."""
    anne = [maker.work(entry) for entry in books.series("Anne of Green Gables")]
    for work in anne:
        maker.add_records(work)
    _add_related_records(maker, anne)
    maker.own(anne[0], without=("asin",))
    maker.own(anne[1], title="Anne of Avonlea (Anne of Green Gables Book 2)", without=("series", "isbn"))
    maker.own(anne[2], authors=["LM Montgomery"], folder="Montgomery, L.M/Anne 3 - Anne of the Island")
    maker.own(anne[4], title="Anne’s House of Dreams", without=("narrators", "published_year"))
    _offer_anne(maker, anne)
    castle, story = (maker.work(books.work(title)) for title in ("The Blue Castle", "The Story Girl"))
    kilmeny = maker.work(books.work("Kilmeny of the Orchard"), audio=False)
    for work in (castle, story, kilmeny):
        maker.add_records(work)
    maker.offer(castle)
    maker.offer(story, indexer="prowlarr")


def _add_related_records(maker: WorldMaker, anne: list[Work]) -> None:
    author, guides = "L. M. Montgomery", "Margin Notes"
    name = "Anne of Green Gables"
    chronicles = maker.work(
        Entry(author, "Chronicles of Avonlea", 1912, kind=WorkKind.COLLECTION),
        series=[SeriesPlace(name=name, sequence="3.5")],
    )
    maker.add_records(chronicles)
    maker.offer(chronicles)
    first = anne[0].series
    maker.add_noise("audible", f"{name} [Dramatized Adaptation]", author, series=first, dramatized=True)
    maker.add_noise("audible", "Anne auf Green Gables", author, language="German", series=first)
    maker.add_noise("hardcover", "Anne in Windy Poplars", author, language="German", series=anne[3].series)
    maker.add_noise("hardcover", f"{name}: A Study Guide", guides, format="ebook")
    maker.add_noise("audible", "Summary of Rilla of Ingleside", guides, duration_minutes=40)
    box = [SeriesPlace(name=name, sequence="1-3")]
    maker.add_noise("hardcover", "Anne of Green Gables Box Set: Books 1-3", author, series=box, compilation=True)
    maker.add_noise("audible", "The Complete Anne of Green Gables Collection", author, duration_minutes=4600)


def _offer_anne(maker: WorldMaker, anne: list[Work]) -> None:
    windy, ingleside, valley, rilla = anne[3], anne[5], anne[6], anne[7]
    drama = f"{windy.title} [Dramatized Adaptation]"
    maker.offer(windy, fit=Fit.WRONG, title=drama, narrators=["A Full Cast"], minutes=130, seeders=90)
    maker.offer(windy)
    maker.offer(ingleside, fit=Fit.WRONG, abridged=True, minutes=110, description="Abridged by the author's heirs.")
    maker.offer(ingleside, filetype="mp3")
    maker.offer(valley, fit=Fit.WRONG, title="Anne im Regenbogental", language="German", seeders=77)
    maker.offer(valley, fit=Fit.WRONG, authors=["June Whitlock"], series=[], seeders=50)
    maker.offer(valley, fit=Fit.WRONG, title="Summary of Rainbow Valley", authors=["Margin Notes"], minutes=35)
    maker.offer(valley, indexer="prowlarr")
    broken = [AudioFile(name=f"{rilla.title}.m4b", duration_minutes=rilla.editions[0].duration_minutes, truncated=True)]
    maker.offer(rilla, fit=Fit.HIDDEN_FAULT, files=broken, seeders=50)
    maker.offer(rilla, filetype="mp3", seeders=12)


def packs_and_unavailable_releases(maker: WorldMaker, books: Bibliography) -> None:
    """Releases with a whole series, without seeders, snatched before and silent; a prequel numbered 0."""
    works = [maker.work(entry) for entry in books.series("The Scarlet Pimpernel")[:5]]
    prequel = maker.work(
        books.work("The Laughing Cavalier"), series=[SeriesPlace(name="The Scarlet Pimpernel", sequence="0")]
    )
    for work in (*works, prequel):
        maker.add_records(work)
    maker.offer(prequel)
    maker.own(works[0])
    maker.own(works[1], title="I_Will_Repay", without=("series", "narrators"))
    maker.own(works[2], series=[SeriesPlace(name="The Scarlet Pimpernel", sequence="4")])
    eldorado, lord_tony = works[3:]
    maker.offer(eldorado, fit=Fit.WRONG, seeders=0)
    files = [file for work in works for file in audio_files(work.title, "m4b", 320)["files"]]
    pack = "The Scarlet Pimpernel Series, Books 1-5"
    for indexer, title in (("mam", pack), ("prowlarr", f"{pack} by Baroness Orczy [ENG / M4B]")):
        maker.offer(
            eldorado,
            fit=Fit.WRONG,
            indexer=indexer,
            title=title,
            series=[SeriesPlace(name="The Scarlet Pimpernel", sequence="1-5")],
            minutes=1600,
            files=files,
            folder="The Scarlet Pimpernel 1-5",
            seeders=140,
        )
    maker.offer(lord_tony, fit=Fit.WRONG, my_snatched=True, seeders=31)
    minutes = lord_tony.editions[0].duration_minutes
    silent = [AudioFile(name=f"{lord_tony.title}.m4b", duration_minutes=minutes, silent=True)]
    maker.offer(lord_tony, fit=Fit.HIDDEN_FAULT, files=silent, seeders=60)
    maker.offer(lord_tony)


def nearly_the_same_title(maker: WorldMaker, books: Bibliography) -> None:
    """She is not She and Allan; a release listed with one seeder is dead."""
    she, ayesha, allan, wisdom = (maker.work(entry) for entry in books.series("Ayesha"))
    nada, eric = (maker.work(books.work(title)) for title in ("Nada the Lily", "Eric Brighteyes"))
    for work in (she, ayesha, allan, wisdom, nada, eric):
        maker.add_records(work)
    maker.own(she, title="She: A History of Adventure", without=("asin",))
    maker.own(ayesha, title="Ayesha", subtitle="The Return of She", without=("series",))
    maker.own(nada, authors=["H Rider Haggard"], without=("language",))
    maker.offer(allan, fit=Fit.WRONG, title="She", series=she.series, seeders=88)
    maker.offer(allan, fit=Fit.WRONG, title="Allan and the Ice-Gods", series=[], seeders=45)
    maker.offer(allan)
    maker.offer(wisdom, fit=Fit.HIDDEN_FAULT, filetype="mp3", seeders=1, health=OfferHealth.DEAD)
    maker.offer(wisdom, seeders=20)
    maker.offer(
        eric,
        fit=Fit.WRONG,
        main_category=14,
        category=63,
        filetype="epub",
        size_bytes=600_000,
        files=[AudioFile(name="Eric Brighteyes.epub")],
    )
    maker.offer(eric, fit=Fit.WRONG, language="Swedish", title="Erik Ljusöga", seeders=15)
