"""The words of texts, and the index that finds texts by them."""

from sandbox.words import WordIndex, tolerant_words

TITLES = ("Ozma of Oz", "The Lion's Mane", "The Emerald City of Oz")


def test_an_index_names_the_texts_with_a_word_in_the_order_of_the_list() -> None:
    index = WordIndex(tolerant_words([title]) for title in TITLES)
    assert list(index.places("oz")) == [0, 2]
    assert list(index.places("lions")) == list(index.places("lion")) == [1]


def test_an_index_names_no_text_for_an_unknown_word() -> None:
    assert not WordIndex(tolerant_words([title]) for title in TITLES).places("dorothy")
