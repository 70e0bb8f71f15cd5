"""Traps in the library and in the records of the providers."""

from datetime import date

from sandbox.world import SeriesPlace, WorkKind
from sandbox.worldmaking.bibliography import Bibliography, Entry
from sandbox.worldmaking.maker import Fit, WorldMaker


def an_owned_omnibus_covers_its_parts(maker: WorldMaker, books: Bibliography) -> None:
    """Barsoom 1 to 3 are owned in one volume; 10 and 11 have no audiobook."""
    entries = books.series("Barsoom")
    works = [maker.work(entry, audio=int(entry.sequence or 0) < 10) for entry in entries]
    for work in works:
        maker.add_records(work)
    trilogy = maker.work(
        Entry("Edgar Rice Burroughs", "The Martian Tales Trilogy", 1999, kind=WorkKind.OMNIBUS),
        series=[SeriesPlace(name="Barsoom", sequence="1-3")],
        contains=[work.id for work in works[:3]],
    )
    maker.add_audible_record(trilogy, compilation=True)
    maker.add_hardcover_record(trilogy)
    maker.own(trilogy, title="The Martian Tales Trilogy (Barsoom 1-3)", without=("asin",))
    maker.own(works[4], title="Barsoom #5: The Chessmen of Mars", without=("series",))
    maker.own(works[6], folder="Burroughs/Barsoom_07_A_Fighting_Man_of_Mars", without=("series", "publisher"))
    mad_king = maker.work(books.work("The Mad King"))
    maker.add_records(mad_king)
    maker.own(mad_king)
    for place in (3, 5, 7, 8):
        maker.offer(works[place])
    maker.offer(works[3], fit=Fit.WRONG, title=trilogy.title, series=trilogy.series, minutes=1300, seeders=99)


def a_work_in_two_volumes_is_one_work(maker: WorldMaker, books: Bibliography) -> None:
    """The owned Vicomte is split in two, offers have half of Twenty Years After, the Musketeers have two narrators."""
    musketeers = maker.work(books.work("The Three Musketeers"), editions=2)
    after, vicomte = (maker.work(books.work(title)) for title in ("Twenty Years After", "The Vicomte of Bragelonne"))
    count, tulip = (maker.work(books.work(title)) for title in ("The Count of Monte Cristo", "The Black Tulip"))
    for work in (musketeers, after, vicomte, count, tulip):
        maker.add_records(work)
    for half in (1, 2):
        folder = f"Alexandre Dumas/The d'Artagnan Romances/03 - The Vicomte of Bragelonne, Part {half} of 2"
        title = f"The Vicomte of Bragelonne, Part {half} of 2"
        maker.add_noise("audible", title, "Alexandre Dumas", series=vicomte.series, duration_minutes=200)
        asin = maker.noise["audible"][-1].asin
        maker.own_uncorrectable(vicomte, title=title, folder=folder, asin=asin, duration_minutes=200)
    maker.own(musketeers, edition=1, without=("narrators", "asin"))
    maker.own_uncorrectable(
        count, abridged=True, duration_minutes=70, without=("asin",), title=f"{count.title} (Abridged)"
    )
    whole = after.editions[0].duration_minutes or 0
    for half in (1, 2):
        title = f"Twenty Years After, Part {half} of 2"
        maker.offer(after, fit=Fit.WRONG, title=title, minutes=whole // 2, seeders=70)
    maker.offer(after, filetype="mp3")
    maker.offer(tulip)


def the_same_title_by_another_author(maker: WorldMaker, books: Bibliography) -> None:
    """Victory by another author is owned, The Secret Agent by another is offered, The Rescue by another is listed."""
    titles = ("Lord Jim", "Nostromo", "Chance", "The Secret Agent", "Victory", "The Rescue")
    jim, nostromo, chance, agent, victory, rescue = (
        maker.work(books.work(title), editions=2 if title == "Nostromo" else 1) for title in titles
    )
    for work in (jim, chance, agent, victory, rescue):
        maker.add_records(work)
    maker.add_audible_record(nostromo, edition=1)
    maker.add_hardcover_record(nostromo)
    namesake = maker.work(Entry("Julian Hartwell", "Victory", 2011), id="victory-by-hartwell")
    maker.add_records(namesake)
    maker.own(jim, authors=["Conrad, Joseph"], folder="Conrad, Joseph/Lord Jim (1900)")
    maker.own(nostromo, without=("asin", "language"))
    maker.own(chance, without=("isbn",))
    maker.own(namesake)
    maker.offer(agent, fit=Fit.WRONG, authors=["Graham Vale"], seeders=150)
    maker.offer(agent)
    maker.offer(victory, fit=Fit.WRONG, authors=["Julian Hartwell"], narrators=namesake.editions[0].narrators)
    maker.offer(victory, indexer="prowlarr")
    maker.add_noise("audible", "The Rescue", "Nancy Holder-Finch", duration_minutes=310)
    maker.offer(rescue)


def one_author_under_two_names(maker: WorldMaker, books: Bibliography) -> None:
    """L. Frank Baum wrote these as Edith Van Dyne. Audible only has the pen name."""
    works = [
        maker.work(entry, authors=["Edith Van Dyne", "L. Frank Baum"]) for entry in books.series("Aunt Jane's Nieces")
    ]
    for work in works:
        maker.add_audible_record(work, authors=["Edith Van Dyne"])
        maker.add_hardcover_record(work, authors=["L. Frank Baum", "Edith Van Dyne"])
    maker.own(works[0], authors=["Edith Van Dyne"])
    maker.own(works[1], authors=["Edith Van Dyne"], title="Aunt Jane's Nieces Abroad (Book 2)", without=("narrators",))
    maker.offer(works[2], authors=["Edith Van Dyne"])
    maker.offer(works[2], authors=["L. Frank Baum", "Edith Van Dyne"], filetype="mp3")
    maker.offer(works[3], authors=["Edith Van Dyne"])
    maker.offer(works[3], fit=Fit.WRONG, title="Aunt Jane's Nieces", series=works[0].series, seeders=55)


def numbers_in_titles_are_not_sequences(maker: WorldMaker, books: Bibliography) -> None:
    """813 is Arsène Lupin 4, and The 39 Steps is The Thirty-Nine Steps, Richard Hannay 1."""
    lupin = [maker.work(entry, authors=["Maurice Leblanc"]) for entry in books.series("Arsene Lupin")[:6]]
    for work in lupin:
        maker.add_records(work)
    series = lupin[3].series
    maker.add_noise(
        "hardcover", "813: The Double Life of Arsene Lupin", "Maurice Leblanc", series=series, format="print"
    )
    maker.own(lupin[0], without=("asin", "publisher"))
    maker.own(lupin[3], folder="Maurice Leblanc/Arsène Lupin/813", without=("series",))
    maker.own(lupin[4], authors=["Leblanc, Maurice"], title="The_Crystal_Stopper")
    for sequence in (2, 3, 6):
        maker.offer(lupin[sequence - 1])
    steps, *others = books.series("Richard Hannay")
    hannay = [maker.work(steps, other_titles=["The 39 Steps"]), *(maker.work(entry) for entry in others)]
    for work in hannay:
        maker.add_records(work)
    folder = "John Buchan/Richard Hannay 1 - The 39 Steps"
    maker.own(hannay[0], title="The 39 Steps", folder=folder, without=("series", "asin"))
    maker.own(hannay[1], series=[SeriesPlace(name="Classic Thrillers Collection", sequence="17")])
    maker.own(hannay[2])
    maker.offer(hannay[3])
    maker.offer(hannay[4])
    maker.offer(hannay[4], fit=Fit.WRONG, title="The Island", authors=["Peter Lorne"], seeders=80)


def a_series_inside_a_series(maker: WorldMaker, books: Bibliography) -> None:
    """Leave It to Psmith is Psmith 4 and Blandings 2. Audible only has Blandings."""
    mike, city, journalist = (maker.work(entry) for entry in books.series("Psmith"))
    both = [SeriesPlace(name="Psmith", sequence="4"), SeriesPlace(name="Blandings", sequence="2")]
    leave = maker.work(books.work("Leave It to Psmith"), series=both)
    fresh, jim = (maker.work(books.work(title)) for title in ("Something Fresh", "Piccadilly Jim"))
    for work in (mike, city, journalist, fresh, jim):
        maker.add_records(work)
    maker.add_audible_record(leave, series=both[1:])
    maker.add_hardcover_record(leave)
    maker.own(mike, title="Mike", folder="Wodehouse/Psmith 1 - Mike", without=("series", "published_year"))
    maker.own(city, authors=["P.G. Wodehouse"], without=("asin",))
    maker.own(fresh)
    for work in (journalist, leave, jim):
        maker.offer(work)
    maker.offer(leave, fit=Fit.WRONG, title="Leave It to Psmith (BBC Radio Drama)", main_category=16, category=130)


def a_study_guide_is_not_the_book(maker: WorldMaker, books: Bibliography) -> None:
    """A study guide to The Warden is owned, but not The Warden. Heidi is owned in German."""
    works = [maker.work(entry) for entry in books.series("Barsetshire")]
    for work in works:
        maker.add_records(work)
    guide = maker.work(Entry("Margin Notes", "The Warden: A Study Guide", 2015, kind=WorkKind.COMPANION))
    maker.add_audible_record(guide)
    maker.own(guide, without=("isbn", "language"))
    maker.own(works[1], without=("isbn", "narrators"))
    maker.own(works[2], title="Doctor Thorne - Barsetshire 3", without=("series",))
    for place in (0, 3, 4, 5):
        maker.offer(works[place])
    maker.offer(works[0], fit=Fit.WRONG, title=guide.title, authors=guide.authors, minutes=95, series=[], seeders=64)
    heidi = maker.work(books.work("Heidi"))
    maker.add_records(heidi)
    maker.own_uncorrectable(
        heidi, title="Heidi", language="German", narrators=["Ulrich Tannhoff"], without=("asin", "isbn")
    )


def an_announced_book_is_not_missing(maker: WorldMaker, books: Bibliography) -> None:
    """Captain Blood 4 is announced for 2098."""
    blood = [maker.work(entry) for entry in books.series("Captain Blood")]
    series = [SeriesPlace(name="Captain Blood", sequence="4")]
    announced = maker.work(
        Entry("Rafael Sabatini", "Captain Blood Unbound", 1950, kind=WorkKind.UNPUBLISHED),
        series=series,
        published=date(2098, 5, 1),
    )
    for work in blood:
        maker.add_records(work)
    maker.add_audible_record(announced, published=date(2098, 5, 1))
    maker.add_hardcover_record(announced)
    maker.own(blood[0], without=("asin", "isbn"))
    maker.own(blood[1], title="Captain Blood Returns [Captain Blood 2]", without=("series",))
    maker.offer(blood[2])


def a_provider_may_be_wrong(maker: WorldMaker, books: Bibliography) -> None:
    """For Emily, Audible has a wrong narrator and lacks a series; Hardcover has a wrong sequence and no audiobook."""
    new_moon, climbs, quest = (maker.work(entry) for entry in books.series("Emily"))
    maker.add_audible_record(new_moon, narrators=["Walter Eskildsen"], wrong=("narrators",))
    maker.add_hardcover_record(new_moon)
    maker.add_audible_record(climbs)
    third = [SeriesPlace(name="Emily", sequence="3")]
    maker.add_hardcover_record(climbs, series=third, wrong=("sequence",))
    maker.add_audible_record(quest, series=[])
    maker.add_hardcover_record(quest, format="print")
    maker.own(new_moon, narrators=["Maud Ellery"])
    maker.own(climbs, series=[SeriesPlace(name="Emily")], folder="L. M. Montgomery/Emily/02 - Emily Climbs")
    maker.offer(quest)
    maker.offer(quest, fit=Fit.WRONG, title="Emily Climbs", series=climbs.series, seeders=75)
