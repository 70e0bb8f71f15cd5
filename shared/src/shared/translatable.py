"""English sentences that also carry their code and figures, so that a client can show them in another language."""

import errno
from collections.abc import Mapping, Sequence
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


def about(subject: str, words: str) -> str:
    """The sentence `words` with what it is about before it: a title, or the name of a system."""
    return translatable("text.about", f"{subject}: {words}", subject=subject, words=words)


def all_of(sentences: Sequence[str]) -> str:
    """These sentences as one, without those that are empty; empty if there is none."""
    said = [each for each in sentences if each]
    return translatable("text.all", "; ".join(said), sentences=said) if said else ""


def title_by(title: str, authors: Sequence[str]) -> str:
    """A title with its authors, if there are any."""
    words = f"{title} by {', '.join(authors)}"
    return translatable("text.by", words, title=title, authors=list(authors)) if authors else title


def translatable_of(error: OSError) -> str:
    """What the operating system says about an error, without a path."""
    words = error.strerror or str(error)
    return translatable("system.os_error", words, error=errno.errorcode.get(error.errno or 0, words))


def message_of(error: Exception) -> str:
    """The message of an error, with its code and figures if it has them; `str` would lose these."""
    message = error.args[0] if len(error.args) == 1 else None
    return message if isinstance(message, TranslatableText) else str(error)
