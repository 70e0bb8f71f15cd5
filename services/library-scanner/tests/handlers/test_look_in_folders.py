"""What Audiobookshelf sees in the folders of its libraries, against the stand-in."""

from pathlib import Path

import pytest
from library_builders import TOKEN, a_book, a_world, the_library
from library_scanner.handlers.look_in_folders import LookInLibraryFoldersHandler
from sandbox.outcomes import Controlled, Failure, Outcome
from shared.chassis.errors import RemoteError, RemoteUnavailable
from shared.contracts.library.folders import LibraryFolderView, LookInLibraryFolders

from sandbox import audiobookshelf

NAME = ".gapless-check-1.tmp"


@pytest.fixture
def stand_in(tmp_path: Path) -> Controlled:
    return audiobookshelf.create(a_world(a_book(1)), library_folder=tmp_path, token=TOKEN)


async def views(stand_in: Controlled) -> list[LibraryFolderView]:
    return await LookInLibraryFoldersHandler(the_library(stand_in)).look(LookInLibraryFolders(name=NAME))


async def test_a_file_is_seen_while_it_exists(stand_in: Controlled, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("")
    assert await views(stand_in) == [LibraryFolderView(library="Audiobooks", path=str(tmp_path), exists=True)]

    (tmp_path / NAME).unlink()
    assert [each.exists for each in await views(stand_in)] == [False]


async def test_a_user_who_may_not_ask_gives_no_answer_and_the_reason(stand_in: Controlled) -> None:
    stand_in.outcomes.switch_on(Outcome(kind=Failure.FORBIDDEN, path="/api/filesystem/pathexists"))
    (view,) = await views(stand_in)
    assert view.exists is None
    assert "403" in view.detail


async def test_an_unavailable_server_is_an_error(stand_in: Controlled) -> None:
    stand_in.outcomes.switch_on(Outcome(kind=Failure.AWAY))
    with pytest.raises(RemoteError) as raised:
        await views(stand_in)
    assert isinstance(raised.value, RemoteUnavailable)
