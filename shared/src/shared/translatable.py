"""English sentences that also carry their code and figures, so that a client can show them in another language."""

from collections.abc import Mapping
from typing import Any


class TranslatableText(str):
    """An English sentence with its code, and with the figures and names in it. It is used like any other text.

    Whatever is done with the text, such as joining it to another one, returns an ordinary text without a code.
    """

    code: str
    figures: Mapping[str, Any]


def translatable(code: str, words: str, /, **figures: Any) -> str:
    """The sentence `words`. Figures are texts, numbers and other sentences, or lists of them; None is left out.

    A text among the figures is shown as it is in every language.
    """
    sentence = TranslatableText(words)
    sentence.code, sentence.figures = code, figures
    return sentence
