"""The order in which marketplaces are asked."""

import re

import pytest
from metadata.adapters.providers.marketplaces import PATTERN, in_order, marketplaces_of


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("German", ["de", "us", "uk", "fr"]),
        ("de-AT", ["de", "us", "uk", "fr"]),
        ("English", ["us", "uk", "de", "fr"]),
        ("Klingon", ["us", "uk", "de", "fr"]),
        (None, ["us", "uk", "de", "fr"]),
        ("Spanish", ["us", "uk", "de", "fr"]),
    ],
)
def test_marketplaces_in_the_language_of_a_book_are_asked_first(language: str | None, order: list[str]) -> None:
    assert in_order(["us", "uk", "de", "fr"], language) == order


def test_a_list_of_marketplaces_has_each_once() -> None:
    assert marketplaces_of("us,de,us") == ["us", "de"]


@pytest.mark.parametrize("text", ["", "us,", "us de", "com", "us,,de"])
def test_a_list_that_cannot_be_read_does_not_match(text: str) -> None:
    assert not re.search(PATTERN, text)
