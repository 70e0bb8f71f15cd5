"""Sentences keep their code and figures on the way to a client."""

import pickle

from shared.contracts.translatable import (
    Translatable,
    stored_translatables,
    translatables,
    with_code,
    with_stored_code,
)
from shared.translatable import TranslatableText, message_of, translatable

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


def test_a_row_stores_codes_by_their_words_so_that_other_words_have_none() -> None:
    stored = stored_translatables([SENTENCE, "a text", None])
    assert stored == {str(SENTENCE): PARTS.model_dump()}
    assert translatables(words=with_stored_code(str(SENTENCE), stored)) == {"words": PARTS}
    assert translatables(words=with_stored_code("written by another version", stored)) == {}


def test_every_text_among_the_figures_can_be_changed() -> None:
    changed = PARTS.changed(lambda text: text.replace("Dune", "***"))
    assert changed.figures == PARTS.figures | {"title": "***"}
    inner = translatables(words=translatable("outer", "x", all=[translatable("inner", "y", name="Dune")]))["words"]
    assert "Dune" not in inner.changed(lambda text: text.replace("Dune", "***")).model_dump_json()


def test_the_message_of_an_error_keeps_its_code() -> None:
    assert translatables(words=message_of(ValueError(SENTENCE))) == {"words": PARTS}
    assert message_of(OSError(2, "no such file", "/oz")) == "[Errno 2] no such file: '/oz'"
