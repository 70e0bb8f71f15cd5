"""Stories of the traps world whose trap is in what is on offer."""

from sandbox.world import AudioFile, OfferHealth, SeriesPlace, Work, WorkKind
from sandbox.worldmaking.bibliography import Bibliography, Entry
from sandbox.worldmaking.maker import Fit, WorldMaker, audio_files


def everything_that_is_not_anne(maker: WorldMaker, books: Bibliography) -> None:
    """Dramatized, abridged, translated, a study guide, a summary, a box set, a novella, a broken upload."""
    anne = [maker.work(entry) for entry in books.series("Anne of Green Gables")]
    for work in anne:
        maker.told(work)
    _entries_around_anne(maker, anne)
    maker.own(anne[0], without=("asin",))
    maker.own(anne[1], title="Anne of Avonlea (Anne of Green Gables Book 2)", without=("series", "isbn"))
    maker.own(anne[2], authors=["LM Montgomery"], folder="Montgomery, L.M/Anne 3 - Anne of the Island")
    maker.own(anne[4], title="Anne’s House of Dreams", without=("narrators", "published_year"))
    _offer_anne(maker, anne)
    castle, story = (maker.work(books.work(title)) for title in ("The Blue Castle", "The Story Girl"))
    kilmeny = maker.work(books.work("Kilmeny of the Orchard"), audio=False)
    for work in (castle, story, kilmeny):
        maker.told(work)
    maker.offer(castle)
    maker.offer(story, indexer="prowlarr")


def _entries_around_anne(maker: WorldMaker, anne: list[Work]) -> None:
    author, guides = "L. M. Montgomery", "Margin Notes"
    name = "Anne of Green Gables"
    chronicles = maker.work(
        Entry(author, "Chronicles of Avonlea", 1912, kind=WorkKind.COLLECTION),
        series=[SeriesPlace(name=name, sequence="3.5")],
    )
    maker.told(chronicles)
    maker.offer(chronicles)
    first = anne[0].series
    maker.noise_at("audible", f"{name} [Dramatized Adaptation]", author, series=first, dramatized=True)
    maker.noise_at("audible", "Anne auf Green Gables", author, language="German", series=first)
    maker.noise_at("hardcover", "Anne in Windy Poplars", author, language="German", series=anne[3].series)
    maker.noise_at("hardcover", f"{name}: A Study Guide", guides, format="ebook")
    maker.noise_at("audible", "Summary of Rilla of Ingleside", guides, duration_minutes=40)
    box = [SeriesPlace(name=name, sequence="1-3")]
    maker.noise_at("hardcover", "Anne of Green Gables Box Set: Books 1-3", author, series=box, compilation=True)
    maker.noise_at("audible", "The Complete Anne of Green Gables Collection", author, duration_minutes=4600)


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


def packs_and_what_cannot_be_had(maker: WorldMaker, books: Bibliography) -> None:
    """The Scarlet Pimpernel: a pack of the series, no seeds, already snatched; a prequel numbered 0; a wrong place."""
    works = [maker.work(entry) for entry in books.series("The Scarlet Pimpernel")[:5]]
    prequel = maker.work(
        books.work("The Laughing Cavalier"), series=[SeriesPlace(name="The Scarlet Pimpernel", sequence="0")]
    )
    for work in (*works, prequel):
        maker.told(work)
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
    maker.offer(lord_tony)


def nearly_the_same_title(maker: WorldMaker, books: Bibliography) -> None:
    """She is not She and Allan; a release listed with one seed has been dead for long."""
    she, ayesha, allan, wisdom = (maker.work(entry) for entry in books.series("Ayesha"))
    nada, eric = (maker.work(books.work(title)) for title in ("Nada the Lily", "Eric Brighteyes"))
    for work in (she, ayesha, allan, wisdom, nada, eric):
        maker.told(work)
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
