"""Sentences keep their code and figures on the way to a client."""

import pickle

from shared.contracts.translatable import Translatable, translatables, with_code
from shared.translatable import TranslatableText, translatable

WHY = translatable("disk.full", "the disk is full", free=5)
SENTENCE = translatable("waits", "waiting, because the disk is full", why=WHY, title="Dune", sizes=[1, 2], since=None)
PARTS = Translatable(
    code="waits",
    figures={"why": {"code": "disk.full", "figures": {"free": 5}}, "title": "Dune", "sizes": [1, 2]},
)


def test_a_sentence_is_a_text_like_any_other() -> None:
    assert SENTENCE == "waiting, because the disk is full"
    assert type(f"{SENTENCE}.") is str


def test_the_code_and_figures_are_sent_beside_the_words_and_figures_without_a_value_are_left_out() -> None:
    assert translatables(words=SENTENCE, got="a text", want=None) == {"words": PARTS}


def test_a_sentence_that_was_received_is_the_one_that_was_sent() -> None:
    received = with_code(str(SENTENCE), Translatable.model_validate_json(PARTS.model_dump_json()))
    assert received == SENTENCE
    assert translatables(words=received) == {"words": PARTS}
    assert translatables(words=with_code("a text", None)) == {}


def test_a_sentence_can_be_sent_to_another_process() -> None:
    copy = pickle.loads(pickle.dumps(SENTENCE))
    assert isinstance(copy, TranslatableText)
    assert translatables(words=copy) == {"words": PARTS}
