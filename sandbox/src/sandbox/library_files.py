"""Creates the files of the library of a world: sparse files of the right size without content."""

from pathlib import Path

from sandbox.audiobookshelf.items import owned_audio
from sandbox.world import World


def lay_out(world: World, library: Path, done: Path) -> None:
    """Create the files of all books whose files are not missing.

    This happens only once, so that files deleted later stay deleted: afterwards the marker file `done` exists.
    Raises OSError if a file cannot be written.
    """
    if done.exists():
        return
    for book in world.library:
        for audio in [] if book.files_missing else owned_audio(book):
            file = library / book.folder / audio.name
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("wb") as opened:
                opened.truncate(audio.size_bytes)  # a sparse file, which uses no disk space
    done.touch()
