"""Which releases may be grabbed for a wanted book: the right work, whole, read aloud, in the right language."""

from typing import Any

import pytest
from shared.books.description import BookDescription, SeriesPlace
from shared.books.releases.description import Judgement, Outcome, ReleaseDescription, WantedBook
from shared.books.releases.judging import best_of, judge_release, rank, ready

OZMA = WantedBook(BookDescription("Ozma of Oz", authors=("L. Frank Baum",), series=(SeriesPlace("Oz", "3"),)))
CHANCE = WantedBook(BookDescription("Chance", authors=("Joseph Conrad",)))


def judged(name: str, wanted: WantedBook = OZMA, **fields: object) -> Judgement:
    return judge_release(wanted, ReleaseDescription("r", name, **fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name",
    [
        "Ozma of Oz by L. Frank Baum [ENG / M4B]",
        "Ozma of Oz by L Frank Baum, John R Neill [ENG / MP3] [VIP]",
        "Ozma of Oz by L. Frank Baum, John R Neill and 3 more [ENG / MP3]",
        "L. Frank Baum - Ozma of Oz",
        "Baum, L. Frank - Oz 3 - Ozma of Oz (1907)",
        "L.Frank.Baum-Ozma.of.Oz-AUDIOBOOK-2012-M4B.64kbps",
        "LFrankBaum-OzmaOfOz",
        "L. Frank Baum - Ozma of Oz Oz, Book 3 (Unabridged) 64k mp3",
        "Ozma of Oz (Oz, Book Three) - L. Frank Baum (Unabridged) MP3",
        "[L. Frank Baum] Ozma of Oz [Oz 3] {A. Reader} M4B",
        "1907 - Oz 03 - Ozma of Oz (Reader) 64k m4b - L. Frank Baum",
        "ff-classics-oz03-ozma_of_oz-l_frank_baum",
        "12 - Ozma of Oz - Baum - 1907",
    ],
)
def test_the_wanted_book_is_accepted_however_it_is_named(name: str) -> None:
    assert judged(name).accepted


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("The Road to Oz by L. Frank Baum [ENG / M4B]", "same work"),
        ("Ozma of Oz - Maria Farrow (Unabridged) M4B", "same work"),
        ("Ozma of Oz by Maria Farrow [ENG / M4B]", "same work"),
        ("L. Frank Baum - Oz 05 - The Road to Oz", "same work"),
        ("Ozma of Oz by L. Frank Baum [ENG / EPUB]", "format"),
        ("L.Frank.Baum-Ozma.of.Oz-RETAIL.EPUB-eBook-Group", "format"),
        ("L. Frank Baum - Oz 03 - Ozma of Oz (epub, mobi)", "format"),
        ("Ozma of Oz by L. Frank Baum [GER / M4B]", "language"),
        ("L. Frank Baum - Ozma of Oz [GERMAN] [MP3 128kbps] Hörbuch", "language"),
        ("L. Frank Baum - Ozma of Oz (French) Livre audio MP3", "language"),
        ("Oz Complete Series 1-14 by L. Frank Baum [ENG / M4B]", "same work"),
        ("Ozma of Oz and the Oz Collection by L. Frank Baum [ENG / M4B]", "pack"),
        ("L. Frank Baum - Ozma of Oz Box Set (Books 1-3) M4B", "pack"),
        ("Ozma of Oz (1 of 3) by L. Frank Baum [ENG / MP3]", "part"),
        ("L. Frank Baum - Ozma of Oz - Part 2 [MP3]", "part"),
        ("Ozma of Oz [Dramatized Adaptation] - L. Frank Baum MP3", "kind"),
        ("L. Frank Baum - Ozma of Oz [GraphicAudio] M4B", "kind"),
        ("Ozma of Oz by L. Frank Baum (BBC Radio Drama) [ENG / MP3]", "edition"),
        ("Summary of Ozma of Oz by L. Frank Baum [ENG / MP3]", "kind"),
        ("SuperSummary - Ozma of Oz by L. Frank Baum Study Guide [MP3]", "kind"),
        ("Ozma of Oz by L. Frank Baum: Conversation Starters (Audiobook)", "kind"),
        ("L. Frank Baum - Ozma of Oz (Abridged) [MP3]", "edition"),
    ],
)
def test_another_kind_of_release_is_rejected_by_its_rule(name: str, rule: str) -> None:
    judgement = judged(name)
    assert judgement.outcome is Outcome.REJECTED
    assert judgement.reasons[-1].rule == rule


@pytest.mark.parametrize(
    "name",
    [
        "Chance and Folly by Joseph Conrad [ENG / M4B]",
        "Joseph Conrad - The Game of Chance",
        "Joseph Conrad - Chance 02 - The Second Voyage",
        "The Second Voyage (Chance, Book 2) - Joseph Conrad (Unabridged) MP3",
        "Joseph Conrad - Chance - Book 02 - Chance and Empire",
        "Joseph Conrad - Men of Chance",
        "Joseph Conrad - Chances",
    ],
)
def test_a_title_that_is_part_of_a_longer_one_is_never_accepted(name: str) -> None:
    assert not judged(name, CHANCE).accepted


def test_books_of_a_series_that_differ_by_one_number_are_distinguished() -> None:
    wanted = WantedBook(
        BookDescription("Emerald Core 4", authors=("P. Farrow",), series=(SeriesPlace("Emerald Core", "4"),))
    )
    assert judged("P. Farrow - Emerald Core, Book Four (Unabridged)", wanted).accepted
    assert not judged("P. Farrow - Emerald Core 03 (A. Reader)", wanted).accepted
    assert not judged("P. Farrow - Emerald Core 14", wanted).accepted


def test_titles_that_differ_by_a_few_letters_are_distinguished() -> None:
    wanted = WantedBook(BookDescription("The Clockwork Prince", authors=("P. Farrow",)))
    assert not judged("The Clockwork Princess by P. Farrow [ENG / M4B]", wanted).accepted


def test_another_place_in_the_same_series_is_doubtful_at_best() -> None:
    assert judged("L. Frank Baum - Oz 04 - Ozma of Oz").outcome is not Outcome.ACCEPTED


def test_a_subtitle_of_another_book_is_not_the_wanted_one() -> None:
    wanted = WantedBook(BookDescription("The Land: Forging", authors=("P. Farrow",)))
    assert judged("The Land: Forging by P. Farrow [ENG / M4B]", wanted).accepted
    assert not judged("The Land: Swarm by P. Farrow [ENG / M4B]", wanted).accepted


def test_the_fields_of_the_tracker_take_precedence_over_the_name() -> None:
    fields: dict[str, Any] = {
        "work_title": "Ozma of Oz",
        "authors": ("L. Frank Baum",),
        "filetypes": ("m4b",),
        "language_code": "ENG",
    }
    assert judged("whatever", **fields).accepted
    assert judged("whatever", **fields, is_audio=False).outcome is Outcome.REJECTED
    assert judged("whatever", **fields, narrators=("GraphicAudio",)).reasons[-1].rule == "edition"
    assert judged("whatever", **fields, series=(SeriesPlace("Oz", "1-3"),)).reasons[-1].rule == "pack"
    assert not judged("whatever", **{**fields, "authors": ("Maria Farrow",)}).accepted


def test_the_word_part_in_the_wanted_title_does_not_mark_a_part() -> None:
    wanted = WantedBook(BookDescription("Henry IV, Part 1", authors=("William Shakespeare",)))
    assert judged("Henry IV, Part 1 by William Shakespeare [ENG / M4B]", wanted).accepted


def test_every_reason_says_what_was_found_and_what_is_wanted() -> None:
    for reason in judged("Ozma of Oz by L. Frank Baum [ENG / M4B]").reasons:
        assert reason.words.startswith("got ")
        assert ", want " in reason.words


def test_the_best_release_has_the_preferred_format_and_then_the_most_seeders() -> None:
    releases = [
        ReleaseDescription("mp3", "Ozma of Oz by L. Frank Baum [ENG / MP3]", seeders=900),
        ReleaseDescription("few", "Ozma of Oz by L. Frank Baum [ENG / M4B]", seeders=4),
        ReleaseDescription("many", "L. Frank Baum - Ozma of Oz M4B", seeders=40),
        ReleaseDescription("other", "The Road to Oz by L. Frank Baum [ENG / M4B]", seeders=999),
    ]
    ranked = rank(OZMA, releases)
    assert [release.id for release, _ in ranked] == ["many", "few", "mp3", "other"]
    best = best_of(ranked)
    assert best is not None
    assert best.id == "many"


def test_the_wanted_narrator_takes_precedence_over_format_and_seeders() -> None:
    book = BookDescription("Ozma of Oz", authors=("L. Frank Baum",), narrators=("Anna Reader",))
    releases = [
        ReleaseDescription("other", "Ozma of Oz by L. Frank Baum [ENG / M4B]", narrators=("B. Speaker",), seeders=90),
        ReleaseDescription("hers", "Ozma of Oz by L. Frank Baum [ENG / MP3]", narrators=("Anna Reader",), seeders=2),
    ]
    assert [release.id for release, _ in rank(WantedBook(book), releases)] == ["hers", "other"]


def test_without_an_acceptable_release_there_is_no_best() -> None:
    assert best_of(rank(OZMA, [ReleaseDescription("x", "The Road to Oz by L. Frank Baum [ENG / M4B]")])) is None
    assert best_of(rank(OZMA, [])) is None


def test_a_prepared_wanted_book_gives_the_same_judgements() -> None:
    release = ReleaseDescription("r", "L. Frank Baum - Ozma of Oz")
    assert judge_release(ready(OZMA), release) == judge_release(OZMA, release)


@pytest.mark.parametrize(
    "name",
    [
        "L. Frank Baum - Ozma of Oz [ENG / M4B]",
        "L. Frank Baum - Oz, Book 3 - Ozma of Oz (Unabridged) [ENG / MP3]",
        "L.Frank.Baum.-.Ozma.of.Oz.2011.Unabridged.M4B.64kbps-AUDiO",
        "L.Frank.Baum-Ozma.of.Oz-AUDIOBOOK-M4B-2019",
    ],
)
def test_a_scene_name_or_a_listing_with_the_author_first_is_the_book(name: str) -> None:
    assert judged(name).accepted


def test_two_titles_separated_by_a_slash_are_a_pack() -> None:
    assert judged("Ozma of Oz / The Road to Oz by L. Frank Baum [ENG / M4B]").reasons[-1].rule == "pack"


KNOWN_UNDER_SEVERAL_NAMES = WantedBook(
    BookDescription("The Amateur Cracksman", authors=("E. W. Hornung",), series=(SeriesPlace("Raffles", "1"),)),
    other_titles=("Raffles, the Gentleman Thief", "the amateur cracksman", "Summary of Raffles", ""),
    other_authors=("Ernest Harrow", "E. W. Hornung"),
)


@pytest.mark.parametrize(
    "name",
    [
        "The Amateur Cracksman by E. W. Hornung [ENG / M4B]",
        "The Amateur Cracksman by Ernest Harrow [ENG / M4B]",
        "Raffles, the Gentleman Thief by E. W. Hornung [ENG / M4B]",
        "Ernest Harrow - Raffles the Gentleman Thief (Unabridged) M4B",
    ],
)
def test_a_release_under_any_title_and_any_author_of_the_work_is_accepted(name: str) -> None:
    assert judged(name, KNOWN_UNDER_SEVERAL_NAMES).accepted


@pytest.mark.parametrize(
    "name",
    [
        "Raffles, the Gentleman Thief by Maria Farrow [ENG / M4B]",
        "Raffles, the Gentleman Thief (1 of 3) by E. W. Hornung [ENG / M4B]",
        "Raffles, the Gentleman Thief by E. W. Hornung [GER / M4B]",
        "Summary of Raffles by E. W. Hornung [ENG / M4B]",
        "A Thief in the Night by E. W. Hornung [ENG / M4B]",
    ],
)
def test_another_title_of_the_work_does_not_excuse_another_kind(name: str) -> None:
    assert not judged(name, KNOWN_UNDER_SEVERAL_NAMES).accepted


def test_the_best_judgement_under_any_title_is_returned() -> None:
    judgement = judged("Raffles, the Gentleman Thief, 4 by E. W. Hornung [ENG / M4B]", KNOWN_UNDER_SEVERAL_NAMES)
    assert judgement.outcome is Outcome.DOUBTFUL


@pytest.mark.parametrize(
    "name",
    [
        "Ozma of Oz by L. Frank Baum (read by Susan Farrow) [ENG / M4B]",
        "Ozma of Oz by L. Frank Baum [Narrated by Susan Farrow] [ENG / M4B]",
        "L. Frank Baum - Ozma of Oz (Unabridged, read by Susan Farrow) M4B",
        "L. Frank Baum - Oz 03 - Ozma of Oz - read by Susan Farrow",
    ],
)
def test_a_reader_named_with_by_is_the_narrator_and_not_the_author(name: str) -> None:
    wanted = WantedBook(BookDescription("Ozma of Oz", authors=("L. Frank Baum",), narrators=("Susan Farrow",)))
    judgement = judged(name, wanted)
    assert judgement.accepted
    assert next(one for one in judgement.reasons if one.rule == "narrator").weight == 1.0


def test_a_reader_who_is_an_author_elsewhere_does_not_make_the_book_theirs() -> None:
    wanted = WantedBook(BookDescription("Ozma of Oz", authors=("Susan Farrow",)))
    assert not judged("Ozma of Oz by L. Frank Baum (read by Susan Farrow) [ENG / M4B]", wanted).accepted


HARBOUR = WantedBook(
    BookDescription("Grey Harbour", authors=("Ann Calloway",), series=(SeriesPlace("Grey Harbour", "1"),))
)


@pytest.mark.parametrize(
    "name",
    [
        "Grey Harbour Trilogy by Ann Calloway [ENG / M4B]",
        "Grey Harbour Saga by Ann Calloway [ENG / M4B]",
        "Grey Harbour Trilogy - Ann Calloway (Unabridged) M4B",
        "Ann Calloway - The Grey Harbour Saga [M4B]",
        "Ann Calloway - Grey Harbour Chronicles - MP3",
        "Ann Calloway - Grey Harbour Omnibus (2014)",
        "Ann Calloway - Grey Harbour Collection [64k]",
        "Grey Harbour Box Set - Ann Calloway",
        "Grey Harbour (Full-Cast Edition) by Ann Calloway [ENG / M4B]",
    ],
)
def test_a_whole_series_and_a_full_cast_edition_are_not_its_first_book(name: str) -> None:
    assert not judged(name, HARBOUR).accepted


@pytest.mark.parametrize(
    "name",
    [
        "Grey Harbour (Grey Harbour Trilogy 1) by Ann Calloway [ENG / M4B]",
        "Ann Calloway - Grey Harbour Saga 01 - Grey Harbour (Unabridged) M4B",
        "Grey Harbour: Grey Harbour Trilogy, Book 1 by Ann Calloway [ENG / M4B]",
        "Ann Calloway - Grey Harbour Trilogy - 01 - Grey Harbour",
        "Grey Harbour (Grey Harbour Saga) by Ann Calloway [ENG / M4B]",
    ],
)
def test_a_book_with_the_name_of_its_series_is_accepted(name: str) -> None:
    assert judged(name, HARBOUR).accepted
