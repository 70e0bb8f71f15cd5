"""Series read from titles, subtitles and folders, with one table for each kind of text."""

import pytest
from shared.books.series.reading import read_series

TITLES: list[tuple[str, str, str | None]] = [
    ("Ozma of Oz (Oz, #3)", "Oz", "3"),
    ("Ozma of Oz (The Oz Chronicles #3)", "The Oz Chronicles", "3"),
    ("The Emerald Gate (Emerald Gate, #1; Gates of Oz, #4)", "Emerald Gate", "1"),
    ("The Complete Barsoom (Barsoom #1-3)", "Barsoom", "1-3"),
    ("Ozma of Oz [Oz 3]", "Oz", "3"),
    ("[Oz 03] Ozma of Oz", "Oz", "3"),
    ("Ozma of Oz (Oz Book 3)", "Oz", "3"),
    ("Oz Book 3: Ozma of Oz", "Oz", "3"),
    ("Oz, Vol. 3: Ozma of Oz", "Oz", "3"),
    ("Oz #3 - Ozma of Oz", "Oz", "3"),
    ("Oz 03 - Ozma of Oz", "Oz", "3"),
    ("Oz - 3 - Ozma of Oz", "Oz", "3"),
    ("Oz 03 Ozma of Oz", "Oz", "3"),
    ("Oz 02.5 - Little Wizard Stories", "Oz", "2.5"),
    ("Ozma of Oz: Oz Series, Book 3 (Unabridged)", "Oz", "3"),
    ("Ozma_of_Oz_(Oz_#3)", "Oz", "3"),
    ("The Emerald City. v06 (Reader) 64k 05.07.04 {142mb}", "The Emerald City", "6"),
    ("Emerald Tower 2", "Emerald Tower", "2"),
    ("Emerald Gate 2: A LitRPG Adventure", "Emerald Gate", "2"),
    ("Wizard Failures III", "Wizard Failures", "3"),
    ("Tarzan and the Castaways Book 24 of the Tarzan Series", "Tarzan", "24"),
    ("Perry Rhodan 2700", "Perry Rhodan", "2700"),
    ("Perry Rhodan 2700 - Der Techno-Mond", "Perry Rhodan", "2700"),
    ("Perry Rhodan, Band 2700", "Perry Rhodan", "2700"),
    ("Nattens ljus - Del 3", "Nattens ljus", "3"),
    ("Nattens lys, bind 2", "Nattens lys", "2"),
    ("La noche larga, parte 2", "La noche larga", "2"),
    ("Il fiume: Parte 3", "Il fiume", "3"),
    ("Rzeka - część 2", "Rzeka", "2"),
    ("Řeka, část 4", "Řeka", "4"),
    ("Ties That Bind 3", "Ties That Bind", "3"),
    ("Perry Rhodan #1999", "Perry Rhodan", "1999"),
    ("Oz, Folge 3: Ozma", "Oz", "3"),
    ("Oz, Books 1 through 5", "Oz", "1-5"),
    ("Oz Omnibus (1-3)", "Oz", "1-3"),
    ("The Complete Oz (Books 1-3)", "Oz", "1-3"),
    ("The Complete Oz, Books 1-3", "Oz", "1-3"),
    ("Oz: Box Set, Books 1-3", "Oz", "1-3"),
    ("Ozma - read by Tom Reed - Oz, Book 3", "Oz", "3"),
    ("Ozma (read by Tom Reed, Oz 3)", "Oz", "3"),
    ("The Canal: An Inspector Hale Novel", "Inspector Hale", None),
    ("The Canal (An Inspector Hale Mystery)", "Inspector Hale", None),
    ("The First Novel in the Emerald Gate Series", "Emerald Gate", "1"),
]
SUBTITLES = [
    ("Ozma of Oz", "Oz, Book 3", "Oz", "3"),
    ("Ozma of Oz", "Book 3 of The Oz Chronicles", "The Oz Chronicles", "3"),
    ("Ozma of Oz", "The Third Book in the Land of Oz Series", "Land of Oz", "3"),
    ("Ozma of Oz", "Oz, Book Three", "Oz", "3"),
    ("Ozma of Oz", "Oz, Book III", "Oz", "3"),
    ("A Princess of Mars", "Barsoom 1", "Barsoom", "1"),
]
RUN_TOGETHER = [
    ("The Emerald City The Land of Oz, Book 6", "The Land of Oz", "6"),
    ("Oz Oz, Book 1", "Oz", "1"),
    ("Who Stole the Wizard? Emerald Mysteries, Book 2", "Emerald Mysteries", "2"),
    ("The Wizard’s Tower A LitRPG Adventure Emerald Gate, Book 4", "Emerald Gate", "4"),
    ("Lost in the Woods Dorothy Gale, Book 2", "Dorothy Gale", "2"),
]
FOLDERS = [
    ("L. Frank Baum/Oz/03 - Ozma of Oz", "Oz", "3"),
    ("L. Frank Baum/Oz/3. Ozma of Oz", "Oz", "3"),
    ("L. Frank Baum/Oz/Book 3 - Ozma of Oz", "Oz", "3"),
    ("L. Frank Baum/Oz/Vol 3 - 1907 - Ozma of Oz {A. Reader}", "Oz", "3"),
    ("L. Frank Baum - Oz/03 Ozma of Oz", "Oz", "3"),
    ("L. Frank Baum - Oz Books 01 - 08/L. Frank Baum - Oz 03 - Ozma of Oz", "Oz", "3"),
    ("L. Frank Baum - The Oz Saga [Series]/03-Ozma of Oz", "The Oz Saga", "3"),
    ("L. Frank Baum - [Oz 03] - Ozma of Oz (read by A. Reader) 64k", "Oz", "3"),
    ("L. Frank Baum - Oz 03 - Ozma of Oz (1907)", "Oz", "3"),
    ("Baum, L. Frank/Oz/Oz 03 - Ozma of Oz", "Oz", "3"),
    ("L. Frank Baum/Ozma of Oz (Oz #3)", "Oz", "3"),
    ("L.Frank.Baum.-.Emerald.City.Bk.3.-.Ozma.of.Oz.Unabr", "Emerald City", "3"),
    ("The Emerald Saga/The Emerald Saga [03] Ozma/The Emerald Saga [03] Ozma [01]", "The Emerald Saga", "3"),
    ("Emerald Gate series (8)/2017 - EG-06 - The Sixth Door (Reader) 48k", "Emerald Gate", "6"),
    ("Edgar Rice Burroughs - Barsoom/2. Edgar Rice Burroughs - Barsoom 02 The Gods of Mars", "Barsoom", "2"),
    ("E. Burroughs Collection/E. Burroughs-Barsoom[1-11]/E. Burroughs-#2-The Gods of Mars", "Barsoom", "2"),
    ("Emerald Gate - Ann Author/Emerald Gate, Vol. 04", "Emerald Gate", "4"),
    ("Books of Adventure/Heap/12 - The Exile (Fate of Oz Book 1) (43 AO)", "Fate of Oz", "1"),
    ("Audiobooks/Oz Era (40+ AO)/12 - The Exile (Fate of Oz Book 1) (43 AO)", "Fate of Oz", "1"),
    ("ann_author-emerald_gate05-the_fifth_door", "emerald gate", "5"),
    ("Emerald Gate (#1-9) - Ann Author/Book 7 - The Door - Emerald Gate Series", "Emerald Gate", "7"),
    ("the-emerald-gate 01/the-emerald-gate", "emerald gate", "1"),
    ("Emerald Files/The Short Case", "Emerald Files", None),
    ("Ann Author - [Emerald Gate] - 03 - The Door", "Emerald Gate", "3"),
    ("Ann Author (Emerald Gate 3) The Door", "Emerald Gate", "3"),
    ("Ann Author - The Door, Emerald Gate Book 3", "Emerald Gate", "3"),
    ("Ann Author - Emerald Gate Bk3 The Door", "Emerald Gate", "3"),
    ("Ann Author - Emerald Gate - Books 1 to 5/Book 3 - The Door", "Emerald Gate", "3"),
    ("Ann Author/Emerald Gate (5 books)/03 The Door", "Emerald Gate", "3"),
    ("Ann Author/Emerald Gate Trilogy/The Door (Book 3)", "Emerald Gate Trilogy", "3"),
    ("Ann Author - Emerald Gate 3_ The Door", "Emerald Gate", "3"),
    ("Emerald Gate 3 by Ann Author", "Emerald Gate", "3"),
    ("Ann Author/Emerald Gate/Part 3 - The Door", "Emerald Gate", "3"),
    ("Ann Author/Emerald Gate/03 - The Door/The Door", "Emerald Gate", "3"),
    ("Audiobooks/Ann Author/Emerald Gate/EG 03 The Door", "Emerald Gate", "3"),
    ("Ann Author/Emerald Gate/2700 - The Door", "Emerald Gate", "2700"),
    ("Mira Castell Audiobook Collection/Mira Castell Emerald Gate 03 The Door", "Emerald Gate", "3"),
    ("Ann Author - Emerald Gate/03.Emerald Gate (Tom Reed)", "Emerald Gate", "3"),
    ("Ann Author/04.Emerald Gate (Tom Reed)/03 The Door", "Emerald Gate", "3"),
    ("Ann Author - Emerald Gate/Ann Author -03- The Door", "Emerald Gate", "3"),
    ("Ann_Author_-_Emerald_Gate_03_-_The_Door", "Emerald Gate", "3"),
    ("Ann Author  -  Emerald Gate  03  -  The Door", "Emerald Gate", "3"),
    ("Ann Author/Emerald Gate[1-4]/Emerald Gate-#3-86 The Door", "Emerald Gate", "3"),
    ("Ann Author - The Door (Read by Tom Reed) - Emerald Gate Book 3", "Emerald Gate", "3"),
    ("Ann Author - Emerald Gate read by Tom Reed 03 The Door", "Emerald Gate", "3"),
    ("Ann Author/Emerald Gate/Folge 003 - The Door", "Emerald Gate", "3"),
    ("Ann Author/Emerald Gate/Emerald Gate 2700 - The Door", "Emerald Gate", "2700"),
]
STANDALONE = [
    ("The Woman in Cabin 10", None),
    ("Twenty Thousand Leagues Under the Sea", None),
    ("Around the World in Eighty Days", None),
    ("100 Selected Stories", None),
    ("The Book of Tea", None),
    ("Second Sight", None),
    ("Henry IV", None),
    ("1601", None),
    ("The First Men in the Moon", "A Novel"),
    ("Nineteen Eighty-Four (Unabridged)", None),
    ("The 39 Steps", None),
    ("War and Peace (Russian Edition)", None),
    ("A History of World War II", None),
    ("Catch 22", None),
    ("Area 51: A History", None),
    ("Tell No One", None),
    ("From an Emerald 8", None),
    ("Emerald Intelligence 2.0", None),
    ("The Men of Emerald Team 10", None),
    ("Emerald Readers, Level 5", None),
    ("Emerald Runner 2049", None),
    ("The Willows: A Regency Romance Novel", None),
    ("The Willows", "A Gripping Psychological Thriller"),
    ("The Willows: A Short Story", None),
    ("The Emerald Mystery", None),
    ("A Widower's Story", None),
    ("Orrin: A Dog Story", None),
    ("The Ben Carver Story", None),
    ("Rex: The Lost Adventures", None),
    ("The Road to Number 10", None),
    ("The Complete Sonnets", None),
]
STANDALONE_FOLDERS = [
    "Jules Verne - Around the World in Eighty Days",
    "JulesVerne-MasterOfTheWorld",
    "Jules Verne/1870 - Twenty Thousand Leagues (Reader) 64k 18.29.21 {442mb}",
    "Top 100 Adventure Books/13 - The Mysterious Island - Jules Verne - 1875",
    "Prize Winners for Best Novel - Part 2 of 3/1984 - Ann Author - The Door [38k 17;26;58 286MB]",
    "Jules Verne/Jules Verne - Off on a Comet",
    "Jules Verne - Off on a Comet (Disc 1)",
    "Best of 1877/03 - Off on a Comet",
    "The Big Read/015 Off on a Comet",
    "Jules Verne Audiobook Collection (2019)/Jules Verne - Off on a Comet",
]


@pytest.mark.parametrize(("title", "name", "sequence"), TITLES)
def test_a_title_names_its_series(title: str, name: str, sequence: str | None) -> None:
    first = read_series(title)[0]
    assert (first.name, first.sequence) == (name, sequence)


@pytest.mark.parametrize(("title", "subtitle", "name", "sequence"), SUBTITLES)
def test_a_subtitle_names_the_series(title: str, subtitle: str, name: str, sequence: str) -> None:
    first = read_series(title, subtitle)[0]
    assert (first.name, first.sequence) == (name, sequence)


@pytest.mark.parametrize(("title", "name", "sequence"), RUN_TOGETHER)
def test_a_series_without_a_separator_is_cut_from_its_title(title: str, name: str, sequence: str) -> None:
    first = read_series(title)[0]
    assert (first.name, first.sequence) == (name, sequence)


@pytest.mark.parametrize(("path", "name", "sequence"), FOLDERS)
def test_a_folder_names_its_series(path: str, name: str, sequence: str | None) -> None:
    first = read_series(None, path=path)[0]
    assert (first.name, first.sequence) == (name, sequence)


@pytest.mark.parametrize(("title", "subtitle"), STANDALONE)
def test_a_standalone_title_with_a_number_names_no_series(title: str, subtitle: str | None) -> None:
    assert read_series(title, subtitle) == []


@pytest.mark.parametrize("path", STANDALONE_FOLDERS)
def test_years_ranks_and_authors_in_folder_names_are_not_series(path: str) -> None:
    assert read_series(None, path=path) == []


def test_two_series_in_one_bracket_are_both_read() -> None:
    found = read_series("The Emerald Gate (Emerald Gate, #1; Gates of Oz, #4)")
    assert [(one.name, one.sequence) for one in found] == [("Emerald Gate", "1"), ("Gates of Oz", "4")]


def test_a_reading_has_a_confidence_and_a_reason() -> None:
    first = read_series("Ozma of Oz (Oz, #3)")[0]
    assert 0.9 < first.confidence <= 1
    assert first.evidence[0].rule == "bracket"
    assert "“Oz”" in first.evidence[0].words


def test_a_number_with_a_unit_is_more_certain_than_a_bare_number_at_the_end() -> None:
    assert read_series("Emerald Tower, Book 2: The Door")[0].confidence > read_series("Emerald Tower 2")[0].confidence


def test_empty_texts_have_no_series() -> None:
    assert read_series(None) == []
    assert read_series("", "", "", "") == []


@pytest.mark.parametrize("title", ["Father Brown III: The Incredulity", "Father Brown III - The Incredulity"])
def test_a_roman_numeral_before_a_title_is_a_place(title: str) -> None:
    assert [(one.name, one.sequence) for one in read_series(title)] == [("Father Brown", "3")]


@pytest.mark.parametrize(
    "title", ["King Ruggedo II: A Life", "Emperor Ozroar Pastoria IV - His Time", "Queen Lurline II"]
)
def test_a_ruler_of_any_name_is_not_a_series(title: str) -> None:
    assert read_series(title) == []


@pytest.mark.parametrize("title", ["Henry IV: A Play", "Who Am I: A Tale", "The World War II: A History"])
def test_a_king_a_war_and_a_person_before_a_colon_are_not_series(title: str) -> None:
    assert read_series(title) == []


@pytest.mark.parametrize(
    ("title", "author"),
    [
        ("The E. W. Hornung Collection, Volume 3", "E. W. Hornung"),
        ("The Edgar Wallace Omnibus: Volume 2", "Edgar Wallace"),
        ("Ann Calloway: The Complete Collection, Book 1", "Ann Calloway"),
        ("The Wilkie Collins Compendium 2", "Wilkie Collins"),
        ("The Baroness Orczy Megapack 4", "Baroness Orczy"),
        ("The Complete Raffles 1", "E. W. Hornung"),
    ],
)
def test_a_collection_of_an_authors_works_is_no_place_in_a_series(title: str, author: str) -> None:
    assert [one for one in read_series(title, None, author, None) if not one.guessed] == []


def test_a_collection_of_a_series_is_read_as_the_series() -> None:
    (one,) = read_series("The Allan Quatermain Omnibus: Volume 2", None, "H. Rider Haggard", None)
    assert one.name == "The Allan Quatermain"
