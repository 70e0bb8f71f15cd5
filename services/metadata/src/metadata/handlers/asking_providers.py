"""Asks every provider about one book: by its identifiers, then by what it may be called."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from shared.books.description import BookDescription
from shared.books.identifiers import asin, isbn13
from shared.chassis.errors import RemoteError
from shared.contracts.metadata import CataloguedWork
from shared.contracts.values import Confidence

from metadata.domain.confidence import judge
from metadata.domain.descriptions import titles_to_ask
from metadata.domain.failures import advised
from metadata.domain.ports import MetadataProvider
from metadata.domain.providers import EnabledProvider


@dataclass(slots=True)
class Answers:
    """What the providers told of a book, and which could not be asked and why."""

    entries: list[CataloguedWork] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)


class AskingProviders:
    """One book's entries, from all providers."""

    def __init__(self, providers: Sequence[EnabledProvider]) -> None:
        self._providers = [each.provider for each in providers]

    async def about(self, owned: BookDescription) -> Answers:
        """First by identifiers everywhere, because a provider that knows one tells the title for the others."""
        answers = Answers()
        known: set[str] = set()
        for provider in self._providers:
            try:
                identified = await _identified(provider, owned)
                answers.entries += identified
                known |= {provider.name} if _is_enough(owned, identified) else set()
            except RemoteError as error:
                answers.failures[provider.name] = advised(error.code, error.detail)
        told = [each.entry.title for each in judge(owned, answers.entries) if each.same_work]
        titles = list(dict.fromkeys((*told, *titles_to_ask(owned))))
        for provider in self._providers:
            if provider.name in answers.failures:
                continue
            try:
                if provider.name not in known:
                    answers.entries += await _called(provider, owned, titles)
                answers.answered.append(provider.name)
            except RemoteError as error:
                answers.failures[provider.name] = advised(error.code, error.detail)
        return answers


async def _identified(provider: MetadataProvider, owned: BookDescription) -> list[CataloguedWork]:
    entries: list[CataloguedWork] = []
    if known := asin(owned.asin):
        entries += (await provider.by_asin(known)).works
    if known := isbn13(owned.isbn):
        entries += (await provider.by_isbn(known)).works
    return entries


def _is_enough(owned: BookDescription, identified: Sequence[CataloguedWork]) -> bool:
    """Whether the edition is found and no identifier is wanted, for which other editions would have to be known."""
    found = any(each.confidence is Confidence.HIGH for each in judge(owned, identified))
    return found and bool(asin(owned.asin) and isbn13(owned.isbn))


async def _called(provider: MetadataProvider, owned: BookDescription, titles: Sequence[str]) -> list[CataloguedWork]:
    """The answers to each title in turn, until one of them surely is the work."""
    entries: list[CataloguedWork] = []
    for title in titles:
        entries += (await provider.search(title, owned.authors)).works
        if any(each.same_work for each in judge(owned, entries)):
            break
    return entries
