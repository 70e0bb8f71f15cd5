"""Files of import lists are read by their kind, and bad input never does harm."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from metadata.adapters.import_lists.registry import KINDS
from metadata.adapters.import_lists.sources import KnownSources
from metadata.adapters.import_lists.table import MOST_ROWS
from metadata.domain.import_lists import LONGEST_TEXT, Contents, ListedBook
from metadata.domain.refusals import InvalidImportList
from shared.contracts.metadata.import_lists import MOST_ENTRIES, MOST_FILE_BYTES

SOURCES = KnownSources(KINDS, {})
FILES = [each.name for each in KINDS if SOURCES.reads_files(each.name)]
GOODREADS, STORYGRAPH, PLAIN = "goodreads_export", "storygraph_export", "plain_list"
GOODREADS_HEADER = (
    "Book Id,Title,Author,Author l-f,Additional Authors,ISBN,ISBN13,Year Published,Original Publication Year,"
    "Bookshelves,Exclusive Shelf,My Review\n"
)


def read(kind: str, text: str, shelf: str = "to-read") -> Contents:
    return SOURCES.read_file(kind, text.encode(), shelf)


@pytest.mark.parametrize("kind", FILES)
def test_the_example_of_each_kind_can_be_read(kind: str) -> None:
    (shown,) = [each for each in SOURCES.kinds() if each.name == kind]
    assert read(kind, shown.example).books
    assert SOURCES.address(kind, None) is None


def test_a_goodreads_export_gives_the_books_of_a_shelf_with_plain_identifiers() -> None:
    text = GOODREADS_HEADER + (
        '44184,"Ozma of Oz (Oz, #3)",L. Frank Baum,"Baum, L. Frank","John R. Neill",="0306406152",="9780306406157",'
        '1998,1907,"to-read, oz",to-read,"two lines\nof a review"\n'
        '1,Read Already,Somebody,,,="",="",2000,,"",read,\n'
        '2,Sky Island,L. Frank Baum,,,="",="",,,"oz",currently-reading,\n'
    )
    (ozma,) = read(GOODREADS, text).books
    assert ozma == ListedBook(
        "44184", "Ozma of Oz (Oz, #3)", ("L. Frank Baum", "John R. Neill"), "9780306406157", None, 1907
    )
    assert [each.key for each in read(GOODREADS, text, "OZ").books] == ["44184", "2"]
    assert len(read(GOODREADS, text, "").books) == 3


def test_a_storygraph_export_gives_the_books_of_a_status() -> None:
    text = (
        "Title,Authors,Contributors,ISBN/UID,Format,Read Status,Tags\n"
        '"Ozma of Oz","L. Frank Baum, John R. Neill",,9780306406157,audio,to-read,\n'
        "Sky Island,L. Frank Baum,,5f0d1c2a-0000,digital,to-read,\n"
        "Read Already,Somebody,,,print,read,favourites\n"
    )
    ozma, sky = read(STORYGRAPH, text).books
    assert (ozma.key, ozma.isbn, ozma.authors) == ("9780306406157", "9780306406157", ("L. Frank Baum", "John R. Neill"))
    assert (sky.key, sky.isbn) == ("5f0d1c2a-0000", None)
    assert [each.title for each in read(STORYGRAPH, text, "favourites").books] == ["Read Already"]


def test_a_plain_list_has_titles_with_authors_or_identifiers() -> None:
    text = (
        "\ufeff# mine\n\nOzma of Oz - L. Frank Baum\nTik-Tok of Oz — L. Frank Baum & John R. Neill\n"
        "Glinda - A Tale - L. Frank Baum\n978-0-306-40615-7\nb0oz000002\nThe Tin Woodman of Oz\n???\n"
    )
    contents = read(PLAIN, text)
    assert [(each.title, each.authors) for each in contents.books[:3]] == [
        ("Ozma of Oz", ("L. Frank Baum",)),
        ("Tik-Tok of Oz", ("L. Frank Baum", "John R. Neill")),
        ("Glinda - A Tale", ("L. Frank Baum",)),
    ]
    assert [(each.isbn, each.asin) for each in contents.books[3:5]] == [("9780306406157", None), (None, "B0OZ000002")]
    assert (contents.books[5].title, contents.books[5].authors) == ("The Tin Woodman of Oz", ())
    assert contents.unreadable == ("line 9: it has neither a title nor an identifier",)


def test_a_book_has_the_same_key_each_time_and_is_listed_once() -> None:
    once = read(PLAIN, "The Ozma of Oz - L. Frank Baum\n").books
    twice = read(PLAIN, "# again\nthe ozma of oz  -  L. FRANK BAUM\nThe Ozma of Oz - L. Frank Baum\n").books
    assert [each.key for each in twice] == [each.key for each in once]


@pytest.mark.parametrize(
    ("kind", "text", "reason"),
    [
        (GOODREADS, "", "no column “title”"),
        (GOODREADS, "<html><body>Sign in</body></html>", "no column “title”"),
        (GOODREADS, GOODREADS_HEADER, "names no book on the shelf “to-read”"),
        (STORYGRAPH, "Title\nOzma of Oz\n", "no column “authors”"),
        (STORYGRAPH, "Title,Authors\n" + '"' + "x" * 200_000, "line"),
        (PLAIN, "\n\n# nothing\n", "names no book"),
        (PLAIN, "a\0b", "not a text"),
    ],
)
def test_a_file_that_is_not_of_its_kind_is_refused(kind: str, text: str, reason: str) -> None:
    with pytest.raises(InvalidImportList, match=reason):
        read(kind, text)


def test_files_in_other_encodings_are_read() -> None:
    for encoding in ("utf-16", "cp1252", "utf-8-sig"):
        contents = SOURCES.read_file(PLAIN, "Café - Zoë\n".encode(encoding), "")
        assert contents.books[0].title == "Café"


def test_a_file_that_is_too_large_is_refused_and_a_long_list_is_cut_with_a_note() -> None:
    with pytest.raises(InvalidImportList, match="larger than"):
        SOURCES.read_file(PLAIN, b"x" * (MOST_FILE_BYTES + 1), "")
    contents = read(PLAIN, "".join(f"Book {number} - Somebody\n" for number in range(MOST_ENTRIES + 3)))
    assert len(contents.books) == MOST_ENTRIES
    assert "3 were left out" in contents.unreadable[-1]
    rows = "Title,Authors,Read Status\n" + "A,B,to-read\n" * (MOST_ROWS + 1)
    assert f"more than {MOST_ROWS} rows" in read(STORYGRAPH, rows).unreadable[-1]


def test_an_unknown_kind_and_an_address_for_a_file_are_refused() -> None:
    with pytest.raises(InvalidImportList, match="no kind 'rss'"):
        SOURCES.address("rss", None)
    with pytest.raises(InvalidImportList, match="upload its file"):
        SOURCES.address(PLAIN, "https://example.net")


cells = st.text(max_size=40) | st.sampled_from(
    ['="9780306406157"', "to-read", '"', "\u202e", "\x1b[0m", "\ud7ff", "9" * 30]
)


@given(st.lists(st.lists(cells, max_size=14), max_size=6), st.sampled_from(FILES))
@example([["\x85", "\x1c"]], PLAIN)
def test_whatever_a_table_contains_its_books_are_bounded_and_clean(rows: list[list[str]], kind: str) -> None:
    header = {GOODREADS: GOODREADS_HEADER, STORYGRAPH: "Title,Authors,ISBN/UID,Read Status\n", PLAIN: ""}[kind]
    _reads_or_refuses(kind, (header + "\n".join(",".join(row) for row in rows)).encode("utf-8", "replace"))


@given(st.binary(max_size=400), st.sampled_from(FILES))
def test_whatever_bytes_are_uploaded_they_are_read_or_refused(content: bytes, kind: str) -> None:
    _reads_or_refuses(kind, content)


def _reads_or_refuses(kind: str, content: bytes) -> None:
    try:
        contents = SOURCES.read_file(kind, content, "")
    except InvalidImportList:
        return
    assert len({each.key for each in contents.books}) == len(contents.books)
    for book in contents.books:
        assert book.key
        assert book.title or book.isbn or book.asin
        for text in (book.key, book.title, *book.authors):
            assert len(text) <= LONGEST_TEXT
            assert text.isprintable()
