"""The check of Audiobookshelf, against the stand-in."""

from pathlib import Path

import pytest
from library_builders import TOKEN, a_book, a_world, the_library
from library_scanner.handlers.check_integrations import CheckIntegrationsHandler
from sandbox.outcomes import Controlled
from shared.contracts.system import CheckIntegrations, IntegrationState

from sandbox import audiobookshelf


@pytest.fixture
def stand_in(tmp_path: Path) -> Controlled:
    return audiobookshelf.create(a_world(a_book(1)), library_folder=tmp_path, token=TOKEN)


async def test_the_check_names_the_user_and_the_visible_libraries(stand_in: Controlled) -> None:
    (found,) = await CheckIntegrationsHandler(the_library(stand_in), "http://stand-in").check(CheckIntegrations())
    assert (found.state, found.version) == (IntegrationState.OK, "2.36.0")
    assert "Audiobooks" in found.detail


async def test_the_check_says_what_to_do_about_an_invalid_token(stand_in: Controlled) -> None:
    (found,) = await CheckIntegrationsHandler(the_library(stand_in, token="wrong"), "http://stand-in").check(
        CheckIntegrations()
    )
    assert found.state is IntegrationState.REFUSED
    assert "ABS_TOKEN" in found.detail
