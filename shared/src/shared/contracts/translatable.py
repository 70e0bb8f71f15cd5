"""The code and figures of English sentences, for clients that have them in another language."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field

from shared.contracts.model import Model
from shared.translatable import TranslatableText, translatable


class Translatable(Model):
    """A sentence without its words. A figure is a text, a number, another sentence, or a list of these."""

    model_config = ConfigDict(frozen=True)

    code: str = Field(examples=["release.seeders"])
    figures: dict[str, Any] = {}

    def changed(self, change: Callable[[str], str]) -> Self:
        """The sentence with every text among its figures changed."""

        def of(value: Any) -> Any:
            if isinstance(value, dict):
                return {name: of(each) for name, each in value.items()}
            if isinstance(value, list):
                return [of(each) for each in value]
            return change(value) if isinstance(value, str) else value

        return self.model_copy(update={"figures": of(self.figures)})


Translatables = Annotated[
    dict[str, Translatable], Field(description="code and figures of sentences, by the field of their words")
]


def translatables(**sentences: str | None) -> dict[str, Translatable]:
    """The codes and figures of those of these texts that have them."""
    return {
        name: Translatable(**_parts(text)) for name, text in sentences.items() if isinstance(text, TranslatableText)
    }


def numbered(name: str, sentences: Sequence[str]) -> dict[str, str]:
    """The texts of a list by the names under which their codes and figures are kept: `name.0`, `name.1` and so on."""
    return {f"{name}.{place}": text for place, text in enumerate(sentences)}


def with_code(words: str, parts: Translatable | None) -> str:
    """The words with the code and figures that they were sent or stored with, if any."""
    return words if parts is None else translatable(parts.code, words, **parts.figures)


def stored_translatables(texts: Iterable[str | None]) -> dict[str, Any]:
    """The codes and figures of those texts that have them, by their words, for a row that also stores the words.

    A version of the service that knows only the words may change them without these.
    """
    return {str(text): parts.model_dump() for text in texts for parts in translatables(text=text).values()}


def with_stored_code(words: str, stored: Mapping[str, Any] | None) -> str:
    """The words of a row with the code and figures that `stored_translatables` returned for them, if any."""
    return with_code(words, Translatable.model_validate(stored[words])) if stored and words in stored else words


def _parts(sentence: TranslatableText) -> dict[str, Any]:
    figures = {name: _plain(value) for name, value in sentence.figures.items() if value is not None}
    return {"code": sentence.code, "figures": figures}


def _plain(value: Any) -> Any:
    if isinstance(value, TranslatableText):
        return _parts(value)
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value
