from shared.books.description import BookDescription, SeriesPlace
from shared.books.matching.same_work import Answer
from shared.books.matching.work_index import WorkIndex

OZ = ("The Wonderful Wizard of Oz", "The Marvelous Land of Oz", "Ozma of Oz", "Dorothy and the Wizard in Oz")
MARS = ("A Princess of Mars", "The Gods of Mars", "The Warlord of Mars", "Thuvia, Maid of Mars")


def library() -> WorkIndex[str]:
    works = [("L. Frank Baum", "Oz", OZ), ("Edgar Rice Burroughs", "Barsoom", MARS)]
    return WorkIndex(
        (title, BookDescription(title, authors=(author,), series=(SeriesPlace(series, str(place)),)))
        for author, series, titles in works
        for place, title in enumerate(titles, start=1)
    )


def test_an_item_finds_its_work() -> None:
    match = library().match(BookDescription("", path="Edgar Rice Burroughs/Barsoom/02 - The Gods of Mars"))
    assert match is not None
    assert match.work_id == "The Gods of Mars"
    assert match.verdict.answer is Answer.SAME


def test_a_misspelt_title_still_finds_its_work() -> None:
    match = library().match(BookDescription("The Marvellous Land of Oz", authors=("Baum, L. Frank",)))
    assert match is not None
    assert match.work_id == "The Marvelous Land of Oz"


def test_an_item_without_a_work_gets_no_match_but_the_nearest_work() -> None:
    found = library().look_up(BookDescription("Glinda of Oz", authors=("L. Frank Baum",)))
    assert found.match is None
    assert found.nearest is not None
    assert found.nearest.verdict.answer is not Answer.SAME
    assert found.nearest.verdict.reasons


def test_an_empty_library_finds_nothing() -> None:
    index: WorkIndex[str] = WorkIndex([])
    assert len(index) == 0
    assert index.match(BookDescription("Ozma of Oz")) is None
