"""Lays the books of a world out on disk, where Audiobookshelf has them: files of the right size without content."""

from pathlib import Path

from sandbox.audiobookshelf.items import owned_audio
from sandbox.world import World


def lay_out(world: World, library: Path, done: Path) -> None:
    """Make the folders of all books whose files are not missing, once: `done` remembers that, so that what somebody
    deletes stays deleted."""
    if done.exists():
        return
    for book in world.library:
        for audio in [] if book.files_missing else owned_audio(book):
            file = library / book.folder / audio.name
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("wb") as opened:
                opened.truncate(audio.size_bytes)  # a sparse file, which takes no room
    done.touch()
