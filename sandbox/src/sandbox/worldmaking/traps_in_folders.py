"""Traps in the way Audiobookshelf turns folders into items."""

from sandbox.world import OwnedFile, Work
from sandbox.worldmaking.bibliography import Bibliography
from sandbox.worldmaking.maker import Fit, WorldMaker


def loose_files_are_one_item(maker: WorldMaker, books: Bibliography) -> None:
    """The author's folder contains three books as files. Audiobookshelf only shows the first."""
    just_men = [maker.work(entry) for entry in books.series("The Four Just Men")]
    for work in just_men:
        maker.add_records(work)
    first, second, third, fourth, *_ = just_men
    files = [_file(f"{number:02d} - {work.title}.m4b", work) for number, work in enumerate((first, second, third), 1)]
    maker.own_containing(first, [second, third], folder="Edgar Wallace", files=files)
    maker.own(fourth, folder=f"Wallace, Edgar - {fourth.title}")
    maker.offer(second, fit=Fit.WRONG, seeders=90)
    maker.offer(third, fit=Fit.WRONG, seeders=80)


def a_first_book_contains_the_folders_of_its_series(maker: WorldMaker, books: Bibliography) -> None:
    """The files of the first book are directly in the folder of the series, so its item contains the subfolders."""
    palliser = [maker.work(entry) for entry in books.series("Palliser")]
    for work in palliser:
        maker.add_records(work)
    first, second, third, fourth, fifth, *_ = palliser
    files = [_file(f"{first.title} - {number:02d}.mp3", first, parts=4) for number in range(1, 5)]
    files += [_file(f"2 - {second.title}/{second.title}.m4b", second), _file(f"4 - {fourth.title}/01.m4b", fourth)]
    maker.own_containing(first, [second, fourth], folder="Anthony Trollope/Palliser", files=files)
    maker.own(fifth, folder=f"Anthony Trollope/05 - {fifth.title}")
    maker.offer(second, fit=Fit.WRONG, seeders=90)
    maker.offer(fourth, fit=Fit.WRONG, seeders=80)
    maker.offer(third)


def a_book_with_missing_files_is_not_a_gap(maker: WorldMaker, books: Bibliography) -> None:
    """Audiobookshelf lists two Katy books but cannot find their files; the third one is missing."""
    first, second, third = (maker.work(entry) for entry in books.series("Katy")[:3])
    for work in (first, second, third):
        maker.add_records(work)
    maker.own(first, files_missing=True)
    maker.own(second, files_missing=True)
    maker.offer(first, fit=Fit.WRONG, seeders=70)
    maker.offer(second, fit=Fit.WRONG, seeders=70)
    maker.offer(third)


def _file(name: str, work: Work, *, parts: int = 1) -> OwnedFile:
    minutes = work.editions[0].duration_minutes or 300
    return OwnedFile(name=name, duration_seconds=minutes * 60 / parts)
