"""The traps world: books owned, and around them everything that looks like a gap or a good release and is neither."""

from sandbox.world import World
from sandbox.worldmaking import (
    traps_in_books,
    traps_in_contents,
    traps_in_folders,
    traps_in_matching,
    traps_in_metadata,
    traps_in_reading,
    traps_in_releases,
    traps_in_search,
)
from sandbox.worldmaking.bibliography import Bibliography
from sandbox.worldmaking.maker import WorldMaker
from sandbox.worldmaking.settings import WORLD_SETTINGS
from sandbox.worldmaking.truth import derive

STORIES = (
    traps_in_releases.everything_that_is_not_anne,
    traps_in_releases.packs_and_what_cannot_be_had,
    traps_in_releases.nearly_the_same_title,
    traps_in_books.an_owned_omnibus_covers_its_parts,
    traps_in_books.a_work_in_two_volumes_is_one_work,
    traps_in_books.the_same_title_by_another_author,
    traps_in_books.one_author_under_two_names,
    traps_in_books.numbers_in_titles_are_not_places,
    traps_in_books.a_series_inside_a_series,
    traps_in_books.a_study_guide_is_not_the_book,
    traps_in_books.what_is_announced_is_not_missing,
    traps_in_books.a_provider_may_be_wrong,
    traps_in_metadata.releases_with_messy_tags,
    traps_in_metadata.books_that_are_only_files,
    traps_in_metadata.a_series_that_only_a_provider_knows,
    traps_in_contents.files_of_another_book,
    traps_in_folders.a_heap_of_files_is_one_item,
    traps_in_folders.a_flat_first_book_swallows_its_series,
    traps_in_folders.a_disk_that_is_away_is_no_gap,
    traps_in_search.wrong_length_and_other_spellings,
    traps_in_search.ampersand_for_and,
    traps_in_matching.volumes_as_long_as_each_other,
    traps_in_matching.a_series_short_of_its_last_word,
    traps_in_matching.a_trilogy_named_before_its_author,
    traps_in_reading.a_weekly_series_has_numbers_of_four_digits,
    traps_in_reading.a_folder_has_the_place_that_the_series_lacks,
    traps_in_reading.a_standalone_title_ends_in_a_number,
    traps_in_reading.an_episode_begins_with_its_number,
)
DESCRIPTION = (
    "Every trap in one world. The modules sandbox/src/sandbox/worldmaking/traps_in_*.py describe each as a story. "
    "Invented are Victory by Julian Hartwell, Captain Blood Unbound, the works of Harriet Lowndes, and the works in "
    "traps_in_matching.py and traps_in_reading.py. All other works are real."
)


def traps_world() -> World:
    """The whole world, the same each time."""
    maker, books = WorldMaker(), Bibliography.of_the_project()
    for story in STORIES:
        story(maker, books)
    return maker.world("traps", DESCRIPTION, WORLD_SETTINGS, derive(maker))
