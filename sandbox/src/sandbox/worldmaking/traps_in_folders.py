"""Stories of the traps world whose trap is how Audiobookshelf makes items of folders, and how it shows them."""

from sandbox.world import OwnedFile, Work
from sandbox.worldmaking.bibliography import Bibliography
from sandbox.worldmaking.maker import Fit, WorldMaker


def a_heap_of_files_is_one_item(maker: WorldMaker, books: Bibliography) -> None:
    """Three books lie as files in their author's folder; Audiobookshelf shows the first of them alone."""
    just_men = [maker.work(entry) for entry in books.series("The Four Just Men")]
    for work in just_men:
        maker.told(work)
    first, second, third, fourth, *_ = just_men
    files = [_file(f"{number:02d} - {work.title}.m4b", work) for number, work in enumerate((first, second, third), 1)]
    maker.own_with(first, [second, third], folder="Edgar Wallace", files=files)
    maker.own(fourth, folder=f"Wallace, Edgar - {fourth.title}")
    maker.offer(second, fit=Fit.WRONG, seeders=90)
    maker.offer(third, fit=Fit.WRONG, seeders=80)


def a_flat_first_book_swallows_its_series(maker: WorldMaker, books: Bibliography) -> None:
    """The first book lies in the series' folder itself, so that the folders below it belong to its item."""
    palliser = [maker.work(entry) for entry in books.series("Palliser")]
    for work in palliser:
        maker.told(work)
    first, second, third, fourth, fifth, *_ = palliser
    files = [_file(f"{first.title} - {number:02d}.mp3", first, parts=4) for number in range(1, 5)]
    files += [_file(f"2 - {second.title}/{second.title}.m4b", second), _file(f"4 - {fourth.title}/01.m4b", fourth)]
    maker.own_with(first, [second, fourth], folder="Anthony Trollope/Palliser", files=files)
    maker.own(fifth, folder=f"Anthony Trollope/05 - {fifth.title}")
    maker.offer(second, fit=Fit.WRONG, seeders=90)
    maker.offer(fourth, fit=Fit.WRONG, seeders=80)
    maker.offer(third)


def a_disk_that_is_away_is_no_gap(maker: WorldMaker, books: Bibliography) -> None:
    """Audiobookshelf knows two books about Katy and finds the files of neither; the third is missing."""
    first, second, third = (maker.work(entry) for entry in books.series("Katy")[:3])
    for work in (first, second, third):
        maker.told(work)
    maker.own(first, files_missing=True)
    maker.own(second, files_missing=True)
    maker.offer(first, fit=Fit.WRONG, seeders=70)
    maker.offer(second, fit=Fit.WRONG, seeders=70)
    maker.offer(third)


def _file(name: str, work: Work, *, parts: int = 1) -> OwnedFile:
    minutes = work.editions[0].duration_minutes or 300
    return OwnedFile(name=name, duration_seconds=minutes * 60 / parts)
