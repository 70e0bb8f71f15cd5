"""One spelling for each author, and authors and narrators in the right field."""

from shared.books.repairs.people import Roles, right_people, spellings_to_change


def changed(counts: dict[str, int], support: dict[str, set[str]] | None = None) -> dict[str, str]:
    return {each.name: each.better for each in spellings_to_change(counts, support) if each.score >= 0.7}


def roles(*books: tuple[list[str], list[str]]) -> Roles:
    found = Roles()
    for authors, narrators in books:
        found.add(authors, narrators)
    return found


def test_the_most_frequent_well_formed_spelling_is_kept() -> None:
    counts = {"L. Frank Baum": 5, "Baum, L. Frank": 9, "L FRANK BAUM": 1, "l. frank baum": 1, "L.Frank Baum": 1}
    assert set(changed(counts).values()) == {"L. Frank Baum"}
    assert set(changed(counts)) == counts.keys() - {"L. Frank Baum"}
    assert changed({"Émile Zola": 2, "Emile Zola": 2}) == {"Emile Zola": "Émile Zola"}


def test_initials_are_written_out_if_another_source_names_the_person() -> None:
    counts = {"Edith Nesbit": 4, "E. Nesbit": 1}
    assert changed(counts) == {}
    assert changed(counts, {"E. Nesbit": {"edithnesbit"}}) == {"E. Nesbit": "Edith Nesbit"}


def test_initials_that_fit_two_people_stay() -> None:
    counts = {"Wilkie Collins": 3, "William Collins": 3, "W. Collins": 1}
    assert changed(counts) == {}
    assert changed(counts, {"W. Collins": {"wilkiecollins"}}) == {"W. Collins": "Wilkie Collins"}


def test_a_misspelling_needs_the_support_of_another_source() -> None:
    counts = {"Jules Vernier": 4, "Jule Vernier": 1}
    assert changed(counts) == {}
    assert changed(counts, {"Jule Vernier": {"julesvernier"}}) == {"Jule Vernier": "Jules Vernier"}


def test_placeholders_and_several_people_in_one_name_stay() -> None:
    assert changed({"Unknown": 3, "unknown": 1, "Baum & Denslow": 1, "Baum and Denslow": 2}) == {}


READ = [(["L. Frank Baum"], ["Tom Reed"]), (["Edith Nesbit"], ["Tom Reed"]), (["Edith Nesbit"], ["Tom Reed"])]


def test_a_swapped_author_and_narrator_are_put_right() -> None:
    known = roles(*READ, (["Tom Reed"], ["Edith Nesbit"]))
    right = right_people(["Tom Reed"], ["Edith Nesbit"], known, folder="Edith Nesbit/The Amulet")
    assert right is not None
    assert (right.authors, right.narrators) == (("Edith Nesbit",), ("Tom Reed",))


def test_a_narrator_among_the_authors_is_taken_out() -> None:
    known = roles(*READ, (["L. Frank Baum", "Tom Reed"], []))
    right = right_people(["L. Frank Baum", "Tom Reed"], [], known, folder="L. Frank Baum/Ozma of Oz")
    assert right is not None
    assert (right.authors, right.narrators) == (("L. Frank Baum",), ("Tom Reed",))


def test_an_author_who_reads_the_own_book_and_a_co_author_stay() -> None:
    known = roles(*READ, (["Ann Gale"], ["Ann Gale"]), (["Ann Gale", "Bea Hart"], ["Tom Reed"]))
    assert right_people(["Ann Gale"], ["Ann Gale"], known, folder="Ann Gale/Tides") is None
    assert right_people(["Ann Gale", "Bea Hart"], ["Tom Reed"], known, folder="Ann Gale/Tides") is None


def test_a_narrator_who_writes_a_book_stays_its_author_if_the_folder_says_so() -> None:
    known = roles(*READ, (["Tom Reed"], ["Ann Gale"]))
    assert right_people(["Tom Reed"], ["Ann Gale"], known, folder="Tom Reed/My Years of Reading") is None
    assert right_people(["Tom Reed"], ["Ann Gale"], known, folder="Memoirs/My Years of Reading") is None
