import pytest
from shared.books.text.identifiers import asin, asin_in, isbn10, isbn13


@pytest.mark.parametrize(
    ("written", "thirteen", "ten"),
    [
        ("978-0-306-40615-7", "9780306406157", "0306406152"),
        ("0-306-40615-2", "9780306406157", "0306406152"),
        ("080442957X", "9780804429573", "080442957X"),
        ("979-10-90636-07-1", "9791090636071", None),
        ("9780306406158", None, None),
        ("0306406153", None, None),
        ("not an isbn", None, None),
        (None, None, None),
    ],
)
def test_isbns_are_checked_and_converted(written: str | None, thirteen: str | None, ten: str | None) -> None:
    assert isbn13(written) == thirteen
    assert isbn10(written) == ten


def test_an_asin_is_b0_and_eight_characters() -> None:
    assert asin(" b00abcde12 ") == "B00ABCDE12"
    assert asin("0306406152") is None
    assert asin_in("Ozma of Oz [B00ABCDE12]") == "B00ABCDE12"
    assert asin_in("XB00ABCDE12") is None
