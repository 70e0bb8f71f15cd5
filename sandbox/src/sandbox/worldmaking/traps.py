"""The traps world: cases that look like a gap, a good release or a right correction but are not."""

from sandbox.world import World
from sandbox.worldmaking import (
    traps_in_books,
    traps_in_contents,
    traps_in_folders,
    traps_in_identity,
    traps_in_matching,
    traps_in_metadata,
    traps_in_other_catalogues,
    traps_in_packs,
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
    traps_in_releases.packs_and_unavailable_releases,
    traps_in_releases.nearly_the_same_title,
    traps_in_books.an_owned_omnibus_covers_its_parts,
    traps_in_books.a_work_in_two_volumes_is_one_work,
    traps_in_books.the_same_title_by_another_author,
    traps_in_books.one_author_under_two_names,
    traps_in_books.numbers_in_titles_are_not_sequences,
    traps_in_books.a_series_inside_a_series,
    traps_in_books.a_study_guide_is_not_the_book,
    traps_in_books.an_announced_book_is_not_missing,
    traps_in_books.a_provider_may_be_wrong,
    traps_in_metadata.releases_with_messy_tags,
    traps_in_metadata.books_known_only_by_file_name,
    traps_in_metadata.a_series_that_only_a_provider_knows,
    traps_in_contents.files_of_another_book,
    traps_in_folders.loose_files_are_one_item,
    traps_in_folders.a_first_book_contains_the_folders_of_its_series,
    traps_in_folders.a_book_with_missing_files_is_not_a_gap,
    traps_in_search.wrong_length_and_other_spellings,
    traps_in_search.ampersand_for_and,
    traps_in_identity.items_whose_folders_alone_name_them,
    traps_in_identity.a_title_that_fits_two_books,
    traps_in_matching.volumes_of_the_same_duration,
    traps_in_matching.a_series_name_without_its_last_word,
    traps_in_matching.an_author_in_the_title_of_a_trilogy,
    traps_in_reading.a_weekly_series_has_four_digit_sequences,
    traps_in_reading.only_the_folder_has_the_sequence,
    traps_in_reading.a_standalone_title_ends_in_a_number,
    traps_in_reading.an_episode_title_begins_with_its_number,
    traps_in_matching.volumes_that_differ_in_their_subtitles,
    traps_in_other_catalogues.an_e_book_says_nothing_about_the_recording,
    traps_in_other_catalogues.a_recording_in_another_language_is_another_recording,
    traps_in_other_catalogues.a_book_that_only_audioteka_knows,
    traps_in_packs.a_pack_fills_three_gaps,
)
DESCRIPTION = (
    "All traps; each is a story in sandbox/src/sandbox/worldmaking/traps_in_*.py. Works are real except Victory by "
    "Julian Hartwell, Captain Blood Unbound and those of Harriet Lowndes, of traps_in_identity.py, of "
    "traps_in_matching.py, of traps_in_packs.py, of traps_in_reading.py and of traps_in_other_catalogues.py; the rest "
    "is invented."
)


def traps_world() -> World:
    """The traps world, always the same."""
    maker, books = WorldMaker(), Bibliography.load()
    for story in STORIES:
        story(maker, books)
    return maker.world("traps", DESCRIPTION, WORLD_SETTINGS, derive(maker))
