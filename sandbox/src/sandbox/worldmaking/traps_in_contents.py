"""Traps in the files of a release, whose names do not match its listing."""

from sandbox.world import AudioFile, Work
from sandbox.worldmaking.bibliography import Bibliography
from sandbox.worldmaking.maker import Fit, WorldMaker


def files_of_another_book(maker: WorldMaker, books: Bibliography) -> None:
    """A release contains another author's book. File names that say little are no reason to reject a release."""
    first, third, sixth, seventh, eighth = (
        maker.work(entry) for entry in books.series("Dr. Thorndyke") if entry.title in _TITLES
    )
    for work in (first, third, sixth, seventh, eighth):
        maker.add_records(work)
    maker.own(first)
    maker.own(third)
    minutes = _minutes(sixth)
    other = [AudioFile(name="Bram Stoker - Dracula.m4b", duration_minutes=minutes)]
    maker.offer(sixth, fit=Fit.HIDDEN_FAULT, files=other, seeders=60)
    maker.offer(sixth, filetype="mp3", files=_tracks("{:02}.mp3", minutes), folder="Thorndyke", seeders=20)
    narrator = seventh.editions[0].narrators[0]
    spoken = [AudioFile(name=f"{narrator} - Thorndyke 07.m4b", duration_minutes=_minutes(seventh))]
    maker.offer(seventh, files=spoken)
    tracks = _tracks("Track {:02} - " + eighth.editions[0].narrators[0] + ".mp3", _minutes(eighth))
    maker.offer(eighth, filetype="mp3", files=tracks, folder="R. Austin Freeman")


_TITLES = frozenset(
    {"The Red Thumb Mark", "The Eye of Osiris", "A Silent Witness", "Helen Vardon's Confession", "The Cat's Eye"}
)


def _minutes(work: Work) -> int:
    return work.editions[0].duration_minutes or 300


def _tracks(name: str, minutes: int) -> list[AudioFile]:
    """One file for each hour, with its number in the name."""
    hours, rest = divmod(minutes, 60)
    lengths = [60] * hours + ([rest] if rest else [])
    return [AudioFile(name=name.format(number), duration_minutes=each) for number, each in enumerate(lengths, 1)]
