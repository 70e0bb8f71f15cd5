"""Words around a known name: companions, boxes and stories, and novels with similar titles."""

from datetime import date

import pytest
from shared.books.description import BookDescription, SeriesPlace
from shared.books.gaps.answer import CatalogueEntry, GapPolicy
from shared.books.gaps.finding import author_gaps
from shared.books.text.about_phrases import ABOUT_PHRASES, AboutPhrase, Names, kind_around_name
from shared.books.text.kind_phrases import WorkKind

NAMES = Names.of(["Emerald Road", "Ozma of Oz", "L. Frank Baum", "Baum", "Oz Country"])
POLICY = GapPolicy(as_of=date(2026, 3, 1))


@pytest.mark.parametrize("phrase", ABOUT_PHRASES, ids=lambda phrase: phrase.example)
def test_a_phrase_matches_its_example(phrase: AboutPhrase) -> None:
    for known in ("Ozma of Oz", "L. Frank Baum", "Baum", "Oz"):
        if known in phrase.example:
            assert kind_around_name(phrase.example.replace(known, "Emerald Road"), NAMES) == (
                phrase.kind,
                "emerald road",
            )
            return
    pytest.fail("the example names nobody")


@pytest.mark.parametrize(
    "title",
    [
        "Emerald Road", "The Atlas of Sorrow", "The Art of Racing Pigeons", "The Emerald Road Murders",
        "Beyond the Hills", "Return to Emerald Road", "The Last Companion", "The Guide", "Tales of Nowhere",
        "The Complete Stranger", "A Night on Emerald Road", "Three Men on Emerald Road", "The Ghost of Emerald Road",
        "Emerald Road Revisited", "Ozma of Oz and the Nome King", "The Road",
    ],
)  # fmt: skip
def test_a_novel_is_not_a_companion_because_of_one_word_or_name(title: str) -> None:
    assert kind_around_name(title, NAMES) is None


def missing(*titles: str, series: str | None = None) -> list[str]:
    """The works of a catalogue by L. Frank Baum that are missing from an empty library."""
    entries = [
        CatalogueEntry(
            title,
            BookDescription(
                title,
                authors=("L. Frank Baum",),
                series=(SeriesPlace(series, str(place)),) if series and place < 3 else (),
                published_year=1900 + place,
            ),
        )
        for place, title in enumerate(titles, start=1)
    ]
    return [gap.chosen_id for gap in author_gaps(("L. Frank Baum",), entries, [], POLICY).missing]


@pytest.mark.parametrize(
    "companion",
    [
        "The Emerald Road Cookbook", "Emerald Road: A Coloring Book", "The World of Emerald Road", "The Art of Ozma",
        "Emerald Road 2025 Wall Calendar", "Ozma: A Play in Three Acts", "L. Frank Baum: A Biography",
        "Critical Essays on L. Frank Baum", "The Complete Emerald Road", "Emerald Road 1-2",
        "The Best of L. Frank Baum", "Three Novels by L. Frank Baum",
        "The Cold Lamp: An Emerald Road Story", "The Cold Lamp: A Novella",
        "Tales from Emerald Road", "Ozma: Free Preview", "Ozma, Volume 1 of 2", "Emerald Road Books 1, 2 & 3",
    ],
)  # fmt: skip
def test_a_companion_a_box_and_a_story_are_not_missing_works(companion: str) -> None:
    assert missing("Ozma", "The Tin Path", companion, series="Emerald Road") == ["Ozma", "The Tin Path"]


@pytest.mark.parametrize(
    "edition",
    [
        "The Tin Path (Penguin Classics)", "The Tin Path: Revised and Expanded Edition", "The Tin Path, Second Edition",
        "The Tin Path: 10th Anniversary Edition", "The Annotated Tin Path", "The Tin Path by L. Frank Baum",
        "L. Frank Baum's The Tin Path", "The Tin Path (Movie Tie-In)", "The Tin Path (Large Print)",
        "The Tin Path (An Emerald Road Novel)", "The Tin Path: Complete and Unabridged", "The Tin Path: A Novel",
        "The Tin Path - Special Edition", "The Tin Path (Emerald Road, #2)",
    ],
)  # fmt: skip
def test_a_second_edition_is_not_a_second_work(edition: str) -> None:
    assert len(missing("Ozma", "The Tin Path", edition, series="Emerald Road")) == 2


WORKS = [
    CatalogueEntry(title, BookDescription(title, authors=("Jane Austen",), published_year=1815))
    for title in ("Emma", "Persuasion", "Sanditon", "Northanger Abbey")
]


def lacking(*owned: BookDescription) -> tuple[list[str], list[str]]:
    """The missing works, and the doubtful ones."""
    answer = author_gaps(("Jane Austen",), WORKS, owned, POLICY)
    return [gap.chosen_id for gap in answer.missing], [gap.chosen_id for gap in answer.doubtful]


@pytest.mark.parametrize(
    "paths",
    [
        ["Jane Austen/Persuasion, Part 1", "Jane Austen/Persuasion, Part 2"],
        ["Jane Austen - Persuasion (1 of 2)", "Jane Austen - Persuasion (2 of 2)"],
        ["Jane Austen/Persuasion - Part One", "Jane Austen/Persuasion - Part Two"],
    ],
)
def test_a_work_whose_parts_are_all_owned_is_owned(paths: list[str]) -> None:
    owned = [BookDescription("", path=path) for path in paths]
    assert lacking(*owned) == (["Emma", "Sanditon", "Northanger Abbey"], [])


def test_a_work_of_which_one_part_is_owned_is_a_doubtful_gap() -> None:
    assert lacking(BookDescription("Persuasion (Part 2 of 3)", authors=("Jane Austen",))) == (
        ["Emma", "Sanditon", "Northanger Abbey"],
        ["Persuasion"],
    )


@pytest.mark.parametrize("title", ["Emma, Persuasion, Sanditon", "Emma and Persuasion and Sanditon"])
def test_a_book_that_lists_works_is_an_omnibus_of_them(title: str) -> None:
    assert lacking(BookDescription("", path=f"Jane Austen/{title}"))[0] == ["Northanger Abbey"]


@pytest.mark.parametrize("title", ["The Emerald Road 1-3", "The Emerald Road Classics"])
def test_the_article_before_the_known_name_does_not_hide_a_box_set(title: str) -> None:
    assert kind_around_name(title, NAMES) == (WorkKind.BOX_SET, "emerald road")
